"""Ids are constants made in the layout that owns them; callbacks import the name. No layout stands without its
wiring."""
from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.trees import Module, called, modules, snippet

WIRES = ("Input", "Output", "State", "set_props", "Prop")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_spelled(node: ast.expr) -> bool:
    """Whether an id is spelled on the spot, whole or as the type of a pattern."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return any(isinstance(key, ast.Constant) and key.value == "type" and is_spelled(value) for key, value in pairs)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def spelled_ids(module: Module) -> Iterator[str]:
    """Places where an id is a literal instead of an imported or declared name."""
    for call in module.calls(*WIRES):
        first = call.args[:1] + [word.value for word in call.keywords if word.arg == "component_id"]
        if any(map(is_spelled, first)):
            yield f"{module.name}:{call.lineno} {called(call)} names its component by a literal"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "id" and is_spelled(node.value):
            yield f"{module.name}:{node.value.lineno} an id is a literal"
        if isinstance(node, ast.Compare) and "triggered_id" in ast.unparse(node.left):
            yield from (
                f"{module.name}:{side.lineno} compares the trigger with a literal"
                for side in node.comparators
                if is_spelled(side)
            )


def made_ids(module: Module) -> dict[str, str]:
    """Constants of the module that are given to a component as its id (or as its pattern's type), with their values.

    A constant may be put together from others of the module: f"{ROOT}-list".
    """
    used = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "id":
            used |= {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
    texts: dict[str, str] = {}
    for name, value in module.constants().items():
        parts = value.values if isinstance(value, ast.JoinedStr) else [value]
        known = [_text(part, texts) for part in parts]
        if None not in known:
            texts[name] = "".join(filter(None, known))
    return {name: text for name, text in texts.items() if name in used}


def _text(node: ast.expr, texts: dict[str, str]) -> str | None:
    """The text that an expression stands for, as far as it is literals and names known by now."""
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        return texts.get(node.value.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def widows(all_modules: tuple[Module, ...]) -> list[str]:
    """Layouts whose ids nothing fills or listens to, and callbacks that wire a layout that is not there.

    A part is filled by its tab through its OUTPUTS; what else it offers needs a twin of its own.
    """
    by_name = {module.name: module for module in all_modules}
    alone = []
    for name, module in by_name.items():
        layer, _, rest = name.partition(".")
        if layer == "layouts" and rest and f"callbacks.{rest}" not in by_name:
            filled = rest.startswith("parts.") and "OUTPUTS" in module.constants()
            if made_ids(module) and not filled:
                alone.append(f"{name} makes ids but there is no callbacks.{rest}")
        if layer == "callbacks" and rest and f"layouts.{rest}" not in by_name and any(module.calls(*WIRES)):
            alone.append(f"{name} wires components but there is no layouts.{rest}")
    return alone


@pytest.mark.parametrize("module", modules("callbacks", "layouts"), ids=lambda module: module.name)
def test_no_id_is_spelled_on_the_spot(module: Module) -> None:
    assert list(spelled_ids(module)) == []


def test_every_layout_has_its_twin() -> None:
    assert widows(modules()) == []


def test_an_id_has_one_owner_and_a_plain_form() -> None:
    ids = [value for module in modules("layouts") for value in made_ids(module).values()]
    assert [value for value, times in Counter(ids).items() if times > 1] == []
    assert [value for value in ids if not ID.fullmatch(value)] == []


@pytest.mark.parametrize(
    "source",
    [
        'Input("key-data-trend", "n_clicks")',
        'dash.Output({"type": "tile", "index": ALL}, "children")',
        'State(f"tile-{key}", "data")',
        'set_props("shell-toast", {})',
        'Output(component_id="shell-toast", component_property="children")',
        'html.Div(id="shell-main")',
        'html.Div(id={"type": "tile", "index": key})',
        'if ctx.triggered_id == "shell-theme": pass',
        'if ctx.triggered_id["type"] == "tile": pass',
    ],
)
def test_a_spelled_id_is_found(source: str) -> None:
    assert list(spelled_ids(snippet("callbacks.shell", source)))


def test_an_imported_id_is_fine() -> None:
    source = 'Input(shell.THEME, "n_clicks"); Input({"type": shell.TILE, "index": ALL}, "n_clicks"); html.Div(id=ROOT)'
    assert list(spelled_ids(snippet("callbacks.shell", source))) == []


def test_an_id_put_together_is_known() -> None:
    layout = snippet("layouts.trends", 'ROOT = "trends"\nLIST = f"{ROOT}-list"\ndef layout(): html.Ol(id=LIST)')
    assert made_ids(layout) == {"LIST": "trends-list"}


def test_a_widow_is_found() -> None:
    layout = snippet("layouts.trends", 'ROOT = "trends"\ndef layout(): return html.Div(id=ROOT)')
    wiring = snippet("callbacks.trends", 'def register(app): Input(trends.ROOT, "n_clicks")')
    assert widows((layout,)) and widows((wiring,))
    assert widows((layout, wiring)) == []

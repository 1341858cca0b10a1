"""Every word on screen goes through the catalogues, and a test of the catalogues holds them complete."""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.trees import ROOT, Module, modules, snippet

SPOKEN = {"children", "title", "placeholder", "label", "alt", "aria-label", "headerName", "headerTooltip"}
WORDS = re.compile(r"[A-Za-z]{2}")
OUR_NAME = {"livedash"}
AS_THEY_ARE = {"Code", "Kbd"}
"""Components that show file names and keys, which no language changes."""
COMPONENTS = {"html", "dcc", "dbc", "dag"}


def _literals(node: ast.expr) -> Iterator[ast.expr]:
    """The text literals among what a component is given to show, not those given to other components or to words()."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    elif isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _literals(item)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _is_spoken(node: ast.expr) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(WORDS.search(text) and text not in OUR_NAME for text in texts)


def untranslated(module: Module) -> Iterator[str]:
    """Text that a component shows (or a reader hears) without passing through the catalogues."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_component = isinstance(node.func.value, ast.Name) and node.func.value.id in COMPONENTS
        if not is_component or node.func.attr in AS_THEY_ARE:
            continue
        shown = list(node.args[:1])
        for word in node.keywords:
            if word.arg in SPOKEN:
                shown.append(word.value)
            if word.arg is None and isinstance(word.value, ast.Dict):
                shown += [
                    value
                    for key, value in zip(word.value.keys, word.value.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value in SPOKEN
                ]
        for given in shown:
            for literal in _literals(given):
                if _is_spoken(literal):
                    yield f"{module.name}:{literal.lineno} shows {ast.unparse(literal)} untranslated"


@pytest.mark.parametrize("module", modules("layouts", "callbacks"), ids=lambda module: module.name)
def test_nothing_is_shown_untranslated(module: Module) -> None:
    assert list(untranslated(module)) == []


def test_the_catalogues_are_held_complete() -> None:
    test = ROOT / "tests" / "livedash" / "test_locale.py"
    assert test.is_file() and "def test_" in test.read_text("utf-8")


@pytest.mark.parametrize(
    "source",
    [
        'html.Button("Full screen")',
        'html.P(["Sold", 3])',
        'html.Span(f"{n} left")',
        'dcc.Input(placeholder="Search")',
        'html.Nav(**{"aria-label": "Tabs"})',
        'html.P("Live" if live else "Ended")',
    ],
)
def test_an_untranslated_text_is_found(source: str) -> None:
    assert list(untranslated(snippet("layouts.shell", source)))


def test_a_translated_text_is_fine() -> None:
    source = 'html.Button(words("Full screen"), title=words("Esc ends it"), className="btn"); html.B("×")'
    assert list(untranslated(snippet("layouts.shell", source))) == []

"""Nothing on screen names another host, and no chart offers to send itself to one. The browser tests hold the same on
the wire; this finds the line."""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.trees import ROOT, Module, called, modules, snippet

ADDRESS = re.compile(r"""(?:\b(?:https?|wss?):|(?<=["'(\s]))//(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,})""")
NAMES_ONLY = {"www.w3.org"}
"""Hosts whose addresses are names of XML vocabularies, which nothing ever fetches."""

ASSETS = sorted(file for kind in ("css", "js", "html", "svg") for file in (ROOT / "assets").rglob(f"*.{kind}"))


def other_hosts(text: str) -> list[str]:
    return [match["host"] for match in ADDRESS.finditer(text) if match["host"] not in NAMES_ONLY]


def hosts_in(module: Module) -> Iterator[str]:
    for text in module.strings():
        for host in other_hosts(f'"{text.value!s}"'):
            yield f"{module.name}:{text.lineno} names {host}"


def graph_configs(all_modules: tuple[Module, ...]) -> dict[str, dict[str, object]]:
    """What says how charts behave: name of the constant or function that holds it, with its plain settings."""
    found = {}
    for module in all_modules:
        for holder in module.tree.body:
            name = holder.name if isinstance(holder, ast.FunctionDef) else ast.unparse(holder).split(" ")[0]
            for node in ast.walk(holder):
                settings = _plain(node) if isinstance(node, ast.Dict) else {}
                if "showSendToCloud" in settings:
                    found[name] = settings
    return found


def _plain(node: ast.Dict) -> dict[str, object]:
    pairs = zip(node.keys, node.values, strict=True)
    return {str(k.value): v.value for k, v in pairs if isinstance(k, ast.Constant) and isinstance(v, ast.Constant)}


def bare_graphs(module: Module, config: str) -> list[str]:
    """Charts drawn without the shared configuration."""
    bare = []
    for call in module.calls("Graph"):
        given = [ast.unparse(word.value).split("(")[0].split(".")[-1] for word in call.keywords if word.arg == "config"]
        if given != [config]:
            bare.append(f"{module.name}:{call.lineno} {called(call)} without config={config}")
    return bare


@pytest.mark.parametrize("module", modules("app", "callbacks", "layouts"), ids=lambda module: module.name)
def test_no_module_of_the_screen_names_another_host(module: Module) -> None:
    assert list(hosts_in(module)) == []


@pytest.mark.parametrize("file", ASSETS, ids=lambda file: file.name)
def test_no_asset_names_another_host(file: Path) -> None:
    assert other_hosts(file.read_text("utf-8")) == []


def test_charts_share_one_configuration_without_the_cloud() -> None:
    configs = graph_configs(modules("layouts"))
    assert len(configs) == 1, f"one shared chart configuration, not {sorted(configs)}"
    [(name, settings)] = configs.items()
    assert settings["showSendToCloud"] is False and settings["displaylogo"] is False
    assert [bare for module in modules("layouts", "callbacks") for bare in bare_graphs(module, name)] == []


@pytest.mark.parametrize(
    "text",
    ['src="https://cdn.example.com/a.js"', "url(//fonts.example.org/a.woff2)", '"wss://a.example"', "'//a.example'"],
)
def test_another_host_is_found(text: str) -> None:
    assert other_hosts(text)


@pytest.mark.parametrize("text", ["// a remark.", 'xmlns="http://www.w3.org/2000/svg"', '"/assets/a.js"', "a // b.c"])
def test_what_names_no_host_is_fine(text: str) -> None:
    assert other_hosts(text) == []


def test_a_chart_of_its_own_way_is_found() -> None:
    assert bare_graphs(snippet("layouts.trends", "dcc.Graph(id=CHART)"), "GRAPH")
    assert bare_graphs(snippet("layouts.trends", "dcc.Graph(id=CHART, config={})"), "GRAPH")
    assert bare_graphs(snippet("layouts.trends", "dcc.Graph(id=CHART, config=look.config(words))"), "config") == []


def test_the_configuration_is_found_where_it_stands() -> None:
    layout = snippet("layouts.look", "def config(words):\n    return {'showSendToCloud': True, 'locale': words.locale}")
    assert graph_configs((layout,)) == {"config": {"showSendToCloud": True}}

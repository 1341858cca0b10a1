"""Imports run one way: app, callbacks, layouts, livedash; and inside livedash from answers down to bytes."""
from __future__ import annotations

import pytest

from tests.house.trees import LAYERS, Module, modules, snippet

GROUND = {"words", "problems", "view", "settings", "places"}
"""What any module of livedash may use."""

INSIDE = {
    "log": set(),
    "rollup": {"log"},
    "analysis": {"rollup"},
    "sources": {"log"},
    "operate": {"log"},
    "locale": set(),
    "rooms": {"log", "rollup"},
    "export": {"rollup", "analysis"},
    "logged": set(),
    "hosted": {"log", "rollup", "operate", "logged"},
    "__main__": {"log", "rollup", "analysis", "sources", "operate", "locale", "rooms"},
}
"""What each part of livedash may use besides itself and the ground."""

SCREEN = {"dash", "plotly", "flask", "flask_caching", "flask_bootstrap", "dash_ag_grid", "dash_bootstrap_components"}
BEHIND_THE_ANSWERS = {"rollup", "log", "sources", "operate", "rooms"}
TABS = {"key_data", "trends", "products", "violations", "giveaways", "broadcast"}


def wrong_imports(module: Module) -> list[str]:
    """Sentences about imports that run against the direction."""
    wrong = []
    own = module.name.split(".")
    for line, name in module.imports():
        parts = name.split(".")
        top, below = parts[0], parts[1] if len(parts) > 1 else ""
        where = f"{module.name}:{line} imports {name}"
        if top in LAYERS and LAYERS.index(top) > LAYERS.index(module.layer):
            wrong.append(f"{where}, which stands above it")
        if module.layer == "livedash" and top in SCREEN:
            wrong.append(f"{where}, but livedash knows no screen")
        if module.layer == "livedash" and top == "livedash" and below and len(own) > 1:
            allowed = GROUND | {own[1]} | (INSIDE.get(own[1], set()) if own[1] not in GROUND else set())
            if below not in allowed:
                wrong.append(f"{where}; {own[1]} may use {', '.join(sorted(allowed))}")
        if module.layer == "layouts" and top == "livedash" and below in BEHIND_THE_ANSWERS:
            wrong.append(f"{where}; a layout is given answers and fetches nothing")
        if top in ("layouts", "callbacks") and below in TABS and len(own) > 1:
            if own[1] in TABS and below != own[1]:
                wrong.append(f"{where}; a tab never imports a tab")
            if own[1] == "parts":
                wrong.append(f"{where}; a part does not know the tab it stands in")
    return wrong


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_run_one_way(module: Module) -> None:
    assert wrong_imports(module) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("livedash.view", "import layouts.shell"),
        ("layouts.shell", "from callbacks import shell"),
        ("callbacks.shell", "import app"),
        ("livedash.analysis.trend", "import plotly.graph_objects as go"),
        ("livedash.analysis.trend", "from flask import request"),
        ("livedash.analysis.trend", "from livedash.log.parse import lines"),
        ("livedash.analysis.trend", "from livedash import rooms"),
        ("livedash.log.follow", "from livedash.rollup.fold import Rollup"),
        ("livedash.log.follow", "from ..rollup.fold import Rollup"),
        ("livedash.sources.simulate", "from livedash.rollup import from_folder"),
        ("livedash.words", "from livedash.log import parse"),
        ("layouts.parts.trend", "from livedash.rooms import Rooms"),
        ("layouts.products", "from layouts.trends import ROOT"),
        ("callbacks.products", "from layouts import violations"),
        ("layouts.parts.trend", "from layouts.key_data import ROOT"),
    ],
)
def test_an_import_against_the_direction_is_found(name: str, source: str) -> None:
    assert wrong_imports(snippet(name, source))


def test_imports_along_the_direction_are_fine() -> None:
    source = "from layouts import shell, trends\nfrom livedash.rooms import Rooms"
    assert wrong_imports(snippet("callbacks.trends", source)) == []

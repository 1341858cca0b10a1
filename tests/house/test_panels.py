"""A tab's panel is made when the tab is opened: no callback may need what another tab holds."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from dash._utils import split_callback_id

import app as entry
from callbacks import broadcast, giveaways, key_data, products, trends, violations
from callbacks.shell import PANELS
from layouts.drawn import Drawn
from livedash.locale import Words
from livedash.settings import Settings
from tests.layouts.pages import walk

PARTS = [
    *(part for tab in (key_data, trends, products, violations, giveaways, broadcast) for part in tab.PARTS.values()),
    *giveaways.SLOW.values(),
]
WILDCARD = re.compile(r"\[(\"(?:ALL|MATCH|ALLSMALLER)\")\]")


@pytest.fixture(scope="module")
def callbacks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Any]]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), demo=False)
    settings.rooms.mkdir()
    made: Mapping[str, Mapping[str, Any]] = entry.create_app(settings).callback_map
    return made


@pytest.fixture(scope="module")
def tab_of() -> Mapping[str, str]:
    """The tab of every id that stands in a panel from the start."""
    words = Words("en")
    parts = ((tab, part) for tab, layout in PANELS.items() for part in walk(layout(words)))
    return {name_of(part.id): tab for tab, part in parts if getattr(part, "id", None)}


def name_of(id: Any) -> str:
    """An id, or the type of a pattern of ids."""
    if isinstance(id, str) and not id.startswith("{"):
        return id
    return str((json.loads(WILDCARD.sub(r"\1", id)) if isinstance(id, str) else id)["type"])


def outputs(key: str) -> Iterator[str]:
    if "." in key:
        found = split_callback_id(key)
        yield from (name_of(one["id"]) for one in (found if isinstance(found, list) else [found]))


def test_no_callback_needs_two_tabs(callbacks: Mapping[str, Any], tab_of: Mapping[str, str]) -> None:
    assert len(callbacks) > 100 and len(tab_of) > 300
    for key, callback in callbacks.items():
        others = [name_of(one["id"]) for one in (*callback["inputs"], *callback["state"])]
        assert len({tab_of[name] for name in (*outputs(key), *others) if name in tab_of}) < 2, key


def test_what_a_tab_tells_the_frame_hangs_on_that_tab_alone(
    callbacks: Mapping[str, Any], tab_of: Mapping[str, str]
) -> None:
    """Dash calls it an error if, of the inputs of a callback whose outputs are there, some are not."""
    for key, callback in callbacks.items():
        if any(name in tab_of for name in outputs(key)):
            continue
        triggers = {name_of(one["id"]) in tab_of for one in callback["inputs"]}
        assert triggers != {True, False}, key


def test_what_is_drawn_is_left_alone_by_dash(callbacks: Mapping[str, Any]) -> None:
    """React does not know what was drawn: whatever else set it, or asked for it, would go by what was there before."""
    words = Words("en")
    made = {part.id: part for layout in PANELS.values() for part in walk(layout(words)) if getattr(part, "id", None)}
    drawn = {
        (output.component_id, output.component_property)
        for part in PARTS
        for output in part.part.OUTPUTS.values()
        if isinstance(output, Drawn)
    }
    assert len(drawn) > 200
    for id, prop in drawn:
        assert made[id]._namespace == "dash_html_components" and prop != "disabled", id
    for key, callback in callbacks.items():
        others = {(one["id"], one["property"]) for one in (*callback["inputs"], *callback["state"])}
        found = split_callback_id(key) if "." in key else []
        others |= {(one["id"], one["property"]) for one in (found if isinstance(found, list) else [found])}
        assert not drawn & others, key

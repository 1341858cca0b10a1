"""The wiring of the audience card: two choices ask for one breakdown, and the buttons turn to the next."""
from __future__ import annotations

from typing import Any

import pytest
from dash import Dash

from callbacks.parts import audience as wiring
from layouts.parts import audience as part
from livedash.analysis.audience import DIMENSIONS

ROOMS: Any = object()


@pytest.mark.parametrize(
    ("stored", "who", "asked"),
    [
        ("age", "customers", ("age", "customers")),
        (None, "viewers", (DIMENSIONS[0], "viewers")),
        ("shoe size", "robots", (DIMENSIONS[0], "viewers")),
    ],
)
def test_what_a_browser_chose_is_asked_for_as_far_as_there_is_such_a_thing(
    stored: Any, who: str, asked: tuple[str, str]
) -> None:
    assert wiring.question(stored, who) == (wiring.whole_room, *asked)


def test_the_buttons_turn_in_the_browser() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [turns] = app._callback_list
    assert [source["id"] for source in turns["inputs"]] == [part.PREVIOUS, part.NEXT]
    assert turns["output"] == f"{part.DIMENSION}.data"

"""The wiring of the overview asks for the tiles that were chosen, and for one figure only while a tile is open."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash

from callbacks.parts import overview as wiring
from layouts.parts import overview as part
from layouts.parts.chooser import chosen_id
from livedash.analysis.evidence import Evidence, evidence
from livedash.analysis.metrics import DEFAULT_TILES, HEADLINE
from livedash.analysis.overview import Figure, overview
from livedash.locale import Words
from livedash.view import View
from tests.layouts.parts.text import text

VIEW = View("room", 3)
ROOMS: Any = object()


def test_the_stored_choice_is_what_is_asked_for() -> None:
    assert wiring.question(["orders", "views"]) == (overview, (HEADLINE, "orders", "views"))
    assert wiring.question(None) == (overview, (HEADLINE, *DEFAULT_TILES))
    assert wiring.CHOICES["stored"].component_id == chosen_id(part.ROOT)


def test_an_open_tile_asks_for_its_figure_and_what_it_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*question: Any) -> Evidence:
        assert question == (ROOMS, VIEW, evidence, "current_viewers")
        return Evidence(Figure("current_viewers", 10, at=1_763_838_000_000), 5, (), 0, 0, 1_763_838_020_000)

    monkeypatch.setattr(wiring, "ask", ask)
    monkeypatch.setattr(wiring, "words_for", lambda rooms, view: Words("en"))
    assert "20s before the latest event" in text(wiring.explained(ROOMS, VIEW, "current_viewers"))


def test_the_server_is_not_asked_before_a_tile_is_open() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [explain] = [entry for entry in app._callback_list if part.EXPLANATION_BODY in entry["output"]]
    assert explain["prevent_initial_call"] and [source["id"] for source in explain["inputs"]] == [part.ASKED]


def test_every_tile_of_the_pool_can_be_opened() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [opens] = [entry for entry in app._callback_list if entry["output"] == f"{part.OPENED}.data"]
    assert [source["id"] for source in opens["inputs"]] == list(part.ALL_TILES)

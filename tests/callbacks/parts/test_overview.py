"""The wiring of the overview asks for the tiles that were chosen, and for one figure when a tile is open."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash

from callbacks.parts import overview as wiring
from layouts.parts import overview as part
from livedash.analysis.evidence import Evidence, evidence
from livedash.analysis.metrics import DEFAULT_TILES, HEADLINE
from livedash.analysis.overview import Figure, Overview, overview
from livedash.locale import Words
from livedash.view import View
from tests.layouts.parts.text import text

VIEW = View("room", 3)
ROOMS: Any = object()


class Asked:
    """Stands for the analysis: remembers what it was asked, and answers with hand-made figures."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.questions: list[Any] = []
        monkeypatch.setattr(wiring, "ask", self.answer)
        monkeypatch.setattr(wiring, "words_for", lambda rooms, view: Words("en"))

    def answer(self, rooms: Any, view: View, question: Any, *args: Any) -> Any:
        assert rooms is ROOMS and view == VIEW
        self.questions.append((question, *args))
        if question is overview:
            return Overview({key: Figure(key, 10) for key in args[0]}, 5)
        return Evidence(Figure(args[0], 10, at=1_763_838_000_000), 5, (), 0, 0, 1_763_838_020_000)


def test_the_stored_choice_is_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    shown = wiring.filled(ROOMS, VIEW, ["orders", "views"])
    assert asked.questions == [(overview, (HEADLINE, "orders", "views"))]
    assert [shown[f"key-{place}"] for place in range(3)] == [HEADLINE, "orders", "views"]


def test_without_a_choice_the_usual_tiles_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    wiring.filled(ROOMS, VIEW, None)
    assert asked.questions == [(overview, (HEADLINE, *DEFAULT_TILES))]


def test_an_open_tile_asks_for_its_figure_and_the_age_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    said = text(wiring.explained(ROOMS, VIEW, "current_viewers"), " | ")
    assert asked.questions == [(evidence, "current_viewers")]
    assert "20s before the latest event" in said


def test_it_fills_all_that_the_layout_promises_and_nothing_twice() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    filled = {f"{output.component_id}.{output.component_property}" for output in part.OUTPUTS.values()}
    [card] = [key for key in app.callback_map if all(output in key for output in filled)]
    assert set(card.strip(".").split("...")) == filled


def test_the_server_is_not_asked_before_a_tile_is_open() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [explain] = [entry for entry in app._callback_list if part.EXPLANATION_BODY in entry["output"]]
    assert explain["prevent_initial_call"] and [source["id"] for source in explain["inputs"]] == [part.ASKED]

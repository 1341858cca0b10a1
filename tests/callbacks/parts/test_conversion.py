"""The conversion card asks for both of its funnels at once; which one is seen is chosen in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash

from callbacks.parts import conversion as wiring
from layouts.parts import conversion as part
from livedash.view import Window

ROOMS: Any = object()


def test_both_funnels_are_of_the_same_window(monkeypatch: pytest.MonkeyPatch) -> None:
    rollup: Any = object()
    window = Window(0, 60_000)
    monkeypatch.setattr(wiring, "funnel", lambda given, asked, usual: ("events", given, asked, usual))
    monkeypatch.setattr(wiring, "user_funnel", lambda given, asked: ("people", given, asked))
    question, usual = wiring.question(usual=(("views", 0.25),))
    both: Any = question(rollup, window, usual)
    assert both == (("events", rollup, window, {"views": 0.25}), ("people", rollup, window))


def test_the_choice_hides_one_of_the_two() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [wired] = [entry for entry in app._callback_list if entry["clientside_function"]]
    assert wired["output"] == f"..{part.EVENTS}.hidden...{part.PEOPLE}.hidden.."
    assert [source["id"] for source in wired["inputs"]] == [part.MODE]

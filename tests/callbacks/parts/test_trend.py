"""The wiring of the performance trend asks for the lines and the stretch that were chosen."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash, Patch

from callbacks.parts import trend as wiring
from layouts.parts import trend as part
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import View, Window

VIEW = View("room", 3, Window(1_763_838_000_000, 1_763_838_120_000))
LAST = Window(1_763_838_060_000, 1_763_838_120_000)
ROOMS: Any = object()


def answer(window: Window, keys: tuple[str, ...] = DEFAULT_TREND) -> Trend:
    return Trend(window, 60_000, dict.fromkeys(keys, (1.0, 2.0)), ())


def test_a_refresh_asks_for_the_chosen_lines_and_patches(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(rooms: Any, view: View, question: Any, *args: Any) -> Trend:
        asked.append((rooms, view, question, *args))
        return answer(LAST)

    monkeypatch.setattr(wiring, "ask", ask)
    monkeypatch.setattr(wiring, "words_for", lambda rooms, view: Words("en"))
    shown = wiring.drawn(ROOMS, VIEW, DEFAULT_TREND, last=True, anew=False)
    assert asked == [(ROOMS, VIEW, wiring.course, DEFAULT_TREND, True)]
    assert isinstance(shown["figure"], Patch)
    assert isinstance(wiring.drawn(ROOMS, VIEW, DEFAULT_TREND, last=False, anew=True)["figure"], dict)


def test_the_last_minutes_are_those_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    rollup: Any = object()
    seen = []

    def trend(given: Any, window: Window | None, keys: tuple[str, ...], points: int) -> Trend:
        assert given is rollup and points == part.POINTS
        seen.append(window)
        return answer(LAST, keys)

    monkeypatch.setattr(wiring, "trend", trend)
    monkeypatch.setattr(wiring, "last_minutes", lambda given, minutes: LAST if minutes == part.LAST_MINUTES else None)
    wiring.course(rollup, VIEW.window, DEFAULT_TREND, last=True)
    wiring.course(rollup, VIEW.window, DEFAULT_TREND, last=False)
    wiring.course(rollup, None, DEFAULT_TREND, last=False)
    assert seen == [LAST, VIEW.window, None]


def test_it_fills_all_that_the_layout_promises() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    filled = {f"{output.component_id}.{output.component_property}" for output in part.OUTPUTS.values()}
    assert filled in [set(key.strip(".").split("...")) for key in app.callback_map]

"""The wiring of the performance trend asks for the lines and the stretch that were chosen."""

from __future__ import annotations

from typing import Any

import pytest

from callbacks.parts import trend as wiring
from layouts.parts import trend as part
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.trend import Trend
from livedash.view import Window

WINDOW = Window(1_763_838_000_000, 1_763_838_120_000)
LAST = Window(1_763_838_060_000, 1_763_838_120_000)
FIRST, SECOND = DEFAULT_TREND


def test_the_chosen_lines_and_stretch_are_what_is_asked_for() -> None:
    assert wiring.question(FIRST, SECOND, part.LAST) == (wiring.course, DEFAULT_TREND, True)
    assert wiring.question(SECOND, part.NONE, part.WHOLE) == (wiring.course, (SECOND,), False)


def test_every_choice_is_one_that_the_card_offers() -> None:
    offered = {name: source.component_id for name, source in wiring.CHOICES.items()}
    assert offered == {"first": part.FIRST, "second": part.SECOND, "stretch": part.RANGE}


def test_the_last_minutes_are_those_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    rollup: Any = object()
    seen = []

    def trend(given: Any, window: Window | None, keys: tuple[str, ...], points: int) -> Trend:
        assert given is rollup
        seen.append((window, points))
        return Trend(LAST, 60_000, dict.fromkeys(keys, (1.0,)), ())

    monkeypatch.setattr(wiring, "trend", trend)
    monkeypatch.setattr(wiring, "last_minutes", lambda given, minutes: LAST if minutes == part.LAST_MINUTES else None)
    wiring.course(rollup, WINDOW, DEFAULT_TREND, last=True)
    wiring.course(rollup, WINDOW, DEFAULT_TREND, last=False)
    wiring.course(rollup, None, DEFAULT_TREND, last=False)
    few, many = part.POINTS[part.LAST], part.POINTS[part.WHOLE]
    assert seen == [(LAST, few), (WINDOW, many), (None, many)]

"""Answers how it went over time: series of metrics per step, and the events that mark it."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.analysis.markers import Marker
from livedash.rollup.fold import Rollup
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Trend:
    """Series from window.start in steps of step_ms; a value is None where there is none (a gap stays a gap).

    Counts and money are per minute (rates), gauges and ratios as they are.
    """

    window: Window
    step_ms: int
    series: dict[str, tuple[float | None, ...]]
    markers: tuple[Marker, ...]


def step_for(rollup: Rollup, window: Window, points: int = 240) -> int:
    """A step in ms that gives at most `points` points: 1, 2, 5, 10, 15, 30 s, 1, 2, 5 ... min."""
    raise NotImplementedError


def trend(rollup: Rollup, window: Window | None, keys: tuple[str, ...], points: int = 240) -> Trend:
    """The chosen metrics over the window (None: the whole LIVE)."""
    raise NotImplementedError


def last_minutes(rollup: Rollup, minutes: int) -> Window | None:
    """The last minutes of the data (to the last event while LIVE, to the end afterwards)."""
    raise NotImplementedError

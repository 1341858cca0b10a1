"""Answers how it is going: each metric of a window as a Figure with its parts, its change and its course."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from livedash.rollup.fold import Rollup
from livedash.view import Window

Value = int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric in one window.

    value: int for counts, Decimal for money, float for ratios (fraction) and seconds, None for "no value".
    numerator, denominator: the two parts of a ratio, None for plain counts.
    missing: event types that the metric needs and the log lacks; value is None then.
    before, change: the value of the stretch before, of equal length, and the relative change (absolute for ratios).
    spark: the metric's course, at most 40 points, None where there is no value.
    at: epoch ms of the sample read, for gauges only.
    """

    key: str
    value: Value
    numerator: Value = None
    denominator: Value = None
    missing: tuple[str, ...] = ()
    before: Value = None
    change: float | None = None
    spark: tuple[float | None, ...] = ()
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """figures by key; change_minutes: the length of the stretches that `change` compares."""

    figures: dict[str, Figure]
    change_minutes: int


def overview(rollup: Rollup, window: Window | None, keys: tuple[str, ...]) -> Overview:
    """The chosen metrics of the window, each with its change over the last minutes against the minutes before."""
    raise NotImplementedError

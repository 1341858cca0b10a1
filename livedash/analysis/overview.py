"""Answers how it is going: each metric of a window as a Figure with its parts, its change and its course."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from livedash.analysis.facts import RoomFacts, StepFacts, gaps, on_edge, ran
from livedash.analysis.metrics import METRICS, MONEY, PLAIN, TIME, Metric, Value
from livedash.analysis.trend import course, step_for
from livedash.rollup.fold import Rollup
from livedash.view import Window

CHANGE_MINUTES = 5
SPARK_POINTS = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric in one window.

    value: int for counts, Decimal for money, float for ratios (fraction) and seconds, None for "no value".
    numerator, denominator: the two parts of a ratio, None for plain counts.
    missing: event types that the metric needs and the log lacks; value is None then.
    before, change: the value of the stretch before, of equal length, and the relative change (absolute for ratios).
    spark: the metric's course, at most 40 points, None where there is no value.
    at: epoch ms of the sample read, for gauges only.
    recent: the value of the last stretch, which `change` compares with `before`.
    plain: for the tap-through rate, all views / impressions, whatever channel they came by.
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
    recent: Value = None
    plain: Value = None


@dataclass(frozen=True, slots=True)
class Overview:
    """figures by key; change_minutes: the length of the stretches that `change` compares; settled: these are the totals
    of a LIVE or a stretch that is over, of which its last minutes tell nothing; other_currencies: see
    in_other_currencies; latest: epoch ms of the latest event, or of the window's end where that is earlier."""

    figures: dict[str, Figure]
    change_minutes: int
    settled: bool = False
    other_currencies: tuple[tuple[str, int, Decimal], ...] = ()
    latest: int | None = None


def overview(rollup: Rollup, window: Window | None, keys: tuple[str, ...]) -> Overview:
    """The chosen metrics of the window, each with its change over the last minutes against the minutes before."""
    facts = RoomFacts(rollup, window)
    minutes, stretches = _stretches(rollup, window)
    shown = window or rollup.span
    steps = StepFacts(rollup, shown, step_for(rollup, shown, SPARK_POINTS)) if shown else None
    figures = {key: _figure(METRICS[key], facts, stretches, steps) for key in keys}
    present = rollup.present or 0
    settled = rollup.room.state == "ended" or (window is not None and window.end < present)
    latest = min(rollup.last_ts, window.end) if window and rollup.last_ts is not None else rollup.last_ts
    return Overview(figures, minutes, settled, in_other_currencies(rollup, window), latest)


def in_other_currencies(rollup: Rollup, window: Window | None) -> tuple[tuple[str, int, Decimal], ...]:
    """What was sold in currencies that are not the room's, and is in none of its figures: currency, orders, amount."""
    found = rollup.other_currencies(window).items()
    return tuple((currency, sold["orders"], Decimal(sold["gmv"]) / MONEY) for currency, sold in sorted(found))


def figure(rollup: Rollup, window: Window | None, key: str) -> Figure:
    """One metric of the window, without its change and course."""
    return _figure(METRICS[key], RoomFacts(rollup, window), None, None)


def _figure(
    metric: Metric, facts: RoomFacts, stretches: tuple[RoomFacts, RoomFacts] | None, steps: StepFacts | None
) -> Figure:
    value, numerator, denominator = metric.compute(facts)
    recent = before = None
    if stretches:
        recent, before = (metric.compute(stretch)[0] for stretch in stretches)
    gauge = metric.gauge and value is not None
    return Figure(
        key=metric.key,
        value=value,
        numerator=numerator,
        denominator=denominator,
        missing=metric.lacks(facts.rollup.types),
        before=before,
        change=change(metric, recent, before),
        spark=course(metric, steps) if steps and TIME in metric.by else (),
        at=int(facts.gauge.ts[-1]) if gauge else None,
        recent=recent,
        plain=PLAIN[metric.key](facts)[0] if metric.key in PLAIN else None,
    )


def change(metric: Metric, recent: Value, before: Value) -> float | None:
    """The change from one value to the next: relative for counts and money, the difference for ratios and seconds. None
    where there is nothing to compare with."""
    if recent is None or before is None:
        return None
    difference = Decimal(recent) - Decimal(before)
    if metric.unit in ("ratio", "seconds"):
        return float(difference)
    return float(difference / Decimal(before)) if before else None


def _stretches(rollup: Rollup, window: Window | None) -> tuple[int, tuple[RoomFacts, RoomFacts] | None]:
    """The minutes compared, and the last ones and those before; None in their place where the LIVE is shorter than two
    minutes, or where some of that time was not recorded."""
    live = ran(rollup, window)
    minutes = min(CHANGE_MINUTES, int(live.seconds // 120)) if live else 0
    if live is None or not minutes:
        return CHANGE_MINUTES, None
    middle, start = (on_edge(rollup, live.end - n * 60_000) for n in (minutes, 2 * minutes))
    if any(gap.start < live.end and gap.end > start for gap in gaps(rollup)):
        return minutes, None
    return minutes, (RoomFacts(rollup, Window(middle, live.end)), RoomFacts(rollup, Window(start, middle)))

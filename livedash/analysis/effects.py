"""Answers what a metric did after an event against what was to be expected without it: one engine for pins, promotions,
giveaways and violations. It tells what went together, and names no cause."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from livedash.analysis.expected import Series, told
from livedash.analysis.facts import RoomFacts, on_edge
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import BASE, METRICS, THINGS, Metric, Value
from livedash.analysis.minutes import MINUTE, AtOnce, Live, amounts, by_product, live_of, steps_of
from livedash.analysis.trend import told_over_time
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

KINDS = ("pin", "promotion", "giveaway", "violation")
"""Kinds of markers whose effect is told."""
OTHERS = (*KINDS, "price", "sold_out", "host")
"""Kinds that may have done something too."""
MOST_BASE = 240
"""Steps before the window that are looked at."""
NEAR_BASE = 10 * MINUTE
"""The forecast rests most on so much time before the window (or on as much as the window lasts)."""
AT_ONCE = 1_000
"""An event that ends when this one begins (one pin takes the place of another) is part of it."""

TOO_LITTLE = N_("too little data to tell")
NOT_OVER = N_("not over yet: until {time}")
NOT_RECORDED = N_("Not recorded in this log: {types}.")


@dataclass(frozen=True, slots=True, repr=False)
class PastCourse:
    """A metric of an earlier LIVE, step for step from its start: what to give `effect` as its history."""

    key: str
    product_id: str | None
    step_ms: int
    amount: tuple[float, ...]
    exposure: tuple[float, ...]

    def __repr__(self) -> str:
        """Short, and another for another course: answers are remembered by what their question looks like."""
        return f"PastCourse({self.key!r}, {self.product_id!r}, {self.step_ms}, {hash((self.amount, self.exposure)):x})"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a metric did in a window against what was to be expected without the event.

    window: the stretch that is judged, as far as the LIVE ran; observed: total of counts and money, the quotient of a
    ratio, the mean of a gauge; expected: the same as it was to be expected; uplift: observed / expected - 1, low and
    high the ends of its 95 % interval. overlaps: other events that began or ended in the window, or shortly before it,
    in what it is judged by. why_not: why it cannot be told, None where it can (then only are the four there).
    """

    key: str
    window: Window
    product_id: str | None
    observed: Value
    expected: float | None
    uplift: float | None
    low: float | None
    high: float | None
    overlaps: tuple[Marker, ...]
    why_not: Sentence | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out that nothing came of it."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class EventEffect:
    """One event with its effect on the metric."""

    marker: Marker
    effect: Effect


def effect(
    rollup: Rollup, window: Window, key: str, *, product_id: str | None = None, without: tuple[str, ...] = (),
    history: tuple[PastCourse, ...] = (),
) -> Effect:  # fmt: skip
    """The metric in the window against what was to be expected by what came before (see expected.told, which names the
    method and its sources). Raises Problem("metric-not-by").

    product_id: of this product only; without: ids of the markers that are the event itself, and so no overlaps;
    history: past_course of earlier LIVEs of the host, to know what is usual at the same minute.
    """
    metric = told_over_time(METRICS[key])
    if product_id is not None:
        by_product(metric)
    return _effect(rollup, live_of(rollup), window, metric, product_id, markers(rollup), without, history)


def past_course(rollup: Rollup, window: Window | None, key: str, product_id: str | None = None) -> PastCourse:
    """The whole course of an ended LIVE; `window` is not looked at."""
    live = live_of(rollup)
    step = _step(rollup)
    found = None
    if live is not None:
        end = min(live.window.end, live.window.start + 4 * MOST_BASE * step)
        found = amounts(METRICS[key], steps_of(rollup, Window(live.window.start, end), step, product_id, live))
    if found is None:
        return PastCourse(key, product_id, step, (), ())
    return PastCourse(key, product_id, step, tuple(found[0].tolist()), tuple(found[1].tolist()))


def what_events_did(
    rollup: Rollup, window: Window | None, key: str, minutes: int | None, kinds: tuple[str, ...] = KINDS,
    most: int | None = None, history: tuple[PastCourse, ...] = (),
) -> tuple[EventEffect, ...]:  # fmt: skip
    """What the metric of the room did in the minutes after each event of these kinds that began in the window (None: in
    the LIVE), in order of time. minutes: None for as long as each event lasted (a violation, which lasts no time, is
    judged by DEFAULT_MINUTES); most: the latest so many. Raises Problem("metric-not-by")."""
    metric = told_over_time(METRICS[key])
    every = markers(rollup)
    shown = _of_kinds(every, window, kinds)
    shown = shown[-most:] if most is not None else shown
    live = live_of(rollup)
    out = []
    for marker in shown:
        judged = _judged(rollup, live, marker, minutes)
        found = _effect(rollup, live, judged, metric, None, every, (marker.id,), history)
        if live is not None and _goes_on(live, judged) and not (minutes is None and marker.open):
            not_over = Sentence.of(NOT_OVER, time=Amount(judged.end, "time"))
            found = _untold(metric, judged, None, found.observed, found.overlaps, not_over)
        out.append(EventEffect(marker, found))
    return tuple(out)


def judged_events(rollup: Rollup, window: Window | None, kinds: tuple[str, ...] = KINDS) -> tuple[Marker, ...]:
    """The events that what_events_did would tell of."""
    return _of_kinds(markers(rollup), window, kinds)


MINUTES = (5, 10, 15)
DEFAULT_MINUTES = 10
"""Minutes after an event in which its effect is looked for: to choose from, and at first."""


def in_words(effect: Effect) -> Sentence:
    """The effect as people say it: "12% more clicks than expected, between 4% and 21%", "not clear: between 9% fewer
    and 33% more clicks than expected", or why it cannot be told."""
    if effect.why_not is not None or effect.uplift is None or effect.low is None or effect.high is None:
        return effect.why_not or Sentence.of(TOO_LITTLE)
    low, high = effect.low, effect.high
    counted = effect.key in THINGS
    named = {"what": Sentence.of(THINGS[effect.key] if counted else METRICS[effect.key].label)}
    amount = METRICS[effect.key].unit == "money"
    if low <= 0 <= high:
        said = (UNCLEAR_AMOUNT if amount else UNCLEAR_COUNT) if counted else UNCLEAR
    elif low > 0:
        said = MORE if counted else HIGHER
    else:
        said, low, high = (LESS if amount else FEWER) if counted else LOWER, high, low
    ends = {"low": Amount(abs(low), "percent"), "high": Amount(abs(high), "percent")}
    if low <= 0 <= high:
        return Sentence.of(said, **named, **ends)
    return Sentence.of(said, **named, **ends, size=Amount(abs(effect.uplift), "percent"))


MORE = N_("{size} more {what} than expected, between {low} and {high}")
FEWER = N_("{size} fewer {what} than expected, between {low} and {high}")
LESS = N_("{size} less {what} than expected, between {low} and {high}")
UNCLEAR_AMOUNT = N_("not clear: between {low} less and {high} more {what} than expected")
UNCLEAR_COUNT = N_("not clear: between {low} fewer and {high} more {what} than expected")
HIGHER = N_("{what} {size} higher than expected, between {low} and {high}")
LOWER = N_("{what} {size} lower than expected, between {low} and {high}")
UNCLEAR = N_("{what} not clear: between {low} lower and {high} higher than expected")

CAUTION = N_("What went together with an event need not have come of it.")
CAUTION_PIN = N_(
    "The host chooses what to pin and when, often because it is asked for already: what followed a pin may have come "
    "without it."
)


def caution(kinds: Iterable[str]) -> Sentence:
    """What is to be kept in mind with effects of these kinds of events; more with pins, which the host chooses."""
    if "pin" in kinds:
        return Sentence.of("{one} {other}", one=Sentence.of(CAUTION), other=Sentence.of(CAUTION_PIN))
    return Sentence.of(CAUTION)


def _effect(
    rollup: Rollup, live: Live | None, window: Window, metric: Metric, product_id: str | None,
    every: tuple[Marker, ...], without: tuple[str, ...], history: tuple[PastCourse, ...],
) -> Effect:  # fmt: skip
    judged = live.within(window) if live else None
    if live is None or judged is None:
        return _untold(metric, window, product_id, None, (), Sentence.of(TOO_LITTLE))
    overlaps = _overlaps(every, judged, without)
    observed = _observed(rollup, judged, metric, product_id)
    missing = metric.lacks(rollup.types)
    if missing:
        why = Sentence.of(NOT_RECORDED, types=", ".join(missing))
        return _untold(metric, judged, product_id, None, overlaps, why)
    too_little = _untold(metric, judged, product_id, observed, overlaps, Sentence.of(TOO_LITTLE))
    if _goes_on(live, window) and judged.end - judged.start < MINUTE:
        return too_little
    step = _step(rollup)
    since_start = (judged.start - live.window.start) // step
    before = min(since_start, MOST_BASE)
    steps = steps_of(rollup, Window(judged.start - before * step, judged.end), step, product_id, live)
    found = amounts(metric, steps)
    if found is None or before < 1:
        return too_little
    amount, exposure, _ = found
    first, last = before, len(steps)
    earlier = _earlier(history, metric, product_id, step, since_start - before)
    outcome = told(amount, exposure, first, last, earlier, _one(metric))
    if outcome is None:
        return too_little
    over = float(exposure[first:].sum())
    if metric.gauge:
        observed = float(amount[first:].sum()) / over
    plain = outcome.rate if metric.gauge or metric.rate else outcome.rate * over
    expected = float(observed) / (1 + outcome.uplift) if observed and outcome.uplift > -1 else plain
    return Effect(
        key=metric.key,
        window=judged,
        product_id=product_id,
        observed=observed,
        expected=expected,
        uplift=outcome.uplift,
        low=outcome.low,
        high=outcome.high,
        overlaps=overlaps,
        why_not=None,
    )


def _untold(
    metric: Metric, window: Window, product_id: str | None, observed: Value, overlaps: tuple[Marker, ...],
    why: Sentence,
) -> Effect:  # fmt: skip
    return Effect(metric.key, window, product_id, observed, None, None, None, None, overlaps, why)


def _step(rollup: Rollup) -> int:
    """A minute; in a room so long that it is kept more coarsely, one of its own buckets."""
    return max(MINUTE, rollup.width)


def _one(metric: Metric) -> float:
    """How much of the metric one event is at least: 1 of what is counted, 0 where that is not known."""
    base = BASE[metric.compute.over]
    return 0.0 if metric.gauge or base.scale != 1 else float(metric.compute.times)


def _observed(rollup: Rollup, window: Window, metric: Metric, product_id: str | None) -> Value:
    if product_id is not None:
        return metric.compute(AtOnce(rollup, window, product_id))[0]
    return metric.compute(RoomFacts(rollup, window))[0]


def _earlier(
    history: tuple[PastCourse, ...], metric: Metric, product_id: str | None, step: int, skipped: int
) -> list[Series]:
    """The earlier courses of this metric, from the step since the start at which this LIVE's own steps begin."""
    return [
        (np.array(one.amount[skipped:]), np.array(one.exposure[skipped:]))
        for one in history
        if (one.key, one.product_id, one.step_ms) == (metric.key, product_id, step) and len(one.amount) > skipped
    ]


def _goes_on(live: Live, window: Window) -> bool:
    """Whether the LIVE runs and has not come to the end of the window."""
    return not live.ended and window.end > live.window.end


def _judged(rollup: Rollup, live: Live | None, marker: Marker, minutes: int | None) -> Window:
    """The stretch after an event, from a whole second on (where a room is so kept, a window is two look-ups there)."""
    start = on_edge(rollup, marker.start)
    if minutes is None and marker.kind != "violation":
        end = marker.end if marker.end is not None else (live.window.end if live else start)
        return Window(start, max(on_edge(rollup, end), start + 1))
    return Window(start, start + (minutes or DEFAULT_MINUTES) * MINUTE)


def _of_kinds(every: tuple[Marker, ...], window: Window | None, kinds: tuple[str, ...]) -> tuple[Marker, ...]:
    chosen = [marker for marker in every if marker.kind in kinds and marker.kind in KINDS]
    return tuple(one for one in chosen if window is None or window.start <= one.start < window.end)


def _overlaps(every: tuple[Marker, ...], window: Window, without: tuple[str, ...]) -> tuple[Marker, ...]:
    """What began or ended in the window or in the time it is judged by most; what ran all along changed nothing."""
    since = window.start - max(NEAR_BASE, window.end - window.start)
    found = []
    for marker in every:
        if marker.kind not in OTHERS or marker.id in without:
            continue
        began = since <= marker.start < window.end
        at_once = marker.end is not None and abs(marker.end - window.start) <= AT_ONCE
        ended = marker.end is not None and since <= marker.end < window.end and not at_once
        if began or ended:
            found.append(marker)
    return tuple(found)

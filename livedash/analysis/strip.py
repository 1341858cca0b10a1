"""Answers what each metric came to in a window and when it was highest: the figures of the metric strip. The peak is
that of the line that is drawn, so that chart and strip agree, where its buckets are minutes or longer."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livedash.analysis.buckets import Buckets, bucket_for
from livedash.analysis.facts import RoomFacts
from livedash.analysis.metrics import METRICS, Metric, Value
from livedash.analysis.trend import course
from livedash.rollup.fold import Rollup
from livedash.view import NO_TIME, Window

LEAST_MS = 60_000
"""A peak is that of a minute at least, where there is one: what came in ten seconds, or in the half minute that has
begun, is no rate of a minute."""
FEWEST = 20
"""A ratio has a peak only where its denominator is this large: one order after one click is no peak of CTOR."""


@dataclass(frozen=True, slots=True)
class StripFigure:
    """value: the window's total, or of a gauge its latest value; peak: the highest value of a bucket, for counts and
    money a minute (per_minute), and when that bucket begins (peak_at, epoch ms); of a gauge its highest sample and when
    that was. None where there is no value. unit: one of livedash.words.UNITS. missing: event types the log lacks.
    """

    value: Value
    unit: str
    peak: float | None
    peak_at: int | None
    per_minute: bool
    missing: tuple[str, ...] = ()


def strip(
    rollup: Rollup, window: Window | None, keys: tuple[str, ...], step_ms: int | None = None
) -> dict[str, StripFigure]:
    """Each of these metrics over the window (None: the whole log), its peak in buckets of step_ms (None: as the chart
    chooses them), and of a minute at least. Raises Problem("metric-not-by")."""
    facts = RoomFacts(rollup, window)
    drawn = window or rollup.span or NO_TIME
    steps = Buckets(rollup, drawn, max(bucket_for(rollup, drawn) if step_ms is None else step_ms, LEAST_MS))
    return {key: _figure(METRICS[key], facts, steps) for key in keys}


def _figure(metric: Metric, facts: RoomFacts, steps: Buckets) -> StripFigure:
    peak, at = _highest_sample(facts) if metric.gauge else _highest_bucket(metric, steps)
    return StripFigure(
        value=metric.compute(facts)[0],
        unit=metric.unit,
        peak=peak,
        peak_at=at,
        per_minute=not metric.gauge and not metric.rate,
        missing=metric.lacks(facts.rollup.types),
    )


def _highest_sample(facts: RoomFacts) -> tuple[float | None, int | None]:
    gauge = facts.gauge
    if not len(gauge.count):
        return None, None
    place = int(gauge.count.argmax())
    since = int(gauge.ts[place])  # the value carried into the window was there when it began
    return float(gauge.count[place]), max(since, facts.window.start) if facts.window else since


def _highest_bucket(metric: Metric, steps: Buckets) -> tuple[float | None, int | None]:
    values = np.array([np.nan if value is None else value for value in course(metric, steps)], np.float64)
    under = metric.compute.under
    if under is not None and under != "live_ms":
        counted = steps[under]
        if counted is not None:
            values[~(counted >= FEWEST)] = np.nan
    enough = steps.covered >= LEAST_MS
    if not metric.rate and not np.isnan(values[enough]).all():
        values[~enough] = np.nan
    if np.isnan(values).all():
        return None, None
    place = int(np.nanargmax(values))
    return float(values[place]), int(steps.edges[place])

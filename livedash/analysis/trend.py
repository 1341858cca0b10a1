"""Answers how it went over time: series of metrics per step, and the events that mark it. It smooths nothing and fills
no gap: where there is no value there is none."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livedash.analysis.buckets import Buckets
from livedash.analysis.facts import StepFacts, ran
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import METRICS, TIME, Metric
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.view import NO_TIME, Window
from livedash.words import N_

STEPS = tuple(s * 1000 for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400))
"""Steps that people can read off an axis, in ms; beyond the last, whole days."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Series from window.start in steps of step_ms; a value is None where there is none (a gap stays a gap).

    Counts and money are per minute (rates), gauges and ratios as they are. edges: where steps begin and the last one
    ends, for steps on the room's clock, the first and last of which may be shorter; () where all are step_ms long.
    """

    window: Window
    step_ms: int
    series: dict[str, tuple[float | None, ...]]
    markers: tuple[Marker, ...]
    edges: tuple[int, ...] = ()

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each step begins, in epoch ms."""
        return self.edges[:-1] or tuple(range(self.window.start, self.window.end, self.step_ms))


def step_for(rollup: Rollup, window: Window, points: int = 240) -> int:
    """A step in ms that gives at most `points` points: 1, 2, 5, 10, 15, 30 s, 1, 2, 5 ... min; a multiple of the
    width of the rollup's buckets."""
    length = window.end - window.start + window.start % rollup.width
    fitting = (step for step in STEPS if step % rollup.width == 0 and step * points >= length)
    return next(fitting, -(-length // (points * STEPS[-1])) * STEPS[-1])


def trend(
    rollup: Rollup, window: Window | None, keys: tuple[str, ...], points: int = 240, step_ms: int | None = None
) -> Trend:
    """The chosen metrics over the window (None: the whole LIVE), in steps of the window that make at most `points`, or
    in buckets of step_ms on the room's clock (see buckets.Buckets). Raises Problem("metric-not-by")."""
    window = window or rollup.span or NO_TIME
    if step_ms is None:
        steps, edges = StepFacts(rollup, window, step_for(rollup, window, points)), ()
    else:
        steps = Buckets(rollup, window, step_ms)
        edges = tuple(steps.edges.tolist())
    series = {key: course(METRICS[key], steps) for key in keys}
    return Trend(steps.window, steps.step_ms, series, markers(rollup, steps.window), edges)


def course(metric: Metric, steps: StepFacts) -> tuple[float | None, ...]:
    """One metric per step. A step of which less than half was live and recorded has no value (a rate over a sliver of
    time tells nothing), unless there is no other; but what was counted in it is not hidden: its rate is then taken over
    the whole step, so that a sliver makes no peak."""
    values = told_over_time(metric).compute.course(steps)
    if values is None:
        return (None,) * len(steps)
    covered = steps.covered
    enough = covered * 2 >= (steps.step_ms if len(steps) > 1 else 1)
    if not metric.gauge and not metric.rate:
        counted = values > 0
        lasted = np.where(counted & ~enough, steps.step_ms, covered)
        values = values * np.divide(60_000, lasted, out=np.full(len(steps), np.nan), where=lasted > 0)
        enough |= counted
    known = enough & ~np.isnan(values)
    return tuple(value if there else None for value, there in zip(values.tolist(), known.tolist(), strict=True))


def told_over_time(metric: Metric) -> Metric:
    """The metric itself. Raises Problem("metric-not-by") where it means nothing over time."""
    if TIME not in metric.by:
        raise Problem(
            "metric-not-by", N_("{metric} cannot be told over time. Choose another metric."), metric=metric.label
        )
    return metric


def last_minutes(rollup: Rollup, minutes: int) -> Window | None:
    """The last minutes of the data (to the last event while LIVE, to the end afterwards)."""
    live = ran(rollup, None)
    if live is None:
        return None
    return Window(max(live.end - minutes * 60_000, live.start), live.end)

"""Answers a trend as rows: each bucket of a window with the figures of that bucket. The figures are those of the bucket
itself (not a minute's share of it), so that counts and money add up to those of the window."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from livedash.analysis.buckets import Buckets
from livedash.analysis.metrics import METRICS, TIME, Value
from livedash.analysis.trend import told_over_time
from livedash.rollup.fold import Rollup
from livedash.view import NO_TIME, Window

TOLD = tuple(metric.key for metric in METRICS.values() if TIME in metric.by)
"""Every metric that means something over time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bucket, [start, end) in epoch ms; recorded: the seconds of it that were live and recorded; values: exact, as
    the registry computes them for that bucket, one for each of the metrics asked for, None for no value."""

    start: int
    end: int
    recorded: float
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of some metrics, read as they are asked for. keys: what stands in which place of a row's values."""

    keys: tuple[str, ...]
    window: Window
    steps: Buckets

    @property
    def step_ms(self) -> int:
        return self.steps.step_ms

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Row]:
        return self.between(0, len(self))

    def between(self, first: int, last: int) -> Iterator[Row]:
        """The rows in these places, for who shows a table piece by piece."""
        metrics = [METRICS[key] for key in self.keys]
        edges, covered = self.steps.edges.tolist(), self.steps.covered
        for place in range(max(first, 0), min(last, len(self))):
            facts = _OfBucket(self.steps, place)
            values = tuple(metric.compute(facts)[0] for metric in metrics)
            if not covered[place]:  # nobody was listening: nothing counted is no value, not 0, and a sample is old
                values = tuple(None if m.gauge else value or None for m, value in zip(metrics, values, strict=True))
            yield Row(edges[place], edges[place + 1], float(covered[place]) / 1000, values)


class _OfBucket:
    """The base measures of one bucket, as the whole numbers they are."""

    def __init__(self, steps: Buckets, place: int) -> None:
        self._steps, self._place = steps, place

    def __getitem__(self, name: str, /) -> Any:
        values = self._steps[name]
        if values is None or np.isnan(values[self._place]):
            return None
        value = values[self._place].item()
        return int(value) if value.is_integer() else value


def rows(rollup: Rollup, window: Window | None, keys: tuple[str, ...], step_ms: int) -> Table:
    """These metrics (TOLD: all there are over time) over the window (None: the whole LIVE), a row for each bucket of
    step_ms on the room's clock. Raises Problem("metric-not-by")."""
    window = window or rollup.span or NO_TIME
    for key in keys:
        told_over_time(METRICS[key])
    steps = Buckets(rollup, window, step_ms)
    return Table(keys, steps.window, steps)

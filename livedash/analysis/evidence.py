"""Answers what a figure rests on: its parts, the lines that feed it, and how good the log is that they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from livedash.analysis.metrics import METRICS
from livedash.analysis.overview import Figure, overview
from livedash.rollup.fold import Rollup
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure of a window, and what stands behind it.

    minutes: the length of the stretches that its change compares. lines: event type to its accepted lines in the whole
    log, for every type that the metric needs. rejected, duplicates: lines of the whole log that were left out.
    last_event: the time of the latest event (epoch ms).
    """

    figure: Figure
    minutes: int
    lines: tuple[tuple[str, int], ...]
    rejected: int
    duplicates: int
    last_event: int | None


def evidence(rollup: Rollup, window: Window | None, key: str) -> Evidence:
    """What the metric's figure rests on in this window."""
    answer, account = overview(rollup, window, (key,)), rollup.log.total
    return Evidence(
        figure=answer.figures[key],
        minutes=answer.change_minutes,
        lines=tuple((kind, rollup.types.get(kind, 0)) for kind in METRICS[key].needs),
        rejected=account.rejected,
        duplicates=account.duplicates,
        last_event=rollup.last_ts,
    )

"""Answers what a figure rests on: its parts, the lines that feed it, and how good the log is that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from livedash.analysis.metrics import METRICS
from livedash.analysis.overview import Figure, in_other_currencies, overview
from livedash.rollup.fold import Rollup
from livedash.view import Window

SALE = "order_paid"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure of a window, and what stands behind it.

    minutes: the length of the stretches that its change compares. lines: event type to its accepted lines in the whole
    log, for every type that the metric needs. rejected, duplicates: lines of the whole log that were left out.
    last_event: the time of the latest event (epoch ms). other_currencies: what was sold in another currency than the
    room's, and stands apart: currency, orders, amount; unpriced: paid lines without a price. Both only where the metric
    needs paid orders.
    """

    figure: Figure
    minutes: int
    lines: tuple[tuple[str, int], ...]
    rejected: int
    duplicates: int
    last_event: int | None
    other_currencies: tuple[tuple[str, int, Decimal], ...] = ()
    unpriced: int = 0


def evidence(rollup: Rollup, window: Window | None, key: str) -> Evidence:
    """What the metric's figure rests on in this window."""
    answer, account = overview(rollup, window, (key,)), rollup.log.total
    sold = SALE in METRICS[key].needs
    return Evidence(
        figure=answer.figures[key],
        minutes=answer.change_minutes,
        lines=tuple((kind, rollup.types.get(kind, 0)) for kind in METRICS[key].needs),
        rejected=account.rejected,
        duplicates=account.duplicates,
        last_event=rollup.last_ts,
        other_currencies=in_other_currencies(rollup, window) if sold else (),
        unpriced=rollup.unpriced(window) if sold else 0,
    )

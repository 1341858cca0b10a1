"""Metrics minute by minute as amounts over exposures, of the whole room or of one product, for those who judge them.
What was not recorded, and pauses, are left out; nothing is judged here."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from livedash.analysis.facts import StepFacts, apart, gaps, ran
from livedash.analysis.markers import pauses
from livedash.analysis.metrics import BASE, PRODUCT, Metric
from livedash.analysis.trend import told_over_time
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.groups import PAID, PRODUCT_CODES, REFUNDED
from livedash.view import Window
from livedash.words import N_

MINUTE = 60_000
RECORDED = 0.5
"""A step was recorded for this share of it at least, or it is left out."""

NO_PRODUCT = -2
"""A code that no row has."""

MEMBERS = {"orders": "order", "sku_orders": "pair", "customers": "user"}
"""What is counted once: the column of a line that tells one from another."""


def amounts(metric: Metric, steps: StepFacts) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """A metric as amounts over exposures, one of each a step: counts over minutes recorded, clicks over views, viewers
    times minutes over minutes. Last, the share of each step that was recorded. None where the log lacks what it needs.
    Raises Problem("metric-not-by") where it means nothing over time."""
    formula = told_over_time(metric).compute
    over = steps[formula.over]
    if over is None:
        return None
    amount = over * formula.times / BASE[formula.over].scale
    for name in formula.less:
        less = steps[name]
        if less is not None:
            amount = amount - less / BASE[name].scale
    if formula.under in (None, "live_ms"):
        exposure: np.ndarray | None = steps.covered / (MINUTE if formula.under is None else BASE["live_ms"].scale)
    else:
        under = steps[formula.under or ""]
        exposure = None if under is None else under / BASE[formula.under or ""].scale
    if exposure is None:
        return None
    if metric.gauge:
        amount = amount * exposure
    covered = steps.covered / steps.step_ms
    known = (covered >= RECORDED) & ~np.isnan(amount) & ~np.isnan(exposure)
    return np.where(known, amount, 0.0), np.where(known, exposure, 0.0), np.where(known, covered, 0.0)


@dataclass(frozen=True, slots=True)
class Live:
    """When the LIVE ran (to its last event while it runs), whether it has ended, and when nothing was to be counted:
    gaps in the recording and pauses, apart from each other. Read once for all that is judged."""

    window: Window
    ended: bool
    still: tuple[Window, ...]

    def within(self, window: Window) -> Window | None:
        """The part of the window in which the LIVE ran; None where that is nothing."""
        start, end = max(self.window.start, window.start), min(self.window.end, window.end)
        return Window(start, end) if start < end else None


def live_of(rollup: Rollup) -> Live | None:
    """None as long as there is nothing."""
    window = ran(rollup, None)
    if window is None:
        return None
    paused = [Window(one.start, window.end if one.end is None else one.end) for one in pauses(rollup)]
    return Live(window, rollup.room.ended_at is not None, tuple(apart([*gaps(rollup), *paused])))


class Minutes(StepFacts):
    """The base measures of every step of a window of the room, as StepFacts; a pause covers nothing."""

    def __init__(self, rollup: Rollup, window: Window, step_ms: int, live: Live | None) -> None:
        super().__init__(rollup, window, step_ms)
        self._live = live

    @cached_property
    def covered(self) -> np.ndarray:
        """How long each step was live, recorded and not paused, in ms: float64."""
        if self._live is None:
            return np.zeros(len(self))
        recorded = self._overlaps(self._live.window)
        for still in self._live.still:
            if still.start < self.window.end and still.end > self.window.start:
                inside = self._live.within(still)
                recorded -= self._overlaps(inside) if inside else 0
        return recorded


class ProductMinutes(Minutes):
    """The same of one product, read from the rows of the window. What a product has no part in is the room's."""

    def __init__(
        self, rollup: Rollup, window: Window, step_ms: int, product_id: str, live: Live | None = None
    ) -> None:
        super().__init__(rollup, window, step_ms, live)
        names = rollup.products(Window(0, 0)).index.tolist()  # of no time at all: only the names
        self._code = names.index(product_id) if product_id in names else NO_PRODUCT

    def _read(self, name: str) -> np.ndarray | None:
        if PRODUCT not in BASE[name].by:
            return super()._read(name)
        if name in PRODUCT_CODES:
            return self._per_step(self._mine["ts"][self._mine["type"] == PRODUCT_CODES[name]], None)
        if name == "refunds":
            refunded = self._lines[self._lines["type"] == REFUNDED]
            return self._per_step(refunded["ts"], np.maximum(refunded["amount"], 0))
        if name == "gmv":
            return self._per_step(self._paid["ts"], np.maximum(self._paid["amount"], 0))
        if name == "items":
            return self._per_step(self._paid["ts"], self._paid["quantity"])
        return self._once_each(MEMBERS[name])

    @cached_property
    def _mine(self) -> np.ndarray:
        events = self.rollup.events(self.window)
        return events[events["product"] == self._code]

    @cached_property
    def _lines(self) -> np.ndarray:
        lines = self.rollup.lines(self.window)
        return lines[lines["product"] == self._code]

    @cached_property
    def _paid(self) -> np.ndarray:
        return self._lines[self._lines["type"] == PAID]

    def _place(self, ts: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.edges, ts, side="right") - 1

    def _per_step(self, ts: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        return np.bincount(self._place(ts), weights=weights, minlength=len(self)).astype(np.float64)

    def _once_each(self, member: str) -> np.ndarray:
        paid = self._paid[self._paid[member] >= 0]
        rows = pd.DataFrame({"step": self._place(paid["ts"]), "member": paid[member]}).drop_duplicates()
        return np.bincount(rows["step"], minlength=len(self)).astype(np.float64)


def steps_of(rollup: Rollup, window: Window, step_ms: int, product_id: str | None, live: Live | None) -> Minutes:
    """The steps of a window, of the room or of one of its products."""
    if product_id is None:
        return Minutes(rollup, window, step_ms, live)
    return ProductMinutes(rollup, window, step_ms, product_id, live)


def by_product(metric: Metric) -> Metric:
    """The metric itself. Raises Problem("metric-not-by") where it is not told by product."""
    if PRODUCT not in metric.by:
        raise Problem(
            "metric-not-by", N_("{metric} cannot be told by product. Choose another metric."), metric=metric.label
        )
    return metric


class AtOnce:
    """The base measures of a window of one product as whole numbers, exact to the millisecond, for the registry's
    formulas."""

    def __init__(self, rollup: Rollup, window: Window, product_id: str) -> None:
        self._steps = ProductMinutes(rollup, window, window.end - window.start, product_id)
        self._steps.window, self._steps.edges = window, np.array([window.start, window.end])

    def __getitem__(self, name: str, /) -> Any:
        found = self._steps[name]
        return None if found is None else int(found.sum())

"""Additive counters over time: a column per measure, a row per bucket, and prefix sums, so that any window of buckets
costs two look-ups and a subtraction. The buckets widen with the span, so a room of weeks costs no more than a day."""
from __future__ import annotations

import numpy as np

WIDTHS = tuple(s * 1000 for s in (1, 15, 60, 300, 900, 3600, 21_600, 86_400))
"""Bucket widths in ms, each a divisor of the next."""
FINE_BUCKETS = 86_400
COARSE_BUCKETS = 10_000


def width_for(span_ms: int) -> int:
    """One second for spans up to a day; beyond, the finest width that needs at most COARSE_BUCKETS."""
    if span_ms <= FINE_BUCKETS * WIDTHS[0]:
        return WIDTHS[0]
    return next((w for w in WIDTHS[1:] if span_ms <= w * COARSE_BUCKETS), WIDTHS[-1])


class Grid:
    """measures: the names of the columns. width: of a bucket, in ms; origin: where bucket 0 begins (epoch ms);
    first, last: the times it was made to cover."""

    def __init__(self, measures: tuple[str, ...]) -> None:
        self.measures = measures
        self.column = {name: i for i, name in enumerate(measures)}
        self.width = WIDTHS[0]
        self.origin = 0
        self.rows = 0
        self.first = self.last = 0
        self._data = np.zeros((0, len(measures)), np.int64)
        self._sums = np.zeros((1, len(measures)), np.int64)
        self._summed = 0

    def cover(self, first: int, last: int) -> None:
        """Make room for times from first to last (epoch ms), widening the buckets where the span asks for it."""
        if self.rows:
            first, last = min(first, self.first), max(last, self.last)
        self.first, self.last = first, last
        width = max(self.width, width_for(last - first))
        if width != self.width and self.rows:
            self._widen(width)
        self.width = width
        origin = first - first % width
        if not self.rows:
            self.origin = origin
        before = (self.origin - origin) // width
        needed = (last - origin) // width + 1
        if before or needed > len(self._data):
            data = np.zeros((max(needed, min(2 * needed, needed + 8192)), len(self.measures)), np.int64)
            data[before : before + self.rows] = self._data[: self.rows]
            self._data = data
            self._sums = np.zeros((len(data) + 1, len(self.measures)), np.int64)
            self._summed = 0
        self.origin = origin
        self.rows = max(self.rows + before, needed)

    def _widen(self, width: int) -> None:
        factor = width // self.width
        origin = self.origin - self.origin % width
        lead = (self.origin - origin) // self.width
        full = -(-(lead + self.rows) // factor)
        data = np.zeros((full * factor, len(self.measures)), np.int64)
        data[lead : lead + self.rows] = self._data[: self.rows]
        self._data = data.reshape(full, factor, -1).sum(axis=1)
        self._sums = np.zeros((full + 1, len(self.measures)), np.int64)
        self._summed = 0
        self.origin, self.rows, self.width = origin, full, width

    def add(self, measure: str, ts: np.ndarray, amounts: np.ndarray | int = 1) -> None:
        """Add amounts (int64) at times that cover() has made room for."""
        if len(ts):
            buckets = (ts - self.origin) // self.width
            first, last = int(buckets.min()), int(buckets.max())
            column = self._data[first : last + 1, self.column[measure]]
            if isinstance(amounts, int) and last - first < 4 * len(ts) + 1024:
                column += amounts * np.bincount(buckets - first, minlength=last - first + 1)
            else:
                np.add.at(column, buckets - first, amounts)
            self._summed = min(self._summed, first)

    def add_kinds(self, ts: np.ndarray, columns: np.ndarray) -> None:
        """Add one to column[i] (an index into measures) at time ts[i], for many measures at once."""
        if len(ts):
            buckets = (ts - self.origin) // self.width
            first, last = int(buckets.min()), int(buckets.max())
            block = self._data[first : last + 1]
            flat = (buckets - first) * len(self.measures) + columns
            if block.size <= 16 * len(ts) + 65_536:
                block += np.bincount(flat, minlength=block.size).reshape(block.shape)
            else:
                np.add.at(block, (buckets - first, columns), 1)
            self._summed = min(self._summed, first)

    def prefix(self) -> np.ndarray:
        """int64 (rows + 1, measures): sums of all buckets before each."""
        if self._summed < self.rows:
            at = self._summed
            np.cumsum(self._data[at : self.rows], axis=0, out=self._sums[at + 1 : self.rows + 1])
            self._sums[at + 1 : self.rows + 1] += self._sums[at]
            self._summed = self.rows
        return self._sums[: self.rows + 1]

    def start_of(self, bucket: int) -> int:
        return self.origin + bucket * self.width

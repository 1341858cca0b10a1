"""Additive counters over time: a column per measure, a row per bucket, and prefix sums, so that any window of buckets
costs two look-ups and a subtraction. The buckets widen with the span, so a room of weeks costs no more than a day.
What happened outside the times covered (a refund weeks later) is kept by itself and widens nothing."""
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


OUTSIDE = np.dtype([("ts", "<i8"), ("amount", "<i8"), ("column", "<i4")])


class Grid:
    """measures: the names of the columns. width: of a bucket, in ms; origin: where bucket 0 begins (epoch ms);
    first, last: the times it was made to cover; latest: the last time in a bucket; outside: OUTSIDE rows of what was
    added at times without a bucket."""

    def __init__(self, measures: tuple[str, ...]) -> None:
        self.measures = measures
        self.column = {name: i for i, name in enumerate(measures)}
        self.width = WIDTHS[0]
        self.origin = 0
        self.rows = 0
        self.first = self.last = self.latest = 0
        self._data = np.zeros((0, len(measures)), np.int64)
        self._sums = np.zeros((1, len(measures)), np.int64)
        self._summed = 0
        self.outside = np.empty(0, OUTSIDE)
        self._outside_sums: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    @property
    def end(self) -> int:
        """Where the last bucket ends (epoch ms)."""
        return self.start_of(self.rows)

    @property
    def nbytes(self) -> int:
        return self._data.nbytes + self._sums.nbytes + self.outside.nbytes

    def cover(self, first: int, last: int) -> None:
        """Make room for times from first to last (epoch ms), widening the buckets where the span asks for it."""
        if self.rows:
            first, last = min(first, self.first), max(last, self.last)
        self.first, self.last, self.latest = first, last, max(last, self.latest)
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
        if len(self.outside):
            self._take_in()

    def _take_in(self) -> None:
        """Give the buckets what was outside them until now."""
        rows = self.outside
        inside = (rows["ts"] >= self.origin) & (rows["ts"] < self.end)
        if inside.any():
            self.latest = max(self.latest, int(rows["ts"][inside].max()))
            self._set_outside(rows[~inside])
            buckets = (rows["ts"][inside] - self.origin) // self.width
            np.add.at(self._data, (buckets, rows["column"][inside]), rows["amount"][inside])
            self._summed = min(self._summed, int(buckets.min()))

    def _set_outside(self, rows: np.ndarray) -> None:
        self.outside = rows
        self._outside_sums = {}

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
        """Add amounts (int64) at times."""
        column = self.column[measure]
        inside = self._inside(ts)
        if inside is not None:
            each = amounts if isinstance(amounts, int) else amounts[~inside]
            self._keep_outside(ts[~inside], np.full(int((~inside).sum()), column), each)
            ts, amounts = ts[inside], amounts if isinstance(amounts, int) else amounts[inside]
        if len(ts):
            buckets = (ts - self.origin) // self.width
            first, last = int(buckets.min()), int(buckets.max())
            counts = self._data[first : last + 1, column]
            if isinstance(amounts, int) and last - first < 4 * len(ts) + 1024:
                counts += amounts * np.bincount(buckets - first, minlength=last - first + 1)
            else:
                np.add.at(counts, buckets - first, amounts)
            self._summed = min(self._summed, first)

    def add_kinds(self, ts: np.ndarray, columns: np.ndarray) -> None:
        """Add one to column[i] (an index into measures) at time ts[i], for many measures at once."""
        inside = self._inside(ts)
        if inside is not None:
            self._keep_outside(ts[~inside], columns[~inside], 1)
            ts, columns = ts[inside], columns[inside]
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

    def _inside(self, ts: np.ndarray) -> np.ndarray | None:
        """Which of the times have a bucket; None where all have."""
        if not len(ts):
            return None
        if ts.min() >= self.origin and ts.max() < self.end:
            self.latest = max(self.latest, int(ts.max()))
            return None
        inside = (ts >= self.origin) & (ts < self.end)
        self.latest = max(self.latest, int(ts[inside].max(initial=self.latest)))
        return inside

    def _keep_outside(self, ts: np.ndarray, columns: np.ndarray, amounts: np.ndarray | int) -> None:
        rows = np.empty(len(ts), OUTSIDE)
        rows["ts"], rows["column"], rows["amount"] = ts, columns, amounts
        self._set_outside(np.concatenate([self.outside, rows]))

    def prefix(self) -> np.ndarray:
        """int64 (rows + 1, measures): sums of all buckets before each."""
        if self._summed < self.rows:
            at = self._summed
            np.cumsum(self._data[at : self.rows], axis=0, out=self._sums[at + 1 : self.rows + 1])
            self._sums[at + 1 : self.rows + 1] += self._sums[at]
            self._summed = self.rows
        return self._sums[: self.rows + 1]

    def until(self, ts: int) -> tuple[np.ndarray, int | None]:
        """Sums of everything before ts, int64 (measures), as far as whole buckets tell; and from when on (epoch ms) the
        rest is to be looked up, None where there is no rest."""
        if self.origin <= ts <= self.latest:
            bucket = (ts - self.origin) // self.width
            start = self.start_of(bucket)
            sums, rest = self.prefix()[bucket], start if start < ts else None
        else:
            sums, rest = self.prefix()[0 if ts < self.origin else self.rows], None
        if len(self.outside):
            rows = self.outside[self.outside["ts"] < ts]
            sums = sums.copy()
            np.add.at(sums, rows["column"], rows["amount"])
        return sums, rest

    def between(self, edges: np.ndarray, measure: str) -> np.ndarray:
        """int64 (len(edges) - 1): the sums of one measure between neighbouring edges (rising epoch ms); those between
        two buckets' edges are moved down."""
        column = self.column[measure]
        places = np.clip((edges - self.origin) // self.width, 0, self.rows)
        sums = self.prefix()[places, column]
        if len(self.outside):
            if column not in self._outside_sums:
                rows = np.sort(self.outside[self.outside["column"] == column], order="ts")
                self._outside_sums[column] = rows["ts"].copy(), np.concatenate([[0], np.cumsum(rows["amount"])])
            times, before = self._outside_sums[column]
            sums = sums + before[np.searchsorted(times, edges)]
        return np.diff(sums)

    def start_of(self, bucket: int) -> int:
        return self.origin + bucket * self.width

"""Exact counts of distinct users (or orders) in any window. Each occurrence knows when the same one occurred before:
those whose last time lies before the window are its distinct ones, so a count is one pass over the window."""
from __future__ import annotations

import numpy as np
import pandas as pd

from livedash.rollup.growing import Growing

NEVER = np.iinfo(np.int64).min


class Distinct:
    """Occurrences in order of time: ts (int64 ms), who (int32 code), before (ts of the same one's last occurrence)."""

    def __init__(self) -> None:
        self._ts, self._who, self._before = Growing(np.int64), Growing(np.int32), Growing(np.int64)
        self._latest = Growing(np.int64, fill=NEVER)
        self.total = 0
        """Distinct ones over all time."""

    @property
    def nbytes(self) -> int:
        return self._ts.nbytes + self._who.nbytes + self._before.nbytes + self._latest.nbytes

    def add(self, ts: np.ndarray, who: np.ndarray) -> None:
        """Add occurrences in any order; who < 0 is nobody."""
        real = who >= 0
        ts, who = ts[real], who[real]
        if not len(ts):
            return
        self._latest.resize(int(who.max()) + 1)
        latest = self._latest.rows
        self.total += int((latest[pd.unique(who)] == NEVER).sum())
        order = np.argsort(ts, kind="stable")
        ts, who = ts[order], who[order]
        late = self._ts.size and ts[0] < self._ts.rows[-1]
        before = _before(ts, who, latest)
        if late:
            self._insert(ts, who)
        else:
            for column, rows in ((self._ts, ts), (self._who, who), (self._before, before)):
                column.append(rows)
        np.maximum.at(latest, who, ts)

    def _insert(self, ts: np.ndarray, who: np.ndarray) -> None:
        """Put late occurrences where they belong; only those concerned have their `before` found again."""
        places = np.searchsorted(self._ts.rows, ts, side="right")
        for column, rows in ((self._ts, ts), (self._who, who), (self._before, np.zeros(len(ts), np.int64))):
            merged = np.insert(column.rows, places, rows)
            column.size = 0
            column.append(merged)
        concerned = np.zeros(self._latest.size, bool)
        concerned[who] = True
        rows = np.flatnonzero(concerned[self._who.rows])
        nothing = np.full(self._latest.size, NEVER, np.int64)
        self._before.rows[rows] = _before(self._ts.rows[rows], self._who.rows[rows], nothing)

    def count(self, start: int, end: int) -> int:
        """Distinct ones in [start, end), epoch ms."""
        first, last = np.searchsorted(self._ts.rows, (start, end))
        return int(np.count_nonzero(self._before.rows[first:last] < start))

    def counts(self, edges: np.ndarray) -> np.ndarray:
        """Distinct ones in each stretch between neighbouring edges (int64 ms, rising): int64, one fewer than edges."""
        places = np.searchsorted(self._ts.rows, edges).tolist()
        before = self._before.rows
        slices = zip(places, places[1:], edges.tolist(), strict=False)
        return np.array([np.count_nonzero(before[a:b] < edge) for a, b, edge in slices], np.int64)


def _before(ts: np.ndarray, who: np.ndarray, latest: np.ndarray) -> np.ndarray:
    """For occurrences in order of time: when the same one occurred before, among them or else as `latest` says."""
    order = np.argsort(who, kind="stable")
    sorted_who, sorted_ts = who[order], ts[order]
    previous = np.empty(len(ts), np.int64)
    previous[1:] = sorted_ts[:-1]
    first = np.ones(len(ts), bool)
    first[1:] = sorted_who[1:] != sorted_who[:-1]
    previous[first] = latest[sorted_who[first]]
    out = np.empty(len(ts), np.int64)
    out[order] = previous
    return out

"""Who is in the room when: turns each user's entries and leaves into stays, in whatever order the lines come.
A second entry without a leave between goes on with the same stay; of two at the same time the entry comes first."""
from __future__ import annotations

import numpy as np

from livedash.rollup.growing import Growing

OPEN = np.iinfo(np.int64).max
LONG = 60_000
"""A view is long when it lasts more than this many ms."""
ENTERS, LEAVES, LONG_VIEW = 1, 2, 4


class Stays:
    """A row per entry or leave of a known user, in the order of arrival.

    ts: int64 ms; who: int32; leave: bool; until: for an entry, when the user's next entry or leave came (OPEN if none);
    effect: bits ENTERS, LEAVES (the number inside changes here), LONG_VIEW (a view of over a minute, or open).
    """

    def __init__(self) -> None:
        self.ts, self.who, self.leave = Growing(np.int64), Growing(np.int32), Growing(bool)
        self.until, self.effect = Growing(np.int64), Growing(np.int8)
        self._last = Growing(np.int64, fill=-1)

    @property
    def nbytes(self) -> int:
        return sum(c.nbytes for c in (self.ts, self.who, self.leave, self.until, self.effect, self._last))

    def add(self, ts: np.ndarray, who: np.ndarray, leave: np.ndarray) -> np.ndarray:
        """Add entries and leaves (who < 0 is nobody); returns (n, 3) int64: rows whose effect changed, with the effect
        before and now."""
        real = who >= 0
        ts, who, leave = ts[real], who[real], leave[real]
        if not len(ts):
            return np.empty((0, 3), np.int64)
        start = self.ts.size
        for column, rows in ((self.ts, ts), (self.who, who), (self.leave, leave)):
            column.append(rows)
        self.until.append(np.full(len(ts), OPEN))
        self.effect.append(np.zeros(len(ts), np.int8))
        self._last.resize(int(who.max()) + 1)
        order = start + np.lexsort((leave, ts, who))
        firsts = order[_starts(self.who.rows[order])]
        previous = self._last.rows[self.who.rows[firsts]]
        disordered = (previous >= 0) & ~self._after(firsts, previous)
        if disordered.any():
            again = np.zeros(self._last.size, bool)
            again[self.who.rows[firsts[disordered]]] = True
            self._last.rows[again] = -1
            old = np.flatnonzero(again[self.who.rows[:start]])
            order = np.concatenate([old, order])
            order = order[np.lexsort((self.leave.rows[order], self.ts.rows[order], self.who.rows[order]))]
        return self._link(order)

    def _after(self, rows: np.ndarray, previous: np.ndarray) -> np.ndarray:
        """Whether each row comes after its user's last one so far."""
        ts, leave = self.ts.rows, self.leave.rows
        same = ts[rows] == ts[previous]
        return (ts[rows] > ts[previous]) | (same & (leave[rows] >= leave[previous]))

    def _link(self, order: np.ndarray) -> np.ndarray:
        """Follow each user through rows sorted by user and time, after the user's last row of before."""
        who, leave, ts = self.who.rows[order], self.leave.rows[order], self.ts.rows[order]
        previous = np.empty(len(order), np.int64)
        previous[1:] = order[:-1]
        start = _starts(who)
        previous[start] = self._last.rows[who[start]]
        known = previous >= 0
        inside = known.copy()
        inside[known] = ~self.leave.rows[previous[known]]
        earlier = previous[start & inside]  # last rows of before; all other previous rows are among `order`
        touched = np.concatenate([order, earlier])
        old = self.effect.rows[touched].copy()
        self.until.rows[order] = OPEN
        self.until.rows[previous[inside]] = ts[inside]
        self.effect.rows[order] = np.where(leave, np.where(inside, LEAVES, 0), np.where(inside, 0, ENTERS))
        views = touched[~self.leave.rows[touched]]
        long = self.until.rows[views] - self.ts.rows[views] > LONG
        self.effect.rows[views] = (self.effect.rows[views] & ~LONG_VIEW) | (long * LONG_VIEW).astype(np.int8)
        end = np.append(start[1:], True)
        self._last.rows[who[end]] = order[end]
        new = self.effect.rows[touched]
        changed = old != new
        return np.column_stack([touched, old, new])[changed].astype(np.int64)


def _starts(who: np.ndarray) -> np.ndarray:
    """Where a new user begins in a sorted column."""
    start = np.ones(len(who), bool)
    start[1:] = who[1:] != who[:-1]
    return start

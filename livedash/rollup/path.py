"""How far each user came on the way from entering to paying, the steps taken in order of time.
The definition is that of a windowFunnel: a later step counts when it is not earlier than the step before it."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from livedash.rollup.growing import Growing

STEPS = ("view", "product_impression", "product_click", "add_to_cart", "order_paid")
NEVER = np.iinfo(np.int64).max


class UserPath:
    """reached: per step an int64 column by user, when the user first had taken the steps up to it (NEVER if not)."""

    def __init__(self) -> None:
        self._ts, self._who, self._step = Growing(np.int64), Growing(np.int32), Growing(np.int8)
        self._latest = Growing(np.int64, fill=np.iinfo(np.int64).min)
        self._reached = [Growing(np.int64, fill=NEVER) for _ in STEPS]

    @property
    def nbytes(self) -> int:
        return sum(c.nbytes for c in (self._ts, self._who, self._step, self._latest, *self._reached))

    def add(self, ts: np.ndarray, who: np.ndarray, step: np.ndarray) -> None:
        """Add events that are steps (step: index into STEPS), in any order; who < 0 is nobody."""
        real = who >= 0
        ts, who, step = ts[real], who[real], step[real]
        if not len(ts):
            return
        users = int(who.max()) + 1
        for column in (self._latest, *self._reached):
            column.resize(users)
        latest = self._latest.rows
        # A user whose events come out of order is followed anew from the first; a tie counts as out of order.
        disordered = pd.unique(who[ts <= latest[who]])
        np.maximum.at(latest, who, ts)
        for column, rows in ((self._ts, ts), (self._who, who), (self._step, step)):
            column.append(rows)
        if len(disordered):
            again = np.zeros(self._latest.size, bool)
            again[disordered] = True
            rows = np.flatnonzero(again[self._who.rows])
            for reached in self._reached:
                reached.rows[disordered] = NEVER
            fine = ~again[who]
            ts = np.concatenate([ts[fine], self._ts.rows[rows]])
            who = np.concatenate([who[fine], self._who.rows[rows]])
            step = np.concatenate([step[fine], self._step.rows[rows]])
        advance([r.rows for r in self._reached], ts, who, step)

    def counts(self) -> list[int]:
        """Users who took at least the steps up to each."""
        return [int(np.count_nonzero(r.rows != NEVER)) for r in self._reached]


def advance(reached: list[np.ndarray], ts: np.ndarray, who: np.ndarray, step: np.ndarray) -> None:
    """Move users on by events that are all later than what they did before."""
    for k, column in enumerate(reached):
        rows = step == k
        when, user = ts[rows], who[rows]
        ready = column[user] == NEVER
        if k:
            ready &= reached[k - 1][user] <= when
        np.minimum.at(column, user[ready], when[ready])


def ordered_counts(
    ts: np.ndarray, who: np.ndarray, kind: np.ndarray, steps: Sequence[int], within_ms: int | None
) -> list[int]:
    """Users who took at least the first k of the steps in order, all within `within_ms` of the first.

    steps: the kind of event that each step is, kinds being numbered by their first step; a kind may be several steps,
    each of which takes an event of its own. Of events at the same time the earlier step comes first; without a limit
    the first fitting events make the chain.
    """
    if not len(ts):
        return [0] * len(steps)
    places = [[k for k, asked in enumerate(steps) if asked == kind][::-1] for kind in range(max(steps) + 1)]
    if within_ms is None and len(places) == len(steps):
        reached = [np.full(int(who.max()) + 1, NEVER) for _ in steps]
        advance(reached, ts, who, kind)
        return [int(np.count_nonzero(r != NEVER)) for r in reached]
    best: dict[int, int] = {}
    chains: dict[int, list[int | None]] = {}
    for i in np.lexsort((kind, ts, who)).tolist():
        user, when = int(who[i]), int(ts[i])
        # starts[k]: the latest start of a chain that has reached step k, as in ClickHouse's windowFunnel.
        starts = chains.setdefault(user, [None] * len(steps))
        for k in places[int(kind[i])]:  # the last step first: an event is no two steps of one chain
            start = when if k == 0 else starts[k - 1]
            if start is not None and (within_ms is None or when - start <= within_ms):
                starts[k] = start
                best[user] = max(best.get(user, 0), k + 1)
    return [sum(1 for level in best.values() if level > k) for k in range(len(steps))]

"""A room as it was just before a moment: the same counters, asked about what had happened by then. It copies nothing
and changes nothing; whoever reads figures from a rollup can be given this one instead."""
from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from livedash.rollup.audience import from_snapshots
from livedash.rollup.fold import Comment, Gauge, Rollup
from livedash.rollup.groups import ENTERED, PAID, VIEWED, Groups
from livedash.rollup.room import ProductFacts, Record, product_facts
from livedash.view import Window


def as_of(rollup: Rollup, moment: int | None) -> Rollup:
    """The room just before `moment` (epoch ms); None, or one after everything in the log: the room as it is."""
    if moment is None or rollup.latest_ts is None or moment > rollup.latest_ts:
        return rollup
    return Past(rollup, moment)


class Past(Rollup):
    """What had happened before `moment`. Windows end there at the latest; a LIVE that ran then is told as running, up
    to the moment; products not named by then are not known.

    Of people it is known who had come by then, and told by whole crowds; what their profiles say is what was learnt of
    them in the end (what was known of them when is not kept). The room's currency and the account of the log's files
    are those of today. A gift streak counts when it has its last count, a cancelled order by what was paid back of it
    in the end.
    """

    by_crowds = True

    def __init__(self, rollup: Rollup, moment: int) -> None:
        self.__dict__.update(rollup.__dict__)  # the counters are shared, and only read
        self._moment = moment
        self._facts = None
        self._grouped: dict[Window, Groups] = {}
        first, last, latest = rollup.first_ts, rollup.last_ts, rollup.latest_ts
        begun = first is not None and first < moment
        self.first_ts = first if begun else None
        self.last_ts = min(last, moment - 1) if begun and last is not None else None
        self.latest_ts = min(latest, moment - 1) if begun and latest is not None else None
        events = self.events(None)
        counts = np.bincount(events["type"], minlength=1)
        self._counted = {self._names["type"][code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}
        self._named = [self._names["product"][code] for code in np.unique(events["product"]).tolist() if code >= 0]
        entered = np.bincount(events["value"][events["type"] == ENTERED], minlength=1)
        names = self._names["giveaway"]
        self.giveaway_entries = {names[code]: int(entered[code]) for code in np.flatnonzero(entered).tolist()}

    def _until(self, window: Window | None) -> Window:
        """The window, or everything, up to the moment."""
        if window is None:
            start = min(self.first_ts or self._moment, self.room.started_at or self._moment)
            return Window(start, self._moment)
        return Window(min(window.start, self._moment), min(window.end, self._moment))

    # --- what the log says

    @property
    def types(self) -> dict[str, int]:
        """Accepted lines per type, of those before the moment."""
        return self._counted

    def _now(self) -> int:
        return self._moment

    def records(self, *types: str) -> list[Record]:
        return [line for line in super().records(*types) if line["ts"] < self._moment]

    @property
    def product_facts(self) -> dict[str, ProductFacts]:
        if self._facts is None:
            self._facts = product_facts(self._named, self.records, self._sold_skus())
        return self._facts

    def _sold_skus(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for lines in (self.lines(None), self.lines(None, ours=False)):
            for product, sku in set(zip(lines["product"].tolist(), lines["sku"].tolist(), strict=True)):
                if product >= 0 and sku >= 0:
                    found[self._names["product"][product]].add(self._names["sku"][sku])
        return found

    def entries(self, ref_id: str, window: Window | None = None) -> np.ndarray:
        return super().entries(ref_id, self._until(window))

    def comments(self, window: Window | None, limit: int | None = 200) -> list[Comment]:
        return super().comments(self._until(window), limit)

    # --- what is counted

    def sums(self, window: Window | None) -> dict[str, int]:
        return super().sums(self._until(window))

    def events(self, window: Window | None) -> np.ndarray:
        return super().events(self._until(window))

    def lines(self, window: Window | None, ours: bool = True) -> np.ndarray:
        return super().lines(self._until(window), ours)

    def series(self, measure: str, window: Window, step_ms: int) -> np.ndarray:
        out, edges = super().series(measure, window, step_ms).copy(), self.edges(window, step_ms)
        out[edges[:-1] >= self._moment] = 0
        place = self._step_of_moment(edges)
        if place is not None:
            start = int(edges[place]) - int(edges[place]) % self.width
            out[place] = (self._upto(self._moment) - self._upto(start))[self._grid.column[measure]]
        return out

    def distinct(self, what: str, window: Window | None) -> int:
        return super().distinct(what, self._until(window))

    def distinct_series(self, what: str, window: Window, step_ms: int) -> np.ndarray:
        out, edges = super().distinct_series(what, window, step_ms), self.edges(window, step_ms)
        out[edges[:-1] >= self._moment] = 0
        place = self._step_of_moment(edges)
        if place is not None:
            out[place] = self.distinct(what, Window(int(edges[place]), self._moment))
        return out

    def _step_of_moment(self, edges: np.ndarray) -> int | None:
        """The step that had begun by the moment and had not ended."""
        place = int(np.searchsorted(edges, self._moment)) - 1
        return place if 0 <= place < len(edges) - 1 and edges[place + 1] > self._moment else None

    def gauge(self, window: Window | None) -> Gauge:
        return super().gauge(self._until(window))

    def user_funnel(self, window: Window | None) -> list[int]:
        return super().user_funnel(self._until(window))

    def _groups_of(self, window: Window | None) -> Groups:
        asked = self._until(window)
        if asked not in self._grouped:
            self._grouped[asked] = super()._groups_of(asked)
        return self._grouped[asked]

    def audience(self, dimension: str, who: str) -> dict[str, int] | None:
        if not self._people.profiles:
            return from_snapshots(self.records("audience_snapshot"), dimension, who) or None
        rows = self.events(None) if who == "viewers" else self.lines(None)
        came = rows[(rows["type"] == (VIEWED if who == "viewers" else PAID)) & (rows["user"] >= 0)]
        arrived = pd.unique(came["user"][np.lexsort((came["user"], came["ts"]))])
        return self._people.breakdown(dimension, who, lambda field: self._names[field], arrived)

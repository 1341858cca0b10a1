"""The rollup of one room: every counter of any window, read from what was folded.
It knows no metric and no screen, and changes nothing."""
from __future__ import annotations

import bisect
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from livedash.log.turns import ENDED, STARTED, Turn, turns
from livedash.log.vocabulary import CODES, TYPES
from livedash.rollup.audience import from_snapshots
from livedash.rollup.folding import (
    BOOKED,
    COUNTED,
    HIDDEN,
    MEASURE_OF,
    MEASURES,
    STAY_MEASURES,
    Folding,
    order,
)
from livedash.rollup.groups import CHANNEL_MEASURES, PAID, PRODUCT_MEASURES, Groups
from livedash.rollup.path import STEPS, ordered_counts
from livedash.rollup.room import ProductFacts, Record, RoomHeader, header, product_facts, text
from livedash.rollup.stays import ENTERS, LEAVES, LONG, LONG_VIEW
from livedash.rollup.tables import EVENT
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Gauge:
    """Current viewers, step by step: `count` holds from `ts` (epoch ms) to the next. kind: "sample" where the
    platform's samples are read, "occupancy" where it is entries less leaves, None without either."""

    ts: np.ndarray
    count: np.ndarray
    kind: str | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it came; entry: it only takes part in a giveaway or poll."""

    event_id: str
    ts: int
    user_id: str | None
    name: str | None
    text: str
    entry: bool
    product_id: str | None
    language: str | None = None

    @classmethod
    def of(cls, line: Record) -> Comment:
        """The comment that a line holds; fields of another kind than expected are passed over."""
        said = line.get("text")
        return cls(
            event_id=line["event_id"],
            ts=line["ts"],
            user_id=text(line.get("user_id")),
            name=text(line.get("name")),
            text=said if isinstance(said, str) else "",
            entry=bool(text(line.get("ref_id"))),
            product_id=text(line.get("product_id")),
            language=text(line.get("lang")) or text(line.get("language")),
        )


class Rollup(Folding):
    """One room at one revision. Windows are exact to the millisecond; None stands for the whole log."""

    by_crowds = False
    """Whether audience() leaves out persons so that nobody is told apart from those who came with them."""

    @property
    def width(self) -> int:
        """Bucket width in ms."""
        return self._grid.width

    @property
    def types(self) -> dict[str, int]:
        """Accepted lines per type in the whole log."""
        return self.log.total.types

    def _now(self) -> int:
        """The clock (epoch ms)."""
        return int(time.time() * 1000)

    @property
    def present(self) -> int | None:
        """When the LIVE was last heard of: its latest event (epoch ms), or now where a clock gone wrong says that it is
        still to come. None without events."""
        return None if self.last_ts is None else min(self.last_ts, self._now())

    @property
    def room(self) -> RoomHeader:
        return header(self.room_id, self.records, self.first_ts, self.present, self.currency, self._now())

    @property
    def span(self) -> Window | None:
        """From the start to the end of the LIVE, or to its last event while it runs."""
        room, present = self.room, self.present
        if room.started_at is None or present is None:
            return None
        end = present + 1 if room.ended_at is None else room.ended_at
        return Window(room.started_at, max(end, room.started_at + 1))

    def sums(self, window: Window | None) -> dict[str, int]:
        """All additive measures of the window (money in 1/10000), with long_views and viewing_ms: the time spent in the
        room inside the window, by those still there up to its end. A window that ends before it starts is empty."""
        if self.first_ts is None:
            return dict.fromkeys((*COUNTED.values(), *BOOKED, "long_views", "viewing_ms"), 0)
        span = self.span or Window(0, 0)
        window = window or Window(min(self.first_ts, span.start), max((self.latest_ts or 0) + 1, span.end))
        start, end = window.start, max(window.start, window.end)
        at_start, at_end = self._upto(start), self._upto(end)
        out = dict(zip(MEASURES, (at_end - at_start).tolist(), strict=True))
        horizon = min(end, span.end) if span.end > start else end
        at_horizon = self._upto(horizon)
        out["viewing_ms"] = self._stayed(at_horizon, horizon) - self._stayed(at_start, start)
        long = MEASURES.index("long")
        out["long_views"] = 0
        if horizon - LONG > start:  # a view that lasts longer than LONG in here began before that
            out["long_views"] = self._long_views(horizon - LONG) - int(at_start[long])
        return {name: value for name, value in out.items() if name not in HIDDEN}

    def _stayed(self, sums: np.ndarray, until: int) -> int:
        """Time spent in the room by known users up to `until`, in ms."""
        column = self._grid.column
        inside = int(sums[column["entered"]] - sums[column["left"]])
        return inside * (until - self._base) - int(sums[column["entered_ms"]] - sums[column["left_ms"]])

    def _upto(self, end: int) -> np.ndarray:
        """Every measure summed over all times before `end`: whole buckets by their prefix sum, the rest row by row."""
        sums, start = self._grid.until(end)
        return sums if start is None else sums + self._between(start, end)

    def _long_views(self, end: int) -> int:
        """Views of more than LONG that began before `end`."""
        sums, start = self._grid.until(end)
        count = int(sums[self._grid.column["long"]])
        if start is not None:
            ts = self._stays.ts.rows
            rows = np.flatnonzero((ts >= start) & (ts < end))
            count += int(np.count_nonzero(self._stays.effect.rows[rows] & LONG_VIEW))
        return count

    def _between(self, start: int, end: int) -> np.ndarray:
        """Every measure of [start, end), from the rows themselves."""
        out = np.zeros(len(MEASURES), np.int64)
        column = self._grid.column
        events = self.events(Window(start, end))
        known = events[events["type"] < len(TYPES)]
        measure = MEASURE_OF[known["type"]]
        out += np.bincount(measure[measure >= 0], minlength=len(MEASURES))
        out[column["likes"]] += int(known["value"][known["type"] == CODES["like"]].sum())
        ledger = self._ledger.rows
        ledger = ledger[(ledger["ts"] >= start) & (ledger["ts"] < end)]
        np.add.at(out, ledger["measure"], ledger["amount"])
        ts = self._stays.ts.rows
        rows = np.flatnonzero((ts >= start) & (ts < end))
        effect, when = self._stays.effect.rows[rows], ts[rows] - self._base
        for bit, count, times in STAY_MEASURES:
            hit = (effect & bit) > 0
            out[column[count]] += int(hit.sum())
            if times:
                out[column[times]] += int(when[hit].sum())
        return out

    def events(self, window: Window | None) -> np.ndarray:
        """EVENT rows of the window, in the order in which they were read."""
        if window is None:
            return self._rows.events(0, self._events)
        found = []
        for start, stop, low, high in self._zones:
            if low < window.end and high >= window.start:
                rows = self._rows.events(start, stop)
                found.append(rows[(rows["ts"] >= window.start) & (rows["ts"] < window.end)])
        return np.concatenate(found) if found else np.empty(0, EVENT)

    def lines(self, window: Window | None, ours: bool = True) -> np.ndarray:
        """SOLD rows of the window, in the room's currency (or, with ours=False, in others)."""
        lines = self._lines.rows
        if window is not None:
            lines = lines[(lines["ts"] >= window.start) & (lines["ts"] < window.end)]
        mine = self._is_ours(lines)
        return lines[mine if ours else ~mine]

    @property
    def sku_names(self) -> list[str]:
        """SKUs by their code in `lines`; what is sold without one goes by its product's id."""
        return self._names["sku"]

    def edges(self, window: Window, step_ms: int) -> np.ndarray:
        """Where steps begin and end: int64 ms, from window.start in steps of step_ms (made a multiple of `width`)."""
        step = max(step_ms - step_ms % self.width, self.width)
        count = max(1, -(-(window.end - window.start) // step))
        return window.start + np.arange(count + 1) * step

    def series(self, measure: str, window: Window, step_ms: int) -> np.ndarray:
        """An additive measure per step: int64. Steps begin on a bucket's edge: a start between two is moved down."""
        return self._grid.between(self.edges(window, step_ms), measure)

    def distinct(self, what: str, window: Window | None) -> int:
        """Distinct users or orders of the window; what is one of DISTINCT."""
        found = self._distinct[what]
        return found.total if window is None else found.count(window.start, window.end)

    def distinct_series(self, what: str, window: Window, step_ms: int) -> np.ndarray:
        """Distinct users or orders per step: int64."""
        return self._distinct[what].counts(self.edges(window, step_ms))

    def gauge(self, window: Window | None) -> Gauge:
        """Current viewers over the window, beginning with the value carried in."""
        if self.types.get("viewers"):
            ts, count = self._sample_ts.rows, self._samples.rows
            order = np.lexsort((count, ts))
            ts, count, kind = ts[order], count[order], "sample"
        elif self.types.get("leave"):
            ts, count = self._occupancy()
            kind = "occupancy"
        else:
            return Gauge(np.empty(0, np.int64), np.empty(0, np.int64), None)
        if window is not None:
            first, last = np.searchsorted(ts, (window.start, window.end))
            carried = max(first - 1, 0) if first == len(ts) or ts[first] > window.start else first
            ts, count = ts[carried:last], count[carried:last]
        return Gauge(ts, count, kind)

    def _occupancy(self) -> tuple[np.ndarray, np.ndarray]:
        """The number inside from each moment at which it changed: known users by their stays, others by entries less
        leaves."""
        if self._occupied is None:
            effect = self._stays.effect.rows
            moved = np.flatnonzero(effect & (ENTERS | LEAVES))
            nobody = self._nobody.rows
            ts = np.concatenate([[self.first_ts or 0], self._stays.ts.rows[moved], nobody["ts"]]).astype(np.int64)
            step = np.concatenate([[0], np.where(effect[moved] & ENTERS, 1, -1), nobody["step"]]).astype(np.int64)
            order = np.argsort(ts, kind="stable")
            ts, count = ts[order], np.maximum(np.cumsum(step[order]), 0)
            last = np.append(ts[1:] != ts[:-1], True)
            ts, count = ts[last], count[last]
            changed = np.diff(count, prepend=-1) != 0
            self._occupied = ts[changed], count[changed]
        return self._occupied

    def products(self, window: Window | None) -> pd.DataFrame:
        """One row per product of the room (index product_id), int columns PRODUCT_MEASURES."""
        table = self._groups_of(window).products
        return pd.DataFrame(table, index=pd.Index(self._names["product"], dtype=object), columns=list(PRODUCT_MEASURES))

    def channels(self, window: Window | None) -> pd.DataFrame:
        """One row per (source, sub_source, paid) of the room, int columns CHANNEL_MEASURES."""
        table = self._groups_of(window).channels
        named = pd.DataFrame(self._names["channel"], columns=["source", "sub_source", "paid"], dtype=object)
        return named.join(pd.DataFrame(table, columns=list(CHANNEL_MEASURES)))

    def channel_viewers(self, window: Window | None) -> dict[tuple[str | None, bool], int]:
        """Distinct viewers by (source, paid), whatever the sub-source."""
        counts = self._groups_of(window).first_level
        return {level: int(counts[code]) if code < len(counts) else 0 for level, code in self._first_levels.items()}

    def _groups_of(self, window: Window | None) -> Groups:
        if window is None:
            return self._groups
        groups = Groups()
        parents = np.array(self._parents, np.int64)
        groups.add(self.events(window), self.lines(window), parents, len(self._names["product"]))
        return groups

    def user_funnel(self, window: Window | None) -> list[int]:
        """Distinct users who took STEPS in order, up to each."""
        if window is None:
            return self._path.counts()
        return self.ordered_funnel(list(STEPS), window)

    def ordered_funnel(self, steps: list[str], window: Window | None = None, within_ms: int | None = None) -> list[int]:
        """Users who took at least the first k of any steps (event types) in order; see path.ordered_counts."""
        events = self.events(window)
        kinds = list(dict.fromkeys(steps))
        kind_of = np.full(len(self._names["type"]), -1)
        for kind, name in enumerate(kinds):
            if name in self._names["type"]:
                kind_of[self._names["type"].index(name)] = kind
        kind = kind_of[events["type"]]
        rows = (kind >= 0) & (events["user"] >= 0)
        asked = [kinds.index(name) for name in steps]
        return ordered_counts(events["ts"][rows], events["user"][rows], kind[rows], asked, within_ms)

    def audience(self, dimension: str, who: str) -> dict[str, int] | None:
        """Persons per group; None without profiles and without a snapshot of the dimension."""
        if self._people.profiles:
            return self._people.breakdown(dimension, who, lambda field: self._names[field])
        return from_snapshots(self.records("audience_snapshot"), dimension, who) or None

    def other_currencies(self, window: Window | None) -> dict[str, dict[str, int]]:
        """Paid lines in currencies that are not the room's, apart: orders, items and gmv (in 1/10000)."""
        if set(self._names["currency"]) <= {self.currency}:
            return {}
        lines = self.lines(window, ours=False)
        lines = lines[lines["type"] == PAID]
        out = {}
        for code in np.unique(lines["currency"]).tolist():
            mine = lines[lines["currency"] == code]
            out[self._names["currency"][code]] = {
                "orders": len(np.unique(mine["order"])),
                "items": int(mine["quantity"].sum()),
                "gmv": int(np.maximum(mine["amount"], 0).sum()),
            }
        return out

    def unpriced(self, window: Window | None) -> int:
        """Paid lines that name no price, and so add to orders and not to money."""
        lines = self.lines(window)
        return int(np.count_nonzero((lines["type"] == PAID) & (lines["amount"] < 0)))

    @property
    def product_facts(self) -> dict[str, ProductFacts]:
        """What the log says of every product."""
        if self._facts is None:
            self._facts = product_facts(self._names["product"], self.records, self._skus)
        return self._facts

    def records(self, *types: str) -> list[Record]:
        """The rare lines of these types with all their fields, in order of (ts, event_id)."""
        if len(types) == 1:
            return self._records.get(types[0], [])
        return sorted((line for name in types for line in self._records.get(name, [])), key=order)

    @property
    def giveaways(self) -> tuple[Turn, ...]:
        """The room's giveaways and when they run, in order of their start."""
        return turns(self.records(STARTED, ENDED), self.room.ended_at)

    def entries(self, ref_id: str, window: Window | None = None) -> np.ndarray:
        """When people entered the giveaway: int64 ms, rising."""
        names = self._names["giveaway"]
        if ref_id not in names:
            return np.empty(0, np.int64)
        ts = self._entered_ts.rows[self._entered.rows == names.index(ref_id)]
        if window is not None:
            ts = ts[(ts >= window.start) & (ts < window.end)]
        return np.sort(ts)

    def comments(self, window: Window | None, limit: int | None = 200) -> list[Comment]:
        """The latest comments of the window, oldest first."""
        first, last = 0, len(self._comments)
        if window is not None:
            first = bisect.bisect_left(self._comments, (window.start,))
            last = bisect.bisect_left(self._comments, (window.end,))
        if limit is not None:
            first = max(first, last - limit)
        return [Comment.of(line) for _, _, line in self._comments[first:last]]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        tables = self._ledger.nbytes + self._lines.nbytes + self._grid.nbytes
        people = self._stays.nbytes + self._path.nbytes + self._people.nbytes
        return tables + people + self._groups.nbytes + sum(d.nbytes for d in self._distinct.values())

"""The rollup of one room: folds accepted events into counters from which every figure of any window is read.
The fold does not depend on the order or the portions in which events come; it knows no metric and no screen."""
from __future__ import annotations

import bisect
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import numpy as np
import pandas as pd

from livedash.log.account import FileAccount, LogAccount
from livedash.log.parse import MONEY, hashes
from livedash.log.vocabulary import CODES, TYPES
from livedash.rollup.audience import People, from_snapshots
from livedash.rollup.distinct import Distinct
from livedash.rollup.grid import Grid
from livedash.rollup.groups import CHANNEL_MEASURES, PAID, PRODUCT_MEASURES, SOLD, Groups
from livedash.rollup.growing import Growing
from livedash.rollup.keys import Numbering
from livedash.rollup.path import STEPS, UserPath, ordered_counts
from livedash.rollup.room import ProductFacts, Record, RoomHeader, header, product_facts, text
from livedash.rollup.stays import ENTERS, LEAVES, LONG, LONG_VIEW, Stays
from livedash.rollup.store import Manifest
from livedash.rollup.tables import EVENT, Delta
from livedash.view import Window

COUNTED = {
    "impression": "impressions", "view": "views", "leave": "leaves", "product_impression": "product_impressions",
    "product_click": "product_clicks", "add_to_cart": "add_to_cart", "comment": "comments", "share": "shares",
    "follow": "follows",
}  # fmt: skip
"""Types that count one each, and the measure they feed. Likes come in batches and are summed by their value."""
BOOKED = ("likes", "entry_comments", "gifts", "diamonds", "gmv", "items", "refunds", "cancellations", "ad_cost")
HIDDEN = ("unknown_views", "unknown_leaves", "entered", "entered_ms", "left", "left_ms", "long")
"""Measures behind others: entries and leaves without a user; changes of the number inside, with the sum of their times."""
MEASURES = (*COUNTED.values(), *BOOKED, *HIDDEN)
ENTRY = np.dtype([("ts", "<i8"), ("amount", "<i8"), ("measure", "<i4")])
DISTINCT = ("viewers", "customers", "orders", "priced_orders", "sku_orders", "created_orders")
MONEY_TYPES = {"order_refunded": "refunds", "ad_cost": "ad_cost", "order_cancelled": "cancellations"}
ZONE = 65_536

_STAY_MEASURES = ((ENTERS, "entered", "entered_ms"), (LEAVES, "left", "left_ms"), (LONG_VIEW, "long", ""))
_MEASURE_OF = np.full(len(TYPES), -1)
for _name, _measure in COUNTED.items():
    _MEASURE_OF[CODES[_name]] = MEASURES.index(_measure)
_STEP_OF = np.full(len(TYPES), -1)
for _step, _name in enumerate(STEPS):
    _STEP_OF[CODES[_name]] = _step


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


@dataclass(frozen=True, slots=True)
class Gauge:
    """Current viewers, step by step: `count` holds from `ts` (epoch ms) to the next. kind: "sample" where the platform's
    samples are read, "occupancy" where it is entries less leaves, None without either."""

    ts: np.ndarray
    count: np.ndarray
    kind: str | None


class Rows(Protocol):
    """Where a rollup looks events up again."""

    def everything(self) -> Delta: ...

    def events(self, start: int, stop: int) -> np.ndarray: ...


class Rollup:
    """One room at one revision. Windows are exact to the millisecond; None stands for the whole log."""

    def __init__(self, room_id: str, rows: Rows) -> None:
        self.room_id = room_id
        self.revision = 0
        self.log = LogAccount({}, FileAccount(), {})
        self.quarantine: list[dict[str, Any]] = []
        self._rows = rows
        self._clear()

    def _clear(self) -> None:
        self.first_ts: int | None = None
        self.last_ts: int | None = None
        self.currency: str | None = None
        self.giveaway_entries: dict[str, int] = {}
        self._names: dict[str, list[Any]] = defaultdict(list)
        self._names["type"] = list(TYPES)
        self._first_levels: dict[tuple[str | None, bool], int] = {}
        self._parents: list[int] = []
        self._grid = Grid(MEASURES)
        self._base = 0
        self._events = 0
        self._zones: list[tuple[int, int, int, int]] = []
        self._stays, self._path, self._groups, self._people = Stays(), UserPath(), Groups(), People()
        self._distinct = {what: Distinct() for what in DISTINCT}
        self._ledger = Growing(ENTRY)
        self._lines = Growing(SOLD)
        self._pairs = Numbering()
        self._sample_ts, self._samples = Growing(np.int64), Growing(np.int64)
        self._records: dict[str, list[Record]] = defaultdict(list)
        self._comments: list[tuple[int, str, Comment]] = []
        self._streaks: dict[Any, tuple[int, int, int]] = {}
        self._cancelled: dict[int, tuple[int, int]] = {}
        self._skus: dict[str, set[str]] = defaultdict(set)
        self._facts: dict[str, ProductFacts] | None = None
        self.quarantine = []

    # --- folding

    def fold(self, delta: Delta, manifest: Manifest) -> None:
        """Take in what one or more commits added; `manifest` is the state after them."""
        self._learn_names(delta.text("names"))
        self._keep_records(delta.text("records"))
        currency = self._room_currency(delta.table("lines"))
        if currency != self.currency and self._lines.size:
            self._clear()  # every amount so far was judged by another currency
            delta = self._rows.everything()
            self._learn_names(delta.text("names"))
            self._keep_records(delta.text("records"))
        self.currency = currency
        events, lines = delta.table("events"), delta.table("lines")
        if len(events):
            self._fold_events(events)
        self._people.learn(delta.table("profiles"))
        sold = self._fold_lines(lines)
        self._groups.add(events, sold, np.array(self._parents, np.int64), len(self._names["product"]))
        self._fold_gifts(delta.text("records"))
        self._keep_comments(delta.text("comments"))
        self.quarantine.extend(delta.text("quarantine"))
        self._account(manifest)

    def _learn_names(self, names: Iterable[tuple[str, Any]]) -> None:
        for kind, name in names:
            self._names[kind].append(tuple(name) if isinstance(name, list) else name)
            if kind == "channel":
                source, _, paid = name
                self._parents.append(self._first_levels.setdefault((source, paid), len(self._parents)))
            elif kind == "product":
                self._facts = None

    def _keep_records(self, records: list[Record]) -> None:
        for line in records:
            kept = self._records[line["type"]]
            kept.append(line)
            if len(kept) > 1 and _order(kept[-2]) > _order(line):
                kept.sort(key=_order)
            if line["type"] in ("product_listed", "product_delisted", "stock", "price_changed"):
                self._facts = None

    def _room_currency(self, lines: np.ndarray) -> str | None:
        """What live_started says, else the currency of the first paid line."""
        for line in reversed(self._records.get("live_started", [])):
            if text(line.get("currency")):
                return str(line["currency"])
        paid = [rows[(rows["type"] == PAID) & (rows["currency"] >= 0)] for rows in (self._lines.rows, lines)]
        first = min(((int(r["ts"][i]), self._names["currency"][r["currency"][i]])
                     for r in paid if len(r) for i in [int(np.argmin(r["ts"]))]), default=None)  # fmt: skip
        return first[1] if first else None

    def _fold_events(self, events: np.ndarray) -> None:
        ts, kind, user = events["ts"], events["type"], events["user"]
        first, last = int(ts.min()), int(ts.max())
        if self.first_ts is None:
            self._base = first
        self.first_ts = first if self.first_ts is None else min(first, self.first_ts)
        self.last_ts = last if self.last_ts is None else max(last, self.last_ts)
        self._grid.cover(first, last)
        self._zone(ts)
        known = np.where(kind < len(TYPES), kind, 0)
        measure = np.where(kind < len(TYPES), _MEASURE_OF[known], -1)
        counted = measure >= 0
        self._grid.add_kinds(ts[counted], measure[counted])
        likes = kind == CODES["like"]
        self._enter(ts[likes], events["value"][likes], "likes", ledger=False)
        moves = (kind == CODES["view"]) | (kind == CODES["leave"])
        leaving = kind[moves] == CODES["leave"]
        unknown = user[moves] < 0
        self._grid.add("unknown_views", ts[moves][unknown & ~leaving])
        self._grid.add("unknown_leaves", ts[moves][unknown & leaving])
        self._move(ts[moves], user[moves], leaving)
        views = kind == CODES["view"]
        self._distinct["viewers"].add(ts[views], user[views])
        self._people.came("viewers", user[views])
        step = np.where(kind < len(TYPES), _STEP_OF[known], -1)
        steps = step >= 0
        self._path.add(ts[steps], user[steps], step[steps].astype(np.int8))
        samples = kind == CODES["viewers"]
        self._sample_ts.append(ts[samples])
        self._samples.append(events["value"][samples])
        for code in events["value"][kind == CODES["giveaway_entered"]].tolist():
            ref = self._names["giveaway"][code]
            self.giveaway_entries[ref] = self.giveaway_entries.get(ref, 0) + 1

    def _zone(self, ts: np.ndarray) -> None:
        """Remember which stretch of time each run of rows covers, so that a window looks only at those it touches."""
        for at in range(0, len(ts), ZONE):
            part = ts[at : at + ZONE]
            start, low, high = self._events, int(part.min()), int(part.max())
            self._events += len(part)
            if self._zones and self._events - self._zones[-1][0] <= ZONE:
                start, _, before_low, before_high = self._zones.pop()
                low, high = min(low, before_low), max(high, before_high)
            self._zones.append((start, self._events, low, high))

    def _move(self, ts: np.ndarray, user: np.ndarray, leaving: np.ndarray) -> None:
        changed = self._stays.add(ts, user, leaving)
        when = self._stays.ts.rows[changed[:, 0]]
        for bit, count, times in _STAY_MEASURES:
            change = ((changed[:, 2] & bit) > 0).astype(np.int64) - ((changed[:, 1] & bit) > 0)
            rows = change != 0
            self._grid.add(count, when[rows], change[rows])
            if times:
                self._grid.add(times, when[rows], change[rows] * (when[rows] - self._base))

    def _enter(self, ts: np.ndarray, amount: np.ndarray, measure: str, ledger: bool = True) -> None:
        """Book amounts (int64) to a measure. Likes are in the events already; all else is found again in the ledger."""
        self._grid.add(measure, ts, amount.astype(np.int64))
        if ledger and len(ts):
            rows = np.empty(len(ts), ENTRY)
            rows["ts"], rows["amount"], rows["measure"] = ts, amount, MEASURES.index(measure)
            self._ledger.append(rows)

    def _fold_lines(self, new: np.ndarray) -> np.ndarray:
        """Book the lines that carry money; returns those in the room's currency as SOLD rows."""
        if not len(new):
            return np.empty(0, SOLD)
        lines = np.empty(len(new), SOLD)
        for name in new.dtype.names or ():
            lines[name] = new[name]
        pair = (new["order"].astype(np.uint64) << np.uint64(32)) + (new["sku"] + 2).astype(np.uint64)
        lines["pair"] = self._pairs.codes(pair)[0]
        self._lines.append(lines)
        for product, sku in set(zip(new["product"].tolist(), new["sku"].tolist(), strict=True)):
            if product >= 0 and sku >= 0:
                self._skus[self._names["product"][product]].add(self._names["sku"][sku])
                self._facts = None
        ours = lines[self._is_ours(lines)]
        amount = np.maximum(ours["amount"], 0)
        paid = ours["type"] == PAID
        self._enter(ours["ts"][paid], amount[paid], "gmv")
        self._enter(ours["ts"][paid], ours["quantity"][paid], "items")
        for name, measure in MONEY_TYPES.items():
            rows = (ours["type"] == CODES[name]) & (ours["amount"] >= 0)
            self._enter(ours["ts"][rows], amount[rows], measure)
        sold, created = ours[paid], ours[ours["type"] == CODES["order_created"]]
        self._distinct["customers"].add(sold["ts"], sold["user"])
        self._people.came("customers", sold["user"])
        self._distinct["orders"].add(sold["ts"], sold["order"])
        priced = sold[sold["amount"] > 0]
        self._distinct["priced_orders"].add(priced["ts"], priced["order"])
        self._distinct["sku_orders"].add(sold["ts"], sold["pair"])
        self._distinct["created_orders"].add(created["ts"], created["order"])
        self._cancel(ours)
        return ours

    def _is_ours(self, lines: np.ndarray) -> np.ndarray:
        """Lines in the room's currency; a line that names none is taken to be."""
        code = self._names["currency"].index(self.currency) if self.currency in self._names["currency"] else -2
        return (lines["currency"] == code) | (lines["currency"] < 0)

    def _cancel(self, new: np.ndarray) -> None:
        """A cancellation without a price takes back what is left of its order: paid less refunded, at its own time."""
        whole = new[(new["type"] == CODES["order_cancelled"]) & (new["amount"] < 0)]
        touched = set(whole["order"].tolist()) | (self._cancelled.keys() & set(new["order"].tolist()))
        if not touched:
            return
        all_lines = self._lines.rows
        rows = all_lines[np.isin(all_lines["order"], list(touched)) & self._is_ours(all_lines)]
        for order in touched:
            mine = rows[rows["order"] == order]
            amount = np.maximum(mine["amount"], 0)
            left = int(amount[mine["type"] == PAID].sum())
            left -= int(amount[np.isin(mine["type"], (CODES["order_refunded"], CODES["order_cancelled"]))].sum())
            when = int(mine["ts"][(mine["type"] == CODES["order_cancelled"]) & (mine["amount"] < 0)].min())
            self._rebook("cancellations", self._cancelled.get(order), (when, max(left, 0)))
            self._cancelled[order] = (when, max(left, 0))

    def _rebook(self, measure: str, old: tuple[int, int] | None, new: tuple[int, int]) -> None:
        """Take a booked (ts, amount) back and book another in its place."""
        if old != new:
            entries = ([(old[0], -old[1])] if old else []) + [new]
            table = np.array(entries, np.int64)
            self._enter(table[:, 0], table[:, 1], measure)

    def _fold_gifts(self, records: list[Record]) -> None:
        """A gift streak counts once, by its last (and so highest) count."""
        for line in records:
            if line["type"] == "gift":
                ref = text(line.get("ref_id"))
                key = (line.get("user_id"), ref) if ref else line["event_id"]
                count = line.get("count")
                each = line.get("diamonds")
                new = (line["ts"], count if isinstance(count, int) else 1, each if isinstance(each, int) else 0)
                old = self._streaks.get(key)
                if old is None or (new[1], new[0]) > (old[1], old[0]):
                    self._streaks[key] = new
                    self._rebook("gifts", old and old[:2], new[:2])
                    self._rebook("diamonds", old and (old[0], old[1] * old[2]), (new[0], new[1] * new[2]))

    def _keep_comments(self, comments: list[Record]) -> None:
        entries = []
        for line in comments:
            said = Comment(
                line["event_id"], line["ts"], text(line.get("user_id")), text(line.get("name")),
                line["text"] if isinstance(line.get("text"), str) else "", bool(text(line.get("ref_id"))),
                text(line.get("product_id")), text(line.get("lang")) or text(line.get("language")),
            )  # fmt: skip
            if said.entry:
                entries.append(said.ts)
            in_order = not self._comments or self._comments[-1][:2] <= (said.ts, said.event_id)
            self._comments.append((said.ts, said.event_id, said))
            if not in_order:
                self._comments.sort(key=lambda row: row[:2])
        self._enter(np.array(entries, np.int64), np.ones(len(entries), np.int64), "entry_comments")

    def _account(self, manifest: Manifest) -> None:
        total = FileAccount()
        for followed in manifest.followed:
            total.add(followed.account)
        files = {followed.name: followed.account for followed in manifest.followed}
        unknown = {name: count for name, count in total.types.items() if name not in CODES}
        self.log = LogAccount(files, total, unknown, tuple(manifest.notes))
        self.revision = manifest.revision

    # --- reading

    @property
    def width(self) -> int:
        """Bucket width in ms."""
        return self._grid.width

    @property
    def types(self) -> dict[str, int]:
        """Accepted lines per type in the whole log."""
        return self.log.total.types

    @property
    def room(self) -> RoomHeader:
        now = int(time.time() * 1000)
        return header(self.room_id, self.records, self.first_ts, self.last_ts, self.currency, now)

    @property
    def span(self) -> Window | None:
        """From the start to the end of the LIVE, or to the last event while it runs."""
        room = self.room
        if room.started_at is None or self.last_ts is None:
            return None
        end = self.last_ts + 1 if room.ended_at is None else room.ended_at
        return Window(room.started_at, max(end, room.started_at + 1))

    def sums(self, window: Window | None) -> dict[str, int]:
        """All additive measures of the window (money in 1/10000), with long_views and viewing_ms: the time spent in the
        room inside the window, by those still there up to its end."""
        if self.first_ts is None:
            return dict.fromkeys((*COUNTED.values(), *BOOKED, "long_views", "viewing_ms"), 0)
        span = self.span or Window(0, 0)
        window = window or Window(min(self.first_ts, span.start), max(self._last() + 1, span.end))
        at_start, at_end = self._upto(window.start), self._upto(window.end)
        out = dict(zip(MEASURES, (at_end - at_start).tolist(), strict=True))
        horizon = min(window.end, span.end) if span.end > window.start else window.end
        at_horizon = self._upto(horizon)
        out["viewing_ms"] = self._stayed(at_horizon, horizon) - self._stayed(at_start, window.start)
        long = MEASURES.index("long")
        out["long_views"] = 0
        if horizon - LONG > window.start:  # a view that lasts longer than LONG in here began before that
            out["long_views"] = int(self._upto(horizon - LONG)[long] - at_start[long])
        return {name: value for name, value in out.items() if name not in HIDDEN}

    def _last(self) -> int:
        return self.last_ts or 0

    def _stayed(self, sums: np.ndarray, until: int) -> int:
        """Time spent in the room by known users up to `until`, in ms."""
        column = self._grid.column
        inside = int(sums[column["entered"]] - sums[column["left"]])
        return inside * (until - self._base) - int(sums[column["entered_ms"]] - sums[column["left_ms"]])

    def _upto(self, end: int) -> np.ndarray:
        """Every measure summed over all times before `end`: whole buckets by their prefix sum, the rest row by row."""
        grid = self._grid
        bucket = min(max((end - grid.origin) // grid.width, 0), grid.rows)
        sums = grid.prefix()[bucket]
        start = grid.start_of(bucket)
        return sums + self._between(start, end) if start < end and bucket < grid.rows else sums

    def _between(self, start: int, end: int) -> np.ndarray:
        """Every measure of [start, end), from the rows themselves."""
        out = np.zeros(len(MEASURES), np.int64)
        column = self._grid.column
        events = self.events(Window(start, end))
        known = events[events["type"] < len(TYPES)]
        measure = _MEASURE_OF[known["type"]]
        out += np.bincount(measure[measure >= 0], minlength=len(MEASURES))
        out[column["likes"]] += int(known["value"][known["type"] == CODES["like"]].sum())
        nobody = known[known["user"] < 0]
        out[column["unknown_views"]] += int((nobody["type"] == CODES["view"]).sum())
        out[column["unknown_leaves"]] += int((nobody["type"] == CODES["leave"]).sum())
        ledger = self._ledger.rows
        ledger = ledger[(ledger["ts"] >= start) & (ledger["ts"] < end)]
        np.add.at(out, ledger["measure"], ledger["amount"])
        ts = self._stays.ts.rows
        rows = np.flatnonzero((ts >= start) & (ts < end))
        effect, when = self._stays.effect.rows[rows], ts[rows] - self._base
        for bit, count, times in _STAY_MEASURES:
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

    def edges(self, window: Window, step_ms: int) -> np.ndarray:
        """Where steps begin and end: int64 ms, from window.start in steps of step_ms (made a multiple of `width`)."""
        step = max(step_ms - step_ms % self.width, self.width)
        count = max(1, -(-(window.end - window.start) // step))
        return window.start + np.arange(count + 1) * step

    def series(self, measure: str, window: Window, step_ms: int) -> np.ndarray:
        """An additive measure per step: int64. Steps begin on a bucket's edge: a start between two is moved down."""
        edges = self.edges(window, step_ms)
        buckets = np.clip((edges - self._grid.origin) // self.width, 0, self._grid.rows)
        return np.diff(self._grid.prefix()[buckets, self._grid.column[measure]])

    def distinct(self, what: str, window: Window | None) -> int:
        """Distinct users or orders of the window; what is one of DISTINCT."""
        found = self._distinct[what]
        return found.total if window is None else found.count(window.start, window.end)

    def distinct_series(self, what: str, window: Window, step_ms: int) -> np.ndarray:
        """Distinct users or orders per step: int64."""
        return self._distinct[what].counts(self.edges(window, step_ms))

    def gauge(self, window: Window | None) -> Gauge:
        """Current viewers over the window, beginning with the value carried in."""
        if self._samples.size:
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
        """The number inside at the end of each bucket in which it changed."""
        column, sums = self._grid.column, self._grid.prefix()
        inside = sums[1:, column["entered"]] - sums[1:, column["left"]]
        unknown = sums[1:, column["unknown_views"]] - sums[1:, column["unknown_leaves"]]
        count = np.maximum(inside + unknown, 0)
        changed = np.flatnonzero(np.diff(count, prepend=0))
        return self._grid.origin + changed * self.width, count[changed]

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
        step_of = np.full(len(self._names["type"]), -1)
        for k, name in enumerate(steps):
            if name in self._names["type"]:
                step_of[self._names["type"].index(name)] = k
        step = step_of[events["type"]]
        rows = (step >= 0) & (events["user"] >= 0)
        return ordered_counts(events["ts"][rows], events["user"][rows], step[rows], len(steps), within_ms)

    def audience(self, dimension: str, who: str) -> dict[str, int] | None:
        """Persons per group; None without profiles and without a snapshot of the dimension."""
        if self._people.profiles:
            return self._people.breakdown(dimension, who, lambda field: self._names[field])
        return from_snapshots(self.records("audience_snapshot"), dimension, who) or None

    def other_currencies(self, window: Window | None) -> dict[str, dict[str, Any]]:
        """Paid lines in currencies that are not the room's, apart: orders, items_sold, direct_gmv (Decimal)."""
        lines = self.lines(window, ours=False)
        lines = lines[lines["type"] == PAID]
        out = {}
        for code in np.unique(lines["currency"]).tolist():
            mine = lines[lines["currency"] == code]
            out[self._names["currency"][code]] = {
                "orders": len(np.unique(mine["order"])),
                "items_sold": int(mine["quantity"].sum()),
                "direct_gmv": Decimal(int(np.maximum(mine["amount"], 0).sum())) / MONEY,
            }
        return out

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
        return sorted((line for name in types for line in self._records.get(name, [])), key=_order)

    def comments(self, window: Window | None, limit: int | None = 200) -> list[Comment]:
        """The latest comments of the window, oldest first."""
        first, last = 0, len(self._comments)
        if window is not None:
            first = bisect.bisect_left(self._comments, (window.start,))
            last = bisect.bisect_left(self._comments, (window.end,))
        if limit is not None:
            first = max(first, last - limit)
        return [row[2] for row in self._comments[first:last]]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        parts = (self._stays, self._path, self._groups, self._people, self._ledger, self._lines)
        return sum(part.nbytes for part in (*parts, *self._distinct.values())) + 2 * self._grid.prefix().nbytes


def _order(line: Record) -> tuple[int, str]:
    return line["ts"], line["event_id"]

"""Folds a room's accepted events into counters. The result does not depend on the order or the portions in which events
come; what is read from it stands in fold.py."""
from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

from livedash.log.account import FileAccount, LogAccount
from livedash.log.vocabulary import AFTERWARDS, CODES, OWN, TYPES
from livedash.rollup.audience import People
from livedash.rollup.distinct import Distinct
from livedash.rollup.grid import Grid, width_for
from livedash.rollup.groups import PAID, SOLD, Groups
from livedash.rollup.growing import Growing
from livedash.rollup.keys import Numbering
from livedash.rollup.path import STEPS, UserPath
from livedash.rollup.room import ProductFacts, Record, text
from livedash.rollup.stays import ENTERS, LEAVES, LONG_VIEW, Stays
from livedash.rollup.store import Manifest
from livedash.rollup.tables import Delta

COUNTED = {
    "impression": "impressions", "view": "views", "leave": "leaves", "product_impression": "product_impressions",
    "product_click": "product_clicks", "add_to_cart": "add_to_cart", "comment": "comments", "share": "shares",
    "follow": "follows",
}  # fmt: skip
"""Types that count one each, and the measure they feed. Likes come in batches and are summed by their value."""
BOOKED = ("likes", "entry_comments", "gifts", "diamonds", "gmv", "items", "refunds", "cancellations", "ad_cost")
HIDDEN = ("entered", "entered_ms", "left", "left_ms", "long")
"""Measures behind others: changes of the number of known users inside, with the sums of their times; long views."""
MEASURES = (*COUNTED.values(), *BOOKED, *HIDDEN)
MOVE = np.dtype([("ts", "<i8"), ("step", "<i8")])
"""An entry (+1) or leave (-1) of someone without a user id."""
ENTRY = np.dtype([("ts", "<i8"), ("amount", "<i8"), ("measure", "<i4")])
DISTINCT = ("viewers", "customers", "orders", "priced_orders", "sku_orders", "created_orders")
MONEY_TYPES = {"order_refunded": "refunds", "ad_cost": "ad_cost", "order_cancelled": "cancellations"}
ZONE = 65_536

STAY_MEASURES = ((ENTERS, "entered", "entered_ms"), (LEAVES, "left", "left_ms"), (LONG_VIEW, "long", ""))
MEASURE_OF = np.array([MEASURES.index(COUNTED[name]) if name in COUNTED else -1 for name in TYPES])
OWN_CODES, AFTERWARDS_CODES = ([CODES[name] for name in names] for names in (OWN, AFTERWARDS))
FAR_PAST, FAR_FUTURE = -(2**62), 2**62
BEFORE_START, AFTER_END = 3_600_000, 6 * 3_600_000
"""How far around a LIVE that says when it began and ended events are counted by buckets, in ms; others are looked at
one by one."""
STEP_OF = np.array([STEPS.index(name) if name in STEPS else -1 for name in TYPES])
"""By type code: the column of its measure, and its step on the users' way; -1 for none."""


Booking = tuple[int, int]
"""When (epoch ms) and how much."""
Streak = tuple[int, int, int]
"""The last frame of a gift streak: its count, when it came, diamonds of each."""


class Rows(Protocol):
    """Where a rollup looks events up again."""

    def everything(self) -> Delta: ...

    def events(self, start: int, stop: int) -> np.ndarray: ...


class Folding:
    """The counters of one room, and how events come into them."""

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
        self.latest_ts: int | None = None
        self._last_live: int | None = None
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
        self._nobody = Growing(MOVE)
        self._occupied: tuple[np.ndarray, np.ndarray] | None = None
        self._ledger = Growing(ENTRY)
        self._lines = Growing(SOLD)
        self._pairs = Numbering()
        self._sample_ts, self._samples = Growing(np.int64), Growing(np.int64)
        self._entered_ts, self._entered = Growing(np.int64), Growing(np.int64)
        self._records: dict[str, list[Record]] = defaultdict(list)
        self._comments: list[tuple[int, str, Record]] = []
        self._streaks: dict[Any, Streak] = {}
        self._cancelled: dict[int, Booking] = {}
        self._skus: dict[str, set[str]] = defaultdict(set)
        self._facts: dict[str, ProductFacts] | None = None
        self.quarantine = []

    # --- folding

    def fold(self, delta: Delta, manifest: Manifest) -> None:
        """Take in what one or more commits added; `manifest` is the state after them."""
        self._take(delta)
        if self._is_too_coarse():
            self._begin_again()  # what is there was put into buckets of a LIVE that seemed longer
        self._account(manifest)

    def _begin_again(self) -> None:
        """Fold everything there is anew."""
        everything = self._rows.everything()
        self._clear()
        self._take(everything)

    def _take(self, delta: Delta) -> None:
        self._learn_names(delta.text("names"))
        self._keep_records(delta.text("records"))
        currency = self._room_currency(delta.table("lines"))
        if currency != self.currency and self._lines.size:
            self._begin_again()  # what is there was judged by another currency
            return
        self.currency = currency
        events, lines = delta.table("events"), delta.table("lines")
        if len(events):
            self._fold_events(events)
        self._people.learn(delta.table("profiles"), self._names)
        sold = self._fold_lines(lines)
        self._groups.add(events, sold, np.array(self._parents, np.int64), len(self._names["product"]))
        self._fold_gifts(delta.text("records"))
        self._keep_comments(delta.text("comments"))
        self.quarantine.extend(delta.text("quarantine"))

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
            if line["type"] != "gift":  # of the many frames of gifts only their streaks are kept
                bisect.insort(self._records[line["type"]], line, key=order)
            if line["type"] in ("product_listed", "product_delisted", "stock", "price_changed"):
                self._facts = None

    def _room_currency(self, lines: np.ndarray) -> str | None:
        """What live_started says, else the currency of the first paid line."""
        for line in reversed(self._records.get("live_started", [])):
            if text(line.get("currency")):
                return str(line["currency"])
        paid = [rows[(rows["type"] == PAID) & (rows["currency"] >= 0)] for rows in (self._lines.rows, lines)]
        earliest = [rows[rows["ts"] == rows["ts"].min()] for rows in paid if len(rows)]
        names = self._names["currency"]
        firsts = [(ts, names[code]) for rows in earliest for ts, code in rows[["ts", "currency"]].tolist()]
        return min(firsts)[1] if firsts else None

    def _fold_events(self, events: np.ndarray) -> None:
        self._zone(events["ts"])
        own = np.isin(events["type"], OWN_CODES)
        if own.all():
            return
        events = events[~own] if own.any() else events
        ts, kind, user = events["ts"], events["type"], events["user"]
        if self.first_ts is None:
            self._base = int(ts.min())
        self._know_times(ts, ts[~np.isin(kind, AFTERWARDS_CODES)])
        known = np.where(kind < len(TYPES), kind, 0)
        measure = np.where(kind < len(TYPES), MEASURE_OF[known], -1)
        counted = measure >= 0
        self._grid.add_kinds(ts[counted], measure[counted])
        likes = kind == CODES["like"]
        self._enter(ts[likes], events["value"][likes], "likes", ledger=False)
        moves = (kind == CODES["view"]) | (kind == CODES["leave"])
        leaving = kind[moves] == CODES["leave"]
        unknown = user[moves] < 0
        nobody = np.empty(int(unknown.sum()), MOVE)
        nobody["ts"], nobody["step"] = ts[moves][unknown], np.where(leaving[unknown], -1, 1)
        self._nobody.append(nobody)
        self._occupied = None
        self._move(ts[moves], user[moves], leaving)
        views = kind == CODES["view"]
        self._distinct["viewers"].add(ts[views], user[views])
        self._people.came("viewers", user[views])
        step = np.where(kind < len(TYPES), STEP_OF[known], -1)
        steps = step >= 0
        self._path.add(ts[steps], user[steps], step[steps].astype(np.int8))
        samples = kind == CODES["viewers"]
        self._sample_ts.append(ts[samples])
        self._samples.append(events["value"][samples])
        entered = kind == CODES["giveaway_entered"]
        self._entered_ts.append(ts[entered])
        self._entered.append(events["value"][entered])
        for code in events["value"][entered].tolist():
            ref = self._names["giveaway"][code]
            self.giveaway_entries[ref] = self.giveaway_entries.get(ref, 0) + 1

    def _know_times(self, ts: np.ndarray, of_live: np.ndarray) -> None:
        """Take in when something happened; of_live: the times that say the LIVE ran. Only those have buckets, so that
        what comes weeks later makes no bucket of the LIVE any wider."""
        first, latest = int(ts.min()), int(ts.max())
        self.first_ts = first if self.first_ts is None else min(first, self.first_ts)
        self.latest_ts = latest if self.latest_ts is None else max(latest, self.latest_ts)
        if len(of_live):
            first, last = int(of_live.min()), int(of_live.max())
            self._last_live = last if self._last_live is None else max(last, self._last_live)
            low, high = self._bounds()
            if max(first, low) <= min(last, high):
                self._grid.cover(max(first, low), min(last, high))
        self.last_ts = self.latest_ts if self._last_live is None else self._last_live

    def _bounds(self) -> tuple[int, int]:
        """Between which times (epoch ms) events are counted by buckets, as far as the log says when the LIVE was."""
        started, ended = (self._records.get(name) for name in ("live_started", "live_ended"))
        low = started[0]["ts"] - BEFORE_START if started else FAR_PAST
        over = ended and (not started or ended[-1]["ts"] >= started[-1]["ts"])
        return low, ended[-1]["ts"] + AFTER_END if ended and over else FAR_FUTURE

    def _is_too_coarse(self) -> bool:
        """Whether the buckets are wider than the LIVE, as it is known now, asks for."""
        grid, (low, high) = self._grid, self._bounds()
        return grid.rows > 0 and width_for(max(min(grid.last, high) - max(grid.first, low), 0)) < grid.width

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
        for bit, count, times in STAY_MEASURES:
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
        orders, place = np.unique(rows["order"], return_inverse=True)
        kind, amount = rows["type"], np.maximum(rows["amount"], 0)
        back = np.isin(kind, (CODES["order_refunded"], CODES["order_cancelled"]))
        left = np.zeros(len(orders), np.int64)
        np.add.at(left, place, np.where(kind == PAID, amount, np.where(back, -amount, 0)))
        whole_rows = (kind == CODES["order_cancelled"]) & (rows["amount"] < 0)
        when = np.full(len(orders), np.iinfo(np.int64).max)
        np.minimum.at(when, place[whole_rows], rows["ts"][whole_rows])
        taken = zip(when.tolist(), np.maximum(left, 0).tolist(), strict=True)
        now = dict(zip(orders.tolist(), taken, strict=True))
        self._rebook("cancellations", [(self._cancelled.get(order), booking) for order, booking in now.items()])
        self._cancelled.update(now)

    def _rebook(self, measure: str, changes: list[tuple[Booking | None, Booking]]) -> None:
        """Take what was booked back, and book the other in its place."""
        entries = [new for old, new in changes if new != old]
        entries += [(old[0], -old[1]) for old, new in changes if old and new != old]
        table = np.array(entries, np.int64).reshape(-1, 2)
        self._enter(table[:, 0], table[:, 1], measure)

    def _fold_gifts(self, records: list[Record]) -> None:
        """A gift streak counts once, by its last (and so highest) count."""
        before: dict[Any, Streak | None] = {}
        for line in records:
            if line["type"] == "gift":
                ref = text(line.get("ref_id"))
                key = (line.get("user_id"), ref) if ref else line["event_id"]
                count, each = line.get("count"), line.get("diamonds")
                frame = (count if isinstance(count, int) else 1, line["ts"], each if isinstance(each, int) else 0)
                before.setdefault(key, self._streaks.get(key))
                self._streaks[key] = max(frame, self._streaks.get(key, frame))
        changes = [(old, self._streaks[key]) for key, old in before.items()]
        for measure, worth in (("gifts", _gifts), ("diamonds", _diamonds)):
            self._rebook(measure, [(old and worth(old), worth(new)) for old, new in changes])

    def _keep_comments(self, comments: list[Record]) -> None:
        entries = [line["ts"] for line in comments if text(line.get("ref_id"))]
        for line in comments:
            bisect.insort(self._comments, (line["ts"], line["event_id"], line))
        self._enter(np.array(entries, np.int64), np.ones(len(entries), np.int64), "entry_comments")

    def _account(self, manifest: Manifest) -> None:
        total = FileAccount()
        for followed in manifest.followed:
            total.add(followed.account)
        files = {followed.name: followed.account for followed in manifest.followed}
        unknown = {name: count for name, count in total.types.items() if name not in CODES}
        self.log = LogAccount(files, total, unknown, tuple(manifest.notes))
        self.revision = manifest.revision


def _gifts(streak: Streak) -> Booking:
    return streak[1], streak[0]


def _diamonds(streak: Streak) -> Booking:
    return streak[1], streak[0] * streak[2]


def order(line: Record) -> tuple[int, str]:
    return line["ts"], line["event_id"]

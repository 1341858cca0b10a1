"""A room that grows under the reader's eyes, and all that can be read of it, so that two readings can be compared."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from livedash.log.account import FileAccount
from livedash.log.vocabulary import TYPES
from livedash.rollup import from_folder
from livedash.rollup.fold import Rollup
from livedash.rollup.folding import DISTINCT
from livedash.rollup.ingest import RoomIngest, open_room
from livedash.rollup.read import RoomReader
from livedash.view import Window

NAME = "room"
DIMENSIONS = ("gender", "gender_of_followers", "age", "follower", "country")


class Watched:
    """A room's log with its store, an ingester that goes on where it was, and a reader that follows."""

    def __init__(self, home: Path) -> None:
        self.folder, self.store = home / "rooms" / NAME, home / "cache" / "rooms" / NAME
        self.folder.mkdir(parents=True)
        self.reader = RoomReader(NAME, self.store)
        self.ingest: RoomIngest | None = None

    def write(self, data: bytes, name: str = "events.ndjson") -> None:
        (self.folder / name).write_bytes(data)

    def append(self, data: bytes, name: str = "events.ndjson") -> None:
        with open(self.folder / name, "ab") as file:
            file.write(data)

    def refresh(self) -> bool:
        """One look of the ingester."""
        self.ingest = self.ingest or open_room(self.folder, self.store)
        return self.ingest.refresh()

    def read(self) -> Rollup:
        """One look of the ingester, then one of the reader; the account must add up at every moment."""
        self.refresh()
        rollup = self.reader.refresh()
        adds_up(rollup)
        return rollup

    def restart(self) -> None:
        """The ingester goes away and comes back."""
        if self.ingest:
            self.ingest.store.close()
        self.ingest = None

    def scratch(self) -> Rollup:
        """One reading of the log from start to end."""
        rollup = from_folder(self.folder)
        adds_up(rollup)
        return rollup


def adds_up(rollup: Rollup) -> None:
    """Every line read has become exactly one thing."""
    for account in [*rollup.log.files.values(), rollup.log.total]:
        assert account.lines == account.accepted + account.duplicates + account.rejected + account.blank, account
        assert account.conflicts <= account.duplicates
        assert account.accepted == sum(account.types.values())
    assert rollup.log.total.accepted == len(rollup.events(None))


def total(rollup: Rollup) -> dict[str, int]:
    """What became of all lines, without what is nought."""
    return {name: count for name, count in asdict(rollup.log.total).items() if count and name != "types"}


def counted(rollup: Rollup) -> FileAccount:
    return rollup.log.total


def figures(rollup: Rollup, windows: Iterable[Window] = ()) -> dict[str, Any]:
    """Everything that can be read of a room, in whatever order its names came up."""
    seen: dict[str, Any] = {str(window): seen_through(rollup, window) for window in (None, *windows)}
    room = rollup.room
    return seen | {
        "room": room, "span": rollup.span, "first": rollup.first_ts, "last": rollup.last_ts,
        "types": dict(sorted(rollup.types.items())), "unknown": dict(sorted(rollup.log.unknown_types.items())),
        "width": rollup.width,
        "facts": {id: rollup.product_facts[id] for id in sorted(rollup.product_facts)},
        "records": {name: rollup.records(name) for name in TYPES},
        "entries": dict(sorted(rollup.giveaway_entries.items())),
        "entered": {ref: rollup.entries(ref).tolist() for ref in sorted(rollup.giveaway_entries)},
        "giveaways": rollup.giveaways,
    }  # fmt: skip


def seen_through(rollup: Rollup, window: Window | None) -> dict[str, Any]:
    """All figures of one window."""
    gauge = rollup.gauge(window)
    products, channels = rollup.products(window), rollup.channels(window)
    out: dict[str, Any] = {
        "sums": rollup.sums(window),
        "distinct": {what: rollup.distinct(what, window) for what in DISTINCT},
        "gauge": (gauge.kind, gauge.ts.tolist(), gauge.count.tolist()),
        "products": {str(id): row.tolist() for id, row in products.iterrows()},
        "channels": {str(tuple(row)[:3]): tuple(row)[3:] for row in channels.itertuples(index=False)},
        "first level": rollup.channel_viewers(window),
        "funnel": rollup.user_funnel(window),
        "other funnel": rollup.ordered_funnel(["view", "like", "order_paid"], window, 60_000),
        "currencies": rollup.other_currencies(window),
        "comments": rollup.comments(window, None),
    }
    if window:
        step = max(60_000, (window.end - window.start) // 100)
        out["series"] = rollup.series("views", window, step).tolist()
        out["distinct series"] = rollup.distinct_series("viewers", window, step).tolist()
    else:
        out["audience"] = {(d, who): rollup.audience(d, who) for d in DIMENSIONS for who in ("viewers", "customers")}
    return out

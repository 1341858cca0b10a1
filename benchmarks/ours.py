"""livedash as it runs: one room read from its log into its store on disk, and every answer of the Key data tab.
Nothing here is a shortcut of its own; it calls what the app calls."""
from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from benchmarks.peers import FIVE_MINUTES, PROFILE, Answers
from livedash.analysis.audience import breakdown
from livedash.analysis.comments import conversation
from livedash.analysis.funnel import funnel, user_funnel
from livedash.analysis.markers import pinned
from livedash.analysis.metrics import DEFAULT_TILES, DEFAULT_TREND, HEADLINE
from livedash.analysis.notices import notices
from livedash.analysis.overview import overview
from livedash.analysis.products import products
from livedash.analysis.traffic import traffic
from livedash.analysis.trend import trend
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import RoomIngest, open_room
from livedash.rollup.read import RoomReader
from livedash.view import Window

ADDED_UP = {
    "impression": "impressions", "view": "views", "leave": "leaves", "product_impression": "product_impressions",
    "product_click": "product_clicks", "add_to_cart": "add_to_cart", "comment": "comments", "share": "shares",
    "follow": "follows", "items": "items", "gmv": "gmv", "refunds": "refunds", "likes": "likes",
    "viewing_ms": "viewing_ms", "long_views": "long_views",
}  # fmt: skip
DISTINCT = ("viewers", "customers", "orders", "created_orders", "sku_orders")
OF_A_PRODUCT = ("product_impressions", "product_clicks", "add_to_cart", "orders", "items", "gmv", "customers")
STATM = Path("/proc/self/statm")
OF_A_CHANNEL = ("impressions", "views", "viewers", "product_clicks", "orders", "gmv")


class LiveDash:
    """The ingester and a reader of one room, as in `python app.py`."""

    name = "livedash"

    def __init__(self, room: Path, store: Path) -> None:
        self.ingest: RoomIngest = open_room(room, store)
        self.reader = RoomReader(room.name, store)

    def refresh(self) -> Rollup:
        """Take in what the log has now."""
        self.ingest.refresh()
        return self.reader.refresh()

    def close(self) -> None:
        self.ingest.store.close()


def key_data(rollup: Rollup) -> list[Any]:
    """Every answer that the Key data tab shows after a refresh."""
    return [
        overview(rollup, None, (HEADLINE, *DEFAULT_TILES)),
        trend(rollup, None, DEFAULT_TREND),
        traffic(rollup, None),
        funnel(rollup, None),
        user_funnel(rollup, None),
        products(rollup, None),
        pinned(rollup),
        notices(rollup, None),
        conversation(rollup, None),
        *(breakdown(rollup, by, "viewers") for by in PROFILE),
    ]


def held(room: Path, store: Path) -> int:
    """Bytes that this process holds once it shows the room."""
    livedash = LiveDash(room, store)
    key_data(livedash.refresh())
    gc.collect()
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def figures(rollup: Rollup) -> Answers:
    """The figures under those panels in the peers' form, to see that all compute the same."""
    assert rollup.first_ts is not None and rollup.last_ts is not None
    start, end = rollup.first_ts, rollup.last_ts + 1

    def stretch(a: int, b: int) -> Answers:
        window = Window(a, b)
        sums = rollup.sums(window)
        added = {name: sums[of] for name, of in ADDED_UP.items()}
        return added | {what: rollup.distinct(what, window) for what in DISTINCT}

    channels = rollup.channels(None)
    channels = channels[channels["source"].notna()]
    by_product = rollup.products(None)
    return {
        "whole": stretch(start, end),
        "recent": stretch(end - FIVE_MINUTES, end),
        "before": stretch(end - 2 * FIVE_MINUTES, end - FIVE_MINUTES),
        "channels": {
            (row.source, row.paid): tuple(int(getattr(row, name)) for name in OF_A_CHANNEL)
            for row in channels.itertuples()
        },
        "products": {str(key): tuple(map(int, row)) for key, row in by_product[list(OF_A_PRODUCT)].iterrows()},
        "user_funnel": rollup.user_funnel(None),
        "audience": {by: rollup.audience(by, "viewers") for by in PROFILE},
    }


def differences(ours: Answers, theirs: Answers) -> list[str]:
    """Where two makers' figures differ; [] when all are the same."""
    return [f"{panel}: {ours[panel]} is not {theirs[panel]}" for panel in ours if ours[panel] != theirs[panel]]

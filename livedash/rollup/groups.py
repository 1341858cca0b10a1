"""Counts by product and by traffic channel, for the whole log as it grows or for the rows of one window.
Distinct users and orders of a group are counted by pairs seen for the first time."""
from __future__ import annotations

import numpy as np
import pandas as pd

from livedash.log.vocabulary import CODES
from livedash.rollup.keys import KeyTable
from livedash.rollup.tables import LINE

PRODUCT_COUNTS = {
    "product_impression": "product_impressions", "product_click": "product_clicks", "add_to_cart": "add_to_cart",
}  # fmt: skip
PRODUCT_KINDS = {measure: CODES[kind] for kind, measure in PRODUCT_COUNTS.items()}
"""By measure, the code of the event type that it is counted from."""
CHANNEL_COUNTS = {"impression": "impressions", "view": "views", "product_click": "product_clicks"}
PRODUCT_MEASURES = (
    "product_impressions", "product_clicks", "add_to_cart", "orders", "sku_orders", "items", "gmv", "customers",
    "refunds",
)  # fmt: skip
CHANNEL_MEASURES = ("impressions", "views", "viewers", "product_clicks", "orders", "gmv", "ad_cost")
SOLD = np.dtype([*LINE.descr, ("pair", "<i4")])
"""A LINE, and the number of its (order, SKU)."""
PAID, REFUNDED, COST, VIEWED, ENTERED = (
    CODES[name] for name in ("order_paid", "order_refunded", "ad_cost", "view", "giveaway_entered")
)

PRODUCT_CODES = {measure: CODES[name] for name, measure in PRODUCT_COUNTS.items()}
"""Measures that are counts of one type of event, with its code."""


class Pairs:
    """Counts, per group, the distinct members seen in it."""

    def __init__(self) -> None:
        self._seen = KeyTable()

    @property
    def nbytes(self) -> int:
        return self._seen.nbytes

    def fresh(self, group: np.ndarray, member: np.ndarray) -> np.ndarray:
        """Of rows that all have a group: the groups of the pairs that come for the first time; member < 0 is nobody."""
        real = member >= 0
        key = ((group[real].astype(np.uint64) + np.uint64(1)) << np.uint64(32)) | member[real].astype(np.uint64)
        distinct = pd.unique(key)
        _, new = self._seen.setdefault(distinct, np.zeros(len(distinct), np.uint32))
        return ((distinct[new] >> np.uint64(32)) - np.uint64(1)).astype(np.int64)


class Groups:
    """products, channels: int64 (codes, measures); first_level: viewers by first-level channel code."""

    def __init__(self) -> None:
        self.products = np.zeros((0, len(PRODUCT_MEASURES)), np.int64)
        self.channels = np.zeros((0, len(CHANNEL_MEASURES)), np.int64)
        self.first_level = np.zeros(0, np.int64)
        self._pairs = {name: Pairs() for name in ("order", "sku", "customer", "viewer", "channel_order", "first_level")}

    @property
    def nbytes(self) -> int:
        return sum(p.nbytes for p in self._pairs.values())

    def add(self, events: np.ndarray, lines: np.ndarray, parents: np.ndarray, products: int) -> None:
        """events: EVENT rows; lines: SOLD rows in the room's currency; parents: the first-level code of each channel;
        products: how many product codes there are."""
        channels = len(parents)
        self.products = _taller(self.products, products)
        self.channels = _taller(self.channels, channels)
        kind, product, channel = events["type"], events["product"], events["channel"]
        for name, measure in PRODUCT_COUNTS.items():
            rows = (kind == CODES[name]) & (product >= 0)
            self.products[:, PRODUCT_MEASURES.index(measure)] += np.bincount(product[rows], minlength=products)
        for name, measure in CHANNEL_COUNTS.items():
            rows = kind == CODES[name]
            self.channels[:, CHANNEL_MEASURES.index(measure)] += np.bincount(channel[rows], minlength=channels)
        views = events[kind == CODES["view"]]
        self._fresh(self.channels, CHANNEL_MEASURES.index("viewers"), "viewer", views["channel"], views["user"])
        first = self._pairs["first_level"].fresh(parents[views["channel"]], views["user"])
        counts = np.bincount(first, minlength=max(len(self.first_level), channels))
        counts[: len(self.first_level)] += self.first_level
        self.first_level = counts
        if len(lines):
            self._add_lines(lines)

    def _add_lines(self, lines: np.ndarray) -> None:
        amount = np.maximum(lines["amount"], 0)
        paid = lines["type"] == PAID
        p, c = PRODUCT_MEASURES.index, CHANNEL_MEASURES.index
        _sum(self.channels, c("gmv"), lines["channel"], amount, paid)
        _sum(self.channels, c("ad_cost"), lines["channel"], amount, lines["type"] == COST)
        self._fresh(self.channels, c("orders"), "channel_order", lines["channel"][paid], lines["order"][paid])
        named = lines["product"] >= 0
        _sum(self.products, p("gmv"), lines["product"], amount, paid & named)
        _sum(self.products, p("items"), lines["product"], lines["quantity"], paid & named)
        _sum(self.products, p("refunds"), lines["product"], amount, (lines["type"] == REFUNDED) & named)
        sold = lines[paid & named]
        self._fresh(self.products, p("orders"), "order", sold["product"], sold["order"])
        self._fresh(self.products, p("customers"), "customer", sold["product"], sold["user"])
        self._fresh(self.products, p("sku_orders"), "sku", sold["product"], sold["pair"])

    def _fresh(self, table: np.ndarray, column: int, pairs: str, group: np.ndarray, member: np.ndarray) -> None:
        table[:, column] += np.bincount(self._pairs[pairs].fresh(group, member), minlength=len(table))


def _sum(table: np.ndarray, column: int, group: np.ndarray, amount: np.ndarray, rows: np.ndarray) -> None:
    np.add.at(table[:, column], group[rows], amount[rows])


def _taller(table: np.ndarray, rows: int) -> np.ndarray:
    if rows <= len(table):
        return table
    grown = np.zeros((rows, table.shape[1]), np.int64)
    grown[: len(table)] = table
    return grown

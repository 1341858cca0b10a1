"""Answers how each product does: its facts and every product metric, and what can be said of it on air. It recommends
nothing: a talking point is what the seller wrote or what the log shows."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from livedash.analysis.comments import LATEST, is_question
from livedash.analysis.facts import live_ms
from livedash.analysis.markers import markers, pinned
from livedash.analysis.metrics import BASE, METRICS, PRODUCT, Value
from livedash.problems import Problem
from livedash.rollup.fold import Comment, Rollup
from livedash.rollup.groups import PAID
from livedash.rollup.room import ProductFacts
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

MINUTE = 60_000
TOLD = tuple(metric for metric in METRICS.values() if PRODUCT in metric.by)
"""Every metric that is grouped by product."""


@dataclass(frozen=True, slots=True)
class Product:
    """metrics: by registry key, every metric that is grouped by product (product_impressions, product_clicks,
    product_ctr, add_to_cart, orders, sku_orders, items_sold, direct_gmv, customers, ctor, ctor_sku, avg_price,
    refund_rate, stock_left ...)."""

    product_id: str
    title: str
    sku_ids: tuple[str, ...]
    price: Decimal | None
    stock: int | None
    image: str | None
    pinned_since: int | None
    delisted: bool
    metrics: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Point:
    """A talking point: the sentence, and what it rests on."""

    sentence: Sentence
    rests_on: Sentence


class CountsOfProduct:
    """The base measures of one product, for the registry's formulas."""

    def __init__(
        self, counts: Mapping[str, int], stock: int | None, live: int | None, types: Mapping[str, int]
    ) -> None:
        self._counts, self._types = counts, types
        self._others = {"stock": stock, "live_ms": live}

    def __getitem__(self, name: str, /) -> int | None:
        if BASE[name].lacks(self._types):
            return None
        return self._others[name] if name in self._others else self._counts[name]


def products(rollup: Rollup, window: Window | None, table: pd.DataFrame | None = None) -> tuple[Product, ...]:
    """Every product of the room, the pinned ones first, then by product impressions ("views" on the platform). table:
    rollup.products(window), for who has it already."""
    facts, since, live, types = rollup.product_facts, pinned(rollup), live_ms(rollup, window), rollup.types
    table = rollup.products(window) if table is None else table
    table = table[table.index.isin(list(facts))]  # a room as of earlier knows fewer than it will
    order = ["product_impressions", "product_clicks", "gmv"]
    rows: list[dict[Any, int]] = table.to_dict("records")
    found = [
        _product(facts[product_id], since.get(product_id), CountsOfProduct(row, facts[product_id].stock, live, types))
        for product_id, row in zip(table.index, rows, strict=True)
    ]
    seen = {one.product_id: [-row[name] for name in order] for one, row in zip(found, rows, strict=True)}
    return tuple(sorted(found, key=lambda one: (one.pinned_since is None, seen[one.product_id], one.title)))


def product(rollup: Rollup, window: Window | None, product_id: str) -> Product | None:
    """One product of the room; None where there is none of that id."""
    facts = rollup.product_facts.get(product_id)
    if facts is None:
        return None
    row: dict[Any, int] = rollup.products(window).loc[product_id].to_dict()
    counts = CountsOfProduct(row, facts.stock, live_ms(rollup, window), rollup.types)
    return _product(facts, pinned(rollup).get(product_id), counts)


def _product(facts: ProductFacts, pinned_since: int | None, counts: CountsOfProduct) -> Product:
    return Product(
        product_id=facts.product_id,
        title=facts.title,
        sku_ids=facts.sku_ids,
        price=facts.price,
        stock=facts.stock,
        image=facts.image,
        pinned_since=pinned_since,
        delisted=facts.delisted,
        metrics={metric.key: metric.compute(counts)[0] for metric in TOLD},
    )


def talking_points(rollup: Rollup, product_id: str) -> tuple[Point, ...]:
    """What can be said about a product: its own text line by line, then price, stock left, units sold, best-selling
    minute and what viewers ask most. Raises Problem("product-unknown")."""
    facts = rollup.product_facts.get(product_id)
    if facts is None:
        raise Problem(
            "product-unknown",
            N_("This LIVE has no product {product}. Choose one from the list of products."),
            product=product_id,
        )
    return (*_own_text(facts), *_offer(facts), *_sales(rollup, product_id), *_asked(rollup, product_id))


def _own_text(facts: ProductFacts) -> Iterator[Point]:
    for line in (facts.text or "").splitlines():
        if line.strip():
            yield Point(Sentence.of("{point}", point=line.strip()), Sentence.of("From the product's own text."))


def _offer(facts: ProductFacts) -> Iterator[Point]:
    if facts.price is not None:
        yield Point(
            Sentence.of("It costs {price}.", price=Amount(facts.price, "money")),
            Sentence.of("The price last listed."),
        )
    if facts.stock:
        yield Point(
            Sentence.of("Left in stock: {stock}.", stock=Amount(facts.stock)),
            Sentence.of("Stock as reported at {time}.", time=Amount(facts.stock_at, "time")),
        )


def _sales(rollup: Rollup, product_id: str) -> Iterator[Point]:
    """How many were sold, and the minute in which most were."""
    lines = rollup.lines(None)
    code = rollup.products(None).index.get_loc(product_id)
    sold = lines[(lines["product"] == code) & (lines["type"] == PAID)]
    items = int(sold["quantity"].sum())
    if not items:
        return
    orders = len(np.unique(sold["order"]))
    yield Point(
        Sentence.of("Sold in this LIVE: {items}.", items=Amount(items)),
        Sentence.of("Paid orders: {orders}.", orders=Amount(orders)),
    )
    minutes, place = np.unique(sold["ts"] // MINUTE, return_inverse=True)
    by_minute = np.bincount(place, weights=sold["quantity"])
    best = int(by_minute.argmax())
    if by_minute[best] > 1:
        yield Point(
            Sentence.of(
                "Its best minute was {time}, with {items} sold.",
                time=Amount(int(minutes[best]) * MINUTE, "time"), items=Amount(int(by_minute[best])),
            ),
            Sentence.of("Items paid for, minute by minute."),
        )  # fmt: skip


def _asked(rollup: Rollup, product_id: str) -> Iterator[Point]:
    """The question put most often about the product: in comments that name it, or written while it was pinned."""
    pins = [m for m in markers(rollup) if m.kind == "pin" and m.product_id == product_id]

    def concerns(comment: Comment) -> bool:
        if comment.product_id is not None:
            return comment.product_id == product_id
        return any(pin.start <= comment.ts and (pin.end is None or comment.ts < pin.end) for pin in pins)

    texts: dict[str, str] = {}
    times: Counter[str] = Counter()
    for comment in rollup.comments(None, LATEST):
        if not comment.entry and concerns(comment) and is_question(comment.text):
            alike = "".join(filter(str.isalnum, comment.text.casefold()))
            texts[alike] = comment.text
            times[alike] += 1
    if times:
        alike, count = max(reversed(times.items()), key=lambda item: item[1])
        yield Point(
            Sentence.of("Viewers ask: “{question}”", question=texts[alike]),
            Sentence.of("Times asked lately: {count}.", count=Amount(count)),
        )

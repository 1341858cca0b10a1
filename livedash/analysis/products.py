"""Answers how each product does: its facts, who pinned it, and every product metric. It recommends nothing."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from livedash.analysis.facts import live_ms
from livedash.analysis.markers import pinned
from livedash.analysis.metrics import BASE, METRICS, PRODUCT, Value
from livedash.analysis.pins import Act, last_acts
from livedash.rollup.fold import Rollup
from livedash.rollup.room import ProductFacts
from livedash.view import Window

TOLD = tuple(metric for metric in METRICS.values() if PRODUCT in metric.by)
"""Every metric that is grouped by product."""


@dataclass(frozen=True, slots=True)
class Product:
    """metrics: by registry key, every metric that is grouped by product (product_impressions, product_clicks,
    product_ctr, add_to_cart, orders, sku_orders, items_sold, direct_gmv, customers, ctor, ctor_sku, avg_price,
    refund_rate, stock_left ...); act: the latest pin or unpin of it, None where there was none."""

    product_id: str
    title: str
    sku_ids: tuple[str, ...]
    price: Decimal | None
    stock: int | None
    image: str | None
    pinned_since: int | None
    delisted: bool
    metrics: dict[str, Value]
    act: Act | None = None


class CountsOfProduct:
    """The base measures of one product, for the registry's formulas. absent: those without a value in this log (found
    once for all products: see lacking)."""

    def __init__(
        self, counts: Mapping[str, int], stock: int | None, live: int | None, absent: Collection[str]
    ) -> None:  # fmt: skip
        self._counts, self._absent = counts, absent
        self._others = {"stock": stock, "live_ms": live}

    def __getitem__(self, name: str, /) -> int | None:
        if name in self._absent:
            return None
        return self._others[name] if name in self._others else self._counts[name]


def lacking(types: Collection[str]) -> frozenset[str]:
    """The base measures that have no value in a log of these event types."""
    return frozenset(name for name, base in BASE.items() if base.lacks(types))


def products(rollup: Rollup, window: Window | None, table: pd.DataFrame | None = None) -> tuple[Product, ...]:
    """Every product of the room, the pinned ones first, then by product impressions ("views" on the platform). table:
    rollup.products(window), for who has it already."""
    facts, since, live, absent = rollup.product_facts, pinned(rollup), live_ms(rollup, window), lacking(rollup.types)
    table = rollup.products(window) if table is None else table
    table = table[table.index.isin(list(facts))]  # a room as of earlier knows fewer than it will
    acts = last_acts(rollup)
    order = ["product_impressions", "product_clicks", "gmv"]
    rows: list[dict[Any, int]] = table.to_dict("records")
    found = [
        _product(
            facts[product_id],
            since.get(product_id),
            acts.get(product_id),
            CountsOfProduct(row, facts[product_id].stock, live, absent),
        )
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
    counts = CountsOfProduct(row, facts.stock, live_ms(rollup, window), lacking(rollup.types))
    return _product(facts, pinned(rollup).get(product_id), last_acts(rollup).get(product_id), counts)


def _product(facts: ProductFacts, pinned_since: int | None, act: Act | None, counts: CountsOfProduct) -> Product:
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
        act=act,
    )

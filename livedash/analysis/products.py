"""Answers how each product does: its facts and every product metric, and what can be said of it on air."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from livedash.analysis.overview import Value
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import Sentence


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


def products(rollup: Rollup, window: Window | None) -> tuple[Product, ...]:
    """Every product of the room, the pinned ones first, then by product impressions ("views" on the platform)."""
    raise NotImplementedError


def talking_points(rollup: Rollup, product_id: str) -> tuple[Point, ...]:
    """What can be said about a product: its own text line by line, then price, stock left, units sold, best-selling minute
    and what viewers ask most. Raises Problem("product-unknown")."""
    raise NotImplementedError

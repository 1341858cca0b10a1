"""The registry: every figure of the product, declared once. All screens, exports, the JSON output and the README read
it; no other module spells a metric's key, save the declared defaults here."""
from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

from livedash.words import N_

Value = int | float | Decimal | None
Parts = tuple[Value, Value, Value]
"""A value, its numerator and its denominator (both None for what is no quotient)."""

TIME, PRODUCT, CHANNEL = "time", "product", "channel"
MONEY, SECOND, HOUR = 10_000, 1_000, 3_600_000
_FINEST = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Base:
    """One base measure: what the formulas below are made of.

    feeds: the event types it is counted from; either: one of them is enough. by: what it can be told by.
    scale: how many of it make one (money is counted in 1/10000, durations in milliseconds).
    """

    feeds: tuple[str, ...]
    by: frozenset[str]
    scale: int = 1
    either: bool = False

    def lacks(self, types: Container[str]) -> tuple[str, ...]:
        """The event types that are missed, () where there are enough of them to have a value at all."""
        absent = tuple(feed for feed in self.feeds if feed not in types)
        return () if self.either and len(absent) < len(self.feeds) else absent

    def plain(self, amount: int | float | None) -> Value:
        """The measure in whole units: money as Decimal, durations in seconds or hours, counts as they are."""
        if amount is None or self.scale == 1:
            return amount
        return Decimal(amount) / MONEY if self.scale == MONEY else amount / self.scale


def _base(*feeds: str, by: str = TIME, scale: int = 1, either: bool = False) -> Base:
    return Base(feeds, frozenset(by.split()), scale, either)


BASE: dict[str, Base] = {
    "gmv": _base("order_paid", by="time product channel", scale=MONEY),
    "refunds": _base("order_refunded", by="time product", scale=MONEY),
    "cancellations": _base("order_cancelled", scale=MONEY),
    "items": _base("order_paid", by="time product"),
    "orders": _base("order_paid", by="time product channel"),
    "priced_orders": _base("order_paid"),
    "sku_orders": _base("order_paid", by="time product"),
    "created_orders": _base("order_created"),
    "customers": _base("order_paid", by="time product"),
    "add_to_cart": _base("add_to_cart", by="time product"),
    "impressions": _base("impression", by="time channel"),
    "views": _base("view", by="time channel"),
    "shown_views": _base("view", by="time channel"),
    "viewers": _base("view", by="time channel"),
    "viewers_now": _base("viewers", "leave", either=True),
    "viewers_peak": _base("viewers", "leave", either=True),
    "viewers_mean": _base("viewers", "leave", either=True),
    "viewing_ms": _base("view", "leave", scale=SECOND),
    "long_views": _base("view", "leave"),
    "live_ms": _base(scale=HOUR),
    "product_impressions": _base("product_impression", by="time product"),
    "product_clicks": _base("product_click", by="time product channel"),
    "stock": _base("stock", "product_listed", by="product", either=True),
    "likes": _base("like"),
    "comments": _base("comment"),
    "entry_comments": _base("comment"),
    "shares": _base("share"),
    "follows": _base("follow"),
    "gifts": _base("gift"),
    "diamonds": _base("gift"),
}
"""shown_views: views of the channels that report impressions; live_ms: the part of a window in which the LIVE ran."""


class Facts(Protocol):
    """Base measures by name, of a window of a room, a product, a channel, or of each step of a window (arrays)."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Formula:
    """(over - less) / under x times, over base measures; without `under` it is a plain figure.

    Call it with the Facts of a window, a product or a channel (None: no value). What is taken off (`less`) counts as
    nothing where it has no value: a log without refunds has none to take off.
    """

    over: str
    less: tuple[str, ...] = ()
    under: str | None = None
    times: int = 1

    @property
    def required(self) -> tuple[str, ...]:
        """The base measures without which there is no value."""
        return (self.over,) if self.under is None else (self.over, self.under)

    @property
    def measures(self) -> tuple[str, ...]:
        """Every base measure it reads."""
        return (*self.required, *self.less)

    def __call__(self, facts: Facts) -> Parts:
        """Exact: sums are divided once, as integers; quotients of money are Decimals of eight decimals."""
        over = facts[self.over]
        if over is not None:
            over -= sum(facts[name] or 0 for name in self.less)
        base = BASE[self.over]
        if self.under is None:
            return base.plain(over), None, None
        under = facts[self.under]
        numerator, denominator = base.plain(over), BASE[self.under].plain(under)
        if over is None or not under:
            return None, numerator, denominator
        top, bottom = over * self.times * BASE[self.under].scale, under * base.scale
        if base.scale == MONEY != BASE[self.under].scale:
            return (Decimal(top) / bottom).quantize(_FINEST), numerator, denominator
        return top / bottom, numerator, denominator

    def course(self, facts: Facts) -> np.ndarray | None:
        """The same over arrays of equal length, one element a step: float64, NaN where there is no value."""
        over = facts[self.over]
        if over is None:
            return None
        top = np.asarray(over, dtype=np.float64) / BASE[self.over].scale
        for name in self.less:
            taken = facts[name]
            if taken is not None:
                top = top - taken / BASE[name].scale
        if self.under is None:
            return top
        under = facts[self.under]
        if under is None:
            return None
        bottom = np.asarray(under, dtype=np.float64) / BASE[self.under].scale
        return np.divide(top * self.times, bottom, out=np.full(len(top), np.nan), where=bottom != 0)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure.

    key, label, help: its name in scripts, on screen, and one sentence that defines it.
    unit: one of livedash.words.UNITS. group: "sales", "traffic", "products" or "interaction".
    formula: the formula in words, as METRICS.md states it. needs: event types it cannot do without.
    by: what it may be grouped by ("time", "product", "channel"). good: "up", "down" or "" (neither).
    gauge: read at its latest instead of counted. compute: the formula; either: one of `needs` is enough.
    """

    key: str
    label: str
    help: str
    unit: str
    group: str
    formula: str
    needs: tuple[str, ...]
    by: frozenset[str]
    good: str
    gauge: bool
    compute: Formula
    either: bool = False

    @property
    def rate(self) -> bool:
        """Whether it is a quotient (and not a plain count, amount or gauge)."""
        return self.compute.under is not None

    def lacks(self, types: Container[str]) -> tuple[str, ...]:
        """The event types that a log with these types lacks for it to have a value; () if it has all it needs."""
        missed = (feed for name in self.compute.required for feed in BASE[name].lacks(types))
        return tuple(dict.fromkeys(missed))


def _declare(group: str) -> Callable[..., Metric]:
    """A maker of the metrics of one group. What a metric needs and may be grouped by follows from its formula."""

    def metric(
        key: str, label: str, unit: str, compute: Formula, formula: str, about: str, *,
        good: str = "up", gauge: bool = False,
    ) -> Metric:  # fmt: skip
        needs = dict.fromkeys(feed for name in compute.required for feed in BASE[name].feeds)
        by = frozenset.intersection(*(BASE[name].by for name in compute.measures if name != "live_ms"))
        either = any(BASE[name].either for name in compute.required)
        return Metric(key, label, about, unit, group, formula, tuple(needs), by, good, gauge, compute, either)

    return metric


def _sum(over: str, *less: str) -> Formula:
    return Formula(over, less)


def _ratio(over: str, under: str, *less: str, times: int = 1) -> Formula:
    return Formula(over, less, under, times)


_sales, _traffic, _products, _interaction = map(_declare, ("sales", "traffic", "products", "interaction"))

METRICS: dict[str, Metric] = {metric.key: metric for metric in (
    _sales(
        "direct_gmv", N_("Direct GMV"), "money", _sum("gmv"),
        N_("sum of price × quantity of paid order lines"),
        N_("Paid orders placed from this LIVE. Cancelled and refunded orders stay in."),
    ),
    _sales(
        "net_gmv", N_("Net GMV"), "money", _sum("gmv", "refunds", "cancellations"),
        N_("direct GMV − refunded amounts − cancelled amounts"),
        N_("Direct GMV less what was refunded or cancelled. It keeps moving after the LIVE."),
    ),
    _sales(
        "gmv_per_hour", N_("GMV per hour"), "money_per_hour", _ratio("gmv", "live_ms"),
        N_("direct GMV / hours live"),
        N_("Direct GMV for each hour the LIVE has run."),
    ),
    _sales(
        "items_sold", N_("Items sold"), "count", _sum("items"),
        N_("sum of quantity of paid order lines"),
        N_("Pieces paid for: three of A and two of B are five."),
    ),
    _sales(
        "sku_orders", N_("SKU orders"), "count", _sum("sku_orders"),
        N_("distinct pairs of paid order and SKU"),
        N_("Paid orders counted once for each SKU in them: three of A and two of B in one order are two."),
    ),
    _sales(
        "orders", N_("Orders"), "count", _sum("orders"),
        N_("distinct paid orders"),
        N_("Paid orders, each counted once however many SKUs it holds."),
    ),
    _sales(
        "created_orders", N_("Orders created"), "count", _sum("created_orders"),
        N_("distinct orders created"),
        N_("Orders created from this LIVE, paid or not."),
    ),
    _sales(
        "payment_rate", N_("Payment rate"), "ratio", _ratio("orders", "created_orders"),
        N_("orders paid / orders created"),
        N_("How many of the orders created were paid."),
    ),
    _sales(
        "customers", N_("Customers"), "count", _sum("customers"),
        N_("distinct users who paid"),
        N_("People who paid for at least one order."),
    ),
    _sales(
        "aov", N_("AOV"), "money", _ratio("gmv", "priced_orders"),
        N_("direct GMV / orders, without zero-priced orders"),
        N_("Average order value. Zero-priced giveaway orders are left out."),
    ),
    _sales(
        "avg_price", N_("Average price"), "money", _ratio("gmv", "items"),
        N_("direct GMV / items sold"),
        N_("What one item sold for on average, after discounts."), good="",
    ),
    _sales(
        "refund_rate", N_("Refund rate"), "ratio", _ratio("refunds", "gmv"),
        N_("refunded amount / direct GMV"),
        N_("The part of Direct GMV that was paid back."), good="down",
    ),
    _sales(
        "add_to_cart", N_("Added to cart"), "count", _sum("add_to_cart"),
        N_("number of times a product was added to a cart"),
        N_("Times a product was put into a shopping cart."),
    ),
    _traffic(
        "impressions", N_("Impressions"), "count", _sum("impressions"),
        N_("times the LIVE was shown"),
        N_("Times the LIVE was shown to somebody, entered or not."),
    ),
    _traffic(
        "views", N_("Views"), "count", _sum("views"),
        N_("entries into the room"),
        N_("Entries into the room; somebody who comes back counts again."),
    ),
    _traffic(
        "viewers", N_("Viewers"), "count", _sum("viewers"),
        N_("distinct users who entered"),
        N_("People who entered the room, each counted once."),
    ),
    _traffic(
        "current_viewers", N_("Current viewers"), "count", _sum("viewers_now"),
        N_("latest viewer sample of the platform, else entries − leaves"),
        N_("People in the room now: the platform's own sample where there is one, else entries less leaves."),
        gauge=True,
    ),
    _traffic(
        "peak_viewers", N_("Peak viewers (PCU)"), "count", _sum("viewers_peak"),
        N_("highest current viewers in the window"),
        N_("The most people who were in the room at once."), gauge=True,
    ),
    _traffic(
        "avg_viewers", N_("Average viewers (ACU)"), "count", _sum("viewers_mean"),
        N_("time-weighted mean of current viewers"),
        N_("How many people were in the room on average, each moment weighing alike."), gauge=True,
    ),
    _traffic(
        "tap_through_rate", N_("Tap-through rate"), "ratio", _ratio("shown_views", "impressions"),
        N_("views of channels that report impressions / impressions"),
        N_("How often an impression became a view. A view by a shared link or a profile comes from no impression: "
           "it is left out where impressions name their channel."),
    ),
    _traffic(
        "avg_viewing_per_view", N_("Avg. viewing duration per view"), "seconds", _ratio("viewing_ms", "views"),
        N_("total viewing time / views"),
        N_("How long a view lasted on average, from entering to leaving."),
    ),
    _traffic(
        "avg_viewing_per_viewer", N_("Avg. viewing duration"), "seconds", _ratio("viewing_ms", "viewers"),
        N_("total viewing time / viewers"),
        N_("How long a viewer watched on average, all visits together."),
    ),
    _traffic(
        "long_views", N_("Views over 1 min"), "count", _sum("long_views"),
        N_("views lasting more than 60 s"),
        N_("Views that lasted more than a minute."),
    ),
    _traffic(
        "impressions_per_hour", N_("Impressions per hour"), "per_hour", _ratio("impressions", "live_ms"),
        N_("impressions / hours live"),
        N_("Impressions for each hour the LIVE has run."),
    ),
    _products(
        "product_impressions", N_("Product impressions"), "count", _sum("product_impressions"),
        N_("product list and card impressions"),
        N_("Times a product was shown in the list or on a card."),
    ),
    _products(
        "product_clicks", N_("Product clicks"), "count", _sum("product_clicks"),
        N_("product list and card clicks"),
        N_("Times a product was opened from the list or a card."),
    ),
    _products(
        "live_ctr", N_("LIVE CTR"), "ratio", _ratio("product_clicks", "views"),
        N_("product clicks / views"),
        N_("How many product clicks a view brought."),
    ),
    _products(
        "product_ctr", N_("Product CTR"), "ratio", _ratio("product_clicks", "product_impressions"),
        N_("product clicks / product impressions"),
        N_("How often a product that was shown was clicked."),
    ),
    _products(
        "ctor", N_("CTOR"), "ratio", _ratio("orders", "product_clicks"),
        N_("orders / product clicks"),
        N_("Click-to-order rate: how often a product click became an order."),
    ),
    _products(
        "ctor_sku", N_("CTOR (SKU orders)"), "ratio", _ratio("sku_orders", "product_clicks"),
        N_("SKU orders / product clicks"),
        N_("Click-to-order rate, counted in SKU orders."),
    ),
    _products(
        "order_rate_sku", N_("Order rate (SKU orders)"), "ratio", _ratio("sku_orders", "views"),
        N_("SKU orders / views"),
        N_("How many SKU orders a view brought."),
    ),
    _products(
        "show_gpm", N_("Show GPM"), "money", _ratio("gmv", "impressions", times=1000),
        N_("direct GMV / impressions × 1000"),
        N_("Direct GMV for a thousand impressions."),
    ),
    _products(
        "watch_gpm", N_("Watch GPM"), "money", _ratio("gmv", "views", times=1000),
        N_("direct GMV / views × 1000"),
        N_("Direct GMV for a thousand views."),
    ),
    _products(
        "stock_left", N_("Stock left"), "count", _sum("stock"),
        N_("last known stock of the product"),
        N_("Pieces left, as last reported for the product."), good="", gauge=True,
    ),
    _interaction(
        "likes", N_("Likes"), "count", _sum("likes"),
        N_("sum of the counts of likes"),
        N_("Likes given; they come in batches, and every one of a batch counts."),
    ),
    _interaction(
        "comments", N_("Comments"), "count", _sum("comments"),
        N_("number of comments"),
        N_("Comments written."),
    ),
    _interaction(
        "shares", N_("Shares"), "count", _sum("shares"),
        N_("number of shares"),
        N_("Times the LIVE was shared."),
    ),
    _interaction(
        "new_followers", N_("New followers"), "count", _sum("follows"),
        N_("number of follows"),
        N_("Follows during the LIVE."),
    ),
    _interaction(
        "comment_rate", N_("Comment rate"), "ratio", _ratio("comments", "views", "entry_comments"),
        N_("comments, without giveaway entries / views"),
        N_("How many comments a view brought. Comments that only enter a giveaway are left out."),
    ),
    _interaction(
        "share_rate", N_("Share rate"), "ratio", _ratio("shares", "views"),
        N_("shares / views"),
        N_("How many shares a view brought."),
    ),
    _interaction(
        "follow_rate", N_("Follow rate"), "ratio", _ratio("follows", "views"),
        N_("new followers / views"),
        N_("How many new followers a view brought."),
    ),
    _interaction(
        "like_rate", N_("Like rate"), "ratio", _ratio("likes", "viewers"),
        N_("likes / viewers"),
        N_("Likes for each viewer; more than 100 % is ordinary."),
    ),
    _interaction(
        "gifts", N_("Gifts"), "count", _sum("gifts"),
        N_("sum of gift streaks, each by its last count"),
        N_("Gifts sent. A streak counts once, by its last count."),
    ),
    _interaction(
        "diamonds", N_("Diamonds"), "count", _sum("diamonds"),
        N_("gifts × diamonds each"),
        N_("What the gifts are worth in diamonds."),
    ),
)}
"""Every metric by its key, in the order in which a list of them is shown."""

PLAIN: dict[str, Formula] = {"tap_through_rate": _ratio("views", "impressions")}
"""Formulas whose outcome is shown beside that of a metric, for those who expect the plain quotient."""

GROUPS: dict[str, str] = {
    "sales": N_("Sales"),
    "traffic": N_("Traffic and viewing"),
    "products": N_("Products and conversion"),
    "interaction": N_("Interaction"),
}
"""Group to its label, in the order shown."""

HEADLINE = "direct_gmv"
DEFAULT_TILES: tuple[str, ...] = (
    "current_viewers", "viewers", "views", "live_ctr", "avg_viewing_per_viewer",
    "orders", "ctor", "items_sold", "watch_gpm", "new_followers",
)
MOST_TILES = 16
DEFAULT_ROOM_FIGURES: tuple[str, ...] = ("direct_gmv", "views", "orders")
"""What the list of rooms shows of each."""
DEFAULT_TREND: tuple[str, ...] = ("direct_gmv", "current_viewers")
DEFAULT_STRIP: tuple[str, ...] = (
    "direct_gmv", "current_viewers", "views", "product_clicks", "orders", "comments",
)
"""What stands in the metric strip of the Trend analysis tab."""
DEFAULT_PRODUCT_COLUMNS: tuple[str, ...] = (
    "product_impressions", "product_clicks", "product_ctr", "orders", "ctor", "items_sold", "direct_gmv",
)
GIVEAWAY_OF_PRODUCT: tuple[str, ...] = ("product_clicks", "orders", "items_sold", "direct_gmv")
GIVEAWAY_OF_ROOM: tuple[str, ...] = (*GIVEAWAY_OF_PRODUCT, "viewers", "new_followers", "comment_rate")
"""What is told of a giveaway: what it did to each product, and to the LIVE. Of comments their rate, which leaves out
those that only enter the giveaway."""
GIVEAWAY_JUDGED: tuple[str, ...] = ("product_clicks", "orders")
"""By what giveaways are held against each other, the weightiest first: what they did to their own product."""
DEFAULT_PRODUCT_LINE = "product_clicks"
"""What the trend of one product shows at first."""
STOCK_LEFT, UNIT_PRICE = "stock_left", "avg_price"
"""What the history of a product's stock and price is told in the units of."""
PRODUCT_FUNNEL: tuple[str, ...] = ("product_impressions", "product_clicks", "add_to_cart", "orders")
"""The stages of a product's funnel, as metric keys."""
AROUND_VIOLATION: tuple[str, ...] = ("avg_viewers", "product_clicks", "orders", "direct_gmv")
"""What is compared before and after a violation."""
OF_OTHER_CURRENCIES = tuple(METRICS[key] for key in ("orders", "items_sold", "direct_gmv"))
"""What is told of paid lines that are not in the room's currency."""
FUNNEL: tuple[str, ...] = ("impressions", "views", "product_clicks", "orders")
"""The stages of the funnel, as metric keys."""

THINGS: dict[str, str] = {
    "direct_gmv": N_("direct GMV"),
    "net_gmv": N_("net GMV"),
    "items_sold": N_("items sold"),
    "sku_orders": N_("SKU orders"),
    "orders": N_("orders"),
    "created_orders": N_("orders created"),
    "customers": N_("customers"),
    "add_to_cart": N_("adds to cart"),
    "impressions": N_("impressions"),
    "views": N_("views"),
    "viewers": N_("viewers"),
    "current_viewers": N_("current viewers"),
    "long_views": N_("views over 1 min"),
    "product_impressions": N_("product impressions"),
    "product_clicks": N_("clicks"),
    "likes": N_("likes"),
    "comments": N_("comments"),
    "shares": N_("shares"),
    "new_followers": N_("new followers"),
    "gifts": N_("gifts"),
    "diamonds": N_("diamonds"),
}
"""What there can be more or fewer of, as it is called within a sentence; other metrics are higher or lower."""

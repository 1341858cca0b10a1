"""Answers what is known of one product: its funnel, its course with what happened to it, what its minutes on screen
brought, what viewers say about it, and how its price and stock went. It judges no cause."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from livedash.analysis.comments import About
from livedash.analysis.comments import about as remarks_about
from livedash.analysis.facts import StepFacts, apart, gaps, ran
from livedash.analysis.funnel import Stage
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import BASE, METRICS, MONEY, PRODUCT, PRODUCT_FUNNEL, TIME
from livedash.analysis.product_table import DISTINCT, RunOut, run_outs
from livedash.analysis.products import Product, product
from livedash.analysis.trend import STEPS, Trend, course
from livedash.rollup.fold import Rollup
from livedash.rollup.groups import PAID, PRODUCT_KINDS, REFUNDED
from livedash.rollup.room import Stocks, decimal
from livedash.view import NO_TIME, Window

MINUTE = 60_000
POINTS = 240
"""Steps of a course, at most; none is shorter than a minute."""
CHARTED = tuple(key for key, metric in METRICS.items() if PRODUCT in metric.by and TIME in metric.by)
"""The metrics that a product's course can show."""
ABOUT_ALL = ("pause", "gap")
"""Kinds of markers that concern every product."""
NOBODY = -2
LEAST_MS = MINUTE
"""Below so much time, pinned or not, a rate by the minute tells nothing."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands above everything else. text: the seller's own words; listed_at: epoch ms; pinnable: whether the LIVE
    runs."""

    product: Product
    run_out: RunOut | None
    text: str | None
    listed_at: int | None
    pinnable: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What a product did in some minutes of the LIVE (recorded and not paused): clicks, orders, gmv; None for what the
    log does not record."""

    minutes: float
    clicks: int | None
    orders: int | None
    gmv: Decimal | None

    def a_minute(self) -> tuple[float | None, float | None, Decimal | None]:
        """clicks, orders and gmv a minute, None where there is too little time to tell."""
        if self.minutes * MINUTE < LEAST_MS:
            return None, None, None
        rates = [None if count is None else count / self.minutes for count in (self.clicks, self.orders)]
        return rates[0], rates[1], None if self.gmv is None else self.gmv / Decimal(self.minutes)


@dataclass(frozen=True, slots=True)
class Pin:
    """One time on screen within the window; marker_id: its line."""

    marker_id: str
    start: int
    end: int
    open: bool
    side: Side


@dataclass(frozen=True, slots=True)
class OnScreen:
    """pinned, unpinned: the product with and without its pins, over the minutes in which it could be bought; pins: in
    order of time."""

    pinned: Side
    unpinned: Side
    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class History:
    """How price and stock went over the LIVE, each as (epoch ms, value), in order of time and only where they changed;
    until: up to when the last ones hold."""

    prices: tuple[tuple[int, Decimal], ...]
    stock: tuple[tuple[int, int], ...]
    until: int


def known(rollup: Rollup, window: Window | None, product_id: str) -> Known | None:
    """The product with its figures of the window; None where the room has none of that id."""
    found = product(rollup, window, product_id)
    if found is None:
        return None
    facts = rollup.product_facts[product_id]
    run_out = run_outs(rollup).get(product_id)
    return Known(found, run_out, facts.text, facts.listed_at, rollup.room.state != "ended")


def steps(rollup: Rollup, window: Window | None, product_id: str) -> tuple[Stage, ...]:
    """Impressions, clicks, added to cart and orders of the product, each with its rate from the nearest stage before
    that the log records. Who buys at once adds nothing to a cart: a rate may be over 1."""
    found = product(rollup, window, product_id)
    counts = [found.metrics[key] if found else None for key in PRODUCT_FUNNEL]
    stages: list[Stage] = []
    before: int | None = None
    for key, value in zip(PRODUCT_FUNNEL, counts, strict=True):
        count = None if value is None else int(value)
        stages.append(Stage(key, count, count / before if count is not None and before else None))
        before = before if count is None else count
    return tuple(stages)


def product_course(rollup: Rollup, window: Window | None, product_id: str, key: str) -> Trend:
    """One metric of CHARTED for the product, in steps of a minute or more that begin on whole ones, with the markers
    that concern it."""
    window = window or rollup.span or NO_TIME
    step = step_of(window)
    whole = Window(window.start - window.start % step, window.end)
    of_product = StepsOfProduct(rollup, whole, step, product_id)
    found = tuple(marker for marker in markers(rollup, of_product.window) if concerns(marker, product_id))
    return Trend(of_product.window, step, {key: course(METRICS[key], of_product)}, found)


def step_of(window: Window) -> int:
    """The shortest step of whole minutes that tells the window in at most POINTS."""
    fitting = (step for step in STEPS if step >= MINUTE and step * POINTS >= window.end - window.start)
    return next(fitting, STEPS[-1])


def concerns(marker: Marker, product_id: str) -> bool:
    """Whether a marker is about the product: it names it, or is a promotion of everything, or stops everything."""
    for_all = marker.product_id is None and marker.kind == "promotion"
    return marker.product_id == product_id or for_all or marker.kind in ABOUT_ALL


class StepsOfProduct(StepFacts):
    """The base measures of one product for every step of a window."""

    def __init__(self, rollup: Rollup, window: Window, step_ms: int, product_id: str) -> None:
        super().__init__(rollup, window, step_ms)
        self._code = code_of(rollup, product_id)

    def __getitem__(self, name: str, /) -> np.ndarray | None:
        return super().__getitem__(name) if name == "live_ms" or PRODUCT in BASE[name].by else None

    def _read(self, name: str) -> np.ndarray | None:
        if name == "live_ms":
            return super()._read(name)
        if name in PRODUCT_KINDS:
            return self._counted(self._events["ts"][self._events["type"] == PRODUCT_KINDS[name]])
        lines = self._lines
        lines = lines[lines["type"] == (REFUNDED if name == "refunds" else PAID)]
        if name in DISTINCT:
            lines = lines[lines[DISTINCT[name]] >= 0]
            place = np.searchsorted(self.edges, lines["ts"], side="right") - 1
            pairs = np.unique(np.stack([place, lines[DISTINCT[name]].astype(np.int64)]), axis=1)
            return np.bincount(pairs[0], minlength=len(self)).astype(np.float64)
        weights = lines["quantity"] if name == "items" else np.maximum(lines["amount"], 0)
        return self._counted(lines["ts"], weights)

    def _counted(self, ts: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        place = np.searchsorted(self.edges, ts, side="right") - 1
        return np.bincount(place, weights, minlength=len(self)).astype(np.float64)

    @cached_property
    def _events(self) -> np.ndarray:
        return events_of(self.rollup, self.window, self._code)

    @cached_property
    def _lines(self) -> np.ndarray:
        lines = self.rollup.lines(self.window)
        return lines[lines["product"] == self._code]


def code_of(rollup: Rollup, product_id: str) -> int:
    """The code of a product in the rows of the rollup, NOBODY where there is none of that id."""
    [*codes] = np.flatnonzero(rollup.products(None).index == product_id).tolist()
    return codes[0] if codes else NOBODY


def events_of(rollup: Rollup, window: Window, code: int) -> np.ndarray:
    """The rows of the window that name the product. (Of a window that holds everything the rows are read where they
    lie, and not copied first.)"""
    first, last = rollup.first_ts, rollup.last_ts
    everything = first is not None and last is not None and window.start <= first and last < window.end
    rows = rollup.events(None if everything else window)
    return rows[rows["product"] == code]


def pins_of(rollup: Rollup, product_id: str) -> tuple[Marker, ...]:
    """The times at which the product was pinned, in order; the last may still run."""
    return tuple(one for one in markers(rollup) if one.kind == "pin" and one.product_id == product_id)


def on_screen(rollup: Rollup, window: Window | None, product_id: str) -> OnScreen:
    """What the product did while it was pinned, and while it was not although it could have been bought: the minutes
    of the window from its listing on (from the start, where none is known), recorded and not paused."""
    live = ran(rollup, window) or Window(0, 0)
    facts = rollup.product_facts.get(product_id)
    listed = facts.listed_at if facts and facts.listed_at else live.start
    on_air = _without([live], [*gaps(rollup), *_pauses(rollup, live.end)])
    pins = pins_of(rollup, product_id)
    shown = apart(_window_of(pin, live.end) for pin in pins)
    sold = _Sold(rollup, live, product_id)
    parts = [
        Pin(pin.id, cut.start, cut.end, pin.open, sold.within(_both([cut], on_air)))
        for pin in pins
        for cut in _both([_window_of(pin, live.end)], [live])
    ]
    buyable = _both(on_air, [Window(listed, max(listed, live.end))])
    return OnScreen(
        pinned=sold.within(_both(on_air, shown)), unpinned=sold.within(_without(buyable, shown)), pins=tuple(parts)
    )


class _Sold:
    """Clicks and sales of one product, to be counted within any stretches of a window."""

    def __init__(self, rollup: Rollup, window: Window, product_id: str) -> None:
        self._types = rollup.types
        code = code_of(rollup, product_id)
        events = events_of(rollup, window, code)
        self._clicks = events["ts"][events["type"] == PRODUCT_KINDS["product_clicks"]]
        lines = rollup.lines(window)
        self._lines = lines[(lines["product"] == code) & (lines["type"] == PAID)]

    def within(self, stretches: list[Window]) -> Side:
        bounds = np.array([edge for one in apart(stretches) for edge in (one.start, one.end)], np.int64)
        lines = self._lines[_inside(bounds, self._lines["ts"])]
        clicks = int(_inside(bounds, self._clicks).sum())
        gmv = Decimal(int(np.maximum(lines["amount"], 0).sum())) / MONEY
        sells = "order_paid" in self._types
        return Side(
            minutes=sum(one.end - one.start for one in stretches) / MINUTE,
            clicks=clicks if "product_click" in self._types else None,
            orders=len(np.unique(lines["order"])) if sells else None,
            gmv=gmv if sells else None,
        )


def _inside(bounds: np.ndarray, ts: np.ndarray) -> np.ndarray:
    """Whether each time lies in one of the stretches whose starts and ends these bounds are, in turn."""
    return np.searchsorted(bounds, ts, side="right") % 2 == 1


def _window_of(marker: Marker, end: int) -> Window:
    return Window(marker.start, max(marker.start, marker.end if marker.end is not None else end))


def _pauses(rollup: Rollup, end: int) -> list[Window]:
    return [_window_of(marker, end) for marker in markers(rollup) if marker.kind == "pause"]


def _both(some: Iterable[Window], others: Iterable[Window]) -> list[Window]:
    """Where both have a stretch. Neither overlaps itself."""
    others = list(others)
    cuts = [Window(max(a.start, b.start), min(a.end, b.end)) for a in some for b in others]
    return sorted((cut for cut in cuts if cut.start < cut.end), key=lambda cut: cut.start)


def _without(some: list[Window], holes: Iterable[Window]) -> list[Window]:
    """What is left of the stretches beside the holes."""
    left = some
    for hole in holes:
        if hole.start < hole.end:
            sides = [(Window(a.start, min(a.end, hole.start)), Window(max(a.start, hole.end), a.end)) for a in left]
            left = [part for two in sides for part in two if part.start < part.end]
    return left


def said_about(
    rollup: Rollup, window: Window | None, product_id: str, only_questions: bool = False, limit: int = 100
) -> About:
    """What viewers say about the product: see comments.about."""
    end = (rollup.last_ts or 0) + 1
    pins = tuple(_window_of(pin, end) for pin in pins_of(rollup, product_id))
    return remarks_about(rollup, window, product_id, pins, only_questions, limit)


def history(rollup: Rollup, window: Window | None, product_id: str) -> History:
    """How price and stock went, from the first line about them to now or the end of the LIVE, whatever the window."""
    prices: list[tuple[int, Decimal]] = []
    stock: list[tuple[int, int]] = []
    stocks = Stocks()
    for line in rollup.records("product_listed", "price_changed", "stock"):
        if line.get("product_id") != product_id:
            continue
        kind, at = line["type"], line["ts"]
        price = None if kind == "stock" else decimal(line.get("price"))
        if price is not None and (not prices or prices[-1][1] != price):
            prices.append((at, price))
        left = stocks.total() if stocks.learn(line) else None
        if left is not None and (not stock or stock[-1][1] != left):
            stock.append((at, left))
    until = rollup.room.ended_at or (rollup.last_ts or 0) + 1
    return History(tuple(prices), tuple(stock), until)

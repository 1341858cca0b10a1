"""Answers the table of all products: which of them a filter lets through, how long their stock lasts, and totals that
are counted afresh. It never adds up distinct figures, and takes no ratio of ratios."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from livedash.analysis.facts import live_ms, ran
from livedash.analysis.metrics import Value
from livedash.analysis.products import TOLD, CountsOfProduct, Product, lacking, products
from livedash.analysis.stock import left
from livedash.rollup.fold import Rollup
from livedash.rollup.groups import PAID, PRODUCT_MEASURES
from livedash.rollup.room import ProductFacts
from livedash.view import Window

MINUTE = 60_000
PACE_MS = 10 * MINUTE
"""The present pace is what was sold in the last ten minutes."""
LEAST_PACE_MS = MINUTE
"""A LIVE younger than this has no pace yet."""
LOW_STOCK, LOW_LASTS_S = 10, 1800
"""Stock is low at so many pieces or fewer, or where it lasts no longer than this at the present pace."""
LASTS, IDLE, OUT = "lasts", "idle", "out"
PINNED, SOLD, LOW, UNCLICKED = "pinned", "sold", "low", "unclicked"
FILTERS = (PINNED, SOLD, LOW, UNCLICKED)
MOST_LETTERS = 100
DISTINCT = {"orders": "order", "customers": "user", "sku_orders": "pair"}
"""Base measures that are counted as distinct members of this column of paid lines."""


@dataclass(frozen=True, slots=True)
class RunOut:
    """state: "lasts" (with the seconds until nothing is left at the present pace), "idle" (nothing was sold in the
    last ten minutes), "out" (nothing is left)."""

    state: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A product of the table; run_out: None where the stock is not known, the product delisted or the LIVE over;
    passes: the filters that let it through."""

    product: Product
    run_out: RunOut | None
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductTable:
    """lines: those that are let through, in their usual order (the pinned first, then by product impressions); counts:
    how many of all the products each filter lets through; all: how many products there are; totals: every product
    metric over the lines together, by key; pinnable: whether the LIVE runs; unnamed: paid orders that name no product,
    and so are in no line."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]
    all: int
    totals: dict[str, Value]
    pinnable: bool
    unnamed: int = 0

    @property
    def filtered(self) -> bool:
        """Whether some products are left out, so that the totals are of those that are shown."""
        return len(self.lines) < self.all


def table(rollup: Rollup, window: Window | None, filters: tuple[str, ...] = (), text: str = "") -> ProductTable:
    """The products of the window (None: the whole LIVE) that every one of the filters lets through, and that have all
    the words of the text in their title, their id or a SKU, in any case."""
    remaining, counts = left(rollup), rollup.products(window)
    lasting = run_outs(rollup, remaining)
    lines = [
        _line(product, remaining.get(product.product_id), lasting.get(product.product_id))
        for product in products(rollup, window, counts)
    ]
    wanted = text[:MOST_LETTERS].casefold().split()
    shown = tuple(
        line
        for line in lines
        if set(filters) <= set(line.passes) and all(word in _letters(line.product) for word in wanted)
    )
    return ProductTable(
        lines=shown,
        counts=tuple((name, sum(name in line.passes for line in lines)) for name in FILTERS),
        all=len(lines),
        totals=totals(rollup, window, frozenset(line.product.product_id for line in shown), counts),
        pinnable=rollup.room.state != "ended",
        unnamed=_unnamed(rollup, window),
    )


def _unnamed(rollup: Rollup, window: Window | None) -> int:
    lines = rollup.lines(window)
    paid = lines[lines["type"] == PAID]
    return len(np.setdiff1d(paid["order"], paid["order"][paid["product"] >= 0]))


def _line(product: Product, remaining: int | None, run_out: RunOut | None) -> Line:
    sold, clicks = (product.metrics[key] for key in ("orders", "product_clicks"))
    passes = {
        PINNED: product.pinned_since is not None,
        SOLD: bool(sold),
        LOW: is_low(product, remaining, run_out),
        UNCLICKED: clicks == 0 and not product.delisted,
    }
    return Line(product, run_out, tuple(name for name in FILTERS if passes[name]))


def _letters(product: Product) -> str:
    return " ".join((product.title, *product.sku_ids, product.product_id)).casefold()


def is_low(product: Product, remaining: int | None, run_out: RunOut | None) -> bool:
    """Whether little is left of a product that is on offer, or nothing. remaining: pieces left (stock.left)."""
    if remaining is None or product.delisted:
        return False
    soon = run_out is not None and run_out.seconds is not None and run_out.seconds <= LOW_LASTS_S
    return remaining <= LOW_STOCK or soon


def run_outs(rollup: Rollup, remaining: Mapping[str, int] | None = None) -> dict[str, RunOut]:
    """By product, how long what is left of it lasts if it goes on selling as in the last ten minutes of the log.
    Nothing for a LIVE that is over or has run for less than a minute. remaining: stock.left(rollup), for who has it
    already."""
    live = ran(rollup, None)
    if live is None or rollup.room.state == "ended":
        return {}
    since = max(live.end - PACE_MS, live.start)
    if live.end - since < LEAST_PACE_MS:
        return {}
    lines = rollup.lines(Window(since, live.end))
    paid = lines[(lines["type"] == PAID) & (lines["product"] >= 0)]
    index = rollup.products(None).index
    sold = np.bincount(paid["product"], weights=paid["quantity"], minlength=len(index))
    pace = dict(zip(index, (sold / (live.end - since) * 1000).tolist(), strict=False))
    facts = rollup.product_facts
    remaining = left(rollup) if remaining is None else remaining
    return {
        product_id: _run_out(pieces, pace.get(product_id, 0))
        for product_id, pieces in remaining.items()
        if not facts[product_id].delisted
    }


def _run_out(pieces: int, pace: float) -> RunOut:
    """pieces: what is left; pace: pieces sold a second."""
    if pieces <= 0:
        return RunOut(OUT)
    return RunOut(LASTS, pieces / pace) if pace > 0 else RunOut(IDLE)


def totals(
    rollup: Rollup, window: Window | None, product_ids: frozenset[str], counts: pd.DataFrame | None = None
) -> dict[str, Value]:
    """Every product metric over these products together, by key: counts and amounts are added up; orders, SKU orders
    and customers are counted afresh over all their lines; ratios are sum over sum; stock is what is left of all of
    which it is known. counts: rollup.products(window), for who has it already."""
    counts = rollup.products(window) if counts is None else counts
    chosen = counts.index.isin(list(product_ids))
    sums: dict[str, int] = {name: int(counts[name].to_numpy()[chosen].sum()) for name in PRODUCT_MEASURES}
    lines = rollup.lines(window)
    sold = lines[(lines["type"] == PAID) & (lines["product"] >= 0)]
    sold = sold[chosen[sold["product"]]]
    for name, column in DISTINCT.items():
        members = sold[column]
        sums[name] = len(np.unique(members[members >= 0]))
    facts: Mapping[str, ProductFacts] = rollup.product_facts
    stocks = [facts[one].stock for one in product_ids if one in facts]
    known = [stock for stock in stocks if stock is not None]
    of_all = CountsOfProduct(sums, sum(known) if known else None, live_ms(rollup, window), lacking(rollup.types))
    return {metric.key: metric.compute(of_all)[0] for metric in TOLD}

"""The table of all products: facts, every product metric, filters with their counts, and totals that are of what is
shown. Rows are merged into the grid that stands, so that sort, scroll and focus stay; it computes nothing."""
from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, dcc, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts import pinning
from layouts.parts.chooser import Choice, Group, chooser, chooser_button, chosen, metric_groups
from layouts.parts.grids import HEADER_HEIGHT, Column, figure_column, figures, grid, number_column, written
from layouts.parts.products import (
    DEFAULT_SORT,
    KNOWN,
    actions_column,
    bare_row,
    pinned_facts,
    product_column,
)
from layouts.parts.states import card, nothing_yet
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS, METRICS, STOCK_LEFT
from livedash.analysis.product_table import (
    FILTERS,
    IDLE,
    LASTS,
    LOW,
    OUT,
    PINNED,
    SOLD,
    UNCLICKED,
    Line,
    ProductTable,
    RunOut,
)
from livedash.analysis.products import TOLD
from livedash.locale import NO_VALUE, Words
from livedash.view import View
from livedash.words import N_

ROOT = "products-table"
SEARCH = f"{ROOT}-search"
CHIPS = f"{ROOT}-chips"
GRID = f"{ROOT}-grid"
BOX = f"{ROOT}-box"
ROWS = f"{ROOT}-rows"
TOTALS = f"{ROOT}-totals"
EMPTY = f"{ROOT}-empty"
COUNT = f"{ROOT}-count"
CSV = f"{ROOT}-csv"
XLSX = f"{ROOT}-xlsx"
FILE = f"{ROOT}-file"

SKU, PRICE, RUN_OUT, SINCE = "sku", "price", "run_out", "pinned_since"
FACTS = {
    SKU: (N_("SKU"), N_("The product's SKUs as the log has them")),
    PRICE: (N_("Price"), N_("The price last listed")),
    RUN_OUT: (
        N_("Runs out in"),
        N_("How long the stock lasts if the product goes on selling as in the last ten minutes of the LIVE"),
    ),
    SINCE: (N_("Pinned since"), N_("Since when the product is pinned now")),
}
"""Columns that are no metrics: label and help."""
KNOWN_COLUMNS = frozenset((*FACTS, *KNOWN))
FIRST = (SKU, PRICE, STOCK_LEFT, RUN_OUT, *DEFAULT_PRODUCT_COLUMNS, SINCE)
DEFAULT_COLUMNS = (
    *FIRST,
    *(metric.key for metric in TOLD if metric.key not in FIRST and not metric.unit.endswith("per_hour")),
)
"""Everything there is, what is looked at most first; but what is told by the hour, which changes every second of every
product, stands there only for who asks for it."""
FILTER_NAMES = {
    PINNED: N_("Pinned"),
    SOLD: N_("Sold in this stretch"),
    LOW: N_("Low stock"),
    UNCLICKED: N_("No clicks"),
}
OF_TOTALS = N_(
    "Totals count every order and customer once, however many products are in it; ratios are the sum of their upper "
    "parts over the sum of their lower parts."
)
ROW_HEIGHT, TOTALS_HEIGHT = 48, 40
MOST_ROWS = 12
"""Rows seen at once; beyond, the grid scrolls."""
PRODUCT_WIDTH, ACTIONS_WIDTH = 228, 140
SCROLLBAR = 16
TOTALS_TAKE = 8
"""Pixels that totals need beyond what a product's figure takes."""
TOTAL_ID = " "
"""No product's id: the row of totals has none of its own."""

OUTPUTS: dict[str, Output] = {
    "rows": Output(ROWS, "data"),
    "totals": Output(TOTALS, "data"),
    "height": Output(GRID, "style"),
    "none": Drawn(BOX, "hidden"),
    "empty": Drawn(EMPTY, "children"),
    "count": Drawn(COUNT, "children"),
    "chips": Output(CHIPS, "options"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the table shows: its columns by key, and the products."""

    keys: tuple[str, ...]
    table: ProductTable


def layout(words: Words) -> Component:
    """The card, with a grid that waits for its rows."""
    search = dbc.Input(
        id=SEARCH, type="search", placeholder=words("Search name or SKU"), maxlength=100, debounce=0.3
    )  # fmt: skip
    table = grid(
        GRID, columns(None, words), words, row_height=ROW_HEIGHT, postSortRows={"function": "pinnedFirst(params)"}
    )
    table.style = _height(4)
    download = {"type": "button", "className": "btn btn-quiet"}
    facts = Group(words("Facts"), tuple(Choice(key, words(name), words(about)) for key, (name, about) in FACTS.items()))
    return card(
        words("Products"),
        id=ROOT,
        note=html.Span(id=COUNT, role="status"),
        className="product-table",
        actions=[
            html.Label([html.Span(words("Search name or SKU"), className="visually-hidden"), search]),
            chooser_button(ROOT, words("Customize")),
            html.Button(words("CSV"), id=CSV, title=words("Download as CSV"), **download),
            html.Button(words("XLSX"), id=XLSX, title=words("Download as XLSX (Excel)"), **download),
        ],
        children=[
            html.Div(
                dbc.Checklist(id=CHIPS, options=_chips({}, words), value=[], inline=True, class_name="filter-chips"),
                role="group",
                **{"aria-label": words("Show only")},
            ),
            html.Div(id=EMPTY),
            html.Div([table, html.P(words(OF_TOTALS), className="small muted product-totals-note")], id=BOX),
            chooser(
                ROOT, words("Choose the columns of the products"), (facts, *metric_groups(words, "product")),
                DEFAULT_COLUMNS, most=len(KNOWN_COLUMNS), words=words,
            ),
            *(dcc.Store(id=store) for store in (ROWS, TOTALS, FILE)),
        ],
    )  # fmt: skip


def keys(stored: Any) -> tuple[str, ...]:
    """The columns for the choice that the browser stored."""
    return chosen(stored, KNOWN_COLUMNS, DEFAULT_COLUMNS)


def columns(stored: Any, words: Words) -> list[Column]:
    """The product, the chosen facts and figures, what can be done."""
    product = product_column(words) | {"pinned": "left", "width": PRODUCT_WIDTH, "flex": None, "minWidth": 180}
    shown = [_column(key, words) for key in keys(stored)]
    for column in shown:
        if column["colId"] not in FACTS:
            column["minWidth"] += TOTALS_TAKE
        if column["colId"] == DEFAULT_SORT:
            column["initialSort"] = "desc"
    actions = actions_column(words, pinning.PRESSED) | {"width": ACTIONS_WIDTH, "minWidth": ACTIONS_WIDTH}
    return [product, *shown, actions]


def _column(key: str, words: Words) -> Column:
    if key not in FACTS:
        return figure_column(METRICS[key], words)
    name, about = (words(text) for text in FACTS[key])
    if key == SKU:
        return number_column(key, name, about, 100) | {"type": None, "sortingOrder": ["asc", "desc"]}
    return number_column(key, name, about, 84) | ({"sortingOrder": ["asc", "desc"]} if key == RUN_OUT else {})


def show(answer: Shown | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: None while a product's page is open, and the table is not seen."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    table, wanted = answer.table, answer.keys
    return {
        "rows": [_row(line, wanted, table.pinnable, view, words) for line in table.lines],
        "totals": _totals(table, wanted, words) if table.lines else None,
        "height": _height(len(table.lines)),
        "none": not table.lines,
        "empty": None if table.lines else _nothing(table, words),
        "count": _count(table, words),
        "chips": _chips(dict(table.counts), words),
    }


def _count(table: ProductTable, words: Words) -> str:
    """How many products there are, and what was sold of none of them."""
    said = words.plural("{n} product", "{n} products", table.all) if table.all else ""
    if table.filtered:
        shown, whole = (words.value(count, "count") for count in (len(table.lines), table.all))
        said = words("{shown} of {all} products", shown=shown, all=whole)
    if not table.unnamed:
        return said
    unnamed = words.plural(
        "{n} order names no product, and is not in this table", "{n} orders name no product, and are not in this table",
        table.unnamed,
    )  # fmt: skip
    return f"{said} · {unnamed}" if said else unnamed


def _nothing(table: ProductTable, words: Words) -> Component:
    if table.all:
        return nothing_yet(words, words("No product is like this. Take a filter away or search for something else."))
    sentence = words("No product has been listed or seen in this LIVE yet.")
    return nothing_yet(words, sentence, ("product_listed", "product_impression"))


def _height(rows: int) -> dict[str, str]:
    return {"height": f"{HEADER_HEIGHT + min(rows, MOST_ROWS) * ROW_HEIGHT + TOTALS_HEIGHT + SCROLLBAR + 2}px"}


def _chips(counts: dict[str, int], words: Words) -> list[dict[str, Any]]:
    """A switch for every filter, with how many of all products it lets through."""
    return [
        {
            "value": name,
            "label": html.Span(
                [words(FILTER_NAMES[name]), html.Span(words.value(counts.get(name), "count"), className="chip-count")]
            ),
        }
        for name in FILTERS
    ]


def _row(line: Line, wanted: tuple[str, ...], pinnable: bool, view: View, words: Words) -> dict[str, Any]:
    product = line.product
    told = bare_row(product, pinnable, view, words, wanted)
    said = pinned_facts(product, words)
    if product.delisted:
        said.append(("delisted", words("delisted")))
    told["facts"] = [{"kind": kind, "text": text} for kind, text in said]
    since = product.pinned_since
    facts: dict[str, tuple[Any, str]] = {
        SKU: (product.sku_ids[0] if product.sku_ids else None, skus(product.sku_ids)),
        PRICE: (
            None if product.price is None else float(product.price),
            written(product.price, "money", words),
        ),
        RUN_OUT: (_seconds(line.run_out), run_out(line.run_out, words, product.stock)),
        SINCE: (since, words.clock(since) if since else NO_VALUE),
    }
    for key in wanted:
        if key in facts:
            told["values"][key], told["written"][key] = facts[key]
    return told


def skus(sku_ids: tuple[str, ...]) -> str:
    """The first SKU, and how many more there are: 20187 +1."""
    if not sku_ids:
        return NO_VALUE
    more = len(sku_ids) - 1
    return f"{sku_ids[0]} +{more}" if more else sku_ids[0]


def _seconds(lasts: RunOut | None) -> float | None:
    """What is sorted by, in whole minutes, so that a row changes no oftener than what it says: what is sold out has run
    out already, what does not sell never will."""
    if lasts is None or lasts.state == IDLE:
        return None
    return 0 if lasts.state == OUT or lasts.seconds is None else ceil(lasts.seconds / 60) * 60


def run_out(lasts: RunOut | None, words: Words, reported: int | None) -> str:
    """How long the stock lasts, as roughly as it is known. reported: the stock as it was last told: what was sold since
    is taken off it here, and not where it is shown."""
    if lasts is None:
        return NO_VALUE
    if lasts.state == LASTS and lasts.seconds is not None:
        minutes = lasts.seconds / 60
        if minutes < 90:
            return words("≈ {n} min", n=max(1, ceil(minutes)))
        return words("≈ {n} h", n=round(minutes / 60)) if minutes < 48 * 60 else words("over {n} d", n=2)
    if lasts.state == OUT:
        return words("all sold since") if reported else words("sold out")
    return words("not selling")


def _totals(table: ProductTable, wanted: tuple[str, ...], words: Words) -> dict[str, Any]:
    """The row below the others, which says what it is of."""
    n = words.value(len(table.lines), "count")
    title = words("Total of the {n} shown", n=n) if table.filtered else words("Total of all {n}", n=n)
    told = figures({key: value for key, value in table.totals.items() if key in wanted}, words)
    told["written"] |= dict.fromkeys(FACTS, "")
    return {"id": TOTAL_ID, "total": True, "title": title, "pinned": False, **told}

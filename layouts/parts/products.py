"""The products card: every product with its figures, the pinned one on top, and what can be done with it. Rows are
merged into the grid that stands, so that sort, scroll and focus stay; it computes nothing."""
from __future__ import annotations

from collections.abc import Collection
from typing import Any
from zlib import crc32

import dash_bootstrap_components as dbc
from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.parts import pinning
from layouts.parts.chooser import chooser, chooser_button, chosen, metric_groups
from layouts.parts.delivered import in_a_line
from layouts.parts.grids import HEADER_HEIGHT, Column, figure_column, figures, grid, written
from layouts.parts.states import card, nothing_yet
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS, METRICS
from livedash.analysis.products import Product
from livedash.locale import Words
from livedash.view import View

ROOT = "key-data-products"
SEARCH = f"{ROOT}-search"
GRID = f"{ROOT}-grid"
BOX = f"{ROOT}-box"
ROWS = f"{ROOT}-rows"
EMPTY = f"{ROOT}-empty"
COUNT = f"{ROOT}-count"
NAME = f"{ROOT}-name"

KNOWN = frozenset(key for key, metric in METRICS.items() if "product" in metric.by)
DEFAULT_SORT = "product_impressions"
ROW_HEIGHT = 66
MOST_ROWS = 7
"""Rows seen at once; beyond, the grid scrolls."""
FEW_COLUMNS = 9
"""With more, the product stays in sight while the figures scroll beside it, as what can be done with it always does."""
TONES = 6

OUTPUTS: dict[str, Output] = {
    "rows": Output(ROWS, "data"),
    "height": Output(GRID, "style"),
    "none": Drawn(BOX, "hidden"),
    "empty": Drawn(EMPTY, "children"),
    "count": Drawn(COUNT, "children"),
}


def layout(words: Words) -> Component:
    """The card, with a grid that waits for its rows, and the choice of its columns."""
    search = dbc.Input(id=SEARCH, type="search", placeholder=words("Search name or SKU"), maxlength=100)
    table = grid(
        GRID, columns(None, words), words, row_height=ROW_HEIGHT, postSortRows={"function": "pinnedFirst(params)"}
    )
    table.style = _height(3)
    return card(
        words("Products"),
        id=ROOT,
        note=html.Span(id=COUNT),
        actions=[
            html.Label([html.Span(words("Search name or SKU"), className="visually-hidden"), search]),
            chooser_button(ROOT, words("Customize")),
            _name_button(words),
        ],
        children=[
            html.Div(id=EMPTY),
            html.Div(table, id=BOX),
            chooser(
                ROOT, words("Choose the columns of the products"), metric_groups(words, "product"),
                DEFAULT_PRODUCT_COLUMNS, most=len(KNOWN), words=words,
            ),
            dcc.Store(id=ROWS),
        ],
    )  # fmt: skip


def _name_button(words: Words) -> Component:
    """Opens the dialog of the name that stands beside what the reader does (layouts.parts.pinning)."""
    return html.Button(
        words("Your name"), id=NAME, type="button", className="btn btn-link", **{"aria-haspopup": "dialog"}
    )


def columns(stored: Any, words: Words) -> list[Column]:
    """The columns for the choice that the browser stored: the product, the chosen figures, what can be done."""
    keys = chosen(stored, KNOWN, DEFAULT_PRODUCT_COLUMNS)
    product, actions = product_column(words), actions_column(words, pinning.PRESSED)
    if len(keys) > FEW_COLUMNS:
        product |= {"pinned": "left", "width": 210, "flex": None}
    numbers = [figure_column(METRICS[key], words) for key in keys]
    for column in numbers:
        if column["colId"] == DEFAULT_SORT:
            column["initialSort"] = "desc"
    return [product, *numbers, actions]


def product_column(words: Words) -> Column:
    """The column of the products themselves: picture, title and facts."""
    return {
        "colId": "product",
        "headerName": words("Product"),
        "cellRenderer": "ProductCell",
        "comparator": {"function": "byTitle"},
        "sortingOrder": ["asc", "desc"],
        "getQuickFilterText": {"function": "params.data.search"},
        "minWidth": 150,
        "maxWidth": 420,
        "flex": 8,
    }


def actions_column(words: Words, pressed: str) -> Column:
    """The column of what can be done. pressed: the store that is told which button of which product was pressed."""
    return {
        "colId": "actions",
        "headerName": words("Actions"),
        "headerClass": "unseen-head",
        "cellRenderer": "ProductActions",
        "cellRendererParams": {"words": action_words(words), "pressed": pressed},
        "sortable": False,
        "width": 72,
        "minWidth": 72,
        "pinned": "right",
    }


def action_words(words: Words) -> dict[str, str]:
    return {
        "pin": words("Pin"),
        "unpin": words("Unpin"),
        "script": words("Script"),
        "pinOf": words("Pin {product}", product="{product}"),
        "unpinOf": words("Unpin {product}", product="{product}"),
        "scriptOf": words("Talking points for {product}", product="{product}"),
    }


def show(answer: tuple[tuple[Product, ...], bool], view: View, words: Words) -> dict[str, Any]:
    """answer: the products in their usual order, and whether they can be pinned (in a LIVE that has ended: no)."""
    products, pinnable = answer
    sentence = words("No product has been listed or seen in this LIVE yet.")
    return {
        "rows": [row(product, place, pinnable, view, words) for place, product in enumerate(products)],
        "height": _height(len(products)),
        "none": not products,
        "count": words.value(len(products), "count") if products else "",
        "empty": None if products else nothing_yet(words, sentence, ("product_listed", "product_impression")),
    }


def _height(rows: int) -> dict[str, str]:
    return {"height": f"{HEADER_HEIGHT + min(rows, MOST_ROWS) * ROW_HEIGHT + 4}px"}


def row(product: Product, place: int, pinnable: bool, view: View, words: Words) -> dict[str, Any]:
    """A product as a row of the card: its facts below its title, and every figure."""
    return {
        **bare_row(product, pinnable, view, words, product.metrics),
        "place": place,
        "facts": _facts(product, words),
        "search": " ".join((product.title, *product.sku_ids, product.product_id)),
    }


def bare_row(
    product: Product, pinnable: bool, view: View, words: Words, keys: Collection[str]
) -> dict[str, Any]:  # fmt: skip
    """A product as a row of any grid, with the metrics of these keys. In the past nothing can be pinned."""
    return {
        "id": product.product_id,
        "title": product.title,
        **look(product, view),
        "facts": [],
        "pinned": product.pinned_since is not None,
        "pinnable": pinnable and view.as_of is None,
        **figures({key: product.metrics[key] for key in keys if key in product.metrics}, words),
    }


def look(product: Product, view: View) -> dict[str, Any]:
    """What a product is known by at a glance: its picture, or a letter in a tone of its own."""
    return {
        "letter": next((letter.upper() for letter in product.title if letter.isalnum()), "?"),
        "tone": crc32(product.product_id.encode()) % TONES,
        "image": _picture(product.image, view),
    }


def _picture(image: str | None, view: View) -> str | None:
    """The address of a picture in the room's folder; one that lies anywhere else is not loaded."""
    if not image or ":" in image or image.startswith(("/", "\\", "..")):
        return None
    return addresses.image(view.room, image)


def _pinned(product: Product, words: Words) -> list[tuple[str, str]]:
    """Since when it is pinned, by whom, and whether the webhook knows."""
    act, since = product.act, words.clock(product.pinned_since)
    if act is None or act.kind != "pin":
        return [("pinned", words("pinned {time}", time=since))]
    by = words("pinned {time} by {name}", time=since, name=act.by) if act.by else None
    said = [("pinned", by or words("pinned {time}", time=since))]
    if act.delivery:
        said.append((act.delivery.state, in_a_line(act.delivery, words)))
    return said


def pinned_facts(product: Product, words: Words) -> list[tuple[str, str]]:
    """What is to be said of a pin, as kind and text; also why it could not be delivered that it was taken away."""
    if product.pinned_since is not None:
        return _pinned(product, words)
    if product.act and product.act.delivery and product.act.delivery.reason:
        said = words("unpinning: {state}", state=in_a_line(product.act.delivery, words))
        return [(product.act.delivery.state, said)]
    return []


def _facts(product: Product, words: Words) -> list[dict[str, str]]:
    """What the eye looks for first comes first: in a narrow column only so much is seen. Of what is pinned that is its
    pin, and then how many are left."""
    facts: list[tuple[str, str]] = []
    if product.sku_ids:
        first, more = product.sku_ids[0], len(product.sku_ids) - 1
        sku = words("SKU {sku}", sku=first)
        facts.append(("sku", words("{sku} and {n} more", sku=sku, n=more) if more else sku))
    if product.price is not None:
        facts.append(("price", written(product.price, "money", words)))
    if product.delisted:
        facts.append(("delisted", words("delisted")))
    elif product.stock is not None:
        left = words.plural("{n} left", "{n} left", product.stock)
        facts.append(("stock", left if product.stock > 0 else words("sold out")))
    pin = pinned_facts(product, words)
    return [{"kind": kind, "text": text} for kind, text in (*pin, *(reversed(facts) if pin else facts))]

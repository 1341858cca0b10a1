"""The Products tab: the table of all products, and a page for each. It only puts its parts in their places; each is a
module of its own."""
from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import product_asked, product_head, product_stretch, product_table
from livedash.locale import Words

VIEW = "products-view"
"""The View as far as this tab is open."""
LIST = "products-list"
PAGE = "products-page"
PLACE = "products-place"


def layout(words: Words) -> Component:
    """The stretch of time, and below it the table or one product's page."""
    return panel(
        VIEW,
        product_asked.layout(),
        dcc.Store(id=PLACE),
        product_stretch.layout(words),
        html.Div(product_table.layout(words), id=LIST),
        html.Div([product_head.layout(words)], id=PAGE, className="product-page", hidden=True),
        className="products",
    )

"""The Products tab: the table of all products, and a page for each. It only puts its parts in their places; each is a
module of its own."""
from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import (
    product_asked,
    product_course,
    product_funnel,
    product_head,
    product_history,
    product_screen,
    product_stretch,
    product_table,
    product_talk,
)
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
        html.Div(_page(words), id=PAGE, className="product-page", hidden=True),
        className="products",
    )


def _page(words: Words) -> list[Component]:
    """One product: what it is, and below that how it went beside what is known of it."""
    return [
        product_head.layout(words),
        html.Div(
            [
                html.Div(
                    [product_course.layout(words), product_screen.layout(words), product_talk.layout(words)],
                    className="column",
                ),
                html.Div([product_funnel.layout(words), product_history.layout(words)], className="column"),
            ],
            className="product-columns",
        ),
    ]

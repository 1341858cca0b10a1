"""Wires the Products tab: which parts it has, and whether its table or the page of one product is seen. It computes
nothing."""
from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks import panel
from callbacks.panel import Part
from callbacks.parts import (
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
from callbacks.safety import Faults
from layouts import products
from layouts.parts import product_head as head
from layouts.parts import product_table as table
from layouts.parts.product_asked import ASKED
from livedash.rooms import Rooms

PARTS: dict[str, Part] = {
    "stretch": product_stretch,
    "table": product_table,
    "head": product_head,
    "course": product_course,
    "funnel": product_funnel,
    "screen": product_screen,
    "history": product_history,
    "talk": product_talk,
}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    product_asked.wire(app)
    app.clientside_callback(
        ClientsideFunction("product", "place"),
        Output(products.LIST, "hidden"),
        Output(products.PAGE, "hidden"),
        Output(products.PLACE, "data"),
        Input(ASKED, "data"),
        State(products.PLACE, "data"),
        State(head.TITLE, "id"),
        State(table.GRID, "id"),
    )
    panel.register(app, rooms, faults, products.VIEW, PARTS)

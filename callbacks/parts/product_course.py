"""Wires the trend of one product: which metric, the reader's zoom, and the broadcast from where the chart is clicked.
It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.parts.product_asked import nothing
from callbacks.parts.trend import wire
from layouts.parts import product_course as part
from layouts.parts.product_asked import ASKED, Asked, metric, product
from livedash.analysis.product import product_course
from livedash.rooms import Rooms

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for the product and the metric of the address; nothing while the table is open."""
    product_id = product(asked)
    return (product_course, product_id, metric(asked)) if product_id else (nothing,)


def register(app: Dash, rooms: Rooms) -> None:
    """Choose the metric, offer the way back from a zoom, and play from where the chart is clicked."""
    app.clientside_callback(
        ClientsideFunction("product", "metric"), Input(part.METRIC, "value"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("product", "chosen"),
        Output(part.METRIC, "value"),
        Input(ASKED, "data"),
        State(part.METRIC, "options"),
        State(part.METRIC, "value"),
    )
    wire(app, part)

"""Asks how price and stock of the product whose page is open went, and plays from where its chart is clicked. It
computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, State

from callbacks.parts.product_asked import nothing
from layouts.parts import product_history as part
from layouts.parts.product_asked import ASKED, Asked, product
from livedash.analysis.product import history
from livedash.rooms import Rooms

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for the product whose page is open; nothing while the table is."""
    product_id = product(asked)
    return (history, product_id) if product_id else (nothing,)


def register(app: Dash, rooms: Rooms) -> None:
    """Play from where the chart is clicked."""
    app.clientside_callback(
        ClientsideFunction("replay", "clicked"),
        Input(part.CHART, "clickData"),
        State(part.CHART, "id"),
        prevent_initial_call=True,
    )

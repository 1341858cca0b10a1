"""Asks for the funnel of the product whose page is open. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input

from callbacks.parts.product_asked import nothing
from layouts.parts import product_funnel as part  # noqa: F401 (the tab reads it)
from layouts.parts.product_asked import ASKED, Asked, product
from livedash.analysis.product import steps
from livedash.rooms import Rooms

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for the product whose page is open; nothing while the table is."""
    product_id = product(asked)
    return (steps, product_id) if product_id else (nothing,)


def register(app: Dash, rooms: Rooms) -> None:
    """It has nothing to wire."""

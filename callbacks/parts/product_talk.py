"""Asks what viewers say about the product whose page is open: everything, or only questions. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input

from callbacks.parts.product_asked import nothing
from layouts.parts import product_talk as part
from layouts.parts.product_asked import ASKED, Asked, product
from livedash.analysis.product import said_about
from livedash.rooms import Rooms

CHOICES = {"asked": Input(ASKED, "data"), "which": Input(part.FILTER, "value")}


def question(asked: Asked, which: str | None) -> tuple[Any, ...]:
    """What to ask for the product whose page is open and the choice; nothing while the table is open."""
    product_id = product(asked)
    return (said_about, product_id, which == part.QUESTIONS) if product_id else (nothing,)


def register(app: Dash, rooms: Rooms) -> None:
    """It has nothing to wire."""

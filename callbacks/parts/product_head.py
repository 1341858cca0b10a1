"""Asks what stands above a product's page. Its buttons are wired by the products card, whose stores are there on every
tab; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input

from callbacks.parts.product_asked import nothing
from layouts.parts import product_head as part  # noqa: F401 (the tab reads it)
from layouts.parts.product_asked import ASKED, Asked, product
from livedash.analysis.product import Known, known
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for the product whose page is open; nothing while the table is."""
    product_id = product(asked)
    return (known_or_id, product_id) if product_id else (nothing,)


def known_or_id(rollup: Rollup, window: Window | None, product_id: str) -> Known | str:
    """The product; its id where the room has none."""
    return known(rollup, window, product_id) or product_id


def register(app: Dash, rooms: Rooms) -> None:
    """It has nothing of its own to wire."""

"""Wires the products card: its columns and its search. What is pressed in it goes to callbacks.parts.pinning; it
computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import words_for
from callbacks.parts.chooser import wire
from layouts import shell
from layouts.parts import products as part
from layouts.parts.chooser import chosen_id
from livedash.analysis.products import Product, products
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: every figure of every product, whichever columns are seen."""
    return (products_and_pinning,)


def register(app: Dash, rooms: Rooms) -> None:
    """Make the card's controls work; its rows are filled by the tab."""
    wire(app, part.ROOT)

    @app.callback(Output(part.GRID, "columnDefs"), Input(chosen_id(part.ROOT), "data"), State(shell.VIEW, "data"))
    def choose(stored: Any, view: dict[str, Any]) -> list[dict[str, Any]]:
        return part.columns(stored, words_for(rooms, View.from_json(view)))

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("grids", "fill"),
        Input(part.ROWS, "data"),
        State(part.GRID, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("grids", "search"),
        Output(part.GRID, "dashGridOptions"),
        Input(part.SEARCH, "value"),
        State(part.GRID, "dashGridOptions"),
        prevent_initial_call=True,
    )


def products_and_pinning(rollup: Rollup, window: Window | None) -> tuple[tuple[Product, ...], bool]:
    """What the card shows of a window: the products, and whether they can be pinned."""
    return products(rollup, window), rollup.room.state != "ended"

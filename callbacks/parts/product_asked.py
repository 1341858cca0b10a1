"""Wires what the address asks the Products tab for to the parts that follow it. It happens in the browser; the parts
check it."""
from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts import shell
from layouts.parts import product_asked as part
from livedash.rollup.fold import Rollup
from livedash.view import Window


def wire(app: Dash) -> None:
    """Keep the parameters as the address has them."""
    app.clientside_callback(
        ClientsideFunction("product", "asked"),
        Output(part.ASKED, "data"),
        Input(shell.ADDRESS, "search"),
        State(part.ASKED, "data"),
    )


def nothing(rollup: Rollup, window: Window | None) -> None:
    """What is asked for a part that is not seen."""

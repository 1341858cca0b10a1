"""Wires what the address asks for to the parts that follow it. It happens in the browser; the parts check it."""
from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts import shell
from layouts.parts import asked as part


def wire(app: Dash) -> None:
    """Keep the parameters as the address has them."""
    app.clientside_callback(
        ClientsideFunction("trends", "asked"),
        Output(part.ASKED, "data"),
        Input(shell.ADDRESS, "search"),
        State(part.ASKED, "data"),
    )

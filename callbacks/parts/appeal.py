"""Wires the dialog of an appeal: what its script says and which fields it goes by. What is submitted goes through a
route of its own (callbacks/appeals.py), because files do not fit a callback."""
from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output

from layouts.parts import appeal as part
from livedash.rooms import Rooms


def register(app: Dash, rooms: Rooms) -> None:
    """Give the dialog its phrases; everything else happens in the browser."""
    app.clientside_callback(
        ClientsideFunction("violations", "phrases"), Output(part.PICK, "title"), Input(part.PHRASES, "data")
    )

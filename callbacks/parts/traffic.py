"""Wires the traffic card: its dots open the whole table, and the table takes in its rows. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, State

from callbacks.parts.states import opens
from layouts.parts import traffic as part
from livedash.analysis.traffic import traffic
from livedash.rooms import Rooms

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis."""
    return (traffic,)


def register(app: Dash, rooms: Rooms) -> None:
    """Make the card's controls work; it is filled by the tab."""
    opens(app, part.MORE, part.TABLE)
    app.clientside_callback(
        ClientsideFunction("grids", "fill"),
        Input(part.ROWS, "data"),
        State(part.GRID, "id"),
    )

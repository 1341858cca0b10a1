"""Wires the audience card: which breakdown, and of whom. It computes nothing: the analysis answers, the layout says
it."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.parts import audience as part
from livedash.analysis.audience import Breakdown, breakdown
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {"dimension": Input(part.DIMENSION, "data"), "who": Input(part.WHO, "value")}


def question(dimension: Any, who: str) -> tuple[Any, ...]:
    """What to ask for the breakdown and the people that a browser chose."""
    return whole_room, part.dimension(dimension), part.CUSTOMERS if who == part.CUSTOMERS else part.VIEWERS


def register(app: Dash, rooms: Rooms) -> None:
    """Turn to the breakdown before or after; the card is filled by the tab."""
    app.clientside_callback(
        ClientsideFunction("audience", "turn"),
        Output(part.DIMENSION, "data"),
        Input(part.PREVIOUS, "n_clicks"),
        Input(part.NEXT, "n_clicks"),
        State(part.DIMENSION, "data"),
        State(part.TURNS, "data"),
    )


def whole_room(rollup: Rollup, window: Window | None, dimension: str, who: str) -> Breakdown:
    """One breakdown of the whole LIVE: profiles know no time."""
    return breakdown(rollup, dimension, who)

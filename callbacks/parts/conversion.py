"""Wires the conversion card: the choice between events and people, in the browser alone. It computes nothing: the tab
asks the analysis what `question` says, and fills the card."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.history import Rates
from layouts.parts import conversion as part
from livedash.analysis.funnel import Funnel, UserStage, funnel, user_funnel
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES: dict[str, Input] = {}


def question(usual: Rates = ()) -> tuple[Any, ...]:
    """What the card wants to know. usual: the host's usual rate of each stage."""
    return funnels, usual


def funnels(rollup: Rollup, window: Window | None, usual: Rates) -> tuple[Funnel, tuple[UserStage, ...]]:
    """The funnel of counts, held against what is usual, and the one of people."""
    return funnel(rollup, window, dict(usual)), user_funnel(rollup, window)


def register(app: Dash, rooms: Rooms) -> None:
    """Show the funnel that is chosen."""
    app.clientside_callback(
        ClientsideFunction("conversion", "choose"),
        Output(part.EVENTS, "hidden"),
        Output(part.PEOPLE, "hidden"),
        Input(part.MODE, "value"),
    )

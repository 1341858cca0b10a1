"""Wires the recommendations card: which notices are new to this reader, in the browser alone. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.parts import recommendations as part
from livedash.analysis.notices import notices
from livedash.rooms import Rooms

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis."""
    return (notices,)


def register(app: Dash, rooms: Rooms) -> None:
    """Count what is new and let it be marked as seen; the card is filled by the tab."""
    app.clientside_callback(
        ClientsideFunction("recommendations", "count"),
        Output(part.NEW, "children"),
        Output(part.NEW, "hidden"),
        Output(part.SEEN, "data"),
        Input(part.LATEST, "data"),
        Input(part.NEW, "n_clicks"),
        State(part.SEEN, "data"),
        State(part.NEW, "id"),
        State(part.NEW, "data-some"),
        prevent_initial_call=True,
    )

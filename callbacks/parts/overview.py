"""Wires the overview: the choice of tiles, and the tile that is open. It computes nothing: the tab asks the analysis
what `question` says, and fills the card."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, words_for
from callbacks.parts.chooser import wire
from layouts import shell
from layouts.parts import overview as part
from layouts.parts.chooser import chosen_id
from livedash.analysis.evidence import evidence
from livedash.analysis.overview import overview
from livedash.rooms import Rooms
from livedash.view import View

CHOICES = {"stored": Input(chosen_id(part.ROOT), "data")}


def question(stored: Any) -> tuple[Any, ...]:
    """What to ask for the choice of tiles that a browser stored."""
    return overview, part.keys(stored)


def register(app: Dash, rooms: Rooms) -> None:
    """Let tiles be chosen and opened."""
    wire(app, part.ROOT)

    @app.callback(
        Output(part.EXPLANATION_BODY, "children"),
        Input(part.ASKED, "data"),
        prevent_initial_call=True,
    )
    def explain(asked: dict[str, Any]) -> list[Any]:
        return explained(rooms, View.from_json(asked["view"]), asked["key"])

    app.clientside_callback(
        ClientsideFunction("overview", "explain"),
        Output(part.OPENED, "data"),
        *(Input(tile, "n_clicks") for tile in part.ALL_TILES),
        *(State(thing, "id") for thing in (part.EXPLANATION, part.EXPLANATION_BODY, part.OPENED)),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("overview", "ask"),
        Output(part.ASKED, "data"),
        Input(shell.VIEW, "data"),
        Input(part.OPENED, "data"),
        prevent_initial_call=True,
    )


def explained(rooms: Rooms, view: View, key: str) -> list[Any]:
    """What an opened tile says of its metric."""
    return part.explanation(ask(rooms, view, evidence, key), words_for(rooms, view))

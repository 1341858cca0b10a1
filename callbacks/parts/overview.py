"""Wires the overview: the choice of tiles, what stands in them, and the tile that is open. It computes nothing: the
analysis answers, the layout says it."""

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


def register(app: Dash, rooms: Rooms) -> None:
    """Fill the card at every new View and every new choice; open tiles."""
    wire(app, part.ROOT)

    @app.callback(
        output=part.OUTPUTS,
        inputs={"view": Input(shell.VIEW, "data"), "stored": Input(chosen_id(part.ROOT), "data")},
    )
    def refresh(view: dict[str, Any], stored: Any) -> dict[str, Any]:
        return filled(rooms, View.from_json(view), stored)

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


def filled(rooms: Rooms, view: View, stored: Any) -> dict[str, Any]:
    """The card's outputs, for the choice of tiles that a browser stored."""
    return part.show(ask(rooms, view, overview, part.keys(stored)), view, words_for(rooms, view))


def explained(rooms: Rooms, view: View, key: str) -> list[Any]:
    """What an opened tile says of its metric."""
    return part.explanation(ask(rooms, view, evidence, key), words_for(rooms, view))

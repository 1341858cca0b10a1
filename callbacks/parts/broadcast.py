"""Wires the LIVE broadcast card: its picture, and the way back to now. It computes nothing; a picture comes into the
room's folder without any event, so it is looked for now and then and not only when something happened."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, room_header, words_for
from layouts import shell
from layouts.parts import broadcast as part
from livedash.analysis.broadcast import broadcast
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: what the picture hangs on."""
    return (hangs_on,)


def register(app: Dash, rooms: Rooms) -> None:
    wire(app, rooms, part)


def wire(app: Dash, rooms: Rooms, screen: Any) -> None:
    """Look for the picture, and give it to the screen unless the screen has it. screen: a layout with the names of this
    one's."""

    @app.callback(output=screen.PICTURE, inputs=[Input(screen.LOOK, "data"), State(shell.VIEW, "data")])
    def look(known: dict[str, Any] | None, view: dict[str, Any]) -> dict[str, Any]:
        seen = View.from_json(view)
        found = broadcast(rooms.folder(seen.room), ask(rooms, seen, room_header))
        return screen.picture(found, seen, words_for(rooms, seen))

    app.clientside_callback(
        ClientsideFunction("broadcast", "lookAgain"),
        Input(screen.KNOWN, "data"),
        State(screen.LOOK, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("broadcast", "show"),
        Output(screen.VIDEO, "hidden"),
        Output(screen.NOW, "hidden"),
        Output(screen.CANNOT, "hidden"),
        Input(screen.SOURCE, "data"),
        *(State(thing, "id") for thing in (screen.VIDEO, screen.CLOCK, screen.FAILED, screen.NOW)),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("broadcast", "goToNow"),
        Input(screen.NOW, "n_clicks"),
        State(screen.VIDEO, "id"),
        prevent_initial_call=True,
    )


def hangs_on(rollup: Rollup, window: Window | None) -> tuple[Any, ...]:
    """What the room says of itself that tells which picture there is."""
    return rollup.room.state, rollup.room.started_at, rollup.room.broadcast_url

"""Wires the list of events: which kinds are in it, and the one whose facts are open. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, words_for
from layouts import shell
from layouts.parts import course
from layouts.parts import events as part
from livedash.analysis.happening import happening
from livedash.analysis.markers import Marker, markers
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES = {"kinds": Input(course.KINDS_SHOWN, "value")}


def question(kinds: list[str] | None) -> tuple[Any, ...]:
    """What to ask for the kinds that are switched on in the chart."""
    return events, tuple(sorted(kinds or ()))


def events(rollup: Rollup, window: Window | None, kinds: tuple[str, ...]) -> tuple[Marker, ...]:
    """The events of these kinds that touch the window, in order of time."""
    return tuple(marker for marker in markers(rollup, window) if marker.kind in kinds)


def register(app: Dash, rooms: Rooms) -> None:
    """Open and close the facts of an event."""

    @app.callback(
        Output(part.FACTS, "children"),
        Output(part.PANEL, "hidden"),
        Input(part.ASKED, "data"),
        prevent_initial_call=True,
    )
    def open_facts(asked: dict[str, Any] | None) -> tuple[Any, bool]:
        return opened_facts(rooms, View.from_json(asked["view"]), asked["opened"]) if asked else (None, True)

    app.clientside_callback(
        ClientsideFunction("trends", "facts"),
        Output(part.ASKED, "data"),
        Input(part.OPENED, "data"),
        Input(shell.VIEW, "data"),
        State(part.ASKED, "data"),
        prevent_initial_call=True,
    )

    app.clientside_callback(
        ClientsideFunction("trends", "close"),
        Output(part.OPENED, "data"),
        Input(part.CLOSE, "n_clicks"),
        State(part.OPENED, "data"),
        prevent_initial_call=True,
    )


def opened_facts(rooms: Rooms, view: View, opened: str) -> tuple[Any, bool]:
    """What the panel says, and whether it is hidden."""
    return part.facts(ask(rooms, view, happening, opened), view, words_for(rooms, view)), False

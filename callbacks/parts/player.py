"""Wires the player of the Broadcast tab: its picture, its controls, and the time that a person says a picture is of. It
computes nothing; the controls are moved in the browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, set_props

from callbacks.acting import unframed
from callbacks.answers import ask, words_for
from callbacks.parts.broadcast import hangs_on, wire
from layouts import shell
from layouts.parts import player as part
from livedash.analysis.markers import Marker, markers
from livedash.locale import typed
from livedash.operate.picture import tie
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: what the picture hangs on, and the events of the whole LIVE."""
    return (whole_live,)


def register(app: Dash, rooms: Rooms) -> None:
    """Make the controls work; the card is filled by the tab."""
    wire(app, rooms, part)

    @app.callback(
        Output(part.TIE_SAID, "children"),
        Input(part.TIE_ASKED, "data"),
        State(part.SOURCE, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def keep(asked: dict[str, Any], source: dict[str, Any], view: dict[str, Any]) -> str:
        return kept(rooms, View.from_json(view), source["file"], asked)

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("replay", "isEmpty"),
        Output(part.MACHINE, "disabled"),
        Input(part.KNOWN, "data"),
        State(shell.FRESH, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("replay", "furnish"), Input(part.NAMES, "data"), prevent_initial_call=True
    )
    for name, button in (
        ("toggle", part.PLAY),
        ("back", part.BACK),
        ("on", part.ON),
        ("mute", part.MUTE),
        ("full", part.FULL),
        ("machineOnOff", part.MACHINE),
    ):
        app.clientside_callback(
            ClientsideFunction("replay", name), Input(button, "n_clicks"), prevent_initial_call=True
        )
    app.clientside_callback(
        ClientsideFunction("replay", "speed"), Output(part.SPEED, "class_name"), Input(part.SPEED, "value")
    )
    app.clientside_callback(
        ClientsideFunction("replay", "copy"),
        Output(part.COPIED, "children"),
        Input(part.COPY, "n_clicks"),
        State(part.COPY, "data-done"),
        State(part.COPIED, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("replay", "tied"),
        Output(part.TIE_ASKED, "data"),
        Input(part.TIE_KEEP, "n_clicks"),
        Input(part.TIE_CLOCK, "n_submit"),
        State(part.TIE_CLOCK, "value"),
        prevent_initial_call=True,
    )


def kept(rooms: Rooms, view: View, file: str, asked: dict[str, Any]) -> str:
    """Keep what a person typed of the picture that is seen, and say so, or say what is wrong with it."""
    now = replace(view, as_of=None, window=None)
    words = words_for(rooms, now)
    live = ask(rooms, now, live_stretch)
    try:
        unframed()
        if live is None:
            raise Problem("room-empty", "No event of this LIVE is known yet: its clock cannot be set.")
        moment = typed.read(asked["clock"], live, words)
        starts_at = moment - round(float(asked["seconds"]) * 1000)
        tie(rooms.folder(view.room), file, starts_at, near=live.start)
    except Problem as problem:
        return words.sentence(problem.sentence)
    set_props(part.LOOK, {"data": {"known": asked}})
    return part.kept(starts_at, words)


def whole_live(rollup: Rollup, window: Window | None) -> tuple[Any, tuple[Marker, ...]]:
    """What the picture hangs on, and the LIVE's events over its whole length."""
    return hangs_on(rollup, window), markers(rollup)


def live_stretch(rollup: Rollup, window: Window | None) -> Window | None:
    """The LIVE's whole length."""
    return rollup.span

"""Wires a choice of a stretch of time: what is chosen or typed goes to the address, and what the address says is marked
as chosen. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, words_for
from layouts import shell
from layouts.parts import stretch as part
from livedash.analysis.facts import ran
from livedash.locale import typed
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import NO_TIME, View, Window


def wire(app: Dash, rooms: Rooms, root: str) -> None:
    """Make the choice with this root id work. Call it once for each root."""

    @app.callback(
        Output(part.typed_id(root), "data"),
        Output(part.wrong_id(root), "children"),
        Input(part.button_id(root), "n_clicks"),
        Input(part.from_id(root), "n_submit"),
        Input(part.to_id(root), "n_submit"),
        State(part.from_id(root), "value"),
        State(part.to_id(root), "value"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def read_typed(
        clicks: int | None,
        first: int | None,
        second: int | None,
        start: str | None,
        end: str | None,
        view: dict[str, Any],
    ) -> tuple[list[int] | None, str]:
        return stretch_typed(rooms, View.from_json(view), start, end)

    app.clientside_callback(
        ClientsideFunction("trends", "stretch"),
        Input(part.choice_id(root), "value"),
        State(part.from_id(root), "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "chosen"), Output(part.choice_id(root), "value"), Input(shell.ADDRESS, "search")
    )
    app.clientside_callback(
        ClientsideFunction("trends", "typed"), Input(part.typed_id(root), "data"), prevent_initial_call=True
    )


def stretch_typed(rooms: Rooms, view: View, start: str | None, end: str | None) -> tuple[list[int] | None, str]:
    """The stretch that two typed times name, as epoch ms, or a sentence about what is wrong with them."""
    words = words_for(rooms, view)
    live = ask(rooms, view, live_stretch) or NO_TIME
    try:
        first, last = typed.read(start, live, words), typed.read(end, live, words)
    except Problem as problem:
        return None, words.sentence(problem.sentence)
    if first >= last:
        return None, words("The first time must be before the second.")
    if last <= live.start or first >= live.end:
        return None, words("The LIVE ran {stretch}: nothing is there.", stretch=words.stretch(live.start, live.end))
    return [first, last], ""


def live_stretch(rollup: Rollup, window: Window | None) -> Window | None:
    """From the LIVE's start to its end, or to the latest event while it runs."""
    return ran(rollup, None)

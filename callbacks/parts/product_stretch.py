"""Wires the stretch of time of the Products tab. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.parts import stretch
from layouts.parts import product_stretch as part
from layouts.parts.stretch import from_id, to_id
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import NO_TIME, Window

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: when the LIVE was."""
    return (live,)


def live(rollup: Rollup, window: Window | None) -> Window:
    """The whole LIVE, up to now while it runs."""
    return stretch.live_stretch(rollup, None) or NO_TIME


def register(app: Dash, rooms: Rooms) -> None:
    """Let the stretch be chosen and typed."""
    stretch.wire(app, rooms, part.ROOT)
    app.clientside_callback(
        ClientsideFunction("product", "times"),
        Output(from_id(part.ROOT), "value"),
        Output(to_id(part.ROOT), "value"),
        Input(part.SPAN, "data"),
        State(from_id(part.ROOT), "id"),
        State(to_id(part.ROOT), "id"),
    )

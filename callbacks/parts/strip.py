"""Wires the metric strip: which metrics stand in it, and which of them are charted. It computes nothing: the tab asks
the analysis what `question` says, and fills the tiles."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.parts.chooser import wire
from layouts.parts import strip as part
from layouts.parts.asked import ASKED, Asked, keys, step
from layouts.parts.chooser import chosen_id
from livedash.analysis.strip import strip
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {"stored": Input(chosen_id(part.ROOT), "data"), "asked": Input(ASKED, "data")}


def question(stored: Any, asked: Asked) -> tuple[Any, ...]:
    """What to ask for the choice that a browser stored and the metrics that are charted."""
    return figures, part.keys(stored), keys(asked), step(asked)


def figures(
    rollup: Rollup, window: Window | None, shown: tuple[str, ...], charted: tuple[str, ...], step_ms: int | None
) -> part.Strip:
    """The figures of the strip, and what is charted."""
    return strip(rollup, window, shown, step_ms), charted


def register(app: Dash, rooms: Rooms) -> None:
    """Let metrics be chosen, put in order and charted."""
    wire(app, part.ROOT)
    app.clientside_callback(
        ClientsideFunction("trends", "chart"),
        Output(part.SAID, "children"),
        *(Input(tile, "n_clicks") for tile in part.TILES),
        State(part.PHRASES, "data"),
        State(part.CHARTED, "data"),
        prevent_initial_call=True,
    )

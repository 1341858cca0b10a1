"""Wires the performance trend: which metrics, which stretch of time, and the reader's zoom. It computes nothing: the
analysis answers, the layout draws it."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx

from callbacks.answers import ask, words_for
from layouts import shell
from layouts.parts import trend as part
from livedash.analysis.trend import Trend, last_minutes, trend
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window


def register(app: Dash, rooms: Rooms) -> None:
    """Draw the chart at every new View (keeping the zoom) and anew at every new choice."""

    @app.callback(
        output=part.OUTPUTS,
        inputs={
            "view": Input(shell.VIEW, "data"),
            "first": Input(part.FIRST, "value"),
            "second": Input(part.SECOND, "value"),
            "stretch": Input(part.RANGE, "value"),
        },
    )
    def refresh(view: dict[str, Any], first: str, second: str, stretch: str) -> dict[str, Any]:
        keys, last = part.keys(first, second), stretch == part.LAST
        return drawn(rooms, View.from_json(view), keys, last, anew=ctx.triggered_id != shell.VIEW)

    app.clientside_callback(
        ClientsideFunction("trend", "zoomed"),
        Output(part.UNZOOM, "hidden"),
        Input(part.CHART, "relayoutData"),
        Input(part.CHART, "figure"),
        State(part.CHART, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trend", "unzoom"),
        Input(part.UNZOOM, "n_clicks"),
        State(part.CHART, "id"),
        prevent_initial_call=True,
    )


def drawn(rooms: Rooms, view: View, keys: tuple[str, ...], last: bool, anew: bool) -> dict[str, Any]:
    """The card's outputs. anew: something else is shown than before, so the reader's zoom no longer fits."""
    return part.show(ask(rooms, view, course, keys, last), view, words_for(rooms, view), anew)


def course(rollup: Rollup, window: Window | None, keys: tuple[str, ...], last: bool) -> Trend:
    """The trend over the window, or over the last minutes of the data."""
    return trend(rollup, last_minutes(rollup, part.LAST_MINUTES) if last else window, keys, part.POINTS)

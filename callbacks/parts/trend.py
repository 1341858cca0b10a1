"""Wires the performance trend: which metrics, which stretch of time, and the reader's zoom. It computes nothing: the
tab asks the analysis what `question` says, and fills the card."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.parts import trend as part
from livedash.analysis.trend import Trend, last_minutes, trend
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {
    "first": Input(part.FIRST, "value"),
    "second": Input(part.SECOND, "value"),
    "stretch": Input(part.RANGE, "value"),
}


def question(first: Any, second: Any, stretch: Any) -> tuple[Any, ...]:
    """What to ask for the lines and the stretch that were chosen."""
    return course, part.keys(first, second), stretch == part.LAST


def course(rollup: Rollup, window: Window | None, keys: tuple[str, ...], last: bool) -> Trend:
    """The trend over the window, or over the last minutes of the data."""
    if last:
        return trend(rollup, last_minutes(rollup, part.LAST_MINUTES), keys, part.POINTS[part.LAST])
    return trend(rollup, window, keys, part.POINTS[part.WHOLE])


def register(app: Dash, rooms: Rooms) -> None:
    wire(app, part)


def wire(app: Dash, chart: Any) -> None:
    """Offer the way back from a zoom, and let a click play the broadcast from there. chart: a layout with the names of
    this one's chart."""
    app.clientside_callback(
        ClientsideFunction("replay", "clicked"),
        Input(chart.CHART, "clickData"),
        State(chart.CHART, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trend", "zoomed"),
        Output(chart.UNZOOM, "hidden"),
        Input(chart.CHART, "relayoutData"),
        Input(chart.CHART, "figure"),
        State(chart.CHART, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trend", "unzoom"),
        Input(chart.UNZOOM, "n_clicks"),
        State(chart.CHART, "id"),
        prevent_initial_call=True,
    )

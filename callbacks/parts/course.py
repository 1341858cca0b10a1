"""Wires the master chart: every choice of a stretch, a bucket or a metric goes to the address, and what the address
says is what is asked of the analysis. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.parts import stretch
from layouts import shell
from layouts.parts import compare, events
from layouts.parts import course as part
from layouts.parts.asked import ASKED, Asked, keys, second, step
from layouts.parts.course import Behind, Course
from livedash.analysis.buckets import bucket_for, buckets_for
from livedash.analysis.compare import behind
from livedash.analysis.trend import trend
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import NO_TIME, Window

CHOICES = {
    "asked": Input(ASKED, "data"),
    "kinds": Input(part.KINDS_SHOWN, "value"),
    "earlier": Input(compare.BEHIND, "data"),
}

OVERALL_POINTS = 160


def question(asked: Asked, kinds: list[str] | None, earlier: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """What to ask for what the address says, and for the kinds of markers that are switched on. earlier: the lines of
    an earlier LIVE to compare with."""
    laid = None
    if earlier:
        lines = tuple((key, tuple(values)) for key, values in earlier.get("lines", ()))
        laid = Behind(lines, earlier.get("name", ""), said=earlier.get("said", ""))
    return course, keys(asked), step(asked), tuple(sorted(kinds or ())), second(asked), laid


def course(
    rollup: Rollup,
    window: Window | None,
    keys: tuple[str, ...],
    step_ms: int | None,
    kinds: tuple[str, ...],
    second: int | None = None,
    laid: Behind | None = None,
) -> Course:
    """What the chart shows of the window. second: where a second stretch of the same LIVE begins; laid: what else is
    laid behind the lines."""
    whole = rollup.span or NO_TIME
    shown = window or whole
    overall = trend(rollup, None, keys[:1], OVERALL_POINTS).series[keys[0]]
    asked = step_ms if step_ms in buckets_for(rollup, shown) else None
    told = trend(rollup, window, keys, step_ms=asked or bucket_for(rollup, shown))
    if second is not None and laid is None:
        other = behind(rollup, window, keys, second, told.step_ms)
        laid = Behind(tuple(other.series.items()), stretch=other.window)
    return Course(told, asked, buckets_for(rollup, shown), whole, overall, kinds, laid)


def register(app: Dash, rooms: Rooms) -> None:
    """Let the stretch be chosen in every way there is."""
    stretch.wire(app, rooms, part.ROOT)
    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("trends", "zoomed"),
        Input(part.CHART, "relayoutData"),
        State(part.SPAN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "clicked"),
        Input(part.CHART, "clickData"),
        State(part.SPAN, "data"),
        State(part.CHART, "id"),
        State(events.OPENED, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "chosenStep"), Output(part.STEP, "value"), Input(shell.ADDRESS, "search")
    )
    app.clientside_callback(
        ClientsideFunction("trends", "step"), Input(part.STEP, "value"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("trends", "timeline"),
        Output(part.FROM, "value"),
        Output(part.TO, "value"),
        Input(part.SPAN, "data"),
        State(part.TIMELINE, "id"),
        State(part.FROM, "id"),
        State(part.TO, "id"),
        prevent_initial_call=True,
    )

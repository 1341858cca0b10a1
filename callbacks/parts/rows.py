"""Wires the table of buckets: which columns it has. It computes nothing: the tab asks the analysis what `question`
says, and the rows are merged in the browser."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import words_for
from layouts import shell
from layouts.parts import rows as part
from layouts.parts.asked import ASKED, Asked, keys, step
from layouts.parts.rows import Sheet
from livedash.analysis.buckets import bucket_for, buckets_for
from livedash.analysis.rows import rows
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import NO_TIME, View, Window

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for what the address says."""
    return sheet, keys(asked), step(asked)


def sheet(rollup: Rollup, window: Window | None, keys: tuple[str, ...], step_ms: int | None) -> Sheet:
    """The latest rows of the window, in the buckets of the chart; none where no time is known."""
    if rollup.span is None:
        return Sheet(keys, chart_step(rollup, window, step_ms), (), 0)
    table = rows(rollup, window, keys, chart_step(rollup, window, step_ms))
    return Sheet(keys, table.step_ms, tuple(table.between(len(table) - part.MOST, len(table))), len(table))


def chart_step(rollup: Rollup, window: Window | None, step_ms: int | None) -> int:
    """The bucket that the chart shows: the one asked for, if the window can have it, else the one that fits it."""
    shown = window or rollup.span or NO_TIME
    return step_ms if step_ms in buckets_for(rollup, shown) and step_ms else bucket_for(rollup, shown)


def register(app: Dash, rooms: Rooms) -> None:
    """Give the grid its columns and its rows."""

    @app.callback(
        Output(part.GRID, "columnDefs"),
        Input(ASKED, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def choose(asked: Asked, view: dict[str, Any]) -> list[dict[str, Any]]:
        return part.columns(keys(asked), words_for(rooms, View.from_json(view)))

    app.clientside_callback(
        ClientsideFunction("grids", "fill"),
        Input(part.ROWS, "data"),
        State(part.GRID, "id"),
    )

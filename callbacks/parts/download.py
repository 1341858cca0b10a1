"""Wires the download: a process of its own writes the file, tells how far it has come and can be stopped; the file goes
out by a route (callbacks.exports), never through a callback. It computes nothing."""
from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks import exports
from callbacks.parts.rows import chart_step
from callbacks.parts.states import opens
from layouts import addresses, shell
from layouts.parts import download as part
from layouts.parts.asked import ASKED, Asked, keys, step
from livedash import export
from livedash.analysis.rows import TOLD, rows
from livedash.locale import Words
from livedash.rollup.past import as_of
from livedash.rooms import Rooms
from livedash.view import View

TELL_EVERY_S = 0.25


def register(app: Dash, rooms: Rooms) -> None:
    """Let the file be asked for, watched, stopped and saved."""
    opens(app, part.OPEN, part.DIALOG)

    @app.callback(
        Output(part.FILE, "data"),
        Output(part.SAID, "children"),
        Input(part.START, "n_clicks"),
        State(part.WHICH, "value"),
        State(part.KIND, "value"),
        State(ASKED, "data"),
        State(shell.VIEW, "data"),
        background=True,
        manager=exports.manager(rooms.cache_dir),
        running=[
            (Output(part.START, "disabled"), True, False),
            (Output(part.STOP, "disabled"), False, True),
        ],
        progress=[Output(part.PROGRESS, "value"), Output(part.PROGRESS, "max")],
        progress_default=["0", "1"],
        cancel=[Input(part.STOP, "n_clicks")],
        prevent_initial_call=True,
    )
    def write(
        tell: Callable[[list[str]], None], clicks: int, which: str, kind: str, asked: Asked, view: dict[str, Any]
    ) -> tuple[str, str]:
        # A process of its own: what it was born with may be locked by threads that it does not have.
        return written(copy.deepcopy(rooms), View.from_json(view), asked, which, kind, told_seldom(tell))

    app.clientside_callback(
        ClientsideFunction("trends", "fileSaid"),
        Output(part.SAID, "children", allow_duplicate=True),
        Input(part.START, "n_clicks"),
        Input(part.STOP, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "save"), Input(part.FILE, "data"), prevent_initial_call=True
    )


def written(
    rooms: Rooms, view: View, asked: Asked, which: str, kind: str, tell: Callable[[int, int], None]
) -> tuple[str, str]:
    """Write the file. Returns its address and a sentence about it."""
    token, folder = exports.place(rooms.cache_dir)
    with rooms.reading(view.room) as now:
        rollup = as_of(now, view.as_of)
        words = Words(view.language, rollup.room.timezone, rollup.room.currency)
        chosen = TOLD if which == part.EVERY else keys(asked)
        table = rows(rollup, view.window, chosen, chart_step(rollup, view.window, step(asked)))
        at = round(time.time() * 1000)
        job = export.Job(progress=tell)
        ending = part.XLSX if kind == part.XLSX else part.CSV
        path = folder / export.file_name(rollup, "markers" if kind == part.MARKERS else "trend", ending, at)
        if kind == part.MARKERS:
            export.write_markers_csv(path, rollup, table, words)
        elif kind == part.CSV:
            export.write_csv(path, rollup, table, words, job)
        else:
            export.write_xlsx(path, rollup, table, words, at, job)
        tell(1, 1)
        said = words("{file} is written: {rows} rows.", file=path.name, rows=words.value(len(table), "count"))
        if export.is_running(rollup):
            said += " " + words("The LIVE still runs: the file says “so far”.")
    return addresses.export(token, path.name), said


def told_seldom(tell: Callable[[list[str]], None]) -> Callable[[int, int], None]:
    """The same, but no more often than a page asks."""
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > TELL_EVERY_S or done == total:
            last = time.monotonic()
            tell([str(done), str(max(total, 1))])

    return progress

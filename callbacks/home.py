"""Wires the list of rooms: its search, and its refresh while LIVEs run. It computes no figure."""
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import reader
from callbacks.shell import Page
from layouts import home, shell
from layouts.addresses import Place
from layouts.home import Guide, RoomLine
from livedash.analysis.metrics import DEFAULT_ROOM_FIGURES
from livedash.analysis.overview import overview
from livedash.locale import Words
from livedash.problems import Problem
from livedash.rollup.room import RoomHeader
from livedash.rooms import Freshness, Rooms

Seen = list[list[Any]]
"""Room, revision, whether it has gone quiet and its state, for each room: what the list is made from."""


def register(app: Dash, rooms: Rooms, guide: Callable[[], Guide]) -> None:
    @app.callback(
        Output(home.LIST, "children"),
        Output(home.SEEN, "data"),
        Input(home.ASKED, "data"),
        Input(home.SEARCH, "value"),
        State(home.SEEN, "data"),
        prevent_initial_call=True,
    )
    def refresh(asked: int | None, search: str | None, seen: Seen) -> tuple[list[Component], Any]:
        """The list anew where a room changed or something else is searched for."""
        fresh = standing(rooms)
        now = glance(fresh)
        if now == seen and ctx.triggered_id == home.ASKED:
            raise PreventUpdate
        shown = home.rooms(lines(rooms, fresh), guide(), search or "", reader.words())
        return shown, now if now != seen else no_update

    app.clientside_callback(
        ClientsideFunction("shell", "searched"), Input(home.SEARCH, "value"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("shell", "ask"),
        Output(home.ASKED, "data"),
        Input(home.TICK, "n_intervals"),
        prevent_initial_call=True,
    )


def page(rooms: Rooms, guide: Callable[[], Guide]) -> Page:
    """What makes the page at the address of the list."""

    def make(place: Place, words: Words) -> Component:
        fresh = standing(rooms)
        return home.page(lines(rooms, fresh), glance(fresh), guide(), place.search, reader.theme_choice(), words)

    return make


def glance(fresh: Mapping[str, Freshness]) -> Seen:
    """Enough of every room to know whether the list must be made anew."""
    return [[room, now.revision, quiet_s(now) is not None, now.state] for room, now in fresh.items()]


def lines(rooms: Rooms, fresh: Mapping[str, Freshness]) -> list[RoomLine]:
    """Every room that can be read."""
    return [line for room, now in fresh.items() if (line := _line(rooms, room, now))]


def quiet_s(fresh: Freshness) -> float | None:
    """For how long a running LIVE has had no event; None where that is no time, or the LIVE is over."""
    if fresh.state != "live" or fresh.last_event_ms is None:
        return None
    silent = time.time() - fresh.last_event_ms / 1000
    return silent if silent > shell.QUIET_AFTER_S else None


def standing(rooms: Rooms) -> dict[str, Freshness]:
    """How every room that can be read stands at this moment, by name."""
    found = {}
    for room in rooms.ids():
        try:
            found[room] = rooms.freshness(room)
        except Problem:
            continue  # gone since it was listed
    return found


def _line(rooms: Rooms, room: str, fresh: Freshness) -> RoomLine | None:
    try:
        header = rooms.header(room)
        figures = rooms.remembered(room, overview, DEFAULT_ROOM_FIGURES).figures
    except Problem:
        return None
    return RoomLine(
        room=room,
        title=header.title or room,
        host=header.host or "",
        state=fresh.state,
        started=header.started_at,
        seconds=_lasted(header, fresh),
        quiet_s=quiet_s(fresh),
        unreadable=fresh.unreadable,
        figures=figures,
        words=Words(reader.language(), header.timezone, header.currency),
    )


def _lasted(header: RoomHeader, fresh: Freshness) -> float | None:
    """Seconds from the start to the end, or to the latest event while it runs."""
    end = header.ended_at if header.ended_at is not None else fresh.last_event_ms
    return None if header.started_at is None or end is None else max(0.0, (end - header.started_at) / 1000)

"""Wires the list of rooms: its search, and its refresh while LIVEs run. It computes no figure."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import reader
from callbacks.safety import Faults
from callbacks.shell import Page
from layouts import home
from layouts.addresses import Place
from layouts.home import Guide, RoomLine, Unshown
from layouts.parts.standing import QUIET_AFTER_S
from livedash.analysis.metrics import DEFAULT_ROOM_FIGURES
from livedash.analysis.overview import overview
from livedash.locale import Words
from livedash.places import no_room_id, proper_room_id
from livedash.problems import Problem
from livedash.rollup.room import RoomHeader
from livedash.rooms import Freshness, Rooms

Seen = list[list[Any]]
"""Room, revision, whether it has gone quiet and its state, for each room, and what is said of those that
cannot be shown: what the list is made from."""


def register(app: Dash, rooms: Rooms, guide: Callable[[], Guide], faults: Faults) -> None:
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
        looked = look(rooms, faults)
        now = glance(looked)
        if now == seen and ctx.triggered_id == home.ASKED:
            raise PreventUpdate
        shown = home.rooms(*lines(rooms, looked, faults), guide(), search or "", reader.words())
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


def page(rooms: Rooms, guide: Callable[[], Guide], faults: Faults) -> Page:
    """What makes the page at the address of the list."""

    def make(place: Place, words: Words) -> Component:
        looked = look(rooms, faults)
        shown, unshown = lines(rooms, looked, faults)
        return home.page(shown, unshown, glance(looked), guide(), place.search, reader.theme_choice(), words)

    return make


@dataclass(frozen=True, slots=True)
class Looked:
    """How every room stands, by name, and of which ones it cannot be told, and why."""

    fresh: dict[str, Freshness]
    unshown: tuple[Unshown, ...]


def look(rooms: Rooms, faults: Faults) -> Looked:
    """One look at every room, and at the folders that would be one under another name."""
    fresh, unshown = {}, []
    ids = rooms.ids()
    for room in ids:
        try:
            fresh[room] = rooms.freshness(room)
        except Problem:
            continue  # gone since it was listed
        except Exception as bug:  # of one room: the others are shown all the same
            unshown.append(Unshown(room, faults.text(bug)))
    words = reader.words()
    for name in rooms.misnamed():
        why = words.sentence(no_room_id(name).sentence)
        mend = words("Rename the folder, for instance to {name}.", name=proper_room_id(name, ids))
        unshown.append(Unshown(name, f"{why} {mend}"))
    return Looked(fresh, tuple(unshown))


def glance(looked: Looked) -> Seen:
    """Enough of every room to know whether the list must be made anew."""
    standing = [[room, now.revision, quiet_s(now) is not None, now.state] for room, now in looked.fresh.items()]
    return [*standing, *([one.name, one.why] for one in looked.unshown)]


def lines(rooms: Rooms, looked: Looked, faults: Faults) -> tuple[list[RoomLine], list[Unshown]]:
    """Every room that can be shown, and what cannot."""
    shown, unshown = [], list(looked.unshown)
    for room, now in looked.fresh.items():
        try:
            shown.append(_line(rooms, room, now))
        except Problem:
            continue  # gone since it was looked at
        except Exception as bug:
            unshown.append(Unshown(room, faults.text(bug)))
    return shown, unshown


def quiet_s(fresh: Freshness) -> float | None:
    """For how long a running LIVE has had no event; None where that is no time, or the LIVE is over."""
    if fresh.state != "live" or fresh.last_event_ms is None:
        return None
    silent = time.time() - fresh.last_event_ms / 1000
    return silent if silent > QUIET_AFTER_S else None


def _line(rooms: Rooms, room: str, fresh: Freshness) -> RoomLine:
    header = rooms.header(room)
    return RoomLine(
        room=room,
        title=header.title or room,
        host=header.host or "",
        state=fresh.state,
        started=header.started_at,
        seconds=_lasted(header, fresh),
        quiet_s=quiet_s(fresh),
        unreadable=fresh.unreadable,
        figures=rooms.remembered(room, overview, DEFAULT_ROOM_FIGURES).figures,
        words=Words(reader.language(), header.timezone, header.currency),
    )


def _lasted(header: RoomHeader, fresh: Freshness) -> float | None:
    """Seconds from the start to the end, or to the latest event while it runs."""
    end = header.ended_at if header.ended_at is not None else fresh.last_event_ms
    return None if header.started_at is None or end is None else max(0.0, (end - header.started_at) / 1000)

"""Wires the list of giveaways: its countdowns, ending one early, and the way to the console. Acting is left to
livedash.operate; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input, State
from dash.exceptions import PreventUpdate

from callbacks import console, reader
from callbacks.acting import of_now
from layouts import shell
from layouts.parts import giveaways as part
from livedash.analysis.giveaways import Giveaways, giveaways
from livedash.analysis.stock import left
from livedash.operate.giveaways import Goods, Standing, end
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis; the way to the console goes along."""
    return listed, console.address()


def listed(rollup: Rollup, window: Window | None, address: str | None) -> tuple[Giveaways, str | None]:
    """The giveaways, and the address of the seller's console where one is set."""
    return giveaways(rollup, window), address


def register(app: Dash, rooms: Rooms) -> None:
    """Make the buttons work; the list is filled by the tab."""

    @app.callback(
        Input(part.END, "n_clicks"),
        State(part.ENDING, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def end_it(clicks: int, giveaway_id: Any, view: dict[str, Any]) -> None:
        ended(rooms, View.from_json(view), giveaway_id)


def ended(rooms: Rooms, view: View, giveaway_id: Any) -> None:
    """End the giveaway of that id, or call it off. Raises Problem."""
    if not isinstance(giveaway_id, str):
        raise PreventUpdate
    of_now(view)
    with rooms.reading(view.room) as rollup:
        standing = stand(rollup)
    end(rooms.folder(view.room), giveaway_id, standing, reader.name())


def stand(rollup: Rollup) -> Standing:
    """What creating and ending must know of a room."""
    remaining = left(rollup)
    return Standing(
        products={key: Goods(one.title, remaining.get(key)) for key, one in rollup.product_facts.items()},
        lines=tuple(rollup.records("giveaway_started", "giveaway_ended")),
        state=rollup.room.state,
    )

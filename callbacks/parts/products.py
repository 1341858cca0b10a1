"""Wires the products card: its columns, its search, pinning and the talking points. Acting is left to
livedash.operate; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, words_for
from callbacks.parts.chooser import wire
from layouts import shell
from layouts.parts import products as part
from layouts.parts.chooser import chosen_id
from livedash.analysis.products import Point, Product, products, talking_points
from livedash.operate.pins import Standing, pin, unpin
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}
ACTS = {"pin": pin, "unpin": unpin}
BY = "dashboard"


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: every figure of every product, whichever columns are seen."""
    return (products_and_pinning,)


def register(app: Dash, rooms: Rooms) -> None:
    """Make the card's controls work; its rows are filled by the tab."""
    wire(app, part.ROOT)

    @app.callback(Output(part.GRID, "columnDefs"), Input(chosen_id(part.ROOT), "data"), State(shell.VIEW, "data"))
    def choose(stored: Any, view: dict[str, Any]) -> list[dict[str, Any]]:
        return part.columns(stored, words_for(rooms, View.from_json(view)))

    @app.callback(Input(part.ORDER, "data"), State(shell.VIEW, "data"), prevent_initial_call=True)
    def act(order: dict[str, str], view: dict[str, Any]) -> None:
        room = View.from_json(view).room
        with rooms.reading(room) as rollup:
            standing = stand(rollup)
        ACTS[order["act"]](rooms.folder(room), order["product"], standing, BY)

    @app.callback(
        Output(part.SCRIPT_BODY, "children"),
        Input(part.SCRIPT_FOR, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def say(asked: dict[str, str], view: dict[str, Any]) -> list[Any]:
        seen = View.from_json(view)
        title, points, at = ask(rooms, seen, script, asked["product"])
        return part.script(title, points, at, words_for(rooms, seen))

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("grids", "fill"),
        Output(part.GRID, "rowTransaction"),
        Input(part.ROWS, "data"),
        State(part.GRID, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("grids", "search"),
        Output(part.GRID, "dashGridOptions"),
        Input(part.SEARCH, "value"),
        State(part.GRID, "dashGridOptions"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("products", "act"),
        Output(part.ORDER, "data"),
        Output(part.SCRIPT_FOR, "data"),
        Input(part.PRESSED, "data"),
        State(part.SCRIPT, "id"),
        State(part.SCRIPT_BODY, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("products", "copy"),
        Output(part.COPIED, "children"),
        Input(part.COPY, "n_clicks"),
        State(part.COPY, "data-done"),
        State(part.SCRIPT_BODY, "id"),
        prevent_initial_call=True,
    )


def products_and_pinning(rollup: Rollup, window: Window | None) -> tuple[tuple[Product, ...], bool]:
    """What the card shows of a window: the products, and whether they can be pinned."""
    return products(rollup, window), rollup.room.state != "ended"


def script(rollup: Rollup, window: Window | None, product_id: str) -> tuple[str, tuple[Point, ...], int | None]:
    """The talking points of a product, with its title and the time of the latest event. Raises Problem."""
    points = talking_points(rollup, product_id)
    return rollup.product_facts[product_id].title, points, rollup.last_ts


def stand(rollup: Rollup) -> Standing:
    """What pinning must know of a room. A room lets several be pinned by `several_pins` in its live_started line."""
    started = rollup.records("live_started")
    return Standing(
        products=frozenset(rollup.product_facts),
        pins=tuple(rollup.records("pin", "unpin")),
        ended=rollup.room.state == "ended",
        several=any(line.get("several_pins") is True for line in started),
    )

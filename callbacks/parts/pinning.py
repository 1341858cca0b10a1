"""Wires pinning for every tab: what is pressed becomes lines of the room's log, can be taken back for some seconds, and
the talking points are asked for. Acting is left to livedash.operate; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from callbacks import reader
from callbacks.acting import of_now
from callbacks.answers import ask, words_for
from callbacks.parts.states import opens
from layouts import shell
from layouts.parts import pinning as part
from layouts.parts import products as card
from livedash.analysis.script import script
from livedash.operate.pins import Standing, pin, undo, unpin
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View
from livedash.words import N_

ACTS = {"pin": pin, "unpin": unpin}
SAID = {"pin": N_("Pinned {product}."), "unpin": N_("Unpinned {product}.")}
ALREADY = {"pin": N_("{product} is pinned already."), "unpin": N_("{product} is not pinned.")}


def register(app: Dash, rooms: Rooms) -> None:
    """Make pinning work in every room's page. Called once for each app."""

    @app.callback(
        Output(part.DONE, "data"),
        Input(part.ORDER, "data"),
        Input(part.TAKE_BACK, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def act(order: dict[str, str] | None, lines: list[str] | None, view: dict[str, Any]) -> dict[str, Any]:
        """Raises Problem, which the toast says."""
        seen = View.from_json(view)
        if ctx.triggered_id == part.TAKE_BACK:
            return take_back(rooms, seen, lines or [])
        if not order:
            raise PreventUpdate
        return done(rooms, seen, order)

    @app.callback(
        Output(part.SCRIPT_BODY, "children"),
        Input(part.SCRIPT_FOR, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def say(asked: dict[str, str], view: dict[str, Any]) -> list[Any]:
        seen = View.from_json(view)
        return part.script(ask(rooms, seen, script, asked["product"]), words_for(rooms, seen))

    opens(app, card.NAME, part.NAME_DIALOG)
    _in_the_browser(app)


def done(rooms: Rooms, view: View, order: dict[str, str]) -> dict[str, Any]:
    """Do what was ordered ({"act", "product"}), and say so. Raises Problem."""
    act, product = order["act"], str(order["product"])
    standing, titles = _standing(rooms, view)
    lines = ACTS[act](rooms.folder(view.room), product, standing, reader.name())
    words = words_for(rooms, view)
    said = words((SAID if lines else ALREADY)[act], product=titles.get(product, product))
    return part.done(said, tuple(line["event_id"] for line in lines))


def take_back(rooms: Rooms, view: View, lines: list[str]) -> dict[str, Any]:
    """Take back what wrote these lines, and say what is pinned now. Raises Problem."""
    standing, titles = _standing(rooms, view)
    written = undo(rooms.folder(view.room), [str(line) for line in lines], standing, reader.name())
    words = words_for(rooms, view)
    pinned = [str(line["product_id"]) for line in written if line["type"] == "pin"]
    again = [titles.get(product, product) for product in pinned]
    if again:
        return part.done(words("Taken back: {product} is pinned again.", product=", ".join(again)))
    return part.done(words("Taken back."))


def _standing(rooms: Rooms, view: View) -> tuple[Standing, dict[str, str]]:
    """What pinning must know of the room, and what its products are called. Raises Problem, that of `of_now`."""
    of_now(view)
    with rooms.reading(view.room) as rollup:
        return stand(rollup), {name: facts.title for name, facts in rollup.product_facts.items()}


def stand(rollup: Rollup) -> Standing:
    """What pinning must know of a room."""
    header = rollup.room
    return Standing(
        products=frozenset(rollup.product_facts),
        pins=tuple(rollup.records("pin", "unpin")),
        ended=header.state == "ended",
        several=header.several_pins,
    )


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("pinning", "press"),
        Output(part.ORDER, "data"),
        Output(part.SCRIPT_FOR, "data"),
        Input(part.PRESSED, "data"),
        State(part.SCRIPT, "id"),
        State(part.SCRIPT_BODY, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("pinning", "offer"),
        Input(part.DONE, "data"),
        State(part.BAR, "id"),
        State(part.SAID, "id"),
        State(part.UNDO, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("pinning", "takeBack"),
        Output(part.TAKE_BACK, "data"),
        Input(part.UNDO, "n_clicks"),
        State(part.DONE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("pinning", "copy"),
        Output(part.COPIED, "children"),
        Input(part.COPY, "n_clicks"),
        State(part.COPY, "data-done"),
        State(part.SCRIPT_BODY, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("pinning", "saveName"),
        Output(part.NAMES, "data"),
        Input(part.NAME_SAVE, "n_clicks"),
        Input(part.NAME, "n_submit"),
        State(part.NAME, "value"),
        State(part.NAME_DIALOG, "id"),
        prevent_initial_call=True,
    )

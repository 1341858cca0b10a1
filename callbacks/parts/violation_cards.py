"""Wires the violation cards: which state is seen, the card that the address names, and how an appeal was decided.
Acting is left to livedash.operate; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import console, reader
from callbacks.acting import of_now
from callbacks.answers import ask
from layouts import shell
from layouts.parts import violation_cards as part
from layouts.parts.violation_cards import Told
from livedash.analysis.deliveries import deliveries
from livedash.analysis.violations import ALL, SHOWN, appeal_lines, violations
from livedash.operate.appeals import Standing, decide
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES = {"state": Input(part.FILTER, "value")}


def question(state: Any) -> tuple[Any, ...]:
    """What to ask for the state that was chosen, whatever a browser has kept of it."""
    return told, state if state in SHOWN else ALL


def told(rollup: Rollup, window: Window | None, state: str) -> Told:
    """The violations of the state, with how far their appeals have travelled."""
    return Told(violations(rollup, window, state), state, deliveries(rollup), console.address())


def register(app: Dash, rooms: Rooms) -> None:
    """Let it be said how appeals were decided; the cards are filled by the tab."""

    @app.callback(Input(part.ORDER, "data"), State(shell.VIEW, "data"), prevent_initial_call=True)
    def outcome(order: dict[str, Any] | None, view: dict[str, Any]) -> None:
        say(rooms, View.from_json(view), order)


def reveals(app: Dash, store: str) -> None:
    """Go to the card that the address names, and let the keyboard stay where it was. store: of what the tab draws."""
    app.clientside_callback(
        ClientsideFunction("violations", "shown"),
        Output(part.SAID, "title"),
        Input(store, "data"),
        Input(shell.ADDRESS, "search"),
    )


def say(rooms: Rooms, view: View, order: dict[str, Any] | None) -> None:
    """Write how an appeal was decided. Raises Problem."""
    ref, outcome = (order or {}).get("ref"), (order or {}).get("outcome")
    if not isinstance(ref, str) or not isinstance(outcome, str):
        raise PreventUpdate
    of_now(view)
    decide(rooms.folder(view.room), ref, outcome, standing(rooms, view.room, ref), reader.name())


def standing(rooms: Rooms, room: str, ref: str) -> Standing:
    """What is known of a violation's appeal now. Raises Problem where there is no such room."""
    view = View(room, rooms.revision(room))
    there, lines, over = ask(rooms, view, appeal_lines, ref)
    return Standing(frozenset({ref} if there else ()), tuple({**line, "ref_id": ref} for line in lines), over)



"""Wires the recommendations card: the advice and what can be done at a press, and which of it is new to this reader, in
the browser alone. Acting is left to livedash.operate; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.acting import of_now
from callbacks.parts.talk import mark_all
from layouts import shell
from layouts.parts import pinning
from layouts.parts import recommendations as part
from livedash.analysis.advice import Usual, counsel
from livedash.rooms import Rooms
from livedash.view import View

CHOICES: dict[str, Input] = {}
MOST_ANSWERED = 200


def question(usual: Usual = ()) -> tuple[Any, ...]:
    """What to ask of the analysis. usual: the host's usual rate of each stage of the funnel."""
    return counsel, usual


def register(app: Dash, rooms: Rooms) -> None:
    """Draw the advice, do what is pressed, and count what is new; the card is filled by the tab."""

    @app.callback(Input(part.ANSWER, "data"), State(shell.VIEW, "data"), prevent_initial_call=True)
    def answer(asked: dict[str, Any], view: dict[str, Any]) -> None:
        """Mark every comment that puts the question as answered: all or none. Raises Problem, which the toast says."""
        seen = View.from_json(view)
        of_now(seen)
        mark_all(rooms, seen, asked["comments"][:MOST_ANSWERED])

    app.clientside_callback(
        ClientsideFunction("recommendations", "advise"),
        Input(part.ADVICE, "data"),
        State(part.LIST, "id"),
        State(part.CALM, "id"),
        State(part.AGAIN, "id"),
        State(part.NOTICES, "id"),
        State(shell.LOOKED, "id"),
        State(part.PRESSED, "id"),
        State(part.ANSWER, "id"),
    )
    # The same way as a button of the products: what that does beside pinning (undo) is done here too.
    app.clientside_callback(
        ClientsideFunction("recommendations", "order"),
        Output(pinning.PRESSED, "data"),
        Input(part.PRESSED, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("recommendations", "unseen"),
        Output(shell.ADVISED, "children"),
        Output(shell.ADVISED, "hidden"),
        Output(shell.ADVISED, "title"),
        Input(shell.ADVICE, "data"),
        Input(shell.LOOKED, "data"),
        State(shell.ADVISED, "data-some"),
    )
    app.clientside_callback(
        ClientsideFunction("recommendations", "count"),
        Output(part.NEW, "children"),
        Output(part.NEW, "hidden"),
        Output(part.SEEN, "data"),
        Input(part.LATEST, "data"),
        Input(part.NEW, "n_clicks"),
        State(part.SEEN, "data"),
        State(part.NEW, "id"),
        State(part.NEW, "data-some"),
        prevent_initial_call=True,
    )

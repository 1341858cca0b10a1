"""Wires the comments card: all comments or only questions, and the list that holds still while it is read. It computes
nothing: the analysis answers, the layout says it."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.parts import comments as part
from livedash.analysis.comments import Conversation, conversation
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {"which": Input(part.FILTER, "value")}


def question(which: str) -> tuple[Any, ...]:
    """What to ask for the choice between all comments and questions."""
    return chosen_conversation, part.QUESTIONS if which == part.QUESTIONS else part.ALL


def register(app: Dash, rooms: Rooms) -> None:
    """Let the list take in what came; the card is filled by the tab."""
    app.clientside_callback(
        ClientsideFunction("comments", "take"),
        Output(part.NEW, "children"),
        Output(part.NEW, "hidden"),
        Input(part.REMARKS, "data"),
        Input(part.NEW, "n_clicks"),
        State(part.LIST, "id"),
        State(part.NEW, "id"),
    )


def chosen_conversation(rollup: Rollup, window: Window | None, which: str) -> tuple[str, Conversation]:
    """What the card shows of a window: the choice, and the comments of that choice."""
    return which, conversation(rollup, window, which == part.QUESTIONS)

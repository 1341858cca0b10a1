"""Wires what giveaways did: what it asks, and when it asks anew. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.history import past_courses
from layouts import shell
from layouts.parts import giveaway_effects as part
from layouts.parts import giveaways as all_giveaways
from livedash.analysis.effects import PastCourse
from livedash.analysis.giveaway_effects import Comparison, Outcome, what_it_did, which_worked
from livedash.analysis.metrics import GIVEAWAY_OF_ROOM
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES: dict[str, Input] = {}


def question(giveaway_id: str | None = None, history: tuple[PastCourse, ...] = ()) -> tuple[Any, ...]:
    """What to ask for the giveaway that is looked at; None: the latest. history: of the host's earlier LIVEs."""
    return told, giveaway_id, history


def told(
    rollup: Rollup, window: Window | None, giveaway_id: str | None, history: tuple[PastCourse, ...]
) -> tuple[Outcome | None, Comparison]:
    """What that giveaway did (the latest, where it has not run), and all of them compared."""
    outcome = what_it_did(rollup, window, giveaway_id, history) or what_it_did(rollup, window, None, history)
    return outcome, which_worked(rollup, window)


def history_of(rooms: Rooms, view: View) -> tuple[PastCourse, ...]:
    """What is usual for the host at the same minute, of every figure that is told of the LIVE."""
    return tuple(course for key in GIVEAWAY_OF_ROOM for course in past_courses(rooms, view, key))


def register(app: Dash, rooms: Rooms) -> None:
    """Nothing to wire but when it is asked: see `asks`."""


def asks(app: Dash, tab_view: str) -> None:
    """Ask anew when another giveaway is looked at, when one begins or ends, and with each minute: judging takes longer
    than a glance. tab_view: the store of the View as far as the tab is open."""
    app.clientside_callback(
        ClientsideFunction("giveaways", "ask"),
        Output(part.ASK, "data"),
        Input(tab_view, "data"),
        Input(all_giveaways.CHOSEN, "data"),
        Input(all_giveaways.STANDING, "data"),
        State(shell.FRESH, "data"),
        State(part.ASK, "data"),
    )

"""Wires what giveaways did: what it asks, and when it asks anew. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts import shell
from layouts.parts import giveaway_effects as part
from layouts.parts import giveaways as all_giveaways
from livedash.analysis.giveaway_effects import Comparison, Outcome, what_it_did, which_worked
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES: dict[str, Input] = {}


def question(giveaway_id: str | None = None) -> tuple[Any, ...]:
    """What to ask for the giveaway that is looked at; None: the latest."""
    return told, giveaway_id


def told(rollup: Rollup, window: Window | None, giveaway_id: str | None) -> tuple[Outcome | None, Comparison]:
    """What that giveaway did (the latest, where it has not run), and all of them compared."""
    outcome = what_it_did(rollup, window, giveaway_id) or what_it_did(rollup, window, None)
    return outcome, which_worked(rollup, window)


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

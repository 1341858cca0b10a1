"""Wires the Giveaways tab: which parts it has, and the form beside them. It computes nothing."""
from __future__ import annotations

from dash import Dash

from callbacks import panel
from callbacks.panel import Part
from callbacks.parts import giveaway_form
from callbacks.parts import giveaways as all_giveaways
from callbacks.safety import Faults
from layouts import giveaways
from livedash.rooms import Rooms

PARTS: dict[str, Part] = {"giveaways": all_giveaways}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    giveaway_form.register(app, rooms)
    panel.register(app, rooms, faults, giveaways.VIEW, PARTS)

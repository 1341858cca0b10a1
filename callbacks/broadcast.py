"""Wires the Broadcast tab: which parts it has. It computes nothing."""

from __future__ import annotations

from dash import Dash

from callbacks import panel
from callbacks.panel import Part
from callbacks.parts import happenings, mood, player, talk
from callbacks.safety import Faults
from layouts import broadcast
from livedash.rooms import Rooms

PARTS: dict[str, Part] = {"player": player, "happenings": happenings, "talk": talk, "mood": mood}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    panel.register(app, rooms, faults, broadcast.VIEW, PARTS)

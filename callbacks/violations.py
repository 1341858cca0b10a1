"""Wires the Violations tab: which parts it has. It computes nothing."""
from __future__ import annotations

from dash import Dash

from callbacks import panel
from callbacks.panel import Part
from callbacks.parts import appeal, violation_cards
from callbacks.safety import Faults
from layouts import violations
from layouts.panel import drawing
from livedash.rooms import Rooms

PARTS: dict[str, Part] = {"cards": violation_cards}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    appeal.register(app, rooms)
    panel.register(app, rooms, faults, violations.VIEW, PARTS)
    violation_cards.reveals(app, drawing(violations.VIEW))

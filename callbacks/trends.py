"""Wires the Trend analysis tab: which parts it has, and what they follow in the address. It computes nothing."""
from __future__ import annotations

from dash import Dash

from callbacks import panel
from callbacks.panel import Part
from callbacks.parts import asked, compare, course, download, events, rows, shocks, strip, watch
from callbacks.safety import Faults
from layouts import trends
from livedash.rooms import Rooms

PARTS: dict[str, Part] = {
    "strip": strip,
    "course": course,
    "watch": watch,
    "rows": rows,
    "shocks": shocks,
    "events": events,
}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    asked.wire(app)
    compare.register(app, rooms)
    download.register(app, rooms)
    panel.register(app, rooms, faults, trends.VIEW, PARTS)

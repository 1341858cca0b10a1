"""Wires the Trend analysis tab: which parts it has, what they follow in the address, and what effects are told of the
host's earlier LIVEs. It computes nothing."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash

from callbacks import panel
from callbacks.history import past_courses
from callbacks.panel import Part
from callbacks.parts import asked, compare, course, download, effects, events, rows, shocks, strip, watch
from callbacks.safety import Faults
from layouts import trends
from livedash.rooms import Rooms
from livedash.view import View

PARTS: dict[str, Part] = {
    "strip": strip,
    "course": course,
    "watch": watch,
    "effects": effects,
    "rows": rows,
    "shocks": shocks,
    "events": events,
}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    asked.wire(app)
    compare.register(app, rooms)
    download.register(app, rooms)

    def known(view: View, choices: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        return {"effects": {"history": past_courses(rooms, view, effects.judged(choices["effects"]))}}

    panel.register(app, rooms, faults, trends.VIEW, PARTS, known)

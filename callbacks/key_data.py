"""Wires the Key data tab: which parts it has, and what they are told of the host's earlier LIVEs. It computes
nothing."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash

from callbacks import panel
from callbacks.history import usual
from callbacks.panel import Part
from callbacks.parts import (
    audience,
    broadcast,
    comments,
    conversion,
    overview,
    products,
    recommendations,
    traffic,
    trend,
)
from callbacks.safety import Faults
from layouts import key_data
from livedash.rooms import Rooms
from livedash.view import View

PARTS: dict[str, Part] = {
    "overview": overview,
    "trend": trend,
    "conversion": conversion,
    "traffic": traffic,
    "products": products,
    "audience": audience,
    "recommendations": recommendations,
    "broadcast": broadcast,
    "comments": comments,
}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    def known(view: View, choices: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        told = {"usual": usual(rooms, view)}
        return {"conversion": told, "recommendations": told}

    panel.register(app, rooms, faults, key_data.VIEW, PARTS, known)

"""Wires the picture beside a trend, in the same way as any other screen. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input

from callbacks.parts.broadcast import hangs_on, wire
from layouts.parts import watch as part
from livedash.rooms import Rooms

CHOICES: dict[str, Input] = {}


def question() -> tuple[Any, ...]:
    """What to ask of the analysis: what the picture hangs on."""
    return (hangs_on,)


def register(app: Dash, rooms: Rooms) -> None:
    wire(app, rooms, part)

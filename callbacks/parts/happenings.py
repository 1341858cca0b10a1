"""Wires the list of what happened: what it asks. It computes nothing; its play buttons work by assets/replay.js."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input

from layouts.parts import happenings as part
from livedash.analysis.markers import markers
from livedash.rooms import Rooms

CHOICES: dict[str, Input] = {}

__all__ = ["CHOICES", "part", "question", "register"]


def question() -> tuple[Any, ...]:
    """What to ask of the analysis."""
    return (markers,)


def register(app: Dash, rooms: Rooms) -> None:
    """Nothing to wire: the tab fills the list."""

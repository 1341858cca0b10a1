"""Wires the mood of the comments: what it asks. It computes nothing."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input

from layouts.parts import mood as part
from livedash.analysis.comments import mood
from livedash.rooms import Rooms

CHOICES: dict[str, Input] = {}

__all__ = ["CHOICES", "part", "question", "register"]


def question() -> tuple[Any, ...]:
    """What to ask of the analysis."""
    return (mood,)


def register(app: Dash, rooms: Rooms) -> None:
    """Nothing to wire: the tab fills the card."""

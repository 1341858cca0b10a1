"""Wires the findings: they are those of the metrics that are charted. It computes nothing: the tab asks the analysis
what `question` says, and fills the card."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input

from layouts.parts import shocks as part  # noqa: F401 (the tab reads it)
from layouts.parts.asked import ASKED, Asked, keys
from livedash.analysis.spikes import spikes
from livedash.rooms import Rooms

CHOICES = {"asked": Input(ASKED, "data")}


def question(asked: Asked) -> tuple[Any, ...]:
    """What to ask for the metrics that are charted."""
    return spikes, keys(asked)


def register(app: Dash, rooms: Rooms) -> None:
    """There is nothing else to wire: its buttons are those of assets/trends.js."""




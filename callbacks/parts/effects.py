"""Wires the table of what the events did: the metric, the window after an event and the kinds that are switched on. It
computes nothing: the tab asks the analysis what `question` says, and fills the card."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input

from layouts.parts import course
from layouts.parts import effects as part
from layouts.parts.asked import ASKED, Asked, keys
from layouts.parts.effects import Table
from livedash.analysis.effects import KINDS, PastCourse, judged_events, what_events_did
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import Window

CHOICES = {
    "asked": Input(ASKED, "data"),
    "metric": Input(part.METRIC, "value"),
    "after": Input(part.AFTER, "value"),
    "kinds": Input(course.KINDS_SHOWN, "value"),
}


def judged(choices: Mapping[str, Any]) -> str:
    """The metric that these choices ask for."""
    return part.key(choices["metric"], keys(choices["asked"]))


def question(
    asked: Asked, metric: Any, after: Any, kinds: list[str] | None, history: tuple[PastCourse, ...] = ()
) -> tuple[Any, ...]:
    """What to ask for what is chosen. history: the metric in earlier LIVEs."""
    shown = tuple(kind for kind in KINDS if kind in (kinds or ()))
    return table, keys(asked), part.key(metric, keys(asked)), part.minutes(after), shown, history


def table(
    rollup: Rollup, window: Window | None, charted: tuple[str, ...], key: str, minutes: int | None,
    kinds: tuple[str, ...], history: tuple[PastCourse, ...],
) -> Table:  # fmt: skip
    """What the table shows of the window: the latest events of all there are."""
    told = what_events_did(rollup, window, key, minutes, kinds, part.MOST, history)
    return Table(charted, key, minutes, kinds, told, len(judged_events(rollup, window, kinds)))


def register(app: Dash, rooms: Rooms) -> None:
    """There is nothing else to wire: its play buttons work by assets/replay.js."""

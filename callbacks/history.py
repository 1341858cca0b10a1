"""Asks what is usual for a host: the answers of earlier, ended LIVEs, for the running one to be held against.
It computes nothing; what earlier LIVEs answer is remembered until their logs grow, so it opens none of them again."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from callbacks.answers import ask, room_header
from livedash.analysis import compare
from livedash.analysis.effects import PastCourse, past_course
from livedash.analysis.funnel import funnel, usual_rates
from livedash.problems import Problem
from livedash.rollup.fold import RoomHeader
from livedash.rooms import Rooms
from livedash.view import View

MOST = 8
"""Earlier LIVEs that say what is usual: the latest ones."""

Rates = tuple[tuple[str, float], ...]


def usual(rooms: Rooms, view: View) -> Rates:
    """The usual rate of each stage of the funnel over the host's earlier LIVEs; () where there are none."""
    return tuple(sorted(usual_rates(_told(rooms, view, funnel)).items()))


def past_courses(rooms: Rooms, view: View, key: str, product_id: str | None = None) -> tuple[PastCourse, ...]:
    """A metric over each of the host's earlier LIVEs, for effects to know what is usual at the same minute."""
    return tuple(_told(rooms, view, past_course, key, product_id))


def _told(rooms: Rooms, view: View, question: Callable[..., Any], *args: Any) -> Iterator[Any]:
    """What each of the host's earlier LIVEs answers."""
    for earlier in earlier_lives(rooms, view):
        try:
            yield rooms.remembered(earlier.room, question, *args)
        except Problem:
            continue  # gone since it was listed


def earlier_lives(rooms: Rooms, view: View) -> list[View]:
    """The ended LIVEs of the same host that began before this one, the latest first."""
    others: dict[str, tuple[RoomHeader, View]] = {}
    for room in rooms.ids():
        try:
            others[room] = rooms.header(room), View(room, rooms.revision(room))
        except Problem:
            continue  # gone since it was listed
    found = compare.earlier_lives(ask(rooms, view, room_header), (header for header, _ in others.values()))
    return [others[header.id][1] for header in found[:MOST]]

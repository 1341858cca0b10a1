"""Asks what is usual for a host: the answers of earlier, ended LIVEs, for the running one to be held against.
It computes nothing; ended rooms do not change, so their answers are remembered."""
from __future__ import annotations

from callbacks.answers import ask, room_header
from livedash.analysis import compare
from livedash.analysis.effects import PastCourse, past_course
from livedash.analysis.funnel import Funnel, funnel, usual_rates
from livedash.problems import Problem
from livedash.rollup.fold import RoomHeader
from livedash.rooms import Rooms
from livedash.view import View

MOST = 8
"""Earlier LIVEs that say what is usual: the latest ones."""

Rates = tuple[tuple[str, float], ...]


def usual(rooms: Rooms, view: View) -> Rates:
    """The usual rate of each stage of the funnel over the host's earlier LIVEs; () where there are none."""
    return tuple(sorted(usual_rates(_funnel(rooms, earlier) for earlier in earlier_lives(rooms, view)).items()))


def past_courses(rooms: Rooms, view: View, key: str, product_id: str | None = None) -> tuple[PastCourse, ...]:
    """A metric over each of the host's earlier LIVEs, for effects to know what is usual at the same minute."""
    found = []
    for earlier in earlier_lives(rooms, view):
        try:
            found.append(ask(rooms, earlier, past_course, key, product_id))
        except Problem:
            continue  # gone since it was listed
    return tuple(found)


def earlier_lives(rooms: Rooms, view: View) -> list[View]:
    """The ended LIVEs of the same host that began before this one, the latest first."""
    others: dict[str, tuple[RoomHeader, View]] = {}
    for room in rooms.ids():
        try:
            other = View(room, rooms.revision(room))
            others[room] = ask(rooms, other, room_header), other
        except Problem:
            continue  # gone since it was listed
    found = compare.earlier_lives(ask(rooms, view, room_header), (header for header, _ in others.values()))
    return [others[header.id][1] for header in found[:MOST]]


def _funnel(rooms: Rooms, view: View) -> Funnel:
    answer: Funnel = ask(rooms, view, funnel)
    return answer

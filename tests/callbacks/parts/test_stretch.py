"""The wiring of the choice of a stretch reads the times that are typed."""
from __future__ import annotations

from typing import Any

import pytest

from callbacks.parts import stretch as wiring
from livedash.view import View
from tests.callbacks.conftest import House
from tests.livedash.build import START

MINUTE = 60_000


@pytest.fixture
def view(house: House) -> View:
    house.write("room", {"ts": START, "type": "live_started", "currency": "USD", "timezone": "Asia/Singapore"},
                {"ts": START + 60 * MINUTE, "type": "live_ended"})  # fmt: skip
    return View("room", house.rooms.revision("room"))


def typed(house: House, view: View, start: str, end: str) -> tuple[Any, str]:
    with house.server.app_context():
        return wiring.stretch_typed(house.rooms, view, start, end)


def test_typed_times_are_those_of_the_room(house: House, view: View) -> None:
    assert typed(house, view, "03:10", "03:20:30") == ([START + 10 * MINUTE, START + 20 * MINUTE + 30_000], "")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("soon", "03:10", "soon is not a time"), ("03:20", "03:10", "before"), ("06:00", "07:00", "03:00:00 – 04:00:00")],
)
def test_what_cannot_be_is_said(house: House, view: View, start: str, end: str, said: str) -> None:
    stretch, sentence = typed(house, view, start, end)
    assert stretch is None and said in sentence

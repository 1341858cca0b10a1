"""What is usual for a host comes from earlier, ended LIVEs of that host alone."""
from __future__ import annotations

from typing import Any

import pytest

from callbacks.answers import EXTENSION
from callbacks.history import earlier_lives, past_courses, usual
from livedash.rollup.fold import Rollup
from livedash.rollup.read import RoomReader
from livedash.view import View
from tests.callbacks.conftest import House

START = 1_764_000_000_000
DAY = 86_400_000


def go_live(house: House, room: str, day: int, *, host: str = "Luna", shown: int, entered: int) -> None:
    at = START + day * DAY
    lines: list[dict[str, Any]] = [{"ts": at, "type": "live_started", "host": host, "currency": "USD"}]
    lines += [{"ts": at + 1, "type": "impression", "source": "Search"}] * shown
    lines += [{"ts": at + 2, "type": "view", "user_id": f"u{n}", "source": "Search"} for n in range(entered)]
    house.write(room, *lines, {"ts": at + 3_600_000, "type": "live_ended"})


def test_the_usual_rate_is_that_of_all_earlier_lives_together(house: House) -> None:
    go_live(house, "first", 1, shown=10, entered=1)
    go_live(house, "second", 2, shown=30, entered=9)
    go_live(house, "later", 4, shown=10, entered=10)
    go_live(house, "another-host", 1, host="Sol", shown=10, entered=10)
    go_live(house, "now", 3, shown=10, entered=5)
    with house.server.app_context():
        view = View("now", house.rooms.revision("now"))
        assert [other.room for other in earlier_lives(house.rooms, view)] == ["second", "first"]
        assert dict(usual(house.rooms, view))["views"] == (1 + 9) / (10 + 30)


def test_what_earlier_lives_said_is_known_without_opening_them_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 4):
        go_live(house, f"day-{day}", day, shown=10, entered=day)
    go_live(house, "now", 5, shown=10, entered=5)
    view = View("now", house.rooms.revision("now"))
    with house.server.app_context():
        before = usual(house.rooms, view), past_courses(house.rooms, view, "views")
        house.rooms._open.clear()
        house.server.extensions[EXTENSION]._cache.clear()
        opened: list[str] = []
        refresh = RoomReader.refresh

        def counted(self: RoomReader) -> Rollup:
            opened.append(self.room_id)
            return refresh(self)

        monkeypatch.setattr(RoomReader, "refresh", counted)
        assert (usual(house.rooms, view), past_courses(house.rooms, view, "views")) == before
        assert set(opened) <= {"now"}
        go_live(house, "day-2", 2, shown=0, entered=9)
        assert usual(house.rooms, view) != before[0] and set(opened) == {"now", "day-2"}


def test_a_first_live_has_nothing_usual(house: House) -> None:
    go_live(house, "now", 3, shown=10, entered=5)
    with house.server.app_context():
        assert usual(house.rooms, View("now", house.rooms.revision("now"))) == ()

"""What is usual for a host comes from earlier, ended LIVEs of that host alone."""
from __future__ import annotations

from typing import Any

from callbacks.history import earlier_lives, usual
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


def test_a_first_live_has_nothing_usual(house: House) -> None:
    go_live(house, "now", 3, shown=10, entered=5)
    with house.server.app_context():
        assert usual(house.rooms, View("now", house.rooms.revision("now"))) == ()

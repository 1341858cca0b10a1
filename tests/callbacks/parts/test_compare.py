"""What can be compared with is offered, what is chosen goes to the address, and an earlier LIVE is laid minute on
minute."""
from __future__ import annotations

from typing import Any

import pytest

from callbacks.parts import compare as wiring
from layouts.parts import compare as part
from livedash.view import View, Window
from tests.callbacks.conftest import House

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
START = 1_764_000_000_000


def lines(start: int, views: list[int], host: str = "Luna", **said: Any) -> list[dict[str, Any]]:
    """An ended LIVE with so many views in each of its minutes."""
    entries = [
        {"ts": start + minute * MINUTE + place, "type": "view", "user_id": f"u{minute}-{place}"}
        for minute, count in enumerate(views)
        for place in range(count)
    ]
    begun = {"ts": start, "type": "live_started", "host": host, "title": "Autumn", "currency": "USD", **said}
    return [begun, *entries, {"ts": start + len(views) * MINUTE, "type": "live_ended"}]


@pytest.fixture
def view(house: House) -> View:
    house.write("before", *lines(START - DAY, [1, 2, 3, 4]))
    house.write("other-host", *lines(START - DAY, [9], host="Mara"))
    house.write("now", *lines(START, [5, 6, 7]))
    return View("now", house.rooms.revision("now"))


def ask(house: House, what: Any, *args: Any) -> Any:
    with house.server.app_context():
        return what(house.rooms, *args)


def test_earlier_lives_of_the_host_are_offered(house: House, view: View) -> None:
    what, begins, options, room = ask(house, wiring.offered, view, None)
    assert (what, room) == (part.NOTHING, "before") and begins == "16:00:00"
    assert [option["value"] for option in options] == ["before"] and "Autumn" in options[0]["label"]
    assert ask(house, wiring.offered, view, {"earlier": "before"})[0] == part.OTHER
    assert ask(house, wiring.offered, view, {"second": "2025-11-24T16:01:00Z"})[:2] == (part.OWN, "16:01:00")


def test_what_is_chosen_goes_to_the_address(house: House, view: View) -> None:
    assert ask(house, wiring.chosen, view, part.NOTHING, "", "before") == ({"second": None, "earlier": None}, "")
    assert ask(house, wiring.chosen, view, part.OTHER, "", "before") == ({"second": None, "earlier": "before"}, "")
    own = ask(house, wiring.chosen, view, part.OWN, "16:01", None)
    assert own == ({"second": "2025-11-24T16:01:00Z", "earlier": None}, "")


def test_what_cannot_be_chosen_is_said(house: House, view: View) -> None:
    assert "no earlier LIVE" in ask(house, wiring.chosen, view, part.OTHER, "", None)[1]
    assert "soon is not a time" in ask(house, wiring.chosen, view, part.OWN, "soon", None)[1]


def test_an_earlier_live_is_laid_minute_on_minute(house: House, view: View) -> None:
    asked = {"metrics": "views", "step": "60", "earlier": "before"}
    assert ask(house, wiring.fetched, view, asked)["lines"] == [["views", [1.0, 2.0, 3.0]]]
    later = View("now", view.revision, Window(START + MINUTE, START + 2 * MINUTE))
    assert ask(house, wiring.fetched, later, asked)["lines"] == [["views", [2.0]]]


def test_money_in_another_currency_is_not_compared(house: House, view: View) -> None:
    house.write("euros", *lines(START - 2 * DAY, [1, 1, 1], currency="EUR"))
    found = ask(house, wiring.fetched, view, {"metrics": "aov,views", "step": "60", "earlier": "euros"})
    assert [key for key, _ in found["lines"]] == ["views"] and "EUR" in found["said"]


@pytest.mark.parametrize("room", ["nobody", "../..", ""])
def test_a_room_that_is_not_there_says_so(house: House, view: View, room: str) -> None:
    assert ask(house, wiring.fetched, view, {"earlier": room})["said"]

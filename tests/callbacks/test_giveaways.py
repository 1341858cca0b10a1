"""The wiring of what giveaways did: of the one that is chosen, else of the latest; a fault keeps what stands."""
from __future__ import annotations

from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from callbacks import giveaways as wiring
from callbacks.safety import Faults
from layouts.parts import giveaway_effects as part
from livedash.analysis.metrics import GIVEAWAY_OF_ROOM
from livedash.view import View
from tests.callbacks.conftest import House

START = 1_795_435_800_000
LINES = (
    {"ts": START, "type": "live_started", "currency": "USD"},
    {"ts": START + 1000, "type": "product_listed", "product_id": "p", "title": "Cream"},
    {"event_id": "g1", "ts": START + 60_000, "type": "giveaway_started", "ref_id": "1", "product_id": "p"},
    {"event_id": "g2", "ts": START + 240_000, "type": "giveaway_started", "ref_id": "2", "product_id": "p"},
    {"event_id": "g3", "ts": START + 241_000, "type": "giveaway_started", "ref_id": "3", "starts_at": START + 10**7},
    {"ts": START + 300_000, "type": "view", "user_id": "a"},
)


def told(house: House, chosen: Any, room: str = "autumn") -> dict[str, Any]:
    with house.server.test_request_context():
        said = wiring.told(house.rooms, Faults(), View(room, 1), chosen)
    of = said["drawing"].get(part.BODY, {}).get("data-of")
    return {"of": of, "drawing": said["drawing"]} | said["parts"]["effects"]


@pytest.mark.parametrize(
    ("chosen", "shown"), [("g1", "g1"), ("g2", "g2"), (None, "g2"), ("g3", "g2"), ("gone", "g2"), (7, "g2")]
)
def test_the_chosen_one_is_told_of_else_the_latest(house: House, chosen: Any, shown: str) -> None:
    house.write("autumn", *LINES)
    values = told(house, chosen)
    assert values["of"] == shown and values["no_trouble"] is True


def test_a_room_without_any_has_a_state_for_it(house: House) -> None:
    house.write("autumn", *LINES[:2])
    assert told(house, None)["of"] == ""


def test_a_fault_is_said_and_what_stands_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.write("autumn", *LINES)

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(wiring.SLOW["effects"], "question", lambda *asked: (broken, *asked))
    values = told(house, None)
    assert values["drawing"] == {} and values["no_trouble"] is False and "Reference" in values["trouble"]


def test_of_a_room_that_is_gone_the_header_speaks(house: House) -> None:
    with pytest.raises(PreventUpdate):
        told(house, None, "gone")


def test_earlier_lives_of_the_host_tell_what_is_usual(house: House) -> None:
    earlier = START - 86_400_000
    host = {"type": "live_started", "currency": "USD", "host": "Luna"}
    house.write("before", {**host, "ts": earlier}, {"ts": earlier + 600_000, "type": "live_ended"})
    house.write("autumn", {**LINES[0], "host": "Luna"}, *LINES[1:])
    with house.server.test_request_context():
        found = wiring.giveaway_effects.history_of(house.rooms, View("autumn", house.rooms.revision("autumn")))
    assert {course.key for course in found} == set(GIVEAWAY_OF_ROOM)

"""The wiring of the form: what it offers, what becomes of what is typed, and what is said where it cannot be."""
from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from dash import no_update
from dash.exceptions import PreventUpdate

from callbacks.parts import giveaway_form as wiring
from layouts.parts import giveaway_form as part
from livedash.locale import Words
from livedash.operate.giveaways import Wish
from livedash.problems import Problem
from livedash.view import View
from tests.callbacks.conftest import House

NOW = int(time.time() * 1000)
LIVE = (
    {"ts": NOW - 60_000, "type": "live_started", "currency": "USD", "timezone": "Asia/Singapore"},
    {"ts": NOW - 59_000, "type": "product_listed", "product_id": "p", "title": "Cream", "stock": 20},
    {"ts": NOW - 58_000, "type": "product_listed", "product_id": "q", "title": "Serum"},
    {"ts": NOW - 57_000, "type": "product_listed", "product_id": "gone", "title": "Mist"},
    {"ts": NOW - 56_000, "type": "product_delisted", "product_id": "gone"},
)
FILLED: dict[str, Any] = {
    "product": "p", "prizes": "3", "rule": "comment", "keyword": " luna  glow ", "watch": "2", "length": "5",
    "when": "now", "time": None,
}  # fmt: skip
TOKEN = "0123456789abcdef"
WORDS = Words("en", "Asia/Singapore")


def sent(house: House, token: Any = f"{TOKEN} 1", view: View | None = None, **change: Any) -> tuple[Any, ...]:
    with house.server.test_request_context():
        return wiring.sent(house.rooms, view or View("autumn", 1), token, FILLED | change)


def written(house: House) -> list[dict[str, Any]]:
    path = house.settings.rooms / "autumn" / "operator.ndjson"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_listed_products_are_offered_and_the_pinned_one_is_chosen(house: House) -> None:
    house.write("autumn", *LIVE, {"ts": NOW, "type": "pin", "product_id": "q"})
    view = View("autumn", house.rooms.revision("autumn"))
    with house.server.app_context():
        options, chosen, zone = wiring.offered(house.rooms, view, None)
        assert [option["value"] for option in options] == ["p", "q"]
        assert (chosen, zone) == ("q", "(GMT+8)")
        assert wiring.offered(house.rooms, view, "p")[1] == "p", "what was chosen before stays"
        assert wiring.offered(house.rooms, view, "gone")[1] == "q"


def test_a_form_becomes_a_line_and_a_sentence(house: House) -> None:
    house.write("autumn", *LIVE)
    made, wrong, field, said = sent(house)
    [line] = written(house)
    assert (made, wrong, field, said) == (line["event_id"], "", None, "Giveaway created: Cream")
    assert (line["prizes"], line["length"], line["keyword"]) == (3, 300, "luna glow")
    assert line["text"] == "Write “luna glow” to enter"


def test_two_clicks_make_one(house: House) -> None:
    house.write("autumn", *LIVE)
    assert sent(house, f"{TOKEN} 1") == sent(house, f"{TOKEN} 2")
    assert len(written(house)) == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"prizes": "0"}, part.PRIZES, "1 to 1,000 prizes, not 0"),
        ({"prizes": "3.5"}, part.PRIZES, "3.5 is not a whole number"),
        ({"prizes": None}, part.PRIZES, "– is not a whole number"),
        ({"prizes": 3}, part.PRIZES, "not a whole number"),
        ({"prizes": "21"}, part.PRIZES, "Only about 20 left"),
        ({"length": "500"}, part.LENGTH, "1 to 120 minutes"),
        ({"rule": "watch_time", "watch": "5"}, part.WATCH, "watch for 5m 00s in a giveaway of 5m 00s"),
        ({"rule": "watch_time", "watch": ""}, part.WATCH, "not a whole number"),
        ({"rule": ["x"]}, part.RULE, "not an entry rule"),
        ({"product": None}, part.PRODUCT, "no product –"),
        ({"when": "later", "time": "soon"}, part.TIME, "soon is not a time"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(house: House, change: dict[str, Any], field: str, words: str) -> None:
    house.write("autumn", *LIVE)
    made, wrong, at, said = sent(house, **change)
    assert made is no_update and at == field and words in wrong and said == ""
    assert written(house) == []


def test_an_ended_live_and_the_past_are_refused_in_the_form(house: House) -> None:
    house.write("autumn", *LIVE)
    past = sent(house, view=View("autumn", 1, as_of=NOW))
    assert "past" in past[1] and past[2] is None
    house.write("autumn", {"ts": NOW, "type": "live_ended"})
    assert "has ended" in sent(house)[1] and written(house) == []


def test_what_no_page_sends_is_nothing(house: House) -> None:
    house.write("autumn", *LIVE)
    for token in (None, 7, "", "short", "../../etc/passwd"):
        with pytest.raises(PreventUpdate):
            sent(house, token)


def test_a_time_is_the_next_one_within_half_a_day_in_the_rooms_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    at_2315 = 1_795_446_900_000  # 23:15 in Singapore
    monkeypatch.setattr(wiring, "now_ms", lambda: at_2315)

    def start(typed: str) -> int | None:
        found: Wish = wiring.wished(FILLED | {"when": "later", "time": typed}, WORDS)
        return found.starts_at

    assert start("23:30") == at_2315 + 15 * 60_000
    assert start("00:05") == at_2315 + 50 * 60_000
    assert start("23:00") == at_2315 - 15 * 60_000, "past, and refused as such"
    assert replace(wiring.wished(FILLED, WORDS)).starts_at is None
    with pytest.raises(Problem):
        start("99:99")


def test_what_was_sold_since_the_stock_was_reported_cannot_be_given_away(house: House) -> None:
    sold = {"ts": NOW, "type": "order_paid", "order_id": "o", "user_id": "u", "product_id": "p", "price": 1,
            "quantity": 15}  # fmt: skip
    house.write("autumn", *LIVE, sold)
    made, wrong, field, _ = sent(house, prizes="20")
    assert (made, field) == (no_update, part.PRIZES) and "Only about 5 left" in wrong and not written(house)
    with house.server.app_context():
        options, _, _ = wiring.offered(house.rooms, View("autumn", house.rooms.revision("autumn")), None)
    assert options[0]["label"] == "Cream · about 5 left"

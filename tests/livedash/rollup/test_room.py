"""A room's header, state and products are what its lines say last, and nothing that they say can break them."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from livedash.rollup.room import SILENT_FOR, RoomHeader, decimal, header
from tests.livedash.build import START, Event, at, ended, enter, event, lines, lists, live, rollup, stock


def headed(*events: Event, now: int = START + 60_000) -> RoomHeader:
    """The header as somebody sees it at `now`."""
    said = sorted(lines(events), key=lambda line: (line["ts"], line["event_id"]))
    times = [line["ts"] for line in said]

    def records(*types: str) -> list[dict[str, Any]]:
        return [line for line in said if line["type"] in types]

    return header("room", records, times[0] if times else None, times[-1] if times else None, None, now)


START_OF_LIVE = at(0, event("live_started", title="Lamps", host="Ann", timezone="Asia/Shanghai", target_gmv="1000.50"))


def test_the_header_says_what_live_started_said() -> None:
    room = headed(START_OF_LIVE, enter("a"))
    assert (room.title, room.host, room.timezone) == ("Lamps", "Ann", "Asia/Shanghai")
    assert room.target_gmv == Decimal("1000.50")
    assert (room.state, room.started_at, room.ended_at) == ("live", START, None)


def test_later_words_win_and_null_says_nothing() -> None:
    again = at(50, event("live_started", title="More lamps"))
    hosts = [at(60, event("host_changed", host="Ben")), at(70, event("host_changed", host=5))]
    room = headed(again, START_OF_LIVE, *hosts)
    assert (room.title, room.host, room.timezone, room.started_at) == ("More lamps", "Ben", "Asia/Shanghai", START)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "upcoming"),
        ([START_OF_LIVE], "live"),
        ([enter("a")], "live"),
        ([START_OF_LIVE, at(9, event("live_paused"))], "paused"),
        ([START_OF_LIVE, at(9, event("live_paused")), at(12, event("live_resumed"))], "live"),
        ([at(12, event("live_resumed")), at(9, event("live_paused")), START_OF_LIVE], "live"),
        ([START_OF_LIVE, at(20, ended())], "ended"),
        ([START_OF_LIVE, at(9, event("live_paused")), at(20, ended())], "ended"),
        ([START_OF_LIVE, at(20, ended()), at(30, event("live_started"))], "live"),
        ([START_OF_LIVE, at(20, ended()), at(30, enter("a"))], "ended"),
        ([at(-SILENT_FOR / 1000, enter("a"))], "ended"),
    ],
)
def test_the_state_follows_the_last_word(events: list[Event], state: str) -> None:
    assert headed(*events).state == state


def test_the_span_runs_from_the_start_to_the_end_or_the_latest_event() -> None:
    assert live(at(9, enter("a"))).span == live(at(9, enter("a")), at(9, enter("b"))).span
    room = live(at(9, enter("a")), at(20, ended()), at(90, enter("late")))
    assert room.span is not None and (room.span.start, room.span.end) == (START, START + 20_000)
    only = rollup(at(9, enter("a")))
    assert only.span is not None and (only.span.start, only.span.end) == (START + 9000, START + 9001)
    early_end = rollup(at(5, event("live_started")), at(2, ended()), at(9, enter("a")))
    assert early_end.span is not None and early_end.span.end == START + 9001


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "\x00", "x" * 5000, 5, ["UTC"], {"a": 1}, True,
     "posixrules", "zone.tab", "tzdata.zi", "UTC\n", "ä"],
)  # fmt: skip
def test_a_time_zone_that_is_none_is_utc(name: Any) -> None:
    zone = headed(at(0, event("live_started", timezone=name))).timezone
    assert zone == "UTC" or zone == name == "posixrules"


@pytest.mark.parametrize("odd", [5, True, ["x"], {"x": 1}, 1.5])
def test_odd_values_in_a_header_are_passed_over(odd: Any) -> None:
    room = headed(at(0, event("live_started", host=odd, category=odd, broadcast_url=odd, target_gmv=[odd])))
    assert (room.host, room.category, room.broadcast_url, room.target_gmv) == (None, None, None, None)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("12.90", Decimal("12.90")), (0.1, Decimal("0.1")), (5, Decimal(5)), ("NaN", None), ("1e999999", None),
        (True, None), ("", None), (None, None), ([1], None), ("-inf", None), ("12,5", None), (float("inf"), None),
        (10**30, None),
    ],
)  # fmt: skip
def test_an_amount_is_plain_and_finite_or_nothing(value: Any, found: Decimal | None) -> None:
    assert decimal(value) == found


def test_products_say_their_latest_facts_whenever_they_were_read() -> None:
    told = [
        at(1, lists("p", title="Lamp", price="9.90", currency="EUR", stock=5, image="a.jpg")),
        at(9, lists("p", title="Lamp II", stock="some")), at(5, event("price_changed", product_id="p", price=8)),
        at(3, stock("p", 4)), at(7, event("product_delisted", product_id="p")), at(6, stock("nowhere", 1)),
    ]  # fmt: skip
    for turned in (told, told[::-1]):
        facts = live(*turned).product_facts["p"]
        assert (facts.title, facts.price, facts.stock, facts.stock_at) == ("Lamp II", Decimal(8), 4, START + 3000)
        assert (facts.image, facts.listed_at, facts.delisted) == ("a.jpg", START + 1000, False)


@pytest.mark.parametrize("odd", ["5", -3, 2.5, True, None, [1], {"a": 1}, 10**15])
def test_odd_stocks_break_nothing(odd: Any) -> None:
    facts = live(lists("p", title="Lamp", stock=odd)).product_facts["p"]
    assert facts.stock == (int(odd) if type(odd) is int or odd == "5" else None)


def test_one_sku_that_sells_out_leaves_the_others() -> None:
    told = [
        at(1, lists("p", sku_id="red", stock=50)), at(2, lists("p", sku_id="blue", stock=30)),
        at(9, event("stock", product_id="p", sku_id="blue", count=0)),
    ]  # fmt: skip
    for turned in (told, told[::-1]):
        facts = live(*turned).product_facts["p"]
        assert (facts.stock, facts.stock_at, facts.sku_ids) == (50, START + 9000, ("blue", "red"))
        assert {one.sku_id: one.count for one in facts.stocks} == {"red": 50, "blue": 0}


@pytest.mark.parametrize(
    ("reports", "left"),
    [
        ([("red", 5), ("blue", 3)], 8), ([("red", 5), ("red", 4)], 4), ([("red", 5), ("blue", 3), (None, 6)], 6),
        ([(None, 9), ("red", 5)], 5), ([(None, 9), ("red", 5), ("blue", 2)], 7), ([("red", 5), ("blue", -3)], 5),
        ([("red", 0), ("blue", 0)], 0), ([(None, -3)], -3),
    ],
)  # fmt: skip
def test_the_stock_of_a_product_is_that_of_its_skus(reports: list[tuple[str | None, int]], left: int) -> None:
    lines = [event("product_listed", product_id="p", sku_id=sku, stock=count) for sku, count in reports]
    assert live(*lines).product_facts["p"].stock == left


def test_lines_about_no_product_are_passed_over() -> None:
    room = live(event("product_listed", title="Lamp"), event("stock", count=3), lists("", title="x"))
    assert room.product_facts == {}

"""What can be said of a product on air: only what the seller wrote or the log shows, each with what it rests on."""
from __future__ import annotations

import time

import pytest

from livedash.analysis.script import KINDS, Point, script
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import (
    START,
    at,
    clicks,
    ended,
    event,
    lists,
    live,
    order,
    pin,
    refund,
    rollup,
    says,
    started,
    stock,
    unpin,
)


def points(room: Rollup, product_id: str = "p", *kinds: str) -> list[Point]:
    return [point for point in script(room, None, product_id).points if not kinds or point.kind in kinds]


def sentences(room: Rollup, product_id: str = "p", *kinds: str) -> list[str]:
    return [point.sentence.in_english() for point in points(room, product_id, *kinds)]


def test_its_own_text_is_said_line_by_line() -> None:
    room = live(lists("p", text="Two kinds of ceramides.\n\nNo perfume {really}.\n", price="24.90", stock=12))
    assert sentences(room) == [
        "Two kinds of ceramides.", "No perfume {really}.", "It costs 24.90.", "Left in stock: 12.",
    ]  # fmt: skip
    rest = [point.rests_on.in_english() for point in points(room)]
    assert rest[0] == "From the product's own text." and rest[2] == "The price last listed."


def test_every_sentence_rests_on_something_and_they_come_in_their_order() -> None:
    room = live(
        lists("p", title="Cream", text="Rich.", price="20", stock=5), pin("p"), order("a", 20), order("b", 20),
        event("promotion_started", product_id="p", title="Flash sale"), says("c", "is it vegan?"),
    )  # fmt: skip
    found = points(as_of(room, START + 60_000))
    assert all(point.rests_on.in_english() for point in found)
    places = [KINDS.index(point.kind) for point in found]
    assert places == sorted(places) and set(places) == set(range(len(KINDS) - 1))


def test_it_opens_with_its_name_and_ends_with_what_to_do_as_long_as_it_can_be_ordered() -> None:
    now = time.time_ns() // 1_000_000

    def running(**fields: object) -> Rollup:
        return rollup({**started({}), "ts": now - 60_000}, {**lists("p", title="Cream"), "ts": now - 50_000, **fields})

    assert sentences(running()) == ["This is Cream.", "Tap the product's link here in the LIVE to order it."]
    assert sentences(running(stock=0), "p", "close") == []
    assert sentences(live(lists("p", title="Cream"), ended())) == ["This is Cream."]


def test_stock_is_told_without_what_was_sold_since() -> None:
    room = live(lists("p", stock=100), order("a", 1, quantity=20, order_id="o"))
    [point] = points(room, "p", "hurry")
    assert point.sentence.in_english() == "Left in stock: 80."
    assert point.rests_on.in_english().endswith("less what was sold since.")
    more = order("b", 1, quantity=70, order_id="o2")
    assert sentences(live(lists("p", stock=100), order("a", 1, quantity=20, order_id="o"), more), "p", "hurry") == [
        "Only 10 left in stock."
    ]


def test_only_stock_that_is_really_low_is_worth_hurrying_for() -> None:
    assert sentences(live(lists("p", stock=60), stock("p", 4))) == ["Only 4 left in stock."]
    assert sentences(live(lists("p", stock=60), stock("p", 0))) == ["It is sold out just now."]
    assert sentences(live(lists("p", stock=60))) == ["Left in stock: 60."]
    assert sentences(live(lists("p"), clicks("a"))) == []


def promoted(**fields: object) -> Rollup:
    sale = event("promotion_started", product_id="p", ref_id="f", title="Flash sale", **fields)
    room = live(at(1, lists("p", price="20")), at(9, sale), at(9, event("price_changed", product_id="p", price="15")),
                at(30, clicks("a")))  # fmt: skip
    return room


def test_a_promotion_that_runs_is_said_with_its_real_discount() -> None:
    assert sentences(promoted(), "p", "offer") == [
        "It costs 15.", "Running now: Flash sale.", "That is 0.25 less than 20.",
    ]  # fmt: skip


def test_a_promotion_ends_at_the_time_that_it_names_or_at_none() -> None:
    assert sentences(promoted(), "p", "hurry") == []
    assert sentences(promoted(ends_at=START + 90_000), "p", "hurry") == [f"Flash sale ends at {START + 90_000}."]
    assert sentences(promoted(ends_at=START + 10_000), "p", "hurry") == []
    assert sentences(promoted(ends_at="soon"), "p", "hurry") == []


def test_a_promotion_that_is_over_or_of_another_product_is_not_said() -> None:
    sale = event("promotion_started", product_id="p", ref_id="f", title="Flash sale")
    coupon = event("promotion_started", ref_id="c", title="Free shipping")
    room = live(lists("p"), lists("q"), sale, coupon, event("promotion_ended", ref_id="f"))
    assert sentences(room) == sentences(room, "q") == ["Running now: Free shipping."]


def test_what_sold_and_its_best_minute() -> None:
    room = live(
        at(0, order("a", 1, order_id="x")), at(60, order("b", 1, quantity=2)), at(90, order("c", 1)),
        at(100, order("d", 1, "q", quantity=9)), at(130, refund("x", 1)),
    )  # fmt: skip
    assert sentences(room) == ["Sold in this LIVE: 4.", f"Its best minute was {START + 60_000}, with 3 sold."]


def test_single_sales_have_no_best_minute() -> None:
    assert sentences(live(order("a", 1))) == ["Sold in this LIVE: 1."]


def test_what_viewers_ask_most_while_it_is_pinned_or_about_it_by_name() -> None:
    room = live(
        lists("p"), lists("q"),
        says("z", "how long is shipping?"), pin("p"),
        says("a", "Is it vegan?"), says("b", "is it vegan"), says("c", "lovely"), says("e", "how much is it?"),
        says("d", "what size is it?", product_id="q"), unpin("p"), says("f", "where are you?"),
    )  # fmt: skip
    assert sentences(room) == ["Viewers ask: “is it vegan”", "Viewers ask: “how much is it?”"]
    assert sentences(room, "q") == ["Viewers ask: “what size is it?”"]
    assert points(room)[0].rests_on.in_english() == "Times asked lately: 2. Not answered yet."


def test_questions_that_nobody_has_answered_come_first() -> None:
    room = live(
        pin("p"), {**says("a", "is it vegan?"), "event_id": "c1"}, says("b", "is it vegan?"),
        says("c", "how much is it?"), event("question_answered", ref_id="c1"),
    )  # fmt: skip
    assert sentences(room) == ["Viewers ask: “how much is it?”", "Viewers ask: “is it vegan?”"]
    assert points(room)[1].rests_on.in_english() == "Times asked lately: 2. Answered."


def test_entering_a_giveaway_asks_nothing() -> None:
    assert sentences(live(pin("p"), says("a", "where?", ref_id="giveaway-1"), clicks("a"))) == []


def test_claims_in_the_seller_s_own_words_are_flagged_and_left_as_they_are() -> None:
    room = live(
        lists("p", title="The best cream in the world", text="Cures acne.\nSoft.", price="9"),
        event("promotion_started", product_id="p", title="Last chance"),
    )
    flagged = {point.sentence.in_english(): [claim.reason for claim in point.claims] for point in points(room)}
    assert flagged == {
        "This is The best cream in the world.": ["absolute"], "Cures acne.": ["medical"], "Soft.": [],
        "It costs 9.": [], "Running now: Last chance.": ["price"],
    }  # fmt: skip


def test_a_product_that_is_not_there() -> None:
    with pytest.raises(Problem) as problem:
        script(live(lists("p"), ended()), None, "q")
    assert problem.value.code == "product-unknown" and "q" in str(problem.value)


def test_as_of_a_moment_it_is_what_could_be_said_then() -> None:
    cheaper = event("price_changed", product_id="p", price="8")
    room = live(at(1, lists("p", price="20")), at(40, cheaper), at(90, ended()))
    assert sentences(as_of(room, START + 35_000), "p", "offer") == ["It costs 20."]

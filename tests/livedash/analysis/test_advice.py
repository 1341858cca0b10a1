"""What to do now: each kind of advice comes for its reason, goes when that is gone, and is not named twice."""
from __future__ import annotations

from typing import Any

import pytest

from livedash.analysis import advice as module
from livedash.analysis.advice import MOST, RANKS, Advice, Counsel, counsel
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash import build
from tests.livedash.build import START, Event, at, between, clicks, ended, enter, event, lists, live, order, pin, says
from tests.livedash.build import stock as stock_left
from tests.livedash.build import viewers as count_of

HOUR = 3600


def now(room: Rollup, minute: float | None = None, usual: tuple[tuple[str, float], ...] = ()) -> Counsel:
    """As of a minute, or of the last event: these LIVEs are of 2024, and would count as ended long ago."""
    moment = room.last_ts if minute is None else START + round(minute * 60_000)
    return counsel(as_of(room, moment), None, usual)


def of(found: Counsel, kind: str) -> list[Advice]:
    return [one for one in found.advice if one.kind == kind]


def said(one: Advice) -> str:
    return " ".join(sentence.in_english() for sentence in (one.title, *one.reasons))


def violation(**fields: object) -> Event:
    return event("violation", ref_id="v", reason="Medical claim", **fields)


END = at(1900, enter("last"))


# --- violations


def test_a_violation_is_to_be_answered_until_it_is_appealed() -> None:
    room = live(at(1000, violation(text="“cures acne” was said.")), END)
    [one] = now(room).advice
    assert (one.id, one.kind, one.ref) == ("violation-v", "violation", "v")
    assert said(one).startswith("Answer the violation: Medical claim Reported at ")
    assert one.tells == tuple(n.id for n in now(room).notices), "the notice says the same"
    assert now(live(at(1000, violation()), at(1100, event("appeal_submitted", ref_id="v")), END)).advice == ()


def test_an_old_violation_is_left_to_its_tab() -> None:
    room = live(at(10, violation()), at(2 * HOUR, enter("a")))
    assert [one.id for one in now(room, 59).advice] == ["violation-v"] and now(room).advice == ()


@pytest.mark.parametrize(
    ("until", "ids"),
    [
        ({"appeal_until": START + 20 * HOUR * 1000}, ["appeal-v-0"]),
        ({"appeal_until": START + 2 * HOUR * 1000}, ["appeal-v-1"]),
        ({"appeal_days": 0.5}, ["appeal-v-0"]),
        ({"appeal_days": 7}, ["violation-v"]),
        ({"appeal_until": START + 1_800_000}, []),
    ],
)
def test_the_end_of_the_time_to_appeal_is_named_when_it_is_near(until: dict[str, float], ids: list[str]) -> None:
    assert [one.id for one in now(live(at(1000, violation(**until)), END)).advice] == ids


# --- stock


def selling_out(*more: Event, left: int = 15, reported: float = 595) -> Rollup:
    """Thirty pieces in ten minutes, and what is left of them; the last event comes after eleven minutes."""
    sales = [at(20 * n, order(f"u{n}", 1, order_id=f"o{n}")) for n in range(30)]
    return live(
        at(0, lists("p", title="Cream", stock=500)), *sales, at(reported, stock_left("p", left)), *more,
        at(600, enter("a")),
    )  # fmt: skip


def test_what_runs_out_while_pinned_is_to_be_unpinned_or_said() -> None:
    [one] = of(now(selling_out(at(10, pin("p")))), "stock")
    assert one.id == "stock-p" and one.act == "unpin" and one.tells == ("stock-p",)
    assert "Say that little is left, or unpin it." in said(one)


def test_one_colour_that_is_sold_out_is_no_reason_to_unpin_the_others() -> None:
    listed = [at(0, lists("p", title="Cream", sku_id=sku, stock=50)) for sku in ("red", "blue")]
    blue = at(500, event("stock", product_id="p", sku_id="blue", count=0))
    red = at(501, event("stock", product_id="p", sku_id="red", count=0))
    shown = at(10, pin("p")), at(600, enter("a"))
    assert of(now(live(*listed, blue, *shown)), "sold_out") == []
    assert [one.act for one in of(now(live(*listed, blue, red, *shown)), "sold_out")] == ["unpin"]


def test_what_runs_out_while_nobody_points_at_it_is_only_a_notice() -> None:
    found = now(selling_out())
    assert found.advice == () and [n.id for n in found.notices] == ["stock-p"]


def test_stock_that_lasts_is_not_spoken_of() -> None:
    assert of(now(selling_out(at(10, pin("p")), left=200)), "stock") == []
    soon = now(selling_out(at(10, pin("p")), left=40))
    assert of(soon, "stock") == [] and len(soon.notices) == 1, "in a quarter of an hour: only a notice"


def test_what_is_sold_out_and_still_pinned_is_to_be_unpinned() -> None:
    [one] = now(selling_out(at(10, pin("p")), left=0)).advice
    assert (one.kind, one.act, one.product_id) == ("sold_out", "unpin", "p") and len(one.tells) == 1
    assert now(selling_out(at(10, pin("p")), at(599, build.unpin("p")), left=0)).advice == ()


# --- questions


def asking(*texts: str, start: float = 1500, viewers: int = 1) -> list[Event]:
    """Each text put by so many viewers, ten seconds apart."""
    return [
        at(start + 10 * (n * viewers + k), says(f"v{n}-{k}", text, event_id=f"c{start}-{n}-{k}"))
        for n, text in enumerate(texts)
        for k in range(viewers)
    ]


SIZES = ("do you ship to Spain?", "Do you ship to Spain", "do you ship to spain please?", "do you ship to Spain ??")


def test_a_question_of_many_is_to_be_answered_in_whatever_like_words() -> None:
    room = live(*asking(*SIZES, "you do ship to Spain?"), *asking("how much is it?", start=1600), END)
    [one] = of(now(room), "question")
    assert one.title.in_english() == "Answer on air: “do you ship to Spain?”" and one.act == "answer"
    assert len(one.comments) == 5 and one.reasons[0].in_english() == "5 viewers asked it within 15 minutes."


def test_one_viewer_who_asks_often_is_not_many() -> None:
    often = [at(1500 + n, says("u", SIZES[0], event_id=f"c{n}")) for n in range(9)]
    assert of(now(live(*often, END)), "question") == []


def test_what_does_not_ask_or_only_enters_is_no_question() -> None:
    entries = [at(1500 + n, says(f"u{n}", SIZES[0], ref_id="g")) for n in range(9)]
    assert of(now(live(*asking("love it!", viewers=9), *entries, END)), "question") == []


def test_a_question_that_was_answered_is_no_more_asked() -> None:
    asked = asking(SIZES[0], viewers=6)
    answers = [at(1850, event("question_answered", ref_id=one["event_id"])) for one in asked]
    assert of(now(live(*asked, *answers, END)), "question") == []


def test_another_question_waits_until_the_first_had_its_time() -> None:
    price = [one for start in (2200, 3400) for one in asking("how much is it?", start=start, viewers=9)]
    room = live(*asking(SIZES[0], viewers=6), *price, at(4000, enter("a")))
    assert "Spain" in said(of(now(room, 31), "question")[0])
    assert of(now(room, 51), "question") == []
    assert "how much" in said(of(now(room, 61), "question")[0])


# --- the funnel, and paid traffic


def clicking(start: int, end: int, orders: int) -> list[Event]:
    """Ten clicks a minute, and so many orders in every ten minutes."""
    out = [at(6 * n, clicks("a")) for n in range(start * 10, end * 10)]
    every = 600 / orders
    return [*out, *(at(start * 60 + every * n + 1, order("a", 1, order_id=f"{start}-{n}"))
                    for n in range((end - start) * orders // 10))]  # fmt: skip


def test_the_stage_that_broke_is_named_against_what_was_before() -> None:
    room = live(*clicking(0, 60, 10), *clicking(60, 91, 2), at(91 * 60, enter("a")))
    [one] = of(now(room), "funnel")
    assert one.id.startswith("funnel-orders-") and one.window == between(3600, 5400)
    assert said(one).startswith("Mend the offer: fewer clicks become orders than usual Too few product clicks")
    assert of(now(room, 60), "funnel") == []


def test_the_stage_that_broke_is_named_against_earlier_lives() -> None:
    room = live(*clicking(0, 41, 2), at(41 * 60, enter("a")))
    [one] = of(now(room, usual=(("orders", 0.1),)), "funnel")
    assert "in your earlier LIVEs" in said(one)
    assert of(now(room, usual=(("orders", 0.025),)), "funnel") == []


def test_what_chance_does_to_few_is_no_break() -> None:
    few = [one for one in clicking(0, 91, 2) if one["ts"] % 60_000 < 6_000 or one["type"] == "order_paid"]
    assert of(now(live(*few, at(91 * 60, enter("a"))), usual=(("orders", 0.3),)), "funnel") == []


def channel(source: str, paid: bool, buys: int, of_clicks: int) -> list[Event]:
    about: dict[str, Any] = {"source": source, "paid": paid}
    return [
        *(enter(f"{source}{n}", source, paid=paid) for n in range(of_clicks)),
        *(clicks(f"{source}{n}", **about) for n in range(of_clicks)),
        *(order(f"{source}{n}", 1, order_id=f"{source}{n}", **about) for n in range(buys)),
    ]


def test_paid_traffic_that_hardly_buys_is_named() -> None:
    room = live(*channel("Feed", False, 40, 400), *channel("Ads", True, 8, 400), END)
    [one] = of(now(room), "paid")
    assert one.id == "paid-Ads"
    assert said(one) == (
        "Look at Ads: its viewers hardly buy "
        "0.02 of its product clicks become orders, against 0.1 where nothing is paid."
    )


@pytest.mark.parametrize(("buys", "of_clicks"), [(30, 400), (0, 40), (3, 60)])
def test_paid_traffic_that_buys_well_enough_or_is_too_little_to_tell_is_not(buys: int, of_clicks: int) -> None:
    assert of(now(live(*channel("Feed", False, 40, 400), *channel("Ads", True, buys, of_clicks), END)), "paid") == []


# --- giveaways


def audience(*courses: tuple[int, int, int]) -> list[Event]:
    """Samples every 20 s: (from minute, to minute, how many are in the room)."""
    return [at(s, count_of(count)) for start, end, count in courses for s in range(start * 60, end * 60, 20)]


LOW = audience((0, 60, 200), (60, 91, 100))


def test_a_giveaway_is_advised_when_fewer_watch_than_usual() -> None:
    [one] = of(now(live(*LOW), 72), "giveaway")
    assert said(one) == (
        "Start a giveaway: fewer are watching than usual "
        "100 in the room, 200 over the last hour; no giveaway in the last 30 minutes."
    )
    assert of(now(live(*LOW), 59), "giveaway") == []


@pytest.mark.parametrize("given", [(65, 95), (40, 45), (71, 75)])
def test_not_while_one_runs_nor_shortly_after_one(given: tuple[int, int]) -> None:
    start, end = given
    lines = [at(start * 60, event("giveaway_started", ref_id="g")), at(end * 60, event("giveaway_ended", ref_id="g"))]
    assert of(now(live(*LOW, *lines), 72), "giveaway") == []


def test_a_small_room_and_a_slow_ebb_are_no_reason() -> None:
    small = live(*audience((0, 60, 12), (60, 91, 3)))
    ebb = live(*(at(20 * n, count_of(200 - n // 4)) for n in range(280)))
    assert of(now(small, 72), "giveaway") == [] and of(now(ebb), "giveaway") == []


# --- pins


def selling(product: str, every: float, start: float, end: float) -> list[Event]:
    moments = [start * 60 + every * (n + 0.5) for n in range(int((end - start) * 60 / every))]
    return [at(t, order(f"u{t}", 20, product, order_id=f"{product}{t}")) for t in moments]


PINS = [
    *(at(1, lists(product, title=title, price=20)) for product, title in (("p", "Cream"), ("q", "Serum"))),
    at(300, pin("p")), at(1200, build.unpin("p")), at(1500, pin("q")), at(2400, build.unpin("q")),
    *selling("p", 60, 5, 20), *selling("p", 600, 20, 60), *selling("q", 180, 25, 40), *selling("q", 600, 0, 25),
]  # fmt: skip


def test_the_product_to_pin_next_with_what_to_expect() -> None:
    room = live(*PINS, at(3660, enter("a")))
    [one] = of(now(room), "pin")
    assert (one.act, one.product_id) == ("pin", "p")
    assert said(one).startswith("Pin Cream About ") and "in the next 10 min (" in said(one)


def test_the_same_product_keeps_its_name_while_it_waits_and_when_it_is_best_again_soon() -> None:
    room = live(*PINS, at(4000, enter("a")))
    ids = {one.id for minute in (42, 49, 51, 59) for one in of(now(room, minute), "pin")}
    assert len(ids) == 1
    pinned = live(*PINS, at(2500, pin("p")), at(2900, build.unpin("p")), at(4000, enter("a")))
    assert {one.id for one in of(now(pinned, 41), "pin")} == ids
    assert of(now(pinned, 43), "pin") == [], "it is pinned"
    assert {one.id for one in of(now(pinned, 51), "pin")} == ids, "no second time within half an hour"


def test_a_pin_that_has_just_begun_is_left_alone() -> None:
    room = live(*PINS, at(3590, pin("q")), at(3700, enter("a")))
    before = {one.id for one in of(now(room, 59), "pin")}
    assert {one.id for one in of(now(room, 61), "pin")} <= before


def test_with_too_little_to_tell_what_to_pin_it_says_why() -> None:
    found = now(live(END))
    assert found.advice == () and found.no_pin is not None
    assert found.no_pin.in_english().startswith("Too few orders")


# --- all together


def test_the_most_urgent_stand_first_and_they_are_few() -> None:
    many = [at(1000 + n, event("violation", ref_id=f"v{n}", reason="r")) for n in range(6)]
    late = at(1100, event("violation", ref_id="late", reason="r", appeal_until=START + HOUR * 1000))
    found = now(live(*many, late, *asking(*SIZES, SIZES[0], viewers=2), END))
    assert len(found.advice) == MOST
    assert [one.kind for one in found.advice] == ["appeal", *["violation"] * 3]
    assert found.advice[1].ref == "v5", "the latest first"
    assert {"appeal", "violation"} <= set(RANKS)


def test_after_the_end_there_is_no_advice_and_what_happened_stays() -> None:
    found = counsel(live(at(1000, violation()), at(1200, ended())), None)
    assert (found.advice, found.running) == ((), False) and len(found.notices) == 1


def test_an_empty_room_has_none() -> None:
    assert counsel(build.rollup(), None) == Counsel((), (), False)
    assert counsel(as_of(live(enter("a")), START + 500), None).advice == ()


def test_advice_is_of_now_whatever_the_window() -> None:
    room = as_of(live(at(1000, violation()), END), START + 1_900_000)
    assert counsel(room, between(0, 60)).advice == counsel(room, None).advice != ()
    assert counsel(room, between(0, 60)).notices == ()


def test_a_cause_is_named_again_after_half_an_hour_or_when_it_is_much_worse() -> None:
    said = module._Said()
    assert said.since("a", 0, 10) == 0 and said.since("a", 20 * 60_000, 12) == 0
    assert said.since("a", 25 * 60_000, 15) == 25 * 60_000
    assert said.since("a", 55 * 60_000, 10) == 55 * 60_000 and said.since("b", 56 * 60_000, 1) == 56 * 60_000

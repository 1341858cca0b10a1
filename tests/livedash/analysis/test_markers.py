"""What is drawn on a trend: instants and intervals, each at its time."""
from __future__ import annotations

import random

import pytest

from livedash.analysis.markers import Marker, markers, pinned
from livedash.operate.pins import pinned_after
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import START, Event, at, between, ended, enter, event, lists, live, pin, rollup, stock, unpin


def seconds(ms: int | None) -> float | None:
    return None if ms is None else (ms - START) / 1000


def spans(room: Rollup, kind: str) -> list[tuple[float | None, float | None]]:
    """From and to of the markers of a kind, in seconds after START."""
    return [(seconds(marker.start), seconds(marker.end)) for marker in markers(room) if marker.kind == kind]


def said(room: Rollup, kind: str) -> list[str]:
    return [marker.sentence.in_english() for marker in markers(room) if marker.kind == kind]


def test_a_pin_lasts_until_it_is_unpinned_or_another_is_pinned() -> None:
    room = live(
        lists("p", title="Cream"), lists("q", title="Serum"),
        at(10, pin("p")), at(40, pin("q")), at(70, unpin("q")), at(90, enter("a")),
    )  # fmt: skip
    assert spans(room, "pin") == [(10, 40), (40, 70)]
    assert said(room, "pin") == ["Pinned: Cream", "Pinned: Serum"]
    assert pinned(room) == {}


def test_a_pin_that_lasts_is_open() -> None:
    room = live(at(10, pin("p")), at(90, enter("a")))
    [marker] = markers(room)
    assert (marker.end, marker.open, marker.product_id) == (None, True, "p")
    assert pinned(room) == {"p": START + 10_000}


def test_pinning_what_is_pinned_changes_nothing() -> None:
    assert spans(live(at(10, pin("p")), at(20, pin("p")), at(40, unpin("p"))), "pin") == [(10, 40)]


def test_unpinning_something_else_changes_nothing_and_unpinning_whatever_it_is_does() -> None:
    assert spans(live(at(10, pin("p")), at(20, unpin("q")), at(40, enter("a"))), "pin") == [(10, None)]
    assert spans(live(at(10, pin("p")), at(20, unpin()), at(40, enter("a"))), "pin") == [(10, 20)]
    assert spans(live(at(10, unpin("p"))), "pin") == []


def test_pins_of_nothing_named_follow_each_other() -> None:
    assert spans(live(at(10, pin(None)), at(20, pin(None)), at(30, unpin())), "pin") == [(10, 20), (20, 30)]


def test_where_the_room_says_so_several_pins_run_side_by_side() -> None:
    acts = (at(10, pin("p")), at(20, pin("q")), at(30, pin("p")), at(40, unpin("p")), at(50, enter("a")))
    room = live(*acts, several_pins=True)
    assert spans(room, "pin") == [(10, 40), (20, None)] and pinned(room) == {"q": START + 20_000}
    assert list(pinned(as_of(room, START + 35_000))) == ["p", "q"]
    assert spans(live(*acts, several_pins="yes"), "pin") == [(10, 20), (20, 30), (30, 40)]


def act(seconds: float, *lines: Event, undoes: str | None = None) -> list[Event]:
    """The lines of one act of the dashboard; its first is called op-<seconds>-0."""
    named = [{**line, "event_id": f"op-{seconds}-{place}"} for place, line in enumerate(lines)]
    return [at(seconds, {**line, "undoes": undoes} if undoes else line) for line in named]


def test_a_pin_that_was_taken_back_was_none() -> None:
    before = (at(10, pin("p")), *act(40, unpin("p"), pin("q")))
    after = act(48, unpin("q"), pin("p"), undoes="op-40-0")
    assert spans(live(*before, at(90, enter("a"))), "pin") == [(10, 40), (40, None)]
    room = live(*before, *after, at(90, enter("a")))
    assert spans(room, "pin") == [(10, None)] and set(pinned(room)) == {"p"}
    assert spans(live(*before, *after, at(70, unpin("p"))), "pin") == [(10, 70)]


def test_a_pin_whose_taking_back_was_taken_back_stands() -> None:
    taken_back = act(48, unpin("q"), pin("p"), undoes="op-40-0")
    again = act(55, unpin("p"), pin("q"), undoes="op-48-0")
    room = live(at(10, pin("p")), *act(40, unpin("p"), pin("q")), *taken_back, *again, at(90, enter("a")))
    assert spans(room, "pin") == [(10, 40), (40, None)]


def test_an_undoing_of_what_is_not_there_is_a_pin_like_any_other() -> None:
    room = live(*act(48, pin("p"), undoes="op-elsewhere"), at(90, enter("a")))
    assert spans(room, "pin") == [(48, None)]


def test_of_several_pins_an_unpin_that_names_no_product_ends_all() -> None:
    room = live(at(10, pin("p")), at(20, pin(None)), at(30, pin(None)), at(40, unpin()), several_pins=True)
    assert spans(room, "pin") == [(10, 40), (20, 30), (30, 40)]


@pytest.mark.parametrize("several", [True, False])
def test_what_is_pinned_is_what_the_one_who_pins_takes_to_be_pinned(several: bool) -> None:
    rng = random.Random(several)
    for _ in range(200):
        acts = [rng.choice((pin, unpin))(rng.choice(("p", "q", "r", None))) for _ in range(6)]
        room = live(*(at(rng.randrange(1, 6), act) for act in acts), several_pins=several)
        lines = room.records("pin", "unpin")
        assert set(pinned(room)) == pinned_after(lines, room.room.several_pins), lines


def test_what_runs_at_the_end_of_the_live_ends_with_it() -> None:
    room = live(at(10, pin("p")), at(20, event("giveaway_started", ref_id="g")), at(60, ended()))
    assert spans(room, "pin") == [(10, 60)] and spans(room, "giveaway") == [(20, 60)]
    assert not any(marker.open for marker in markers(room))
    assert pinned(room) == {}


@pytest.mark.parametrize("kind", ["promotion", "giveaway"])
def test_promotions_and_giveaways_are_intervals_by_their_ref(kind: str) -> None:
    begin, end = f"{kind}_started", f"{kind}_ended"
    room = live(at(10, event(begin, ref_id="1")), at(30, event(end, ref_id="1")), at(40, event(begin, ref_id="2")))
    assert spans(room, kind) == [(10, 30), (40, None)]


def test_promotions_run_side_by_side_and_giveaways_one_by_one() -> None:
    def both(kind: str) -> Rollup:
        begin, end = f"{kind}_started", f"{kind}_ended"
        ends = (at(40, event(end, ref_id="1")), at(50, event(end, ref_id="2")))
        return live(at(10, event(begin, ref_id="1")), at(20, event(begin, ref_id="2")), *ends)

    assert spans(both("promotion"), "promotion") == [(10, 40), (20, 50)]
    assert spans(both("giveaway"), "giveaway") == [(10, 20), (20, 50)]


def test_an_end_without_a_ref_ends_what_began_last() -> None:
    room = live(at(10, event("giveaway_started", ref_id="1")), at(40, event("giveaway_ended")))
    assert spans(room, "giveaway") == [(10, 40)]


def test_promotions_and_giveaways_are_called_by_what_the_log_says() -> None:
    room = live(
        lists("p", title="Cream"),
        event("promotion_started", ref_id="1", title="20 % off"),
        event("promotion_started", ref_id="2", kind="flash_sale"),
        event("promotion_started", ref_id="3", product_id="p"),
        event("giveaway_started", ref_id="g", product_id="p"),
    )
    assert said(room, "promotion") == ["Promotion: 20 % off", "Promotion: flash sale", "Promotion: Cream"]
    assert said(room, "giveaway") == ["Giveaway: Cream"]


def test_a_violation_is_an_instant_with_its_reason() -> None:
    medical = event("violation", ref_id="v", reason="medical_claim", product_id="p")
    room = live(at(10, medical), at(20, event("violation")))
    first, second = (marker for marker in markers(room) if marker.kind == "violation")
    assert (seconds(first.start), first.end, first.open, first.ref_id, first.product_id) == (10, None, False, "v", "p")
    assert first.sentence.in_english() == "Violation: Medical claim"
    assert second.sentence.in_english() == "Violation: no reason given"


def test_products_that_join_later_are_marked_once() -> None:
    delist: Event = event("product_delisted", product_id="late")
    room = live(
        at(0, lists("first")), at(30, lists("still the beginning")), at(300, lists("late", title="Late")),
        at(400, lists("late")), at(500, delist), at(600, lists("late")),
    )  # fmt: skip
    assert spans(room, "listed") == [(300, None), (600, None)]
    assert said(room, "listed")[0] == "Listed: Late"


def test_sold_out_is_when_the_stock_comes_to_nothing() -> None:
    room = live(
        lists("p", title="Cream", stock=3), at(10, stock("p", 1)), at(20, stock("p", 0)), at(30, stock("p", 0)),
        at(40, stock("p", 5)), at(50, stock("p", 0)),
    )  # fmt: skip
    assert spans(room, "sold_out") == [(20, None), (50, None)]
    assert said(room, "sold_out")[0] == "Sold out: Cream"


def test_of_several_skus_the_one_that_is_gone_is_named_until_none_is_left() -> None:
    def reported(sku: str, count: int) -> Event:
        return {**stock("p", count), "sku_id": sku}

    room = live(
        lists("p", title="Cream"), at(5, reported("red", 4)), at(6, reported("blue", 2)), at(20, reported("red", 0)),
        at(30, reported("blue", 0)),
    )  # fmt: skip
    assert said(room, "sold_out") == ["Sold out: Cream, SKU red", "Sold out: Cream"]


def test_prices_hosts_and_pauses() -> None:
    room = live(
        at(10, event("price_changed", product_id="p", price="9.90")), at(20, event("host_changed", host="Mia")),
        at(30, event("live_paused")), at(50, event("live_resumed")), at(60, event("live_paused")), at(90, ended()),
    )  # fmt: skip
    assert spans(room, "price") == [(10, None)] and spans(room, "host") == [(20, None)]
    assert spans(room, "pause") == [(30, 50), (60, 90)]
    assert said(room, "price") == ["New price: p, 9.90"] and said(room, "host") == ["Host: Mia"]


def test_gaps_are_intervals_by_what_they_say_of_themselves() -> None:
    gap: Event = {**event("recording_gap"), "from": START + 5_000, "to": "2024-11-20T19:00:25Z"}
    nonsense: Event = {**event("recording_gap"), "from": "some time", "to": None}
    room = live(at(30, gap), at(31, nonsense))
    assert spans(room, "gap") == [(5, 25)]


def test_a_window_has_what_touches_it_in_order_of_time() -> None:
    shown = at(10, pin("p")), at(100, unpin("p")), at(120, pin("q"))
    room = live(*shown, at(50, event("violation")), at(130, event("violation")))

    def within(start: float, end: float) -> list[str]:
        return [marker.kind for marker in markers(room, between(start, end))]

    assert within(20, 90) == ["pin", "violation"]
    assert within(0, 10) == [] and within(100, 120) == []
    assert within(125, 130) == ["pin"] and within(125, 131) == ["pin", "violation"]


def test_every_marker_has_an_id_of_its_own() -> None:
    room = live(pin("p"), event("violation"), pin("q"), event("violation"))
    found: tuple[Marker, ...] = markers(room)
    assert len({marker.id for marker in found}) == len(found) == 4


def test_an_empty_room_has_none() -> None:
    assert markers(rollup()) == ()


def test_a_giveaway_is_over_when_its_time_is_over_though_no_line_says_so() -> None:
    giveaway = at(10, event("giveaway_started", ref_id="g", length=60))
    assert spans(live(giveaway, at(69, enter("a"))), "giveaway") == [(10, None)]
    assert spans(live(giveaway, at(70, enter("a"))), "giveaway") == [(10, 70)]


def test_a_giveaway_that_is_yet_to_start_is_no_marker_and_moves_no_clock() -> None:
    planned = at(10, event("giveaway_started", ref_id="g", starts_at=START + 100_000, length=60))
    room = live(planned, at(20, enter("a")))
    assert spans(room, "giveaway") == [] and seconds(room.last_ts or 0) == 20
    assert spans(live(planned, at(100, enter("a"))), "giveaway") == [(100, None)]
    called_off = at(50, event("giveaway_ended", ref_id="g"))
    assert spans(live(planned, called_off, at(200, enter("a"))), "giveaway") == []
    assert spans(live(planned, at(60, ended())), "giveaway") == []


def test_as_of_earlier_a_giveaway_is_what_it_was_then() -> None:
    room = live(at(10, event("giveaway_started", ref_id="g", length=60)), at(200, enter("a")))
    assert spans(as_of(room, START + 40_000), "giveaway") == [(10, None)]
    assert spans(as_of(room, START + 5_000), "giveaway") == []


def test_what_is_listed_with_a_stock_of_nothing_does_not_sell_out() -> None:
    for nothing in (0, "0"):
        assert spans(live(at(1, lists("p", stock=nothing)), at(20, stock("p", 0))), "sold_out") == []

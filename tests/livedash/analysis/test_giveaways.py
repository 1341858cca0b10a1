"""What is known of each giveaway, at the room's clock."""
from __future__ import annotations

import time
from typing import Any

import pytest

from livedash.analysis.giveaways import Giveaway, giveaways
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from livedash.words import Amount, Sentence
from tests.livedash.build import START, Event, at, between, ended, enter, event, lists, live, rollup

CREAM = lists("p", title="Cream", stock=20)


def starts(ref: str = "g", **said: Any) -> Event:
    return event("giveaway_started", ref_id=ref, product_id="p", prizes=3, entry_rule="comment", **said)


def over(ref: str = "g", **said: Any) -> Event:
    return event("giveaway_ended", ref_id=ref, **said)


def enters(user: str, ref: str = "g") -> Event:
    return event("giveaway_entered", user, ref_id=ref)


def the(room: Rollup) -> Giveaway:
    [found] = giveaways(room, None).giveaways
    return found


def test_a_giveaway_with_all_that_is_said_of_it() -> None:
    found = the(live(CREAM, at(60, starts(length=300, keyword="luna")), at(100, enters("a")), at(101, enters("b"))))
    assert (found.state, found.start, found.end) == ("running", START + 60_000, START + 360_000)
    assert (found.name, found.product_id, found.prizes, found.entries) == ("Cream", "p", 3, 2)
    assert found.product is not None and found.product.stock == 20
    assert found.how == Sentence.of("write “{keyword}” in a comment", keyword="luna")
    assert (found.winners, found.winner_names, found.by, found.delivery) == (None, (), None, None)


@pytest.mark.parametrize(
    ("second", "state"), [(90, "scheduled"), (120, "running"), (179, "running"), (180, "ended"), (900, "ended")]
)
def test_its_state_is_that_of_the_rooms_clock(second: int, state: str) -> None:
    planned = at(60, starts(starts_at=START + 120_000, length=60))
    assert the(live(planned, at(second, enter("a")))).state == state


def test_one_that_never_started_was_called_off() -> None:
    planned = at(60, starts(starts_at=START + 120_000))
    assert the(live(planned, at(80, over()), at(300, enter("a")))).state == "called off"
    assert the(live(planned, at(100, ended()))).state == "called off"


def test_it_is_early_where_a_line_ends_it_before_its_time() -> None:
    assert the(live(at(60, starts(length=300)), at(100, over()))).early
    assert not the(live(at(60, starts(length=300)), at(400, over()))).early
    assert not the(live(at(60, starts()), at(100, over()))).early


def test_entries_are_those_counted_else_those_told() -> None:
    assert the(live(at(1, starts()), at(5, enters("a")), at(9, over(entries=70)))).entries == 1
    assert the(live(at(1, starts()), at(9, over(entries=70)))).entries == 70
    assert the(live(at(1, starts()), at(9, over(entries="many")))).entries is None


def test_entries_over_time_go_from_the_start_to_now_and_no_further_than_the_end() -> None:
    room = live(at(60, starts(length=60)), at(61, enters("a")), at(64, enters("b")), at(72, enters("c")),
                at(73, enter("d")), at(121, enters("late")))  # fmt: skip
    assert (the(room).step_ms, the(room).course) == (5000, (2, 0, 1) + (0,) * 9)
    assert the(as_of(room, START + 74_000)).course == (2, 0, 1)
    long = live(at(0, starts(length=3600)), at(3599, enters("a")), at(4000, enter("b")))
    assert the(long).step_ms == 60_000 and len(the(long).course) == 60 and the(long).course[-1] == 1
    assert the(live(at(1, starts()))).course == ()


def test_a_log_says_how_many_won_or_who() -> None:
    def won(winners: Any) -> tuple[int | None, tuple[str, ...]]:
        found = the(live(at(1, starts()), at(9, over(winners=winners))))
        return found.winners, found.winner_names

    assert won(3) == (3, ())
    assert won(["ana", {"name": "ben", "user_id": "u2"}, {"user_id": "u3"}]) == (3, ("ana", "ben", "u3"))
    assert won("some") == (None, ()) and won(None) == (None, ()) and won(True) == (None, ())


def test_the_newest_comes_first_and_only_what_touches_the_window() -> None:
    room = live(at(10, starts("1", length=20)), at(50, starts("2", length=20)), at(90, enter("a")))
    assert [found.ref_id for found in giveaways(room, None).giveaways] == ["2", "1"]
    assert [found.ref_id for found in giveaways(room, between(0, 40)).giveaways] == ["1"]
    assert [found.ref_id for found in giveaways(room, between(25, 55)).giveaways] == ["2", "1"]
    assert giveaways(room, between(70, 90)).giveaways == ()


def test_what_is_planned_stands_where_it_was_planned() -> None:
    room = live(at(10, starts(starts_at=START + 500_000)), at(20, enter("a")))
    assert len(giveaways(room, between(0, 30)).giveaways) == 1
    assert giveaways(as_of(room, START + 5_000), None).giveaways == ()


def test_whose_doing_it_was_and_how_far_it_has_come() -> None:
    ours = starts(event_id="op-1", by="dashboard")
    assert the(live(at(1, ours))).by == "dashboard"
    delivery = the(live(at(1, ours))).delivery
    assert delivery is not None and delivery.state == "recorded"
    sent = event("delivery", ref_id="op-1", state="delivered", attempts=1)
    assert (the(live(at(1, ours), at(2, sent))).delivery or delivery).state == "delivered"
    again = the(live(at(1, ours), at(2, sent), at(3, over(event_id="op-2")))).delivery
    assert again is not None and again.state == "recorded", "the latest act counts"


def test_why_none_can_be_created() -> None:
    now = live(event("host_changed", ts=int(time.time() * 1000)))  # no silence has ended it
    assert giveaways(now, None).why_none is None
    assert giveaways(live(at(9, ended())), None).why_none == Sentence.of("This LIVE has ended.")
    assert giveaways(rollup(), None).why_none == Sentence.of("This LIVE has not begun.")


def test_odd_fields_are_passed_over() -> None:
    odd = event("giveaway_started", ref_id="g", prizes="three", length="long", entry_rule=7, watch_seconds=-1)
    found = the(live(odd))
    assert (found.prizes, found.end, found.how, found.product, found.name) == (None, None, None, None, "g")
    watch = the(live(event("giveaway_started", ref_id="g", entry_rule="watch_time", watch_seconds=90)))
    assert watch.how == Sentence.of("watch for {length}", length=Amount(90, "seconds"))


def test_numbers_written_as_texts_are_numbers() -> None:
    told = event("giveaway_started", ref_id="g", prizes="3", entry_rule="watch_time", watch_seconds="120")
    found = the(live(at(60, told), at(100, over(winners="2", entries="40"))))
    assert (found.prizes, found.winners, found.entries) == (3, 2, 40)
    assert found.how == Sentence.of("watch for {length}", length=Amount(120, "seconds"))


@pytest.mark.parametrize("rule", [["x"], {"a": 1}, 5, True])
def test_an_entry_rule_that_is_no_text_is_none(rule: Any) -> None:
    assert the(live(at(60, event("giveaway_started", ref_id="g", entry_rule=rule)))).how is None

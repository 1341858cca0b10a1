"""What a metric did after an event, against what was to be expected without it."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from livedash.analysis.effects import EventEffect, caution, effect, in_words, past_course, what_events_did
from livedash.locale import Words
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from livedash.view import Window
from tests.livedash import build
from tests.livedash.build import START, at, between, clicks, enter, event, live, order, viewers

MINUTE = 60
JUDGED = between(60 * MINUTE, 70 * MINUTE)
GIVEAWAY = at(60 * MINUTE, event("giveaway_started", event_id="g", ref_id="g1", product_id="p"))


def each_minute(
    first: int, last: int, times: int, what: build.Event | None = None, step: int = 0
) -> Iterator[build.Event]:
    """The event so many times a minute (and two more or fewer, by turns), from one minute to another. step: how many
    more each minute has than the one before."""
    for minute in range(first, last):
        count = times + step * (minute - first) + (-2, 0, 2, 0)[minute % 4]
        for place in range(count):
            yield at(minute * MINUTE + (place + 0.5) * MINUTE / count, what or clicks(None))


def clicked(before: int, during: int, *more: build.Event) -> Rollup:
    """A LIVE of 80 minutes with so many clicks a minute, and so many from the 60th minute to the 70th."""
    ordinary = [*each_minute(0, 60, before), *each_minute(70, 80, before)]
    return live(*ordinary, *each_minute(60, 70, during), *more, at(80 * MINUTE, build.ended()))


def words_of(one: EventEffect) -> str:
    return Words("en").sentence(in_words(one.effect))


def test_what_goes_on_as_before_has_no_effect() -> None:
    told = effect(clicked(40, 40), JUDGED, "product_clicks")
    assert told.observed == 398
    assert told.expected == pytest.approx(400, rel=0.03)
    assert told.low is not None and told.high is not None and told.low < 0 < told.high
    assert not told.clear
    assert told.why_not is None


def test_half_as_many_again_is_found_and_said() -> None:
    told = effect(clicked(40, 60), JUDGED, "product_clicks")
    assert told.observed == 598
    assert told.uplift == pytest.approx(0.5, abs=0.05)
    assert told.clear
    said = Words("en").sentence(in_words(told))
    assert said.startswith(("50% more clicks than expected, between ", "49% more", "51% more"))


def test_fewer_is_said_with_the_smaller_end_first() -> None:
    told = effect(clicked(60, 30), JUDGED, "product_clicks")
    said, ends = Words("en").sentence(in_words(told)).split(", between ")
    low, high = (float(part.rstrip("%")) for part in ends.split(" and "))
    assert said.endswith(" fewer clicks than expected")
    assert 0 < low < 50 < high


def test_what_is_not_clear_is_said_so() -> None:
    told = effect(clicked(40, 40), JUDGED, "product_clicks")
    said = Words("en").sentence(in_words(told))
    assert said.startswith("not clear: between ") and said.endswith(" more clicks than expected")


def test_a_trend_is_no_effect() -> None:
    room = live(*each_minute(0, 90, 20, step=1), at(90 * MINUTE, build.ended()))
    told = effect(room, JUDGED, "product_clicks")
    assert told.low is not None and told.high is not None and told.low < 0 < told.high
    assert told.uplift == pytest.approx(0, abs=0.08)


def test_what_comes_after_the_window_changes_nothing() -> None:
    with_more = clicked(40, 60, *each_minute(72, 79, 300))
    assert effect(with_more, JUDGED, "product_clicks") == effect(clicked(40, 60), JUDGED, "product_clicks")


def test_a_room_as_of_the_end_of_the_window_says_the_same() -> None:
    room = clicked(40, 60, GIVEAWAY)
    then = as_of(room, JUDGED.end)
    now, told_then = (effect(one, JUDGED, "product_clicks", without=("g",)) for one in (room, then))
    assert now == told_then


def test_in_the_time_machine_the_window_is_judged_as_far_as_it_had_come() -> None:
    then = as_of(clicked(40, 60), START + 65 * MINUTE * 1000)
    told = effect(then, JUDGED, "product_clicks")
    assert told.window.end <= START + 65 * MINUTE * 1000
    assert told.observed == pytest.approx(298, abs=3)


def test_too_little_before_it_tells_nothing() -> None:
    told = effect(clicked(40, 60), between(5 * MINUTE, 15 * MINUTE), "product_clicks")
    assert told.expected is None and told.low is None
    assert told.observed is not None
    assert Words("en").sentence(in_words(told)) == "too little data to tell"


def test_a_handful_of_orders_tells_nothing() -> None:
    room = live(*(at(minute * MINUTE, order("a", 5)) for minute in (3, 21, 40, 61, 62)), at(80 * MINUTE, build.ended()))
    assert effect(room, JUDGED, "orders").why_not is not None


def test_a_log_without_clicks_says_what_it_lacks() -> None:
    told = effect(live(*each_minute(0, 80, 10, enter())), JUDGED, "product_clicks")
    assert Words("en").sentence(in_words(told)) == "Not recorded in this log: product_click."


def test_a_window_beyond_the_live_tells_nothing() -> None:
    assert effect(clicked(40, 40), between(200 * MINUTE, 210 * MINUTE), "product_clicks").why_not is not None


def test_a_metric_that_means_nothing_over_time_is_refused() -> None:
    with pytest.raises(Problem):
        effect(clicked(40, 40), JUDGED, "stock_left")
    with pytest.raises(Problem):
        effect(clicked(40, 40), JUDGED, "views", product_id="p")


def test_a_gap_and_a_pause_before_it_are_left_out() -> None:
    gap = event("recording_gap", **{"from": START + 30 * MINUTE * 1000, "to": START + 40 * MINUTE * 1000})
    still = [at(45 * MINUTE, event("live_paused")), at(52 * MINUTE, event("live_resumed"))]
    ordinary = [*each_minute(0, 30, 40), *each_minute(40, 45, 40), *each_minute(52, 80, 40)]
    room = live(*ordinary, at(41 * MINUTE, gap), *still, at(80 * MINUTE, build.ended()))
    told = effect(room, JUDGED, "product_clicks")
    assert told.uplift == pytest.approx(0, abs=0.05)
    assert told.high is not None and told.high < 0.4


def test_a_window_that_was_hardly_recorded_tells_nothing() -> None:
    gap = event("recording_gap", **{"from": START + 61 * MINUTE * 1000, "to": START + 70 * MINUTE * 1000})
    told = effect(clicked(40, 1, at(71 * MINUTE, gap)), JUDGED, "product_clicks")
    assert told.why_not is not None


def test_of_a_product_only_its_own_counts() -> None:
    others = [*each_minute(0, 80, 30, clicks(None, "q"))]
    told = effect(clicked(40, 60, *others), JUDGED, "product_clicks", product_id="p")
    assert (told.observed, told.product_id) == (598, "p")
    assert told.uplift == pytest.approx(0.5, abs=0.05)
    other = effect(clicked(40, 60, *others), JUDGED, "product_clicks", product_id="q")
    assert other.uplift == pytest.approx(0, abs=0.1)


def test_a_product_that_is_not_known_tells_nothing() -> None:
    assert effect(clicked(40, 60), JUDGED, "product_clicks", product_id="nobody").why_not is not None


def test_the_money_and_the_orders_of_a_product_are_its_own() -> None:
    bought = [
        at(minute * MINUTE + place * 7, order("u", 10, "p", order_id=f"o{minute}-{place}"))
        for minute in range(80)
        for place in range(8 if 60 <= minute < 70 else 4)
    ]
    room = live(*bought, *each_minute(0, 80, 5, order("v", 99, "q")), at(80 * MINUTE, build.ended()))
    money = effect(room, JUDGED, "direct_gmv", product_id="p")
    assert money.observed == 800
    assert money.expected == pytest.approx(400, rel=0.02)
    assert effect(room, JUDGED, "orders", product_id="p").observed == 80
    assert effect(room, JUDGED, "aov").why_not is None


def test_a_ratio_is_judged_as_a_ratio_of_sums() -> None:
    views = [*each_minute(0, 60, 20, enter()), *each_minute(60, 70, 40, enter())]
    told = effect(clicked(20, 40, *views), JUDGED, "live_ctr")
    assert told.observed == pytest.approx(1.0, abs=0.02)
    assert told.uplift == pytest.approx(0, abs=0.05)


def test_a_gauge_is_judged_by_its_mean() -> None:
    samples = [at(10 * place, viewers(150 if 360 <= place < 420 else 100 + place % 3)) for place in range(480)]
    told = effect(live(*samples, at(80 * MINUTE, build.ended())), JUDGED, "current_viewers")
    assert told.observed == pytest.approx(150)
    assert told.expected == pytest.approx(101, abs=1)
    assert told.clear


def test_overlapping_events_are_said() -> None:
    pin_before = [at(55 * MINUTE, {**build.pin("q"), "event_id": "pin"}), at(58 * MINUTE, build.unpin())]
    long_ago = at(10 * MINUTE, event("violation", event_id="v", reason="claim"))
    told = effect(clicked(40, 60, GIVEAWAY, *pin_before, long_ago), JUDGED, "product_clicks", without=("g",))
    assert [marker.id for marker in told.overlaps] == ["pin"]
    told = effect(clicked(40, 60, GIVEAWAY), JUDGED, "product_clicks")
    assert [marker.id for marker in told.overlaps] == ["g"]


def test_the_pin_that_a_pin_takes_the_place_of_is_no_overlap() -> None:
    pins = [at(30 * MINUTE, build.pin("q")), at(60 * MINUTE, {**build.pin("p"), "event_id": "mine"})]
    assert effect(clicked(40, 60, *pins), JUDGED, "product_clicks", without=("mine",)).overlaps == ()


def test_earlier_lives_tell_what_is_usual_at_the_same_minute() -> None:
    usual = past_course(clicked(40, 60), None, "product_clicks")
    alone = effect(clicked(40, 60), JUDGED, "product_clicks")
    known = effect(clicked(40, 60), JUDGED, "product_clicks", history=(usual,) * 6)
    assert alone.uplift is not None and known.uplift is not None
    assert known.uplift < 0.75 * alone.uplift
    other = past_course(clicked(40, 60), None, "orders")
    assert effect(clicked(40, 60), JUDGED, "product_clicks", history=(other,)) == alone


def test_what_the_events_did_is_told_of_each_in_order() -> None:
    violation = at(30 * MINUTE, event("violation", event_id="v", reason="claim"))
    room = clicked(40, 60, GIVEAWAY, violation, at(68 * MINUTE, event("giveaway_ended", ref_id="g1")))
    told = what_events_did(room, None, "product_clicks", 10)
    assert [one.marker.kind for one in told] == ["violation", "giveaway"]
    assert words_of(told[0]).startswith("not clear")
    assert "more clicks than expected" in words_of(told[1])
    assert [one.marker.kind for one in what_events_did(room, None, "product_clicks", 10, ("giveaway",))] == ["giveaway"]
    assert what_events_did(room, between(0, 600), "product_clicks", 10) == ()


def test_an_event_may_be_judged_over_its_own_length() -> None:
    room = clicked(40, 60, GIVEAWAY, at(68 * MINUTE, event("giveaway_ended", ref_id="g1")))
    [told] = what_events_did(room, None, "product_clicks", None)
    assert told.effect.window == Window(START + 3_600_000, START + 4_080_000)


def test_a_window_that_is_not_over_waits() -> None:
    room = live(*each_minute(0, 65, 40), GIVEAWAY)
    [told] = what_events_did(room, None, "product_clicks", 10)
    assert words_of(told) == "not over yet: until 20:10"
    assert told.effect.observed is not None and told.effect.expected is None


def test_with_pins_one_is_more_careful_still() -> None:
    assert caution(["violation"]) != caution(["violation", "pin"])

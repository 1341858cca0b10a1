"""Series over time: rates per minute, quotients of sums, gauges as they stood, and nothing where nothing is known."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.analysis.facts import DISTINCT, RoomFacts, StepFacts
from livedash.analysis.metrics import BASE, METRICS
from livedash.analysis.trend import STEPS, Trend, course, last_minutes, step_for, trend
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.view import Window
from tests.livedash import build
from tests.livedash.analysis.test_oracle import logs
from tests.livedash.build import (
    START,
    Event,
    at,
    between,
    cancel,
    clicks,
    ended,
    enter,
    event,
    leave,
    live,
    order,
    pin,
    rollup,
)

MINUTE = 60_000


def silent_from(begin: int, end: int | str) -> Event:
    return {**event("recording_gap"), "from": begin, "to": end}


def series(room: Rollup, key: str, window: Window, points: int) -> list[float | None]:
    return list(trend(room, window, (key,), points).series[key])


def test_counts_and_money_are_told_per_minute() -> None:
    room = live(*(at(s, enter("a")) for s in (1, 2, 31)), at(40, order("a", "12.50")), at(60, ended()))
    assert series(room, "views", between(0, 60), 2) == [4, 2]
    assert series(room, "direct_gmv", between(0, 60), 2) == [0, 25]


def test_what_was_counted_in_a_sliver_of_a_step_is_not_hidden() -> None:
    room = live(at(10, enter("a")), at(70, order("a", 30)), at(80, ended()))
    assert series(room, "direct_gmv", between(0, 80), 2) == [0, 30]
    assert series(room, "views", between(0, 80), 2) == [1, None]


def test_quotients_are_of_the_sums_of_each_step() -> None:
    events = [at(1, clicks("a")), at(2, clicks("a")), at(3, order("a", 1)), at(61, clicks("a")), at(180, ended())]
    assert series(live(*events), "ctor", between(0, 180), 3) == [0.5, 0, None]


def test_distinct_users_are_counted_afresh_in_each_step() -> None:
    room = live(*(at(s, enter("a")) for s in (1, 2, 61)), at(62, enter("b")), at(120, ended()))
    assert series(room, "viewers", between(0, 120), 2) == [1, 2]


def test_current_viewers_are_the_last_of_each_step_and_last_until_the_next_sample() -> None:
    room = live(at(10, build.viewers(5)), at(50, build.viewers(9)), at(150, build.viewers(2)), at(240, ended()))
    assert series(room, "current_viewers", between(0, 240), 4) == [9, 9, 2, 2]
    assert series(room, "peak_viewers", between(0, 240), 4) == [9, 9, 9, 2]
    assert series(room, "avg_viewers", between(0, 240), 4) == [pytest.approx((40 * 5 + 10 * 9) / 50), 9, 5.5, 2]


def test_before_the_first_sample_nothing_is_known() -> None:
    room = live(at(70, build.viewers(5)), at(120, ended()))
    assert series(room, "current_viewers", between(0, 120), 2) == [None, 5]


def test_a_gap_in_the_recording_stays_a_gap() -> None:
    gap = silent_from(START + 60_000, "2024-11-20T19:02:00Z")
    room = live(at(10, enter("a")), at(59, build.viewers(7)), at(60, gap), at(130, enter("b")), at(180, ended()))
    for key in ("views", "current_viewers", "viewers"):
        first, silent, last = series(room, key, between(0, 180), 3)
        assert first is not None and silent is None and last is not None


def test_a_rate_is_over_the_time_that_was_recorded() -> None:
    gap = silent_from(START + 60_000, START + 80_000)
    room = live(at(0, enter("a")), at(80, gap), at(90, enter("a")), at(100, enter("a")), at(120, ended()))
    assert series(room, "views", between(0, 120), 2) == [1, 3]


def test_gaps_that_overlap_are_taken_off_once() -> None:
    gaps = [silent_from(START + a, START + b) for a, b in ((0, 20_000), (10_000, 30_000))]
    room = live(*(at(30 + i, gap) for i, gap in enumerate(gaps)), at(40, enter("a")), at(60, ended()))
    assert series(room, "views", between(0, 60), 1) == [2]


def test_the_last_step_is_measured_by_its_own_length() -> None:
    room = live(at(10, enter("a")), at(130, enter("b")), at(165, ended()))
    assert series(room, "views", between(0, 165), 3) == [1, 0, pytest.approx(60 / 45)]


def test_the_last_step_leaves_out_what_was_cancelled_after_it() -> None:
    """A cancellation may be the last line of the log, later than anything that says the LIVE still runs."""
    room = live(at(0, order("a", 5, order_id="o")), at(60, ended()), at(90, cancel("o", price="5")))
    found = StepFacts(room, between(0, 80), 60_000)["cancellations"]
    assert found is not None and found.tolist() == [0, 0]


def test_a_step_of_which_little_has_passed_makes_no_rate_of_it() -> None:
    quiet = live(at(10, enter("a")), at(131, ended()))
    assert series(quiet, "views", between(0, 131), 3) == [1, 0, None]
    busy = live(at(10, enter("a")), at(130, enter("b")), at(131, ended()))
    assert series(busy, "views", between(0, 131), 3) == [1, 0, 1]


def test_a_single_event_is_shown_all_the_same() -> None:
    assert trend(rollup(enter("a")), None, ("views",)).series["views"] == (60_000,)


def test_what_happens_after_the_end_is_not_in_the_course_of_the_live() -> None:
    room = live(at(10, order("a", 1)), at(60, ended()), at(70, order("b", 1)))
    assert trend(room, None, ("orders",), 1).series["orders"] == (1,)


def test_long_views_are_told_where_they_began_and_once_they_are_long() -> None:
    room = live(at(5, enter("a")), at(100, leave("a")), at(65, enter("b")), at(70, leave("b")), at(180, ended()))
    assert series(room, "long_views", between(0, 180), 3) == [1, 0, None]


def test_the_whole_live_is_the_default_and_its_markers_come_along() -> None:
    room = live(at(10, pin("p")), at(600, enter("a")), at(1200, ended()))
    answer = trend(room, None, ("views", "orders"))
    assert answer.window == Window(START, START + 1_200_000)
    assert answer.series["orders"] == (None,) * len(answer.series["views"])
    assert [marker.kind for marker in answer.markers] == ["pin"]


def test_a_room_without_events_has_an_empty_course() -> None:
    assert trend(rollup(), None, ("views",)).series == {"views": (None,)}
    assert last_minutes(rollup(), 5) is None


def test_stock_has_no_course() -> None:
    with pytest.raises(Problem) as problem:
        trend(live(build.stock("p", 3)), None, ("stock_left",))
    assert problem.value.code == "metric-not-by"


def test_the_last_minutes_end_with_the_live_or_with_its_latest_event() -> None:
    assert last_minutes(live(at(600, ended()), at(900, order("a", 1))), 5) == between(300, 600)
    running = last_minutes(live(at(600, enter("a"))), 5)
    assert running == Window(START + 300_001, START + 600_001)
    assert last_minutes(live(at(60, ended())), 5) == between(0, 60)


@pytest.mark.parametrize(("length", "points", "step"), [
    (300, 240, 2), (300, 300, 1), (7200, 240, 30), (7200, 120, 60), (7200, 40, 300), (86_000, 240, 600), (1, 240, 1),
])  # fmt: skip
def test_steps_are_those_people_read_off_an_axis(length: int, points: int, step: int) -> None:
    assert step_for(live(at(86_000, enter("a"))), between(0, length), points) == step * 1000


def test_a_room_of_weeks_has_steps_of_hours() -> None:
    room = live(at(40 * 86_400, enter("a")))
    assert room.span is not None
    step = step_for(room, room.span)
    assert step % room.width == 0 and step in STEPS and room.span.seconds * 1000 / step <= 240


@settings(max_examples=100, deadline=None)
@given(logs(), st.integers(-5, 400), st.integers(1, 300), st.sampled_from([1, 2, 5, 10, 30, 60]))
def test_a_step_is_a_window(events: list[Event], start: int, length: int, step: int) -> None:
    """Whatever a step says, the window of that step says too."""
    room = rollup(*events)
    steps = StepFacts(room, between(start, start + length), step * 1000)
    said = {name: steps[name] for name in BASE if name not in ("long_views", "viewers_mean")}
    for place, (begin, end) in enumerate(zip(steps.edges[:-1].tolist(), steps.edges[1:].tolist(), strict=True)):
        window = RoomFacts(room, Window(begin, end))
        for name, values in said.items():
            expected = window[name]
            if name.startswith("viewers_") and room.gauge(None).kind != "sample":
                continue
            found = None if values is None or values[place] != values[place] else values[place]
            assert found == expected or (name in DISTINCT and expected is None), (name, place)


@settings(max_examples=50, deadline=None)
@given(logs(), st.integers(1, 200))
def test_rates_add_up_to_the_count(events: list[Event], points: int) -> None:
    room = rollup(*events)
    assert room.span is not None
    steps = StepFacts(room, room.span, step_for(room, room.span, points))
    rates = course(METRICS["views"], steps)
    if None not in rates:
        enough = steps.step_ms / 2 if len(rates) > 1 else 0
        lasted = [(ms if ms >= enough else steps.step_ms) / MINUTE for ms in steps.covered.tolist()]
        total = sum(rate * minutes for rate, minutes in zip(rates, lasted, strict=True) if rate)
        assert total == pytest.approx(RoomFacts(room, steps.window)["views"])


def test_a_course_has_no_more_points_than_asked_for() -> None:
    answer: Trend = trend(live(at(7450, ended())), None, ("views",), 40)
    assert len(answer.series["views"]) <= 40

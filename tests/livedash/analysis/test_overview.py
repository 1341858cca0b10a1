"""The overview: a value with its parts, what it changed by of late, and its course."""
from __future__ import annotations

import time
from decimal import Decimal

import pytest

from livedash.analysis.metrics import METRICS
from livedash.analysis.overview import Figure, figure, overview
from livedash.rollup.fold import Rollup
from livedash.view import Window
from tests.livedash import build
from tests.livedash.build import (
    START,
    Event,
    at,
    between,
    clicks,
    ended,
    enter,
    event,
    leave,
    live,
    order,
    rollup,
    shown,
)


def told(room: Rollup, key: str, window: Window | None = None) -> Figure:
    return overview(room, window, (key,)).figures[key]


def test_a_quotient_comes_with_its_parts() -> None:
    found = told(live(clicks("a"), clicks("a"), order("a", 5)), "ctor")
    assert (found.value, found.numerator, found.denominator) == (0.5, 1, 2)


def test_a_count_has_no_parts() -> None:
    found = told(live(clicks("a")), "product_clicks")
    assert (found.value, found.numerator, found.denominator, found.missing) == (1, None, None, ())


def test_money_over_people_keeps_money_as_money() -> None:
    found = told(live(enter("a"), enter("b"), order("a", "12.50")), "watch_gpm")
    assert (found.value, found.numerator, found.denominator) == (Decimal(6250), Decimal("12.5"), 2)


def test_what_is_missing_is_named_and_the_other_part_still_shown() -> None:
    found = told(live(clicks("a")), "live_ctr")
    assert (found.value, found.numerator, found.denominator, found.missing) == (None, 1, None, ("view",))


def test_the_plain_quotient_stands_beside_the_tap_through_rate() -> None:
    room = live(*(shown("Feed") for _ in range(4)), enter("a", "Feed"), enter("b", "Share link"))
    assert (told(room, "tap_through_rate").value, told(room, "tap_through_rate").plain) == (0.25, 0.5)
    assert told(room, "live_ctr").plain is None


def test_a_gauge_says_when_it_was_read() -> None:
    room = live(at(10, build.viewers(7)), at(90, enter("a")))
    assert (told(room, "current_viewers").value, told(room, "current_viewers").at) == (7, START + 10_000)
    assert told(room, "views").at is None


def test_the_latest_event_is_that_of_the_window() -> None:
    room = live(at(10, build.viewers(7)), at(90, enter("a")))
    assert overview(room, None, ("views",)).latest == START + 90_000
    assert overview(room, Window(START, START + 60_000), ("views",)).latest == START + 60_000


def test_counts_change_in_proportion_over_the_last_five_minutes() -> None:
    room = live(*(at(s, enter("a")) for s in (100, 310, 320, 610, 620, 630)), at(900, ended()))
    found = told(room, "views")
    assert (found.value, found.recent, found.before, found.change) == (6, 3, 2, 0.5)
    assert overview(room, None, ("views",)).change_minutes == 5


def test_ratios_and_seconds_change_by_their_difference() -> None:
    early = [at(310, clicks("a")), at(311, order("a", 1, order_id="x"))]
    late = [at(610, clicks("a")), at(611, clicks("a")), at(612, order("a", 1, order_id="y"))]
    assert told(live(*early, *late, at(900, ended())), "ctor").change == -0.5
    stays = [at(300, enter("a")), at(310, leave("a")), at(600, enter("a")), at(640, leave("a"))]
    assert told(live(*stays, at(900, ended())), "avg_viewing_per_view").change == 30


def test_gauges_change_from_what_they_were() -> None:
    room = live(at(10, build.viewers(100)), at(550, build.viewers(80)), at(880, build.viewers(60)), at(900, ended()))
    found = told(room, "current_viewers")
    assert (found.value, found.before, found.change) == (60, 80, -0.25)


def test_money_changes_in_proportion() -> None:
    room = live(at(310, order("a", 10, order_id="x")), at(610, order("a", 25, order_id="y")), at(900, ended()))
    assert told(room, "direct_gmv").change == 1.5


def test_from_nothing_there_is_no_change_to_tell() -> None:
    room = live(at(610, enter("a")), at(900, ended()))
    assert (told(room, "views").before, told(room, "views").change) == (0, None)
    assert told(room, "orders").change is None


def test_while_it_runs_the_last_minutes_end_with_the_latest_event() -> None:
    room = live(at(30, enter("a")), at(350, enter("a")), at(620, enter("b")))
    assert (told(room, "views").recent, told(room, "views").before) == (2, 1)


@pytest.mark.parametrize(("seconds", "minutes"), [(600, 5), (599, 4), (250, 2), (120, 1)])
def test_a_short_live_compares_shorter_stretches(seconds: int, minutes: int) -> None:
    room = live(at(1, enter("a")), at(seconds - 1, enter("b")), at(seconds, ended()))
    answer = overview(room, None, ("views",))
    assert answer.change_minutes == minutes
    assert answer.figures["views"].recent == 1


def test_totals_of_a_live_that_is_over_are_settled() -> None:
    room = live(at(1, enter("a")), at(600, ended()))
    assert overview(room, None, ("views",)).settled
    assert overview(room, between(0, 300), ("views",)).settled


def test_what_is_sold_in_another_currency_is_said_and_not_added() -> None:
    room = live(order("a", 10), order("b", "7.50", currency="EUR"), order("c", 1, currency="EUR"))
    answer = overview(room, None, ("direct_gmv",))
    assert answer.figures["direct_gmv"].value == 10
    assert answer.other_currencies == (("EUR", 2, Decimal("8.5")),)


def test_totals_of_a_live_that_runs_are_not_settled() -> None:
    now = int(time.time() * 1000)
    room = rollup({"type": "live_started", "ts": now - 60_000}, {"type": "view", "ts": now - 1000})
    assert not overview(room, None, ("views",)).settled
    assert overview(room, Window(now - 60_000, now - 30_000), ("views",)).settled, "a stretch of it may be over"


def test_a_live_of_seconds_compares_nothing() -> None:
    found = told(live(at(1, enter("a")), at(60, ended())), "views")
    assert (found.value, found.recent, found.before, found.change) == (1, None, None, None)


def test_what_was_not_recorded_is_not_compared_with() -> None:
    gap: Event = {**event("recording_gap"), "from": START + 320_000, "to": START + 500_000}
    room = live(at(310, enter("a")), at(500, gap), at(610, enter("a")), at(900, ended()))
    assert told(room, "views").change is None


def test_a_window_compares_its_own_last_minutes() -> None:
    room = live(*(at(s, enter("a")) for s in (10, 320, 330, 900)), at(1200, ended()))
    found = told(room, "views", between(0, 600))
    assert (found.value, found.recent, found.before) == (3, 2, 1)


def test_a_window_after_the_live_compares_nothing() -> None:
    assert told(live(at(10, enter("a")), at(700, ended())), "views", between(800, 2000)).change is None


@pytest.mark.parametrize("key", METRICS)
def test_a_course_of_at_most_forty_points(key: str) -> None:
    found = told(live(enter("a"), at(7450, ended())), key)
    assert len(found.spark) <= 40 and (len(found.spark) >= 20 or key == "stock_left")


def test_the_course_follows_the_events() -> None:
    room = live(*(at(60 * minute, enter("a")) for minute in range(40) for _ in range(minute)), at(2400, ended()))
    assert told(room, "views").spark == tuple(range(40))


def test_a_figure_alone_is_the_same_without_its_past() -> None:
    room = live(clicks("a"), order("a", 5), at(900, ended()))
    alone, among = figure(room, None, "ctor"), told(room, "ctor")
    assert (alone.value, alone.numerator, alone.denominator) == (among.value, among.numerator, among.denominator)
    assert (alone.spark, alone.before) == ((), None)


def test_an_empty_room_has_figures_without_values() -> None:
    assert told(build.rollup(), "views").value is None


def test_those_inside_are_counted_to_the_moment() -> None:
    room = live(*(at(1 + n / 1000, enter(f"u{n}")) for n in range(5)), *(at(1.5, leave(f"u{n}")) for n in range(5)))
    assert told(room, "peak_viewers").value == 5
    assert told(room, "current_viewers", between(1.002, 1.4)).value == 5
    assert told(room, "current_viewers").value == 0


def test_outside_the_live_nobody_can_be_said_to_have_watched_on_average() -> None:
    room = live(at(1, build.viewers(7)), at(60, ended()), at(600, order("a", 1)))
    assert told(room, "avg_viewers", between(300, 500)).value is None

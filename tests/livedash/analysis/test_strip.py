"""What each metric came to, and when it was highest."""
from __future__ import annotations

from decimal import Decimal

import pytest

from livedash.analysis.overview import overview
from livedash.analysis.strip import strip
from livedash.analysis.trend import trend
from tests.livedash.build import START, at, between, clicks, ended, enter, live, order, viewers


def test_totals_are_of_the_window_and_peaks_a_minute() -> None:
    room = live(
        *(at(s, enter(f"u{s}")) for s in (10, 70, 75, 80, 130)), at(75, order("a", "2.50")), at(180, ended())
    )
    found = strip(room, None, ("views", "direct_gmv"), 60_000)
    assert (found["views"].value, found["views"].peak, found["views"].peak_at) == (5, 3, START + 60_000)
    assert (found["direct_gmv"].value, found["direct_gmv"].peak) == (Decimal("2.50"), 2.5)
    assert found["views"].per_minute and strip(room, between(0, 60), ("views",))["views"].value == 1


def test_a_gauge_has_its_latest_value_and_its_highest_sample() -> None:
    room = live(at(10, viewers(5)), at(40, viewers(9)), at(50, viewers(7)), at(180, ended()))
    found = strip(room, None, ("current_viewers",))["current_viewers"]
    assert (found.value, found.peak, found.peak_at, found.per_minute) == (7, 9, START + 40_000, False)
    carried = strip(room, between(45, 60), ("current_viewers",))["current_viewers"]
    assert (carried.peak, carried.peak_at) == (9, START + 45_000)


def test_one_order_after_one_click_is_no_peak_of_ctor() -> None:
    many = [at(61 + n, clicks(f"u{n}")) for n in range(20)]
    room = live(at(1, clicks("a")), at(2, order("a", 1)), *many, at(90, order("b", 1)), at(180, ended()))
    found = strip(room, None, ("ctor",), 60_000)["ctor"]
    assert (found.peak, found.peak_at) == (1 / 20, START + 60_000)


@pytest.mark.parametrize(("chosen", "judged"), [(10_000, 60_000), (60_000, 60_000), (300_000, 300_000), (None, 60_000)])
def test_the_peak_is_that_of_the_line_drawn_by_the_minute_at_least(chosen: int | None, judged: int) -> None:
    room = live(*(at(n * n % 997, enter(f"u{n}")) for n in range(300)), at(1000, ended()))
    found, drawn = strip(room, None, ("views",), chosen)["views"], trend(room, None, ("views",), step_ms=judged)
    values = [value or 0 for value in drawn.series["views"]]
    assert (found.peak, found.peak_at) == (max(values), drawn.starts[values.index(max(values))])


def test_the_whole_live_counts_what_came_when_it_was_over() -> None:
    room = live(at(10, order("a", 10)), at(100, ended()), at(160, order("b", 7)), at(170, viewers(3)))
    found = strip(room, None, ("orders", "current_viewers"))
    assert found["orders"].value == overview(room, None, ("orders",)).figures["orders"].value == 2
    assert found["current_viewers"].value == overview(room, None, ("current_viewers",)).figures["current_viewers"].value


def test_a_minute_that_has_begun_is_no_peak() -> None:
    room = live(*(at(s, enter(f"u{s}")) for s in (10, 70, 75, 121, 122, 123, 155)))
    found = strip(room, None, ("views",), 60_000)["views"]
    assert (found.peak, found.peak_at) == (2, START + 60_000)


def test_what_has_no_feed_has_no_figure() -> None:
    found = strip(live(enter("a"), ended()), None, ("orders", "current_viewers"))
    assert (found["orders"].value, found["orders"].peak, found["orders"].missing) == (None, None, ("order_paid",))
    assert found["current_viewers"].peak_at is None

"""What a figure rests on is told whole: its parts, the lines that feed it, and what the log left out."""
from __future__ import annotations

from livedash.analysis.evidence import evidence
from tests.livedash.build import START, enter, live, order


def test_a_ratio_is_told_with_its_parts_and_the_lines_that_feed_it() -> None:
    room = live(enter("a"), enter("b"), enter("b"), order("a", 10))
    told = evidence(room, None, "watch_gpm")
    assert (told.figure.denominator, told.lines) == (3, (("order_paid", 1), ("view", 3)))


def test_a_feed_that_the_log_lacks_counts_no_lines_and_is_missing() -> None:
    told = evidence(live(enter("a")), None, "tap_through_rate")
    assert ("impression", 0) in told.lines and told.figure.missing == ("impression",)


def test_what_was_left_out_is_counted() -> None:
    twice = enter("a") | {"event_id": "same", "ts": START + 5000}
    told = evidence(live(twice, twice, enter("b") | {"user_id": "b", "type": ""}), None, "views")
    assert told.duplicates == 1 and told.rejected == 1 and told.lines == (("view", 1),)


def test_the_latest_event_is_that_of_the_log_not_of_the_window() -> None:
    room = live(enter("a"), order("a", 10))
    assert evidence(room, None, "views").last_event == room.last_ts == START + 2000

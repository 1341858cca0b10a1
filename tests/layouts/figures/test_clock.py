"""The axis of time has its ticks on the room's own clock: over midnights, in odd zones and when clocks change."""
from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from layouts.figures.clock import changes, shift, ticks
from livedash.locale import Words
from livedash.view import Window

HOUR = 3_600_000
NEW_YORK = Words("en", "America/New_York")


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def window(start: str, hours: float) -> Window:
    return Window(at(start), at(start) + round(hours * HOUR))


def test_ticks_are_round_times_of_the_room() -> None:
    evening = window("2026-06-01T20:07:13-04:00", 2)
    moments, texts = ticks(evening, NEW_YORK)
    assert texts == ["20:15", "20:30", "20:45", "21:00", "21:15", "21:30", "21:45", "22:00"]
    assert [NEW_YORK.clock(moment) for moment in moments] == texts


def test_a_few_minutes_have_ticks_in_seconds() -> None:
    assert ticks(window("2026-06-01T20:00:00-04:00", 1 / 60), NEW_YORK)[1][:3] == ["20:00:00", "20:00:10", "20:00:20"]


def test_a_zone_half_an_hour_off_has_its_own_hours() -> None:
    kolkata = Words("en", "Asia/Kolkata")
    _, texts = ticks(window("2026-06-01T20:10:00+05:30", 3), kolkata)
    assert texts == ["20:30", "21:00", "21:30", "22:00", "22:30", "23:00"]


def test_midnight_says_the_day() -> None:
    _, texts = ticks(window("2026-06-01T21:00:00-04:00", 6), NEW_YORK)
    assert texts == ["21:00<br>Jun 1", "22:00", "23:00", "00:00<br>Jun 2", "01:00", "02:00"]


@pytest.mark.parametrize(
    ("night", "texts"),
    [
        ("2026-11-01T00:00:00-04:00", ["00:00", "01:00", "01:00", "02:00", "03:00"]),
        ("2026-03-08T00:00:00-05:00", ["00:00", "01:00", "03:00", "04:00", "05:00"]),
    ],
)
def test_an_hour_may_come_twice_or_not_at_all(night: str, texts: list[str]) -> None:
    moments, written = ticks(window(night, 5), NEW_YORK, most=5)
    assert written == texts
    assert [b - a for a, b in pairwise(moments)] == [HOUR] * 4


def test_the_clock_s_change_is_known() -> None:
    assert changes(window("2026-11-01T00:00:00-04:00", 5), NEW_YORK)
    assert not changes(window("2026-11-02T00:00:00-05:00", 5), NEW_YORK)
    assert shift(window("2026-11-01T00:00:00-04:00", 5), NEW_YORK) == -4 * HOUR


@pytest.mark.parametrize("days", [3, 11, 40, 400, 4000])
def test_days_are_whole_days_and_never_too_many(days: int) -> None:
    moments, texts = ticks(window("2026-10-20T12:00:00-04:00", 24 * days), NEW_YORK)
    assert 2 <= len(moments) <= 11
    assert {NEW_YORK.clock(moment) for moment in moments} <= {"00:00", "08:00", "12:00", "16:00"}
    assert texts[0].endswith(NEW_YORK.day(moments[0]))

"""A typed time is read on the room's clock, and the day is guessed from the LIVE alone."""
from __future__ import annotations

from datetime import datetime

import pytest

from livedash.locale import Words, typed
from livedash.problems import Problem
from livedash.view import Window

WORDS = Words("en", "America/New_York")


def at(text: str) -> int:
    """The moment of RFC 3339, in epoch ms."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


EVENING = Window(at("2026-10-31T20:00:00-04:00"), at("2026-10-31T23:00:00-04:00"))
NIGHT = Window(at("2026-10-31T23:00:00-04:00"), at("2026-11-01T03:00:00-05:00"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20:30", "2026-10-31T20:30:00-04:00"),
        (" 8:30 ", "2026-11-01T08:30:00-05:00"),
        ("20.30.05", "2026-10-31T20:30:05-04:00"),
        ("2026-10-30 20:30", "2026-10-30T20:30:00-04:00"),
        ("2026/11/01T00:10:20", "2026-11-01T00:10:20-04:00"),
        ("23:30", "2026-10-31T23:30:00-04:00"),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, moment: str) -> None:
    assert typed.read(text, EVENING, WORDS) == at(moment)


def test_after_midnight_it_is_the_next_day_of_the_live() -> None:
    assert typed.read("00:30", NIGHT, WORDS) == at("2026-11-01T00:30:00-04:00")
    assert typed.read("02:30", NIGHT, WORDS) == at("2026-11-01T02:30:00-05:00")


def test_an_hour_that_comes_twice_is_the_one_inside_the_live() -> None:
    second_half = Window(at("2026-11-01T01:10:00-05:00"), at("2026-11-01T03:00:00-05:00"))
    assert typed.read("01:30", NIGHT, WORDS) == at("2026-11-01T01:30:00-04:00")
    assert typed.read("01:30", second_half, WORDS) == at("2026-11-01T01:30:00-05:00")


NO_TIMES = ["", None, "soon", "25:00", "20:61", "2026-13-01 20:00", "20", "٢٠:٠٠", "99999-1-1 20:00"]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_said_so(text: str | None) -> None:
    with pytest.raises(Problem) as problem:
        typed.read(text, EVENING, WORDS)
    assert problem.value.code == "time-typed" and "20:03" in str(problem.value)


@pytest.mark.parametrize("live", [EVENING, NIGHT])
def test_what_is_written_is_read_back(live: Window) -> None:
    for moment in range(live.start, live.end, 7_777_000):
        written = typed.written(moment, live, WORDS)
        back = typed.read(written, live, WORDS)
        assert typed.written(back, live, WORDS) == written and abs(back - moment) <= 3_600_000
    assert len(typed.written(live.start, live, WORDS)) == (8 if live is EVENING else 19)

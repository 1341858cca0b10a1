"""When giveaways run: by their lines, by their plan, one at a time, and never past the LIVE."""
from __future__ import annotations

from typing import Any

import pytest

from livedash.log.turns import CALLED_OFF, OVER, RUNNING, SCHEDULED, Turn, turns

Line = dict[str, Any]
T = 10**12
"""The moment (2001-09-09T01:46:40Z) from which these giveaways count their milliseconds."""


def starts(ts: int, ref: str | None = "g", **said: Any) -> Line:
    return {"event_id": f"s{ts}", "ts": ts, "type": "giveaway_started", "ref_id": ref, **said}


def ends(ts: int, ref: str | None = "g", **said: Any) -> Line:
    return {"event_id": f"e{ts}", "ts": ts, "type": "giveaway_ended", "ref_id": ref, **said}


def spans(*lines: Line, over: int | None = None) -> list[tuple[int, int | None]]:
    return [(turn.start, turn.end) for turn in turns(lines, over)]


def the(*lines: Line, over: int | None = None) -> Turn:
    [found] = turns(lines, over)
    return found


def test_a_giveaway_runs_from_its_line_to_the_line_that_ends_it() -> None:
    turn = the(starts(T + 1000), ends(T + 5000, winners=3))
    assert (turn.start, turn.end) == (T + 1000, T + 5000)
    assert turn.ended is not None and turn.ended["winners"] == 3
    assert [turn.state(now) for now in (T + 999, T + 1000, T + 4999, T + 5000)] == [SCHEDULED, RUNNING, RUNNING, OVER]


def test_without_an_end_it_runs_on() -> None:
    turn = the(starts(T + 1000))
    assert turn.end is None and turn.state(2 * T) == RUNNING


@pytest.mark.parametrize("plan", [{"length": 4}, {"ends_at": T + 5000}, {"ends_at": "2001-09-09T01:46:45Z"}])
def test_a_planned_end_ends_it_though_nobody_says_so(plan: dict[str, Any]) -> None:
    turn = the(starts(T + 1000, **plan))
    assert turn.end == T + 5000 and (turn.state(T + 4999), turn.state(T + 5000)) == (RUNNING, OVER)


def test_a_line_after_the_planned_end_tells_the_outcome_and_ends_it_no_later() -> None:
    turn = the(starts(T + 1000, length=4), ends(T + 9000, winners=2))
    assert turn.end == T + 5000 and turn.ended is not None and turn.ended["winners"] == 2


def test_one_that_is_ended_early_ends_then() -> None:
    assert spans(starts(T + 1000, length=60), ends(T + 3000)) == [(T + 1000, T + 3000)]


@pytest.mark.parametrize("plan", [{"length": 0}, {"length": True}, {"length": "x"}, {"ends_at": 10}, {"ends_at": "x"}])
def test_a_plan_that_makes_no_sense_is_none(plan: dict[str, Any]) -> None:
    assert the(starts(T + 1000, **plan)).end is None


def test_one_that_starts_later_is_scheduled_until_then() -> None:
    turn = the(starts(T + 1000, starts_at=T + 8000, length=2))
    assert (turn.start, turn.end) == (T + 8000, T + 10_000)
    told = [turn.state(now) for now in (T + 1000, T + 7999, T + 8000, T + 10_000)]
    assert told == [SCHEDULED, SCHEDULED, RUNNING, OVER]


def test_a_start_before_its_line_is_that_of_the_line() -> None:
    assert the(starts(T + 1000, starts_at=10)).start == T + 1000


def test_one_that_is_ended_before_it_starts_was_called_off() -> None:
    turn = the(starts(T + 1000, starts_at=T + 8000), ends(T + 3000))
    assert turn.called_off and turn.state(T + 9000) == CALLED_OFF and turn.end == turn.start


def test_the_end_of_the_live_ends_what_runs_and_calls_off_what_was_to_come() -> None:
    running, coming = turns([starts(T + 1000, "1", length=60), starts(T + 2000, "2", starts_at=T + 90_000)], T + 20_000)
    assert (running.start, running.end) == (T + 1000, T + 20_000) and coming.called_off


def test_one_runs_at_a_time_so_the_next_ends_the_one_before() -> None:
    lines = (starts(T + 1000, "1"), starts(T + 4000, "2"), ends(T + 9000, "1"))
    assert spans(*lines) == [(T + 1000, T + 4000), (T + 4000, None)]


def test_what_is_called_off_ends_nothing() -> None:
    lines = (starts(T + 1000, "1"), starts(T + 2000, "2", starts_at=T + 5000), ends(T + 3000, "2"))
    assert [(turn.end, turn.called_off) for turn in turns(lines)] == [(None, False), (T + 5000, True)]


def test_an_end_without_a_ref_is_that_of_what_began_last_and_not_of_what_is_to_come() -> None:
    lines = (starts(T + 1000, "1"), starts(T + 2000, "2", starts_at=T + 50_000), ends(T + 3000, None))
    assert [turn.end for turn in turns(lines)] == [T + 3000, None]


def test_an_end_of_nothing_that_is_known_ends_nothing() -> None:
    assert spans(starts(T + 1000, "1"), ends(T + 3000, "other")) == [(T + 1000, None)]
    assert turns([ends(T + 3000)]) == ()


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = [starts(T + 1000, "1", length=9), starts(T + 4000, "2"), ends(T + 6000, "2"), starts(T + 7000, "2")]
    assert turns(lines) == turns(lines[::-1])
    assert spans(*lines) == [(T + 1000, T + 4000), (T + 4000, T + 6000), (T + 7000, None)]


@pytest.mark.parametrize("length", [600, 600.0, "600", " 600 "])
def test_a_length_written_as_text_ends_it_too(length: Any) -> None:
    assert spans(starts(T, length=length)) == [(T, T + 600_000)]


@pytest.mark.parametrize("length", [True, "long", "-600", [600], {"s": 600}, None])
def test_a_length_that_is_none_ends_nothing(length: Any) -> None:
    assert spans(starts(T, length=length)) == [(T, None)]

"""One stretch laid behind another."""
from __future__ import annotations

from dataclasses import replace

from livedash.analysis.compare import Behind, behind, earlier_lives, same_minutes, since_start
from livedash.analysis.trend import trend
from livedash.rollup.fold import Rollup
from livedash.rollup.room import RoomHeader
from livedash.view import Window
from tests.livedash.build import START, at, between, ended, enter, event, lines, live, order, rollup

MINUTE = 60_000
WEEK = 7 * 24 * 60 * MINUTE


def earlier(*events: dict, currency: str = "USD", shift: int = WEEK + 17_000) -> Rollup:
    """The same kind of LIVE, begun earlier and at other seconds of the minute."""
    begun = at(0, event("live_started", currency=currency))
    return rollup(*({**line, "ts": line["ts"] - shift} for line in lines((begun, *events))))


def compare(room: Rollup, before: Rollup, window: Window | None, keys: tuple[str, ...], step_ms: int) -> Behind:
    began, currency = room.room.started_at or 0, room.room.currency
    return same_minutes(before, None, keys, since_start(room, window), began, step_ms, currency)


def test_a_second_window_of_the_same_live() -> None:
    room = live(*(at(s, enter(f"u{s}")) for s in (5, 65, 70, 125, 130, 135)), at(240, ended()))
    line = behind(room, between(60, 120), ("views",), START + 120_000, MINUTE)
    assert (list(line.series["views"]), line.after) == ([3], MINUTE)
    assert line.window == between(120, 180)


def test_the_same_minutes_of_an_earlier_live() -> None:
    room = live(at(5, enter("a")), at(65, enter("b")), at(180, ended()))
    before = earlier(*(at(s, enter(f"u{s}")) for s in (10, 61, 62)), at(180, ended()))
    line = compare(room, before, between(60, 180), ("views",), MINUTE)
    assert list(line.series["views"]) == [2, 0]
    assert line.after == -WEEK - 17_000


def test_its_buckets_lie_under_those_of_the_trend() -> None:
    room = live(at(5, enter("a")), at(600, ended()))
    before = earlier(at(10, enter("b")), at(600, ended()))
    for window in (None, between(90, 400), between(91.5, 400.25)):
        drawn = trend(room, window, ("views",), step_ms=MINUTE)
        line = compare(room, before, window, ("views",), drawn.step_ms)
        assert [edge - line.after for edge in line.edges] == list(drawn.edges)


def test_where_the_earlier_live_had_ended_there_is_no_line() -> None:
    room = live(at(5, enter("a")), at(300, ended()))
    before = earlier(at(10, enter("b")), at(120, ended()))
    assert compare(room, before, None, ("views",), MINUTE).series["views"] == (1, 0, None, None, None)


def test_money_in_another_currency_is_not_compared() -> None:
    room = live(at(5, order("a", 3)), at(60, ended()))
    before = earlier(at(10, order("b", 90000, currency="VND")), at(60, ended()), currency="VND")
    line = compare(room, before, None, ("direct_gmv", "orders"), MINUTE)
    assert (line.incomparable, list(line.series), line.currency) == (("direct_gmv",), ["orders"], "VND")


def test_ended_lives_of_the_host_before_this_one() -> None:
    this = RoomHeader("now", "Now", "Luna", "live", START, None, "USD", "UTC")
    last = replace(this, id="last", state="ended", started_at=START - WEEK)
    first = replace(last, id="first", started_at=START - 2 * WEEK)
    others = [
        this, first, last, replace(last, id="other-host", host="Sol"), replace(last, id="running", state="live"),
        replace(last, id="later", started_at=START + WEEK), replace(last, id="empty", started_at=None),
    ]  # fmt: skip
    assert earlier_lives(this, others) == (last, first)
    assert earlier_lives(replace(this, started_at=None), others) == ()
    assert earlier_lives(replace(this, host=None), [replace(last, host=None)]) == ()


def test_a_live_that_has_not_begun_has_nothing_to_compare() -> None:
    empty = rollup()
    assert since_start(empty, None) == Window(0, 1)

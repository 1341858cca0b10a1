"""A room as of a moment is the room whose log had been written up to that moment."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from livedash.analysis import facts
from livedash.analysis.audience import SMALLEST_GROUP, breakdown
from livedash.analysis.comments import conversation
from livedash.analysis.figures import figures
from livedash.analysis.markers import markers, pinned
from livedash.analysis.metrics import METRICS, TIME
from livedash.analysis.notices import notices
from livedash.analysis.overview import overview
from livedash.analysis.products import products
from livedash.analysis.script import script
from livedash.analysis.trend import trend
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from livedash.sources.script import plan
from livedash.sources.show import events
from livedash.view import Window
from tests.livedash.analysis.test_oracle import WINDOWS, logs
from tests.livedash.build import (
    START,
    Event,
    at,
    between,
    ended,
    enter,
    event,
    leave,
    lines,
    lists,
    live,
    order,
    pin,
    profile,
    rollup,
    says,
    started,
    stock,
    unpin,
    viewers,
)  # fmt: skip

OVER_TIME = tuple(key for key, metric in METRICS.items() if TIME in metric.by)


def then(log: list[Event], moment: int) -> Rollup:
    """The room as it would be if nothing had been written after the moment."""
    return rollup(*(line for line in log if line["ts"] < moment))


def told(room: Rollup, window: Window | None) -> dict[str, Any]:
    """Every answer, but for the account of the log and the state, which goes by how long ago the last line was."""
    found = figures(room, window)
    found["room"].pop("state")
    return {
        "figures": {name: value for name, value in found.items() if name != "log"},
        # Whether a silent LIVE is over is a matter of the clock on the wall: then it ran, and now it is long over.
        "overview": replace(overview(room, window, tuple(METRICS)), settled=False),
        "trend": trend(room, window, OVER_TIME, points=7),
        "buckets": trend(room, window, OVER_TIME, step_ms=60_000),
        "products": products(room, window),
        "comments": conversation(room, window),
        "notices": notices(room, window),
        "pinned": pinned(room),
    }


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(logs(), WINDOWS, st.integers(1, 405_000))
def test_everything_is_told_as_if_the_rest_had_not_happened(log: list[Event], window: Window | None, ms: int) -> None:
    same_as_of(log, window, START + ms)


def same_as_of(log: list[Event], window: Window | None, moment: int) -> None:
    assume(window is None or window.start < moment)  # a window of the time to come is empty
    settled_later = ("gift", "order_cancelled")
    log = [line for line in log if line["type"] not in settled_later]
    heard = {**event("caption"), "ts": moment - 1}  # a LIVE runs up to its last line, and as of a moment up to that
    log = [*lines([started({"currency": "USD"})]), *log, heard]
    log = [{**line, "event_id": f"n{place}"} for place, line in enumerate(log)]
    assert told(as_of(rollup(*log), moment), window) == told(then(log, moment), window)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(logs(), WINDOWS, st.integers(1, 405_000))
def test_everything_is_told_so_in_many_lives(log: list[Event], window: Window | None, ms: int) -> None:
    same_as_of(log, window, START + ms)


def test_a_whole_live_as_of_its_minutes() -> None:
    script = plan(5, START, rate=2, past=True)
    log = [{**line, "ts": facts.moment(line["ts"])} for line in events(script, Random(1))]
    room = rollup(*log)
    for minute in (1, 30, 50, 70, 119):
        moment = START + minute * 60_000
        heard = {**event("caption"), "event_id": "heard", "ts": moment - 1}
        before = rollup(*(line for line in log if line["ts"] < moment), heard)
        now, was = told(as_of(room, moment), None), told(before, None)
        assert {name for name in was if now[name] != was[name]} == set()
        assert markers(as_of(room, moment)) == markers(before)
        assert as_of(room, moment).giveaway_entries == before.giveaway_entries
        assert as_of(room, moment).room.state == "live"


def test_what_ended_later_still_ran() -> None:
    room = live(at(10, pin("p")), at(60, unpin("p")), at(90, ended()))
    assert pinned(as_of(room, START + 30_000)) == {"p": START + 10_000}
    [marker] = markers(as_of(room, START + 30_000))
    assert marker.open and marker.end is None
    assert as_of(room, START + 30_000).room.state == "live"
    assert pinned(as_of(room, START + 70_000)) == {} == pinned(room)


def test_stock_and_price_are_those_of_then() -> None:
    room = live(
        at(1, lists("p", price="10", stock=9)), at(30, stock("p", 4)),
        at(40, event("price_changed", product_id="p", price="8")), at(50, lists("q", price="3")),
        at(60, stock("p", 0)), at(90, ended()),
    )  # fmt: skip
    [only] = products(as_of(room, START + 35_000), None)
    assert (only.product_id, only.stock, only.price) == ("p", 4, Decimal(10))
    assert len(products(room, None)) == 2
    points = [point.sentence.in_english() for point in script(as_of(room, START + 35_000), None, "p").points]
    assert points == ["It costs 10.", "Only 4 left in stock."]


def test_questions_answered_later_were_open() -> None:
    room = live(at(10, says("a", "how much is it?")), at(60, event("question_answered", ref_id="e1")), at(90, ended()))
    assert conversation(room, None).questions == 0
    assert conversation(as_of(room, START + 30_000), None).questions == 1


def test_the_audience_is_of_those_who_had_come() -> None:
    people = [line for n in range(12) for line in (
        at(10 * n, enter(f"u{n}")), at(10 * n, profile(f"u{n}", gender="female")),
    )]  # fmt: skip
    room = live(*people, at(60, order("u1", 3)), at(200, ended()))
    now = as_of(room, START + 55_000)
    assert [group.count for group in breakdown(now, "gender", "viewers").groups] == [5], "of six the first five"
    assert breakdown(now, "gender", "viewers").total is None
    assert breakdown(now, "gender", "customers").groups == ()


@given(
    st.lists(st.tuples(st.sampled_from(["f", "m", None]), st.sampled_from(["new", "none", None])), max_size=30),
    st.lists(st.integers(0, 40), max_size=30),
)
def test_nobody_who_came_between_two_moments_is_told_apart(
    said: list[tuple[str | None, str | None]], paid: list[int]
) -> None:
    """Second by second, of one who entered, or paid, every second: nobody or at least five others."""
    people = [line for n, (gender, follower) in enumerate(said) for line in (
        at(n, enter(f"u{n}")), at(n, profile(f"u{n}", gender=gender, follower=follower)),
    )]  # fmt: skip
    room = live(*people, *(at(50 + place, order(f"u{n}", 3)) for place, n in enumerate(paid)), at(100, ended()))
    moments = [as_of(room, START + second * 1000) for second in range(101)] + [room]
    for dimension in ("gender", "gender_of_followers", "follower"):
        for who in ("viewers", "customers"):
            told = [rollup.audience(dimension, who) or {} for rollup in moments]
            for earlier, later in pairwise(told):
                more = {group: later.get(group, 0) - earlier.get(group, 0) for group in earlier.keys() | later.keys()}
                assert min(more.values(), default=0) >= 0
                few = sum(later.values()) < SMALLEST_GROUP  # a breakdown of so few is withheld whole
                assert few or sum(more.values()) == 0 or sum(more.values()) >= SMALLEST_GROUP


def test_viewing_time_goes_up_to_the_moment() -> None:
    room = live(at(0, enter("a")), at(100, leave("a")), at(120, ended()))
    assert as_of(room, START + 40_000).sums(None)["viewing_ms"] == 40_000


def test_no_moment_and_one_after_everything_are_now() -> None:
    room = live(at(10, enter("a")), at(20, ended()))
    assert as_of(room, None) is room and as_of(room, START + 20_001) is room


def test_before_everything_there_is_nothing() -> None:
    room = live(at(10, enter("a")), at(20, ended()))
    empty = as_of(room, START - 5)
    assert (empty.room.state, empty.span, empty.sums(between(0, 60))["views"]) == ("upcoming", None, 0)


def test_the_room_itself_stays_as_it_is() -> None:
    room = live(at(10, enter("a")), at(20, enter("b")), at(30, ended()))
    as_of(room, START + 15_000).product_facts  # noqa: B018
    assert (room.sums(None)["views"], room.last_ts, room.room.state) == (2, START + 30_000, "ended")


def test_before_the_first_sample_those_inside_are_counted() -> None:
    log = lines([at(1, enter("a")), at(2, leave("b")), at(60, viewers(340))])
    assert as_of(rollup(*log), START + 30_000).gauge(None).kind == "occupancy"
    assert as_of(rollup(*log), START + 60_001).gauge(None).kind == "sample"

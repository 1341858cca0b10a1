"""Buckets on the room's clock: none lost and none twice, whatever the zone and the day."""
from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.analysis.buckets import BUCKETS, DAY, HOUR, MOST, Buckets, bucket_for, buckets_for
from livedash.analysis.facts import DISTINCT, RoomFacts
from livedash.analysis.metrics import BASE, METRICS
from livedash.analysis.trend import trend
from livedash.rollup.fold import Rollup
from livedash.view import Window
from tests.livedash.analysis.test_oracle import logs
from tests.livedash.build import START, at, between, ended, enter, live, rollup

MINUTE = 60_000
ADDITIVE = sorted(set(BASE) - DISTINCT - {"stock", "long_views", "viewing_ms", "live_ms"})


def ms(text: str, zone: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def clock(edges: np.ndarray, zone: str) -> list[str]:
    return [f"{datetime.fromtimestamp(edge / 1000, ZoneInfo(zone)):%d %H:%M}" for edge in edges.tolist()]


def buckets(zone: str, start: str, end: str, step_ms: int) -> Buckets:
    first, last = ms(start, zone), ms(end, zone)
    room = rollup({"type": "live_started", "timezone": zone, "ts": first}, {"type": "live_ended", "ts": last})
    return Buckets(room, Window(first, last), step_ms)


def test_buckets_begin_on_the_clock() -> None:
    found = buckets("UTC", "2026-11-20T19:00:07", "2026-11-20T19:02:30", MINUTE)
    assert [edge % DAY // 1000 - 19 * 3600 for edge in found.edges.tolist()] == [7, 60, 120, 150]
    assert found.covered.tolist() == [53_000, 60_000, 30_000]


def test_hours_are_those_of_a_zone_off_by_half_an_hour() -> None:
    found = buckets("Asia/Kolkata", "2026-11-20T19:10", "2026-11-20T21:20", HOUR)
    assert clock(found.edges, "Asia/Kolkata") == ["20 19:10", "20 20:00", "20 21:00", "20 21:20"]


def test_days_begin_at_the_rooms_midnight() -> None:
    found = buckets("Asia/Kuala_Lumpur", "2026-11-20T19:00", "2026-11-23T02:00", DAY)
    assert clock(found.edges, "Asia/Kuala_Lumpur") == ["20 19:00", "21 00:00", "22 00:00", "23 00:00", "23 02:00"]


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)]
)
def test_a_day_of_daylight_saving_has_its_own_length(day: str, hours: int) -> None:
    midnight, next_day = f"{day}T00:00", f"{np.datetime64(day) + 1}T00:00"
    by_hour = buckets("Europe/Berlin", midnight, next_day, HOUR)
    assert np.diff(by_hour.edges).tolist() == [HOUR] * hours
    [whole] = np.diff(buckets("Europe/Berlin", midnight, next_day, DAY).edges).tolist()
    assert whole == hours * HOUR
    assert len(buckets("Europe/Berlin", midnight, next_day, 6 * HOUR)) == 4


def test_where_midnight_itself_is_left_out_the_day_begins_when_the_clock_goes_on() -> None:
    found = buckets("Africa/Cairo", "2026-04-23T12:00", "2026-04-25T12:00", DAY)  # 24 April has no 00:00
    assert clock(found.edges, "Africa/Cairo") == ["23 12:00", "24 01:00", "25 00:00", "25 12:00"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Australia/Lord_Howe", "America/St_Johns"]),
    st.integers(ms("2026-01-01", "UTC"), ms("2028-03-05", "UTC")),
    st.integers(1000, 90 * DAY),
    st.sampled_from(BUCKETS),
)
def test_no_minute_is_lost_or_shown_twice(zone: str, start: int, length: int, step_ms: int) -> None:
    end = start + length
    room = rollup({"type": "live_started", "timezone": zone, "ts": start}, {"type": "live_ended", "ts": end})
    found = Buckets(room, Window(start, end), step_ms)
    edges = found.edges.tolist()
    assert edges[0] == start - start % room.width and edges[-1] == end
    assert all(0 < later - earlier <= found.step_ms + HOUR for earlier, later in pairwise(edges))


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(-5_000, 405_000), st.integers(1, 300_000), st.sampled_from([10_000, MINUTE]))
def test_a_bucket_holds_what_a_window_of_its_length_holds(log: list, start: int, length: int, step_ms: int) -> None:
    room = rollup(*log)
    found = Buckets(room, Window(START + start, START + start + length), step_ms)
    windows = [Window(first, last) for first, last in pairwise(found.edges.tolist())]
    for name in (*ADDITIVE, *DISTINCT, "viewing_ms"):
        values = found[name]
        if values is not None and not name.startswith("viewers_"):
            assert values.tolist() == [RoomFacts(room, window)[name] for window in windows], name


def test_the_shortest_bucket_that_fits_is_taken() -> None:
    room = live(at(60, ended()))
    lengths = {40: 10_000, 41: MINUTE, 240: MINUTE, 241: 5 * MINUTE, 16 * 60: 5 * MINUTE, 48 * 60: 15 * MINUTE}
    assert {minutes: bucket_for(room, between(0, minutes * 60)) for minutes in lengths} == lengths


def test_buckets_are_no_finer_than_the_room_is_kept() -> None:
    room = rollup({"type": "live_started", "ts": START}, {"type": "live_ended", "ts": START + 3 * DAY})
    assert room.width == MINUTE
    assert buckets_for(room, Window(START, START + HOUR)) == BUCKETS[1:]
    assert trend(room, Window(START, START + HOUR), ("views",), step_ms=10_000).step_ms == MINUTE


def test_a_window_of_ages_costs_no_more() -> None:
    room = live(enter("a"), at(60, ended()))
    ages = trend(room, Window(0, 250_000_000_000_000), ("views",), step_ms=10_000)
    assert len(ages.starts) <= MOST and sum(value or 0 for value in ages.series["views"]) > 0


def test_a_trend_says_where_its_buckets_begin() -> None:
    room = live(at(1, enter("a")), at(61, enter("b")), at(150, ended()))
    found = trend(room, between(30, 150), ("views",), step_ms=MINUTE)
    assert list(found.starts) == [START + 30_000, START + 60_000, START + 120_000]
    assert list(found.series["views"]) == [0, 1, 0]
    assert list(trend(room, between(30, 150), ("views",), points=2).starts) == [START + 30_000, START + 90_000]


def test_a_long_live_by_hours_adds_up() -> None:
    room = live(*(at(600 * n, enter(f"u{n}")) for n in range(1, 100)), at(60_000, ended()))
    found = Buckets(room, room.span or Window(0, 1), HOUR)
    views = found["views"]
    assert views is not None and views.sum() == 99


def sum_of(room: Rollup, key: str, step_ms: int) -> float:
    found = trend(room, None, (key,), step_ms=step_ms)
    return sum(value * (end - start) / MINUTE for value, start, end in zip(
        [value or 0 for value in found.series[key]], found.starts, (*found.starts[1:], found.window.end), strict=True
    ))  # fmt: skip


def test_rates_times_minutes_are_the_counts() -> None:
    room = live(*(at(7 * n, enter(f"u{n}")) for n in range(1, 100)), at(700, ended()), timezone="Asia/Kathmandu")
    for step_ms in (10_000, MINUTE, HOUR):
        assert sum_of(room, METRICS["views"].key, step_ms) == pytest.approx(99)

"""How far users came, step by step in order of time: as the definition says, whatever order the events come in."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.path import STEPS, UserPath, ordered_counts
from tests.livedash.build import START, enter, event, live, rollup

Step = tuple[int, int, int]
"""When, who (-1 nobody), which step."""
events = st.tuples(st.integers(0, 9), st.integers(-1, 3), st.integers(0, len(STEPS) - 1))
portions = st.lists(st.lists(events, max_size=12), max_size=6)

CASES = Path(__file__).parents[4] / "shared" / "data" / "cases" / "funnel_clickhouse_cases.json"


def columns(rows: list[Step]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(rows, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1].astype(np.int32), table[:, 2].astype(np.int8)


def furthest(rows: list[Step], steps: int, within: int | None) -> list[int]:
    """By the definition: for each start of a chain, the greedy way through the later events."""
    reached = [0] * steps
    for user in range(4):
        mine = sorted((ts, step) for ts, who, step in rows if who == user)
        best = 0
        for place, (start, first) in enumerate(mine):
            if first == 0:
                level = 1
                for ts, step in mine[place + 1 :]:
                    if step == level and (within is None or ts - start <= within):
                        level += 1
                best = max(best, level)
        for k in range(best):
            reached[k] += 1
    return reached


@given(portions)
def test_the_way_is_the_same_in_any_order_and_any_portions(parts: list[list[Step]]) -> None:
    path = UserPath()
    for part in parts:
        path.add(*columns(part))
    rows = [row for part in parts for row in part]
    assert path.counts() == furthest(rows, len(STEPS), None)


@given(st.lists(events, max_size=25), st.integers(1, len(STEPS)), st.one_of(st.none(), st.integers(0, 9)))
def test_any_steps_within_any_time_are_counted_as_defined(rows: list[Step], steps: int, within: int | None) -> None:
    known = [row for row in rows if row[1] >= 0 and row[2] < steps]
    assert ordered_counts(*columns(known), range(steps), within) == furthest(known, steps, within)


@pytest.mark.parametrize("within", [None, 100])
@pytest.mark.parametrize(
    ("asked", "rows", "reached"),
    [
        ([0, 0], [(1, 0, 0), (2, 0, 0), (1, 1, 0)], [2, 1]),
        ([0, 0], [(1, 0, 0), (1, 0, 0)], [1, 1]),
        ([0, 0, 0], [(1, 0, 0), (2, 0, 0)], [1, 1, 0]),
        ([0, 1, 0], [(1, 0, 0), (2, 0, 1), (3, 0, 0)], [1, 1, 1]),
        ([0, 1, 0], [(1, 0, 0), (2, 0, 0), (3, 0, 1)], [1, 1, 0]),
        ([0, 1, 1], [(1, 0, 0), (2, 0, 1)], [1, 1, 0]),
    ],
)
def test_a_type_may_be_several_steps_and_each_takes_an_event_of_its_own(
    asked: list[int], rows: list[Step], reached: list[int], within: int | None
) -> None:
    assert ordered_counts(*columns(rows), asked, within) == reached


def test_entering_twice_is_followed_by_name() -> None:
    room = live(enter("a"), enter("b"), enter("a"))
    assert room.ordered_funnel(["view", "view"]) == [2, 1] == room.ordered_funnel(["view", "view"], None, 2000)
    assert room.ordered_funnel(["view", "view"], None, 1999) == [2, 0]


def cases() -> list[Any]:
    if not CASES.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="../shared/data/cases is not there"))]
    found = json.loads(CASES.read_text("utf-8"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if "default" in case]


@pytest.mark.parametrize("case", cases())
@pytest.mark.parametrize("backwards", [False, True])
def test_the_reference_cases_of_a_window_funnel(case: dict[str, Any], backwards: bool) -> None:
    rows = [event(name, "user", ts=START + int(second * 1000)) for second, name in case["events"]]
    counts = rollup(*(rows[::-1] if backwards else rows)).ordered_funnel(case["steps"], None, case["window_s"] * 1000)
    assert sum(counts) == case["default"]


def test_steps_at_the_same_time_count_in_their_order() -> None:
    path = UserPath()
    path.add(*columns([(5, 0, 2), (5, 0, 1), (5, 0, 0)]))
    assert path.counts() == [1, 1, 1, 0, 0]


def test_a_step_before_the_one_before_it_does_not_count() -> None:
    path = UserPath()
    path.add(*columns([(5, 0, 1), (6, 0, 0)]))
    assert path.counts() == [1, 0, 0, 0, 0]
    path.add(*columns([(4, 0, 0)]))
    assert path.counts() == [1, 1, 0, 0, 0]

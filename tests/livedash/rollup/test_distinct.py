"""Distinct counts of any window are those of a set, in whatever order and portions the occurrences came."""
from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.distinct import Distinct

occurrences = st.lists(st.tuples(st.integers(0, 40), st.integers(-1, 6)), max_size=20)
"""When and who; -1 is nobody."""
portions = st.lists(occurrences, max_size=6)
edges = st.lists(st.integers(-5, 45), min_size=2, max_size=8, unique=True).map(sorted)


def added(parts: list[list[tuple[int, int]]]) -> Distinct:
    distinct = Distinct()
    for part in parts:
        distinct.add(np.array([ts for ts, _ in part], np.int64), np.array([who for _, who in part], np.int32))
    return distinct


@given(portions, edges)
def test_distinct_counts_are_those_of_a_set(parts: list[list[tuple[int, int]]], at: list[int]) -> None:
    distinct, rows = added(parts), [row for part in parts for row in part]

    def really(start: int, end: int) -> int:
        return len({who for ts, who in rows if start <= ts < end and who >= 0})

    assert distinct.total == really(-100, 100)
    for start in at:
        for end in at:
            assert distinct.count(start, end) == really(start, end)
    steps = [really(start, end) for start, end in pairwise(at)]
    assert distinct.counts(np.array(at)).tolist() == steps


def test_nobody_is_never_counted() -> None:
    distinct = added([[(1, -1), (2, -1)], []])
    assert (distinct.total, distinct.count(0, 10), distinct.counts(np.array([0, 5, 10])).tolist()) == (0, 0, [0, 0])


def test_the_same_one_at_the_same_time_counts_once() -> None:
    assert added([[(5, 1), (5, 1)], [(5, 1)]]).count(5, 6) == 1


def test_late_ones_by_the_thousand_change_nothing() -> None:
    chance = np.random.default_rng(1)
    ts, who = chance.integers(0, 100_000, 20_000), chance.integers(-1, 3000, 20_000)
    shuffled, sorted_by_time = Distinct(), Distinct()
    for part in np.array_split(np.arange(len(ts)), 40):
        shuffled.add(ts[part], who[part])
    order = np.argsort(ts, kind="stable")
    sorted_by_time.add(ts[order], who[order])
    for start, end in chance.integers(0, 100_000, (200, 2)):
        assert shuffled.count(start, end) == sorted_by_time.count(start, end)

"""The grid's sums are those of the events themselves, in whatever order times are covered and buckets widened."""
from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.grid import COARSE_BUCKETS, FINE_BUCKETS, WIDTHS, Grid, width_for

MEASURES = ("a", "b", "c")
HOUR, DAY, YEAR = 3_600_000, 86_400_000, 31_536_000_000
START = 1_732_129_200_123

Row = tuple[int, int, int]
"""When, which measure, how much."""
times = st.one_of(
    st.integers(0, HOUR), st.integers(0, 3 * DAY), st.integers(-40 * DAY, 40 * DAY), st.integers(-20 * YEAR, YEAR)
).map(lambda ms: START + ms)
portions = st.lists(
    st.lists(st.tuples(times, st.integers(0, 2), st.integers(-3, 9)), min_size=1, max_size=12), min_size=1, max_size=6
)


def filled(parts: list[list[Row]], low: int = -(2**62), high: int = 2**62) -> Grid:
    """A grid that took these rows portion by portion, each portion in one of the ways there are. It covers the times
    of those between low and high."""
    grid = Grid(MEASURES)
    for number, part in enumerate(parts):
        ts = np.array([row[0] for row in part if low <= row[0] <= high])
        if len(ts):
            grid.cover(int(ts.min()), int(ts.max()))
        for measure in range(3):
            mine = [row for row in part if row[1] == measure]
            when, amounts = np.array([r[0] for r in mine], np.int64), np.array([r[2] for r in mine], np.int64)
            if number % 2:
                grid.add(MEASURES[measure], when, amounts)
            else:
                repeated = np.repeat(when, np.maximum(amounts, 0))
                grid.add_kinds(repeated, np.full(len(repeated), measure))
                grid.add(MEASURES[measure], when[amounts < 0], amounts[amounts < 0])
        if number % 3 == 0:
            grid.prefix()
    return grid


@given(portions)
def test_prefix_sums_are_the_sums_of_all_rows_before(parts: list[list[Row]]) -> None:
    grid = filled(parts)
    rows = [row for part in parts for row in part]
    sums = grid.prefix()
    assert len(sums) == grid.rows + 1
    for bucket in {0, grid.rows, *((row[0] - grid.origin) // grid.width for row in rows)}:
        before = grid.start_of(bucket)
        expected = [sum(r[2] for r in rows if r[1] == measure and r[0] < before) for measure in range(3)]
        assert sums[bucket].tolist() == expected
    assert all(grid.origin <= row[0] < grid.start_of(grid.rows) for row in rows)


@given(portions, st.lists(times, min_size=1, max_size=9))
def test_what_is_outside_is_counted_and_widens_nothing(parts: list[list[Row]], asked: list[int]) -> None:
    low, high = START - HOUR, START + 2 * HOUR
    grid = filled(parts, low, high)
    rows = [row for part in parts for row in part]
    assert grid.width == WIDTHS[0]
    for ts in asked:
        sums, rest = grid.until(ts)
        upto = ts if rest is None else rest
        assert sums.tolist() == [sum(r[2] for r in rows if r[1] == measure and r[0] < upto) for measure in range(3)]
        assert rest is None or grid.origin <= rest < ts < rest + grid.width
    edges = np.array(sorted({*asked, low // 1000 * 1000, START // 1000 * 1000}))
    moved = [edge // 1000 * 1000 if grid.origin <= edge < grid.end else edge for edge in edges.tolist()]
    between = [sum(r[2] for r in rows if r[1] == 1 and start <= r[0] < end) for start, end in pairwise(moved)]
    assert grid.between(edges, "b").tolist() == between


@given(portions, st.randoms(use_true_random=False))
def test_the_order_of_portions_changes_nothing(parts: list[list[Row]], chance: object) -> None:
    rows = [row for part in parts for row in part]
    chance.shuffle(parts)  # type: ignore[attr-defined]
    shuffled, whole = filled(parts), filled([rows])
    assert (shuffled.width, shuffled.origin, shuffled.rows) == (whole.width, whole.origin, whole.rows)
    assert np.array_equal(shuffled.prefix(), whole.prefix())


@pytest.mark.parametrize(
    ("span", "width"),
    [
        (0, 1000), (2 * HOUR, 1000), (DAY, 1000), (DAY + 1, 15_000), (15_000 * COARSE_BUCKETS, 15_000),
        (7 * DAY, 300_000), (60 * DAY, 900_000), (2 * YEAR, 21_600_000), (27 * YEAR, DAY), (100 * YEAR, DAY),
    ],
)  # fmt: skip
def test_buckets_widen_with_the_span(span: int, width: int) -> None:
    assert width_for(span) == width
    assert span // width_for(span) <= max(FINE_BUCKETS, COARSE_BUCKETS) or span > 27 * YEAR


def test_each_width_divides_the_next() -> None:
    assert all(wider % width == 0 for width, wider in pairwise(WIDTHS))


def test_a_room_of_decades_costs_no_more_memory_than_one_of_a_day() -> None:
    grid = filled([[(START, 0, 1)], [(START - 20 * YEAR, 0, 1)], [(START + YEAR, 1, 1)]])
    assert grid.rows < COARSE_BUCKETS + 2 and grid.prefix()[-1].tolist() == [2, 1, 0]


def test_growing_second_by_second_keeps_earlier_sums() -> None:
    grid = Grid(MEASURES)
    for second in range(5000):
        grid.cover(START + second * 1000, START + second * 1000)
        grid.add("a", np.array([START + second * 1000]))
        if second % 7 == 0:
            assert grid.prefix()[-1, 0] == second + 1
    assert grid.prefix()[:, 0].tolist() == list(range(5001))

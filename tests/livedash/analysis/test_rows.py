"""A trend as rows: the figures of each bucket by itself."""
from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.analysis.facts import RoomFacts
from livedash.analysis.metrics import METRICS
from livedash.analysis.rows import TOLD, rows
from livedash.problems import Problem
from livedash.view import Window
from tests.livedash.analysis.test_oracle import logs
from tests.livedash.build import START, at, ended, enter, live, order, rollup

MINUTE = 60_000
SETTLED_LATER = {"long_views"}
"""Whether a view is long is known a minute after it began, when its bucket may be over."""


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(0, 300_000), st.integers(1, 300_000))
def test_a_row_is_the_window_of_its_bucket(log: list[Any], start: int, length: int) -> None:
    room = rollup(*log)
    window = Window(START + start, START + start + length)
    keys = tuple(key for key in TOLD if key not in SETTLED_LATER and not METRICS[key].gauge)
    table = rows(room, window, keys, MINUTE)
    for row in table:
        facts = RoomFacts(room, Window(row.start, row.end))
        for key, value in zip(keys, row.values, strict=True):
            expected = METRICS[key].compute(facts)[0]
            assert value == (expected if row.recorded or expected else None), key
    starts = [row.start for row in table]
    assert starts == sorted(set(starts)) and all(later.start == row.end for row, later in pairwise(table))


def test_money_is_exact() -> None:
    room = live(*(at(n / 10, order(f"u{n}", "0.10", order_id=f"o{n}")) for n in range(300)), at(60, ended()))
    [row] = rows(room, None, ("direct_gmv", "orders"), MINUTE)
    assert row.values == (Decimal("30"), 300)


def test_rows_can_be_read_piece_by_piece() -> None:
    room = live(*(at(60 * n, enter(f"u{n}")) for n in range(10)), at(600, ended()))
    table = rows(room, None, ("views",), MINUTE)
    assert len(table) == 10 and [*table.between(0, 4), *table.between(4, 99)] == list(table)


def test_what_means_nothing_over_time_has_no_rows() -> None:
    with pytest.raises(Problem) as said:
        rows(live(ended()), None, ("stock_left",), MINUTE)
    assert said.value.code == "metric-not-by"

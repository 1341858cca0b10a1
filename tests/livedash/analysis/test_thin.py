"""Thinning a line: its ends, its extremes and its gaps stay, and nothing is thinned that fits."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.analysis.thin import thinned


def test_what_fits_is_drawn_whole() -> None:
    assert thinned([1.0, None, 3.0], 3) == [0, 1, 2]


def test_a_lonely_peak_and_a_lonely_trough_stay() -> None:
    values = [10.0] * 5000
    values[1234], values[4321] = 99.0, 1.0
    kept = thinned(values, 200)
    assert {0, 1234, 4321, 4999} <= set(kept) and len(kept) <= 200


def test_a_gap_stays_a_gap() -> None:
    values: list[float | None] = [1.0] * 1000 + [None] * 1000 + [2.0] * 1000
    drawn = [values[place] for place in thinned(values, 100)]
    assert drawn.count(None) == 1 and drawn[0] == 1.0 and drawn[-1] == 2.0


@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=400), st.integers(3, 50))
def test_places_rise_and_are_no_more_than_asked_for(values: list[float | None], points: int) -> None:
    kept = thinned(values, points)
    assert kept == sorted(set(kept))
    runs = int(np.count_nonzero(np.diff([value is None for value in values]))) + 1 if values else 0
    assert len(kept) <= points + 2 * runs
    assert {values[place] is None for place in kept} == {value is None for value in values}

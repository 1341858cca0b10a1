"""An array that grows holds what was put into it, and its fill value where nothing was."""
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.rollup.growing import Growing


@given(st.lists(st.lists(st.integers(-5, 5), max_size=90), max_size=12))
def test_what_is_appended_is_there(parts: list[list[int]]) -> None:
    growing = Growing(np.int64)
    for part in parts:
        growing.append(np.array(part, np.int64))
    assert growing.rows.tolist() == [number for part in parts for number in part]
    assert growing.nbytes >= growing.rows.nbytes


@given(st.lists(st.integers(0, 300), min_size=1))
def test_new_places_hold_the_fill_value(sizes: list[int]) -> None:
    growing = Growing(np.int32, fill=-1)
    for size in sizes:
        growing.resize(size)
        growing.rows[: min(2, growing.size)] = 7
    assert growing.size == max(sizes)
    assert growing.rows.tolist() == [7] * min(2, growing.size) + [-1] * max(0, growing.size - 2)

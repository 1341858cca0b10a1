"""A time in a line is read alike in every field, and none that nothing could be drawn with is taken for one."""
from __future__ import annotations

from typing import Any

import pytest

from livedash.log.moments import EARLIEST, LATEST, epoch_ms, moment

NOON = 1_795_176_000_000
"""2026-11-20T12:00:00Z."""


@pytest.mark.parametrize("value", [NOON, "2026-11-20T12:00:00Z", "2026-11-20t20:00:00.000999+08:00"])
def test_it_is_read_in_any_form(value: Any) -> None:
    assert moment(value) == epoch_ms(value) == NOON


@pytest.mark.parametrize("value", [None, True, 1.5, "", "soon", "2026-11-20", "2026-11-20T12:00:00", [NOON], 2**62])
def test_anything_else_is_none(value: Any) -> None:
    assert moment(value) is None and epoch_ms(value) is None


@pytest.mark.parametrize("value", [EARLIEST - 1, LATEST + 1, 0, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_a_field_names_no_time_out_of_all_reason(value: Any) -> None:
    assert moment(value) is None and epoch_ms(value) is not None
    assert moment(EARLIEST) == EARLIEST and moment(LATEST) == LATEST

"""Stretches without a recording are those that can have been, whatever a store from before has kept."""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from livedash.analysis.facts import gaps
from livedash.rollup.fold import Rollup
from tests.livedash.build import START, between


def test_a_gap_without_end_or_reason_is_passed_over() -> None:
    lines: list[dict[str, Any]] = [
        {"from": START, "to": 2**63 + 5},
        {"from": -(2**63), "to": START},
        {"from": START, "to": "9999-12-31T23:59:59Z"},
        {"from": START + 5_000, "to": START + 5_000},
        {"from": START + 5_000},
        {"from": START + 20_000, "to": START + 30_000},
        {"from": START + 5_000, "to": "2024-11-20T19:00:10Z"},
    ]
    room = cast(Rollup, SimpleNamespace(records=lambda kind: lines))
    assert gaps(room) == [between(5, 10), between(20, 30)]

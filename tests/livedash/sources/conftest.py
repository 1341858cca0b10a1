"""Simulated LIVEs that several tests look at, each played once a run."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from livedash.sources.script import Plan, plan
from livedash.sources.show import events

EVENING = 1_794_999_600_000  # 2026-11-18 19:00 in Kuala Lumpur


@pytest.fixture(scope="session")
def past_plan() -> Plan:
    return plan(5, EVENING, past=True)


@pytest.fixture(scope="session")
def past(past_plan: Plan) -> list[dict[str, Any]]:
    """The log of a past LIVE at the usual rate."""
    return list(events(past_plan, Random(1)))


@pytest.fixture(scope="session")
def broken_plan() -> Plan:
    return plan(6, EVENING, rate=4, past=True, gap=True)


@pytest.fixture(scope="session")
def broken(broken_plan: Plan) -> list[dict[str, Any]]:
    """The log of a past LIVE whose recorder was cut off for three minutes."""
    return list(events(broken_plan, Random(1)))

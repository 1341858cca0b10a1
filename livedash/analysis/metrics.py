"""The registry: every figure of the product, declared once. All screens, exports, the JSON output and the README read it;
no other module spells a metric's key, save the declared defaults here."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure.

    key, label, help: its name in scripts, on screen, and one sentence that defines it.
    unit: one of livedash.words.UNITS. group: "sales", "traffic", "products" or "interaction".
    formula: the formula in words, as METRICS.md states it. needs: event types it cannot do without.
    by: what it may be grouped by ("time", "product", "channel"). good: "up", "down" or "" (neither).
    gauge: read at its latest instead of counted.
    """

    key: str
    label: str
    help: str
    unit: str
    group: str
    formula: str
    needs: tuple[str, ...]
    by: frozenset[str]
    good: str
    gauge: bool
    compute: Callable[[Any], tuple[Value, Value, Value]]


METRICS: dict[str, Metric] = {}
GROUPS: dict[str, str] = {}
"""Group to its label, in the order shown."""

HEADLINE = "direct_gmv"
DEFAULT_TILES: tuple[str, ...] = ()
MOST_TILES = 16
DEFAULT_TREND: tuple[str, ...] = ("direct_gmv", "current_viewers")
DEFAULT_PRODUCT_COLUMNS: tuple[str, ...] = ()

"""Answers who watches and who buys: breakdowns in which groups under five persons are withheld."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.rollup.fold import Rollup

DIMENSIONS = ("gender", "gender_of_followers", "age", "follower", "country")
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Group:
    """count and share are None where the group is withheld (under SMALLEST_GROUP persons)."""

    group: str
    count: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """groups: in their natural order (ages) or largest first; known: persons with a profile; total: all of them."""

    dimension: str
    who: str
    groups: tuple[Group, ...]
    known: int
    total: int | None
    missing: tuple[str, ...]


def breakdown(rollup: Rollup, dimension: str, who: str) -> Breakdown:
    """One breakdown of viewers or customers. Raises Problem("metric-not-by") for an unknown dimension."""
    raise NotImplementedError

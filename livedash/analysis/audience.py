"""Answers who watches and who buys: breakdowns in which groups under five persons are withheld. Nobody can be found out
by subtraction either, be it of the groups of one breakdown or of the breakdowns of two past moments, or of one and now;
only who looks on while a LIVE runs sees its counts change as people come."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from livedash.problems import Problem
from livedash.rollup.audience import CROWD
from livedash.rollup.fold import Rollup
from livedash.words import N_

DIMENSIONS = ("gender", "gender_of_followers", "age", "follower", "country")
SMALLEST_GROUP = CROWD
UNKNOWN = "unknown"


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
    if dimension not in DIMENSIONS:
        raise Problem(
            "metric-not-by", N_("The audience is not told by {dimension}. Choose one of {dimensions}."),
            dimension=dimension, dimensions=", ".join(DIMENSIONS),
        )  # fmt: skip
    counts = rollup.audience(dimension, who)
    if counts is None:
        return Breakdown(dimension, who, (), 0, None, ("profile", "audience_snapshot"))
    present = {group: count for group, count in counts.items() if count}
    known = sum(present.values())
    hidden = withheld(present)
    names = sorted(present, key=lambda group: _place(dimension, group, None if group in hidden else present[group]))
    groups = tuple(
        Group(group, None, None) if group in hidden else Group(group, present[group], present[group] / known)
        for group in names
    )
    # Of followers alone, and from a platform's aggregate, it is not known how many there are in all.
    # Of a past moment those left out are not unknown: how many are told is no share of all.
    counted = "profile" in rollup.types and dimension != "gender_of_followers" and not rollup.by_crowds
    return Breakdown(dimension, who, groups, known, rollup.distinct(who, None) if counted else None, ())


def withheld(counts: Mapping[str, int]) -> set[str]:
    """The groups not to be shown: those under SMALLEST_GROUP persons, and as many of the next smallest as it takes for
    them to be at least two, of SMALLEST_GROUP persons together. (One alone, or a handful, could be told from the total
    and the rest. Of whom nothing is known, nothing is told: they hide alone.)"""
    hidden = {group for group, count in counts.items() if count < SMALLEST_GROUP}
    if hidden <= {UNKNOWN}:
        return hidden
    for group, _ in sorted(counts.items(), key=lambda item: item[1]):
        if len(hidden) > 1 and sum(counts[name] for name in hidden) >= SMALLEST_GROUP:
            break
        hidden.add(group)
    return hidden


def _place(dimension: str, group: str, shown: int | None) -> tuple[bool, int, str]:
    """Ages by age, others by size, the withheld by name (their order must tell nothing); the unknown last."""
    return group == UNKNOWN, 0 if dimension == "age" else 1 if shown is None else -shown, group

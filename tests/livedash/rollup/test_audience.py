"""What is known of people: the latest word of each, the same in any order, by the groups' own names."""
from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from livedash.rollup.audience import People, from_snapshots, group_name
from livedash.rollup.tables import PROFILE
from tests.livedash.build import START, Event, at, enter, event, live, profile


@pytest.mark.parametrize(
    ("field", "label", "group"),
    [
        ("gender", "F", "female"), ("gender", " Woman ", "female"), ("gender", "male", "male"),
        ("gender", "x", "unknown"),
        ("age", "18-24", "18-24"), ("age", "55+", "55+"), ("age", "18", "unknown"),
        ("follower", "new follower", "new"), ("follower", "Non-Follower", "none"), ("follower", "existing", "existing"),
        ("follower", "maybe", "unknown"), ("country", "de", "DE"), ("country", "Deutschland", "Deutschland"),
    ],
)  # fmt: skip
def test_labels_are_told_by_the_names_of_their_groups(field: str, label: str, group: str) -> None:
    assert group_name(field, label) == group


def test_what_is_said_at_the_same_time_comes_out_alike_in_any_order() -> None:
    profiles = [at(20, profile("a", gender="f")), at(20, profile("a", gender="m")), at(5, profile("a", gender="x"))]
    for turned in permutations([enter("a"), *profiles]):
        assert live(*turned).audience("gender", "viewers") == {"male": 1}


def test_each_field_has_its_own_latest_word() -> None:
    room = live(enter("a"), profile("a", gender="f", country="DE"), profile("a", country="FR"), profile("a", age=""))
    assert room.audience("gender", "viewers") == {"female": 1} and room.audience("country", "viewers") == {"FR": 1}


@pytest.mark.parametrize("odd", [5, 1.5, [1], {"a": 1}, "x" * 5000, "\x00", 10**18])
def test_odd_values_are_labels_like_others(odd: Any) -> None:
    room = live(enter("a"), profile("a", gender=odd, country=odd))
    assert room.audience("gender", "viewers") == {"unknown": 1}
    assert room.audience("country", "viewers") is not None


def test_a_profile_without_a_user_is_nobody() -> None:
    assert live(enter("a"), event("profile", gender="f")).audience("gender", "viewers") is None


def test_portions_of_profiles_come_out_like_one() -> None:
    chance = np.random.default_rng(4)
    rows = np.zeros(300, PROFILE)
    rows["ts"], rows["user"] = chance.integers(0, 5, 300), chance.integers(-1, 20, 300)
    for name in ("gender", "age", "follower", "country"):
        rows[name] = chance.integers(-1, 4, 300)
    names = {name: ["b", "a", "d", "c"] for name in ("gender", "age", "follower", "country")}
    breakdowns = []
    for portions in (1, 7, 300):
        for order in (np.arange(300), chance.permutation(300)):
            people = People()
            people.came("viewers", np.arange(25))
            for part in np.array_split(rows[order], portions):
                people.learn(part, names)
            breakdowns.append(people.breakdown("country", "viewers", lambda field: names[field]))
    assert all(found == breakdowns[0] for found in breakdowns)


def snapshot(second: float, group: Any, count: Any, **fields: Any) -> Event:
    return at(second, event("audience_snapshot", dimension="gender", group=group, count=count, **fields))


def test_without_profiles_the_latest_snapshot_of_each_group_is_read() -> None:
    of_customers = snapshot(60, "f", 1, who="customers")
    room = live(snapshot(50, "female", 7), snapshot(20, "F", 3), snapshot(30, "male", 2), of_customers)
    assert room.audience("gender", "viewers") == {"female": 7, "male": 2}
    assert room.audience("gender", "customers") == {"female": 1}
    assert room.audience("age", "viewers") is None


def test_odd_snapshots_are_passed_over() -> None:
    lines = [{"ts": START, "dimension": "gender", "group": group, "count": count} for group, count in
             ((None, 3), (5, 3), (["f"], 3), ("f", None), ("f", "3"), ("m", 2))]  # fmt: skip
    assert from_snapshots(lines, "gender", "viewers") == {"male": 2}

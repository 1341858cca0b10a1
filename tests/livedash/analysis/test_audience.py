"""Who watches and buys; and nobody can be found out, by what is shown or by what is left when that is subtracted."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.analysis.audience import DIMENSIONS, SMALLEST_GROUP, Breakdown, breakdown, withheld
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from tests.livedash.build import Event, enter, event, live, order, profile


def people(count: int, name: str, **said: str) -> list[Event]:
    """So many viewers with a profile."""
    users = [f"{name}{i}" for i in range(count)]
    return [line for user in users for line in (enter(user), profile(user, **said))]


def shown(answer: Breakdown) -> dict[str, int | None]:
    return {group.group: group.count for group in answer.groups}


def test_groups_largest_first_with_their_shares() -> None:
    room = live(*people(6, "m", gender="male"), *people(14, "f", gender="female"), enter("no profile"))
    answer = breakdown(room, "gender", "viewers")
    assert [(one.group, one.count, one.share) for one in answer.groups] == [("female", 14, 0.7), ("male", 6, 0.3)]
    assert (answer.known, answer.total, answer.missing) == (20, 21, ())


def test_ages_by_age_and_the_unknown_last() -> None:
    old, young, unsaid = people(5, "a", age="55+"), people(9, "b", age="18-24"), people(20, "c", age="unknown")
    room = live(*old, *young, *unsaid, *people(6, "d", age="13-17"))
    assert list(shown(breakdown(room, "age", "viewers"))) == ["13-17", "18-24", "55+", "unknown"]


def test_customers_are_those_who_paid() -> None:
    bought = [order(f"f{i}", 1) for i in range(7)]
    room = live(*people(9, "f", gender="female"), *people(9, "m", gender="male"), *bought)
    assert shown(breakdown(room, "gender", "customers")) == {"female": 7}
    assert breakdown(room, "gender", "customers").total == 7


def test_followers_new_and_existing_apart() -> None:
    room = live(*people(5, "n", follower="new"), *people(6, "e", follower="existing"), *people(7, "x", follower="none"))
    assert shown(breakdown(room, "follower", "viewers")) == {"none": 7, "existing": 6, "new": 5}


def test_gender_of_followers_leaves_the_others_out() -> None:
    room = live(
        *people(8, "f", gender="female", follower="existing"), *people(9, "m", gender="male", follower="none"),
        *people(5, "n", gender="male", follower="new"),
    )  # fmt: skip
    answer = breakdown(room, "gender_of_followers", "viewers")
    assert shown(answer) == {"female": 8, "male": 5} and answer.total is None


def test_an_aggregate_of_the_platform_serves_where_there_are_no_profiles() -> None:
    room = live(*(event("audience_snapshot", dimension="gender", group=group, who="viewers", count=count)
                  for group, count in (("female", 710), ("male", 240), ("unknown", 50))))  # fmt: skip
    answer = breakdown(room, "gender", "viewers")
    assert shown(answer) == {"female": 710, "male": 240, "unknown": 50}
    assert (answer.known, answer.total) == (1000, None)
    assert breakdown(room, "age", "viewers").missing == ("profile", "audience_snapshot")


def test_without_profiles_nothing_is_known() -> None:
    for dimension in DIMENSIONS:
        assert breakdown(live(enter("a")), dimension, "viewers") == Breakdown(
            dimension, "viewers", (), 0, None, ("profile", "audience_snapshot")
        )


def test_an_unknown_dimension_is_a_problem() -> None:
    with pytest.raises(Problem) as problem:
        breakdown(live(enter("a")), "shoe_size", "viewers")
    assert problem.value.code == "metric-not-by"


def test_groups_under_five_are_withheld_without_order() -> None:
    room = live(*people(20, "a", country="DE"), *people(3, "b", country="FR"), *people(4, "c", country="AT"))
    answer = breakdown(room, "country", "viewers")
    assert shown(answer) == {"DE": 20, "AT": None, "FR": None}
    assert [group.share for group in answer.groups] == [20 / 27, None, None]


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert withheld({"DE": 20, "FR": 9, "AT": 3}) == {"AT", "FR"}


def test_a_handful_in_all_takes_the_next_smallest_with_it() -> None:
    assert withheld({"DE": 20, "FR": 9, "AT": 1, "CH": 2}) == {"AT", "CH", "FR"}


def test_a_few_of_whom_nothing_is_known_take_nobody_with_them() -> None:
    assert withheld({"female": 20, "male": 9, "unknown": 2}) == {"unknown"}
    assert withheld({"female": 20, "male": 2, "unknown": 2}) == {"female", "male", "unknown"}


def test_groups_of_five_are_shown() -> None:
    assert withheld({"DE": 5, "FR": 5}) == set()


def test_few_people_are_not_told_apart_at_all() -> None:
    room: Rollup = live(*people(4, "a", gender="female"))
    assert shown(breakdown(room, "gender", "viewers")) == {"female": None}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), min_size=1, max_size=12))
def test_nobody_can_be_told_by_subtraction(counts: dict[str, int]) -> None:
    hidden = withheld(counts)
    assert all(count >= SMALLEST_GROUP for group, count in counts.items() if group not in hidden)
    if hidden and hidden != set(counts):
        assert len(hidden) > 1 and sum(counts[group] for group in hidden) >= SMALLEST_GROUP

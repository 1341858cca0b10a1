"""The audience card: one breakdown at a time as a ring or as bars, with nobody found out in a small group."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from layouts.parts import audience as part
from livedash.analysis.audience import DIMENSIONS, Breakdown, Group
from livedash.locale import Words
from livedash.view import View, Window
from tests.layouts.pages import walk
from tests.layouts.parts.text import text

WORDS = Words("en")
VIEW = View("autumn", 1)
GENDER = Breakdown(
    "gender", "viewers", (Group("female", 71, 0.71), Group("male", 24, 0.24), Group("unknown", 5, 0.05)), 100, 160, ()
)


def show(dimension: str, *groups: Group, words: Words = WORDS, known: int = 100, total: int | None = 100) -> Any:
    return part.show(Breakdown(dimension, "viewers", groups, known, total, ()), VIEW, words)["body"]


def styles(shown: Any, name: str) -> list[str]:
    return [one.style[name] for one in walk(shown) if name in (getattr(one, "style", None) or {})]


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(GENDER, VIEW, WORDS)) == set(part.OUTPUTS)


def test_a_few_groups_are_a_ring_with_a_legend() -> None:
    shown = part.show(GENDER, VIEW, WORDS)["body"]
    assert "Female 71.0%Male 24.0%Unknown 5.0%" in text(shown)
    ring = styles(shown, "background")[0]
    assert "var(--accent) 0.00% 71.00%" in ring and "var(--giveaway) 71.00% 95.00%" in ring


def test_those_of_whom_nothing_is_known_have_the_colour_of_the_empty_track() -> None:
    assert styles(part.show(GENDER, VIEW, WORDS)["body"], "background")[-1] == "var(--track)"


def test_it_says_which_breakdown_it_is_and_of_how_many() -> None:
    assert text(part.show(GENDER, VIEW, WORDS)["place"]) == "Gender · 1/5"
    assert set(part.NAMES) == set(DIMENSIONS)


def test_it_says_of_how_many_profiles_are_known() -> None:
    assert "Profiles are known of 100 of 160 persons." in text(part.show(GENDER, VIEW, WORDS)["body"])
    assert "Profiles" not in text(show("age", Group("18-24", 100, 1.0)))
    assert "Profiles" not in text(show("age", Group("18-24", 100, 1.0), total=None))


def test_beside_figures_of_a_stretch_it_says_that_it_is_of_the_whole() -> None:
    stretch = replace(VIEW, window=Window(1, 2))
    assert "Of the whole LIVE" in text(part.show(GENDER, stretch, WORDS)["body"])
    assert "Of the whole LIVE" not in text(part.show(GENDER, VIEW, WORDS)["body"])


def test_ages_and_countries_are_bars_against_the_greatest() -> None:
    shown = show("age", Group("18-24", 60, 0.6), Group("25-34", 30, 0.3), Group("unknown", 10, 0.1))
    assert text(shown) == "18-2460.0%25-3430.0%Unknown10.0%"
    assert styles(shown, "width") == ["100.0%", "50.0%", "16.7%"]


@pytest.mark.parametrize("dimension", ["follower", "country"])
def test_a_withheld_group_shows_no_figure_and_is_said_to_be_withheld(dimension: str) -> None:
    shown = show(dimension, Group("new follower", None, None), Group("other", 95, 0.95))
    assert "–" in text(shown) and "Groups of fewer than 5 persons are withheld." in text(shown)
    assert "Groups of fewer" not in text(show(dimension, Group("other", 95, 1.0)))


def test_what_is_withheld_leaves_its_part_of_the_ring_empty() -> None:
    shown = show("follower", Group("existing_follower", 90, 0.9), Group("new_follower", None, None))
    assert styles(shown, "background")[0].endswith("var(--track) 90.00% 100%)")


def test_all_withheld_is_no_mistake() -> None:
    assert styles(show("age", Group("18-24", None, None), Group("25-34", None, None)), "width") == ["0.0%", "0.0%"]


def test_new_and_existing_followers_stand_apart_in_the_readers_words() -> None:
    groups = [Group(name, 10, 0.3) for name in ("new_follower", "existing follower", "non-follower")]
    assert text(show("follower", *groups)).startswith("New follower 30.0%Existing follower 30.0%Non-follower 30.0%")


def test_countries_have_their_names_in_the_readers_language() -> None:
    countries = (Group("MY", 60, 0.6), Group("us", 30, 0.3), Group("Elsewhere", 10, 0.1))
    assert text(show("country", *countries)) == "Malaysia60.0%United States30.0%Elsewhere10.0%"
    assert text(show("country", *countries, words=Words("zh"))).startswith("马来西亚60.0%")


def test_a_stored_breakdown_that_is_no_longer_there_falls_away() -> None:
    assert part.dimension("age") == "age"
    assert {part.dimension(stored) for stored in (None, "shoe size", ["age"], 3)} == {DIMENSIONS[0]}


def test_without_profiles_it_says_what_is_missing() -> None:
    nobody = Breakdown("gender", "customers", (), 0, None, ("profile", "audience_snapshot"))
    shown = text(part.show(nobody, VIEW, WORDS)["body"])
    assert shown == "Nothing is known of the customers yet.Not recorded in this log: profile, audience_snapshot."

"""The mood: shares of what can be assessed, and what they rest on."""
from __future__ import annotations

from typing import Any

from layouts.parts import mood as part
from livedash.analysis.comments import Mood
from livedash.locale import Words
from livedash.view import View
from tests.layouts.pages import texts

START = 1_795_435_200_000
MOOD = Mood((START, START + 60_000), 60_000, (3, 0), (1, 0), (0, 0), (2, 4), sampled=False, uncertain=5)


def show(answer: Mood) -> dict[str, Any]:
    return part.show(answer, View("autumn", 1), Words("en"))


def test_the_shares_are_of_what_could_be_assessed() -> None:
    shown = show(MOOD)
    assert set(shown) == set(part.OUTPUTS)
    said = texts(shown["said"])
    assert "75.0%" in said and "25.0%" in said and "Of 4 comments in English." in said
    assert "Not assessed: 1 in other languages, 5 too short or mixed to be sure of a language." in said


def test_where_all_are_assessed_nothing_is_said_of_others() -> None:
    shown = show(Mood((START,), 60_000, (1,), (0,), (0,), (0,), sampled=False))
    assert "Not assessed" not in texts(shown["said"])


def test_a_stretch_without_any_is_an_empty_bar() -> None:
    first, second = show(MOOD)["bars"]
    assert [part.style["height"] for part in first.children] == ["75.0%", "25.0%"] and second.children == []


def test_where_nothing_can_be_assessed_nothing_is_guessed() -> None:
    shown = show(Mood((START,), 60_000, (0,), (0,), (0,), (9,), sampled=False, uncertain=9))
    said = texts(shown["said"])
    assert shown["bars"] == [] and "only done for English" in said and "9 too short or mixed" in said


def test_a_sample_is_called_one() -> None:
    assert "A sample" in texts(show(Mood((START,), 60_000, (1,), (0,), (0,), (0,), sampled=True))["said"])

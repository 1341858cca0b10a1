"""What happened: a row each, with a button that says what it plays."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from layouts.parts import happenings as part
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View
from livedash.words import Sentence
from tests.layouts.pages import texts, walk

WORDS = Words("en")
VIEW = View("autumn", 1)
START = 1_795_435_200_000
PIN = Marker("m1", "pin", START, START + 90_000, False, Sentence.of("Pinned: {product}", product="Cream"))


def show(*markers: Marker) -> dict[str, Any]:
    return part.show(markers, VIEW, WORDS)


def test_a_row_says_when_what_and_how_long() -> None:
    shown = show(PIN, replace(PIN, id="m2", end=None, open=True))
    assert set(shown) == set(part.OUTPUTS) and shown["count"] == "2"
    first, second = map(texts, shown["rows"])
    assert "12:00:00" in first and "Pinned: Cream" in first and "1m 30s" in first
    assert "still on" in second


def test_its_button_says_what_it_plays_and_from_when() -> None:
    [row] = show(PIN)["rows"]
    [button] = [found for found in walk(row) if isinstance(found, Component) and found._type == "Button"]
    assert getattr(button, "data-ms") == str(START)
    assert getattr(button, "aria-label") == "Play from 12:00:00: Pinned: Cream"


def test_of_very_many_the_latest_are_shown_and_that_is_said() -> None:
    shown = show(*(replace(PIN, id=str(n)) for n in range(part.MOST + 7)))
    assert shown["count"] == f"The latest {part.MOST} of {part.MOST + 7}."


def test_nothing_is_a_state() -> None:
    assert "yet" in texts(show()["empty"])

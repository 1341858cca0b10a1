"""Findings are told in words, with how to look closer; the surest ones where there are very many."""
from __future__ import annotations

from dash import html

from layouts.parts import shocks as part
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.spikes import Spike
from livedash.locale import Words
from livedash.view import View
from livedash.words import Sentence
from tests.layouts.pages import texts, walk

START = 1_763_838_000_000
WORDS = Words("en", "UTC", "USD")
VIEW = View("room", 1)


def spike(place: int = 0, direction: str = "up", score: float = 4.0) -> Spike:
    start = START + place * 600_000
    said = Sentence.of("Direct GMV: spike {n}", n=place)
    return Spike(DEFAULT_TREND[0], start, start + 180_000, direction, 0.4, 14.0, 10.0, score, said, ())


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show((), VIEW, WORDS)) == set(part.OUTPUTS)
    assert "No spike and no dip" in texts(part.show((), VIEW, WORDS)["list"])


def test_a_finding_is_a_sentence_with_a_button_that_shows_it_closer() -> None:
    shown = part.show((spike(),), VIEW, WORDS)
    [button] = [found for found in walk(shown["list"]) if isinstance(found, html.Button)]
    assert "Direct GMV: spike 0" in texts(shown["list"]) and shown["count"] == "1"
    assert getattr(button, "data-zoom") == f"{START - part.AROUND_MS} {START + 180_000 + part.AROUND_MS}"
    assert getattr(button, "aria-label") == "Look closer: Direct GMV: spike 0"


def test_direction_is_told_by_shape_and_colour() -> None:
    up, down = (part.show((spike(direction=direction),), VIEW, WORDS)["list"] for direction in ("up", "down"))
    assert "▲" in texts(up) and "shock-sign good" in str(up)
    assert "▼" in texts(down) and "shock-sign bad" in str(down)


def test_of_very_many_the_surest_are_shown_in_order_of_time() -> None:
    found = tuple(spike(place, score=9.0 if place % 2 else 3.0) for place in range(part.MOST * 2))
    shown = texts(part.show(found, VIEW, WORDS)["list"])
    assert "spike 1\n" in shown and "spike 2\n" not in shown and shown.index("spike 1\n") < shown.index("spike 3\n")

"""The list of events opens each to its facts, and never shows a stranger's text as more than text."""
from __future__ import annotations

from typing import Any

from dash import html

from layouts.parts import events as part
from livedash.analysis.happening import Happening
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.rollup.room import ProductFacts
from livedash.view import View
from livedash.words import Sentence
from tests.layouts.pages import texts, walk

START = 1_763_838_000_000  # 19:00 UTC
WORDS = Words("en", "UTC", "USD")
VIEW = View("room", 1)


def marker(kind: str = "pin", lasts: int | None = 90_000, still: bool = False, place: int = 0) -> Marker:
    end = None if lasts is None else START + lasts
    return Marker(f"m{place}", kind, START, end, still, Sentence.of("Pinned: {product}", product="<b>Cream"))


def buttons(built: Any) -> list[Any]:
    return [found for found in walk(built) if isinstance(found, html.Button)]


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show((), VIEW, WORDS)) == set(part.OUTPUTS)
    assert "Nothing of these kinds" in texts(part.show((), VIEW, WORDS)["list"])


def test_every_event_is_a_button_that_names_its_marker() -> None:
    shown = part.show((marker(), marker("violation", None, place=1)), VIEW, WORDS)
    assert [getattr(button, "data-marker") for button in buttons(shown["list"])] == ["m0", "m1"]
    assert {getattr(button, "data-into") for button in buttons(shown["list"])} == {part.OPENED}
    assert shown["count"] == "2" and "19:00:00\nPinned: <b>Cream" in texts(shown["list"])


def test_of_very_many_the_latest_are_listed_and_it_is_said() -> None:
    shown = part.show(tuple(marker(place=place) for place in range(part.MOST + 5)), VIEW, WORDS)
    assert len(buttons(shown["list"])) == part.MOST and shown["count"] == "The latest 300 of 305."


def test_the_facts_say_when_what_and_which_product() -> None:
    product = ProductFacts("p", "Cream", stock=4)
    said = texts(part.facts(Happening(marker(), (("Severity", "minor"),), product), VIEW, WORDS))
    for text in ("Pin", "19:00:00 – 19:01:30", "1m 30s", "Severity\nminor", "Product\nCream", "Stock left\n4"):
        assert text in said


def test_what_still_runs_says_since_when() -> None:
    assert "Since\n19:00:00" in texts(part.facts(Happening(marker(lasts=None, still=True), (), None), VIEW, WORDS))


def test_a_violation_leads_to_its_tab_and_every_event_can_be_looked_at_closer() -> None:
    shown = part.facts(Happening(marker("violation", None), (), None), VIEW, WORDS)
    assert [link.href for link in walk(shown) if isinstance(link, html.A)] == ["/rooms/room/violations?violation=m0"]
    assert getattr(buttons(shown)[0], "data-zoom") == f"{START - part.AROUND_MS} {START + part.AROUND_MS}"


def test_a_product_leads_to_its_own_page() -> None:
    shown = part.facts(Happening(marker(), (), ProductFacts("172958 &x", "Cream")), VIEW, WORDS)
    [link] = [link.href for link in walk(shown) if isinstance(link, html.A)]
    assert link == "/rooms/room/products?product=172958+%26x"


def test_an_event_that_is_gone_says_so() -> None:
    assert "no longer" in texts(part.facts(None, VIEW, WORDS))

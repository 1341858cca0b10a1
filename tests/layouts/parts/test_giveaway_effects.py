"""What giveaways did, on screen: numbers and words, clear and not clear, and nothing where there is nothing."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from layouts.parts import giveaway_effects as part
from livedash.analysis.effects import Effect
from livedash.analysis.giveaway_effects import Compared, Comparison, OfProduct, Outcome
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import texts, walk

WORDS = Words("en", currency="USD")
VIEW = View("autumn", 1)
START = 1_795_435_200_000
MORE = Effect("product_clicks", Window(START, START + 1), "p", 598, 400.0, 0.495, 0.31, 0.72, (), None)
UNCLEAR = replace(MORE, uplift=0.04, low=-0.2, high=0.3, observed=416)
UNTOLD = replace(MORE, key="orders", expected=None, uplift=None, low=None, high=None,
                 why_not=Sentence.of("too little data to tell"))  # fmt: skip
PINNED = Marker("m1", "pin", START - 60_000, None, True, Sentence.of("Pinned: {product}", product="Mist"))
OUTCOME = Outcome(
    id="g", name="Cream", start=START, end=START + 600_000, running=False, room=(UNCLEAR, UNTOLD),
    products=(OfProduct("p", "Cream", True, (MORE, UNTOLD)), OfProduct("q", "Serum", False, (UNCLEAR, UNTOLD))),
    overlaps=(PINNED,),
)  # fmt: skip
NONE = Comparison((), ())
COMPARED = Comparison(
    (Compared("g", "Cream", START, 5.0, (MORE, UNTOLD)), Compared("h", "Serum", START, None, (UNCLEAR, UNTOLD))),
    (Sentence.of("Best went {name} at {time}: {effect}.", name="Cream", time="12:00", effect="50% more"),),
)


def show(outcome: Outcome | None = OUTCOME, compared: Comparison = NONE) -> dict[str, Any]:
    return part.show((outcome, compared), VIEW, WORDS)


def classes(built: Any, text: str) -> list[str]:
    return [
        getattr(found, "className", "") or ""
        for found in walk(built)
        if isinstance(found, Component) and getattr(found, "children", None) == text
    ]


def test_each_figure_is_told_in_numbers_and_in_words() -> None:
    shown = show()
    said = texts(shown["body"])
    assert "Given away: Cream\nProduct clicks\n598\n400\n+50%\n50% more clicks than expected" in said
    assert "The whole LIVE\nProduct clicks\n416" in said
    assert set(shown) == set(part.OUTPUTS) and shown["of"] == "g"
    assert shown["note"] == "Cream, 12:00 – 12:10"


def test_only_what_is_clear_is_coloured() -> None:
    body = show()["body"]
    assert classes(body, "+50%") == ["strong good"] and classes(body, "+4%") == ["muted"]
    fewer = replace(OUTCOME, room=(replace(MORE, uplift=-0.3, low=-0.5, high=-0.1),))
    assert classes(show(fewer)["body"], "−30%") == ["strong bad"]


def test_what_cannot_be_told_says_why() -> None:
    assert "–\n–\ntoo little data to tell" in texts(show()["body"])


def test_other_products_have_a_line_each_that_leads_to_their_page() -> None:
    body = show()["body"]
    links = [found for found in walk(body) if isinstance(found, Component) and found._type == "A"]
    assert [(link.children, link.href) for link in links] == [("Serum", "/rooms/autumn/products?product=q")]
    assert "not clear" in texts(body)


def test_what_overlaps_is_named_and_the_caution_is_said() -> None:
    said = texts(show()["body"])
    assert "At the same time or shortly before: 11:59 Pinned: Mist." in said
    assert "need not have come of it" in said
    many = replace(OUTCOME, overlaps=(PINNED,) * (part.MOST_NAMED + 3))
    assert "and 3 more." in texts(show(many)["body"])


def test_while_it_runs_that_is_said() -> None:
    assert "as far as it has come" in show(replace(OUTCOME, running=True))["note"]


def test_several_are_compared_and_one_alone_is_not() -> None:
    assert show()["alone"] is True and show()["compared"] == []
    shown = show(compared=COMPARED)
    said = texts(shown["compared"])
    assert shown["alone"] is False
    assert said.startswith("Best went Cream at 12:00: 50% more.") and "+31% to +72%" in said and "Serum" in said


def test_without_any_it_is_said_what_will_stand_here() -> None:
    shown = show(None)
    assert "Once a giveaway runs" in texts(shown["body"]) and shown["note"] is None and shown["of"] == ""

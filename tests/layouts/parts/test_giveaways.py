"""The list of giveaways: what a card says in each state, what can be done with it, and what is said without any."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from layouts.parts import giveaways as part
from livedash.analysis.deliveries import RECORDED
from livedash.analysis.giveaways import Giveaway, Giveaways
from livedash.locale import Words
from livedash.rollup.room import ProductFacts
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import texts, walk

WORDS = Words("en")
VIEW = View("autumn", 1)
START = 1_795_435_200_000
RUNNING = Giveaway(
    id="op-1", ref_id="g", state="running", start=START, end=START + 300_000, early=False, product_id="p",
    product=ProductFacts("p", "Cream", stock=20), name="Cream", prizes=3,
    how=Sentence.of("write “{keyword}” in a comment", keyword="luna"), entries=42, course=(5, 30, 7), step_ms=5000,
    winners=None, winner_names=(), by="dashboard", delivery=RECORDED,
)  # fmt: skip
ENDED = replace(RUNNING, id="e1", state="ended", winners=3, by=None, delivery=None)
PLANNED = replace(RUNNING, id="op-2", state="scheduled", entries=None, course=())


def show(
    *found: Giveaway, why: Sentence | None = None, view: View = VIEW, console: str | None = None
) -> dict[str, Any]:
    return part.show((Giveaways(found, why), console), view, WORDS)


def card(one: Giveaway, view: View = VIEW) -> Any:
    [item] = show(one, view=view)["list"].children
    return item


def buttons(built: Any) -> list[Any]:
    return [found for found in walk(built) if isinstance(found, Component) and found._type == "Button"]


def timer(built: Any) -> Any:
    return next((found for found in walk(built) if getattr(found, "role", None) == "timer"), None)


def test_a_card_says_what_is_given_away_how_one_enters_and_who_did() -> None:
    said = texts(card(RUNNING))
    for words in ("Running", "Cream", "To enter: write “luna” in a comment", "12:00 – 12:05 (5m 00s)", "42", "20",
                  "most at 12:00:05, 30 in 5s", "recorded", "dashboard"):  # fmt: skip
        assert words in said, words
    assert "Winners" not in said


def test_an_ended_one_says_who_won_or_that_nobody_told() -> None:
    assert "Winners\n3" in texts(card(ENDED))
    assert "Winners\nana, ben" in texts(card(replace(ENDED, winners=2, winner_names=("ana", "ben"))))
    assert "Winners\nnot told in the log" in texts(card(replace(ENDED, winners=None)))
    assert "ended early" in texts(card(replace(ENDED, early=True)))


def test_the_countdown_is_given_to_the_browser() -> None:
    running, planned = timer(card(RUNNING)), timer(card(PLANNED))
    assert getattr(running, "data-until") == str(START + 300_000) and getattr(running, "data-said") == "ends in {left}"
    assert getattr(planned, "data-until") == str(START) and getattr(planned, "data-said") == "starts in {left}"
    assert timer(card(ENDED)) is None and timer(card(replace(RUNNING, end=None))) is None


def test_what_can_be_done_follows_the_state() -> None:
    def done(one: Giveaway, view: View = VIEW) -> list[str]:
        return [getattr(button, "aria-label") for button in buttons(card(one, view))]

    assert done(RUNNING) == ["Play from 12:00:00: Cream", "What it did: Cream", "End: Cream"]
    assert done(ENDED) == ["Play from 12:00:00: Cream", "What it did: Cream"]
    assert done(PLANNED) == ["Call off: Cream"]
    assert done(replace(PLANNED, state="called off")) == []
    assert done(RUNNING, replace(VIEW, as_of=START + 1)) == done(ENDED), "the past is not acted on"


def test_its_product_is_a_link_to_the_products_page() -> None:
    links = [found.href for found in walk(card(RUNNING)) if isinstance(found, Component) and found._type == "A"]
    assert links == ["/rooms/autumn/products?product=p"]
    unknown = card(replace(RUNNING, product=None, name="<b>Mug</b>"))
    assert "<b>Mug</b>" in texts(unknown)
    assert not [found for found in walk(unknown) if isinstance(found, Component) and found._type == "A"]


def test_every_output_is_set_and_cards_keep_their_place_by_their_id() -> None:
    shown = show(ENDED, RUNNING)
    assert set(shown) == set(part.OUTPUTS)
    assert [item.key for item in shown["list"].children] == ["e1", "op-1"]
    assert shown["standing"] == [["e1", "ended"], ["op-1", "running"]]


def test_where_none_can_be_created_it_is_said_why() -> None:
    assert show()["create"] is False and show()["why_none"] == ""
    over = show(why=Sentence.of("This LIVE has ended."))
    assert over["create"] is True and over["why_none"] == "This LIVE has ended."
    past = show(view=replace(VIEW, as_of=START))
    assert past["create"] is True and "past" in past["why_none"]


def test_nothing_is_a_state_with_the_way_out_of_it() -> None:
    assert "Create one here" in texts(show()["list"])
    assert "stretch" in texts(show(view=replace(VIEW, window=Window(0, 1)))["list"])
    assert "giveaway_started" in texts(show(why=Sentence.of("This LIVE has ended."))["list"])


def test_of_very_many_the_latest_are_shown_and_that_is_said() -> None:
    shown = show(*(replace(ENDED, id=str(n)) for n in range(part.MOST + 7)))
    assert len(shown["list"].children) == part.MOST
    assert shown["count"] == f"The latest {part.MOST} of {part.MOST + 7}."


def test_the_console_is_one_click_away_where_one_is_set() -> None:
    assert show()["console"] is None
    assert show(console="https://seller.example/live")["console"].href == "https://seller.example/live"

"""The bar that takes a pin back, the reader's name, and what is said on air."""
from __future__ import annotations

from decimal import Decimal

from layouts.parts import pinning as part
from livedash.analysis.claims import flagged
from livedash.analysis.script import KINDS, Point, Script
from livedash.locale import Words
from livedash.words import Amount, Sentence
from tests.layouts.pages import find, walk
from tests.layouts.parts.text import text

WORDS = Words("en", "UTC", "USD")
TEN_PAST_EIGHT = 1_732_133_400_000

LISTED, OWN = Sentence.of("The price last listed."), Sentence.of("From the product's own text.")
PRICE = Point(Sentence.of("It costs {price}.", price=Amount(Decimal("24.90"), "money")), LISTED, "offer")
CURES = Point(Sentence.of("{point}", point="Cures acne"), OWN, "own", flagged("Cures acne"))


def said(*points: Point, words: Words = WORDS) -> list:
    return part.script(Script("p", "Cream", TEN_PAST_EIGHT, points), words)


def test_the_bar_waits_unseen_and_can_be_reached_by_its_name_and_its_key() -> None:
    page = part.layout(WORDS, "")
    bar, undo = find(page, part.BAR), find(page, part.UNDO)
    assert bar.hidden and bar.role == "region" and getattr(bar, "aria-label")
    assert getattr(undo, "data-left") == "Undo ({n})" and getattr(undo, "aria-keyshortcuts") == "Control+Z"
    assert find(page, part.SAID).role == "status"


def test_the_name_is_the_reader_s_own_or_none() -> None:
    assert find(part.layout(WORDS, "Ana"), part.NAME).value == "Ana"
    empty = find(part.layout(WORDS, ""), part.NAME)
    assert (empty.value, empty.placeholder, empty.maxlength) == ("", "dashboard", 60)


def test_the_script_says_each_sentence_with_what_it_is_for_and_rests_on() -> None:
    assert text(said(PRICE), "|") == "Cream|as of 20:10:00|It costs $24.90.|Offer| · |The price last listed."


def test_a_product_of_which_nothing_is_known_says_so() -> None:
    assert "Nothing is known" in text(said())


def test_a_flagged_sentence_says_why_and_what_to_say_instead_and_is_not_copied() -> None:
    shown = said(PRICE, CURES)
    assert "1 sentence holds words that platforms object to" in text(shown)
    for told in ("Medical claim", "“Cures acne” says that it heals", "Instead:", "leave illnesses out"):
        assert told in text(shown)
    copied = [text(one) for one in walk(shown) if getattr(one, "className", None) == "script-sentence"]
    assert copied == ["It costs $24.90."]


def test_every_kind_of_sentence_has_a_word() -> None:
    assert set(part.KINDS) == set(KINDS)

"""A comment mentions a product by words that no other title has together; where two could be meant, none is."""
from __future__ import annotations

import pytest

from livedash.analysis.mentions import mentions, words_of

TITLES = {
    "cream": "Luna Ceramide Barrier Cream 50ml",
    "serum": "Luna Niacinamide Serum 30ml",
    "serum-c": "Luna Vitamin C Serum 30ml",
    "wash": "Luna Green-Tea Foaming Cleanser",
    "tint-rose": "Luna Lip Tint 01 Rose",
    "tint-coral": "Luna Lip Tint 02 Coral",
    "mask": "Luna 玫瑰保湿面膜",
    "toner": "Luna 玫瑰爽肤水",
    "toy": "Bo",
}


def meant(text: str) -> set[str]:
    return {key for key in TITLES if mentions(TITLES, key)(text)}


@pytest.mark.parametrize(("text", "products"), [
    ("how much is the cream?", {"cream"}), ("does CREAMS come in 100", {"cream"}), ("ceramide one please", {"cream"}),
    ("is the niacinamide ok with acne", {"serum"}), ("vitamin c or niacinamide?", {"serum", "serum-c"}),
    ("green tea one is back?", {"wash"}), ("cleanser!!", {"wash"}), ("coral please", {"tint-coral"}),
    ("lip tint 02", {"tint-coral"}), ("rose lip tint", {"tint-rose"}), ("Luna Vitamin C Serum 30ml", {"serum-c"}),
    ("面膜多少钱", set()), ("这个保湿面膜好用吗", {"mask"}), ("爽肤水还有吗", {"toner"}),
])  # fmt: skip
def test_words_that_only_one_title_has_together_name_it(text: str, products: set[str]) -> None:
    assert meant(text) == products


@pytest.mark.parametrize("text", [
    "", "hello", "Luna!", "I love Luna", "serum?", "which serum 30ml", "lip tint", "do you have it in green",
    "a cup of tea", "50", "01 02", "30ml please", "rose", "玫瑰", "bo", "creamy", "serums and tints",
])  # fmt: skip
def test_what_several_share_or_anybody_says_names_none(text: str) -> None:
    assert meant(text) == set()


def test_a_live_of_one_product_is_named_by_any_word_of_its_title() -> None:
    alone = mentions({"p": "Ceramide cream"}, "p")
    assert alone("the cream please") and not alone("how much")


def test_a_product_without_a_title_is_never_named() -> None:
    assert not mentions({"p": ""}, "p")("p") and not mentions({}, "p")("p")


def test_titles_alike_are_named_in_whole_only() -> None:
    twins = {"a": "Ceramide cream", "b": "Ceramide cream"}
    assert mentions(twins, "a")("Ceramide cream?") and not mentions(twins, "a")("ceramide")


def test_words_are_parted_by_signs_and_in_scripts_without_by_pairs() -> None:
    assert words_of("Green-tea_wash, 50ml!") == {"green", "tea", "wash", "50ml"}
    assert words_of("glass dresses Glow") == {"glass", "dresse", "glow"}
    assert words_of("保湿面膜") == {"保湿", "湿面", "面膜"} and words_of("膜") == {"膜"}

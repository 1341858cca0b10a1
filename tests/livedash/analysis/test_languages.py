"""In which language a comment is written: said where it is certain, and never guessed."""
from __future__ import annotations

import pytest

from livedash.analysis.languages import language_of


@pytest.mark.parametrize(("text", "language"), [
    ("これいくらですか", "ja"), ("カワイイ", "ja"), ("얼마예요", "ko"), ("ราคาเท่าไหร่", "th"), ("这个多少钱", "zh"),
    ("有沒有優惠嗎", "zh"), ("Сколько это стоит?", "ru"), ("Скільки коштує?", "uk"), ("هل هذا متوفر", "ar"),
    ("có ship về Đà Nẵng không ạ", "vi"), ("πόσο κάνει", "el"), ("រាគា", "km"), ("สวย so cute", "th"),
])  # fmt: skip
def test_scripts_and_words_of_one_language_are_certain(text: str, language: str) -> None:
    assert language_of(text, None) == language


@pytest.mark.parametrize("text", [
    "how much", "magkano po", "berapa harganya", "cuánto cuesta", "", "❤️🔥", "123", "最高", "購入", "何個",
    "สวย 这个", "قیمت چنده؟", "цена", "Қанша тұрады",
])  # fmt: skip
def test_what_is_not_certain_is_not_said(text: str) -> None:
    assert language_of(text, None) is None


@pytest.mark.parametrize(("said", "language"), [
    ("en", "en"), ("EN-us", "en"), ("zh_Hans", "zh"), ("und", None), ("", None), ("?", None), ("english please", None),
])  # fmt: skip
def test_what_the_line_says_goes_first(said: str, language: str | None) -> None:
    assert language_of("lovely", said) == language


def test_where_the_line_says_nothing_of_use_the_letters_tell() -> None:
    assert language_of("これいくら", "und") == "ja"

"""A text in Latin letters is English where that is certain; what is short, mixed or of another language never is."""
from __future__ import annotations

import pytest

from livedash.analysis.english import FOREIGN, SMALL, UNMISTAKABLE, is_english
from livedash.analysis.languages import language_of


@pytest.mark.parametrize("text", [
    "How much is this one with the discount?",
    "is it ok for my skin if I have acne? thanks",
    "I\u2019ve been using it for 3 weeks and it's really good 😍",
    "you should do that before they're all gone",
    "@luna why is the blue one more than the red one",
    "when will it ship to the US, and what does shipping cost?",
    "THIS IS THE BEST THING THAT I HAVE SEEN TODAY",
    "mine came broken and they would not send me another",
    "look at https://example.org/une-page pour, does that one come with a charger",
])  # fmt: skip
def test_english_is_known_by_its_small_words(text: str) -> None:
    assert is_english(text) and language_of(text, None) == "en"


@pytest.mark.parametrize("text", [
    "", "🔥🔥🔥", "love it", "so cute", "how much", "how much please", "ok", "LUL LUL LUL LUL", "love love love it",
    "the the the the the", "123 456 789 000", "https://example.org/what-you-should-know-about-this",
    "@this @that @with @you @they", "#you #should #have #this", "my order blue large size please",
])  # fmt: skip
def test_what_is_short_or_says_little_is_not(text: str) -> None:
    assert not is_english(text) and language_of(text, None) is None


@pytest.mark.parametrize("text", [
    "berapa harganya kak, ada yang warna hitam?", "ini bagus banget, saya sudah beli dua kali",  # Indonesian
    "kak ongkir ke Surabaya berapa ya", "barangnya belum sampai sampai sekarang",
    "berapa harga yang ini, boleh pos ke Johor tak", "saya nak yang merah, ada stok lagi ke",  # Malay
    "cuánto cuesta el azul y hacen envíos a Perú", "me gusta mucho pero no tengo dinero",  # Spanish
    "quanto custa este e tem em azul?", "eu amo isso, onde posso comprar",  # Portuguese
    "combien ça coûte avec la livraison en France", "je veux le bleu mais il est trop cher",  # French
    "was kostet das mit Versand nach Wien?", "ich will die Creme in der Farbe hier bestellen",  # German
    "so war das was man will im Bad an der Wand", "alle will er haben, so was in Blau",
    "hoeveel kost het met verzending over zee", "ik had het al over de maat, is er een in het rood",  # Dutch
    "quanto costa questo, spedite in Italia?", "non mi piace per niente ma la crema sì",  # Italian
    "magkano po yung black, meron pa ba", "ang ganda naman nito, bibili ako mamaya",  # Tagalog
    "pila ni ma'am, naa pa mo stock",  # Cebuano
    "bu ne kadar ve kargo var mı", "cok guzel ama her yerde yok",  # Turkish
    "ile kosztuje i czy jest w czerwonym", "hur mycket kostar den och finns det i bla",  # Polish, Swedish
    "cai nay bao nhieu tien vay shop oi", "kitna price hai bhai delivery kab tak",  # Vietnamese, Hindi
    "mis hind sellel on ja kas need on alles",  # Estonian
])  # fmt: skip
def test_other_languages_in_latin_letters_are_not(text: str) -> None:
    assert not is_english(text) and language_of(text, None) is None


@pytest.mark.parametrize("text", [
    "how much po yung blue one, do you have that in stock", "I want this one kak, can you ship it to me",
    "the best lah, you should have this with you", "bagus banget, where did you get that and how much is it",
    "what is the price of this one por favor", "do you have that für my skin",
    "can you show 这个 one to us and tell why",
])  # fmt: skip
def test_a_text_of_two_languages_is_of_neither(text: str) -> None:
    assert not is_english(text)


def test_no_word_is_in_two_lists() -> None:
    assert not UNMISTAKABLE & SMALL and not (UNMISTAKABLE | SMALL) & FOREIGN


def test_a_huge_text_costs_no_more_than_its_beginning() -> None:
    assert is_english("you would have that one " * 1_000_000)


def test_what_the_line_says_goes_before_what_is_found() -> None:
    assert language_of("you should have this one and that one", "de") == "de"

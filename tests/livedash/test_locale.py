"""No phrase lacks a translation, and a translation has the places of its phrase."""
from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from livedash.locale import FOLDER, LANGUAGES, LOCALES, Words, messages

PLACE = re.compile(r"\{(\w*)\}")
OTHERS = [language for language in LANGUAGES if language != "en"]


def catalogue(language: str) -> Catalog:
    return messages.read(FOLDER / language / "LC_MESSAGES" / "livedash.po", LOCALES[language])


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every phrase with each of its translations."""
    for message in catalogue(language):
        phrase = message.id if isinstance(message.id, str) else message.id[-1]
        said = [message.string or ""] if isinstance(message.string, str | None) else message.string
        if phrase:
            yield from ((phrase, string) for string in said)


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_lacks_a_translation(language: str) -> None:
    translated = {str(message.id) for message in catalogue(language) if messages.is_translated(message.string)}
    lacking = {f"{phrase} ({file})" for phrase, file in messages.phrases() if str(phrase) not in translated}
    assert not lacking, "bring the catalogue up with `make messages` and translate what is new"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language: str) -> None:
    used = {str(phrase) for phrase, _ in messages.phrases()}
    assert [str(message.id) for message in catalogue(language) if message.id and str(message.id) not in used] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_phrase(language: str) -> None:
    wrong = [
        (phrase, said) for phrase, said in pairs(language) if set(PLACE.findall(phrase)) != set(PLACE.findall(said))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_marked_as_unsure(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


def test_a_phrase_is_shown_in_the_reader_s_language() -> None:
    assert Words("zh")("Key data") != "Key data"
    assert Words("en")("Key data") == "Key data"
    assert Words("tlh")("Key data") == "Key data"


def test_phrases_are_found_wherever_they_are_given() -> None:
    found = {str(phrase) for phrase, _ in messages.phrases()}
    assert {
        "Key data",
        "Direct GMV",
        "{hours}h {minutes}m",
        str(("{n} unreadable line", "{n} unreadable lines")),
    } <= found


@pytest.mark.parametrize(
    "name", ["\u202eslaiceps", "\u2069\u202eslaiceps", "\u2068\u2067slaiceps", "\u05e9\u05dc\u05d5\u05dd"]
)
def test_a_name_that_turns_the_direction_turns_nothing_after_it(name: str) -> None:
    said = Words("en")("Search {name}: {n} found", name=name, n=12)
    before, after = said.split(":")
    assert before.startswith("Search \u2068") and before.endswith("\u2069") and after == " 12 found"
    deep = 0
    for letter in said:
        deep += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        assert deep >= 0
    assert deep == 0
    assert Words("en")("Search {name}: {n} found", name="Luna", n=12) == "Search Luna: 12 found"

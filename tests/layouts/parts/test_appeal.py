"""The dialog of an appeal offers what the server takes, and names every field."""
from __future__ import annotations

from layouts.parts import appeal as part
from livedash.locale import Words
from livedash.operate import appeals, evidence
from tests.layouts.pages import find, texts, walk

SHOWN = part.layout(Words("en"))


def test_the_dialog_offers_exactly_what_the_server_takes() -> None:
    assert tuple(part.REASONS) == appeals.REASONS
    assert part.ENDINGS == evidence.ENDINGS and part.MOST_FILES == evidence.MOST_FILES
    assert part.LARGEST_MB * 1024 * 1024 == evidence.LARGEST and part.LONGEST_TEXT == appeals.LONGEST_TEXT
    assert [option["value"] for option in find(SHOWN, part.REASON).options] == list(appeals.REASONS)
    assert find(SHOWN, part.TEXT).maxLength == appeals.LONGEST_TEXT


def test_every_field_is_named() -> None:
    [label] = [one for one in walk(SHOWN) if getattr(one, "htmlFor", None) == part.TEXT]
    assert label.children == "In your own words"
    assert "What the appeal rests on" in texts(SHOWN) and "up to 5 files of 10 MB: png, jpg" in texts(SHOWN)


def test_it_begins_with_writing_and_says_no_trouble() -> None:
    assert find(SHOWN, part.PREVIEW).hidden and find(SHOWN, part.SUBMIT).hidden and find(SHOWN, part.BACK).hidden
    assert find(SHOWN, part.TROUBLE).hidden and find(SHOWN, part.TROUBLE).role == "alert"


def test_the_script_has_its_phrases_in_the_reader_s_language() -> None:
    english, chinese = (find(part.layout(Words(language)), part.PHRASES).data for language in ("en", "zh"))
    assert set(english) == set(chinese) and set(english["reasons"]) == set(part.REASONS)
    for name, phrase in english.items():
        if isinstance(phrase, str) and not phrase.startswith("{n} "):
            assert chinese[name] != phrase, name

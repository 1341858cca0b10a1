"""The recommendations card: what happened, by title, time and reason, told apart by more than a colour."""
from __future__ import annotations

import inspect
import re

import pytest

from layouts.parts import recommendations as part
from livedash.analysis import notices
from livedash.analysis.notices import Notice
from livedash.locale import Words
from livedash.view import View
from livedash.words import Sentence
from tests.layouts.pages import walk
from tests.layouts.parts.text import text

WORDS = Words("en", "Asia/Singapore")
VIEW = View("autumn", 1)
TEN_PAST_EIGHT = 1_795_435_800_000


def notice(kind: str = "violation", ts: int = TEN_PAST_EIGHT, title: str = "Violation: unverified claim") -> Notice:
    return Notice(f"{kind}-{ts}", ts, kind, "bad", Sentence.of(title), Sentence.of("“cures acne” was said on air."))


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show((notice(),), VIEW, WORDS)) == set(part.show((), VIEW, WORDS)) == set(part.OUTPUTS)


def test_a_notice_says_what_when_and_why() -> None:
    shown = text(part.show((notice(),), VIEW, WORDS)["notices"])
    assert shown == " Violation: unverified claim20:10 · “cures acne” was said on air."


def test_notices_stand_as_they_are_answered_newest_first() -> None:
    answer = (notice(ts=TEN_PAST_EIGHT + 60_000, title="Later"), notice(title="Before"))
    said = [text(item) for item in part.show(answer, VIEW, WORDS)["notices"].children]
    assert said[0].startswith(" Later20:11") and said[1].startswith(" Before20:10")


@pytest.mark.parametrize("kind", part.KINDS)
def test_a_kind_is_told_by_a_sign_with_a_name_and_not_by_colour_alone(kind: str) -> None:
    shown = part.show((notice(kind),), VIEW, WORDS)["notices"]
    [sign] = [one for one in walk(shown) if (getattr(one, "className", None) or "").startswith("sign ")]
    assert sign.role == "img" and getattr(sign, "aria-label")


def test_every_kind_that_the_analysis_tells_has_its_sign() -> None:
    told = set(re.findall(r'"((?:violation|giveaway_\w+|stock|\w+_fall))"', inspect.getsource(notices)))
    assert told == set(part.KINDS)


def test_the_page_is_told_the_times_by_which_it_counts_what_is_new() -> None:
    assert part.show((notice(ts=7), notice(ts=5)), VIEW, WORDS)["latest"] == {"room": "autumn", "times": [7, 5]}


def test_nothing_to_tell_is_said() -> None:
    shown = part.show((), VIEW, WORDS)
    assert "Nothing to act on so far" in text(shown["notices"]) and shown["latest"]["times"] == []


def test_hostile_words_are_only_words() -> None:
    shown = part.show((notice(title="<script>alert(1)</script>"),), VIEW, WORDS)["notices"]
    assert "<script>alert(1)</script>" in text(shown)

"""How a comment sounds, in the languages for which that is known."""
from __future__ import annotations

import pytest

from livedash.analysis.sentiment import assess


@pytest.mark.parametrize(("text", "kind"), [
    ("I love this serum", "positive"), ("so cute 😍", "positive"), ("not bad", "positive"), ("ordered two", "neutral"),
    ("this is a scam", "negative"), ("mine came broken, terrible", "negative"),
])  # fmt: skip
def test_english_is_judged(text: str, kind: str) -> None:
    assert assess(text, "en") == kind


@pytest.mark.parametrize(("text", "language"), [
    ("I love this", None), ("me encanta", "es"), ("太好了", "zh"), ("die Serie ist super", "de"), ("  ", "en"),
])  # fmt: skip
def test_anything_else_is_not_assessed(text: str, language: str | None) -> None:
    assert assess(text, language) is None


def test_a_huge_comment_costs_no_more_than_its_beginning() -> None:
    assert assess("love " * 1_000_000, "en") == "positive"

"""Judges whether a comment is positive, neutral or negative, for the languages in which that is known to work. Anything
else is not assessed; a judgement of a single line errs often, so figures are made of many."""
from __future__ import annotations

from functools import cache, lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

VALID_FOR = frozenset({"en"})
"""VADER (Hutto and Gilbert 2014, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text")
is a lexicon with rules for English as it is written in social media."""
CLEAR = 0.05
"""From this compound score on, on either side, VADER's authors take a text to be positive or negative."""
LONGEST = 500
KINDS = ("positive", "neutral", "negative")


def assess(text: str, language: str | None) -> str | None:
    """One of KINDS; None where the language is not one of VALID_FOR, or nothing is said."""
    if language not in VALID_FOR or not text.strip():
        return None
    return _judged(text[:LONGEST])


@lru_cache(maxsize=16_384)
def _judged(text: str) -> str:
    score = _vader().polarity_scores(text)["compound"]
    return "positive" if score >= CLEAR else "negative" if score <= -CLEAR else "neutral"


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()

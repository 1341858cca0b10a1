"""Every reason of the glossary has its remedy in every language, and is recognised however a log writes it."""
from __future__ import annotations

import pytest

from livedash.analysis.remedies import ALIASES, REMEDIES, UNKNOWN, Remedy, plain, remedy
from livedash.locale import LANGUAGES, Words

GLOSSARY = {
    "Recorded or synthetic audio": "recorded_audio",
    "still or slideshow picture": "still_picture",
    "unoriginal content": "unoriginal_content",
    "product shown is not the product pinned": "product_mismatch",
    "misleading or absolute claim": "misleading_claim",
    "medical claim": "medical_claim",
    "misleading price or false urgency": "misleading_price",
    "leading users off the platform": "off_platform",
    "gambling or lucky draw outside the tool": "gambling",
    "prohibited product": "prohibited_product",
    "counterfeit, IP or unlicensed music": "counterfeit",
    "minor safety": "minor_safety",
    "shocking content": "shocking_content",
    "no product attached": "no_product",
    "simulcast": "simulcast",
    "undisclosed synthetic media": "synthetic_media",
}
"""The reasons that METRICS.md lists, word by word."""


def test_every_reason_of_the_glossary_has_its_remedy() -> None:
    assert {reason: remedy(reason).code for reason in GLOSSARY} == GLOSSARY
    assert {known.code for known in REMEDIES} == set(GLOSSARY.values()) == set(ALIASES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [*REMEDIES, UNKNOWN], ids=lambda known: known.code)
def test_a_remedy_is_said_in_every_language(known: Remedy, language: str) -> None:
    words = Words(language)
    for phrase in (known.reason, known.now, known.later, known.appeal):
        assert phrase.strip() and words(phrase).strip()
        assert language == "en" or words(phrase) != phrase


@pytest.mark.parametrize("known", REMEDIES, ids=lambda known: known.code)
def test_a_remedy_is_known_by_its_code_and_by_each_of_its_words(known: Remedy) -> None:
    for told in (known.code, known.code.upper(), known.code.replace("_", "-"), known.reason, *ALIASES[known.code]):
        assert remedy(told) == known, told


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("unverified claim", "misleading_claim"),
        ("MISLEADING_PRICING", "misleading_price"),
        ("Your LIVE has been interrupted: pre-recorded content", "recorded_audio"),
        ("IP infringement (trademark)", "counterfeit"),
        ("涉嫌站外引流", "off_platform"),
        ("使用绝对化用语", "misleading_claim"),
        ("Traffic redirection: contact information shown", "off_platform"),
        ("AI-generated content without a label", "synthetic_media"),
    ],
)
def test_a_reason_is_recognised_in_what_a_platform_says(reason: str, code: str) -> None:
    assert remedy(reason).code == code


@pytest.mark.parametrize(
    "reason", ["", "something else", "minor", "ratchets", "<script>alert(1)</script>", "x" * 100_000, "\ud800", "手机"]
)
def test_what_is_not_known_gets_general_advice(reason: str) -> None:
    assert remedy(reason) is UNKNOWN


def test_words_are_compared_whole() -> None:
    assert remedy("aviprology") is UNKNOWN  # holds "ipr"
    assert plain("Pre-Recorded_AUDIO!") == "pre recorded audio"

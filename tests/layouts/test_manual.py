"""The manual names every figure and every event type, because it is made of their declarations."""
from __future__ import annotations

import pytest

from layouts import manual
from livedash.analysis.markers import KINDS
from livedash.analysis.metrics import METRICS
from livedash.locale import LANGUAGES, Words
from livedash.log.vocabulary import GROUPS, TYPES
from tests.layouts.pages import find, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_explained(language: str) -> None:
    words = Words(language)
    shown = texts(manual.page(GROUPS, "system", words))
    for metric in METRICS.values():
        assert words(metric.help) in shown and metric.key in shown and words(metric.formula) in shown


def test_every_event_type_is_listed_with_its_fields() -> None:
    shown = texts(manual.page(GROUPS, "system", Words("en")))
    assert [name for name in TYPES if name not in shown] == []
    assert set(manual.FIELDS) <= set(TYPES)
    assert set(manual.EVENT_GROUPS) == set(GROUPS)


def test_a_figure_is_found_by_any_of_its_words() -> None:
    words = Words("en")
    found = texts(manual.figures("ctor_sku", words))
    assert "CTOR (SKU orders)" in found and "Impressions per hour" not in found
    assert "No figure" in texts(manual.figures("xyzzy", words))


def test_the_glossary_can_be_searched() -> None:
    assert find(manual.page(GROUPS, "system", Words("en")), manual.SEARCH).type == "search"


def test_every_kind_of_sign_is_explained() -> None:
    assert {kind for kind, _ in manual.SIGNS} == set(KINDS)

"""What the address asks the Products tab for is read, and what makes no sense is left out."""
from __future__ import annotations

import pytest

from layouts.parts import product_asked as part
from livedash.analysis.metrics import DEFAULT_PRODUCT_LINE
from livedash.analysis.product_table import LOW, PINNED


def test_without_a_word_the_address_asks_for_the_whole_table() -> None:
    nothing: part.Asked = {}
    for asked in (None, nothing):
        assert part.product(asked) is None and part.filters(asked) == () and part.letters(asked) == ""


def test_the_address_names_product_metric_filters_and_letters() -> None:
    asked = {"product": "1729584332100010418", "metric": "orders", "only": "low,pinned", "find": " serum "}
    assert part.product(asked) == "1729584332100010418" and part.metric(asked) == "orders"
    assert part.filters(asked) == (PINNED, LOW) and part.letters(asked) == "serum"


@pytest.mark.parametrize("metric", ["", "viewers", "stock_left", "no such"])
def test_a_metric_that_no_product_has_over_time_is_the_usual_one(metric: str) -> None:
    assert part.metric({"metric": metric}) == DEFAULT_PRODUCT_LINE


def test_what_is_far_too_long_is_cut() -> None:
    assert len(part.product({"product": "x" * 9999}) or "") == part.LONGEST_ID
    assert len(part.letters({"find": "x" * 9999})) == part.MOST_LETTERS


def test_filters_that_nobody_knows_fall_away() -> None:
    assert part.filters({"only": "low,<script>,low"}) == (LOW,)

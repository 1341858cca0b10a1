"""What stands in the address may have been typed by anybody: what makes no sense falls away."""
from __future__ import annotations

import pytest

from layouts.parts.asked import earlier, keys, second, step
from livedash.analysis.metrics import DEFAULT_TREND


def test_the_metrics_of_the_address_are_charted_two_at_most() -> None:
    assert keys({"metrics": "views,orders"}) == ("views", "orders")
    assert keys({"metrics": "orders"}) == ("orders",)
    assert keys({"metrics": "views,orders,likes"}) == ("views", "orders")
    assert keys({"metrics": "views,views"}) == ("views",)


@pytest.mark.parametrize("asked", [None, {}, {"metrics": ""}, {"metrics": "gone,<b>"}, {"metrics": "stock_left"}])
def test_without_metrics_of_ours_the_usual_ones_are_charted(asked: dict[str, str] | None) -> None:
    assert keys(asked) == DEFAULT_TREND


def test_a_bucket_is_asked_for_in_seconds() -> None:
    assert step({"step": "60"}) == 60_000
    assert [step({"step": text}) for text in ("", "0", "-5", "9" * 9, "٦", "auto")] == [None] * 6
    assert step(None) is None


def test_what_to_compare_with_is_a_time_or_a_room() -> None:
    assert second({"second": "2026-11-23T19:00:00Z"}) == 1795460400000
    assert second({"second": "soon"}) is None is second(None)
    assert earlier({"earlier": "autumn"}) == "autumn"
    assert earlier({"earlier": ""}) is None is earlier(None)

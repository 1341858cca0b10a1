"""What feeds a metric is named as the log names it, and said to be one or all."""
from __future__ import annotations

from layouts.parts.feeds import feeds
from livedash.analysis.metrics import METRICS
from livedash.locale import Words

WORDS = Words("en")
ALL = METRICS["ctor"]
EITHER = METRICS["current_viewers"]


def test_all_are_needed_or_one_is_enough() -> None:
    assert feeds(ALL, ("order_paid", "product_click"), WORDS) == "order_paid, product_click"
    assert feeds(EITHER, ("viewers", "leave"), WORDS) == "viewers or leave"


def test_one_alone_needs_no_or() -> None:
    assert feeds(EITHER, ("viewers",), WORDS) == "viewers"
    assert feeds(ALL, (), WORDS) == ""

"""The page of one product, part by part: what is known is said, what is not known says why."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from dash import Patch, html, no_update

from layouts.parts import (
    product_course,
    product_funnel,
    product_head,
    product_history,
    product_screen,
    product_stretch,
    product_talk,
)
from layouts.parts.pinning import PRESSED
from livedash.analysis.comments import About, Remark
from livedash.analysis.funnel import Stage
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import PRODUCT_FUNNEL
from livedash.analysis.product import History, Known, OnScreen, Pin, Side
from livedash.analysis.product_table import IDLE, RunOut
from livedash.analysis.products import TOLD, Product
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import texts, walk
from tests.layouts.parts.text import text

WORDS = Words("en", "UTC", "USD")
VIEW = View("autumn", 1)
START = 1_763_838_000_000  # 19:00 UTC
CREAM = Product(
    product_id="1729584332100010418", title="<b>Cream</b>", sku_ids=("10418", "10419"), price=Decimal("24.90"),
    stock=38, image="products/a.svg", pinned_since=None, delisted=False,
    metrics={**{metric.key: None for metric in TOLD}, "orders": 3},
)  # fmt: skip
KNOWN = Known(CREAM, RunOut(IDLE), "For dry skin", START, pinnable=True)
PAGE: list[Any] = [
    product_head, product_course, product_funnel, product_screen, product_history, product_talk,
]  # fmt: skip


@pytest.mark.parametrize("part", PAGE, ids=lambda part: part.ROOT)
def test_while_the_table_is_open_a_page_is_left_as_it_is(part: Any) -> None:
    shown = part.show(None, VIEW, WORDS)
    assert set(shown) == set(part.OUTPUTS) and all(value is no_update for value in shown.values())


def test_each_part_shows_exactly_what_it_promises() -> None:
    answers = [KNOWN, TREND, STAGES, ON_SCREEN, HISTORY, ABOUT]
    for part, answer in zip(PAGE, answers, strict=True):
        assert set(part.show(answer, VIEW, WORDS)) == set(part.OUTPUTS)


# --- head


def test_the_head_says_what_is_known_of_the_product() -> None:
    shown = product_head.show(KNOWN, VIEW, WORDS)
    assert shown["title"] == "<b>Cream</b>"
    said = text(shown["body"], "|")
    for fact in ("Product ID|1729584332100010418", "SKU|10418, 10419", "Price|$24.90", "Runs out in|not selling"):
        assert fact in said
    assert len(shown["tiles"]) == len(TOLD) and "Orders|3" in text(shown["tiles"], "|")


@pytest.mark.parametrize(("since", "act"), [(None, "pin"), (START, "unpin")])
def test_what_can_be_done_is_told_to_the_same_store_as_in_the_table(since: int | None, act: str) -> None:
    known = replace(KNOWN, product=replace(CREAM, pinned_since=since))
    script, button = product_head.show(known, VIEW, WORDS)["actions"]
    assert getattr(script, "data-act") == "script"
    said = button.to_plotly_json()["props"]
    assert (said["data-act"], said["data-of"], said["data-into"]) == (act, CREAM.product_id, PRESSED)
    assert "<b>Cream</b>" in said["aria-label"]


def test_in_an_ended_live_nothing_can_be_done() -> None:
    assert product_head.show(replace(KNOWN, pinnable=False), VIEW, WORDS)["actions"] == []


def test_in_the_past_nothing_can_be_done() -> None:
    assert product_head.show(KNOWN, replace(VIEW, as_of=START), WORDS)["actions"] == []


def test_a_product_that_the_live_does_not_have_is_said_with_a_way_back() -> None:
    shown = product_head.show("172958", VIEW, WORDS)
    assert shown["title"] == "No such product" and "172958" in text(shown["body"])
    [link] = [one for one in walk(shown["body"]) if isinstance(one, html.A)]
    assert getattr(link, "data-product") == "" and not shown["tiles"]


# --- funnel


STAGES = tuple(
    Stage(key, count, rate)
    for key, count, rate in zip(PRODUCT_FUNNEL, (100, 20, 4, 5), (None, 0.2, 0.2, 1.25), strict=True)
)


def test_the_funnel_has_a_rate_between_its_stages() -> None:
    said = text(product_funnel.show(STAGES, VIEW, WORDS)["body"], "|")
    for fact in ("Product impressions|100", "20.0% click it", "20.0% put it into a cart", "125.0% order", "Orders|5"):
        assert fact in said
    assert "buys at once" in said


def test_a_stage_that_is_not_recorded_says_what_it_lacks() -> None:
    stages = (STAGES[0], STAGES[1], Stage("add_to_cart", None, None), Stage("orders", 3, 0.15))
    said = text(product_funnel.show(stages, VIEW, WORDS)["body"], "|")
    assert "Not recorded in this log: add_to_cart." in said and "buys at once" not in said


# --- trend


PINNED = Marker("m", "pin", START + 60_000, None, True, Sentence.of("Pinned: {product}", product="Cream"))
TREND = Trend(Window(START, START + 180_000), 60_000, {"product_clicks": (1.0, 4.0, None)}, (PINNED,))


def test_a_refresh_patches_the_trend_and_another_choice_draws_it_anew() -> None:
    assert isinstance(product_course.show(TREND, VIEW, WORDS)["figure"], Patch)
    assert isinstance(product_course.show(TREND, VIEW, WORDS, anew=True)["figure"], dict)


def test_the_trend_is_told_in_words_too() -> None:
    shown = product_course.show(TREND, VIEW, WORDS)
    assert shown["said"] == "Product clicks: 4/min at 19:01; highest 4/min at 19:01." and shown["empty"] == ""
    assert text(shown["marks"]) == "1 pin"


def test_a_trend_without_values_says_what_feeds_it() -> None:
    empty = product_course.show(replace(TREND, series={"product_clicks": (None, None, None)}), VIEW, WORDS)["empty"]
    assert "product_click" in empty


# --- on screen


ON_SCREEN = OnScreen(
    pinned=Side(2.0, 60, 3, Decimal(30)),
    unpinned=Side(100.0, 75, 1, Decimal(10)),
    pins=(Pin("m", START, START + 90_000, False, Side(1.5, 50, 2, Decimal(20))),
          Pin("n", START + 600_000, START + 630_000, True, Side(0.5, 10, 1, Decimal(10)))),
)  # fmt: skip


def test_minutes_on_screen_stand_beside_the_others_as_an_association() -> None:
    said = text(product_screen.show(ON_SCREEN, VIEW, WORDS)["body"], "|")
    assert "While pinned|2|30.0|1.5|$15.00" in said and "Otherwise|100|0.75|0.01|$0.10" in said
    assert "While pinned it had 30.0 clicks a minute, otherwise 0.75: 40 times as many." in said
    assert "need not have come of it" in said


def test_every_pin_plays_the_broadcast_from_its_start_the_latest_first() -> None:
    body = product_screen.show(ON_SCREEN, VIEW, WORDS)["body"]
    plays = [one for one in walk(body) if isinstance(one, html.Button)]
    assert [getattr(one, "data-ms") for one in plays] == [START + 600_000, START]
    assert "30s, goes on" in texts(body)


def test_too_little_time_is_not_compared() -> None:
    short = replace(ON_SCREEN, pinned=Side(0.5, 9, 0, Decimal(0)))
    said = text(product_screen.show(short, VIEW, WORDS)["body"], "|")
    assert "too little time" in said and "While pinned|0.5|–|–|–" in said


def test_nothing_to_divide_by_is_no_infinity() -> None:
    none = replace(ON_SCREEN, unpinned=Side(100.0, 0, 0, Decimal(0)))
    assert "otherwise none." in text(product_screen.show(none, VIEW, WORDS)["body"])


def test_a_product_never_on_screen_says_so() -> None:
    never = OnScreen(Side(0, 0, 0, Decimal(0)), ON_SCREEN.unpinned, ())
    assert "not pinned in this stretch" in text(product_screen.show(never, VIEW, WORDS)["body"])


# --- price and stock


HISTORY = History(
    prices=((START, Decimal(10)), (START + 60_000, Decimal(8))), stock=((START, 9), (START + 30_000, 4)),
    until=START + 120_000,
)  # fmt: skip


def test_price_and_stock_are_steps_that_hold_to_the_end() -> None:
    figure = product_history.show(HISTORY, VIEW, WORDS, anew=True)["figure"]
    stock, price = figure["data"]
    assert (stock["x"], stock["y"]) == ([START, START + 30_000, START + 120_000], [9.0, 4.0, 4.0])
    assert price["y"] == [10.0, 8.0, 8.0] and price["text"] == ["$10.00", "$8.00", "$8.00"]
    assert {trace["line"]["shape"] for trace in figure["data"]} == {"hv"}
    assert isinstance(product_history.show(HISTORY, VIEW, WORDS)["figure"], Patch)


def test_the_history_is_also_a_list_and_a_sentence() -> None:
    shown = product_history.show(HISTORY, VIEW, WORDS)
    assert shown["said"] == "Stock 9 at first, 4 since 19:00. The price changed once."
    assert "19:01:00|Price|$8.00|19:00:30|Stock left|4" in text(shown["list"], "|")


def test_a_product_without_price_and_stock_says_what_is_missing() -> None:
    shown = product_history.show(History((), (), START), VIEW, WORDS)
    assert shown["none"] and "product_listed" in text(shown["list"])


# --- what is said


def remark(place: int, said: str, **more: Any) -> Remark:
    return Remark(f"e{place}", START + place * 1000, "anya", said, said.endswith("?"), False, **more)


ABOUT = About(
    ((remark(0, "<script>x</script>"), True), (remark(1, "is it ok?", answered=True), False)), 2, 1, 0, 5, 5
)  # fmt: skip


def test_comments_come_latest_first_with_why_they_are_about_it() -> None:
    shown = product_talk.show(ABOUT, VIEW, WORDS)
    assert text(shown["list"], "|") == (
        "19:00:01|anya|Question, answered|is it ok?|while it was pinned|19:00:00|anya|<script>x</script>|names it"
    )
    assert shown["note"] == "2 comments" and shown["options"][1]["label"] == "Questions 1"


def test_open_questions_are_counted_and_a_long_talk_says_how_far_it_was_read() -> None:
    shown = product_talk.show(replace(ABOUT, unanswered=1, read=5000, total=9000), VIEW, WORDS)
    assert shown["note"] == "2 comments · 1 question open · among the latest 5,000"


@pytest.mark.parametrize(
    ("found", "total", "said"), [(0, 0, "No comment has come yet."), (0, 7, "names it"), (3, 7, "No question")]
)
def test_without_a_comment_it_says_why(found: int, total: int, said: str) -> None:
    assert said in text(product_talk.show(About((), found, 0, 0, total, total), VIEW, WORDS)["list"])


# --- the stretch


def test_the_times_of_the_stretch_stand_as_they_are_typed() -> None:
    live = Window(START, START + 3_600_000)
    assert product_stretch.show(live, VIEW, WORDS) == {"span": ["19:00:00", "20:00:00"]}
    part = View("autumn", 1, Window(START + 60_000, START + 120_000))
    assert product_stretch.show(live, part, WORDS) == {"span": ["19:01:00", "19:02:00"]}

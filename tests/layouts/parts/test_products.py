"""The products card: each product with its picture, its facts and its figures; what cannot be shown is not loaded."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from layouts.parts import products as part
from livedash.analysis.deliveries import Delivery
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS
from livedash.analysis.pins import Act
from livedash.analysis.products import Product
from livedash.locale import Words
from livedash.view import View
from livedash.words import Sentence
from tests.layouts.parts.text import text

WORDS = Words("en", "Asia/Singapore", "USD")
VIEW = View("autumn", 1)
TEN_PAST_EIGHT = 1_795_435_800_000
CREAM = Product(
    product_id="1729584332100010418",
    title="Ceramide barrier cream 50 ml",
    sku_ids=("10418",),
    price=Decimal("24.90"),
    stock=38,
    image="products/10418.svg",
    pinned_since=None,
    delisted=False,
    metrics={"orders": 241, "ctor": 0.077, "direct_gmv": Decimal("7171.00")},
)


def row(product: Product, pinnable: bool = True, words: Words = WORDS) -> dict[str, Any]:
    [shown] = part.show(((product,), pinnable), VIEW, words)["rows"]
    return shown


def facts(product: Product) -> str:
    return " · ".join(fact["text"] for fact in row(product)["facts"])


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(((CREAM,), True), VIEW, WORDS)) == set(part.show(((), True), VIEW, WORDS)) == set(part.OUTPUTS)


def test_a_row_is_known_by_its_product_whose_long_number_stays_a_text() -> None:
    assert row(CREAM)["id"] == "1729584332100010418"


def test_a_product_says_sku_price_and_what_is_left() -> None:
    assert facts(CREAM) == "SKU 10418 · $24.90 · 38 left"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stock": 0}, "SKU 10418 · $24.90 · sold out"),
        ({"stock": None}, "SKU 10418 · $24.90"),
        ({"price": None, "stock": None}, "SKU 10418"),
        ({"sku_ids": (), "stock": None}, "$24.90"),
        ({"sku_ids": ("10418", "10419", "10420"), "stock": None}, "SKU 10418 and 2 more · $24.90"),
        ({"pinned_since": TEN_PAST_EIGHT}, "pinned 20:10 · 38 left · $24.90 · SKU 10418"),
        ({"delisted": True}, "SKU 10418 · $24.90 · delisted"),
    ],
)
def test_facts_are_said_as_far_as_they_are_known(changes: dict[str, Any], said: str) -> None:
    assert facts(replace(CREAM, **changes)) == said


def test_a_price_is_written_as_the_reader_writes_it() -> None:
    assert row(CREAM, words=Words("zh", "UTC", "USD"))["facts"][1]["text"] == "US$24.90"


def test_a_picture_of_the_room_is_shown() -> None:
    assert row(CREAM)["image"] == "/images/autumn/products/10418.svg"


@pytest.mark.parametrize(
    "image",
    [None, "", "https://evil.example/a.png", "//evil.example/a.png", "data:image/png;base64,", "../a.png", "\\a"],
)
def test_no_other_picture_is_loaded_and_a_letter_stands_for_it(image: str | None) -> None:
    shown = row(replace(CREAM, image=image))
    assert shown["image"] is None and shown["letter"] == "C"


def test_the_letter_has_the_same_colour_at_every_visit() -> None:
    assert row(CREAM)["tone"] == row(replace(CREAM, title="Renamed"))["tone"] in range(part.TONES)
    assert len({row(replace(CREAM, product_id=str(number)))["tone"] for number in range(40)}) == part.TONES
    assert row(replace(CREAM, title="…"))["letter"] == "?"


def test_a_product_is_found_by_its_name_and_every_sku() -> None:
    found_by = row(replace(CREAM, sku_ids=("10418", "10419")))["search"]
    assert all(word in found_by for word in ("Ceramide", "10418", "10419", "1729584332100010418"))


def test_only_a_running_live_pins() -> None:
    assert row(CREAM)["pinnable"] and not row(CREAM, pinnable=False)["pinnable"]
    assert row(replace(CREAM, pinned_since=TEN_PAST_EIGHT))["pinned"] and not row(CREAM)["pinned"]


def test_without_a_product_the_card_says_what_is_missing() -> None:
    shown = part.show(((), True), VIEW, WORDS)
    assert shown["none"] and "product_listed" in text(shown["empty"])
    assert part.show(((CREAM,), True), VIEW, WORDS)["empty"] is None


def test_the_grid_is_as_high_as_its_rows_up_to_a_measure() -> None:
    heights = [part.show(((CREAM,) * count, True), VIEW, WORDS)["height"]["height"] for count in (1, 7, 70)]
    assert heights[0] != heights[1] == heights[2]


def test_the_chosen_columns_stand_in_their_order_between_product_and_actions() -> None:
    assert [column["colId"] for column in part.columns(None, WORDS)] == ["product", *DEFAULT_PRODUCT_COLUMNS, "actions"]
    chosen = part.columns(["orders", "no such metric", "ctor"], WORDS)
    assert [column["colId"] for column in chosen] == ["product", "orders", "ctor", "actions"]


def test_at_first_the_most_shown_product_stands_first() -> None:
    [first] = [column for column in part.columns(None, WORDS) if "initialSort" in column]
    assert (first["colId"], first["initialSort"]) == ("product_impressions", "desc")


def test_with_many_columns_product_and_actions_stay_in_sight() -> None:
    product, *_, actions = part.columns(sorted(part.KNOWN), WORDS)
    assert (product["pinned"], actions["pinned"]) == ("left", "right")
    usual = part.columns(None, WORDS)
    assert "pinned" not in usual[0] and usual[-1]["pinned"] == "right"


def test_only_what_a_product_has_can_be_a_column() -> None:
    assert {"orders", "stock_left", "ctor"} <= part.KNOWN and not {"viewers", "impressions", "likes"} & part.KNOWN


def acted(kind: str, state: str | None, by: str | None = "Ana", pinned: bool = True) -> str:
    """What a row says of a product that was pinned or unpinned."""
    timeout = Sentence.of("the webhook did not answer in time")
    reason = timeout if state in ("retrying", "failed") else None
    act = Act(kind, TEN_PAST_EIGHT, by, Delivery(state, 1, TEN_PAST_EIGHT, reason) if state else None)
    since = TEN_PAST_EIGHT if pinned else None
    return " · ".join(fact["text"] for fact in row(replace(CREAM, pinned_since=since, act=act))["facts"])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("recorded", "pinned 20:10 by Ana · ○ recorded"),
        ("delivered", "pinned 20:10 by Ana · ● delivered"),
        ("confirmed", "pinned 20:10 by Ana · ✓ confirmed"),
        ("retrying", "↻ delivering again: the webhook did not answer in time"),
        ("failed", "✕ failed: the webhook did not answer in time"),
        (None, "pinned 20:10 by Ana"),
    ],
)
def test_a_pin_says_who_made_it_and_whether_the_webhook_knows(state: str | None, said: str) -> None:
    assert said in acted("pin", state)


def test_a_pin_of_nobody_s_has_no_name() -> None:
    assert "pinned 20:10 · 38 left" in acted("pin", None, by=None)


def test_an_unpin_is_only_spoken_of_where_something_stands_in_its_way() -> None:
    assert "unpinning: ✕ failed" in acted("unpin", "failed", pinned=False)
    assert "unpin" not in acted("unpin", "delivered", pinned=False)


def test_a_name_from_right_to_left_turns_nothing_but_itself() -> None:
    assert "by \u2068ليلى\u2069" in acted("pin", None, by="ليلى")

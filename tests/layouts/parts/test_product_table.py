"""The table of products: every column there is, filters with their counts, and totals that say what they are of."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from dash import no_update

from layouts.parts import product_table as part
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS
from livedash.analysis.pins import Act
from livedash.analysis.product_table import FILTERS, IDLE, LASTS, OUT, Line, ProductTable, RunOut
from livedash.analysis.products import TOLD, Product
from livedash.locale import Words
from livedash.view import View
from tests.layouts.parts.text import text

WORDS = Words("en", "Asia/Singapore", "USD")
VIEW = View("autumn", 1)
TEN_PAST_EIGHT = 1_795_435_800_000
CREAM = Product(
    product_id="1729584332100010418",
    title="Ceramide cream",
    sku_ids=("10418", "10419"),
    price=Decimal("24.90"),
    stock=38,
    image=None,
    pinned_since=TEN_PAST_EIGHT,
    delisted=False,
    metrics={**{metric.key: None for metric in TOLD}, "orders": 3, "direct_gmv": Decimal("74.70")},
)
LINE = Line(CREAM, RunOut(LASTS, 1500.0), ("pinned",))
COUNTS = tuple((name, place) for place, name in enumerate(FILTERS))
TABLE = ProductTable((LINE,), COUNTS, 1, {metric.key: 7 for metric in TOLD}, True)


def shown(table: ProductTable = TABLE, keys: tuple[str, ...] = part.DEFAULT_COLUMNS) -> dict[str, Any]:
    return part.show(part.Shown(keys, table), VIEW, WORDS)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    empty = ProductTable((), COUNTS, 0, {}, True)
    assert set(shown()) == set(shown(empty)) == set(part.show(None, VIEW, WORDS)) == set(part.OUTPUTS)


def test_while_a_page_is_open_the_table_is_left_as_it_is() -> None:
    assert set(map(id, part.show(None, VIEW, WORDS).values())) == {id(no_update)}


def test_every_fact_and_every_metric_has_a_column_at_first() -> None:
    ids = [column["colId"] for column in part.columns(None, WORDS)]
    assert ids[0] == "product" and ids[-1] == "actions"
    hourly = {metric.key for metric in TOLD if metric.unit.endswith("per_hour")}
    assert set(ids[1:-1]) == {*part.FACTS, *(metric.key for metric in TOLD)} - hourly and len(set(ids)) == len(ids)
    assert hourly <= part.KNOWN_COLUMNS


def test_chosen_columns_stand_in_their_order_and_only_they_are_sent() -> None:
    keys = part.keys(["orders", part.SKU, "no such"])
    assert keys == ("orders", part.SKU)
    assert [column["colId"] for column in part.columns(["orders", part.SKU], WORDS)][1:-1] == list(keys)
    [row] = shown(keys=keys)["rows"]
    assert set(row["values"]) == set(row["written"]) == set(keys)


def test_a_row_says_sku_price_stock_and_since_when_it_is_pinned() -> None:
    [row] = shown()["rows"]
    written = row["written"]
    assert row["id"] == CREAM.product_id and row["pinned"] and row["pinnable"]
    assert written[part.SKU] == "10418 +1" and written[part.PRICE] == "$24.90"
    assert written[part.SINCE] == "20:10" and written[part.RUN_OUT] == "≈ 25 min"
    assert row["values"][part.PRICE] == 24.9 and row["values"][part.SINCE] == TEN_PAST_EIGHT


def test_a_row_says_who_pinned_the_product_and_that_it_is_gone() -> None:
    by_luna = replace(CREAM, act=Act("pin", TEN_PAST_EIGHT, "Luna", None), delisted=True)
    [row] = shown(replace(TABLE, lines=(Line(by_luna, None, ()),)))["rows"]
    assert [fact["text"] for fact in row["facts"]] == ["pinned 20:10 by Luna", "delisted"]


def test_in_the_past_nothing_can_be_pinned() -> None:
    past = part.show(part.Shown(part.DEFAULT_COLUMNS, TABLE), replace(VIEW, as_of=TEN_PAST_EIGHT), WORDS)
    assert not past["rows"][0]["pinnable"]


def test_what_is_not_known_is_a_dash_and_sorts_as_nothing() -> None:
    bare = replace(CREAM, sku_ids=(), price=None, pinned_since=None)
    [row] = shown(replace(TABLE, lines=(Line(bare, None, ()),)))["rows"]
    for key in part.FACTS:
        assert row["written"][key] == "–" and row["values"][key] is None


@pytest.mark.parametrize(
    ("lasts", "said", "value"),
    [
        (RunOut(LASTS, 20.0), "≈ 1 min", 60),
        (RunOut(LASTS, 5399.0), "≈ 90 min", 5400),
        (RunOut(LASTS, 7200.0), "≈ 2 h", 7200.0),
        (RunOut(LASTS, 900_000.0), "over 2 d", 900_000.0),
        (RunOut(IDLE), "not selling", None),
        (RunOut(OUT), "all sold since", 0),
        (None, "–", None),
    ],
)
def test_stock_runs_out_in_a_time_as_rough_as_it_is_known(lasts: RunOut | None, said: str, value: float | None) -> None:
    [row] = shown(replace(TABLE, lines=(Line(CREAM, lasts, ()),)))["rows"]
    assert (row["written"][part.RUN_OUT], row["values"][part.RUN_OUT]) == (said, value)


def test_a_stock_that_was_told_to_be_nothing_is_sold_out() -> None:
    gone = replace(CREAM, stock=0)
    [row] = shown(replace(TABLE, lines=(Line(gone, RunOut(OUT), ()),)))["rows"]
    assert row["written"][part.RUN_OUT] == "sold out"


def test_totals_stand_below_and_say_of_what_they_are() -> None:
    totals = shown()["totals"]
    assert totals["title"] == "Total of all 1" and totals["written"]["orders"] == "7"
    assert all(totals["written"][key] == "" for key in part.FACTS)
    assert shown(replace(TABLE, all=9))["totals"]["title"] == "Total of the 1 shown"


def test_filters_say_how_many_they_let_through() -> None:
    chips = shown()["chips"]
    assert [chip["value"] for chip in chips] == list(FILTERS)
    assert [text(chip["label"]) for chip in chips] == [
        "Pinned0", "Sold in this stretch1", "Low stock2", "No clicks3",
    ]  # fmt: skip


def test_the_count_says_how_many_of_how_many_are_shown() -> None:
    assert shown()["count"] == "1 product"
    assert shown(replace(TABLE, all=1200))["count"] == "1 of 1,200 products"


def test_an_empty_table_says_why() -> None:
    filtered = shown(replace(TABLE, lines=()))
    assert filtered["none"] and filtered["totals"] is None and "Take a filter away" in text(filtered["empty"])
    nothing = shown(replace(TABLE, lines=(), all=0))
    assert "product_listed" in text(nothing["empty"]) and nothing["count"] == ""


def test_the_table_is_as_high_as_its_rows_up_to_a_measure() -> None:
    heights = [shown(replace(TABLE, lines=(LINE,) * count))["height"]["height"] for count in (1, 12, 1000)]
    assert heights[0] != heights[1] == heights[2]


def test_what_is_looked_at_most_comes_first() -> None:
    first = part.DEFAULT_COLUMNS[: len(part.FACTS) + 1 + len(DEFAULT_PRODUCT_COLUMNS)]
    assert set(DEFAULT_PRODUCT_COLUMNS) <= set(first)

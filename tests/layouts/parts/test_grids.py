"""A grid knows the registry's figures: numbers to sort by, words to read, and heads as wide as their words."""
from __future__ import annotations

import re
from decimal import Decimal

from layouts.parts import grids
from livedash.analysis.metrics import METRICS
from livedash.locale import Words
from tests.house.trees import ROOT

WORDS = Words("en", "UTC", "USD")
SCRIPT = (ROOT / "assets" / "grids.js").read_text("utf-8")


def functions_named(value: object) -> set[str]:
    """Every function of the browser that a grid names."""
    if isinstance(value, dict):
        own = re.findall(r"^\w+", value["function"]) if isinstance(value.get("function"), str) else []
        return set(own).union(*map(functions_named, value.values()))
    if isinstance(value, list):
        return set().union(*map(functions_named, value))
    return set()


def test_a_row_has_numbers_to_sort_by_and_words_to_read() -> None:
    row = grids.figures({"direct_gmv": Decimal("7171.40"), "ctor": 0.052, "orders": None}, WORDS)
    assert row["values"] == {"direct_gmv": 7171.4, "ctor": 0.052, "orders": None}
    assert row["written"] == {"direct_gmv": "$7,171", "ctor": "5.2%", "orders": "–"}


def test_a_column_is_called_and_explained_by_the_registry() -> None:
    metric = METRICS["orders"]
    column = grids.figure_column(metric, WORDS)
    assert (column["headerName"], column["headerTooltip"]) == (metric.label, metric.help)
    assert column["field"] == f"values.{metric.key}" and column["colId"] == metric.key


def test_a_head_is_as_wide_as_its_longest_word() -> None:
    narrow, wide = (grids.figure_column(METRICS[key], WORDS)["minWidth"] for key in ("ctor", "product_impressions"))
    assert narrow == grids.LEAST_WIDTH < len("impressions") * grids.LATIN_WIDTH < wide


def test_an_amount_has_the_room_that_its_currency_takes() -> None:
    readers = (("en", "USD"), ("zh", "USD"), ("en", "IDR"))
    dollar, us_dollar, rupiah = (
        grids.figure_column(METRICS["direct_gmv"], Words(language, "UTC", currency))["minWidth"]
        for language, currency in readers
    )
    assert dollar < us_dollar < rupiah


def test_a_head_of_ideographs_is_parted_over_two_lines() -> None:
    labels = ("成交件数与点击数", "成交件数（CTOR）")
    eight, with_latin = (grids.number_column("a", label, "")["minWidth"] for label in labels)
    assert eight == 4 * grids.WIDE_WIDTH + 14 and with_latin < eight * 1.3


def test_every_function_that_a_grid_names_is_there() -> None:
    built = grids.grid("a-grid", [grids.figure_column(METRICS["orders"], WORDS)], WORDS, row_height=30)
    named = functions_named([built.columnDefs, built.defaultColDef, built.dashGridOptions])
    assert {"written", "emptyLast", "buttonKeys", "gridTheme"} <= named
    assert [name for name in named if not re.search(rf"\b{name}: ", SCRIPT)] == []


def test_a_grid_runs_no_code_of_its_data_and_speaks_the_readers_language() -> None:
    built = grids.grid("a-grid", [], Words("zh"), row_height=30)
    assert not getattr(built, "dangerously_allow_code", False)
    english, chinese = grids.grid_locale(WORDS), built.dashGridOptions["localeText"]
    assert english.keys() == chinese.keys() and all(english[key] != chinese[key] for key in english)


def test_a_number_to_sort_by_has_no_more_digits_than_that_takes() -> None:
    assert [grids.short(value) for value in (Decimal("2414.70"), 1 / 3, 4382.0, 0)] == [2414.7, 0.333333, 4382, 0]
    assert isinstance(grids.short(4382.0), int) and grids.short(1_234_567.89) < grids.short(1_234_567.9)

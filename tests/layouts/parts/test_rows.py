"""The table has a row for each bucket, as values to sort by and as words to read."""
from __future__ import annotations

from decimal import Decimal

from layouts.parts import rows as part
from layouts.parts.rows import Sheet
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.rows import Row
from livedash.locale import Words
from livedash.view import View, Window

START = 1_763_838_000_000  # 19:00 UTC
MINUTE = 60_000
WORDS = Words("en", "UTC", "USD")
VIEW = View("room", 1)
GMV, VIEWERS = DEFAULT_TREND


def row(minute: int, *values: object) -> Row:
    return Row(START + minute * MINUTE, START + (minute + 1) * MINUTE, 60.0, values)  # type: ignore[arg-type]


def test_a_row_says_when_it_begins_and_its_figures() -> None:
    shown = part.show(Sheet(DEFAULT_TREND, MINUTE, (row(0, Decimal("12.5"), 7), row(1, None, 8)), 2), VIEW, WORDS)
    assert set(shown) == set(part.OUTPUTS)
    first, second = shown["rows"]
    assert first["id"] == str(START)
    assert first["values"] == {GMV: 12.5, VIEWERS: 7.0, "at": START}
    assert first["written"] == {GMV: "$12.50", VIEWERS: "7", "at": "19:00:00"}
    assert second["values"][GMV] is None and second["written"][GMV] == "–"


def test_the_bucket_is_named_and_what_is_left_out() -> None:
    note = part.show(Sheet((VIEWERS,), 300_000, (row(0, 7),), 5000), VIEW, WORDS)["note"]
    assert note == "the figures of each 5 min · The latest 1 of 5,000."


def test_over_midnight_rows_name_their_day() -> None:
    words = Words("en", "UTC", "USD", Window(START, START + 601 * MINUTE))
    shown = part.show(Sheet((VIEWERS,), MINUTE, (row(0, 7), row(600, 8)), 2), VIEW, words)
    assert [row["written"]["at"] for row in shown["rows"]] == ["Nov 22 19:00:00", "Nov 23 05:00:00"]


def test_the_columns_are_the_time_and_the_charted_metrics() -> None:
    assert [column["colId"] for column in part.columns(("orders", "views"), WORDS)] == ["at", "orders", "views"]

"""What is downloaded, opened again: the figures are those of the screen, and nothing in it is a formula."""
from __future__ import annotations

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from livedash.analysis.facts import RoomFacts
from livedash.analysis.markers import KINDS
from livedash.analysis.metrics import METRICS
from livedash.analysis.product_table import ProductTable, table
from livedash.analysis.products import TOLD as PRODUCT_METRICS
from livedash.analysis.rows import TOLD, Table, rows
from livedash.export import (
    KIND_NAMES,
    Job,
    Stopped,
    file_name,
    write_csv,
    write_markers_csv,
    write_products_csv,
    write_products_xlsx,
    write_xlsx,
)  # fmt: skip
from livedash.locale import Words
from livedash.rollup.fold import Rollup
from livedash.view import Window
from tests.livedash.build import (
    START,
    Event,
    at,
    clicks,
    ended,
    enter,
    event,
    likes,
    lists,
    live,
    order,
    pin,
    refund,
    rollup,
    unpin,
    viewers,
)  # fmt: skip

MINUTE = 60_000
LONG_ID = "1729384756019283746"
ZONE = "Asia/Kuala_Lumpur"
WORDS = Words("en", ZONE, "USD")
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", '=HYPERLINK("#A1","x")']


def a_live(*more: Event, over: bool = True) -> Rollup:
    return live(
        at(1, lists(LONG_ID, title="Serum", price="10", stock=9)), at(2, pin(LONG_ID)),
        *(at(5 * n, enter(f"u{n}")) for n in range(60)), *(at(7 * n, clicks(f"u{n}")) for n in range(40)),
        at(61, order("a", "19.99", order_id="o1")), at(62, order("b", "0.0001", order_id="o2")),
        at(130, order("b", "7.5", order_id="o3", quantity=3)), at(140, refund("o3", "40")), at(150, likes("a", 12)),
        at(30, viewers(5)), at(90, viewers(8)), at(200, unpin()), *more, *([at(305, ended())] if over else []),
        timezone=ZONE,
    )  # fmt: skip


def csv_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def written(tmp_path: Path, room: Rollup, keys: tuple[str, ...] = TOLD) -> tuple[Path, Path, Table]:
    table = rows(room, None, keys, MINUTE)
    write_csv(tmp_path / "a.csv", room, table, WORDS)
    write_xlsx(tmp_path / "a.xlsx", room, table, WORDS, START)
    return tmp_path / "a.csv", tmp_path / "a.xlsx", table


def test_columns_of_counts_and_money_add_up_to_the_figures_of_the_window(tmp_path: Path) -> None:
    room = a_live()
    sums = ("direct_gmv", "net_gmv", "items_sold", "orders", "views", "product_clicks", "likes")
    paper, sheet, _ = written(tmp_path, room, sums)
    facts = RoomFacts(room, None)
    by_pandas, by_openpyxl = pd.read_csv(paper, dtype=str), sheets(sheet)["Trend"]
    for place, key in enumerate(sums, 3):
        value = METRICS[key].compute(facts)[0]
        assert value and sum(map(Decimal, by_pandas.iloc[:, place].dropna())) == value, key
        assert sum(row[place] or 0 for row in by_openpyxl[1:]) == pytest.approx(float(value)), key
        assert by_pandas.iloc[:, place].notna().sum() == 6


def test_every_cell_is_the_figure_of_its_bucket(tmp_path: Path) -> None:
    room = a_live()
    paper, sheet, table = written(tmp_path, room)
    by_pandas: list[Any] = pd.read_csv(paper).astype(object).replace({np.nan: None}).to_numpy().tolist()
    by_openpyxl = sheets(sheet)["Trend"][1:]
    assert len(by_pandas) == len(table) == len(by_openpyxl) == 6
    for place, row in enumerate(table):
        for column, value in enumerate(row.values, 3):
            for found in (by_pandas[place][column], by_openpyxl[place][column]):
                assert found == (None if value is None else pytest.approx(float(value), rel=1e-12))


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_times_are_in_the_rooms_zone_and_in_utc(tmp_path: Path) -> None:
    paper, sheet, _ = written(tmp_path, a_live(), ("views",))
    assert csv_of(paper)[0] == ["Time (Asia/Kuala_Lumpur)", "Time (UTC)", "Seconds recorded", "Views"]
    assert csv_of(paper)[2][:3] == ["2024-11-21 03:01:00", "2024-11-20 19:01:00", "60"]
    assert sheets(sheet)["Trend"][2][:3] == (datetime(2024, 11, 21, 3, 1), datetime(2024, 11, 20, 19, 1), 60)


def test_the_hour_that_comes_twice_is_told_apart_by_utc(tmp_path: Path) -> None:
    start = round(datetime(2026, 10, 25, tzinfo=UTC).timestamp() * 1000)  # Berlin's clocks go back at 01:00 UTC
    room = rollup({"type": "live_started", "timezone": "Europe/Berlin", "ts": start}, {**enter("a"), "ts": start})
    table = rows(room, Window(start, start + 4 * 3_600_000), ("views",), 3_600_000)
    write_csv(tmp_path / "a.csv", room, table, Words("en", "Europe/Berlin"))
    clock = [row[:2] for row in csv_of(tmp_path / "a.csv")[1:]]
    assert [local[11:16] for local, _ in clock] == ["02:00", "02:00", "03:00", "04:00"]
    assert [utc[11:16] for _, utc in clock] == ["00:00", "01:00", "02:00", "03:00"]


def test_heads_are_in_the_readers_language_and_name_the_unit(tmp_path: Path) -> None:
    room = a_live()
    table = rows(room, None, ("direct_gmv", "ctor", "orders"), MINUTE)
    write_csv(tmp_path / "a.csv", room, table, WORDS)
    assert csv_of(tmp_path / "a.csv")[0][3:] == ["Direct GMV (USD)", "CTOR (share)", "Orders"]
    write_csv(tmp_path / "zh.csv", room, table, Words("zh", ZONE, "USD"))
    assert "订单" in csv_of(tmp_path / "zh.csv")[0][5]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    room = a_live(at(100, event("violation", reason=text, ref_id=text)), at(101, event("host_changed", host=text)))
    table = rows(room, None, ("views",), MINUTE)
    write_markers_csv(tmp_path / "m.csv", room, table, WORDS)
    cells = [cell for row in csv_of(tmp_path / "m.csv") for cell in row]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))] == []
    write_xlsx(tmp_path / "a.xlsx", room, table, WORDS, START)
    found = [cell for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx") for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found} <= {"s", "n", "d", "inlineStr"}
    assert not any(cell.hyperlink for cell in found)


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    paper, sheet, _ = written(tmp_path, a_live(), ("net_gmv",))
    assert [row[3] for row in csv_of(paper)[1:]] == ["0", "19.9901", "-17.5", "0", "0", "0"]
    assert sheets(sheet)["Trend"][3][3] == -17.5


def test_ids_of_nineteen_digits_survive(tmp_path: Path) -> None:
    room = a_live()
    table = rows(room, None, ("views",), MINUTE)
    write_markers_csv(tmp_path / "m.csv", room, table, WORDS)
    assert csv_of(tmp_path / "m.csv")[1][6] == LONG_ID
    assert pd.read_csv(tmp_path / "m.csv", dtype=str)["Product"].iloc[0] == LONG_ID
    write_xlsx(tmp_path / "a.xlsx", room, table, WORDS, START)
    assert sheets(tmp_path / "a.xlsx")["Markers"][1][6] == LONG_ID


def test_markers_stand_on_their_own_sheet(tmp_path: Path) -> None:
    room = a_live(over=False)
    written(tmp_path, room, ("views",))
    heads, first = sheets(tmp_path / "a.xlsx")["Markers"][:2]
    assert heads[4:] == ("Kind", "What", "Product", "Reference", "State")
    assert first[1:6] == (
        datetime(2024, 11, 20, 19, 0, 2), datetime(2024, 11, 21, 3, 3, 20), datetime(2024, 11, 20, 19, 3, 20),
        "Pin", "Pinned: Serum",
    )  # fmt: skip


def test_what_still_runs_says_so(tmp_path: Path) -> None:
    room = live(at(1, pin("p")), at(60, enter("a")))
    write_markers_csv(tmp_path / "m.csv", room, rows(room, None, ("views",), MINUTE), WORDS)
    assert csv_of(tmp_path / "m.csv")[1][-1] == "still running"


def test_a_running_live_is_stamped_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: START / 1000 + 400)
    for room, stamp, said in (
        (a_live(over=False), "-so-far", "So far: the LIVE is still running."), (a_live(), "", "Ended"),
    ):  # fmt: skip
        written(tmp_path, room, ("views",))
        assert dict(row[:2] for row in sheets(tmp_path / "a.xlsx")["About"])["State"] == said
        assert file_name(room, "trend", "xlsx", START) == f"room-trend{stamp}-20241120T190000Z.xlsx"


def test_what_is_missing_is_an_empty_cell_and_is_said(tmp_path: Path) -> None:
    paper, sheet, _ = written(tmp_path, a_live(), ("impressions", "views"))
    assert {row[3] for row in csv_of(paper)[1:]} == {""}
    assert ("Impressions", "No value: the log has no impression.") in sheets(sheet)["About"]


def test_a_gap_is_empty_and_what_reached_the_log_another_way_is_not(tmp_path: Path) -> None:
    gap = {**event("recording_gap"), "from": START + 60_000, "to": START + 180_000}
    room = live(at(10, enter("a")), at(70, order("b", 5)), at(180, gap), at(200, enter("c")), at(240, ended()))
    paper, _, _ = written(tmp_path, room, ("views", "direct_gmv"))
    assert [row[2:] for row in csv_of(paper)[1:]] == [["60", "1", "0"], ["0", "", "5"], ["0", "", ""], ["60", "1", "0"]]


def test_progress_is_told_and_a_stop_leaves_nothing(tmp_path: Path) -> None:
    room = live(at(1, enter("a")), at(4 * 3600, ended()))
    table, told = rows(room, None, ("views",), 10_000), list[tuple[int, int]]()
    write_csv(tmp_path / "a.csv", room, table, WORDS, Job(lambda done, total: told.append((done, total))))
    assert told[0] == (0, 1440) and told[-1] == (1440, 1440) and len(told) == 9
    for write in (
        lambda job: write_csv(tmp_path / "b.csv", room, table, WORDS, job),
        lambda job: write_xlsx(tmp_path / "b.xlsx", room, table, WORDS, START, job),
    ):
        with pytest.raises(Stopped):
            write(Job(stop=iter([False, True]).__next__))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv"]


def test_csv_begins_with_the_mark_that_excel_looks_for(tmp_path: Path) -> None:
    paper, _, _ = written(tmp_path, a_live(), ("views",))
    assert paper.read_bytes().startswith(b"\xef\xbb\xbfTime")


def test_every_kind_of_marker_has_a_name() -> None:
    assert set(KIND_NAMES) == set(KINDS)


# --- products

def some_products() -> ProductTable:
    return table(SOME_PRODUCTS, None)


SOME_PRODUCTS = live(
    at(1, lists(LONG_ID, title="Serum", price="10.50", stock=90)),
    *(at(2, lists(f"p{place}", title=title)) for place, title in enumerate(HOSTILE)),
    at(3, pin(LONG_ID)), at(4, clicks("u", LONG_ID)), at(4, clicks("u", "p0")),
    at(5, order("u", "10.50", LONG_ID, order_id="o1", sku_id="1234567890123456789")),
    at(5, order("u", "0.10", "p0", order_id="o1", quantity=3)), at(70, enter("u")),
    timezone=ZONE,
)  # fmt: skip


def test_products_as_csv_are_the_figures_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    write_products_csv(path, SOME_PRODUCTS, some_products(), WORDS)
    read = pd.read_csv(path, dtype=str, encoding="utf-8-sig").set_index("Product ID")
    lines = {line.product.product_id: line.product for line in some_products().lines}
    assert len(read) == len(lines)
    serum = read.loc[LONG_ID]
    assert serum["Title"] == "Serum" and serum["SKU"] == "1234567890123456789" and serum["Price (USD)"] == "10.5"
    assert serum[f"Pinned since ({ZONE})"] == f"{WORDS.moment(START + 3000):%Y-%m-%d %H:%M:%S}"
    for metric in PRODUCT_METRICS:
        [head] = [name for name in read.columns if name == metric.label or name.startswith(f"{metric.label} (")][:1]
        value = lines[LONG_ID].metrics[metric.key]
        wrote: float | None = None if pd.isna(serum[head]) else float(str(serum[head]))
        assert wrote == (None if value is None else pytest.approx(float(value)))


def test_no_title_of_a_product_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    write_products_csv(path, SOME_PRODUCTS, some_products(), WORDS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        titles = [line[1] for line in csv.reader(file)][1:]
    assert len(titles) == 1 + len(HOSTILE)
    assert all(title == "Serum" or title.startswith("'") for title in titles)
    path = tmp_path / "products.xlsx"
    write_products_xlsx(path, SOME_PRODUCTS, some_products(), None, WORDS, START)
    sheet = openpyxl.load_workbook(path)["Products"]
    cells = [cell for row in sheet.iter_rows(min_row=2, max_col=3) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_products_as_xlsx_have_totals_apart(tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    write_products_xlsx(path, SOME_PRODUCTS, some_products(), None, WORDS, START)
    read = pd.read_excel(path, sheet_name="Products", dtype={"Product ID": str, "SKU": str}).set_index("Product ID")
    assert list(read.index) == [line.product.product_id for line in some_products().lines]
    assert read.loc[LONG_ID]["SKU"] == "1234567890123456789"
    assert read["Direct GMV (USD)"].sum() == pytest.approx(10.8) and read["Orders"].sum() == 2
    totals: dict[str, Any] = dict(pd.read_excel(path, sheet_name="Totals").itertuples(index=False))
    assert totals["Orders"] == 1 and totals["Customers"] == 1
    assert totals["Direct GMV (USD)"] == pytest.approx(10.8)
    about: dict[str, Any] = dict(pd.read_excel(path, sheet_name="About", dtype=str).itertuples(index=False))
    assert about["Products"] == str(1 + len(HOSTILE)) and about["State"] == "Ended"


def test_a_filtered_file_says_of_what_its_totals_are(tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    write_products_xlsx(path, SOME_PRODUCTS, table(SOME_PRODUCTS, None, text="serum"), None, WORDS, START)
    book = openpyxl.load_workbook(path)
    assert book["Totals"]["B1"].value == "Total of the 1 shown"
    assert book["Products"].max_row == 2


def test_products_are_headed_in_the_readers_language(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    write_products_csv(path, SOME_PRODUCTS, some_products(), Words("zh", ZONE, "USD"))
    assert "商品 ID" in path.read_text("utf-8-sig").splitlines()[0]

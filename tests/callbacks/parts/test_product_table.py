"""The wiring of the products' table asks for what the address says, and writes what is seen to files."""
from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest

from callbacks.parts import product_head, product_stretch, product_talk
from callbacks.parts import product_table as wiring
from callbacks.parts.product_asked import nothing
from callbacks.products import PARTS
from layouts.parts import product_table as part
from layouts.parts import product_talk as talk
from layouts.parts.chooser import chosen_id
from layouts.parts.product_asked import ASKED
from livedash.analysis.product_table import LOW
from livedash.view import View, Window
from tests.callbacks.conftest import House
from tests.livedash.build import START, at, lists, live

ROOM = live(at(1, lists("p", title="Cream", stock=3)), at(2, lists("q", title="Serum")))
NOW = round(time.time() * 1000) - 60_000


def test_what_the_address_and_the_chooser_say_is_asked_of_the_analysis() -> None:
    asked = {"only": "low", "find": "cream"}
    assert wiring.question(asked, ["orders"]) == (wiring.shown, ("orders",), (LOW,), "cream")
    told = wiring.shown(ROOM, None, ("orders",), (LOW,), "cream")
    assert told.keys == ("orders",) and [line.product.title for line in told.table.lines] == ["Cream"]
    sources = {name: source.component_id for name, source in wiring.CHOICES.items()}
    assert sources == {"asked": ASKED, "columns": chosen_id(part.ROOT)}


def test_the_table_and_a_page_are_never_both_asked_for() -> None:
    for name, module in PARTS.items():
        choices = dict.fromkeys(module.CHOICES)
        if name == "stretch":
            continue
        for asked in ({}, {"product": "p"}):
            question = module.question(**(choices | {"asked": asked}))
            assert (question == (nothing,)) is ((name == "table") is bool(asked))


def test_nothing_is_an_answer() -> None:
    assert nothing(ROOM, None) is None  # type: ignore[func-returns-value]


def test_an_unknown_product_is_answered_by_its_id() -> None:
    question, *given = product_head.question({"product": "nobody"})
    assert question(ROOM, None, *given) == "nobody"
    assert product_head.known_or_id(ROOM, None, "p").product.title == "Cream"  # type: ignore[union-attr]


def test_only_questions_are_asked_for_where_they_are_chosen() -> None:
    assert [product_talk.question({"product": "p"}, which)[2] for which in (talk.ALL, talk.QUESTIONS)] == [False, True]


def test_the_stretch_is_told_of_the_whole_live() -> None:
    [question] = product_stretch.question()
    assert question(ROOM, Window(START, START + 1)).start == START
    assert question(live(), None).start == START


@pytest.fixture
def view(house: House) -> View:
    house.write(
        "autumn",
        {"ts": NOW, "type": "live_started", "currency": "USD", "timezone": "Asia/Singapore"},
        {"ts": NOW, "type": "product_listed", "product_id": "1729584332100010418", "title": "=Cream", "price": "5"},
        {"ts": NOW, "type": "product_listed", "product_id": "q", "title": "Serum", "price": "6"},
        {"ts": NOW + 1, "type": "order_paid", "user_id": "u", "order_id": "o", "product_id": "1729584332100010418",
         "price": "5"},
        {"ts": NOW + 1, "type": "order_paid", "user_id": "u", "order_id": "o", "product_id": "q", "price": "6"},
    )  # fmt: skip
    return View("autumn", house.rooms.revision("autumn"))


def file_of(house: House, address: str) -> Path:
    token, name = address.split("/")[-2:]
    return house.rooms.cache_dir / "exports" / token / name


def test_a_file_holds_what_the_table_shows(house: House, view: View) -> None:
    book = openpyxl.load_workbook(file_of(house, wiring.written(house.rooms, view, None, "xlsx")))
    sheet = book["Products"]
    assert sorted(str(row[0].value) for row in sheet.iter_rows(min_row=2)) == ["1729584332100010418", "q"]
    totals = {row[0].value: row[1].value for row in book["Totals"].iter_rows()}
    assert totals["Orders"] == 1 and totals["Direct GMV (USD)"] == 11
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["State"].startswith("So far")


def test_a_filtered_table_is_a_filtered_file(house: House, view: View) -> None:
    path = file_of(house, wiring.written(house.rooms, view, {"find": "serum"}, "csv"))
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[1].startswith("q,Serum") and "so-far" in path.name


def test_a_file_is_given_out_by_its_address(house: House, view: View) -> None:
    answer = house.client.get(wiring.written(house.rooms, view, None, "csv"))
    assert answer.status_code == 200 and "'=Cream" in answer.get_data(as_text=True)

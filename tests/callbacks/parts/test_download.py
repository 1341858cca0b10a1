"""What is downloaded is what the chart shows, for the metrics asked for, stamped while the LIVE runs."""
from __future__ import annotations

import copy
import csv
import io
import time

import pytest

from callbacks.parts import download as wiring
from layouts.parts import download as part
from livedash.view import View, Window
from tests.callbacks.conftest import House

MINUTE = 60_000
START = round(time.time() / 60) * MINUTE - 10 * MINUTE
ASKED = {"metrics": "views", "step": "60"}


@pytest.fixture
def view(house: House) -> View:
    house.write("room", {"ts": START, "type": "live_started", "currency": "USD", "timezone": "Asia/Singapore"},
                *({"ts": START + 10_000 * i, "type": "view", "user_id": f"u{i}"} for i in range(30)))  # fmt: skip
    return View("room", house.rooms.revision("room"))


def table(house: House, view: View, kind: str, which: str = part.CHARTED) -> list[list[str]]:
    told: list[tuple[int, int]] = []
    address, _ = wiring.written(house.rooms, view, ASKED, which, kind, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    return list(csv.reader(io.StringIO(house.client.get(address).data.decode("utf-8-sig"))))


def test_the_rows_are_those_of_the_stretch_in_the_buckets_of_the_chart(house: House, view: View) -> None:
    part_of_it = View("room", view.revision, Window(START + MINUTE, START + 3 * MINUTE))
    head, *rows = table(house, part_of_it, part.CSV)
    assert len(head) == 4 and [row[-1] for row in rows] == ["6", "6"]


def test_every_metric_may_be_asked_for(house: House, view: View) -> None:
    assert len(table(house, view, part.CSV, part.EVERY)[0]) == 3 + len(wiring.TOLD)


def test_a_running_live_is_stamped_so_far(house: House, view: View) -> None:
    address, said = wiring.written(house.rooms, view, ASKED, part.CHARTED, part.XLSX, lambda done, total: None)
    assert "-so-far-" in address and address.endswith(".xlsx") and "so far" in said
    assert house.client.get(address).data[:2] == b"PK"


def test_markers_are_a_file_of_their_own(house: House, view: View) -> None:
    house.write("room", {"ts": START + 5000, "type": "pin", "product_id": "p"})
    now = View("room", house.rooms.revision("room"))
    assert len(table(house, now, part.MARKERS)) == 2


def test_the_process_has_rooms_of_its_own(house: House, view: View) -> None:
    with house.rooms.reading("room") as rollup, copy.deepcopy(house.rooms).reading("room") as other:
        assert other is not rollup and other.revision == rollup.revision


def test_progress_is_told_no_more_often_than_a_page_asks() -> None:
    said: list[list[str]] = []
    tell = wiring.told_seldom(said.append)
    for done in range(1, 1001):
        tell(done, 1000)
    assert said[-1] == ["1000", "1000"] and len(said) < 50

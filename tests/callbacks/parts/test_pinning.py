"""The wiring of pinning: what is pressed becomes lines of the room's log, can be taken back, or a sentence says why
not."""
from __future__ import annotations

import errno
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from callbacks.parts import pinning as wiring
from livedash.operate import journal
from livedash.problems import Problem
from livedash.rollup import from_folder
from livedash.view import View
from tests.callbacks.conftest import House
from tests.layouts.parts.text import text

START = round(time.time() * 1000) - 60_000
"""A minute ago: a LIVE that has been silent for hours counts as ended."""
LISTED = (
    {"ts": START, "type": "live_started", "title": "Autumn drop", "currency": "USD"},
    {"ts": START, "type": "product_listed", "product_id": "cream", "title": "Cream", "text": "For dry skin"},
    {"ts": START, "type": "product_listed", "product_id": "serum", "title": "Serum"},
)
ENDED = {"ts": START + 1, "type": "live_ended"}


def rollup(tmp_path: Path, *lines: dict[str, Any]) -> Any:
    room = tmp_path / "autumn"
    room.mkdir(exist_ok=True)
    written = [json.dumps({"event_id": f"e{number}", **line}) for number, line in enumerate(lines)]
    (room / "events.ndjson").write_text("\n".join(written) + "\n")
    return from_folder(room)


def view(house: House) -> View:
    return View("autumn", house.rooms.revision("autumn"))


def press(house: House, act: str, product: str, name: str | None = None, seen: View | None = None) -> dict[str, Any]:
    """Press a button, as somebody of that name."""
    cookie = {"Cookie": f"livedash-name={name}"} if name else {}
    with house.server.test_request_context("/", headers=cookie):
        return wiring.done(house.rooms, seen or view(house), {"act": act, "product": product})


def take_back(house: House, lines: list[str]) -> dict[str, Any]:
    with house.server.test_request_context("/"):
        return wiring.take_back(house.rooms, view(house), lines)


def lines(house: House) -> list[dict[str, Any]]:
    path = house.rooms.folder("autumn") / journal.NAME
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def said(house: House) -> list[tuple[str, str, str]]:
    return [(line["type"], line["product_id"], line["by"]) for line in lines(house)]


def test_standing_is_what_the_log_says_of_products_and_pins(tmp_path: Path) -> None:
    pin = {"ts": START, "type": "pin", "product_id": "cream"}
    standing = wiring.stand(rollup(tmp_path, *LISTED, pin))
    assert standing.products == {"cream", "serum"} and not standing.ended and not standing.several
    assert [(line["type"], line["product_id"], line["ts"]) for line in standing.pins] == [("pin", "cream", START)]
    assert wiring.stand(rollup(tmp_path, *LISTED, ENDED)).ended


@pytest.mark.parametrize(("given", "several"), [(True, True), (False, False), ("yes", False)])
def test_a_room_says_itself_that_several_may_be_pinned(tmp_path: Path, given: Any, several: bool) -> None:
    started = {**LISTED[0], "several_pins": given}
    assert wiring.stand(rollup(tmp_path, started)).several is several


def test_what_is_pressed_is_done_in_the_room_that_is_seen_and_said(house: House) -> None:
    house.write("autumn", *LISTED)
    told = press(house, "pin", "cream")
    assert said(house) == [("pin", "cream", "dashboard")]
    assert told == {"said": "Pinned Cream.", "lines": [lines(house)[0]["event_id"]]}
    assert press(house, "pin", "cream") == {"said": "Cream is pinned already.", "lines": []}
    assert press(house, "unpin", "cream")["said"] == "Unpinned Cream."


def test_it_is_done_under_the_reader_s_name(house: House) -> None:
    house.write("autumn", *LISTED)
    press(house, "pin", "cream", name="Ana%20%E6%99%9A%0A%1B%5B31m")
    assert lines(house)[0]["by"] == "Ana 晚 [31m"


def test_what_was_done_can_be_taken_back(house: House) -> None:
    house.write("autumn", *LISTED)
    press(house, "pin", "cream")
    done = press(house, "pin", "serum")
    assert len(done["lines"]) == 2
    assert take_back(house, done["lines"])["said"] == "Taken back: Cream is pinned again."
    assert [line[:2] for line in said(house)[3:]] == [("unpin", "serum"), ("pin", "cream")]
    assert take_back(house, done["lines"])["said"] == "Taken back." and len(lines(house)) == 5


@pytest.mark.parametrize(
    ("act", "product", "code"), [("pin", "soap", "product-unknown"), ("unpin", "\x00", "product-unknown")]
)
def test_a_product_that_is_not_there_is_a_problem(house: House, act: str, product: str, code: str) -> None:
    house.write("autumn", *LISTED)
    with pytest.raises(Problem) as problem:
        press(house, act, product)
    assert problem.value.code == code and lines(house) == []


def test_in_a_live_that_has_ended_it_is_a_problem(house: House) -> None:
    house.write("autumn", *LISTED, ENDED)
    with pytest.raises(Problem) as problem:
        press(house, "pin", "cream")
    assert problem.value.code == "room-ended"


def test_in_the_past_nothing_can_be_done(house: House) -> None:
    house.write("autumn", *LISTED)
    with pytest.raises(Problem, match="Back to now") as problem:
        press(house, "pin", "cream", seen=replace(view(house), as_of=START + 5))
    assert problem.value.code == "view-past" and lines(house) == []


def test_in_a_room_that_is_gone_it_is_a_problem(house: House) -> None:
    house.write("autumn", *LISTED)
    seen = view(house)
    folder = house.rooms.folder("autumn")
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(Problem) as problem:
        press(house, "pin", "cream", seen=seen)
    assert problem.value.code == "room-gone" and not folder.exists()


def test_with_a_full_disk_it_is_said_and_nothing_half_is_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.write("autumn", *LISTED)
    press(house, "pin", "cream")
    before = (house.rooms.folder("autumn") / journal.NAME).read_bytes()

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal.os, "fsync", full)
    with pytest.raises(Problem, match="No space left") as problem:
        press(house, "pin", "serum")
    assert problem.value.code == "log-not-written"
    assert (house.rooms.folder("autumn") / journal.NAME).read_bytes() == before


def test_an_act_that_no_button_has_is_refused(house: House) -> None:
    house.write("autumn", *LISTED)
    with pytest.raises(KeyError):
        press(house, "delete", "cream")


def test_the_script_is_that_of_the_product_asked_for(house: House) -> None:
    house.write("autumn", *LISTED)
    say = next(
        entry["callback"].__wrapped__
        for output, entry in house.app.callback_map.items()
        if output == f"{wiring.part.SCRIPT_BODY}.children"
    )
    with house.server.app_context():
        shown = say({"act": "script", "product": "cream"}, view(house).to_json())
    assert text(shown, "|").startswith("Cream|as of ") and "For dry skin" in text(shown)

"""Pinning and unpinning: one durable line, and one pin at a time unless the room allows several."""
from __future__ import annotations

import json
import multiprocessing
import re
import time
from pathlib import Path

import pytest

from livedash.operate.journal import NAME
from livedash.operate.pins import Standing, pin, pinned_after, unpin
from livedash.problems import Problem

PRODUCTS = Standing(products=frozenset({"cream", "serum", "cleanser"}))


def log(room: Path) -> list[dict]:
    return [json.loads(line) for line in (room / NAME).read_text(encoding="utf-8").splitlines()]


def said(room: Path) -> list[tuple[str, str]]:
    return [(line["type"], line["product_id"]) for line in log(room)]


def test_a_pin_is_one_line_that_says_what_when_and_by_whom(tmp_path: Path) -> None:
    before = time.time_ns() // 1_000_000
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    (line,) = log(tmp_path)
    assert re.fullmatch(r"op-[0-9a-f]{32}", line["event_id"])
    assert before <= line["ts"] <= time.time_ns() // 1_000_000
    assert (line["type"], line["product_id"], line["by"]) == ("pin", "cream", "ana")


def test_the_lines_written_are_returned(tmp_path: Path) -> None:
    assert list(pin(tmp_path, "cream", PRODUCTS, by="ana")) == log(tmp_path)


def test_a_pin_ends_the_pin_before_it(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    pin(tmp_path, "serum", PRODUCTS, by="ana")
    assert said(tmp_path) == [("pin", "cream"), ("unpin", "cream"), ("pin", "serum")]


def test_a_pin_ends_one_that_another_writer_of_the_room_began(tmp_path: Path) -> None:
    standing = Standing(PRODUCTS.products, pins=({"event_id": "e1", "ts": 5, "type": "pin", "product_id": "cleanser"},))
    pin(tmp_path, "serum", standing, by="ana")
    assert said(tmp_path) == [("unpin", "cleanser"), ("pin", "serum")]


def test_several_may_be_pinned_where_the_room_says_so(tmp_path: Path) -> None:
    several = Standing(PRODUCTS.products, several=True)
    pin(tmp_path, "cream", several, by="ana")
    pin(tmp_path, "serum", several, by="ana")
    assert said(tmp_path) == [("pin", "cream"), ("pin", "serum")]


def test_pinning_what_is_pinned_writes_nothing(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    assert pin(tmp_path, "cream", PRODUCTS, by="ben") == ()
    assert len(log(tmp_path)) == 1


def test_an_unpin_is_one_line_and_a_second_one_none(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    unpin(tmp_path, "cream", PRODUCTS, by="ana")
    assert unpin(tmp_path, "cream", PRODUCTS, by="ana") == ()
    assert said(tmp_path) == [("pin", "cream"), ("unpin", "cream")]


def test_an_unknown_product_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    for act in (pin, unpin):
        with pytest.raises(Problem, match="soap") as problem:
            act(tmp_path, "soap", PRODUCTS, by="ana")
        assert problem.value.code == "product-unknown"
    assert not (tmp_path / NAME).exists()


def test_in_a_room_that_has_ended_nothing_can_be_pinned(tmp_path: Path) -> None:
    for act in (pin, unpin):
        with pytest.raises(Problem) as problem:
            act(tmp_path, "cream", Standing(PRODUCTS.products, ended=True), by="ana")
        assert problem.value.code == "room-ended"
    assert not (tmp_path / NAME).exists()


def test_an_unknown_room_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        pin(tmp_path / "gone", "cream", PRODUCTS, by="ana")
    assert problem.value.code == "room-gone"
    assert not (tmp_path / "gone").exists()


def test_a_clock_that_stepped_back_puts_no_line_before_the_one_it_answers(tmp_path: Path) -> None:
    ahead = time.time_ns() // 1_000_000 + 3_600_000
    begun = {"event_id": "e1", "ts": ahead, "type": "pin", "product_id": "cream"}
    standing = Standing(PRODUCTS.products, pins=(begun,))
    unpin(tmp_path, "cream", standing, by="ana")
    assert pinned_after([*standing.pins, *log(tmp_path)]) == set()


def test_lines_of_others_that_are_no_pins_are_left_alone(tmp_path: Path) -> None:
    others = '{"type":"pin"}\n{"type":"question_answered","ref_id":"c1"}\nnoise\n'
    (tmp_path / NAME).write_text(others, encoding="utf-8")
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    assert (tmp_path / NAME).read_text(encoding="utf-8").count("\n") == 4


def pin_by_turns(room: Path, product: str, count: int) -> None:
    for _ in range(count):
        pin(room, product, PRODUCTS, by=product)
        unpin(room, product, PRODUCTS, by=product)
    pin(room, product, PRODUCTS, by=product)


def test_however_many_processes_pin_at_once_one_product_is_pinned(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=pin_by_turns, args=(tmp_path, product, 20)) for product in PRODUCTS.products]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    pinned: set[str] = set()
    times = []
    for line in log(tmp_path):  # in the order written: an unpin always before the next pin
        times.append((line["ts"], line["type"] == "pin"))
        (pinned.add if line["type"] == "pin" else pinned.remove)(line["product_id"])
        assert len(pinned) <= 1
    assert len(pinned) == 1
    assert times == sorted(times)
    assert pinned_after(log(tmp_path)) == pinned

"""Pinning and unpinning: one durable line, and one pin at a time unless the room allows several."""
from __future__ import annotations

import contextlib
import json
import multiprocessing
import re
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from livedash.operate.journal import NAME
from livedash.operate.pins import UNDO_WITHIN_MS, Standing, pin, pinned_after, undo, unpin
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


def foreign(*acts: tuple[str, str | None]) -> tuple[dict, ...]:
    """Lines of another program, one after the other."""
    return tuple({"event_id": f"e{n}", "ts": n, "type": kind, "product_id": of} for n, (kind, of) in enumerate(acts))


def test_a_pin_of_another_program_replaces_the_one_before_it_without_an_unpin(tmp_path: Path) -> None:
    before = foreign(("pin", "cream"), ("pin", "serum"))
    assert pinned_after(before) == {"serum"} and pinned_after(before, several=True) == {"cream", "serum"}
    pin(tmp_path, "cream", Standing(PRODUCTS.products, pins=before), by="ana")
    assert said(tmp_path) == [("unpin", "serum"), ("pin", "cream")]
    assert pinned_after([*before, *log(tmp_path)]) == {"cream"}


@pytest.mark.parametrize("several", [True, False])
@pytest.mark.parametrize("first", ["unpin", "pin"])
def test_of_an_unpin_and_a_pin_at_one_moment_either_may_come_first(first: str, several: bool) -> None:
    named = {"unpin": "x" if first == "unpin" else "z", "pin": "y"}
    at_once = [
        {"event_id": named[kind], "ts": 9, "type": kind, "product_id": of}
        for kind, of in (("unpin", "cream"), ("pin", "serum"))
    ]
    assert pinned_after([*foreign(("pin", "cream")), *at_once], several) == {"serum"}


@pytest.mark.parametrize("several", [True, False])
def test_an_unpin_of_another_program_that_names_no_product_ends_what_is_pinned(tmp_path: Path, several: bool) -> None:
    before = foreign(("pin", "cream"), ("unpin", None))
    pin(tmp_path, "cream", Standing(PRODUCTS.products, pins=before, several=several), by="ana")
    assert said(tmp_path) == [("pin", "cream")]


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


def test_a_line_days_ahead_is_neither_followed_nor_believed(tmp_path: Path) -> None:
    clock = time.time_ns() // 1_000_000
    far = {"event_id": "op-far", "ts": clock + 3 * 86_400_000, "type": "pin", "product_id": "cream"}
    (tmp_path / NAME).write_text(json.dumps(far) + "\n", encoding="utf-8")
    [line] = pin(tmp_path, "cream", PRODUCTS, by="ana")
    assert clock <= line["ts"] <= time.time_ns() // 1_000_000


def ids(lines: Iterable[dict]) -> list[str]:
    return [line["event_id"] for line in lines]


def test_taking_a_pin_back_pins_again_what_was_pinned_before_and_deletes_nothing(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    done = pin(tmp_path, "serum", PRODUCTS, by="ana")
    before = (tmp_path / NAME).read_bytes()
    back = undo(tmp_path, ids(done), PRODUCTS, by="ben")
    assert said(tmp_path)[3:] == [("unpin", "serum"), ("pin", "cream")]
    assert list(back) == log(tmp_path)[3:] and (tmp_path / NAME).read_bytes().startswith(before)
    assert {(line["undoes"], line["by"]) for line in back} == {(done[0]["event_id"], "ben")}
    assert pinned_after(log(tmp_path)) == {"cream"}


def test_taking_an_unpin_back_pins_it_again(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    undo(tmp_path, ids(unpin(tmp_path, "cream", PRODUCTS, by="ana")), PRODUCTS, by="ana")
    assert pinned_after(log(tmp_path)) == {"cream"}


def test_taking_back_twice_takes_back_once(tmp_path: Path) -> None:
    done = ids(pin(tmp_path, "cream", PRODUCTS, by="ana"))
    assert undo(tmp_path, done, PRODUCTS, by="ana") != ()
    assert undo(tmp_path, done, PRODUCTS, by="ana") == ()
    assert pinned_after(log(tmp_path)) == set()


def test_nothing_is_taken_back_when_somebody_has_acted_since(tmp_path: Path) -> None:
    done = ids(pin(tmp_path, "cream", PRODUCTS, by="ana"))
    pin(tmp_path, "serum", PRODUCTS, by="ben")
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(Problem) as problem:
        undo(tmp_path, done, PRODUCTS, by="ana")
    assert problem.value.code == "undo-overtaken" and (tmp_path / NAME).read_bytes() == before


def test_an_unpin_is_not_taken_back_when_another_product_was_pinned_since(tmp_path: Path) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    done = ids(unpin(tmp_path, "cream", PRODUCTS, by="ana"))
    pin(tmp_path, "serum", PRODUCTS, by="ben")
    with pytest.raises(Problem) as problem:
        undo(tmp_path, done, PRODUCTS, by="ana")
    assert problem.value.code == "undo-overtaken" and pinned_after(log(tmp_path)) == {"serum"}


def test_where_several_may_be_pinned_the_others_stay(tmp_path: Path) -> None:
    several = Standing(PRODUCTS.products, several=True)
    pin(tmp_path, "cream", several, by="ana")
    done = ids(pin(tmp_path, "serum", several, by="ana"))
    undo(tmp_path, done, several, by="ana")
    assert pinned_after(log(tmp_path), several=True) == {"cream"}


def test_after_some_time_nothing_can_be_taken_back(tmp_path: Path) -> None:
    long_ago = time.time_ns() // 1_000_000 - UNDO_WITHIN_MS - 1
    old = {"event_id": "op-1", "ts": long_ago, "type": "pin", "product_id": "cream", "by": "ana"}
    standing = Standing(PRODUCTS.products, pins=(old,))
    with pytest.raises(Problem, match="too long ago") as problem:
        undo(tmp_path, ["op-1"], standing, by="ana")
    assert problem.value.code == "undo-late" and log(tmp_path) == []


@pytest.mark.parametrize("asked", [["op-none"], []])
def test_what_was_never_done_cannot_be_taken_back(tmp_path: Path, asked: list[str]) -> None:
    pin(tmp_path, "cream", PRODUCTS, by="ana")
    with pytest.raises(Problem) as problem:
        undo(tmp_path, asked, PRODUCTS, by="ana")
    assert problem.value.code == "undo-unknown"


def test_in_a_room_that_has_ended_nothing_is_taken_back(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        undo(tmp_path, ["op-1"], Standing(PRODUCTS.products, ended=True), by="ana")
    assert problem.value.code == "room-ended" and not (tmp_path / NAME).exists()


def pin_by_turns(room: Path, product: str, count: int) -> None:
    """Pin and unpin, and take back every pin that nobody has overtaken; keep what one was told was written."""
    told: list[str] = []
    for _ in range(count):
        done = ids(pin(room, product, PRODUCTS, by=product))
        told += done
        with contextlib.suppress(Problem):
            told += ids(undo(room, done, PRODUCTS, by=product))
        told += ids(unpin(room, product, PRODUCTS, by=product))
    told += ids(pin(room, product, PRODUCTS, by=product))
    (room / f"told-{product}.txt").write_text("\n".join(told), encoding="ascii")


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
    told = [line for file in tmp_path.glob("told-*.txt") for line in file.read_text("ascii").split()]
    assert sorted(told) == sorted(ids(log(tmp_path))), "every line that was said to be written stands, and no other"
    assert all((tmp_path / f"told-{product}.txt").exists() for product in PRODUCTS.products)
    assert pinned_after(log(tmp_path)) == pinned

"""Creating and ending giveaways: one durable line, once, and one giveaway at a time."""
from __future__ import annotations

import json
import multiprocessing
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from livedash.log.turns import turns
from livedash.operate.giveaways import Goods, Standing, Wish, create, end
from livedash.operate.journal import NAME
from livedash.problems import Problem

ROOM = Standing(products={"cream": Goods("Cream", 20), "serum": Goods("Serum"), "out": Goods("Mist", 0)})
WISH = Wish("cream", prizes=3, rule="comment", length=300, keyword="luna glow")
MINUTE = 60_000


def now() -> int:
    return time.time_ns() // 1_000_000


def log(room: Path) -> list[dict[str, Any]]:
    path = room / NAME
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def refused(room: Path, wish: Wish, standing: Standing = ROOM) -> Problem:
    """What is said where the wish cannot be; nothing is written then."""
    before = log(room)
    with pytest.raises(Problem) as problem:
        create(room, wish, standing, "ana", "another-token")
    assert log(room) == before
    return problem.value


def test_a_giveaway_is_one_line_that_says_all_of_it(tmp_path: Path) -> None:
    before = now()
    made = create(tmp_path, replace(WISH, text="Write  “luna glow”\nto enter"), ROOM, by="ana", token="token-1234")
    (line,) = log(tmp_path)
    assert line == made
    assert re.fullmatch(r"op-[0-9a-f]{32}", line["event_id"])
    assert before <= line["ts"] <= now() and line["ends_at"] == line["ts"] + 300_000 and "starts_at" not in line
    said = {name: line[name] for name in ("type", "ref_id", "product_id", "title", "prizes", "entry_rule", "by")}
    assert said == {
        "type": "giveaway_started", "ref_id": "giveaway-token-1234", "product_id": "cream", "title": "Cream",
        "prizes": 3, "entry_rule": "comment", "by": "ana",
    }  # fmt: skip
    assert (line["keyword"], line["length"], line["text"]) == ("luna glow", 300, "Write “luna glow” to enter")


def test_what_does_not_belong_to_the_rule_is_not_written(tmp_path: Path) -> None:
    create(tmp_path, replace(WISH, rule="follow", watch=60), ROOM, "ana", "token-1234")
    assert {"keyword", "watch_seconds"}.isdisjoint(log(tmp_path)[0])


def test_sent_twice_it_is_one_giveaway(tmp_path: Path) -> None:
    first = create(tmp_path, WISH, ROOM, "ana", "token-1234")
    assert create(tmp_path, WISH, ROOM, "ana", "token-1234") == first
    assert len(log(tmp_path)) == 1


def test_a_token_of_another_kind_is_a_bug(tmp_path: Path) -> None:
    for token in ("", "short", "x" * 65, "with space"):
        with pytest.raises(ValueError):
            create(tmp_path, WISH, ROOM, "ana", token)


def test_one_for_later_is_written_now_and_starts_then(tmp_path: Path) -> None:
    start = now() + 10 * MINUTE
    create(tmp_path, replace(WISH, starts_at=start), ROOM, "ana", "token-1234")
    (line,) = log(tmp_path)
    assert line["ts"] <= now() and (line["starts_at"], line["ends_at"]) == (start, start + 5 * MINUTE)
    [turn] = turns(log(tmp_path))
    assert (turn.start, turn.end, turn.state(now())) == (start, start + 5 * MINUTE, "scheduled")


def test_a_time_typed_to_the_minute_is_now_within_that_minute(tmp_path: Path) -> None:
    create(tmp_path, replace(WISH, starts_at=now() - 40_000), ROOM, "ana", "token-1234")
    assert "starts_at" not in log(tmp_path)[0]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"product_id": "soap"}, "product-unknown", "soap"),
        ({"product_id": ""}, "product-unknown", "–"),
        ({"prizes": 0}, "prizes", "1 to 1000 prizes, not 0"),
        ({"prizes": -1}, "prizes", "not -1"),
        ({"prizes": 1001}, "prizes", "not 1001"),
        ({"prizes": 21}, "prizes-stock", "Only about 20 left of Cream by now: fewer than the prizes asked for (21)"),
        ({"product_id": "out", "prizes": 1}, "prizes-stock", "Only about 0 left of Mist"),
        ({"rule": "lottery"}, "rule", "lottery"),
        ({"length": 59}, "length", "1 to 120 minutes"),
        ({"length": 7201}, "length", "1 to 120 minutes"),
        ({"keyword": "x" * 41}, "keyword", "40 letters, not 41"),
        ({"rule": "watch_time", "watch": 300}, "watch-time", "watch for 300 in a giveaway of 300"),
        ({"rule": "watch_time", "watch": 0}, "watch-time", "Ask for less"),
        ({"rule": "watch_time"}, "watch-time", "Ask for less"),
    ],
)
def test_what_cannot_be_is_refused_and_said(tmp_path: Path, change: dict[str, Any], code: str, words: str) -> None:
    problem = refused(tmp_path, replace(WISH, **change))
    assert problem.code == code and words in str(problem)


def test_a_start_in_the_past_or_days_ahead_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, replace(WISH, starts_at=now() - 2 * MINUTE)).code == "start-past"
    assert refused(tmp_path, replace(WISH, starts_at=now() + 25 * 60 * MINUTE)).code == "start-far"


def test_of_an_unknown_stock_any_number_may_be_given_away(tmp_path: Path) -> None:
    create(tmp_path, replace(WISH, product_id="serum", prizes=1000), ROOM, "ana", "token-1234")
    assert len(log(tmp_path)) == 1


@pytest.mark.parametrize(("state", "code"), [("ended", "room-ended"), ("upcoming", "room-not-begun")])
def test_only_a_live_that_runs_gives_anything_away(tmp_path: Path, state: str, code: str) -> None:
    assert refused(tmp_path, WISH, replace(ROOM, state=state)).code == code
    with pytest.raises(Problem) as problem:
        end(tmp_path, "e1", replace(ROOM, state=state), "ana")
    assert problem.value.code == code


def test_while_it_is_paused_one_may_be_created(tmp_path: Path) -> None:
    create(tmp_path, WISH, replace(ROOM, state="paused"), "ana", "token-1234")
    assert len(log(tmp_path)) == 1


def test_an_unknown_room_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        create(tmp_path / "gone", WISH, ROOM, "ana", "token-1234")
    assert problem.value.code == "room-gone" and not (tmp_path / "gone").exists()


# --- one at a time


def test_while_one_runs_no_other_starts(tmp_path: Path) -> None:
    create(tmp_path, WISH, ROOM, "ana", "token-1234")
    problem = refused(tmp_path, replace(WISH, product_id="serum"))
    assert problem.code == "giveaway-running" and "Cream runs until" in str(problem)


def test_one_that_another_program_started_is_in_the_way_too(tmp_path: Path) -> None:
    line = {"event_id": "e1", "ts": now() - MINUTE, "type": "giveaway_started", "ref_id": "g", "title": "Mug"}
    problem = refused(tmp_path, WISH, replace(ROOM, lines=(line,)))
    assert problem.code == "giveaway-running" and "Mug runs" in str(problem)
    over = {**line, "event_id": "e2", "ts": now() - 1, "type": "giveaway_ended"}
    create(tmp_path, WISH, replace(ROOM, lines=(line, over)), "ana", "token-1234")
    assert len(log(tmp_path)) == 1


def test_one_whose_time_is_over_is_in_nobodys_way(tmp_path: Path) -> None:
    line = {"event_id": "e1", "ts": now() - 10 * MINUTE, "type": "giveaway_started", "ref_id": "g", "length": 300}
    create(tmp_path, WISH, replace(ROOM, lines=(line,)), "ana", "token-1234")
    assert len(log(tmp_path)) == 1


def test_a_planned_one_leaves_room_before_it_and_after_it(tmp_path: Path) -> None:
    create(tmp_path, replace(WISH, starts_at=now() + 10 * MINUTE), ROOM, "ana", "planned-1")
    problem = refused(tmp_path, replace(WISH, length=11 * 60))
    assert problem.code == "giveaway-planned" and "Cream is to start at" in str(problem)
    create(tmp_path, WISH, ROOM, "ana", "before-it")
    create(tmp_path, replace(WISH, starts_at=now() + 16 * MINUTE), ROOM, "ana", "after-it")
    assert [turn.state(now()) for turn in turns(log(tmp_path))] == ["running", "scheduled", "scheduled"]


# --- ending


def test_one_is_ended_early_by_a_line_and_only_once(tmp_path: Path) -> None:
    made = create(tmp_path, WISH, ROOM, "ana", "token-1234")
    line = end(tmp_path, made["event_id"], ROOM, "ben")
    assert line is not None and line == log(tmp_path)[1]
    said = (line["type"], line["ref_id"], line["product_id"], line["by"])
    assert said == ("giveaway_ended", made["ref_id"], "cream", "ben")
    assert end(tmp_path, made["event_id"], ROOM, "ben") is None and len(log(tmp_path)) == 2
    create(tmp_path, WISH, ROOM, "ana", "token-5678")


def test_one_that_is_planned_is_called_off(tmp_path: Path) -> None:
    made = create(tmp_path, replace(WISH, starts_at=now() + 10 * MINUTE), ROOM, "ana", "token-1234")
    end(tmp_path, made["event_id"], ROOM, "ana")
    [turn] = turns(log(tmp_path))
    assert turn.called_off
    create(tmp_path, replace(WISH, starts_at=now() + 10 * MINUTE), ROOM, "ana", "token-5678")


def test_one_that_another_program_started_without_a_ref_can_be_ended(tmp_path: Path) -> None:
    line = {"event_id": "e1", "ts": now() - MINUTE, "type": "giveaway_started", "title": "Mug"}
    end(tmp_path, "e1", replace(ROOM, lines=(line,)), "ana")
    [turn] = turns([line, *log(tmp_path)])
    assert turn.state(now() + 1000) == "ended"


def test_one_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        end(tmp_path, "e9", ROOM, "ana")
    assert problem.value.code == "giveaway-unknown"


def test_lines_that_are_no_giveaways_are_left_alone(tmp_path: Path) -> None:
    others = '{"type":"giveaway_started"}\n{"event_id":"x","ts":"soon","type":"giveaway_started"}\nnoise\n'
    (tmp_path / NAME).write_text(others, encoding="utf-8")
    create(tmp_path, WISH, ROOM, "ana", "token-1234")
    assert (tmp_path / NAME).read_text(encoding="utf-8").startswith(others)


def test_a_line_days_ahead_is_neither_followed_nor_in_the_way(tmp_path: Path) -> None:
    far = {"event_id": "op-far", "ts": now() + 3 * 24 * 3_600_000, "type": "giveaway_started", "ref_id": "far"}
    (tmp_path / NAME).write_text(json.dumps(far) + "\n", encoding="utf-8")
    line = create(tmp_path, WISH, ROOM, "ana", "token-1234")
    assert line["ts"] <= now()
    ended = end(tmp_path, line["event_id"], ROOM, "ana")
    assert ended is not None and ended["ts"] <= now() + 1


def try_often(room: Path, name: str, count: int, won: Any) -> None:
    for number in range(count):
        try:
            create(room, WISH, ROOM, name, f"{name}-token-{number}")
        except Problem as problem:
            assert problem.code == "giveaway-running"
        else:
            won.put(name)


def test_of_two_processes_that_create_at_once_one_wins_and_no_line_is_lost(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    won = spawn.Queue()
    writers = [spawn.Process(target=try_often, args=(tmp_path, name, 10, won)) for name in ("ana", "ben")]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0, 0]
    [line] = log(tmp_path)
    assert won.get(timeout=60) == line["by"] and won.empty()

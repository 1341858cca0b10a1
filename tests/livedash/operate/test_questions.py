"""Marking a question as answered: one durable line, once."""
from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path

import pytest

from livedash.operate import journal
from livedash.operate.journal import NAME
from livedash.operate.questions import answered
from livedash.problems import Problem


def log(room: Path) -> list[dict]:
    return [json.loads(line) for line in (room / NAME).read_text(encoding="utf-8").splitlines()]


def test_an_answer_is_one_line_that_names_the_comment(tmp_path: Path) -> None:
    before = time.time_ns() // 1_000_000
    answered(tmp_path, ("c1",), by="ana")
    (line,) = log(tmp_path)
    assert (line["type"], line["ref_id"], line["by"]) == ("question_answered", "c1", "ana")
    assert before <= line["ts"] <= time.time_ns() // 1_000_000


def test_of_a_live_that_is_over_it_is_said_at_its_end(tmp_path: Path) -> None:
    before = time.time_ns() // 1_000_000
    answered(tmp_path, ("c1",), by="ana", ts=5)
    (line,) = log(tmp_path)
    assert line["ts"] == 5 and before <= line["recorded"] <= time.time_ns() // 1_000_000


def test_a_second_answer_to_the_same_question_writes_nothing(tmp_path: Path) -> None:
    answered(tmp_path, ("c1",), by="ana")
    assert answered(tmp_path, ("c1",), by="ben") == ()
    assert len(answered(tmp_path, ("c2",), by="ben")) == 1
    assert [line["ref_id"] for line in log(tmp_path)] == ["c1", "c2"]


def test_several_are_marked_at_once_each_by_a_line_and_none_twice(tmp_path: Path) -> None:
    answered(tmp_path, ("c2",), by="ana")
    lines = answered(tmp_path, ("c1", "c2", "c3", "c1"), by="ben")
    assert [line["ref_id"] for line in lines] == ["c1", "c3"] and list(lines) == log(tmp_path)[1:]
    assert len({line["event_id"] for line in log(tmp_path)}) == 3


def test_on_a_full_disk_none_of_several_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    written: list[bytes] = []

    def full_after_the_first(file: int, block: bytes) -> int:
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(block)
        return real(file, block[:200])

    monkeypatch.setattr(journal.os, "write", full_after_the_first)
    with pytest.raises(Problem) as problem:
        answered(tmp_path, ("c1", "c2", "c3"), by="ana")
    assert problem.value.code == "log-not-written" and log(tmp_path) == []


def test_an_answer_that_a_clock_gone_wrong_put_days_ahead_is_none(tmp_path: Path) -> None:
    far = {"event_id": "op-far", "ts": time.time_ns() // 1_000_000 + 3 * 86_400_000, "type": "question_answered"}
    (tmp_path / NAME).write_text(json.dumps(far | {"ref_id": "c1"}) + "\n", encoding="utf-8")
    [line] = answered(tmp_path, ("c1",), by="ana")
    assert line["ts"] <= time.time_ns() // 1_000_000

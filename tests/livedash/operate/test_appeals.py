"""Appealing: once, whatever is clicked and by however many processes; and how it was decided, as often as that
changes."""
from __future__ import annotations

import errno
import io
import json
import multiprocessing
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from livedash.operate import journal
from livedash.operate.appeals import LONGEST_TEXT, REASONS, Standing, decide, submit
from livedash.operate.evidence import FOLDER, File, folder_name
from livedash.operate.journal import NAME
from livedash.problems import Problem

KNOWN = Standing(violations=frozenset({"v1", "v2"}))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def log(room: Path) -> list[dict]:
    path = room / NAME
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def appeal(room: Path, ref: str = "v1", text: str = "It was a question.", **more: Any) -> tuple[dict, ...]:
    given: dict[str, Any] = {"reason": "other", "files": (), "standing": KNOWN, "by": "ana"} | more
    return submit(room, ref, text=text, **given)


def kept(room: Path) -> list[str]:
    return sorted(path.name for path in (room / FOLDER).rglob("*") if path.is_file())


def test_an_appeal_is_one_line_with_its_reason_its_words_and_its_evidence(tmp_path: Path) -> None:
    before = time.time_ns() // 1_000_000
    files = [File("proof.png", io.BytesIO(PNG)), File("note.txt", io.BytesIO(b"said"))]
    written = appeal(tmp_path, text=" It was\r\na question.\x00 ", reason="did_not_happen", files=files)
    [line] = log(tmp_path)
    assert list(written) == [line] and re.fullmatch(r"op-[0-9a-f]{32}", line["event_id"])
    assert (line["type"], line["ref_id"], line["by"]) == ("appeal_submitted", "v1", "ana")
    assert (line["reason"], line["text"]) == ("did_not_happen", "It was\na question.")
    assert line["evidence"] == ["proof.png", "note.txt"] and kept(tmp_path) == ["note.txt", "proof.png"]
    assert (tmp_path / FOLDER / folder_name("v1") / "proof.png").read_bytes() == PNG
    assert before <= line["ts"] <= time.time_ns() // 1_000_000 and "recorded" not in line


def test_a_second_appeal_writes_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    appeal(tmp_path)
    assert appeal(tmp_path, text="Again.", files=[File("more.png", io.BytesIO(PNG))]) == ()
    assert len(log(tmp_path)) == 1 and kept(tmp_path) == []
    assert len(appeal(tmp_path, ref="v2")) == 1


@pytest.mark.parametrize("kind", ["appeal_submitted", "appeal_decided"])
def test_an_appeal_that_stands_in_another_file_is_not_made_again(tmp_path: Path, kind: str) -> None:
    said = ({"event_id": "e9", "ts": 5, "type": kind, "ref_id": "v1"},)
    assert appeal(tmp_path, standing=Standing(KNOWN.violations, said)) == () and log(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ref": "v9"}, "violation-unknown"),
        ({"reason": ""}, "appeal-reason"),
        ({"reason": "<b>"}, "appeal-reason"),
        ({"text": " \n\t "}, "appeal-empty"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "appeal-long"),
        ({"files": [File("x.exe", io.BytesIO(b"MZ"))]}, "evidence-kind"),
    ],
)
def test_what_cannot_be_submitted_is_refused_and_nothing_is_written(
    tmp_path: Path, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Problem) as met:
        appeal(tmp_path, **given)
    assert met.value.code == code and log(tmp_path) == []


def test_the_longest_text_is_counted_in_letters_as_the_page_counts_them(tmp_path: Path) -> None:
    text = "a\r\n" * (LONGEST_TEXT // 2 - 1) + "证"
    [line] = appeal(tmp_path, text=text)
    assert line["text"] == "a\n" * (LONGEST_TEXT // 2 - 1) + "证"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_that_is_offered_is_taken(tmp_path: Path, reason: str) -> None:
    assert appeal(tmp_path, reason=reason)[0]["reason"] == reason


def test_a_full_disk_is_said_and_leaves_neither_line_nor_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def half(file: int, block: bytes) -> int:
        return real(file, block[: len(block) // 2])

    with monkeypatch.context() as patch:
        patch.setattr(journal.os, "write", half)
        with pytest.raises(Problem) as met:
            appeal(tmp_path, files=[File("proof.png", io.BytesIO(PNG))])
    assert met.value.code == "log-not-written"
    assert kept(tmp_path) == [] and log(tmp_path) == []
    appeal(tmp_path, files=[File("proof.png", io.BytesIO(PNG))])
    assert kept(tmp_path) == ["proof.png"] and len(log(tmp_path)) == 1


def test_a_disk_that_cannot_be_synced_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem) as met:
        appeal(tmp_path, files=[File("proof.png", io.BytesIO(PNG))])
    assert met.value.code == "evidence-not-written" and kept(tmp_path) == [] and log(tmp_path) == []


def test_a_room_that_is_gone_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem) as met:
        appeal(tmp_path / "gone")
    assert met.value.code == "room-gone" and not (tmp_path / "gone").exists()


def test_of_a_live_that_is_over_lines_stand_at_its_end_with_their_real_time(tmp_path: Path) -> None:
    before = time.time_ns() // 1_000_000
    over = Standing(KNOWN.violations, over_at=1000)
    appeal(tmp_path, standing=over)
    decide(tmp_path, "v1", "rejected", over, by="ana")
    decide(tmp_path, "v1", "upheld", over, by="ana")
    assert [line["ts"] for line in log(tmp_path)] == [1000, 1001, 1002]
    times = [line["recorded"] for line in log(tmp_path)]
    assert before <= times[0] < times[1] < times[2]


# ----------------------------------------------------------------------------------------------------------- deciding


def test_an_outcome_is_one_line_and_only_a_change_is_another(tmp_path: Path) -> None:
    appeal(tmp_path)
    [line] = decide(tmp_path, "v1", "rejected", KNOWN, by="ana")
    assert (line["type"], line["ref_id"], line["outcome"], line["by"]) == ("appeal_decided", "v1", "rejected", "ana")
    assert decide(tmp_path, "v1", "rejected", KNOWN, by="ben") == ()
    assert len(decide(tmp_path, "v1", "upheld", KNOWN, by="ben")) == 1
    assert [line.get("outcome") for line in log(tmp_path)] == [None, "rejected", "upheld"]


def test_an_outcome_from_another_file_counts(tmp_path: Path) -> None:
    said = (
        {"event_id": "e1", "ts": 5, "type": "appeal_submitted", "ref_id": "v1"},
        {"event_id": "e2", "ts": 6, "type": "appeal_decided", "ref_id": "v1", "outcome": "upheld"},
    )
    assert decide(tmp_path, "v1", "upheld", Standing(KNOWN.violations, said), by="ana") == ()
    assert len(decide(tmp_path, "v1", "rejected", Standing(KNOWN.violations, said), by="ana")) == 1


def test_without_an_appeal_nothing_is_decided(tmp_path: Path) -> None:
    for ref, outcome, code in (
        ("v1", "upheld", "appeal-missing"), ("v9", "upheld", "violation-unknown"), ("v1", "maybe", "appeal-outcome"),
    ):  # fmt: skip
        with pytest.raises(Problem) as met:
            decide(tmp_path, ref, outcome, KNOWN, by="ana")
        assert met.value.code == code
    assert log(tmp_path) == []


def test_a_clock_that_stepped_back_puts_no_line_before_the_one_it_answers(tmp_path: Path) -> None:
    ahead = time.time_ns() // 1_000_000 + 600_000
    said = ({"event_id": "e1", "ts": ahead, "type": "appeal_submitted", "ref_id": "v1"},)
    [line] = decide(tmp_path, "v1", "upheld", Standing(KNOWN.violations, said), by="ana")
    assert line["ts"] > ahead


def test_a_line_days_ahead_is_neither_followed_nor_believed(tmp_path: Path) -> None:
    far = {"event_id": "op-far", "ts": time.time_ns() // 1_000_000 + 3 * 86_400_000, "type": "appeal_submitted"}
    (tmp_path / NAME).write_text(json.dumps(far | {"ref_id": "v1"}) + "\n", encoding="utf-8")
    [line] = appeal(tmp_path)
    assert line["ts"] <= time.time_ns() // 1_000_000


def test_lines_of_others_that_are_no_appeals_are_left_alone(tmp_path: Path) -> None:
    others = '{"type":"appeal_submitted","ref_id":"v1"}\n{"type":"pin","ref_id":"v1","event_id":"x","ts":1}\nnoise\n'
    (tmp_path / NAME).write_text(others, encoding="utf-8")
    assert len(appeal(tmp_path)) == 1


def appeal_again_and_again(room: Path, name: str) -> None:
    for turn in range(10):
        appeal(room, text=f"{name} {turn}", files=[File(f"{name}-{turn}.png", io.BytesIO(PNG))])


def test_however_many_processes_appeal_at_once_one_appeal_stands(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=appeal_again_and_again, args=(tmp_path, name)) for name in ("a", "b", "c")]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
        assert process.exitcode == 0
    [line] = log(tmp_path)
    assert kept(tmp_path) == line["evidence"] and len(line["evidence"]) == 1

"""The dashboard's own log file: whole lines, on the disk, from any number of processes."""
from __future__ import annotations

import errno
import json
import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from livedash.operate import journal
from livedash.operate.journal import AHEAD_MS, NAME, after, held
from livedash.problems import Problem


def lines(room: Path) -> list[dict]:
    return [json.loads(line) for line in (room / NAME).read_bytes().splitlines()]


def add(room: Path, *events: dict) -> None:
    with held(room) as log:
        log.append(events)


def test_events_are_appended_as_whole_lines(tmp_path: Path) -> None:
    add(tmp_path, {"event_id": "1", "text": "晚上好\nand \"more\""}, {"event_id": "2"})
    add(tmp_path, {"event_id": "3"})
    assert [event["event_id"] for event in lines(tmp_path)] == ["1", "2", "3"]
    assert (tmp_path / NAME).read_bytes().endswith(b"\n")


@pytest.mark.parametrize(
    ("ahead", "follows"),
    [
        ((), 0), ((-5,), 0), ((0,), 1), ((700, 30), 701), ((AHEAD_MS - 1,), AHEAD_MS), ((86_400_000,), AHEAD_MS),
        ((86_400_001,), 0), ((600, 3 * 86_400_000), 601),
    ],
)  # fmt: skip
def test_a_line_follows_those_it_answers_as_far_as_a_log_would_believe_it(
    monkeypatch: pytest.MonkeyPatch, ahead: tuple[int, ...], follows: int
) -> None:
    clock = 1_800_000_000_000
    monkeypatch.setattr(journal, "now", lambda: clock)
    assert after(clock + ms for ms in ahead) == clock + follows


def test_half_a_letter_becomes_a_question_mark(tmp_path: Path) -> None:
    add(tmp_path, {"event_id": "1", "text": "half \ud83d"})
    assert lines(tmp_path) == [{"event_id": "1", "text": "half ?"}]


def test_what_stands_can_be_read_back(tmp_path: Path) -> None:
    add(tmp_path, {"event_id": "1"})
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'not json\n[1]\n{"event_id": "2"}\n{"event_')
    with held(tmp_path) as log:
        assert log.events() == [{"event_id": "1"}, {"event_id": "2"}]


def test_an_end_torn_by_a_crash_spoils_no_line_but_itself(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'{"event_id": "1"}\n{"event_id": "2", "ty')
    add(tmp_path, {"event_id": "3"})
    assert (tmp_path / NAME).read_bytes() == b'{"event_id": "1"}\n{"event_id": "2", "ty\n{"event_id": "3"}\n'


def test_a_line_that_only_lacks_its_newline_is_completed(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'{"event_id": "1"}')
    add(tmp_path, {"event_id": "2"})
    assert [event["event_id"] for event in lines(tmp_path)] == ["1", "2"]


def test_a_room_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem, held(tmp_path / "gone"):
        pass
    assert problem.value.code == "room-gone"
    assert not (tmp_path / "gone").exists()


def test_a_file_that_cannot_be_opened_is_a_problem_that_says_why(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(Problem) as problem, held(tmp_path):
        pass
    assert problem.value.code == "log-not-written"
    assert NAME in str(problem.value)


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    add(tmp_path, {"event_id": "1"})
    before = (tmp_path / NAME).read_bytes()
    real = os.write

    def half(file: int, block: bytes) -> int:
        return real(file, block[: len(block) // 2])

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(journal.os, failing, half if failing == "write" else full)
        with pytest.raises(Problem) as problem:
            add(tmp_path, {"event_id": "2"}, {"event_id": "3"})
    assert problem.value.code == "log-not-written"
    assert (tmp_path / NAME).read_bytes() == before

    add(tmp_path, {"event_id": "4"})  # it heals by itself when the cause is gone
    assert [event["event_id"] for event in lines(tmp_path)] == ["1", "4"]


def write_against_a_limit(room: Path, limit: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        add(room, {"event_id": "2", "text": "x" * 100})
    except Problem as problem:
        sys.exit(0 if problem.code == "log-not-written" else 3)
    sys.exit(4)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of this kind")
def test_a_disk_that_really_fills_up_leaves_nothing_half_written(tmp_path: Path) -> None:
    add(tmp_path, {"event_id": "1"})
    before = (tmp_path / NAME).read_bytes()
    spawn = multiprocessing.get_context("spawn")
    writer = spawn.Process(target=write_against_a_limit, args=(tmp_path, len(before) + 20))
    writer.start()
    writer.join()
    assert writer.exitcode == 0
    assert (tmp_path / NAME).read_bytes() == before


def test_a_file_rotated_while_waiting_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, {"event_id": "1"})
    real = journal._wait_for_lock

    def rotated_meanwhile(file: int, path: Path) -> None:
        real(file, path)
        if not (tmp_path / "operator.1.ndjson").exists():
            path.rename(tmp_path / "operator.1.ndjson")

    monkeypatch.setattr(journal, "_wait_for_lock", rotated_meanwhile)
    add(tmp_path, {"event_id": "2"})
    assert [event["event_id"] for event in lines(tmp_path)] == ["2"]


def test_one_that_does_not_let_go_of_it_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PATIENCE_S", 0.05)
    with held(tmp_path):
        with pytest.raises(Problem) as problem, held(tmp_path):
            pass
        assert problem.value.code == "log-busy"


def add_many(room: Path, writer: int, count: int) -> None:
    for number in range(count):
        event = f"{writer}-{number}"
        add(room, {"event_id": event, "text": "x" * (writer * 997)}, {"event_id": f"{event}-b"})


def test_several_processes_append_at_once_and_lose_nothing(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=add_many, args=(tmp_path, writer, 40)) for writer in range(4)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0] * 4
    events = lines(tmp_path)
    assert len(events) == len({event["event_id"] for event in events}) == 4 * 40 * 2
    for one, two in zip(events[::2], events[1::2], strict=True):  # what was added together stands together
        assert two["event_id"] == f"{one['event_id']}-b"

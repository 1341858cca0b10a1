"""Readers follow the store without ever raising, and a log that cannot be read is refused in a sentence."""
from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from livedash.log import follow
from livedash.problems import Problem
from livedash.rollup import from_folder
from livedash.rollup import ingest as ingest_module
from livedash.rollup.fold import Rollup
from livedash.rollup.read import RoomReader
from livedash.rollup.store import MANIFEST
from tests.livedash.build import START, between, clicks, enter, likes, lines, order, says
from tests.livedash.rollup.watched import NAME, Watched, figures


@pytest.fixture
def room(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def portion(number: int, size: int = 40) -> bytes:
    """Lines that no other portion has; every portion a second after the one before."""
    said = [
        enter(f"u{number}"), likes("a", 2), says("b", "hi"), clicks(f"u{number}"),
        order(f"u{number}", 5, f"p{number % 3}", currency="EUR" if number % 2 else None),
    ] * (size // 5)  # fmt: skip
    rows = [one | {"event_id": f"{number}-{i}", "ts": START + 1000 * number + i} for i, one in enumerate(said)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in lines(rows))


def test_a_room_that_nobody_read_yet_is_empty(tmp_path: Path) -> None:
    rollup = RoomReader("room", tmp_path / "nothing").refresh()
    assert rollup.revision == 0 and rollup.span is None and rollup.room.state == "upcoming"
    assert set(rollup.sums(None).values()) == {0} == set(rollup.sums(between(0, 9)).values())
    assert figures(rollup)["types"] == {}


def test_the_rollup_is_the_same_object_until_there_is_news(room: Watched) -> None:
    room.append(portion(0))
    first = room.read()
    revision = first.revision
    assert room.read() is first
    room.append(portion(1))
    assert room.read() is first and first.revision > revision


def test_a_new_generation_is_noticed_even_at_the_same_revision(room: Watched) -> None:
    room.append(portion(0))
    room.read()
    room.restart()
    shutil.rmtree(room.store)
    room.append(portion(1))
    room.refresh()
    assert figures(room.reader.refresh()) == figures(room.scratch())


def test_while_the_store_is_away_the_last_figures_stay(room: Watched) -> None:
    room.append(portion(0))
    before = room.read().sums(None)
    (room.store / MANIFEST).write_bytes(b"nonsense")
    assert room.reader.refresh().sums(None) == before
    assert room.reader.refresh().sums(between(0, 1)) == before, "windows are still read from where they were"
    (room.store / MANIFEST).unlink()
    assert room.reader.refresh().sums(None) == before
    room.restart()
    room.append(portion(1))
    assert figures(room.read()) == figures(room.scratch())


def test_folding_that_was_broken_off_is_begun_anew(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    room.append(portion(0))
    good = room.read()
    room.append(portion(1))
    room.refresh()
    fold = Rollup.fold
    broken: list[int] = []

    def breaks(self: Rollup, *args: Any) -> None:
        fold(self, *args)
        if len(broken) < 3:
            broken.append(1)
            raise FileNotFoundError

    monkeypatch.setattr(Rollup, "fold", breaks)
    room.reader.refresh()
    assert len(broken) == 3
    rollup = room.reader.refresh()
    assert rollup is not good
    assert figures(rollup) == figures(room.scratch())


def test_a_late_reader_sees_what_an_early_one_sees(room: Watched) -> None:
    for number in range(6):
        room.append(portion(number))
        room.read()
    late = RoomReader(NAME, room.store)
    assert figures(late.refresh(), [between(1, 3)]) == figures(room.read(), [between(1, 3)])


@pytest.mark.parametrize("rewrite", [False, True])
def test_a_reader_never_raises_while_the_ingester_commits_and_starts_over(
    room: Watched, monkeypatch: pytest.MonkeyPatch, rewrite: bool
) -> None:
    monkeypatch.setattr(ingest_module, "BATCH", 30)
    written = threading.Event()

    def write() -> None:
        try:
            for number in range(100):
                if rewrite and number % 8 == 7:
                    room.write(portion(number))
                else:
                    room.append(portion(number))
                room.refresh()
        finally:
            written.set()

    writer = threading.Thread(target=write)
    writer.start()
    looks = 0
    while not written.is_set() or not looks:
        looks += 1
        rollup = room.reader.refresh()
        sums = rollup.sums(between(0, 20))
        assert sums["likes"] % 2 == 0 and rollup.distinct("viewers", between(5, 50)) <= 45
        rollup.products(between(0, 9))
        rollup.user_funnel(between(0, 9))
        rollup.ordered_funnel(["view", "like"])
    writer.join()
    assert figures(room.reader.refresh()) == figures(room.scratch())


# --- straight from a folder


def test_a_folder_that_is_no_room_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for path, said in (("nowhere", "is no folder"), ("file", "is no folder"), ("empty", "holds no .ndjson file")):
        with pytest.raises(Problem, match=said) as problem:
            from_folder(tmp_path / path)
        assert problem.value.code == "not-a-room" and str(tmp_path / path) in str(problem.value)


def refuse(error: OSError) -> Callable[..., Any]:
    def refused(*args: Any) -> Any:
        raise error

    return refused


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "events.ndjson").write_bytes(portion(0))
    for error, said in (
        (PermissionError(13, "Permission denied"), r"Permission denied\. Check its rights\."),
        (OSError(5, "Input/output error"), r"Input/output error\. Look whether its disk is there"),
    ):
        monkeypatch.setattr(follow, "open_log", refuse(error))
        with pytest.raises(Problem, match=rf"events\.ndjson cannot be read: {said}") as problem:
            from_folder(tmp_path)
        assert problem.value.code == "file-unreadable"


@pytest.mark.parametrize("broken", ["cut", "no gzip", "garbage behind"])
def test_a_packed_file_that_is_damaged_is_refused_in_a_sentence(tmp_path: Path, broken: str) -> None:
    packed = gzip.compress(portion(0))
    spoilt = {"cut": packed[:-20], "no gzip": b"x" * 100, "garbage behind": packed + b"garbage"}[broken]
    (tmp_path / "events.ndjson.gz").write_bytes(spoilt)
    with pytest.raises(Problem, match=r"packing is damaged or not finished\. Pack it anew"):
        from_folder(tmp_path)


def test_a_folder_that_cannot_be_listed_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livedash.rollup.read.log_files", refuse(PermissionError(13, "Permission denied", "there")))
    with pytest.raises(Problem, match="there cannot be read: Permission denied"):
        from_folder(tmp_path)


def test_the_room_is_called_like_its_folder(tmp_path: Path) -> None:
    (tmp_path / "my-room").mkdir()
    (tmp_path / "my-room" / "events.ndjson").write_bytes(portion(0))
    assert from_folder(tmp_path / "my-room").room.id == "my-room"

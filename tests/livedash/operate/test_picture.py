"""Tying a recording to the clock: what a person says is kept beside the recording, whole or not at all."""
from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from livedash.analysis.broadcast import broadcast
from livedash.operate.picture import tie
from livedash.places import BROADCAST, CLOCK
from livedash.problems import Problem
from livedash.rollup.room import RoomHeader

START = 1_790_000_000_000
HEADER = RoomHeader("autumn", "Autumn drop", "Luna", "ended", START, None, "USD", "UTC")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / BROADCAST).mkdir()
    for name in ("a.mp4", "b.webm"):
        (tmp_path / BROADCAST / name).write_bytes(b"")
    return tmp_path


def kept(room: Path) -> dict[str, int]:
    said: dict[str, int] = json.loads((room / BROADCAST / CLOCK).read_text("utf-8"))
    return said


def test_what_is_said_of_a_picture_is_what_it_is_watched_by(room: Path) -> None:
    tie(room, "a.mp4", START - 4000, START)
    assert broadcast(room, HEADER).starts_at == START - 4000


def test_each_recording_has_its_own_time_and_the_last_word_holds(room: Path) -> None:
    tie(room, "a.mp4", START, START)
    tie(room, "b.webm", START + 5, START)
    tie(room, "a.mp4", START + 9, START)
    assert kept(room) == {"a.mp4": START + 9, "b.webm": START + 5}


def test_a_damaged_file_is_written_anew(room: Path) -> None:
    (room / BROADCAST / CLOCK).write_text("{")
    tie(room, "a.mp4", START, START)
    assert kept(room) == {"a.mp4": START}


@pytest.mark.parametrize("file", ["gone.mp4", "../a.mp4", "", ".", "..", f"../{BROADCAST}/a.mp4"])
def test_of_what_is_not_there_nothing_is_kept(room: Path, file: str) -> None:
    with pytest.raises(Problem) as met:
        tie(room, file, START, START)
    assert met.value.code == "picture-unknown" and not (room / BROADCAST / CLOCK).exists()


def test_a_time_far_from_the_live_is_refused(room: Path) -> None:
    with pytest.raises(Problem) as met:
        tie(room, "a.mp4", 0, START)
    assert met.value.code == "picture-time"


def test_where_nothing_can_be_written_it_says_so_and_leaves_nothing_half(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tie(room, "a.mp4", START, START)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem) as met:
        tie(room, "a.mp4", START + 1, START)
    assert met.value.code == "clock-not-written"
    assert kept(room) == {"a.mp4": START}
    assert {file.name for file in (room / BROADCAST).iterdir()} == {"a.mp4", "b.webm", CLOCK}

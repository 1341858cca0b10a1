"""A simulated LIVE reaches the disk in whole lines, whatever happens meanwhile, and is gone on with to the byte."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import pytest

from livedash.problems import Problem
from livedash.sources import recording
from livedash.sources.broadcast import PLAYLIST
from livedash.sources.recording import LOG, Recording, lines, play
from livedash.sources.script import DURATION, MINUTE, plan

from .conftest import EVENING

LIVE = plan(3, EVENING, rate=1)
WHOLE = b"".join(line for _, line in lines(LIVE))


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "PERIOD", 0)


def test_a_live_is_written_as_its_time_comes(tmp_path: Path) -> None:
    with Recording(tmp_path / "room", LIVE) as writing:
        for minute in (0, 1, 70):
            assert writing.advance(EVENING + minute * MINUTE)
            written = (tmp_path / "room" / LOG).read_bytes()
            due = [line for ts, line in lines(LIVE) if ts <= LIVE.moment(minute * MINUTE)]
            assert written == b"".join(due)
        assert not writing.advance(EVENING + DURATION)
    assert (tmp_path / "room" / LOG).read_bytes() == WHOLE


def test_stopping_leaves_whole_lines(tmp_path: Path) -> None:
    stop, calls = threading.Event(), 0

    def clock() -> int:
        nonlocal calls
        calls += 1
        if calls == 5:
            stop.set()
        return EVENING + calls * 7 * MINUTE

    with Recording(tmp_path, LIVE) as writing:
        assert play(writing, stop, clock) is False
    written = (tmp_path / LOG).read_bytes()
    assert WHOLE.startswith(written) and written.endswith(b"\n")
    assert all(msgspec.json.decode(line) for line in written.splitlines())


def test_a_live_played_to_its_end_is_whole_and_its_broadcast_closed(tmp_path: Path) -> None:
    with Recording(tmp_path, LIVE) as writing:
        assert play(writing, threading.Event(), lambda: EVENING + DURATION) is True
    assert (tmp_path / LOG).read_bytes() == WHOLE
    assert (tmp_path / "broadcast" / PLAYLIST).read_text().endswith("#EXT-X-ENDLIST\n")


@pytest.mark.parametrize("cut", [0, 1, 5_000, len(WHOLE) - 1, len(WHOLE)])
def test_a_log_cut_anywhere_is_gone_on_with(tmp_path: Path, cut: int) -> None:
    (tmp_path / LOG).write_bytes(WHOLE[:cut])
    with Recording(tmp_path, LIVE) as writing:
        writing.finish()
    assert (tmp_path / LOG).read_bytes() == WHOLE


def test_another_log_is_not_written_on(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b'{"event_id":"mine"}\n')
    with pytest.raises(Problem) as raised:
        Recording(tmp_path, LIVE)
    assert raised.value.code == "room-other-log"
    assert [file.name for file in tmp_path.iterdir()] == [LOG]
    assert (tmp_path / LOG).read_bytes() == b'{"event_id":"mine"}\n'


def test_a_full_disk_is_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tight:
        """A file on a disk that takes some bytes, then none, then all."""

        def __init__(self) -> None:
            self.calls = 0

        def write(self, data: bytes) -> int:
            self.calls += 1
            if self.calls in (2, 3):
                raise OSError(28, "No space left on device")
            return file.write(data[:1234] if self.calls == 1 else data)

        def close(self) -> None:
            file.close()

    with Recording(tmp_path, LIVE) as writing:
        file = writing._file
        monkeypatch.setattr(writing, "_file", Tight())
        assert play(writing, threading.Event(), lambda: EVENING + DURATION) is True
    assert (tmp_path / LOG).read_bytes() == WHOLE

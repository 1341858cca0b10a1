"""The command `simulate` does what it is told, and says in words what it cannot."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from livedash.sources import simulate
from livedash.sources.recording import LOG, wall_clock


def simulated(*words: str) -> int:
    parser = argparse.ArgumentParser()
    simulate.add_arguments(parser)
    return simulate.run(parser.parse_args(words))


def test_a_fast_live_is_written_to_its_end_and_tells_nothing_of_the_future(tmp_path: Path) -> None:
    assert simulated(str(tmp_path), "--speed", "1e8", "--rate", "1", "--room", "mine") == 0
    log = [msgspec.json.decode(line) for line in (tmp_path / "rooms" / "mine" / LOG).read_bytes().splitlines()]
    assert [log[0]["type"], log[-1]["type"]] == ["live_started", "live_ended"]
    assert datetime.fromisoformat(log[-1]["ts"]).timestamp() * 1000 <= wall_clock()


def test_whole_past_lives_are_written_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [str(tmp_path), "--ended", "2", "--rate", "0.5", "--start", "2026-11-20T12:00:00+08:00"]
    assert simulated(*words) == 0
    assert sorted(room.name for room in (tmp_path / "rooms").iterdir()) == ["demo-2026-11-18", "demo-2026-11-19"]
    assert simulated(*words) == 0
    assert "there were enough already" in capsys.readouterr().out


def test_a_room_with_another_log_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rooms" / "mine").mkdir(parents=True)
    (tmp_path / "rooms" / "mine" / LOG).write_text('{"event_id":"e"}\n')
    assert simulated(str(tmp_path), "--room", "mine") == 2
    assert "already holds another log" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../out", "..", "a" * 65, "a/b"])
def test_a_name_that_is_no_room_is_refused(tmp_path: Path, name: str) -> None:
    assert simulated(str(tmp_path), "--room", name) == 2
    assert not (tmp_path / "rooms").exists()


@pytest.mark.parametrize("words", [["--start", "2026-11-20T12:00:00"], ["--speed", "0"], ["--rate", "-1"]])
def test_senseless_arguments_are_refused(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        simulated(str(tmp_path), *words)

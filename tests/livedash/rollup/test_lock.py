"""One ingester at a time: the second is told who the first is, and a killed one's place is free at once."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from livedash.problems import Problem
from livedash.rollup.ingest import Ingester
from livedash.rollup.lock import only_one
from tests.house.trees import ROOT

HOLD = """
import sys, time
from pathlib import Path
from livedash.rollup.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    return process


def test_the_second_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "ingester.lock"
    other = holder(path)
    try:
        with pytest.raises(Problem, match=f"process {other.pid}, since 20") as problem, only_one(path):
            pass
        assert problem.value.code == "ingester-running"
        with pytest.raises(Problem):
            Ingester(tmp_path / "rooms", tmp_path / "cache").run(threading.Event())
    finally:
        other.communicate()
    with only_one(path):
        assert str(os.getpid()) in path.with_suffix(".holder").read_text()
    assert not path.with_suffix(".holder").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process at once")
def test_the_lock_of_a_killed_ingester_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "ingester.lock"
    other = holder(path)
    other.kill()
    other.communicate()
    assert f"process {other.pid}" in path.with_suffix(".holder").read_text(), "it left its name behind"
    with only_one(path):
        assert f"process {os.getpid()}" in path.with_suffix(".holder").read_text()


def test_within_one_process_the_lock_holds_too(tmp_path: Path) -> None:
    with only_one(tmp_path / "lock"), pytest.raises(Problem, match="Stop it first"), only_one(tmp_path / "lock"):
        pass
    with only_one(tmp_path / "lock"):
        pass


def test_a_lock_is_freed_when_its_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_one(tmp_path / "lock"):
        raise ZeroDivisionError
    with only_one(tmp_path / "lock"):
        pass


def test_a_stopped_ingester_lets_go_of_all_it_held(tmp_path: Path) -> None:
    (tmp_path / "rooms" / "a").mkdir(parents=True)
    stop = threading.Event()
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    looking = ingester.refresh

    def look_and_stop() -> None:
        looking()
        stop.set()

    ingester.refresh = look_and_stop  # type: ignore[method-assign]
    ingester.run(stop)
    assert (tmp_path / "cache" / "heartbeat.json").exists()
    Ingester(tmp_path / "rooms", tmp_path / "cache").run(stop)

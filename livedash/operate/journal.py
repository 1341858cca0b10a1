"""The dashboard's own log files of a room: whole lines added at their end, on the disk before they are answered for.
Several processes may add at once; nobody else writes these files, and nothing here changes a line that stands."""
from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from livedash.log.lock import try_lock, unlock
from livedash.log.parse import DAY
from livedash.problems import Problem
from livedash.words import N_

NAME = "operator.ndjson"
PATIENCE_S = 5.0
"""How long to wait for another process that is adding; each holds the file for some milliseconds."""

AHEAD_MS = 3_600_000
"""So far a line may follow one that is ahead of the clock: further ahead it would soon not be believed."""


class Journal:
    """The file while this process holds it: see `held`."""

    def __init__(self, file: int, path: Path) -> None:
        self._file = file
        self._path = path

    def events(self) -> list[dict[str, Any]]:
        """The lines that stand, as far as they are JSON objects of a time that a log takes (see `believed`)."""
        events, clock = [], now()
        for line in self._path.read_bytes().split(b"\n"):
            with contextlib.suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict) and believed(event, clock):
                    events.append(event)
        return events

    def append(self, events: Iterable[dict[str, Any]]) -> None:
        """Add the events as lines, all or none, and wait until they are on the disk. An end left torn by a crash is
        closed first, so that it spoils no line but itself. Raises Problem("log-not-written")."""
        block = b"".join(json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for event in events)
        size = os.fstat(self._file).st_size
        if size and not _ends_whole(self._path, size):
            block = b"\n" + block
        try:
            written = os.write(self._file, block)
            if written != len(block):
                raise OSError(f"only {written} of {len(block)} bytes fitted")
            os.fsync(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):  # what cannot be taken back is a torn end: the next append closes it
                os.ftruncate(self._file, size)
            raise _not_written(self._path, error) from error


def now() -> int:
    """This machine's clock, in epoch ms."""
    return time.time_ns() // 1_000_000


def believed(line: Mapping[str, Any], clock: int) -> bool:
    """Whether a log takes the line's time: one that is more than a day ahead of the clock was written by a clock gone
    wrong. It is rejected there, so it is nothing that was done."""
    ts = line.get("ts")
    return not isinstance(ts, int) or ts <= clock + DAY


def after(times: Iterable[int]) -> int:
    """The time (epoch ms) of a line that answers lines of these times: now, or right after the latest of them, as a
    clock that stepped back must not put a line before the one it answers. Never more than AHEAD_MS ahead of the clock,
    and one that is more than a day ahead is not followed at all: its line would lead every later one out of the log."""
    clock = now()
    return max([clock, *(min(ts + 1, clock + AHEAD_MS) for ts in times if ts <= clock + DAY)])


@contextlib.contextmanager
def held(room: Path, name: str = NAME) -> Iterator[Journal]:
    """The journal of a room's folder (or its other file of that name), for this process alone while the block runs.
    Raises Problem: "room-gone", "log-not-written", or "log-busy" if another process does not let go of it."""
    if not room.is_dir():
        raise Problem(
            "room-gone",
            N_("There is no room {room} any more: its folder was moved or deleted."),
            room=room.name,
        )
    path = room / name
    new = not path.exists()
    file = _open_held(path)
    try:
        if new:
            _keep_name(room)
        yield Journal(file, path)
    finally:
        unlock(file)
        os.close(file)


def _open_held(path: Path) -> int:
    """The file, open and locked, and surely the one that has this name now (it may be rotated while we wait)."""
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            raise _not_written(path, error) from error
        try:
            _wait_for_lock(file, path)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file), os.stat(path)):
                    return file
        except BaseException:
            os.close(file)
            raise
        unlock(file)
        os.close(file)


def _wait_for_lock(file: int, path: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while not try_lock(file):
        if time.monotonic() > until:
            raise Problem(
                "log-busy",
                N_("Another program holds {file}. Nothing was written; try again in a moment."),
                file=path.name,
            )
        time.sleep(0.005)


def _ends_whole(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"


def _keep_name(room: Path) -> None:
    """A new file's name is on the disk only when its folder is (Windows sees to that by itself)."""
    if sys.platform != "win32":
        folder = os.open(room, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _not_written(path: Path, error: OSError) -> Problem:
    return Problem(
        "log-not-written",
        N_("Nothing was written to {file}: {reason}. Free space on the disk, or allow writing there, and try again."),
        file=path.name,
        reason=error.strerror or str(error),
    )

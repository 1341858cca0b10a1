"""What of one room waits to be delivered: read from its journal, the parts rotated away from it, and what its deliverer
wrote of earlier attempts."""
from __future__ import annotations

import contextlib
import gzip
import json
import logging
import os
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard, cast

from livedash.log.follow import BROKEN_GZIP, HEAD, mark_of
from livedash.log.vocabulary import LONGEST_LINE
from livedash.operate import journal
from livedash.operate.journal import held

NAME = "delivery.ndjson"
ACTIONS = frozenset(
    {"pin", "unpin", "appeal_submitted", "giveaway_started", "giveaway_ended", "question_answered"}
)  # fmt: skip
PARTS = re.compile(r"operator(\.\d+)?\.ndjson(\.gz)?")

LOG = logging.getLogger("livedash.delivery")
Line = dict[str, Any]


@dataclass(slots=True)
class Action:
    """An action that waits. line: as it stands in the log; recorded: when it was done (epoch ms); said: the state that
    its last line in delivery.ndjson gives it."""

    line: Line
    recorded: int
    attempts: int = 0
    said: str = "recorded"

    @property
    def id(self) -> str:
        return str(self.line["event_id"])


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read. position: of its (unpacked) text; head, mark: length and hash of the bytes it began
    with, for a new file may have the number of one that is gone; size, changed: what it was then on the disk."""

    position: int = 0
    head: int = 0
    mark: str = ""
    size: int = -1
    changed: int = -1


@dataclass(slots=True)
class Outbox:
    """What of one room waits to be delivered. unsaid: an outcome that could not be written yet: before it stands in the
    log nothing more is sent."""

    room: Path
    since: int
    waiting: deque[Action] = field(default_factory=deque)
    unsaid: Line | None = None
    not_before: float = 0.0
    _known: dict[str, Line] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _read: dict[tuple[int, int], Place] = field(default_factory=dict)
    _damaged: set[str] = field(default_factory=set)
    _signature: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """What became of earlier actions is read from the log. Raises OSError."""
        with contextlib.suppress(FileNotFoundError):
            for line in _lines(self.room / NAME, 0):
                said = _parsed(line[0])
                if said.get("type") == "delivery" and isinstance(said.get("ref_id"), str):
                    self._known[said["ref_id"]] = said

    def look(self) -> None:
        """Take in what was done since the last look. Raises OSError, Problem."""
        try:
            signature: tuple[int, ...] = (os.stat(self.room).st_mtime_ns,)  # of the names: something may be rotated
        except FileNotFoundError:
            return
        there = False
        with contextlib.suppress(FileNotFoundError):
            now = os.stat(self.room / journal.NAME)
            signature += (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns)
            there = True
        if signature == self._signature:
            return
        # Whoever writes holds the file until its lines are on the disk: what is not there to stay is not seen.
        with held(self.room) if there else contextlib.nullcontext():
            for path in _parts(self.room):
                self._take(path)
        self._signature = signature

    def _take(self, path: Path) -> None:
        """Read on in a file. One whose packing is damaged is read as far as that goes: it holds up nothing else."""
        there = os.stat(path)
        key = (there.st_dev, there.st_ino)
        before = self._read.get(key, Place())
        packed = path.name.endswith(".gz")
        if packed and (before.size, before.changed) == (there.st_size, there.st_mtime_ns):
            return
        try:
            is_same = mark_of(_head(path, before.head)) == before.mark
            position = before.position if is_same and (packed or before.position <= there.st_size) else 0
            try:
                for raw, end in _lines(path, position):
                    self._queue(_parsed(raw))
                    position = end
            finally:
                head = _head(path, min(position, HEAD))
                self._read[key] = Place(position, len(head), mark_of(head), there.st_size, there.st_mtime_ns)
        except BROKEN_GZIP:
            if path.name not in self._damaged:
                LOG.warning("%s: %s is damaged: it is read as far as that goes", self.room.name, path.name)
                self._damaged.add(path.name)

    def _queue(self, line: Line) -> None:
        """An action of ours joins the end of the queue, unless it has been there, or is from before the webhook."""
        recorded = _recorded(line)
        name = line.get("event_id")
        if line.get("type") not in ACTIONS or not _is_text(name) or recorded is None or name in self._seen:
            return
        self._seen.add(name)
        before = self._known.pop(name, {})
        if before.get("state") in ("delivered", "confirmed", "failed") or recorded < self.since:
            return
        attempts = before.get("attempts")
        said = "retrying" if before else "recorded"
        self.waiting.append(Action(line, recorded, attempts if isinstance(attempts, int) else 0, said))

    def say(self, line: Line) -> None:
        """Write an outcome. Raises Problem; it is kept until it can be written."""
        self.unsaid = line
        with held(self.room, NAME) as log:
            log.append((line,))
        self.unsaid = None


def _is_text(value: object) -> TypeGuard[str]:
    """Whether it is a text of whole letters. (Half a letter, as JSON can hold it, is none: such a line is rejected.)"""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _recorded(line: Line) -> int | None:
    """When an action was done. What is said of a LIVE that is over stands at its end, and names the moment besides:
    in `recorded`, or `at` in older lines."""
    times = [line.get(name) for name in ("ts", "recorded", "at")]
    known = [moment for moment in times if isinstance(moment, int) and not isinstance(moment, bool)]
    return max(known, default=None)


def _parts(room: Path) -> list[Path]:
    """The journal and what was rotated away from it, the oldest first."""
    found = [path for path in room.iterdir() if PARTS.fullmatch(path.name) and path.is_file()]
    return sorted(found, key=lambda path: (path.name == journal.NAME, path.stat().st_mtime_ns))


def _open(path: Path) -> BinaryIO:
    """The file's text as bytes, unpacked where it is packed."""
    return cast(BinaryIO, gzip.open(path)) if path.name.endswith(".gz") else open(path, "rb")


def _head(path: Path, size: int) -> bytes:
    with _open(path) as file:
        return file.read(size)


def _lines(path: Path, start: int) -> Iterator[tuple[bytes, int]]:
    """The whole lines from a place on, each with the place behind it. One that is too long is passed over."""
    with _open(path) as file:
        file.seek(start)
        while line := file.readline(LONGEST_LINE + 2):
            too_long = len(line) > LONGEST_LINE and not line.endswith(b"\n")
            while too_long and not line.endswith(b"\n") and line:
                line = file.readline(LONGEST_LINE)
            if not line.endswith(b"\n"):
                return
            yield b"" if too_long else line, file.tell()


def _parsed(line: bytes) -> Line:
    """The event of a line; of what is none, an empty one."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}

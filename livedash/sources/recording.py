"""Writes a simulated LIVE into a room as time goes on: its log line by line, its broadcast segment by segment. It is
the one writer of the room's events.ndjson, and never leaves part of a line there while the disk takes what it is
given."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec

from livedash.problems import Problem
from livedash.sources.broadcast import Broadcast, furnish
from livedash.sources.script import DURATION, SECOND, Plan
from livedash.sources.show import events

log = logging.getLogger(__name__)

LOG = "events.ndjson"
PERIOD = 0.5
"""Seconds between two batches of lines while a LIVE is played."""
BATCH = 1000

Clock = Callable[[], int]


def lines(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Each line of a plan's log with its time. The same plan gives the same bytes, always."""
    encode = msgspec.json.Encoder().encode
    for event in events(plan, Random(f"show {plan.seed} {plan.started_at}")):
        yield event["ts"], encode(event) + b"\n"


class Recording:
    """A room being written, or written on: what its log holds already is checked and gone on from, to the byte.

    Raises Problem("room-other-log") if the log there is not the beginning of this plan's."""

    def __init__(self, room: Path, plan: Plan) -> None:
        room.mkdir(parents=True, exist_ok=True)
        self.plan = plan
        self._lines = lines(plan)
        self._next = next(self._lines, None)
        self._file = open(room / LOG, "ab", buffering=0)  # noqa: SIM115 (held for as long as the LIVE runs)
        self._pending = b""
        try:
            self._go_on_from((room / LOG).read_bytes(), room)
        except Problem:
            self.close()
            raise
        furnish(room)
        self._broadcast = Broadcast(room, plan)

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def advance(self, now: int) -> bool:
        """Write all that has happened by now (epoch ms); says whether there is more to come.

        An OSError (a full disk, say) leaves everything such that the next call goes on where this one failed."""
        limit = self.plan.moment(now - self.plan.started_at)
        self._flush()
        while self._next and self._next[0] <= limit:
            batch: list[bytes] = []
            while self._next and self._next[0] <= limit and len(batch) < BATCH:
                batch.append(self._next[1])
                self._next = next(self._lines, None)
            self._pending = b"".join(batch)
            self._flush()
        shown = self._broadcast.advance(now - self.plan.started_at)
        return self._next is not None or not shown

    def finish(self) -> None:
        """Write all that is left, at once."""
        self.advance(self.plan.ends_at + 2 * DURATION)

    def _flush(self) -> None:
        while self._pending:
            self._pending = self._pending[self._file.write(self._pending) :]

    def _go_on_from(self, written: bytes, room: Path) -> None:
        at = 0
        while at < len(written):
            line = self._next[1] if self._next else b""
            if not line or not line.startswith(written[at : at + len(line)]):
                msgid = "The room {room} already holds another log. Choose another room, or remove its folder first."
                raise Problem("room-other-log", msgid, room=room.name)
            self._pending = line[len(written) - at :]
            at += len(line)
            self._next = next(self._lines, None)


def wall_clock() -> int:
    """Now, in epoch ms."""
    return time.time_ns() // 1_000_000


def fast_clock(plan: Plan, speed: float) -> Clock:
    """A clock that starts with the LIVE and runs `speed` times as fast."""
    began = time.monotonic()
    return lambda: plan.started_at + round((time.monotonic() - began) * speed * SECOND)


def play(recording: Recording, stop: threading.Event, clock: Clock = wall_clock) -> bool:
    """Write a LIVE as it happens until it is over (True) or `stop` is set (False). Trouble with the disk is waited
    out."""
    while not stop.is_set():
        try:
            if not recording.advance(clock()):
                return True
        except OSError as error:
            log.warning("The simulated LIVE cannot be written just now: %s", error)
        stop.wait(PERIOD)
    return False

"""The rooms of a data directory, for whoever shows them: which there are, how fresh they are, and their rollups.
Holds the latest rollups in memory, each behind its own lock, and what was asked of a whole room until that room's next
commit; never writes."""
from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livedash.places import is_room_id, no_room_id
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import misnamed, room_ids
from livedash.rollup.read import NOTHING, Commit, RoomReader
from livedash.rollup.room import RoomHeader, as_the_clock_has_it
from livedash.rollup.store import DamagedStore, read_manifest
from livedash.view import Window

MOST_OPEN = 24
"""Rollups kept in memory; beyond, the one longest unused is let go and read from its store when asked for again."""
MOST_REMEMBERED = 50
"""Answers about one room that are remembered; beyond, the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far a room has been read. heartbeat_ms: when the ingester last looked (None: never); last_event_ms: the time
    of the latest event; unreadable: lines that could not be taken; trouble: what stands in the ingester's way."""

    revision: int
    heartbeat_ms: int | None
    last_event_ms: int | None
    unreadable: int
    state: str
    trouble: str | None = None


@dataclass(slots=True)
class _Remembered:
    """What was asked of a room at one commit: the answers by question and arguments."""

    commit: Commit
    answers: dict[tuple[Any, ...], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a room says of itself, and how far it has been read; state is that of the clock when it was asked."""

    header: RoomHeader
    last_ts: int | None
    unreadable: int


Opened = tuple[RoomReader, threading.Lock]


class Rooms:
    """The rooms under rooms_dir, as the ingester has read them into cache_dir."""

    def __init__(self, rooms_dir: Path, cache_dir: Path) -> None:
        self.rooms_dir, self.cache_dir = rooms_dir, cache_dir
        self._begin()

    def _begin(self) -> None:
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._remembered: dict[str, _Remembered] = {}
        self._guard = threading.Lock()
        self._glance = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """What a copy for another process begins with: the places, but nothing that is open or locked."""
        held = ("_open", "_remembered", "_guard", "_glance")
        return {name: value for name, value in self.__dict__.items() if name not in held}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._begin()

    def ids(self) -> list[str]:
        """All rooms, by name."""
        return room_ids(self.rooms_dir)

    def misnamed(self) -> list[str]:
        """Folders that hold a log and are no rooms, because of their names."""
        try:
            return misnamed(self.rooms_dir)
        except OSError:
            return []

    def folder(self, room_id: str) -> Path:
        """The folder of a room's log. Raises Problem("room-id") or Problem("room-gone")."""
        if not is_room_id(room_id):
            raise no_room_id(room_id)
        folder = self.rooms_dir / room_id
        if not folder.is_dir():
            raise Problem(
                "room-gone", "There is no room {room} here. Look in the list of LIVE rooms, or put its folder back.",
                room=room_id,
            )  # fmt: skip
        return folder

    def revision(self, room_id: str) -> int:
        """The room's latest commit, 0 while nothing is read. Raises Problem like folder()."""
        self.folder(room_id)
        commit = self._commit(room_id)
        return commit[1] if commit else 0

    @contextlib.contextmanager
    def reading(self, room_id: str) -> Iterator[Rollup]:
        """The room's rollup at its latest commit, for this thread alone while the block runs. Raises Problem."""
        self.folder(room_id)
        reader, lock = self._reader(room_id)
        with lock:
            yield reader.refresh()

    def remembered(self, room_id: str, question: Callable[..., Any], *args: Any) -> Any:
        """What question(rollup, None, *args) answers of the whole room at its latest commit. It is asked again only
        after another commit, however many rooms there are: for lists, which look at all of them again and again. args
        must be hashable. Raises Problem like folder(), and what the question raises."""
        return self._ask(room_id, question, *args)[1]

    def header(self, room_id: str) -> RoomHeader:
        """What the room says of itself; its state is that of this moment. Raises Problem like folder()."""
        standing: _Standing = self.remembered(room_id, _standing)
        return as_the_clock_has_it(standing.header, standing.last_ts, _now())

    def freshness(self, room_id: str) -> Freshness:
        """How far the room has been read, and whether somebody is reading."""
        beat, now = self._heartbeat(), _now()
        commit, standing = self._ask(room_id, _standing)
        last = standing.last_ts
        return Freshness(
            revision=commit[1],
            heartbeat_ms=beat.get("at"),
            last_event_ms=None if last is None else min(last, now),  # a clock gone wrong may be ahead of ours
            unreadable=standing.unreadable,
            state=as_the_clock_has_it(standing.header, last, now).state,
            trouble=beat.get("trouble", {}).get(room_id),
        )

    def _ask(self, room_id: str, question: Callable[..., Any], *args: Any) -> tuple[Commit, Any]:
        """The answer, and the commit that it is of."""
        self.folder(room_id)
        key = (question, *args)
        known = self._known(room_id, key)
        if known:
            return known
        with self._guard:
            opened = self._open.get(room_id)
        if opened:
            with opened[1]:
                return self._known(room_id, key) or self._answer(room_id, opened[0], key)
        with self._glance:  # one room after the other: each is read whole
            known = self._known(room_id, key)
            if known:
                return known
            reader = RoomReader(room_id, self._store(room_id))
            found = self._answer(room_id, reader, key)
            self._keep(room_id, reader)
            return found

    def _known(self, room_id: str, key: tuple[Any, ...]) -> tuple[Commit, Any] | None:
        """The answer as it is remembered, if the room has had no other commit since. While its store is damaged and
        made anew, what was good stays."""
        commit = self._commit(room_id)
        with self._guard:
            held = self._remembered.get(room_id)
            if held and key in held.answers and commit in (None, held.commit):
                return held.commit, held.answers[key]
        return None

    def _answer(self, room_id: str, reader: RoomReader, key: tuple[Any, ...]) -> tuple[Commit, Any]:
        question, *args = key
        answer = question(reader.refresh(), None, *args)
        with self._guard:
            held = self._remembered.get(room_id)
            if held is None or held.commit != reader.commit:
                held = self._remembered[room_id] = _Remembered(reader.commit)
            held.answers[key] = answer
            while len(held.answers) > MOST_REMEMBERED:
                del held.answers[next(iter(held.answers))]
        return reader.commit, answer

    def _keep(self, room_id: str, reader: RoomReader) -> None:
        """Hold on to a reader opened for a glance, if there is room. A LIVE that runs takes the place of one that is
        over, because it will be looked at again; else nothing that is open is given up for a glance."""
        with self._guard:
            if room_id in self._open:
                return
            if len(self._open) >= MOST_OPEN:
                over = next(filter(self._is_over, self._open), None)
                if over is None or self._is_over(room_id):
                    return
                del self._open[over]
            self._open[room_id] = (reader, threading.Lock())
            self._open.move_to_end(room_id, last=False)

    def _is_over(self, room_id: str) -> bool:
        """Whether the LIVE was over when it was last asked how it stands."""
        held = self._remembered.get(room_id)
        standing = held.answers.get((_standing,)) if held else None
        return standing is not None and standing.header.state == "ended"

    def _heartbeat(self) -> dict[str, Any]:
        try:
            beat = json.loads((self.cache_dir / "heartbeat.json").read_text())
        except (OSError, ValueError):
            return {}
        return beat if isinstance(beat, dict) else {}

    def _store(self, room_id: str) -> Path:
        return self.cache_dir / "rooms" / room_id

    def _commit(self, room_id: str) -> Commit | None:
        """The room's latest commit, or that of nothing; None where the store is damaged."""
        try:
            manifest = read_manifest(self._store(room_id))
        except DamagedStore:
            return None
        return (manifest.generation, manifest.revision) if manifest else NOTHING

    def _reader(self, room_id: str) -> Opened:
        with self._guard:
            if room_id not in self._open:
                self._open[room_id] = (RoomReader(room_id, self._store(room_id)), threading.Lock())
                while len(self._open) > MOST_OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(room_id)
            return self._open[room_id]


def _standing(rollup: Rollup, window: Window | None) -> _Standing:
    return _Standing(rollup.room, rollup.last_ts, rollup.log.total.rejected)


def _now() -> int:
    return int(time.time() * 1000)

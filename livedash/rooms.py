"""The rooms of a data directory, for whoever shows them: which there are, how fresh they are, and their rollups.
Holds the latest rollups in memory, each behind its own lock; never writes."""
from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import is_room_id, room_ids
from livedash.rollup.read import RoomReader
from livedash.rollup.store import DamagedStore, read_manifest

MOST_OPEN = 24
"""Rollups kept in memory; beyond, the one longest unused is let go and read from its store when asked for again."""


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


class Rooms:
    """The rooms under rooms_dir, as the ingester has read them into cache_dir."""

    def __init__(self, rooms_dir: Path, cache_dir: Path) -> None:
        self.rooms_dir, self.cache_dir = rooms_dir, cache_dir
        self._open: OrderedDict[str, tuple[RoomReader, threading.Lock]] = OrderedDict()
        self._guard = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        """What a copy for another process begins with: the places, but nothing that is open or locked."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_open", "_guard")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _open=OrderedDict(), _guard=threading.Lock())

    def ids(self) -> list[str]:
        """All rooms, by name."""
        return room_ids(self.rooms_dir)

    def folder(self, room_id: str) -> Path:
        """The folder of a room's log. Raises Problem("room-id") or Problem("room-gone")."""
        if not is_room_id(room_id):
            raise Problem(
                "room-id", "{room} cannot name a room: use up to 64 letters, digits, dots, hyphens and underscores.",
                room=room_id[:80],
            )  # fmt: skip
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
        try:
            manifest = read_manifest(self._store(room_id))
        except DamagedStore:
            return 0
        return manifest.revision if manifest else 0

    @contextlib.contextmanager
    def reading(self, room_id: str) -> Iterator[Rollup]:
        """The room's rollup at its latest commit, for this thread alone while the block runs. Raises Problem."""
        self.folder(room_id)
        reader, lock = self._reader(room_id)
        with lock:
            yield reader.refresh()

    def freshness(self, room_id: str) -> Freshness:
        """How far the room has been read, and whether somebody is reading."""
        beat = self._heartbeat()
        with self.reading(room_id) as rollup:
            return Freshness(
                revision=rollup.revision,
                heartbeat_ms=beat.get("at"),
                last_event_ms=rollup.present,
                unreadable=rollup.log.total.rejected,
                state=rollup.room.state,
                trouble=beat.get("trouble", {}).get(room_id),
            )

    def wait_for_first_reading(self, seconds: float) -> bool:
        """Wait until every room has been read once; False if that took longer."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if all(self.revision(room_id) for room_id in self.ids()):
                return True
            time.sleep(0.05)
        return False

    def _heartbeat(self) -> dict[str, Any]:
        try:
            beat = json.loads((self.cache_dir / "heartbeat.json").read_text())
        except (OSError, ValueError):
            return {}
        return beat if isinstance(beat, dict) else {}

    def _store(self, room_id: str) -> Path:
        return self.cache_dir / "rooms" / room_id

    def _reader(self, room_id: str) -> tuple[RoomReader, threading.Lock]:
        with self._guard:
            if room_id not in self._open:
                self._open[room_id] = (RoomReader(room_id, self._store(room_id)), threading.Lock())
                while len(self._open) > MOST_OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(room_id)
            return self._open[room_id]

"""Opens rollups: from a store that an ingester fills, taking in only what is new, or straight from a room's folder.
Only reads; several readers may follow one store."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from livedash.log.follow import log_files
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import RoomIngest
from livedash.rollup.store import DamagedStore, Manifest, Memory, read_delta, read_manifest, read_rows
from livedash.rollup.tables import Delta


class RoomReader:
    """One room's rollup, kept up to the latest commit of its store."""

    def __init__(self, room_id: str, store: Path) -> None:
        self.room_id, self.store = room_id, store
        self._manifest = Manifest()
        self.rollup = Rollup(room_id, self)

    def refresh(self) -> Rollup:
        """The rollup at the latest commit; empty where nothing was committed yet. While a damaged store is being read
        anew, the last good rollup stays."""
        for _ in range(3):
            try:
                manifest = read_manifest(self.store)
                if manifest is not None and manifest.revision != self._manifest.revision:
                    self._follow(manifest)
                break
            except (FileNotFoundError, DamagedStore):
                continue  # swept away under our eyes: the next manifest says where it is now
        return self.rollup

    def _follow(self, manifest: Manifest) -> None:
        anew = manifest.generation != self._manifest.generation
        since = None if anew else self._manifest.extents
        delta = read_delta(self.store, manifest, since)
        if anew:
            self.rollup = Rollup(self.room_id, self)
        self._manifest = manifest
        self.rollup.fold(delta, manifest)

    def everything(self) -> Delta:
        return read_delta(self.store, self._manifest)

    def events(self, start: int, stop: int) -> np.ndarray:
        return read_rows(self.store, self._manifest, "events", start, stop)


class _InMemory:
    """The rows of a log that was read once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._events: np.ndarray | None = None

    def everything(self) -> Delta:
        return merged(self._memory.deltas)

    def events(self, start: int, stop: int) -> np.ndarray:
        if self._events is None or len(self._events) < stop:
            self._events = self.everything().table("events")
        return self._events[start:stop]


def merged(deltas: list[Delta]) -> Delta:
    """Several deltas as one."""
    out = Delta()
    for name in {name for d in deltas for name in d.tables}:
        out.tables[name] = np.concatenate([d.table(name) for d in deltas])
    for name in {name for d in deltas for name in d.texts}:
        out.texts[name] = [row for d in deltas for row in d.text(name)]
    return out


def from_folder(folder: Path) -> Rollup:
    """Read a room's log once, from start to end, keeping nothing. Raises Problem("not-a-room") or
    Problem("file-unreadable")."""
    if not folder.is_dir():
        raise Problem("not-a-room", "{path} is no folder. Name the folder that holds a room's log.", path=str(folder))
    if not log_files(folder):
        raise Problem("not-a-room", "{path} holds no .ndjson file, so it is not a room.", path=str(folder))
    memory = Memory()
    ingest = RoomIngest(folder, memory)
    try:
        ingest.refresh(strict=True)
    except OSError as error:
        raise Problem(
            "file-unreadable", "{path} cannot be read: {why}. Check its rights.",
            path=str(error.filename), why=error.strerror,
        ) from error  # fmt: skip
    rollup = Rollup(folder.resolve().name, _InMemory(memory))
    rollup.fold(merged(memory.deltas), memory.manifest)
    return rollup

"""Opens rollups: from a store that an ingester fills, taking in only what is new, or straight from a room's folder.
Only reads; several readers may follow one store."""
from __future__ import annotations

import errno
from pathlib import Path

import numpy as np

from livedash.log.follow import BrokenPacking, log_files
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import RoomIngest
from livedash.rollup.store import DamagedStore, Manifest, Memory, read_delta, read_manifest, read_rows
from livedash.rollup.tables import Delta
from livedash.words import N_

Commit = tuple[str, int]
"""A generation of a store and a revision in it: together they never come again."""
NOTHING: Commit = ("", 0)
"""Before the first commit."""


class _Stored:
    """The rows of a store as of one commit."""

    def __init__(self, store: Path, manifest: Manifest) -> None:
        self._store, self.manifest = store, manifest

    def everything(self) -> Delta:
        return read_delta(self._store, self.manifest)

    def events(self, start: int, stop: int) -> np.ndarray:
        return read_rows(self._store, self.manifest, "events", start, stop)


class RoomReader:
    """One room's rollup, kept up to the latest commit of its store."""

    def __init__(self, room_id: str, store: Path) -> None:
        self.room_id, self.store = room_id, store
        self._rows = _Stored(store, Manifest())
        self.rollup = Rollup(room_id, self._rows)
        self._whole = True
        """Whether the rollup holds all of its commit: not so when folding was broken off."""

    @property
    def commit(self) -> Commit:
        """Which commit the rollup holds."""
        return self._rows.manifest.generation, self._rows.manifest.revision

    def refresh(self) -> Rollup:
        """The rollup at the latest commit; empty where nothing was committed yet. While a damaged store is being read
        anew, the last good rollup stays."""
        for _ in range(3):
            try:
                manifest = read_manifest(self.store)
                if manifest is not None and self._is_news(manifest):
                    self._follow(manifest)
                break
            except (FileNotFoundError, DamagedStore):
                continue  # swept away under our eyes: the next manifest says where it is now
        return self.rollup

    def _is_news(self, manifest: Manifest) -> bool:
        known = self._rows.manifest
        return not self._whole or (manifest.generation, manifest.revision) != (known.generation, known.revision)

    def _follow(self, manifest: Manifest) -> None:
        rows, rollup = self._rows, self.rollup
        if self._whole and manifest.generation == rows.manifest.generation:
            delta = read_delta(self.store, manifest, rows.manifest.extents)
            rows.manifest = manifest
        else:
            delta = read_delta(self.store, manifest)
            rows = _Stored(self.store, manifest)
            rollup = Rollup(self.room_id, rows)
        self._whole = False
        rollup.fold(delta, manifest)
        self._rows, self.rollup, self._whole = rows, rollup, True


def _unreadable(error: OSError) -> Problem:
    """What is said of a file that cannot be read: what went wrong, and what mends that."""
    msgid = N_("{path} cannot be read: {why}. Look whether its disk is there and whole, and try again.")
    if isinstance(error, BrokenPacking):
        msgid = N_("{path} cannot be read: {why}. Pack it anew, or put the unpacked file in its place.")
    elif error.errno in (errno.EACCES, errno.EPERM):
        msgid = N_("{path} cannot be read: {why}. Check its rights.")
    return Problem("file-unreadable", msgid, path=str(error.filename), why=error.strerror or str(error))


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
    memory = Memory()
    ingest = RoomIngest(folder, memory)
    try:
        if not log_files(folder):
            raise Problem("not-a-room", "{path} holds no .ndjson file, so it is not a room.", path=str(folder))
        ingest.refresh(strict=True)
    except OSError as error:
        raise _unreadable(error) from error
    rollup = Rollup(folder.resolve().name, _InMemory(memory))
    rollup.fold(merged(memory.deltas), memory.manifest)
    return rollup

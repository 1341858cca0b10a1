"""Where a room's accepted events are kept on disk: append-only tables, and a manifest that says how much counts.
The manifest is put in place by one atomic rename, so that position and figures commit together; everything here is
derived from the log and may be deleted."""
from __future__ import annotations

import os
import shutil
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from livedash.log.account import Note
from livedash.log.follow import Followed
from livedash.rollup.tables import INGESTER_ONLY, TABLES, TEXTS, Delta

FORMAT = 2
MANIFEST = "manifest.json"
LINGER = 60.0
"""Seconds for which the generation before the current one stays, for readers who are still at it."""


@dataclass(slots=True)
class Extent:
    """How much of one file counts: bytes, rows and the CRC-32 of those bytes."""

    bytes: int = 0
    rows: int = 0
    crc: int = 0


@dataclass(slots=True)
class Manifest:
    """One committed state of a room. generation: the folder its tables are in; revision grows with every commit."""

    format: int = FORMAT
    revision: int = 0
    generation: str = ""
    extents: dict[str, Extent] = field(default_factory=dict)
    followed: list[Followed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    quarantined: int = 0


class DamagedStore(Exception):
    """What is on disk is not what was committed; the room is to be read again from its log."""


def read_manifest(folder: Path) -> Manifest | None:
    """The committed state, or None where there is none. Raises DamagedStore."""
    try:
        raw = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    check, _, body = raw.partition(b"\n")
    try:
        if int(check, 16) != zlib.crc32(body):
            raise DamagedStore("the manifest's check sum is wrong")
        found = msgspec.json.decode(body, type=Manifest)
    except (ValueError, msgspec.MsgspecError) as error:
        raise DamagedStore(f"the manifest cannot be read: {error}") from error
    if found.format != FORMAT:
        raise DamagedStore(f"the manifest has format {found.format}, not {FORMAT}")
    return found


def read_delta(folder: Path, manifest: Manifest, since: dict[str, Extent] | None = None) -> Delta:
    """The rows that came after `since`, copied into memory (nothing stays mapped, so any file can be swept away).
    Raises DamagedStore, FileNotFoundError."""
    delta = Delta()
    for name, extent in manifest.extents.items():
        before = (since or {}).get(name, Extent())
        if extent.rows == before.rows or name in INGESTER_ONLY:
            continue
        data = _read(folder / manifest.generation / _file(name), before.bytes, extent.bytes)
        if zlib.crc32(data, before.crc) != extent.crc:
            raise DamagedStore(f"{_file(name)} is not what was committed")
        if name in TABLES:
            delta.tables[name] = np.frombuffer(data, TABLES[name])
        else:
            delta.texts[name] = [msgspec.json.decode(line) for line in data.splitlines()]
    return delta


def read_rows(folder: Path, manifest: Manifest, name: str, start: int, stop: int) -> np.ndarray:
    """Rows [start, stop) of one table."""
    if start == stop:
        return np.empty(0, TABLES[name])  # where nothing was committed yet there is no file
    size = TABLES[name].itemsize
    data = _read(folder / manifest.generation / _file(name), start * size, stop * size)
    return np.frombuffer(data, TABLES[name])


def _file(name: str) -> str:
    return name + (".bin" if name in TABLES else ".ndjson")


def _read(path: Path, start: int, stop: int) -> bytes:
    with open(path, "rb") as file:
        file.seek(start)
        data = file.read(stop - start)
    if len(data) != stop - start:
        raise DamagedStore(f"{path.name} ends before byte {stop}")
    return data


class Store:
    """One room's tables, opened by the one ingester. Writing is append, then commit; what was appended without a commit
    is cut off at the next opening."""

    def __init__(self, folder: Path) -> None:
        """Open what was committed, after checking every byte of it. Raises DamagedStore, OSError."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.manifest = read_manifest(folder) or Manifest()
        self._files: dict[str, Any] = {}
        if self.manifest.generation:
            self._open()
        else:
            self.start_over()

    def _open(self) -> None:
        try:
            self._open_all()
        except BaseException:
            self.close()  # Windows moves no folder of which a file is open: it could not be set aside
            raise

    def _open_all(self) -> None:
        home = self.folder / self.manifest.generation
        for name in (*TABLES, *TEXTS):
            extent = self.manifest.extents.setdefault(name, Extent())
            path = home / _file(name)
            if extent.bytes and not path.exists():
                raise DamagedStore(f"{path.name} is not there")
            if name in TABLES and extent.bytes != extent.rows * TABLES[name].itemsize:
                raise DamagedStore(f"{path.name} has rows of another size")
            file = open(path, "r+b" if path.exists() else "w+b", buffering=0)  # noqa: SIM115
            self._files[name] = file
            if _crc(file, extent.bytes) != extent.crc:
                raise DamagedStore(f"{path.name} is not what was committed")
            file.truncate(extent.bytes)
            file.seek(extent.bytes)

    def start_over(self, notes: list[Note] | None = None) -> None:
        """Begin a new, empty generation. The old one stays readable until the next commit, and for a while after."""
        self.close()
        generation = f"g{time.time_ns():x}"
        (self.folder / generation).mkdir(parents=True)
        kept = (self.manifest.notes + (notes or []))[-50:]
        self.manifest = Manifest(revision=self.manifest.revision, generation=generation, notes=kept)
        self._open()

    def load(self) -> Delta:
        """Everything committed, the ingester's own tables included."""
        delta = read_delta(self.folder, self.manifest)
        for name in INGESTER_ONLY:
            delta.tables[name] = read_rows(self.folder, self.manifest, name, 0, self.manifest.extents[name].rows)
        return delta

    def append(self, delta: Delta) -> None:
        """Write new rows behind the old ones; they do not count before commit(). Raises OSError."""
        for name, rows in delta.tables.items():
            self._write(name, rows.tobytes(), len(rows))
        for name, texts in delta.texts.items():
            self._write(name, b"".join(msgspec.json.encode(text) + b"\n" for text in texts), len(texts))

    def _write(self, name: str, data: bytes, rows: int) -> None:
        file, extent = self._files[name], self.manifest.extents[name]
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        extent.bytes += len(data)
        extent.rows += rows
        extent.crc = zlib.crc32(data, extent.crc)

    def commit(self) -> None:
        """Make everything appended count, together with the positions in the log. Raises OSError."""
        self.manifest.revision += 1
        body = msgspec.json.encode(self.manifest)
        aside = self.folder / (MANIFEST + ".new")
        aside.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
        _replace(aside, self.folder / MANIFEST)
        self._sweep()

    def _sweep(self) -> None:
        """Remove older generations, the one before this last and not at once."""
        current = self.manifest.generation
        others = sorted(e.name for e in os.scandir(self.folder) if e.is_dir() and e.name != current)
        lingering = time.time_ns() - int(current[1:], 16) < LINGER * 1e9
        for name in others[: len(others) - lingering]:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files = {}


class Memory:
    """The same as a Store, kept nowhere: for reading a log once, from the command line or in tests."""

    def __init__(self) -> None:
        self.manifest = Manifest(generation="memory", extents={name: Extent() for name in (*TABLES, *TEXTS)})
        self.deltas: list[Delta] = []

    def start_over(self, notes: list[Note] | None = None) -> None:
        revision, kept = self.manifest.revision, self.manifest.notes + (notes or [])
        self.__init__()  # type: ignore[misc]
        self.manifest.revision, self.manifest.notes = revision, kept

    def load(self) -> Delta:
        return Delta()

    def append(self, delta: Delta) -> None:
        self.deltas.append(delta)
        for name, count in delta.sizes().items():
            self.manifest.extents[name].rows += count

    def commit(self) -> None:
        self.manifest.revision += 1

    def close(self) -> None:
        """Nothing to close."""


def set_aside(folder: Path) -> Path:
    """Move a damaged store out of the way, keeping it for whoever wants to look; returns where it is now."""
    aside = folder.with_name(f"{folder.name}.damaged-{time.time_ns():x}")
    folder.rename(aside)
    return aside


def _crc(file: Any, length: int) -> int:
    file.seek(0)
    crc = 0
    while length:
        data = file.read(min(length, 1 << 20))
        if not data:
            return -1
        crc = zlib.crc32(data, crc)
        length -= len(data)
    return crc


def _replace(source: Path, target: Path) -> None:
    """os.replace, tried again for a moment: on Windows a reader who has the target open holds it up."""
    for attempt in range(50):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if attempt == 49:
                raise
            time.sleep(0.01)

"""Follows the files of a room while they grow: knows each by the bytes it begins with, and reads every byte once.
Never writes to a log, and holds at most one block of it in memory."""
from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from livedash.log.account import FileAccount
from livedash.log.parse import HEAD_BYTES, Reject
from livedash.log.vocabulary import LONGEST_LINE

HEAD = 1024
BLOCK = 256 * 1024
BOM = b"\xef\xbb\xbf"
BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)


@dataclass(slots=True)
class Followed:
    """A file that is being read. head, mark: length and hash of its first bytes; position: bytes taken (of the unpacked
    text); skipping: where an over-long line began whose end has not come yet."""

    name: str
    head: int = 0
    mark: str = ""
    position: int = 0
    skipping: int | None = None
    skipped_head: str = ""
    account: FileAccount = field(default_factory=FileAccount)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whole lines from a file, and where they began. long_line: an over-long line that ended here instead."""

    block: bytes
    offset: int
    long_line: Reject | None = None


class Unreadable(OSError):
    """A file of the log is there and cannot be read."""


class BrokenPacking(Unreadable):
    """A packed file of the log is damaged, or its packing is not finished."""


class Unpacked(io.RawIOBase):
    """A packed file's text. Unpacking only goes forward, so the last read is kept: to go back within it is free."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._last, self._end, self._place = b"", 0, 0

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._place = offset
        return offset

    def read(self, size: int = BLOCK) -> bytes:
        back = self._end - self._place
        if not 0 <= back <= len(self._last):
            self._file.seek(self._place)
            self._last, self._end, back = b"", self._place, 0
        text = self._last[len(self._last) - back :]
        if len(text) < size:
            text += self._file.read(size - len(text))
            self._last, self._end = text, self._place + len(text)
        self._place += len(text[:size])
        return text[:size]

    def close(self) -> None:
        self._file.close()
        super().close()


def log_files(folder: Path) -> dict[str, os.stat_result]:
    """The files of a room's log, by name in order."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".ndjson", ".ndjson.gz")) and not entry.name.startswith("."):
                try:
                    status = entry.stat()
                except OSError:
                    continue  # gone, or a link to nothing: its writer is at work
                if stat.S_ISREG(status.st_mode):
                    found[entry.name] = status
    return {name: found[name] for name in sorted(found)}


def open_log(path: Path) -> io.BufferedReader | Unpacked:
    """The file's text as bytes, unpacked where it is packed."""
    return Unpacked(gzip.open(path)) if path.name.endswith(".gz") else open(path, "rb")


def mark_of(head: bytes) -> str:
    return hashlib.blake2b(head, digest_size=12).hexdigest()


def recognise(followed: list[Followed], folder: Path, present: dict[str, os.stat_result]) -> list[Followed]:
    """Match what was followed with the files there are: whose file goes by a new name is renamed, new files are added.
    Returns those whose bytes are gone (deleted, truncated, rewritten), which are left in the list. A file that cannot
    be read just now is taken for the one it was. Raises FileNotFoundError if a file goes away meanwhile."""
    heads = {name: _head(folder / name) for name in present}

    def same(one: Followed, name: str) -> bool:
        head = heads[name]
        if head is None:
            return name == one.name
        grown = name.endswith(".gz") or present[name].st_size >= one.position
        return grown and len(head) >= one.head and mark_of(head[: one.head]) == one.mark

    known = {one.name for one in followed}
    free = {name for name in present if name in known or not _is_being_packed(name, heads)}
    strays = []
    for one in followed:
        if one.name in free and same(one, one.name):
            free.discard(one.name)
        else:
            strays.append(one)
    gone = []
    for one in strays:
        if not one.position:
            followed.remove(one)
            continue
        moved = next((name for name in sorted(free) if same(one, name)), None)
        if moved is None:
            gone.append(one)
        else:
            one.name = moved
            free.discard(moved)
    followed.extend(Followed(name) for name in sorted(free))
    for one in followed:
        head = heads.get(one.name)
        if head and one not in gone and one.head < min(one.position, HEAD):
            remember_head(one, head)
    return gone


def _is_being_packed(name: str, heads: dict[str, bytes | None]) -> bool:
    """Whether a packed file only says again what its plain twin beside it says: it is still being made."""
    twin = heads.get(name.removesuffix(".gz"))
    return name.endswith(".gz") and twin is not None and twin.startswith(heads[name] or b"")


def remember_head(one: Followed, head: bytes) -> None:
    """Know the file by the bytes already taken of it: those after them may still change."""
    one.head = min(one.position, HEAD, len(head))
    one.mark = mark_of(head[: one.head])


def _head(path: Path) -> bytes | None:
    """A file's first bytes; None if it cannot be read."""
    try:
        with open_log(path) as file:
            return file.read(HEAD)
    except BROKEN_GZIP:
        return b""
    except FileNotFoundError:
        raise
    except OSError:
        return None


def portions(folder: Path, one: Followed) -> Iterator[Taken]:
    """What is new in a file, block by block. Raises Unreadable."""
    path = folder / one.name
    try:
        with open_log(path) as file:
            one.account.unfinished_bytes = 0
            while (taken := take(file, one)) is not None:
                if one.head < min(one.position, HEAD):
                    file.seek(0)
                    remember_head(one, file.read(HEAD))
                yield taken
    except FileNotFoundError:
        return  # renamed since; the next look finds it
    except BROKEN_GZIP as error:
        raise BrokenPacking(errno.EIO, "its packing is damaged or not finished", str(path)) from error
    except OSError as error:
        raise Unreadable(error.errno, error.strerror, str(path)) from error


def take(file: io.BufferedReader | Unpacked, one: Followed, most: int = BLOCK) -> Taken | None:
    """The next whole lines of the file, moving its position; None when there are none yet (what is left is unfinished).

    A line longer than the log allows is passed over without being kept: it comes back as `long_line` when it ends.
    """
    file.seek(one.position)
    data = file.read(most)
    start = one.position
    if one.skipping is not None:
        return _skip(one, data)
    end = data.rfind(b"\n") + 1
    if not end:
        if len(data) <= LONGEST_LINE + len(b"\r") + (len(BOM) if start == 0 else 0):
            one.account.unfinished_bytes = len(data)
            return None
        one.skipping, one.skipped_head = start, data[:HEAD_BYTES].decode("utf-8", "replace")
        one.position += len(data)
        return Taken(b"", start)
    one.position += end
    if start == 0 and data.startswith(BOM):
        return Taken(data[len(BOM) : end], len(BOM))
    return Taken(data[:end], start)


def _skip(one: Followed, data: bytes) -> Taken | None:
    assert one.skipping is not None
    end = data.find(b"\n") + 1
    if not data:
        one.account.unfinished_bytes = one.position - one.skipping
        return None
    one.position += end or len(data)
    if not end:
        return Taken(b"", one.position)
    length = one.position - 1 - one.skipping
    sentence = f"A line may be {LONGEST_LINE:,} bytes long; this one is {length:,}."
    long_line = Reject(0, 0, "too_long", sentence, one.skipped_head.encode())
    taken = Taken(b"", one.skipping, long_line)
    one.skipping, one.skipped_head = None, ""
    return taken

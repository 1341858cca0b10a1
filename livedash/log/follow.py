"""Follows the files of a room while they grow: knows each by the bytes it begins with, and reads every byte once.
Never writes to a log, and holds at most one block of it in memory."""
from __future__ import annotations

import gzip
import hashlib
import os
import stat
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

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


def log_files(folder: Path) -> dict[str, os.stat_result]:
    """The files of a room's log, by name in order. A packed file beside its plain twin is still being made."""
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
    return {n: found[n] for n in sorted(found) if not (n.endswith(".gz") and n.removesuffix(".gz") in found)}


def open_log(path: Path) -> IO[bytes]:
    """The file's text as bytes, unpacked where it is packed."""
    return gzip.open(path, "rb") if path.name.endswith(".gz") else open(path, "rb")  # type: ignore[return-value]


def mark_of(head: bytes) -> str:
    return hashlib.blake2b(head, digest_size=12).hexdigest()


def recognise(followed: list[Followed], folder: Path, present: dict[str, os.stat_result]) -> list[Followed]:
    """Match what was followed with the files there are: whose file goes by a new name is renamed, new files are added.
    Returns those whose bytes are gone (deleted, truncated, rewritten), which are left in the list."""
    heads = {name: _head(folder / name) for name in present}

    def same(one: Followed, name: str) -> bool:
        grown = name.endswith(".gz") or present[name].st_size >= one.position
        return grown and len(heads[name]) >= one.head and mark_of(heads[name][: one.head]) == one.mark

    free = set(present)
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
        if one not in gone and one.head < min(one.position, HEAD):
            remember_head(one, heads[one.name])
    return gone


def remember_head(one: Followed, head: bytes) -> None:
    """Know the file by the bytes already taken of it: those after them may still change."""
    one.head = min(one.position, HEAD, len(head))
    one.mark = mark_of(head[: one.head])


def _head(path: Path) -> bytes:
    try:
        with open_log(path) as file:
            return file.read(HEAD)
    except (OSError, *BROKEN_GZIP):
        return b""


def take(file: IO[bytes], one: Followed, most: int = BLOCK) -> Taken | None:
    """The next whole lines of the file, moving its position; None when there are none yet (what is left is unfinished).

    A line longer than the log allows is passed over without being kept: it comes back as `long_line` when it ends.
    """
    try:
        file.seek(one.position)
        data = file.read(most)
    except BROKEN_GZIP:
        data = b""
    start = one.position
    if one.skipping is not None:
        return _skip(one, data)
    end = data.rfind(b"\n") + 1
    if not end:
        if len(data) <= LONGEST_LINE + 1:
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

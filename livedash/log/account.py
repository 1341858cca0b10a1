"""The account of a room's log: for every file, lines read = accepted + duplicates + rejected + blank, at every moment.
Also the bounded quarantine, in which lines that could not be taken wait to be looked at."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

import msgspec

MOST_QUARANTINED = 1000
"""Per room; further bad lines are only counted."""


@dataclass(slots=True)
class FileAccount:
    """What became of a file's lines. conflicts are among the duplicates; types: accepted lines per type."""

    lines: int = 0
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    rejected: int = 0
    blank: int = 0
    unfinished_bytes: int = 0
    types: dict[str, int] = field(default_factory=dict)

    def add(self, other: FileAccount) -> None:
        """Add another file's account to this one."""
        types = Counter(self.types) + Counter(other.types)
        for f in fields(self):
            if f.name != "types":
                setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))
        self.types = dict(types)


class Quarantined(msgspec.Struct, frozen=True):
    """One line that could not be taken. line counts from 1; offset and head (its first bytes) are as in the file."""

    file: str
    line: int
    offset: int
    reason: str
    sentence: str
    head: str


class Note(msgspec.Struct, frozen=True):
    """Something that befell a file, such as a truncation: code for scripts, sentence for people."""

    ts: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LogAccount:
    """The account of a whole log."""

    files: dict[str, FileAccount]
    total: FileAccount
    unknown_types: dict[str, int]
    notes: tuple[Note, ...] = ()

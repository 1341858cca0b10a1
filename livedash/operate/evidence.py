"""Evidence of an appeal: files that a person adds, checked by ending and first bytes, and kept whole or not at all in
the room's own folder. It opens none of them further, trusts no name, and never replaces a file that is there."""
from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import re
import shutil
import sys
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from livedash.problems import Problem
from livedash.words import N_, Amount

FOLDER = "evidence"
MOST_FILES, LARGEST = 5, 10 * 1024 * 1024
LONGEST_NAME = 120
"""Bytes of a kept name, its ending included."""
CHUNK = 256 * 1024
STAGED, LEFT_S = ".new-", 3600
"""How the folder of files begins that are not kept yet, and after how many seconds a crash has left such a folder."""


KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".png": ("image/png", lambda start: start.startswith(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", lambda start: start.startswith(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", lambda start: start.startswith(b"\xff\xd8\xff")),
    ".webp": ("image/webp", lambda start: start[:4] == b"RIFF" and start[8:12] == b"WEBP"),
    ".pdf": ("application/pdf", lambda start: start.startswith(b"%PDF-")),
    ".txt": ("text/plain; charset=utf-8", lambda start: True),
    ".mp4": ("video/mp4", lambda start: start[4:8] == b"ftyp"),
    ".webm": ("video/webm", lambda start: start.startswith(b"\x1a\x45\xdf\xa3")),
}
"""Ending to media type, and to how the first bytes of such a file are told. A text has no such bytes: all of it is
looked at."""
ENDINGS = tuple(KINDS)

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that Windows keeps for itself, whatever their ending."""


@dataclass(frozen=True, slots=True)
class File:
    """One file as it came: the name that it was given, and what it holds."""

    name: str
    stream: BinaryIO


def folder_name(ref: str) -> str:
    """The folder of a violation's evidence, by the violation's id: readable where that is plain, never another's."""
    readable = re.sub(r"[^a-z0-9]+", "-", ref[:200].casefold()).strip("-")[:32].strip("-")
    return "-".join(filter(None, (readable, hashlib.sha256(ref.encode("utf-8", "replace")).hexdigest()[:16])))


def safe_name(name: str) -> str:
    """The name under which a file is kept. Raises Problem("evidence-name") for one that leads elsewhere, and
    Problem("evidence-kind") where the ending is none of ENDINGS."""
    told = name
    for _ in range(4):
        plain = unicodedata.normalize("NFKC", told)
        if re.search(r"[/\\\0]", plain) or not plain.strip(" .") or re.match(r"[A-Za-z]:", plain):
            raise Problem(
                "evidence-name",
                N_("{file} is no plain file name. Rename the file and add it again."),
                file=_shown(name),
            )
        told, before = unquote(told, errors="replace"), told
        if told == before:
            break
    kept = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", name)).strip(" .")
    stem, ending = os.path.splitext(kept)
    ending = ending.casefold()
    if ending not in KINDS:
        raise Problem(
            "evidence-kind",
            N_("{file} cannot be added: it must be one of {kinds}."),
            file=_shown(name),
            kinds=", ".join(one.removeprefix(".") for one in ENDINGS),
        )
    stem = stem.strip(" .") or "file"
    if stem.split(".")[0].casefold() in _RESERVED:
        stem = f"_{stem}"
    room = LONGEST_NAME - len(ending)
    return stem.encode()[:room].decode("utf-8", "ignore").strip(" .") + ending


def _plain(letter: str) -> str:
    """The letter, or what stands for one that no name should have: control and format signs, and what Windows bars."""
    return "_" if letter in '<>:"|?*%' or unicodedata.category(letter)[0] == "C" else letter


def _shown(name: str) -> str:
    """A name as it may be told: short, and without anything that is no letter."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)[:80] or "–"


@contextmanager
def staged(room: Path, ref: str, files: Iterable[File]) -> Iterator[Callable[[], tuple[str, ...]]]:
    """The files, checked and on the disk beside their place. Gives the step that puts them there and tells their names;
    if the block fails, none of them stays. Raises Problem: those of `safe_name`, "evidence-many", "evidence-large",
    "evidence-empty", "evidence-content", "evidence-not-written"."""
    given = list(files)
    if len(given) > MOST_FILES:
        raise Problem(
            "evidence-many",
            N_("{n} files are too many: add {most} at most."),
            n=Amount(len(given)),
            most=Amount(MOST_FILES),
        )
    names = [safe_name(file.name) for file in given]
    if not given:
        yield tuple
        return
    home, kept = room / FOLDER, []
    place, new = home / folder_name(ref), home / f"{STAGED}{uuid.uuid4().hex}"

    def keep() -> tuple[str, ...]:
        try:
            place.mkdir(exist_ok=True)
            for number, name in enumerate(names):
                target = _free(place, name)
                os.rename(new / str(number), target)
                kept.append(target)
            _sync(place)
            _sync(home)
        except OSError as error:
            raise _not_written(place.name, error) from error
        return tuple(target.name for target in kept)

    try:
        try:
            home.mkdir(exist_ok=True)
            _sweep(home)
            new.mkdir()
        except OSError as error:
            raise _not_written(FOLDER, error) from error
        for number, (file, name) in enumerate(zip(given, names, strict=True)):
            _write(new / str(number), file.stream, name)
        yield keep
    except BaseException:
        for target in kept:
            target.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            place.rmdir()  # only where nothing else is in it
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _sweep(home: Path) -> None:
    """Take away what a crash has left of files that were never kept."""
    for left in home.glob(f"{STAGED}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_S:
                shutil.rmtree(left, ignore_errors=True)


def _write(path: Path, stream: BinaryIO, name: str) -> None:
    """One file, on the disk when this returns."""
    try:
        with path.open("xb") as file:
            _copy(stream, file, name)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _not_written(name, error) from error


def _copy(stream: BinaryIO, file: BinaryIO, name: str) -> None:
    ending = os.path.splitext(name)[1]
    letters = codecs.getincrementaldecoder("utf-8")() if ending == ".txt" else None
    size = 0
    while chunk := stream.read(CHUNK):
        if not (KINDS[ending][1](chunk) if not size else True) or not _is_text(chunk, letters):
            raise _other_content(name)
        size += len(chunk)
        if size > LARGEST:
            raise Problem(
                "evidence-large",
                N_("{file} is too large: {most} MB at most. Cut it, or save it smaller."),
                file=name,
                most=Amount(LARGEST // 1024 // 1024),
            )
        file.write(chunk)
    if not size:
        raise Problem("evidence-empty", N_("{file} is empty. Choose the file again."), file=name)
    if not _is_text(b"", letters):
        raise _other_content(name)


def _is_text(chunk: bytes, letters: codecs.IncrementalDecoder | None) -> bool:
    """Whether a text goes on with this chunk, or ends before it where it is empty; always for what is no text."""
    if letters is None:
        return True
    try:
        return _NO_TEXT.search(letters.decode(chunk, final=not chunk)) is None
    except UnicodeDecodeError:
        return False


def _other_content(name: str) -> Problem:
    return Problem(
        "evidence-content",
        N_("{file} does not hold what its ending says. Save it as {kind} and add it again."),
        file=name,
        kind=os.path.splitext(name)[1].removeprefix("."),
    )


def _free(place: Path, name: str) -> Path:
    """A name that nothing has yet: another of the same name gets a number."""
    stem, ending = os.path.splitext(name)
    number, target = 2, place / name
    while os.path.lexists(target):
        target, number = place / f"{stem} ({number}){ending}", number + 1
    return target


def _sync(folder: Path) -> None:
    """A file's new name is on the disk only when its folder is (Windows sees to that by itself)."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _not_written(name: str, error: OSError) -> Problem:
    return Problem(
        "evidence-not-written",
        N_("{file} was not written: {reason}. Nothing was submitted. Free space on the disk, or allow writing there."),
        file=name,
        reason=error.strerror or str(error),
    )

"""Evidence is checked by ending and content, kept under names that lead nowhere else, whole or not at all."""
from __future__ import annotations

import errno
import io
import itertools
import os
from pathlib import Path
from typing import Any

import pytest

from livedash.operate import evidence
from livedash.operate.evidence import (
    ENDINGS,
    FOLDER,
    LARGEST,
    LONGEST_NAME,
    MOST_FILES,
    File,
    folder_name,
    safe_name,
    staged,
)
from livedash.problems import Problem

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
STARTS = {
    ".png": PNG,
    ".jpg": b"\xff\xd8\xff\xe0" + bytes(20),
    ".jpeg": b"\xff\xd8\xff\xe1" + bytes(20),
    ".webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ".pdf": b"%PDF-1.7\n",
    ".txt": "申诉 – it was said as a question.\n".encode(),
    ".mp4": b"\x00\x00\x00\x18ftypmp42",
    ".webm": b"\x1a\x45\xdf\xa3\x01",
}


def file(name: str, content: bytes = PNG) -> File:
    return File(name, io.BytesIO(content))


def keep(room: Path, *files: File, ref: str = "v1") -> tuple[str, ...]:
    with staged(room, ref, files) as place:
        return place()


def refused(room: Path, *files: File) -> Problem:
    with pytest.raises(Problem) as met:
        keep(room, *files)
    assert left(room) == []
    return met.value


def left(room: Path) -> list[str]:
    """Files anywhere under the room."""
    return sorted(str(path.relative_to(room)) for path in room.rglob("*") if path.is_file())


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_is_kept_as_it_came(tmp_path: Path, ending: str) -> None:
    assert keep(tmp_path, file(f"Proof{ending}", STARTS[ending])) == (f"Proof{ending}",)
    place = tmp_path / FOLDER / folder_name("v1")
    assert (place / f"Proof{ending}").read_bytes() == STARTS[ending]
    assert left(tmp_path) == [f"{FOLDER}/{place.name}/Proof{ending}"]


@pytest.mark.parametrize(("ending", "other"), [(a, b) for a, b in itertools.permutations(STARTS, 2) if a[:3] != b[:3]])
def test_a_file_that_is_not_what_its_ending_says_is_refused(tmp_path: Path, ending: str, other: str) -> None:
    if ending == ".txt" and other == ".pdf":
        return  # the head of a PDF is text, and harmless as such
    assert refused(tmp_path, file(f"proof{ending}", STARTS[other])).code == "evidence-content"


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"#!/bin/sh\x00", b"caf\xe9", b"a" * 300_000 + b"\x00", "é".encode()[:1]]
)
def test_a_text_is_text_from_end_to_end(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, file("proof.txt", content)).code == "evidence-content"


def test_a_letter_may_lie_across_two_readings_of_a_text(tmp_path: Path) -> None:
    assert keep(tmp_path, file("proof.txt", b"a" + "日本".encode() * 200_000)) == ("proof.txt",)


@pytest.mark.parametrize(
    "name", ["proof.exe", "proof", "proof.svg", "proof.html", "proof.png.exe", "proof.ndjson", ".png"]
)
def test_other_endings_are_refused_by_name(tmp_path: Path, name: str) -> None:
    problem = refused(tmp_path, file(name))
    assert problem.code == "evidence-kind" and name in str(problem) and "png" in str(problem)


def test_what_is_too_large_too_much_or_nothing_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, file("proof.png", PNG + bytes(LARGEST))).code == "evidence-large"
    assert refused(tmp_path, file("proof.png", b"")).code == "evidence-empty"
    assert refused(tmp_path, file("fine.png"), file("proof.txt", b"")).code == "evidence-empty"
    assert refused(tmp_path, *[file(f"{i}.png") for i in range(MOST_FILES + 1)]).code == "evidence-many"
    assert keep(tmp_path, file("proof.png", PNG.ljust(LARGEST, b"\0"))) == ("proof.png",)


def test_of_several_all_are_kept_or_none(tmp_path: Path) -> None:
    assert refused(tmp_path, file("a.png"), file("b.png"), file("c.pdf", PNG)).code == "evidence-content"
    assert keep(tmp_path, file("a.png"), file("b.png")) == ("a.png", "b.png")


def test_names_that_are_alike_are_told_apart_and_nothing_is_replaced(tmp_path: Path) -> None:
    assert keep(tmp_path, file("a.png", PNG + b"1"), file("a.png", PNG + b"2")) == ("a.png", "a (2).png")
    assert keep(tmp_path, file("a.png", PNG + b"3")) == ("a (3).png",)
    place = tmp_path / FOLDER / folder_name("v1")
    assert [(place / name).read_bytes()[-1:] for name in ("a.png", "a (2).png", "a (3).png")] == [b"1", b"2", b"3"]


def test_nothing_stays_when_what_follows_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path, "v1", [file("a.png")]) as place:
        assert place() == ("a.png",)
        raise RuntimeError
    assert left(tmp_path) == []
    with staged(tmp_path, "v1", [file("a.png")]):
        pass  # it turned out that the appeal stands already
    assert left(tmp_path) == []


def test_what_a_crash_left_goes_with_time(tmp_path: Path) -> None:
    old = tmp_path / FOLDER / ".new-1"
    old.mkdir(parents=True)
    (old / "0").write_bytes(PNG)
    keep(tmp_path, file("a.png"))
    assert old.is_dir()
    os.utime(old, (1, 1))
    keep(tmp_path, file("b.png"))
    assert not old.exists()


class Full(io.BytesIO):
    """A stream whose reading ends as on a disk that is full."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().read(50)


@pytest.mark.parametrize("failing", ["fsync", "rename", "read", "mkdir"])
def test_a_full_disk_is_said_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*args: Any, **more: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if failing == "mkdir":
        monkeypatch.setattr(Path, "mkdir", full)
    elif failing != "read":
        monkeypatch.setattr(evidence.os, failing, full)
    second = File("b.png", Full(PNG)) if failing == "read" else file("b.png")
    problem = refused(tmp_path, file("a.png"), second)
    assert problem.code == "evidence-not-written" and os.strerror(errno.ENOSPC) in str(problem)
    monkeypatch.undo()
    assert keep(tmp_path, file("a.png")) == ("a.png",)


def test_a_room_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(Problem) as met:
        keep(tmp_path / "gone", file("a.png"))
    assert met.value.code == "evidence-not-written" and not (tmp_path / "gone").exists()


# -------------------------------------------------------------------------------------------------------------- names

UP = ["../", "..\\", "%2e%2e/", "%2e%2e%2f", "..%2f", "..%5c", "%2e%2e%5c", "%252e%252e%252f", "..%252f", "..%255c",
      "\u2025/", "\uff0e\uff0e/", "\uff0e\uff0e\uff0f", "..\uff0f", "..\uff3c", "....//", "..././", "./../", "a/../../",
      "..;/"]  # fmt: skip
TO = ["secret.png", "events.ndjson", "etc/passwd", "rooms/other/secret.png", "operator.ndjson.png", "", ".png", "x.txt",
      "..", "con.png"]  # fmt: skip
ABSOLUTE = ["/etc/passwd", "/secret.png", "//server/share.png", "\\\\server\\share.png", "C:\\secret.png",
            "C:secret.png", "c:/secret.png", "file:///etc/passwd", "%2fetc%2fpasswd", "%252fsecret.png",
            "\uff0fsecret.png", "~/../x.png", "secret.png\0.txt", "\0", "%00.png/../x", "a%00/../b.png"]  # fmt: skip
PLAIN_BUT_ODD = ["", ".", "..", "...", " ", ". .", "  ..  "]
FORMS = [up * times + to for up in UP for to in TO for times in (1, 4)] + ABSOLUTE + PLAIN_BUT_ODD


def test_there_are_forms_enough() -> None:
    assert len(set(FORMS)) >= 200


@pytest.mark.parametrize("name", sorted(set(FORMS)))
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    room = tmp_path / "rooms" / "room"
    room.mkdir(parents=True)
    assert refused(room, file(name)).code in ("evidence-name", "evidence-kind")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Screen shot 1.PNG", "Screen shot 1.png"),
        ("证据 截图.png", "证据 截图.png"),
        ("ab:c*d?.png", "ab_c_d_.png"),
        ("<script>alert(1)<|script>.png", "_script_alert(1)__script_.png"),
        ("evil\u202egnp.exe.png", "evil_gnp.exe.png"),
        ("line\nfeed\x1b[31m.png", "line_feed_[31m.png"),
        ("con.png", "_con.png"),
        ("LPT1.tar.png", "_LPT1.tar.png"),
        ("...hidden.png", "hidden.png"),
        ("100%.png", "100_.png"),
        ("trailing. .png", "trailing.png"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("letter", ["a", "é", "证", "😀"])
def test_a_long_name_is_cut_and_keeps_its_ending(letter: str) -> None:
    kept = safe_name(letter * 500 + ".jpeg")
    assert kept.endswith(".jpeg") and len(kept.encode()) <= LONGEST_NAME


@pytest.mark.parametrize("ref", ["v1", "../../etc", "..", "", "a/b", "CON", "\0", "证", "x" * 5000, "\ud800", "a b:c"])
def test_a_folder_is_one_plain_name_for_any_violation(ref: str) -> None:
    name = folder_name(ref)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and 16 <= len(name) <= 60


def test_two_violations_never_share_a_folder() -> None:
    refs = ["v1", "V1", "v-1", "v.1", "v 1", "v1 ", "../v1"]
    assert len({folder_name(ref) for ref in refs}) == len(refs)

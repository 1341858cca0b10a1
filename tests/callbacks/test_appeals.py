"""Appeals come in by their own route: once, from this site only, within their limits; evidence goes out as a download
and nothing else does."""
from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from callbacks.appeals import LARGEST_APPEAL
from callbacks.safety import LARGEST_REQUEST
from layouts import addresses
from livedash.operate import evidence as operate
from livedash.operate.evidence import FOLDER, LARGEST, MOST_FILES, folder_name
from tests.callbacks.conftest import House
from tests.livedash.operate.test_evidence import FORMS

START = 1_795_435_800_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def room(house: House) -> Path:
    house.write(
        "autumn",
        {"ts": START, "type": "live_started"},
        {"ts": START + 5, "type": "violation", "ref_id": "v 1", "reason": "simulcast"},
    )
    return house.rooms.folder("autumn")


def said(room: Path) -> list[dict[str, Any]]:
    path = room / "operator.ndjson"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def appeal(house: House, room: str = "autumn", headers: dict[str, str] | None = None, **fields: Any) -> TestResponse:
    given = {"violation": "v 1", "reason": "other", "text": "It was one stream."} | fields
    return house.client.post(addresses.appeals(room), data=given, headers=headers)


def file(content: bytes = PNG, name: str = "proof.png") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def kept(room: Path) -> list[str]:
    return sorted(path.name for path in (room / FOLDER).rglob("*") if path.is_file())


def test_an_appeal_is_recorded_with_its_evidence_and_the_tab_tells_it(house: House, room: Path) -> None:
    answer = appeal(house, evidence=[file(), file(name="more.png")])
    assert answer.status_code == 200 and answer.json == {"before": False, "said": "The appeal is recorded."}
    [line] = said(room)
    assert (line["type"], line["ref_id"], line["by"]) == ("appeal_submitted", "v 1", "dashboard")
    assert line["evidence"] == ["proof.png", "more.png"] and kept(room) == ["more.png", "proof.png"]


def test_a_form_that_names_no_moment_is_of_now(house: House, room: Path) -> None:
    assert appeal(house, as_of="").status_code == 200 and len(said(room)) == 1


def test_a_second_one_is_told_so_before_and_after_the_log_is_read(house: House, room: Path) -> None:
    appeal(house)
    assert appeal(house).json == {"before": True, "said": "This appeal was submitted before: nothing was sent again."}
    house.read()
    assert appeal(house, evidence=[file()]).json["before"] is True  # type: ignore[index]
    assert len(said(room)) == 1 and kept(room) == []


def test_an_appeal_that_another_file_tells_of_is_not_made_again(house: House, room: Path) -> None:
    house.write("autumn", {"ts": START + 9, "type": "appeal_submitted", "ref_id": "v 1"})
    assert appeal(house).json["before"] is True and said(room) == []  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"as_of": str(START + 6)}, "view-past"),
        ({"violation": "nothing"}, "violation-unknown"),
        ({"violation": "\x00"}, "violation-unknown"),
        ({"reason": "because"}, "appeal-reason"),
        ({"text": "  "}, "appeal-empty"),
        ({"text": "x" * 1001}, "appeal-long"),
        ({"evidence": file(b"MZ", "proof.png")}, "evidence-content"),
        ({"evidence": file(PNG, "proof.svg")}, "evidence-kind"),
        ({"evidence": [file() for _ in range(MOST_FILES + 1)]}, "evidence-many"),
    ],
)
def test_what_cannot_be_submitted_is_told_and_nothing_is_written(
    house: House, room: Path, fields: dict[str, Any], code: str
) -> None:
    answer = appeal(house, **fields)
    assert answer.status_code == 400 and answer.json is not None
    assert answer.json["code"] == code and answer.json["said"]
    assert said(room) == [] and kept(room) == []


def test_a_room_that_is_not_there_is_told(house: House, room: Path) -> None:
    assert appeal(house, room="nobody").json["code"] == "room-gone"  # type: ignore[index]
    assert appeal(house, room="a b").json["code"] == "room-id"  # type: ignore[index]


def test_trouble_is_told_in_the_reader_s_language(house: House, room: Path) -> None:
    chinese = appeal(house, text="", headers={"Accept-Language": "zh"})
    assert chinese.json["said"] == "请用一两句话说明为什么该违规判定有误。"  # type: ignore[index]


def test_five_large_files_fit_which_no_callback_would_take(house: House, room: Path) -> None:
    large = [file(PNG.ljust(LARGEST, b"\0"), f"{i}.png") for i in range(MOST_FILES)]
    assert LARGEST * MOST_FILES > LARGEST_REQUEST
    assert appeal(house, evidence=large).status_code == 200 and len(kept(room)) == MOST_FILES
    callback = house.client.post("/_dash-update-component", json={"x": "x" * LARGEST_REQUEST})
    assert callback.status_code == 413


def test_more_than_that_is_refused_unread(house: House, room: Path) -> None:
    answer = house.client.post(
        addresses.appeals("autumn"), data=b"x", content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_APPEAL + 1)},
    )  # fmt: skip
    assert answer.status_code == 413 and answer.json is not None and answer.json["code"] == "appeal-large"
    assert said(room) == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9"])
def test_another_site_cannot_appeal(house: House, room: Path, origin: str) -> None:
    assert appeal(house, headers={"Origin": origin}).status_code == 403 and said(room) == []
    assert appeal(house, headers={"Origin": "http://localhost"}).status_code == 200


def test_a_full_disk_is_told_and_nothing_half_written(
    house: House, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(operate.os, "fsync", full)
    answer = appeal(house, evidence=[file()])
    assert answer.status_code == 400 and answer.json is not None
    assert "No space left on device" in answer.json["said"]
    assert said(room) == [] and kept(room) == []


def test_no_file_name_leads_out_of_the_evidence(house: House, room: Path) -> None:
    names = sorted({name for name in FORMS if name and "\0" not in name})
    house.write("autumn", *[{"ts": START + 9, "type": "violation", "ref_id": name} for name in names])
    before = set(house.settings.data.rglob("*"))
    statuses = {name: appeal(house, violation=name, evidence=file(name=name)).status_code for name in names}
    assert set(statuses.values()) <= {200, 400} and list(statuses.values()).count(400) > len(names) / 2
    new = {path for path in house.settings.data.rglob("*") if path.is_file()} - before
    places = [room / FOLDER / folder_name(name) for name in names]
    assert {path for path in new if path.parent not in places} == {room / "operator.ndjson"}


# ----------------------------------------------------------------------------------------------------------- downloads


def test_evidence_is_given_back_as_a_download_that_runs_nothing(house: House, room: Path) -> None:
    appeal(house, evidence=[file(), file(b"<script>alert(1)</script>", "note.txt")])
    for name, kind in (("proof.png", "image/png"), ("note.txt", "text/plain")):
        answer = house.client.get(addresses.evidence("autumn", "v 1", name))
        assert answer.status_code == 200 and answer.mimetype == kind
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"
    assert house.client.get(addresses.evidence("autumn", "v 1", "proof.png")).data == PNG


def test_evidence_is_no_picture_of_the_room(house: House, room: Path) -> None:
    appeal(house, evidence=[file()])
    (room / "cream.png").write_bytes(PNG)
    (room / "link.png").symlink_to(room / FOLDER / folder_name("v 1") / "proof.png")
    assert house.client.get("/images/autumn/cream.png").status_code == 200
    path = f"{FOLDER}/{folder_name('v 1')}/proof.png"
    for asked in (path, f"./{path}", f"{FOLDER}/../{path}", "link.png", path.replace(FOLDER, FOLDER.upper())):
        assert house.client.get(f"/images/autumn/{asked}").status_code != 200, asked


def test_evidence_of_another_violation_or_room_is_not_found(house: House, room: Path) -> None:
    appeal(house, evidence=[file()])
    for address in (
        addresses.evidence("autumn", "v 2", "proof.png"), addresses.evidence("nobody", "v 1", "proof.png"),
        addresses.evidence("autumn", "v 1", "other.png"), "/evidence/autumn/proof.png",
    ):  # fmt: skip
        assert house.client.get(address).status_code == 404


def test_nothing_else_is_given_out(house: House, room: Path) -> None:
    appeal(house, evidence=[file()])
    place = room / FOLDER / folder_name("v 1")
    for secret in (room / "secret.png", room.parent / "secret.png", room / FOLDER / "secret.png", room / "x.txt"):
        secret.write_bytes(b"secret")
    (place / "link.png").symlink_to(room / "secret.png")
    asked = [addresses.evidence("autumn", "v 1", name) for name in ("link.png", *FORMS)]
    asked += [f"/evidence/autumn/{name}?violation=v+1" for name in FORMS]
    asked += [addresses.evidence("autumn", name, "secret.png") for name in FORMS]
    for address in asked:
        answer = house.client.get(address)
        assert b"secret" not in answer.data and b"live_started" not in answer.data and b"root:" not in answer.data
        assert answer.status_code != 200 or answer.mimetype == "text/html"  # the page that says so

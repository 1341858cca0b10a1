"""The rooms there are, as the ingester has read them: by proper names only, at their latest, each behind its lock."""
from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from livedash import rooms as rooms_module
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import Ingester
from livedash.rollup.room import SILENT_FOR
from livedash.rollup.store import MANIFEST
from livedash.rooms import Rooms
from livedash.view import Window
from tests.livedash.build import START, enter, event, likes, lines


@pytest.fixture
def ingester(tmp_path: Path) -> Ingester:
    (tmp_path / "rooms").mkdir()
    return Ingester(tmp_path / "rooms", tmp_path / "cache")


@pytest.fixture
def rooms(ingester: Ingester) -> Rooms:
    return Rooms(ingester.rooms_dir, ingester.cache_dir)


def write(rooms: Rooms, room_id: str, *events: dict[str, Any]) -> None:
    folder = rooms.rooms_dir / room_id
    folder.mkdir(exist_ok=True)
    with open(folder / "events.ndjson", "ab") as file:
        file.write(b"".join(json.dumps(event).encode() + b"\n" for event in lines(events)))


def test_rooms_are_listed_by_name(rooms: Rooms) -> None:
    assert rooms.ids() == []
    for name in ("b", "a", ".hidden", "not a room"):
        (rooms.rooms_dir / name).mkdir()
    assert rooms.ids() == ["a", "b"]
    shutil.rmtree(rooms.rooms_dir)
    assert rooms.ids() == []


@pytest.mark.parametrize(
    "room_id", ["..", ".", "", "a/../b", "../rooms/a", "a\x00", "%2e%2e", "a b", "x" * 65, "/etc", "C:\\", "a\n"]
)
def test_a_name_that_leads_elsewhere_is_refused(rooms: Rooms, room_id: str) -> None:
    (rooms.rooms_dir / "a").mkdir()
    for ask in (rooms.folder, rooms.revision, rooms.freshness):
        with pytest.raises(Problem) as problem:
            ask(room_id)
        assert problem.value.code == "room-id"


def test_a_room_that_is_gone_is_said_to_be(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    ingester.refresh()
    assert rooms.folder("a") == rooms.rooms_dir / "a"
    shutil.rmtree(rooms.rooms_dir / "a")
    for ask in (rooms.folder, rooms.revision, rooms.freshness):
        with pytest.raises(Problem, match="There is no room a here") as problem:
            ask("a")
        assert problem.value.code == "room-gone"


def test_revisions_grow_with_what_was_read(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    assert rooms.revision("a") == 0
    ingester.refresh()
    first = rooms.revision("a")
    assert first > 0
    ingester.refresh()
    assert rooms.revision("a") == first
    write(rooms, "a", likes("u", 3))
    ingester.refresh()
    assert rooms.revision("a") > first
    (rooms.cache_dir / "rooms" / "a" / MANIFEST).write_bytes(b"nonsense")
    assert rooms.revision("a") == 0


def test_reading_gives_the_latest_rollup(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    with rooms.reading("a") as rollup:
        assert rollup.revision == 0 and rollup.room.state == "upcoming"
    ingester.refresh()
    with rooms.reading("a") as rollup:
        assert rollup.types == {"view": 1} and rollup.room.id == "a"
    write(rooms, "a", likes("u", 3))
    ingester.refresh()
    with rooms.reading("a") as rollup:
        assert rollup.sums(None)["views"] == 1


def test_one_at_a_time_reads_a_room_and_others_read_others(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    write(rooms, "b", enter("u"))
    ingester.refresh()
    entered = threading.Event()

    def second() -> None:
        with rooms.reading("a"):
            entered.set()

    with rooms.reading("a"):
        other = threading.Thread(target=second)
        other.start()
        with rooms.reading("b") as rollup:
            assert rollup.types == {"view": 1}
        assert not entered.wait(0.05)
    assert entered.wait(60)
    other.join()


def test_freshness_says_how_far_and_whether_somebody_reads(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    with open(rooms.rooms_dir / "a" / "events.ndjson", "ab") as file:
        file.write(b"oops\n")
    nobody = rooms.freshness("a")
    assert (nobody.revision, nobody.heartbeat_ms, nobody.last_event_ms, nobody.state) == (0, None, None, "upcoming")
    ingester.refresh()
    ingester.trouble["a"] = "No space left on device"
    ingester._beat()
    fresh = rooms.freshness("a")
    assert fresh.revision == rooms.revision("a") and fresh.heartbeat_ms is not None
    assert (fresh.last_event_ms, fresh.unreadable, fresh.trouble) == (START, 1, "No space left on device")


@pytest.mark.parametrize("left", [b"", b"\x00" * 50, b"{", b"\xff\xfe", b"[]", b"null"])
def test_a_damaged_heartbeat_is_none(rooms: Rooms, ingester: Ingester, left: bytes) -> None:
    write(rooms, "a", enter("u"))
    ingester.refresh()
    (rooms.cache_dir / "heartbeat.json").write_bytes(left)
    assert rooms.freshness("a").heartbeat_ms is None


def test_the_rooms_longest_unused_are_let_go(rooms: Rooms, ingester: Ingester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms_module, "MOST_OPEN", 2)
    for name in ("a", "b", "c"):
        write(rooms, name, enter("u"))
    ingester.refresh()
    for name in ("a", "b", "a", "c", "b"):
        with rooms.reading(name) as rollup:
            assert rollup.types == {"view": 1}
    assert set(rooms._open) == {"b", "c"}


def kinds(rollup: Rollup, window: Window | None, *names: str) -> dict[str, int]:
    """A question to remember the answer of."""
    return {name: rollup.types.get(name, 0) for name in names}


def test_what_was_asked_of_a_room_is_asked_again_only_after_another_commit(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    assert rooms.remembered("a", kinds, "view") == {"view": 0}, "not read yet"
    ingester.refresh()
    first = rooms.remembered("a", kinds, "view")
    assert first == {"view": 1} and rooms.remembered("a", kinds, "view") is first
    assert rooms.remembered("a", kinds, "view", "like") == {"view": 1, "like": 0}
    write(rooms, "a", {**likes("u", 3), "event_id": "new"})
    ingester.refresh()
    assert rooms.remembered("a", kinds, "view", "like") == {"view": 1, "like": 1}
    (rooms.cache_dir / "rooms" / "a" / MANIFEST).write_bytes(b"nonsense")
    assert rooms.remembered("a", kinds, "view", "like")["like"] == 1, "what was good stays while it is made anew"
    shutil.rmtree(rooms.rooms_dir / "a")
    with pytest.raises(Problem, match="There is no room a here"):
        rooms.remembered("a", kinds, "view")


def test_a_cache_that_was_deleted_and_made_again_is_not_taken_for_the_old_one(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    ingester.refresh()
    assert rooms.remembered("a", kinds, "view") == {"view": 1}
    shutil.rmtree(rooms.cache_dir)
    (rooms.rooms_dir / "a" / "events.ndjson").unlink()
    write(rooms, "a", enter("u"), enter("v"))
    Ingester(rooms.rooms_dir, rooms.cache_dir).refresh()
    assert rooms.revision("a") == 1 and rooms.remembered("a", kinds, "view") == {"view": 2}


def test_only_so_many_answers_of_a_room_are_remembered(
    rooms: Rooms, ingester: Ingester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "MOST_REMEMBERED", 3)
    write(rooms, "a", enter("u"))
    ingester.refresh()
    for number in range(9):
        rooms.remembered("a", kinds, f"kind-{number}")
    assert len(rooms._remembered["a"].answers) == 3


def test_a_live_that_falls_silent_is_over_though_nothing_was_written(
    rooms: Rooms, ingester: Ingester, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = START + 1000
    monkeypatch.setattr(time, "time", lambda: now / 1000)
    write(rooms, "a", enter("u"))
    write(rooms, "b", enter("u"), {**event("live_paused"), "event_id": "p"})
    ingester.refresh()
    assert [rooms.freshness(room).state for room in "ab"] == ["live", "paused"]
    now += SILENT_FOR + 1001
    assert [rooms.freshness(room).state for room in "ab"] == ["ended", "ended"]
    assert [rooms.header(room).state for room in "ab"] == ["ended", "ended"]
    with rooms.reading("a") as rollup:
        assert rooms.header("a") == rollup.room


def test_a_glance_takes_no_place_from_what_is_looked_at(
    rooms: Rooms, ingester: Ingester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms_module, "MOST_OPEN", 2)
    soon = int(time.time() * 1000)
    for name in ("a", "b", "c", "d"):
        write(rooms, name, enter("u"))
    write(rooms, "live", {**enter("u"), "ts": soon})
    ingester.refresh()
    for name in ("a", "b"):
        with rooms.reading(name):
            pass
    for name in rooms.ids()[:4]:
        assert rooms.freshness(name).state == "ended"
    assert set(rooms._open) == {"a", "b"}
    rooms.freshness("live")
    assert set(rooms._open) == {"b", "live"}, "what runs is looked at again, and takes the place of what is over"


def test_many_readers_and_an_ingester_at_once_agree(rooms: Rooms, ingester: Ingester) -> None:
    write(rooms, "a", enter("u"))
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        last = 0
        while not stop.is_set():
            try:
                with rooms.reading("a") as rollup:
                    views = rollup.sums(None)["views"]
                    if views < last or views != rollup.types.get("view", 0):
                        wrong.append((views, last))
                    last = views
                rooms.freshness("a")
            except Exception as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(60):
        write(rooms, "a", enter(f"u{number}") | {"event_id": f"n{number}", "ts": START + number})
        ingester.refresh()
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    with rooms.reading("a") as rollup:
        assert rollup.sums(None)["views"] == 61
    assert os.path.exists(rooms.cache_dir)

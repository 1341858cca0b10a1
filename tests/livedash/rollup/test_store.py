"""What was committed is kept, what was not is cut off, and what is damaged is noticed, set aside and made anew."""
from __future__ import annotations

import errno
import json
import random
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from livedash.log.vocabulary import TYPES
from livedash.rollup import ingest as ingest_module
from livedash.rollup import store as store_module
from livedash.rollup.ingest import Ingester
from livedash.rollup.read import RoomReader
from livedash.rollup.store import FORMAT, MANIFEST, DamagedStore, Extent, Store, read_delta, read_manifest
from livedash.rollup.tables import EVENT, TABLES, TEXTS, Delta
from tests.livedash.build import START, Event, clicks, enter, event, gift, likes, order, pin, profile, says
from tests.livedash.build import lines as timed
from tests.livedash.rollup.watched import NAME, Watched, figures, total

FILES = [*(f"{name}.bin" for name in TABLES), *(f"{name}.ndjson" for name in TEXTS)]


def log_of_everything() -> bytes:
    """A log that puts something into every table."""
    said: list[Event] = []
    for i in range(30):
        said += [
            enter(f"u{i}", "Search"), likes("a", i), says(f"u{i}", f"comment {i}"), clicks("a", f"p{i % 5}"), pin("p1"),
            order(f"u{i}", "1.10", f"p{i % 5}", order_id=f"o{i}", currency="EUR"), profile(f"u{i}", gender="f"),
            gift("a", i, "s"), event("giveaway_entered", "a", ref_id="g"),
        ]  # fmt: skip
    return b"".join(json.dumps(one).encode() + b"\n" for one in timed(said)) + b"oops\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A room that was read in three commits, to be copied and spoilt."""
    room = Watched(tmp_path_factory.mktemp("template"))
    data = log_of_everything()
    for at in (data[:5000], data[5000:20_000], data[20_000:]):
        room.append(at)
        room.read()
    room.restart()
    return room.folder.parents[1]


@pytest.fixture
def room(template: Path, tmp_path: Path) -> Watched:
    copy = Watched(tmp_path / "new")
    shutil.rmtree(copy.folder.parents[1])
    shutil.copytree(template, copy.folder.parents[1])
    return copy


def manifest_of(room: Watched) -> dict[str, Any]:
    return json.loads((room.store / MANIFEST).read_bytes().partition(b"\n")[2])


def rewrite_manifest(room: Watched, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest and give it a right check sum, as an older version of the program would have."""
    manifest = manifest_of(room)
    change(manifest)
    body = json.dumps(manifest).encode()
    (room.store / MANIFEST).write_bytes(b"%08x\n" % zlib.crc32(body) + body)


def part(room: Watched, name: str) -> Path:
    return room.store / MANIFEST if name == MANIFEST else room.store / manifest_of(room)["generation"] / name


def aside(room: Watched) -> list[Path]:
    return sorted(room.store.parent.glob(f"{NAME}.damaged-*"))


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


SPOIL: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "a bit flipped": flip,
    "cut": lambda data, chance: data[: chance.randrange(len(data))],
    "zeroed": lambda data, chance: bytes(len(data)),
    "emptied": lambda data, chance: b"",
    "a byte lost": lambda data, chance: data[:3] + data[4:],
    "a page of another file": lambda data, chance: data[: len(data) // 2] + bytes(range(256)) * (len(data) // 256 + 1),
}


def test_every_file_of_a_store_is_put_to_the_test(room: Watched) -> None:
    assert {path.name for path in part(room, "").iterdir()} == set(FILES)
    assert all(part(room, name).stat().st_size for name in FILES)


@pytest.mark.parametrize("how", SPOIL)
@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_damage_is_noticed_set_aside_and_made_good(room: Watched, name: str, how: str) -> None:
    path = part(room, name)
    before, generation = path.read_bytes(), path.parent.name
    spoilt = SPOIL[how](before, random.Random(name + how))
    assert spoilt != before
    path.write_bytes(spoilt)
    rollup = room.read()
    assert figures(rollup) == figures(room.scratch()) and total(rollup) == total(room.scratch())
    (kept,) = aside(room)
    moved = kept / MANIFEST if name == MANIFEST else kept / generation / name
    assert moved.read_bytes() == spoilt, "what was damaged is kept as it was"
    room.restart()
    assert room.read().revision == rollup.revision and len(aside(room)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
def test_any_flipped_bit_is_noticed(room: Watched, seed: int) -> None:
    chance = random.Random(seed)
    path = part(room, chance.choice([*FILES, MANIFEST]))
    path.write_bytes(flip(path.read_bytes(), chance))
    rollup = room.read()
    assert figures(rollup) == figures(room.scratch())
    assert aside(room) or path.name == MANIFEST, "one bit makes a small letter of the check sum a capital one"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_damage_too(room: Watched, name: str) -> None:
    part(room, name).unlink()
    assert figures(room.read()) == figures(room.scratch())
    assert len(aside(room)) == 1


@pytest.mark.parametrize("name", ["events.bin", "quarantine.ndjson", "loading"])
def test_a_damaged_store_has_no_file_open_when_it_is_set_aside(
    room: Watched, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Windows would not move it. What is damaged may show at the first file, at the last, or in loading them all."""
    opened: list[Any] = []
    still_open: list[int] = []
    aside_of = ingest_module.set_aside

    def watched_open(*args: Any, **said: Any) -> Any:
        opened.append(open(*args, **said))  # noqa: SIM115
        return opened[-1]

    def watched_aside(folder: Path) -> Path:
        still_open.append(sum(not file.closed for file in opened))
        return aside_of(folder)

    def spoilt(store: Store) -> Delta:
        raise DamagedStore("changed between checking and loading")

    monkeypatch.setattr(store_module, "open", watched_open, raising=False)
    monkeypatch.setattr(ingest_module, "set_aside", watched_aside)
    if name == "loading":
        once = iter([spoilt])
        load = Store.load
        monkeypatch.setattr(Store, "load", lambda store: next(once, load)(store))
    else:
        part(room, name).unlink()
    assert figures(room.read()) == figures(room.scratch())
    assert still_open == [0] and opened and len(aside(room)) == 1


def test_a_missing_manifest_is_a_new_beginning(room: Watched) -> None:
    (room.store / MANIFEST).unlink()
    assert figures(room.read()) == figures(room.scratch())


def test_whoever_changes_the_types_changes_the_format() -> None:
    """Tables name a type by its place: with other types every store there is would be read wrongly."""
    assert (FORMAT, zlib.crc32(" ".join(TYPES).encode())) == (2, 3235552553)


@pytest.mark.parametrize("change", [0, FORMAT - 1, FORMAT + 1, str(FORMAT), None])
def test_a_manifest_of_another_format_is_set_aside(room: Watched, change: Any) -> None:
    rewrite_manifest(room, lambda manifest: manifest.update(format=change))
    assert figures(room.read()) == figures(room.scratch())
    assert len(aside(room)) == 1


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_another_size_are_set_aside(room: Watched, name: str) -> None:
    """As a version of the program would have left them that knew fewer fields; the check sum is right."""

    def narrower(manifest: dict[str, Any]) -> None:
        extent = manifest["extents"][name]
        size = TABLES[name].itemsize - 4
        data = part(room, f"{name}.bin").read_bytes()[: extent["rows"] * size]
        part(room, f"{name}.bin").write_bytes(data)
        extent.update(bytes=len(data), crc=zlib.crc32(data))

    rewrite_manifest(room, narrower)
    assert figures(room.read()) == figures(room.scratch())
    assert len(aside(room)) == 1


def test_a_reader_does_not_take_in_what_is_damaged(room: Watched) -> None:
    good = room.reader.refresh().sums(None)
    late = RoomReader(NAME, room.store)
    path = part(room, "events.bin")
    path.write_bytes(flip(path.read_bytes(), random.Random(1)))
    assert late.refresh().first_ts is None, "nothing rather than something wrong"
    with pytest.raises(DamagedStore, match=r"events\.bin"):
        read_delta(room.store, msgspec.convert(manifest_of(room), store_module.Manifest))
    assert room.reader.refresh().sums(None) == good, "who read it before keeps it"
    room.refresh()
    assert figures(late.refresh()) == figures(room.reader.refresh()) == figures(room.scratch())


# --- commits


def test_what_was_appended_without_a_commit_does_not_count(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    before = figures(room.reader.refresh())
    room.append(b"".join(json.dumps(one | {"event_id": "new"}).encode() + b"\n" for one in timed([enter("new")])))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", lambda store: None)
        room.refresh()
    assert figures(room.reader.refresh()) == before
    room.restart()
    assert figures(room.read()) == figures(room.scratch()) != before
    assert not aside(room)


class Crash(BaseException):
    """The end of the process, as far as the code under test is concerned."""


@pytest.mark.parametrize("start_over", [False, True])
def test_a_crash_at_any_step_of_writing_loses_and_doubles_nothing(
    template: Path, tmp_path: Path, start_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a write may be on the disk; the step after it never comes."""
    monkeypatch.setattr(ingest_module, "BATCH", 40)
    extra = [b"".join(json.dumps(e | {"event_id": f"x{n}{i}"}).encode() + b"\n" for i, e in enumerate(timed(
        [enter(f"n{n}"), order("n", 5, "new"), says("n", "new")]))) for n in range(20)]  # fmt: skip
    crashed = True
    at = 0
    while crashed:
        room = Watched(tmp_path / str(at))
        shutil.rmtree(room.folder.parents[1])
        shutil.copytree(template, room.folder.parents[1])
        if start_over:
            data = (room.folder / "events.ndjson").read_bytes()
            room.write(data[data.index(b"\n") + 1 :])
        room.append(b"".join(extra))
        steps = 0

        def step(name: str, real: Callable[..., Any], last: int = at) -> Callable[..., Any]:
            def maybe(*args: Any) -> Any:
                nonlocal steps
                steps += 1
                if steps == last + 1:
                    if name == "_write":
                        store, table, rows, _ = args
                        store._files[table].write(rows[: len(rows) // 2])
                    raise Crash
                return real(*args)

            return maybe

        with monkeypatch.context() as patch:
            patch.setattr(Store, "_write", step("_write", Store._write))
            patch.setattr(Store, "_sweep", step("_sweep", Store._sweep))
            patch.setattr(store_module, "_replace", step("_replace", store_module._replace))
            patch.setattr(Path, "write_bytes", step("write_bytes", Path.write_bytes))
            try:
                room.refresh()
                crashed = False
            except Crash:
                room.ingest = None
        figures(room.reader.refresh())
        assert figures(room.read()) == figures(room.scratch()), f"after a crash at step {at}"
        assert not aside(room)
        at += 7 if start_over else 3
    assert at > 10


def full(store: Store, name: str, data: bytes, rows: int) -> None:
    """A disk that takes half of a write and no more."""
    store._files[name].write(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(*args: Any) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


@pytest.mark.parametrize(
    ("where", "what", "trouble"),
    [
        ((Store, "_write"), full, "No space left on device"),
        ((Store, "commit"), read_only, "Read-only file system"),
        ((Store, "_open"), read_only, "Read-only file system"),
        ((store_module, "_replace"), read_only, "Read-only file system"),
    ],
)
def test_a_disk_that_cannot_be_written_is_told_and_heals_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str], what: Any, trouble: str
) -> None:
    monkeypatch.setattr(ingest_module, "RETRY", 0.0)
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (tmp_path / "rooms" / "b").mkdir()
    data = log_of_everything()
    (folder / "events.ndjson").write_bytes(data[:9000])
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    with open(folder / "events.ndjson", "ab") as file:
        file.write(data[9000:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*where, what)
        for _ in range(3):
            ingester._rooms.pop("a", None)
            ingester.refresh()
            assert trouble in ingester.trouble["a"] and "b" not in ingester.trouble
        reader = RoomReader("a", tmp_path / "cache" / "rooms" / "a")
        assert reader.refresh().log.total.lines == data[:9000].count(b"\n"), "reading goes on"
    ingester.refresh()
    assert ingester.trouble == {}
    assert reader.refresh().log.total.lines == data.count(b"\n")
    assert not list((tmp_path / "cache" / "rooms").glob("*.damaged-*"))


# --- the pieces


def test_a_store_gives_back_what_was_put_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    events = np.zeros(3, EVENT)
    events["ts"] = [START, START + 1, START + 2]
    rows = [{"text": "a\nb\u2028c\x85"}, {"text": "\r\x0b\x0c\x1c"}]
    store.append(Delta(tables={"events": events}, texts={"comments": rows}))
    store.commit()
    first = read_manifest(tmp_path / "store")
    store.append(Delta(tables={"events": events[:1]}, texts={"comments": rows[:1]}))
    store.commit()
    store.close()
    again = Store(tmp_path / "store")
    kept = again.load()
    again.close()
    assert kept.table("events")["ts"].tolist() == [START, START + 1, START + 2, START]
    assert kept.text("comments") == [*rows, rows[0]]
    assert first is not None and again.manifest.revision == first.revision + 1
    news = read_delta(tmp_path / "store", again.manifest, first.extents)
    assert news.sizes() == {"events": 1, "comments": 1}


def test_the_generation_before_lingers_for_its_readers_and_then_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    generations = []
    for _ in range(4):
        store.start_over()
        store.commit()
        generations.append(store.manifest.generation)
        assert len(list((tmp_path / "store").glob("g*"))) <= 2
    assert sorted(path.name for path in (tmp_path / "store").glob("g*")) == generations[-2:]
    monkeypatch.setattr(store_module, "LINGER", 0.0)
    store.commit()
    assert [path.name for path in (tmp_path / "store").glob("g*")] == generations[-1:]
    store.close()


def test_extents_and_manifest_start_at_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert Extent() == Extent(bytes=0, rows=0, crc=0)

"""What the ingester makes of a log that grows, turns, breaks and comes back: every line counted once, and none lost."""
from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from livedash.log import follow
from livedash.log.account import MOST_QUARANTINED
from livedash.log.vocabulary import LONGEST_LINE
from livedash.rollup import ingest as ingest_module
from livedash.rollup.ingest import Ingester, RoomIngest, misnamed, room_ids
from livedash.rollup.store import MANIFEST, read_manifest
from tests.livedash.build import START, enter, event, likes, lines, order, says
from tests.livedash.rollup.watched import Watched, counted, figures, total


@pytest.fixture
def room(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def views(first: int, last: int) -> list[bytes]:
    """Lines v<first> to v<last - 1>, a view each, with their line ends."""
    return [
        json.dumps({"event_id": f"v{i}", "ts": START + i, "type": "view", "user_id": f"u{i % 7}"}).encode() + b"\n"
        for i in range(first, last)
    ]


def written(events: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines(events)).encode()


# --- growing


def test_appended_lines_are_read_once_and_only_once(room: Watched) -> None:
    room.append(b"".join(views(0, 3)))
    assert room.read().types == {"view": 3}
    assert not room.refresh()
    room.append(b"".join(views(3, 5)))
    rollup = room.read()
    assert (rollup.types, rollup.revision, rollup.distinct("viewers", None)) == ({"view": 5}, 2, 5)


def test_a_look_at_a_quiet_log_costs_no_commit(room: Watched) -> None:
    room.append(b"".join(views(0, 3)))
    room.read()
    before = (room.store / MANIFEST).read_bytes()
    (room.folder / "events.ndjson").touch()
    assert not room.refresh()
    assert (room.store / MANIFEST).read_bytes() == before


def test_an_unfinished_line_waits_and_is_said(room: Watched) -> None:
    first, second = views(0, 2)
    room.append(first + second[:20])
    assert total(room.read()) == {"lines": 1, "accepted": 1, "unfinished_bytes": 20}
    room.append(second[20:])
    assert total(room.read()) == {"lines": 2, "accepted": 2}


def test_torn_at_any_byte_of_the_last_two_lines_it_is_neither_lost_nor_refused(tmp_path: Path) -> None:
    """Every cut, with a look before and after, and a restart at every other one."""
    comment = b'{"event_id": "x", "ts": %d, "type": "comment", "text": "%s"}\r\n' % (START, "晚上好 🎁".encode())
    first, second = views(0, 2)
    whole = first + comment + second
    for cut in range(len(first), len(whole) + 1):
        room = Watched(tmp_path / str(cut))
        room.write(whole[:cut])
        before = counted(room.read())
        finished = whole[:cut].count(b"\n")
        assert (before.lines, before.accepted) == (finished, finished)
        assert (before.unfinished_bytes == 0) == whole[:cut].endswith(b"\n")
        if cut % 2:
            room.restart()
        room.append(whole[cut:])
        assert total(room.read()) == {"lines": 3, "accepted": 3}, f"cut at byte {cut}"
        room.restart()
    assert figures(room.read()) == figures(room.scratch())


@pytest.mark.parametrize("cut", range(9))
def test_a_byte_order_mark_may_come_byte_by_byte(room: Watched, cut: int) -> None:
    data = b"\xef\xbb\xbf" + b"".join(views(0, 1)) + b"oops\n"
    room.write(data[:cut])
    room.read()
    room.write(data)
    rollup = room.read()
    assert total(rollup) == {"lines": 2, "accepted": 1, "rejected": 1}
    assert [bad["offset"] for bad in rollup.quarantine] == [data.index(b"oops")]


def test_crlf_blank_lines_and_a_mark_are_all_fine(room: Watched) -> None:
    room.write(b"\xef\xbb\xbf" + b"\r\n".join(line.strip() for line in views(0, 3)) + b"\r\n\r\n\n  \n")
    assert total(room.read()) == {"lines": 6, "accepted": 3, "blank": 3}


def test_an_empty_file_and_an_empty_folder_are_read(room: Watched) -> None:
    assert room.read().revision == 1
    room.write(b"")
    assert total(room.read()) == {}
    assert not room.refresh()
    room.append(b"".join(views(0, 1)))
    assert room.read().types == {"view": 1}


def test_a_room_of_only_bad_lines_has_no_figures_and_says_so(room: Watched) -> None:
    room.write(b"oops\n" * 3 + b"\xff\n\n")
    rollup = room.read()
    assert total(rollup) == {"lines": 5, "rejected": 4, "blank": 1}
    assert rollup.first_ts is None and rollup.span is None and rollup.room.state == "upcoming"
    assert set(rollup.sums(None).values()) == {0} and rollup.products(None).empty and rollup.channels(None).empty
    assert figures(rollup) == figures(room.scratch())


def test_what_is_no_log_file_is_left_alone(room: Watched) -> None:
    (room.folder / "events.ndjson").mkdir()
    room.write(b"".join(views(0, 1)), ".hidden.ndjson")
    room.write(b"".join(views(1, 2)), "notes.txt")
    (room.folder / "link.ndjson").symlink_to(room.folder / "nothing")
    room.write(b"".join(views(2, 3)), "real.ndjson")
    assert list(room.read().log.files) == ["real.ndjson"]


# --- long lines


def test_a_line_of_5_mb_is_passed_over_and_the_next_is_read(room: Watched) -> None:
    first, second = views(0, 2)
    room.write(first + b"x" * 5_000_000 + b"\n" + second + b"oops\n")
    rollup = room.read()
    assert total(rollup) == {"lines": 4, "accepted": 2, "rejected": 2}
    long, bad = rollup.quarantine
    assert (long["line"], long["offset"], long["reason"], long["head"]) == (2, len(first), "too_long", "x" * 200)
    assert "5,000,000" in long["sentence"]
    assert (bad["line"], bad["offset"]) == (4, len(first) + 5_000_001 + len(second))


def test_a_line_without_end_costs_no_memory_and_is_counted_once_it_ends(room: Watched) -> None:
    first, second = views(0, 2)
    with open(room.folder / "events.ndjson", "wb") as file:
        file.write(first)
        file.truncate(200_000_000)  # a hole of NULs: long to read, small on the disk
    room.refresh()
    room.append(b"y" * 10_000_000)
    tracemalloc.start()
    rollup = room.read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert total(rollup) == {"lines": 1, "accepted": 1, "unfinished_bytes": 210_000_000 - len(first)}
    room.restart()
    room.append(b"\n" + second)
    rollup = room.read()
    assert total(rollup) == {"lines": 3, "accepted": 2, "rejected": 1}
    assert "209,9" in rollup.quarantine[0]["sentence"] and rollup.quarantine[0]["line"] == 2


@pytest.mark.parametrize("step", [1, 7, 1000, 65_537])
def test_the_longest_line_is_taken_however_it_arrives(room: Watched, step: int) -> None:
    head = b'{"event_id": "long", "ts": %d, "type": "comment", "text": "' % START
    exact = head + b"x" * (LONGEST_LINE - len(head) - 2) + b'"}'
    data = b"\xef\xbb\xbf" + exact + b"\r\n"
    for at in range(len(data) - 3 * step - 4, len(data) + step, step):
        room.write(data[: max(at, 0)])
        room.read()
    assert total(room.read()) == {"lines": 1, "accepted": 1}
    room.write(b"\xef\xbb\xbf" + exact.replace(b'"x', b'"xx', 1) + b"\r\n", "longer.ndjson")
    assert room.read().log.files["longer.ndjson"].rejected == 1


def test_a_file_of_nothing_but_bad_lines_costs_no_memory(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow.take, "__defaults__", (4096,))
    room.write(b"oops\n" * MOST_QUARANTINED)
    room.read()
    room.append(b"oops\n" * 8_000)
    tracemalloc.start()
    room.refresh()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counted(room.read()).rejected == MOST_QUARANTINED + 8_000 and peak < 1_500_000


# --- duplicates


def test_a_file_imported_three_times_counts_once_and_is_told(room: Watched) -> None:
    data = b"".join(views(0, 100))
    for name in ("a.ndjson", "b.ndjson", "c.ndjson"):
        room.write(data, name)
    rollup = room.read()
    assert total(rollup) == {"lines": 300, "accepted": 100, "duplicates": 200}
    assert rollup.distinct("viewers", None) == 7 and rollup.sums(None)["views"] == 100
    room.write(data, "d.ndjson")
    assert counted(room.read()).duplicates == 300


def test_the_first_read_of_conflicting_lines_wins_and_the_conflict_is_counted(room: Watched) -> None:
    room.write(written([says("a", "first")]))
    room.append(written([says("a", "second")]) + written([says("a", "first")]))
    rollup = room.read()
    assert total(rollup) == {"lines": 3, "accepted": 1, "duplicates": 2, "conflicts": 1}
    room.restart()
    room.append(written([says("b", "first")]))
    rollup = room.read()
    assert (counted(rollup).conflicts, counted(rollup).duplicates) == (2, 3)
    assert [said.text for said in rollup.comments(None)] == ["first"]


def test_the_same_id_in_another_type_is_another_event(room: Watched) -> None:
    room.write(written([enter("a") | {"event_id": "1"}, likes("a", 3) | {"event_id": "1"}]))
    assert room.read().types == {"view": 1, "like": 1}


def test_one_id_cannot_pass_itself_off_as_another(room: Watched) -> None:
    """Ids that spell a type's name must not cancel it out."""
    ids = [("type like", "like"), ("like", "like"), ("type view", "like"), ("type like", "view"), ("type view", "view")]
    room.write(written([event(kind, "a", event_id=name) for name, kind in ids]))
    assert counted(room.read()).accepted == len(ids)


# --- rotation


def numbered(room: Watched) -> Any:
    """The figures by which nothing can be lost or doubled."""
    return figures(room.read()), total(room.reader.rollup)


def test_renamed_parts_go_on_where_they_were(room: Watched) -> None:
    for part in range(4):
        room.append(b"".join(views(part * 10, part * 10 + 5)))
        room.read()
        room.append(b"".join(views(part * 10 + 5, part * 10 + 10)))
        for older in range(part, 0, -1):
            os.rename(room.folder / f"events.{older}.ndjson", room.folder / f"events.{older + 1}.ndjson")
        os.rename(room.folder / "events.ndjson", room.folder / "events.1.ndjson")
        if part % 2:
            room.restart()
        if part != 2:
            rollup = room.read()
            assert total(rollup) == {"lines": part * 10 + 10, "accepted": part * 10 + 10}
    rollup = room.read()
    assert sorted(rollup.log.files) == [f"events.{n}.ndjson" for n in range(1, 5)]
    assert total(rollup) == {"lines": 40, "accepted": 40} and not rollup.log.notes
    assert figures(rollup) == figures(room.scratch())


def test_a_part_renamed_while_we_look_is_not_taken_for_gone(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """The listing is older than the look into the files: a rotation falls between the two."""
    room.append(b"".join(views(0, 10)))
    room.read()
    listed = follow.log_files

    def rotate(make_anew: bool) -> None:
        def list_then_rotate(folder: Path) -> Any:
            present = listed(folder)
            monkeypatch.setattr(ingest_module, "log_files", listed)
            os.rename(folder / "events.ndjson", folder / f"events.{make_anew:d}.ndjson")
            if make_anew:
                room.write(b"".join(views(20, 30)))
            return present

        monkeypatch.setattr(ingest_module, "log_files", list_then_rotate)

    rotate(make_anew=False)
    assert room.read().types == {"view": 10}
    assert room.read().types == {"view": 10}
    room.append(b"".join(views(10, 20)))
    assert room.read().types == {"view": 20}
    rotate(make_anew=True)
    assert room.read().types == {"view": 20}
    rollup = room.read()
    assert rollup.types == {"view": 30} and not rollup.log.notes
    assert figures(rollup) == figures(room.scratch())


def test_copy_and_truncate_loses_nothing_that_was_copied(room: Watched) -> None:
    room.append(b"".join(views(0, 10)))
    room.read()
    room.append(b"".join(views(10, 15)))
    shutil.copy(room.folder / "events.ndjson", room.folder / "events.1.ndjson")
    room.write(b"".join(views(15, 20)))
    rollup = room.read()
    assert total(rollup) == {"lines": 20, "accepted": 20} and not rollup.log.notes


def test_copy_and_truncate_with_a_look_in_between_comes_out_even(room: Watched) -> None:
    room.append(b"".join(views(0, 10)))
    room.read()
    shutil.copy(room.folder / "events.ndjson", room.folder / "events.1.ndjson")
    assert counted(room.read()).duplicates == 10
    room.write(b"")
    rollup = room.read()
    assert total(rollup) == {"lines": 10, "accepted": 10}
    room.append(b"".join(views(10, 20)))
    assert total(room.read()) == {"lines": 20, "accepted": 20}


@pytest.mark.parametrize(
    "after",
    [b"".join(views(50, 53)), b"".join(views(50, 90)), b"", b"oops\n"],
    ids=["shorter", "longer", "empty", "bad"],
)
@pytest.mark.parametrize("how", ["rewrite", "recreate", "restart", "delete"])
def test_bytes_that_a_writer_destroyed_are_told_and_the_rest_is_right(room: Watched, after: bytes, how: str) -> None:
    room.write(b"".join(views(0, 20)))
    room.write(b"".join(views(20, 30)), "other.ndjson")
    before = room.read()
    if how == "restart":
        room.restart()
    if how in ("recreate", "delete"):
        (room.folder / "events.ndjson").unlink()
    if how == "delete":
        room.read()
    room.write(after)
    rollup = room.read()
    assert rollup.types == room.scratch().types
    assert figures(rollup) == figures(room.scratch())
    assert [note.code for note in rollup.log.notes] == ["bytes-gone"]
    assert "events.ndjson" in rollup.log.notes[0].sentence
    assert rollup.revision > before.revision
    room.append(b"".join(views(100, 101)))
    assert figures(room.read()) == figures(room.scratch())


def test_a_file_that_was_cut_back_is_told_though_it_begins_as_before(room: Watched) -> None:
    rows = views(0, 100)
    room.write(b"".join(rows))
    room.read()
    room.write(b"".join(rows[:40]))
    rollup = room.read()
    assert total(rollup) == {"lines": 40, "accepted": 40}
    assert [note.code for note in rollup.log.notes] == ["bytes-gone"]


def test_a_link_that_is_switched_to_the_next_part_is_followed(room: Watched, tmp_path: Path) -> None:
    for day in ("monday", "tuesday"):
        (tmp_path / day).write_bytes(b"".join(views(0, 10) if day == "monday" else views(10, 20)))
    link = room.folder / "events.ndjson"
    link.symlink_to(tmp_path / "monday")
    assert room.read().types == {"view": 10}
    link.unlink()
    link.symlink_to(tmp_path / "tuesday")
    (room.folder / "monday.ndjson").symlink_to(tmp_path / "monday")
    rollup = room.read()
    assert total(rollup) == {"lines": 20, "accepted": 20} and not rollup.log.notes


def test_a_part_may_be_packed_while_it_is_followed(room: Watched) -> None:
    room.write(b"".join(views(0, 3000)), "events.1.ndjson")
    room.write(b"".join(views(3000, 3010)))
    before = numbered(room)
    plain = room.folder / "events.1.ndjson"
    packed = gzip.compress(plain.read_bytes())
    for so_far in (0, 5, 500, len(packed) - 3, len(packed)):
        room.write(packed[:so_far], "events.1.ndjson.gz")
        assert numbered(room) == before
        if so_far == 500:
            room.restart()
    plain.unlink()
    assert numbered(room) == before
    assert room.reader.rollup.log.notes == ()
    assert sorted(room.reader.rollup.log.files) == ["events.1.ndjson.gz", "events.ndjson"]
    room.append(b"".join(views(3010, 3020)))
    assert total(room.read()) == {"lines": 3020, "accepted": 3020}
    assert figures(room.read()) == figures(room.scratch())


def test_a_packed_part_under_its_old_name_is_read_beside_the_new_part(room: Watched) -> None:
    """events.ndjson.gz is the old part, events.ndjson the new one: they are not twins."""
    room.write(gzip.compress(b"".join(views(0, 10))), "events.ndjson.gz")
    room.write(b"".join(views(10, 20)))
    assert total(room.read()) == {"lines": 20, "accepted": 20}
    assert total(room.scratch()) == {"lines": 20, "accepted": 20}


def test_a_packed_copy_beside_the_file_that_goes_on_is_not_read_twice(room: Watched) -> None:
    room.write(b"".join(views(0, 100)))
    room.write(gzip.compress(b"".join(views(0, 50))), "events.ndjson.gz")
    assert total(room.read()) == {"lines": 100, "accepted": 100}


def test_a_broken_packed_part_is_told_and_read_once_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    packed = gzip.compress(b"".join(views(0, 5000)))
    (folder / "old.ndjson.gz").write_bytes(packed[: len(packed) // 2])
    (folder / "events.ndjson").write_bytes(b"".join(views(5000, 5010)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    assert ingester.trouble == {"a": "old.ndjson.gz: its packing is damaged or not finished"}
    (folder / "old.ndjson.gz").write_bytes(packed)
    ingester.refresh()
    assert ingester.trouble == {}
    room = ingester._rooms["a"][0]
    assert sum(one.account.accepted for one in room.store.manifest.followed) == 5010


def test_packed_text_is_unpacked_once_in_however_many_blocks(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going back to the start of the last unfinished line must not mean going back to the start of the file."""
    rewound: list[int] = []
    seek = gzip.GzipFile.seek

    def watched(self: gzip.GzipFile, offset: int, whence: int = 0) -> int:
        if offset < self.tell():
            rewound.append(offset)
        return seek(self, offset, whence)

    monkeypatch.setattr(gzip.GzipFile, "seek", watched)
    monkeypatch.setattr(follow.take, "__defaults__", (4096,))
    room.write(gzip.compress(b"".join(views(0, 5000))), "events.ndjson.gz")
    assert total(room.read()) == {"lines": 5000, "accepted": 5000}
    assert len(rewound) <= 1


# --- what cannot be read


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    """From now on this file cannot be opened (root may read anything, so rights will not do)."""

    def open_log(path: Path) -> Any:
        if path.name == name:
            raise error
        return real(path)

    real = follow.open_log
    monkeypatch.setattr(follow, "open_log", open_log)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(24, "Too many open files")])
def test_a_file_that_cannot_be_read_is_told_the_rest_goes_on_and_it_heals(tmp_path: Path, error: OSError) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (folder / "a.ndjson").write_bytes(b"".join(views(0, 5)))
    (folder / "b.ndjson").write_bytes(b"".join(views(5, 10)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    room = ingester._rooms["a"][0]

    def read() -> dict[str, int]:
        ingester.refresh()
        return {one.name: one.account.lines for one in room.store.manifest.followed}

    with pytest.MonkeyPatch.context() as patch:
        refusing(patch, "a.ndjson", error)
        with open(folder / "a.ndjson", "ab") as a, open(folder / "b.ndjson", "ab") as b:
            a.write(b"".join(views(10, 15)))
            b.write(b"".join(views(15, 20)))
        assert read() == {"a.ndjson": 5, "b.ndjson": 10}, "what was read of a file stays, and the others go on"
        assert ingester.trouble == {"a": f"a.ndjson: {error.strerror}"}
        assert read() == {"a.ndjson": 5, "b.ndjson": 10}
    assert read() == {"a.ndjson": 10, "b.ndjson": 10}, "though the file did not change since"
    assert ingester.trouble == {} and not room.store.manifest.notes


# --- the quarantine


def test_every_bad_line_is_kept_with_where_it_stands(room: Watched) -> None:
    random.seed(5)
    data, expected = b"", []
    for number in range(1, 400):
        bad = random.choice([None, b"oops", b"\xff\xfe", b"[]", b"x" * 70_000, b"", b"\r"])
        raw = views(number, number + 1)[0] if bad is None else bad + b"\n"
        if bad is not None and bad.strip():
            expected.append((number, len(data), bad[:200].decode("utf-8", "replace")))
        data += raw
    for at in range(0, len(data) + 50_000, 50_000):
        room.append(data[at : at + 50_000])
        rollup = room.read()
    assert [(kept["line"], kept["offset"], kept["head"]) for kept in rollup.quarantine] == expected
    assert {kept["file"] for kept in rollup.quarantine} == {"events.ndjson"}
    assert rollup.quarantine == room.scratch().quarantine
    for kept in rollup.quarantine:
        assert data[kept["offset"] :].startswith(kept["head"].encode()) or "\ufffd" in kept["head"]
        assert kept["reason"] and kept["sentence"].endswith(".")


def test_the_quarantine_is_bounded_and_the_count_is_not(room: Watched) -> None:
    room.write(b"oops\n" * (MOST_QUARANTINED - 10))
    room.read()
    room.restart()
    room.append(b"oops\n" * 30)
    rollup = room.read()
    assert len(rollup.quarantine) == MOST_QUARANTINED and counted(rollup).rejected == MOST_QUARANTINED + 20
    room.append(b"oops\n" * 30)
    assert len(room.read().quarantine) == MOST_QUARANTINED


# --- portions


def test_portions_of_any_size_give_the_figures_of_one_reading(room: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many blocks a look, several commits a look, over-long lines across blocks, restarts between."""
    monkeypatch.setattr(ingest_module, "BATCH", 50)
    monkeypatch.setattr(follow.take, "__defaults__", (66_000,))
    random.seed(7)
    rows = views(0, 3000) + views(500, 900) + [b"oops\n"] * 30 + [b"z" * 100_000 + b"\n"] * 4 + [b"\n"] * 9
    random.shuffle(rows)
    data = b"".join(rows)
    at = 0
    while at < len(data):
        step = random.choice([1, 100, 30_000, 300_000])
        room.append(data[at : at + step])
        at += step
        if random.random() < 0.3:
            room.restart()
        room.read()
    assert total(room.read()) == total(room.scratch())
    assert figures(room.read()) == figures(room.scratch())


def test_codes_stay_the_same_over_restarts(room: Watched) -> None:
    """Names, users and orders are numbered on where they were."""
    for at in range(0, 60, 10):
        rows = [
            order(f"u{i % 5}", "1", f"p{i % 4}", order_id=f"o{i % 9}", sku_id=f"s{i % 3}", currency="EUR",
                  source=f"c{i % 3}", event_id=f"e{i}", ts=START + i)
            for i in range(at, at + 10)
        ]  # fmt: skip
        room.append(written([*rows, event("giveaway_entered", "a", ref_id=f"g{at % 20}", event_id=f"g{at}", ts=START)]))
        room.read()
        room.restart()
    assert figures(room.read()) == figures(room.scratch())


# --- the ingester


def test_every_room_is_kept_up_and_a_vanished_one_let_go(tmp_path: Path) -> None:
    rooms = tmp_path / "rooms"
    for name in ("a", "b", "with space", "晚上好"):
        (rooms / name).mkdir(parents=True)
        (rooms / name / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    (rooms / "file").write_bytes(b"")
    ingester = Ingester(rooms, tmp_path / "cache")
    ingester.refresh()
    assert set(ingester._rooms) == {"a", "b"} == set(room_ids(rooms))
    shutil.rmtree(rooms / "a")
    ingester.refresh()
    assert set(ingester._rooms) == {"b"} and ingester.trouble == {}
    shutil.rmtree(rooms)
    ingester.refresh()
    assert not ingester._rooms


def test_a_folder_with_a_log_and_no_proper_name_is_told_apart_from_what_is_no_room(tmp_path: Path) -> None:
    for name in ("Friday drop", "晚上好", ".mine", "plain"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "events.ndjson").write_bytes(b"")
    for name in (".git", "System Volume Information", "soon"):
        (tmp_path / name).mkdir()
    assert room_ids(tmp_path) == [".mine", "plain", "soon"]
    assert misnamed(tmp_path) == ["Friday drop", "晚上好"]
    assert misnamed(tmp_path / "nowhere") == []


def test_many_rooms_are_read_with_few_files_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "MOST_OPEN", 3)
    for number in range(8):
        folder = tmp_path / "rooms" / f"room-{number}"
        folder.mkdir(parents=True)
        (folder / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    ingester.refresh()
    assert len(ingester._rooms) == 3
    if before:
        assert len(os.listdir("/proc/self/fd")) <= before + 3 * 10
    assert len(list((tmp_path / "cache" / "rooms").glob(f"*/{MANIFEST}"))) == 8
    with open(tmp_path / "rooms" / "room-0" / "events.ndjson", "ab") as file:
        file.write(b"".join(views(2, 3)))
    ingester.refresh()
    room, _ = ingester._rooms["room-0"]
    assert [one.account.accepted for one in room.store.manifest.followed] == [3]


def test_a_quiet_room_is_let_go_and_taken_up_when_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (folder / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    monkeypatch.setattr(ingest_module, "IDLE", -1.0)
    ingester.refresh()
    assert not ingester._rooms
    ingester.refresh()
    assert not ingester._rooms, "nothing changed, so it is not even opened"
    monkeypatch.setattr(ingest_module, "IDLE", 60.0)
    with open(folder / "events.ndjson", "ab") as file:
        file.write(b"".join(views(2, 3)))
    ingester.refresh()
    room, _ = ingester._rooms["a"]
    assert [one.account.accepted for one in room.store.manifest.followed] == [3]


def test_what_is_appended_while_a_room_is_let_go_is_not_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (folder / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    room, _ = ingester._rooms["a"]
    close = room.store.close

    def append_meanwhile() -> None:
        with open(folder / "events.ndjson", "ab") as file:
            file.write(b"".join(views(2, 3)))
        close()

    monkeypatch.setattr(room.store, "close", append_meanwhile)
    monkeypatch.setattr(ingest_module, "IDLE", -1.0)
    ingester.refresh()
    monkeypatch.setattr(ingest_module, "IDLE", 60.0)
    ingester.refresh()
    again, _ = ingester._rooms["a"]
    assert [one.account.accepted for one in again.store.manifest.followed] == [3]


def test_a_deleted_cache_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (folder / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    shutil.rmtree(tmp_path / "cache")
    ingester.refresh()
    assert (tmp_path / "cache" / "rooms" / "a" / MANIFEST).exists()
    ingester._let_go("a")
    shutil.rmtree(tmp_path / "cache")
    ingester.refresh()
    assert (tmp_path / "cache" / "rooms" / "a" / MANIFEST).exists()


def test_a_room_in_trouble_is_not_opened_at_every_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rooms" / "a").mkdir(parents=True)
    opened: list[Path] = []

    def no_space(folder: Path, store: Path) -> Any:
        opened.append(folder)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ingest_module, "open_room", no_space)
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    for _ in range(5):
        ingester.refresh()
    assert len(opened) == 1 and "No space left" in ingester.trouble["a"]


def test_a_bug_met_in_one_room_leaves_the_others_alone_and_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / "rooms" / name).mkdir(parents=True)
        (tmp_path / "rooms" / name / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    real = RoomIngest._delta

    def breaks(room: RoomIngest, pending: list[Any]) -> Any:
        if room.folder.name == "b":
            raise KeyError("a bug")
        return real(room, pending)

    monkeypatch.setattr(RoomIngest, "_delta", breaks)
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    assert set(ingester._rooms) == {"a", "c"} and set(ingester.trouble) == {"b"}
    (told,) = [record for record in caplog.records if record.exc_info]
    reference = re.search(r"reference ([0-9a-f]{8})", ingester.trouble["b"])
    assert reference and reference[1] in told.getMessage()
    ingester._again.clear()
    ingester.refresh()
    assert len([record for record in caplog.records if record.exc_info]) == 1, "the same bug again"
    monkeypatch.setattr(RoomIngest, "_delta", real)
    ingester.refresh()
    assert ingester.trouble, "not tried again at once"
    ingester._again.clear()
    ingester.refresh()
    manifest = read_manifest(tmp_path / "cache" / "rooms" / "b")
    assert not ingester.trouble and manifest and [one.account.accepted for one in manifest.followed] == [2]


def test_rooms_that_cannot_be_listed_stop_nothing_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rooms" / "a"
    folder.mkdir(parents=True)
    (folder / "events.ndjson").write_bytes(b"".join(views(0, 2)))
    ingester = Ingester(tmp_path / "rooms", tmp_path / "cache")
    ingester.refresh()
    real = ingest_module.room_ids

    def too_many(rooms_dir: Path) -> list[str]:
        raise OSError(24, "Too many open files", str(rooms_dir))

    monkeypatch.setattr(ingest_module, "room_ids", too_many)
    ingester.refresh()
    assert "Too many open files" in ingester.trouble["a"]
    monkeypatch.setattr(ingest_module, "room_ids", real)
    ingester.refresh()
    assert ingester.trouble == {}


def test_giveaway_codes_never_count_as_anything_else(room: Watched) -> None:
    rows = [event("giveaway_entered", f"u{i}", ref_id=f"g{i % 50}", count=1000) for i in range(100)]
    room.write(written([*rows, event("giveaway_entered", "x"), likes("a", 2)]))
    rollup = room.read()
    sums = rollup.sums(None)
    assert sums["likes"] == 2 and {name for name, value in sums.items() if value} == {"likes"}
    assert rollup.giveaway_entries == {f"g{i}": 2 for i in range(50)} | {"": 1}
    assert set(rollup.events(None)["value"].tolist()) <= set(range(51))


def test_types_beyond_the_vocabulary_are_counted_and_harmless(room: Watched) -> None:
    rows = [event(f"poll-{i}", f"u{i}", product_id="p", count=9) for i in range(3000)]
    room.write(written(rows))
    rollup = room.read()
    assert len(rollup.log.unknown_types) == 3000 and set(rollup.log.unknown_types.values()) == {1}
    assert set(rollup.sums(None).values()) == {0}
    assert rollup.ordered_funnel(["poll-1", "poll-2"]) == [1, 0] == rollup.ordered_funnel(["poll-1", "no such type"])
    assert np.array_equal(rollup.events(None)["type"], np.sort(rollup.events(None)["type"]))
    room.restart()
    room.append(written([event("poll-7", "again", event_id="again", ts=START)]))
    assert room.read().log.unknown_types["poll-7"] == 2

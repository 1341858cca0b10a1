"""Whatever stands in a log: it is counted, and nothing raises, neither in reading it nor in any figure."""
from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.log.parse import parse
from livedash.log.vocabulary import TYPES
from livedash.rollup import from_folder
from livedash.view import Window
from tests.livedash.build import (
    START,
    between,
    cancel,
    clicks,
    enter,
    event,
    gift,
    likes,
    live,
    order,
    pin,
    profile,
    says,
)
from tests.livedash.build import lines as timed
from tests.livedash.rollup.watched import adds_up, figures, total

NOW = START + 3_600_000
SEEDS = [
    json.dumps(row, ensure_ascii=False).encode()
    for row in timed([
        enter("a", "Search", sub_source="x", paid=True), likes("a", 15), says("b", "多少钱? 🎁 \\u0000", ref_id="g"),
        order("a", "19.99", "1729384756102938475", order_id="o", sku_id="s", currency="EUR", quantity=3),
        cancel("o"), gift("a", 3, "s"), profile("a", gender="f", age="18-24", follower=True), pin("p"), clicks("c"),
        event("viewers", count=5), event("giveaway_entered", "a", ref_id="g"),
        {"type": "recording_gap", "from": START, "to": START + 9000},
        event("live_started", title="LIVE", timezone="Asia/Shanghai", currency="EUR", target_gmv="1000"),
        event("audience_snapshot", dimension="gender", group="female", count=5, who="viewers"),
        event("product_listed", product_id="p", title="Lamp", price="5", stock=3, text="bright"),
    ])
]  # fmt: skip
SPLICES = [
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"-", b"1e400", b"NaN", b"\x00", b"\xff",
    b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"99999999999999999999", b"\r", b"\xef\xbb\xbf", b"0.1", b'"ts"',
    b'"type"', b"\xe2\x80\xa8",
    b"[" * 100, b'{"a":' * 70, b"9" * 400, b"2026-11-20T12:00:00Z",
]  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """A real line with a few bytes changed, lost, doubled or put in from elsewhere; never with a line end inside."""
    raw = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        at = chance.randrange(len(raw) + 1)
        how = chance.randrange(5)
        if how == 0 and at < len(raw):
            raw[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del raw[at : at + chance.choice([1, 1, 5, 40])]
        elif how == 2:
            raw[at:at] = chance.choice(SPLICES)
        elif how == 3:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        else:
            other = chance.choice(SEEDS)
            raw[at:] = other[chance.randrange(len(other)) :]
    return bytes(raw).replace(b"\n", b" ")


def fuzz(count: int, seed: int, folder: Path) -> None:
    """Reads so many mutated lines, block by block and then as a room, whose figures are all asked for."""
    chance = random.Random(seed)
    block = 500
    for _ in range(0, count, block):
        lines = [mutated(chance) for _ in range(block)]
        read = parse(b"".join(line + b"\n" for line in lines), NOW)
        assert read.read == block == len(read) + read.blank + len(read.rejects)
        assert all(bad.reason and bad.sentence for bad in read.rejects)
    (folder / "events.ndjson").write_bytes(b"".join(mutated(chance) + b"\n" for _ in range(min(count, 5000))))
    rollup = from_folder(folder)
    adds_up(rollup)
    figures(rollup, [between(0, 5), Window(0, 2**53)])


def test_mutated_lines_never_raise(tmp_path: Path) -> None:
    fuzz(4000, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_million_mutated_lines_never_raise(tmp_path: Path, seed: int) -> None:
    fuzz(100_000, 100 + seed, tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_counted(data: bytes) -> None:
    read = parse(data + b"\n", NOW)
    assert read.read == data.count(b"\n") + 1 == len(read) + read.blank + len(read.rejects)


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5) | st.sampled_from(["", "p", "EUR", "12.90", "Asia/Shanghai", "NaN", START, "female"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
FIELDS = (
    "user_id", "source", "sub_source", "paid", "product_id", "sku_id", "title", "price", "currency", "quantity",
    "order_id", "count", "text", "ref_id", "host", "timezone", "category", "target_gmv", "broadcast_url", "from", "to",
    "dimension", "group", "who", "gender", "age", "follower", "country", "stock", "image", "kind", "reason", "severity",
    "points", "scheme", "outcome", "metric", "value", "diamonds", "name", "lang",
)  # fmt: skip
hostile = st.builds(
    lambda kind, fields, ts: {"type": kind, "ts": ts, **fields},
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(FIELDS), anything, max_size=6),
    st.integers(START, START + 100_000),
)


@settings(max_examples=100)
@given(st.lists(hostile, min_size=1, max_size=12))
def test_any_value_in_any_field_of_any_type_is_read_or_refused(events: list[dict[str, Any]]) -> None:
    """Whatever is taken can be counted, asked for, and read again from what was stored of it."""
    data = b"".join(json.dumps(row).encode() + b"\n" for row in timed(events))
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "events.ndjson").write_bytes(data)
        rollup = from_folder(Path(home))
        adds_up(rollup)
        figures(rollup, [between(0, 50)])


@pytest.mark.parametrize(
    "fields",
    [
        {"from": "garbage", "to": []}, {"from": 10**30}, {"from": None, "to": None}, {"from": "2026-11-20"}, {},
    ],
)  # fmt: skip
def test_a_recording_gap_of_garbage_is_kept_as_it_came_or_refused(fields: dict[str, Any]) -> None:
    room = live({"type": "recording_gap", **fields})
    kept = room.records("recording_gap")
    assert len(kept) + room.log.total.rejected == 1
    assert not kept or kept[0].items() >= fields.items()


def test_the_largest_counts_add_up() -> None:
    room = live(likes("a", 2**53 - 1), likes("a", 2**53 - 1), event("viewers", count=2**53 - 1))
    assert room.sums(None)["likes"] == 2 * (2**53 - 1) and room.gauge(None).count.tolist() == [2**53 - 1]
    sold = live(*(order("a", "1", quantity=10**11) for _ in range(3)))
    assert sold.sums(None)["gmv"] == 3 * 10**15 and sold.sums(None)["items"] == 3 * 10**11


def test_nothing_and_zero_are_counted_as_what_they_are() -> None:
    room = live(likes("a", 0), order("a", "5", quantity=0), gift("a", 0), event("viewers", count=0))
    sums = room.sums(None)
    assert (sums["likes"], sums["gmv"], sums["items"], sums["gifts"]) == (0, 0, 0, 0)
    assert room.distinct("orders", None) == 1 and room.distinct("priced_orders", None) == 0


@pytest.mark.parametrize("field", ["count", "quantity", "price"])
def test_less_than_nothing_is_refused(field: str) -> None:
    assert total(live(event("order_paid", "a", **{field: -1})))["rejected"] == 1


def test_times_at_the_edges_of_what_is_taken_freeze_nothing() -> None:
    """From 2000 to a day ahead in one room; beyond, lines are refused and told."""
    room = live(
        {"type": "view", "user_id": "old", "ts": 946_684_800_000}, {"type": "view", "ts": 946_684_799_999},
        {"type": "view", "ts": NOW + 86_400_000 * 365 * 60}, enter("a") | {"ts": START + 5}, likes("a", 1),
    )  # fmt: skip
    assert room.log.total.rejected == 2 and {bad["reason"] for bad in room.quarantine} == {"bad_time"}
    assert room.sums(Window(946_684_800_000, 946_684_800_001))["views"] == 1
    assert room.sums(between(0, 1))["views"] == 1 and room.distinct("viewers", None) == 2
    assert room.span is not None and room.span.start == START and room.nbytes < 8_000_000


def test_a_clock_that_steps_back_loses_nothing() -> None:
    room = live(*(enter(f"u{i}") | {"ts": START + (i % 10) * 1000 - (i // 10) * 7000} for i in range(50)))
    assert room.sums(None)["views"] == 50 == room.distinct("viewers", None)
    seen = Window(START - 28_000, START + 10_000)
    assert room.series("views", seen, 1000).sum() == 50

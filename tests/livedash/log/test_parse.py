"""A line becomes a row, or is refused for a reason that is named; a block gives what its lines give one by one."""
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.log import parse as parse_module
from livedash.log.parse import DEEPEST, EARLIEST, HEAD_BYTES, MOST_MONEY, Block, hashes, parse
from livedash.log.vocabulary import CODES, LINES, LONGEST_LINE, RECORDS, TYPES

NOW = 1_795_176_000_000
"""The reader's clock in these tests: 2026-11-20T12:00:00Z."""
DAY = 86_400_000


def line(**fields: Any) -> bytes:
    """A good line, with fields put in place of its own; None takes a field out."""
    event = {"event_id": "1", "ts": NOW, "type": "view", **fields}
    return json.dumps({k: v for k, v in event.items() if v is not None}, ensure_ascii=False).encode()


def with_field(name: str, value: str, kind: str = "view") -> bytes:
    """A good line that holds one more field, its value written as given."""
    return f'{{"event_id": "1", "ts": {NOW}, "type": "{kind}", "{name}": {value}}}'.encode()


def read(*lines: bytes) -> Block:
    return parse(b"".join(part + b"\n" for part in lines), NOW)


def refusal(part: bytes) -> tuple[str, str]:
    """Why the one line is refused: reason code and sentence."""
    block = read(part)
    assert len(block) == 0 and len(block.rejects) == 1, f"{part[:100]!r} was taken"
    return block.rejects[0].reason, block.rejects[0].sentence


# --- what a row holds


def test_every_field_of_a_line_comes_into_its_column() -> None:
    block = read(
        line(
            type="order_paid", user_id="u", source="Search", sub_source="Suggested", paid=True, product_id="p",
            sku_id="s", order_id="o", price="12.90", currency="EUR", quantity=3,
        ),
        line(event_id="2", type="like", count=7, ts=NOW + 1),
        line(event_id="3", type="comment", text="hi", ref_id="g", name="Ann"),
        line(event_id="4", type="giveaway_entered", ref_id="g"),
        line(event_id="5", type="profile", user_id="u", gender="f", age="18-24", follower=True, country="DE"),
        line(event_id="6", type="pin", product_id="p", anything={"else": 1}),
    )  # fmt: skip
    assert [block.types[code] for code in block.type] == [
        "order_paid", "like", "comment", "giveaway_entered", "profile", "pin",
    ]  # fmt: skip
    assert block.ts.tolist() == [NOW, NOW + 1, NOW, NOW, NOW, NOW]
    assert block.value.tolist() == [1, 7, 1, 1, 1, 1]
    assert block.user.tolist() == [hashes(["u"])[0], 0, 0, 0, hashes(["u"])[0], 0]
    assert block.product.tolist() == [0, -1, -1, -1, -1, 0] and block.products == ["p"]
    assert [block.channels[code] for code in block.channel[:2]] == [("Search", "Suggested", True), (None, None, False)]
    assert block.lines == [(0, "o", "s", 387_000, 3, "EUR")]
    assert block.comments[0][0] == 2 and block.comments[0][1]["name"] == "Ann"
    assert block.entries == [(3, "g")]
    assert block.profiles == [(4, ("f", "18-24", "existing", "DE"))]
    assert block.records[0][1]["anything"] == {"else": 1}


def test_types_are_known_by_a_code_each_and_those_with_money_or_records_are_among_them() -> None:
    assert len(set(TYPES)) == len(TYPES) and [CODES[name] for name in TYPES] == list(range(len(TYPES)))
    assert set(TYPES) >= LINES | RECORDS
    assert not LINES & RECORDS


def test_an_unknown_type_and_unknown_fields_are_taken() -> None:
    block = read(line(type="poll_opened", question="?", nested={"a": [1, 2]}))
    assert block.types == ["poll_opened"] and len(block) == 1


def test_null_says_the_same_as_a_field_that_is_not_there() -> None:
    names = (
        "user_id", "source", "sub_source", "paid", "product_id", "sku_id", "title", "order_id", "price", "currency",
        "quantity", "count", "text", "ref_id",
    )  # fmt: skip
    block = read(line(), *(with_field(name, "null") for name in names))
    assert len(set(block.content.tolist())) == 1 and len(set(block.key.tolist())) == 1


@pytest.mark.parametrize("name", ["user_id", "product_id", "source", "sub_source"])
def test_an_empty_name_is_no_name(name: str) -> None:
    assert read(line(), line(**{name: ""})).content.tolist() == [read(line()).content[0]] * 2


def test_nineteen_digits_survive() -> None:
    block = read(line(type="product_listed", product_id="1729384756102938475", sku_id="9223372036854775809"))
    assert block.products == ["1729384756102938475"]
    assert block.records[0][1]["sku_id"] == "9223372036854775809"


def test_the_same_name_in_two_types_or_two_names_in_one_type_are_different_events() -> None:
    ids = [("a", "view"), ("a", "like"), ("b", "view"), ("like", "view"), ("view", "like"), ("type like", "like")]
    keys = read(*(line(event_id=name, type=kind) for name, kind in ids)).key
    assert len(set(keys.tolist())) == len(ids) and 0 not in keys


@pytest.mark.parametrize(
    "change",
    [
        {"ts": NOW + 1}, {"user_id": "b"}, {"product_id": "q"}, {"source": "Search"}, {"paid": True}, {"count": 2},
        {"type": "comment", "text": "b"}, {"type": "order_paid", "price": "2"}, {"type": "pin", "title": "b"},
        {"type": "profile", "age": "55+"}, {"type": "giveaway_entered", "ref_id": "h"},
    ],
)  # fmt: skip
def test_other_content_under_the_same_id_is_noticed(change: dict[str, Any]) -> None:
    said = {"user_id": "a", "product_id": "p", "text": "a", "price": "1", "ref_id": "g"}
    said["type"] = change.get("type", "view")
    block = read(line(**said), line(**said), line(**said | change))
    assert len(set(block.key.tolist())) == 1
    assert block.content[0] == block.content[1] != block.content[2]


# --- times


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20T12:00:00.000Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20t12:00:00z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20 12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20T12:00:00.5Z", datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-20T12:00:00.123999Z", datetime(2026, 11, 20, 12, 0, 0, 123_000, tzinfo=UTC)),
        ("2026-11-20T12:00:00.123456789123Z", datetime(2026, 11, 20, 12, 0, 0, 123_000, tzinfo=UTC)),
        ("2026-11-21T01:59:59.999+14:00", datetime(2026, 11, 20, 11, 59, 59, 999_000, tzinfo=UTC)),
        ("2026-11-20T00:30:00-11:30", datetime(2026, 11, 20, 12, 0, tzinfo=UTC)),
        ("2024-02-29T23:59:59.999Z", datetime(2024, 2, 29, 23, 59, 59, 999_000, tzinfo=UTC)),
        ("2000-02-29T00:00:00.000Z", datetime(2000, 2, 29, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31T23:59:60.250Z", datetime(2017, 1, 1, 0, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-10-25T02:30:00+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30:00+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (1_700_000_000_000, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_to_the_millisecond(stamp: str | int, when: datetime) -> None:
    assert read(line(ts=stamp)).ts.tolist() == [int(when.timestamp()) * 1000 + when.microsecond // 1000]


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-11-20T12:00:00", "2026-11-20", "", "now", "2026-11-20T12:00Z", "2026-11-20T24:00:00Z",
        "2026-11-20T12:60:00Z", "2026-11-20T12:00:61Z", "2026-02-30T12:00:00.000Z", "2026-02-29T12:00:00.000Z",
        "2026-13-01T12:00:00.000Z", "2026-00-01T12:00:00.000Z", "2026-11-00T12:00:00.000Z", "2026-11-20T12:00:00+24:00",
        "2026-11-20T12:00:00.Z", "２026-11-20T12:00:00.000Z", "2026-11-20T12:00:00.000Z2026-11-20T12:00:00.000Z",
        "+026-11-20T12:00:00.000Z", "1999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
        0, -1, EARLIEST - 1, NOW + DAY + 1, 1_795_176_000, 2**62, 2**63 - 1, 2**64, -(2**70),
    ],
)  # fmt: skip
def test_a_bad_time_is_refused(stamp: str | int) -> None:
    reason, sentence = refusal(line(ts=stamp))
    assert reason == "bad_time" and sentence.startswith("ts must ")
    assert ("seconds" in sentence) == (stamp == 1_795_176_000)


def test_a_day_ahead_is_the_most_and_the_year_2000_the_least() -> None:
    assert read(line(ts=NOW + DAY), line(ts=EARLIEST)).ts.tolist() == [NOW + DAY, EARLIEST]


def test_times_that_only_together_look_right_are_refused() -> None:
    """Two stamps of one and a half forms' length each must not be read as three good ones, nor one good as two."""
    good = "2026-11-20T12:00:00.000Z"
    block = read(line(ts=good + good, event_id="1"), line(ts="", event_id="2"))
    assert [bad.reason for bad in block.rejects] == ["bad_time", "bad_time"]


@given(st.datetimes(datetime(2000, 1, 2), datetime(2026, 11, 19)), st.integers(-14 * 60, 14 * 60), st.integers(0, 9))
def test_any_time_is_read_alike_in_any_form(when: datetime, zone_minutes: int, digits: int) -> None:
    there = when.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=zone_minutes)))
    fraction = f"{when.microsecond:06d}000"[:digits]
    sign, offset = ("-" if zone_minutes < 0 else "+"), abs(zone_minutes)
    local = there.strftime("%Y-%m-%dT%H:%M:%S").zfill(19) + (f".{fraction}" if fraction else "")
    whole_ms = when.replace(microsecond=int(fraction.ljust(6, "0")[:6]) // 1000 * 1000, tzinfo=UTC)
    expected = (whole_ms - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    plain = whole_ms.strftime("%Y-%m-%dT%H:%M:%S.") + f"{whole_ms.microsecond // 1000:03d}Z"
    stamps = [f"{local}{sign}{offset // 60:02d}:{offset % 60:02d}", plain, expected]
    assert read(*(line(ts=stamp) for stamp in stamps)).ts.tolist() == [expected] * 3
    assert read(line(ts=plain)).ts.tolist() == [expected]


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "value", [2**63 + 5, 2**62, -5, 0, "9999-12-31T23:59:59Z", "some time", "2026-11-20T12:00:00", True, [NOW], 1.5]
)
def test_a_gap_at_no_possible_time_is_refused(name: str, value: Any) -> None:
    gap = {"from": NOW - 60_000, "to": NOW, name: value}
    reason, sentence = refusal(line(type="recording_gap", **gap))
    assert reason == "bad_time" and sentence.startswith(f"{name} must ")


def test_a_gap_may_say_when_it_was_in_either_form_or_not_at_all() -> None:
    gaps: list[dict[str, Any]] = [{"from": NOW - 60_000, "to": "2026-11-20T12:00:00Z"}, {"from": NOW}, {}]
    assert len(read(*(line(type="recording_gap", **gap) for gap in gaps))) == 3


# --- numbers


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "1e400", "-9223372036854775809"])
@pytest.mark.parametrize("value", ["%s", "[1, %s]", '{"a": {"b": %s}}'])
@pytest.mark.parametrize("kind", [*TYPES, "poll_opened"])
def test_a_number_beyond_64_bits_is_refused_in_any_field_of_any_type(kind: str, value: str, number: str) -> None:
    raw = with_field("other", value % number + ', "count": 1', kind)
    reason, sentence = refusal(raw)
    assert reason == "bad_number" and "64 bits" in sentence
    block = read(with_field("count", "1", kind), raw, with_field("count", "2", kind))
    assert len(block) == 2 and [bad.line for bad in block.rejects] == [1]


@pytest.mark.parametrize("kind", [*TYPES, "poll_opened"])
def test_digits_in_a_text_are_no_number(kind: str) -> None:
    for text in ("1234567890123456789", "1" * 40, "it is 123456789012345678901234567890, or -1e400"):
        assert len(read(line(type=kind, text=text, other=text, count=1))) == 1


# --- money


@pytest.mark.parametrize(
    ("price", "quantity", "units"),
    [
        ('"0.10"', 1, 1_000), ("0.10", 1, 1_000), ("0.1", 3, 3_000),
        ("19.99", 100, 19_990_000),
        ('"1e3"', 1, 10_000_000), ("1e3", 1, 10_000_000),
        ("12", 1, 120_000), ('"12."', 1, 120_000), ('".5"', 1, 5_000), ('"+7"', 1, 70_000),
        ('"0"', 1, 0), ("-0.0", 1, 0), ('"0.00005"', 1, 1), ('"0.00004"', 1, 0), ('"0.00004"', 3, 1),
        ("1.00005", 1, 10_001), ('"0.123456"', 10, 12_346), ('"12.90"', 0, 0), ('"100000000000"', 1, MOST_MONEY),
        ("1e-9", 1, 0), ("4.35", 1, 43_500), ("1.1", 1, 11_000), ("8.70", 3, 261_000),
    ],
)  # fmt: skip
def test_money_is_exact_in_any_form(price: str, quantity: int, units: int) -> None:
    raw = with_field("price", f'{price}, "quantity": {quantity}, "currency": "EUR"', "order_paid")
    assert [row[3] for row in read(raw).lines] == [units]


@given(st.decimals(0, 100_000, allow_nan=False, places=4), st.integers(0, 1000))
def test_price_times_quantity_is_what_decimals_say(price: Decimal, quantity: int) -> None:
    raw = line(type="order_paid", price=str(price), quantity=quantity)
    assert [row[3] for row in read(raw).lines] == [int(price * quantity * 10_000)]


@pytest.mark.parametrize(
    "price",
    [
        '""', '" 1"', '"1 "', '"-1"', "-0.01", '"1,50"', '"1_000"', '"€5"', '"NaN"', '"Infinity"', '"-inf"', '"1e"',
        '"0x10"', '"１２"', '"."', '"1.2.3"', '"100000000000.0001"', '"9e999999"', '"1e999999999999999999999"', "1e400",
        "1e300", "123456789012345678901234567890", '"' + "1" * 50 + '"', '"' + "0" * 60_000 + '"',
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["order_paid", "product_click"])
def test_a_price_that_is_no_plain_number_is_refused(price: str, kind: str) -> None:
    reason, sentence = refusal(with_field("price", price + ', "quantity": 3', kind))
    assert reason == "bad_number" and len(sentence) < 200


def test_a_line_without_a_price_has_no_amount() -> None:
    assert read(line(type="order_cancelled", order_id="o")).lines == [(0, "o", None, None, 1, None)]


def test_without_a_sku_the_product_is_the_sku() -> None:
    block = read(line(type="order_paid", product_id="p"), line(type="order_paid"))
    assert [row[2] for row in block.lines] == ["p", None]


# --- what is refused


@pytest.mark.parametrize(
    ("raw", "reason", "said"),
    [
        (b"oops", "not_json", "not JSON"),
        (b'{"event_id": "1"', "not_json", "not JSON"),
        (line() + b" {}", "not_json", "trailing"),
        (b"\x00" * 40, "not_json", "not JSON"),
        (b"\x00" + line(), "not_json", "not JSON"),
        (b"\xef\xbb\xbf" + line(), "not_json", "not JSON"),
        (b"[1]", "not_an_object", "array"),
        (b"null", "not_an_object", "null"),
        (b'"text"', "not_an_object", "str"),
        (b"17", "not_an_object", "int"),
        (b"{}", "missing_field", "event_id"),
        (line(ts=None), "missing_field", "ts"),
        (line(type=None), "missing_field", "type"),
        (line(event_id=""), "missing_field", "empty"),
        (line(type=""), "missing_field", "empty"),
        (line(type="viewers"), "missing_field", "count"),
        (line(event_id=7), "wrong_type", "$.event_id"),
        (with_field("ts", "null"), "wrong_type", "$.ts"),
        (with_field("ts", "true"), "wrong_type", "$.ts"),
        (with_field("ts", "1795176000000.5"), "wrong_type", "$.ts"),
        (line(type=["view"]), "wrong_type", "$.type"),
        (line(user_id=12345), "wrong_type", "$.user_id"),
        (line(product_id=1729384756102938475), "wrong_type", "$.product_id"),
        (line(paid="yes"), "wrong_type", "$.paid"),
        (line(paid=1), "wrong_type", "$.paid"),
        (line(text={"a": 1}), "wrong_type", "$.text"),
        (line(price=True), "wrong_type", "$.price"),
        (line(price=[1]), "wrong_type", "$.price"),
        (line(quantity="two"), "wrong_type", "$.quantity"),
        (line(count="5"), "wrong_type", "$.count"),
        (line(currency=978), "wrong_type", "$.currency"),
        (line(quantity=1.5), "bad_number", "whole"),
        (line(quantity=-1), "bad_number", "quantity"),
        (line(count=-1), "bad_number", "count"),
        (line(count=2**53), "bad_number", "2^53"),
        (line(count=2**64), "bad_number", "count"),
        (with_field("count", "1e400"), "bad_number", "64 bits"),
        (with_field("count", "NaN"), "bad_number", "NaN"),
        (with_field("x", "Infinity"), "bad_number", "Infinity"),
        (with_field("x", "-Infinity"), "bad_number", "-Infinity"),
        (with_field("value", "1e400", "snapshot"), "bad_number", "64 bits"),
        (with_field("value", str(2**64), "snapshot"), "bad_number", str(2**64)),
        (with_field("value", "9" * 5000, "snapshot"), "bad_number", "64 bits"),
        (with_field("diamonds", "-1", "gift"), "bad_number", "diamonds"),
        (with_field("diamonds", '1000000000, "count": 1000000000', "gift"), "bad_number", "diamonds"),
        (line(currency="eur"), "bad_currency", "'eur'"),
        (line(currency=""), "bad_currency", "ISO 4217"),
        (line(currency="EURO"), "bad_currency", "ISO 4217"),
        (line(user_id="\u1234").replace(b"\xe1\x88\xb4", b"\xff"), "invalid_utf8", "byte 67"),
        (line(x="\u1234").replace(b"\xe1\x88\xb4", b"\xe1\x88"), "invalid_utf8", "byte"),
        (b"\xff\xfe" + b"\x00" * 20, "invalid_utf8", "byte 0"),
        (with_field("text", '"\\ud800"', "comment"), "invalid_utf8", "surrogate"),
        (with_field("text", '"\\ud83d and more of the text"', "comment"), "invalid_utf8", "surrogate"),
        (with_field("x", '"\\udc00"'), "invalid_utf8", "surrogate"),
        (with_field("x", "[" * 5000 + "]" * 5000), "not_json", "nested"),
        (with_field("x", '{"a":' * 5000 + "1" + "}" * 5000, "comment"), "not_json", "nested"),
        (b"[" * 60_000, "not_json", "nested"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason_and_a_sentence(raw: bytes, reason: str, said: str) -> None:
    found, sentence = refusal(raw)
    assert found == reason
    assert said in sentence and sentence.endswith(".") and "`" not in sentence


def test_a_line_may_be_64_kib_long_and_not_a_byte_longer() -> None:
    fill = LONGEST_LINE - len(line(text=""))
    exact = line(text="x" * fill)
    assert len(exact) == LONGEST_LINE
    assert len(read(exact)) == len(read(exact + b"\r")) == 1
    assert len(read(b"", exact, line())) == 2
    longer = line(text="x" * (fill + 1))
    assert refusal(longer) == ("too_long", "A line may be 65,536 bytes long; this one is 65,537.")
    assert refusal(longer + b"\r")[0] == "too_long"
    block = read(line(event_id="a"), longer, line(event_id="b"))
    assert len(block) == 2 and [(bad.line, bad.reason) for bad in block.rejects] == [(1, "too_long")]


@pytest.mark.parametrize("kind", ["view", "comment", "pin"])
def test_nesting_is_taken_as_deep_as_is_said_whoever_calls(kind: str) -> None:
    """The limit is the log's own, so that a line is judged alike from a deep stack and from a shallow one."""
    fits, too_deep = ((with_field("x", "[" * n + "]" * n, kind)) for n in (DEEPEST - 1, DEEPEST))
    assert len(read(fits)) == 1
    assert "nested" in refusal(too_deep)[1]

    def deep_down(levels: int) -> Block:
        return deep_down(levels - 1) if levels else read(fits, too_deep, fits)

    assert len(deep_down(600)) == 2


def test_brackets_in_texts_or_side_by_side_are_no_nesting() -> None:
    texts = [line(type="comment", text="[smile]" * 500), line(type="comment", text='"{[\\' * 300)]
    beside = [with_field("winners", "[" + ",".join(['{"id": "[["}'] * 200) + "]", "giveaway_ended")]
    assert len(read(*texts, *beside, line())) == 4


def test_blank_lines_and_carriage_returns_are_fine() -> None:
    block = read(b"", line(event_id="a") + b"\r", b"\r", b"  \t ", b"  " + line(event_id="b") + b" \r")
    assert (block.read, len(block), block.blank, block.rejects) == (5, 2, 3, [])


def test_of_duplicate_keys_the_last_counts_everywhere() -> None:
    twice = b'{"event_id": "1", "event_id": "2", "ts": 5, "ts": %d, "type": "view", "type": "comment", ' % NOW
    block = read(twice + b'"text": "a", "text": "b"}')
    assert block.types == ["comment"] and block.ts.tolist() == [NOW]
    assert block.comments == [(0, {"event_id": "2", "ts": NOW, "type": "comment", "text": "b"})]
    assert block.key.tolist() == read(line(event_id="2", type="comment")).key.tolist()


def test_nul_inside_a_text_is_a_character_like_others() -> None:
    block = read(line(type="comment", text="a\x00b", user_id="\x00"))
    assert block.comments[0][1]["text"] == "a\x00b" and block.user[0] != 0


def test_a_refused_line_says_where_it_stands_and_how_it_begins() -> None:
    lines = [line(), b"", b"oops" * 100, line(), b"\xff"]
    block = read(*lines)
    assert [(bad.line, bad.offset, bad.head) for bad in block.rejects] == [
        (2, len(line()) + 2, (b"oops" * 100)[:HEAD_BYTES]),
        (4, 2 * len(line()) + 404, b"\xff"),
    ]


def test_an_empty_block_is_empty() -> None:
    assert (read().read, len(read()), read().rejects) == (0, 0, [])
    assert (read(b"x").read, len(read(b"x")), read(b"\r").blank) == (1, 0, 1)


# --- blocks


def rows(block: Block) -> Iterator[tuple[Any, ...]]:
    """Every row with all that hangs on it, in words that do not depend on the block it came in."""
    details: dict[int, list[Any]] = {}
    for name in ("lines", "profiles", "entries", "comments", "records"):
        for row, *said in getattr(block, name):
            details.setdefault(row, []).append((name, said))
    products = [*block.products, None]
    for i in range(len(block)):
        yield (
            int(block.ts[i]), block.types[block.type[i]], products[block.product[i]], block.channels[block.channel[i]],
            int(block.user[i]), int(block.value[i]), int(block.key[i]), int(block.content[i]), details.get(i),
        )  # fmt: skip


words = st.sampled_from(["a", "b", "c", "", "ü", "1729384756102938475"])
odd = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), words, st.lists(st.none(), max_size=2),
    st.sampled_from(["2026-11-20T12:00:00.000Z", "2026-11-20T12:00:00+14:00", "EUR", "12.90", "1e5", "\ud800", NOW]),
)  # fmt: skip
"""Any value at all, right or wrong in any place."""
events = st.builds(
    lambda good, odds: good | odds,
    st.fixed_dictionaries(
        {"event_id": words, "ts": st.integers(NOW - DAY, NOW), "type": st.sampled_from([*TYPES, "poll"])},
        optional={
            "user_id": words, "source": words, "sub_source": words, "paid": st.booleans(), "product_id": words,
            "sku_id": words, "order_id": words, "price": st.sampled_from(["1", "2.50", 3, 0.1]),
            "currency": st.sampled_from(["EUR", "USD"]), "quantity": st.integers(0, 5), "count": st.integers(0, 9),
            "text": words, "ref_id": words, "gender": words, "diamonds": st.integers(0, 9),
        },
    ),
    st.one_of(
        st.just({}), st.just({}),
        st.dictionaries(st.sampled_from(["event_id", "ts", "type", "user_id", "price", "count", "x"]), odd, max_size=2),
    ),
)  # fmt: skip
raw_lines = st.one_of(
    events.map(lambda event: json.dumps(event).encode()),
    st.sampled_from([b"", b"\r", b"oops", b"[]", b"\xff", b'{"event_id": "1"']),
)


@given(st.lists(raw_lines, max_size=30))
def test_a_block_gives_what_its_lines_give_one_by_one(lines: list[bytes]) -> None:
    together = read(*lines)
    apart = [read(part) for part in lines]
    assert list(rows(together)) == [row for block in apart for row in rows(block)]
    assert together.blank == sum(block.blank for block in apart)
    assert [(bad.line, bad.reason, bad.sentence, bad.head) for bad in together.rejects] == [
        (number, bad.reason, bad.sentence, bad.head) for number, block in enumerate(apart) for bad in block.rejects
    ]
    assert together.read == len(together) + together.blank + len(together.rejects) == len(lines)


def test_a_bad_line_does_not_make_its_neighbours_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in lines looked at on their own, not in seconds."""
    looked_at: list[bytes] = []
    careful = parse_module._careful

    def count(raw: bytes, now_ms: int) -> None:
        looked_at.append(raw)
        careful(raw, now_ms)

    monkeypatch.setattr(parse_module, "_careful", count)
    good = [line(event_id=str(i)) for i in range(1000)]
    assert len(read(*good[:500], b"oops", *good[500:])) == 1000
    assert len(looked_at) < 50


def test_hashes_are_the_same_in_every_process() -> None:
    """Stores live longer than processes; these were written down once."""
    assert hashes(["", "a", "晚上好"]).tolist() == [1760245841805064774, 13950350942979735504, 11264985259924786119]
    assert hashes([]).dtype == np.uint64

"""Lines to columns: decodes a block of log lines, checks every value, names the reason for each line it cannot take.
Holds no state: what a line means to a room is decided further on."""
from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Any, NoReturn

import msgspec
import numpy as np
import pandas as pd
from babel.core import get_global

from livedash.log.moments import EARLIEST, epoch_ms
from livedash.log.numbers import beyond_64_bits, suspects
from livedash.log.vocabulary import LINES, LONGEST_LINE, PROFILE_FIELDS, RECORDS

MONEY = 10_000
"""Money is counted in 1/10000 of the currency unit."""
MOST_MONEY = 10**15
"""Largest amount of one line, in 1/10000: a hundred thousand million units, so that sums stay within 64 bits."""
DAY = 86_400_000
YEAR_2100 = 4_102_444_800_000
HEAD_BYTES = 200
"""How much of a bad line is kept."""
DEEPEST = 64
"""Levels of nesting in a line. Far below what Python's own stack holds, so that whoever reads a kept line can."""

Channel = tuple[str | None, str | None, bool]
"""source, sub_source, paid."""


class Event(msgspec.Struct, gc=False):
    """The fields that every line may carry, typed; whatever else a line holds is looked at only for the rare types."""

    event_id: str
    ts: str | int
    type: str
    user_id: str | None = None
    source: str | None = None
    sub_source: str | None = None
    paid: bool | None = None
    product_id: str | None = None
    sku_id: str | None = None
    title: str | None = None
    order_id: str | None = None
    price: str | int | float | None = None
    currency: str | None = None
    quantity: int | None = None
    count: int | None = None
    text: str | None = None
    ref_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One line that cannot be taken. line: its number in the block, from 0; offset: bytes from the block's start."""

    line: int
    offset: int
    reason: str
    sentence: str
    head: bytes


class Names(dict[Any, int]):
    """Names to codes in order of first appearance; looking a new one up gives it the next code."""

    def __missing__(self, name: Any) -> int:
        code = self[name] = len(self)
        return code

    def codes(self, names: Iterable[Any]) -> np.ndarray:
        return np.array(list(map(self.__getitem__, names)), np.int32)


@dataclass(slots=True)
class Block:
    """A block of lines as columns, one row per line taken, in the order of the file.

    ts: int64[ms]; type, product, channel: int32 codes into the block's own names (product -1 for none); user: uint64
    hashes, 0 for none; value: int64, the line's count or 1; key, content: uint64 hashes of (event_id, type) and of all
    that the type uses. lines: (row, order, sku, amount, quantity, currency); profiles: (row, values); entries: (row,
    ref_id); comments, records: (row, all fields).
    """

    ts: np.ndarray
    type: np.ndarray
    user: np.ndarray
    product: np.ndarray
    channel: np.ndarray
    value: np.ndarray
    key: np.ndarray
    content: np.ndarray
    types: list[str]
    products: list[str]
    channels: list[Channel]
    lines: list[tuple[int, str | None, str | None, int | None, int, str | None]] = field(default_factory=list)
    profiles: list[tuple[int, tuple[str | None, ...]]] = field(default_factory=list)
    entries: list[tuple[int, str]] = field(default_factory=list)
    comments: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    records: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    read: int = 0
    blank: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ts)


class BadLine(Exception):
    """Why a line cannot be taken: a code for scripts and a sentence for people."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason, self.sentence = reason, sentence


_decode = msgspec.json.Decoder(Event).decode
_MARK = np.frombuffer(b"0000-00-00T00:00:00.000Z", np.uint8)
_DIGITS = np.array([i for i, c in enumerate(_MARK.tobytes()) if c == ord("0")])
_OTHERS = np.array([i for i, c in enumerate(_MARK.tobytes()) if c != ord("0")])
_PRICE = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_TEXTS = re.compile(rb'"(\\.|[^"\\])*"')
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_DETAILED = LINES | RECORDS | {"comment", "profile", "giveaway_entered"}
"""Types of which more is kept than the columns hold."""


def hashes(texts: list[str]) -> np.ndarray:
    """64-bit hashes of texts: uint64, never 0, the same in every process."""
    if not texts:
        return np.empty(0, np.uint64)
    found = pd.util.hash_array(np.array(texts, dtype=object), categorize=False)
    return _solid(found)


def _solid(found: np.ndarray) -> np.ndarray:
    """Hashes with 0, which stands for nothing, kept free."""
    return np.where(found == 0, np.uint64(1), found)


def mix(*columns: np.ndarray) -> np.ndarray:
    """One 64-bit hash out of several integer columns."""
    out = np.full(len(columns[0]), 0x9E3779B97F4A7C15, np.uint64)
    for column in columns:
        out ^= column.astype(np.uint64, copy=False)
        out *= np.uint64(0xBF58476D1CE4E5B9)
        out ^= out >> np.uint64(29)
    return out


def parse(block: bytes, now_ms: int) -> Block:
    """Whole lines (each ended by a line feed) to columns.

    now_ms: the reader's clock, for times too far ahead. Never raises for what a line holds: what cannot be taken is
    among `rejects`, and read = rows + blank + rejects.
    """
    raw = block.split(b"\n")
    raw.pop()
    try:
        out = _together(block, raw, now_ms)
    except (ValueError, BadLine):
        good, blank, rejects = _sift(raw, now_ms)
        out = _columns([_decode(line) for line in good], good, now_ms)
        out.blank, out.rejects = blank, rejects
    out.read = len(raw)
    return out


def _together(block: bytes, raw: list[bytes], now_ms: int) -> Block:
    """The quick way through lines that are all good; raises ValueError or BadLine if one of them may not be."""
    if len(block) > LONGEST_LINE and max(map(len, raw)) > LONGEST_LINE:
        raise BadLine("too_long", "")
    if _opened(block) >= DEEPEST + len(raw) and max(map(_opened, raw)) > DEEPEST:
        raise BadLine("not_json", "")
    block.decode()
    for line in suspects(block):
        if beyond_64_bits(line):
            raise BadLine("bad_number", "")
    return _columns([_decode(line) for line in raw], raw, now_ms)


def _opened(text: bytes) -> int:
    """How many brackets open in a text: it cannot be nested deeper than that."""
    return text.count(b"{") + text.count(b"[")


def times(stamps: list[Any], now_ms: int) -> np.ndarray:
    """RFC 3339 texts or epoch milliseconds to int64 ms; raises BadLine if any of them is bad."""
    found = _plain_times(stamps)
    if found is None:
        found = np.array([_moment("ts", s) for s in stamps], np.int64)
    if len(found) and (found.min() < EARLIEST or found.max() > now_ms + DAY):
        _out_of_time("ts", int(found.max()))
    return found


def _plain_times(stamps: list[Any]) -> np.ndarray | None:
    """The usual forms at once: all epoch ms, or all like 2026-11-20T12:00:00.000Z; None for anything else."""
    n = len(stamps)
    if n and type(stamps[0]) is int:
        return np.array(stamps, np.int64) if all(type(s) is int and abs(s) < 2**62 for s in stamps) else None
    try:
        text = "".join(stamps)
    except TypeError:
        return None
    if len(text) != 24 * n or max(map(len, stamps), default=0) > 24 or not text.isascii():
        return None
    chars = np.frombuffer(text.encode(), np.uint8).reshape(n, 24)
    if (chars[:, _OTHERS] != _MARK[_OTHERS]).any():
        return None
    d = chars[:, _DIGITS].astype(np.int64) - 48
    if ((d < 0) | (d > 9)).any():
        return None
    year = d[:, 0] * 1000 + d[:, 1] * 100 + d[:, 2] * 10 + d[:, 3]
    month, day = d[:, 4] * 10 + d[:, 5], d[:, 6] * 10 + d[:, 7]
    hour, minute, second = d[:, 8] * 10 + d[:, 9], d[:, 10] * 10 + d[:, 11], d[:, 12] * 10 + d[:, 13]
    if ((month < 1) | (month > 12) | (day < 1) | (hour > 23) | (minute > 59) | (second > 59)).any():
        return None
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    if (day > following - first).any():
        return None
    ms = d[:, 14] * 100 + d[:, 15] * 10 + d[:, 16]
    return (first + day - 1) * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms


def _moment(name: str, said: object) -> int:
    """One time to epoch ms. Raises BadLine."""
    found = epoch_ms(said)
    if found is None:
        raise BadLine(
            "bad_time",
            f"{name} must be a time with a zone, such as 2026-11-20T12:00:00Z, or epoch ms; it is {str(said)[:40]!r}.",
        )
    return found


def _out_of_time(name: str, ms: int) -> NoReturn:
    hint = " It looks like seconds: write milliseconds." if EARLIEST <= ms * 1000 < YEAR_2100 else ""
    raise BadLine("bad_time", f"{name} must lie between the year 2000 and one day ahead of now.{hint}")


@lru_cache(maxsize=4096)
def _money(price: str, quantity: int) -> int:
    if len(price) <= 40 and _PRICE.fullmatch(price):
        units = Decimal(price) * quantity * MONEY
        if units > MOST_MONEY:
            most = f"{MOST_MONEY // MONEY:,}"
            raise BadLine("bad_number", f"price x quantity may be {most} at most; it is {price} x {quantity}.")
        if units >= 0:
            return int(units.quantize(Decimal(1), ROUND_HALF_UP))
    raise BadLine("bad_number", f'price must be a plain number of zero or more, such as "12.90"; it is {price[:40]!r}.')


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))


def amount(event: Event) -> int | None:
    """price x quantity in 1/10000 of the unit, None without a price. A number is read by its shortest decimal form."""
    if event.price is None:
        return None
    price = event.price if isinstance(event.price, str) else repr(event.price)
    return _money(price, 1 if event.quantity is None else event.quantity)


def _whole(name: str, value: int) -> None:
    if not 0 <= value < 2**53:
        raise BadLine("bad_number", f"{name} must be a whole number from 0 to 2^53; it is {str(value)[:40]}.")


def _sift(raw: list[bytes], now_ms: int) -> tuple[list[bytes], int, list[Reject]]:
    """The way through lines of which some are bad: lines to take, number of blank lines, rejects. What holds a bad line
    is cut smaller until the line stands alone, so that one of them costs little."""
    said = [number for number, line in enumerate(raw) if line.strip()]
    offsets = list(accumulate((len(line) + 1 for line in raw), initial=0))
    good: list[bytes] = []
    rejects = []
    parts = [said] if said else []
    while parts:
        part = parts.pop()
        lines = [raw[number] for number in part]
        try:
            if len(lines) > 1:
                _together(b"\n".join(lines), lines, now_ms)
            else:
                _careful(lines[0], now_ms)
            good += lines
        except (ValueError, BadLine) as error:
            if len(part) > 1:
                step = -(-len(part) // 8)
                parts += [part[at : at + step] for at in range(0, len(part), step)][::-1]
            else:
                bad = error if isinstance(error, BadLine) else _why(lines[0], error)
                head = lines[0][:HEAD_BYTES]
                rejects.append(Reject(part[0], offsets[part[0]], bad.reason, bad.sentence, head))
    return good, len(raw) - len(said), rejects


def _careful(line: bytes, now_ms: int) -> None:
    """One line, by the same steps as a whole block. Raises BadLine, or what the decoder raises."""
    if len(line.rstrip(b"\r")) > LONGEST_LINE:
        raise BadLine("too_long", f"A line may be {LONGEST_LINE:,} bytes long; this one is {len(line):,}.")
    try:
        line.decode()
    except UnicodeDecodeError as error:
        raise BadLine("invalid_utf8", f"The line must be UTF-8; byte {error.start} of it is not.") from None
    if _opened(line) > DEEPEST and _depth(line) > DEEPEST:
        raise BadLine("not_json", f"The line is nested too deeply: more than {DEEPEST} levels.")
    _columns([_decode(line)], [line], now_ms)
    number = beyond_64_bits(line)
    if number:
        raise BadLine("bad_number", f"Numbers must fit 64 bits; the line holds {number[:40]}.")


def _depth(line: bytes) -> int:
    """Levels of brackets outside of texts."""
    steps = ((c in b"{[") - (c in b"]}") for c in _TEXTS.sub(b"", line))
    return max(accumulate(steps), default=0)


def _why(line: bytes, error: Exception) -> BadLine:
    """The reason code for a line that the decoder refused."""

    def refuse(text: str) -> NoReturn:
        raise BadLine("bad_number", f"Numbers must be finite; the line holds {text}.")

    text = str(error).replace("`", "")
    if isinstance(error, msgspec.ValidationError):
        if text.startswith("Expected object"):
            return BadLine("not_an_object", f"A line must be one JSON object; this one: {text}.")
        if "missing required field" in text:
            return BadLine("missing_field", f"Every line needs event_id, ts and type; this one: {text}.")
        if "out of range" in text:
            return BadLine("bad_number", f"Numbers must fit 64 bits; {text}.")
        if "got float" in text and ("$.quantity" in text or "$.count" in text):
            return BadLine("bad_number", f"quantity and count must be whole numbers; {text}.")
        return BadLine("wrong_type", f"A field has the wrong type: {text}.")
    try:
        json.loads(line, parse_constant=refuse)
        if _SURROGATE.search(line):
            return BadLine("invalid_utf8", "The line holds half of a surrogate pair, which is no character.")
    except BadLine as bad:
        return bad
    except ValueError:
        pass
    if "out of range" in text:
        return BadLine("bad_number", f"Numbers must fit 64 bits; {text}.")
    return BadLine("not_json", f"The line is not JSON: {text}.")


def _columns(events: list[Event], raw: list[bytes], now_ms: int) -> Block:
    """Events to columns. Raises BadLine if any value of any of them is bad."""
    n = len(events)
    names = [e.type for e in events]
    ids = [e.event_id for e in events]
    if not (all(ids) and all(names)):
        raise BadLine("missing_field", "event_id and type must not be empty.")
    ts = times([e.ts for e in events], now_ms)
    types, products, channels = Names(), Names(), Names()
    kind = types.codes(names)
    product = _product_codes(products, [e.product_id for e in events])
    channel = channels.codes([(e.source or None, e.sub_source or None, e.paid or False) for e in events])
    counts = [e.count for e in events]
    value = np.ones(n, np.int64)
    if counts.count(None) < n:
        _each_whole("count", counts)
        value = np.array([1 if c is None else c for c in counts], np.int64)
    _check_money(events)
    if "viewers" in types and None in [c for c, t in zip(counts, names, strict=True) if t == "viewers"]:
        raise BadLine("missing_field", "A viewers line needs count, the number of viewers at that moment.")
    user = _hashed([e.user_id for e in events])
    out = Block(
        ts=ts, type=kind, user=user, product=product, channel=channel, value=value,
        key=_solid(mix(hashes(ids), hashes(list(types))[kind])), content=ts,
        types=list(types), products=list(products), channels=list(channels),
    )  # fmt: skip
    extra = np.zeros(n, np.uint64)
    if not _DETAILED.isdisjoint(types):
        rows = [row for row, name in enumerate(names) if name in _DETAILED]
        extra[rows] = hashes([_detail(out, row, events[row], raw[row], now_ms) for row in rows])
    product_hash = np.append(hashes(list(products)), np.uint64(0))[product]
    channel_hash = hashes([repr(c) for c in out.channels])[channel]
    out.content = mix(ts, user, product_hash, channel_hash, value, extra)
    return out


def _product_codes(products: Names, ids: list[str | None]) -> np.ndarray:
    n = len(ids)
    if ids.count(None) == n:
        return np.full(n, -1, np.int32)
    return np.array([products[p] if p else -1 for p in ids], np.int32)


def _check_money(events: list[Event]) -> None:
    n = len(events)
    quantities = [e.quantity for e in events]
    if quantities.count(None) < n:
        _each_whole("quantity", quantities)
    currencies = [e.currency for e in events]
    if currencies.count(None) < n:
        for code in set(currencies) - {None}:
            if code not in _currencies():
                said = f'currency must be an ISO 4217 code such as "EUR"; it is {str(code)[:20]!r}.'
                raise BadLine("bad_currency", said)
    for event in events if [e.price for e in events].count(None) < n else ():
        if event.price is not None:
            amount(event)


def _each_whole(name: str, values: list[int | None]) -> None:
    for value in values:
        if value is not None:
            _whole(name, value)


def _detail(out: Block, row: int, e: Event, raw: bytes, now_ms: int) -> str:
    """Put a row's details where they belong; returns them as a text, by which a conflicting line is noticed."""
    said: object
    if e.type in LINES:
        quantity = 1 if e.quantity is None else e.quantity
        line = (row, e.order_id, e.sku_id or e.product_id, amount(e), quantity, e.currency)
        out.lines.append(line)
        said = line[1:]
    elif e.type == "giveaway_entered":
        out.entries.append((row, e.ref_id or ""))
        said = e.ref_id
    else:
        fields = msgspec.json.decode(raw)
        _check_fields(e, fields)
        if e.type == "recording_gap":
            _check_gap(fields, now_ms)
        if e.type == "profile":
            values = tuple(_label(fields.get(name)) for name in PROFILE_FIELDS)
            out.profiles.append((row, values))
            said = values
        else:
            (out.comments if e.type == "comment" else out.records).append((row, fields))
            said = {name: value for name, value in sorted(fields.items()) if name not in ("ts", "event_id")}
    return repr(said)


def _check_fields(e: Event, fields: dict[str, Any]) -> None:
    """What is kept whole and counted must be such that it can be counted with."""
    diamonds = fields.get("diamonds")
    if e.type == "gift" and type(diamonds) is int and not 0 <= diamonds * (e.count or 1) <= MOST_MONEY:
        raise BadLine("bad_number", f"diamonds must be zero or more, and within reason; it is {str(diamonds)[:40]}.")


def _check_gap(fields: dict[str, Any], now_ms: int) -> None:
    """What a gap says of when it was must be when something can have been. One that does not say it is passed over."""
    for name in ("from", "to"):
        if fields.get(name) is not None and not EARLIEST <= _moment(name, fields[name]) <= now_ms + DAY:
            _out_of_time(name, _moment(name, fields[name]))


def _label(value: object) -> str | None:
    """A profile value as text: true and false are said as existing follower and non-follower."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "existing" if value else "none"
    return str(value)[:64]


def _hashed(texts: list[str | None]) -> np.ndarray:
    """Hashes of texts, 0 where there is none."""
    if texts.count(None) == 0 and all(texts):
        return hashes(texts)  # type: ignore[arg-type]
    found = hashes([t or "" for t in texts])
    if texts:
        found[np.array([not t for t in texts])] = 0
    return found

"""Whole numbers as a log writes them, and those that 64 bits do not hold, wherever in a line they stand: also in the
fields that nothing else looks at. These are looked for in bytes first, because nearly no line has such a number, and in
values only where one may be."""
from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

import numpy as np

FEWEST_DIGITS = 19
"""An integer of fewer digits fits; one of just so many fits unless it is negative."""
FARTHEST = 32
"""Digits looked at before an exponent; a longer number is suspect anyhow."""


LARGEST = 2**53
"""Counts beyond this are none: nothing that can be counted has so many, and a browser cannot tell them apart."""

_WHOLE = re.compile(r"\s*[+-]?\d{1,16}\s*", re.ASCII)


def whole_number(value: object) -> int | None:
    """The whole number that a field has, as a number or written as a text ("25"), from -LARGEST to LARGEST; None for
    anything else."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= LARGEST else None


def _table(chars: bytes) -> np.ndarray:
    """By byte, whether it is one of these."""
    return np.isin(np.arange(256), list(chars))


_BEFORE = _table(b":,[ \t\r\n")
"""What stands before a number in JSON; before a digit within a text stands something else, or a quotation mark."""
_MANTISSA = _table(b"0123456789.")
_ZERO, _MINUS, _PLUS, _E, _SMALL = (np.uint8(ord(char)) for char in "0-+e ")


def suspects(block: bytes) -> Iterator[bytes]:
    """The lines in which such a number may stand, each once for every such place."""
    chars = np.frombuffer(block, np.uint8)
    if len(chars) <= FEWEST_DIGITS:
        chars = np.frombuffer(block.ljust(FEWEST_DIGITS + 1), np.uint8)
    digit = (chars - _ZERO) < 10
    for at in [*_long_runs(chars, digit), *_large_exponents(chars, digit)]:
        start, end = block.rfind(b"\n", 0, at) + 1, block.find(b"\n", at)
        yield block[start : end if end >= 0 else len(block)]


def _long_runs(chars: np.ndarray, digit: np.ndarray) -> list[int]:
    """Where integers begin whose digits are too many, or may be."""
    run = digit
    length = 1
    while length < FEWEST_DIGITS:
        step = min(length, FEWEST_DIGITS - length)
        run = run[:-step] & run[step:]
        length += step
    at = np.flatnonzero(run)
    if not len(at):
        return []
    at = at[~digit[at - 1]]
    signed = chars[at - 1] == _MINUS
    longer = digit[np.minimum(at + FEWEST_DIGITS, len(digit) - 1)]
    found: list[int] = at[_BEFORE[chars[at - 1 - signed]] & (signed | longer)].tolist()
    return found


def _large_exponents(chars: np.ndarray, digit: np.ndarray) -> list[int]:
    """Where numbers begin that have an exponent of three digits or more."""
    power = (chars[1:-3] | _SMALL) == _E
    power &= digit[:-4]
    power &= digit[3:-1]
    power &= digit[4:]
    power &= digit[2:-2] | (chars[2:-2] == _PLUS)
    at = np.flatnonzero(power)
    begun = []
    for _ in range(FARTHEST):
        if not len(at):
            break
        at = at - 1
        inside = _MANTISSA[chars[at]]
        before = at[~inside]
        before = before - (chars[before] == _MINUS)
        begun.append(before[_BEFORE[chars[before]]])
        at = at[inside]
    found: list[int] = np.concatenate([at, *begun]).tolist()
    return found


def beyond_64_bits(line: bytes) -> str | None:
    """The first number of the line, which is JSON, that is no 64-bit integer and no finite double; None without one."""
    found: list[str] = []

    def whole(text: str) -> None:
        if len(text) > FEWEST_DIGITS + 1 or not -(2**63) <= int(text) < 2**64:
            found.append(text)

    def broken(text: str) -> None:
        if math.isinf(float(text)):
            found.append(text)

    json.loads(line, parse_int=whole, parse_float=broken, strict=False)
    return found[0] if found else None

"""A number that 64 bits do not hold is found wherever it stands, and digits within a text are none."""
from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.log.numbers import LARGEST, beyond_64_bits, suspects, whole_number

LARGE = [
    "123456789012345678901234567890", str(2**64), str(-(2**63) - 1), "-123456789012345678901234567890", "9" * 5000,
    "1e400", "1E400", "-1e+400", "1.5e309", "123456789e301", "0.000001e400", "0." + "0" * 50 + "1e999", "1e0000400",
    "100000000000000000000.5e300",
]  # fmt: skip
FINE = [
    str(2**64 - 1), str(-(2**63)), "9223372036854775808", "1e300", "1.7976931348623157e308", "1e-400", "1e-4000",
    "0.12345678901234567890123456789", "12345678901234567890.5", "1234567890", "-0", "0e999",
]  # fmt: skip
PLACES = ['{"a":%s}', '{"a": %s}', '{"a":[%s]}', '{"a":[1,%s]}', '{"a":[1, {"b" :\t%s , "c":1}]}', '{"x":"\\"","a":%s}']


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", LARGE)
def test_it_is_found_in_any_place(place: str, number: str) -> None:
    line = (place % number).encode()
    assert beyond_64_bits(line) == number
    for block in (line, b'{"b":1}\n' + line, line + b"\n", b'{"b":1}\r\n' + line + b'\r\n{"c":2}\n'):
        assert {part.strip() for part in suspects(block)} == {line}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", FINE)
def test_what_fits_is_left_alone(place: str, number: str) -> None:
    assert beyond_64_bits((place % number).encode()) is None


@pytest.mark.parametrize("number", [*LARGE, "1729384756102938475", "7e123", "1e400 1e400"])
@pytest.mark.parametrize("text", ["%s", "a%s", "a-%s", "%sa", "id %s!", '\\"%s', "a, %s"])
def test_digits_in_a_text_are_no_number(text: str, number: str) -> None:
    assert beyond_64_bits(('{"a":"' + text % number + '"}').encode()) is None


@pytest.mark.parametrize(
    "text", ['"1729384756102938475"', '"op-3f21e123-99e1234"', "1729384756102938475", f'"a-{2**70}"']
)
def test_ids_make_no_line_suspect(text: str) -> None:
    """Nearly every line of some logs has one: they must cost nothing."""
    assert list(suspects(f'{{"event_id":{text},"user":{text}}}\n'.encode() * 9)) == []


@given(st.recursive(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()), st.lists))
def test_no_value_gets_past(value: Any) -> None:
    def large(found: Any) -> bool:
        if isinstance(found, list):
            return any(map(large, found))
        return isinstance(found, int) and not -(2**63) <= found < 2**64

    line = json.dumps({"a": value}).encode()
    assert (beyond_64_bits(line) is not None) == large(value)
    assert not large(value) or set(suspects(line)) == {line}


@given(st.decimals(0, 10, places=12, allow_nan=False), st.integers(-400, 400), st.sampled_from(["e", "E", "e+"]))
def test_no_exponent_gets_past(mantissa: Any, exponent: int, letter: str) -> None:
    number = f"{mantissa:f}{letter if exponent >= 0 else 'e'}{exponent}"
    line = f'{{"a": {number}}}'.encode()
    large = math.isinf(float(number))
    assert (beyond_64_bits(line) is not None) == large
    assert not large or list(suspects(line)) == [line]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (25, 25), ("25", 25), (" 25 ", 25), ("-3", -3), ("+3", 3), ("007", 7), (0, 0), (LARGEST, LARGEST),
        (LARGEST + 1, None), ("9" * 16, None), ("9" * 5000, None), (True, None), (2.0, None), ("2.5", None),
        ("", None), ("1_000", None), ("1,000", None), ("\u0663", None), (None, None), ([1], None), ({"a": 1}, None),
    ],
)  # fmt: skip
def test_a_whole_number_may_be_written_as_text(value: Any, found: int | None) -> None:
    assert whole_number(value) == found

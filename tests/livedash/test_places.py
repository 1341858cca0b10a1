"""One rule for the names of rooms, and a proper name for whatever has none."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livedash.places import is_room_id, no_room_id, proper_room_id


@pytest.mark.parametrize("name", ["a", "A-1_2.3", "x" * 64, "-", "_", "0", "a..b", "2026-11-20", ".foo", "..foo"])
def test_a_proper_name_is_a_room_id(name: str) -> None:
    assert is_room_id(name)


@pytest.mark.parametrize("name", ["", ".", "..", "x" * 65, "a b", "a/b", "a\\b", "ä", "a\n", "a%2e", "C:", "晚上好"])
def test_anything_else_is_not_and_is_told_the_rule(name: str) -> None:
    assert not is_room_id(name)
    assert "letters A to Z" in str(no_room_id(name)) and no_room_id(name).code == "room-id"


@pytest.mark.parametrize(
    ("name", "proper"),
    [("Friday drop", "Friday-drop"), ("Été 2026!", "Ete-2026"), ("晚上好", "live"), ("a/../b", "a-..-b"), (" x ", "x")],
)
def test_the_proper_name_is_like_the_name(name: str, proper: str) -> None:
    assert proper_room_id(name) == proper
    assert proper_room_id(name, {proper, f"{proper}-2"}) == f"{proper}-3"


@given(st.text())
def test_it_is_always_a_room_id(name: str) -> None:
    assert is_room_id(proper_room_id(name)) and is_room_id(proper_room_id(name, {proper_room_id(name)}))

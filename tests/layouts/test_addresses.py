"""An address leads to what was seen, and a strange one leads nowhere in peace."""
from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts import addresses
from layouts.addresses import Place
from livedash.view import Window

ROOM_IDS = st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)
MOMENTS = st.integers(946_684_800_000, 4_000_000_000_000)


def read(address: str) -> Place:
    parts = urlsplit(address)
    return addresses.read(parts.path, "?" + parts.query if parts.query else "")


@given(room=ROOM_IDS, tab=st.sampled_from(addresses.TABS), start=MOMENTS, length=st.integers(1, 10**9))
def test_a_room_is_found_again_by_its_address(room: str, tab: str, start: int, length: int) -> None:
    window = Window(start, start + length)
    assert read(addresses.room(room, tab, window)) == Place("room", room, tab, window)
    assert read(addresses.room(room, tab)) == Place("room", room, tab)


@given(search=st.text(max_size=60))
def test_a_search_is_found_again_by_its_address(search: str) -> None:
    assert read(addresses.home(search)).search == search


@given(room=ROOM_IDS, product=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), start=MOMENTS)
def test_a_product_is_found_again_by_its_address(room: str, product: str, start: int) -> None:
    window = Window(start, start + 1000)
    for stretch in (None, window):
        address = addresses.product(room, product, stretch)
        assert read(address) == Place("room", room, addresses.PRODUCTS, stretch)
        assert parse_qs(urlsplit(address).query)[addresses.PRODUCT] == [product]


def test_a_room_without_a_tab_opens_its_key_data() -> None:
    assert read("/rooms/autumn").tab == "key-data"


@pytest.mark.parametrize("address", ["/rooms", "/rooms/a/no-such-tab", "/rooms/a/trends/b", "/nowhere", "/manual/x"])
def test_an_unknown_address_is_lost(address: str) -> None:
    assert read(address).page == "lost"


@pytest.mark.parametrize(
    "query", ["from=a&to=b", "from=5", "from=9&to=5", "from=2026-01-01T00:00:00&to=9", "from=" + "9" * 400]
)
def test_a_stretch_that_makes_no_sense_is_left_out(query: str) -> None:
    assert read(f"/rooms/a/key-data?{query}") == Place("room", "a")


@pytest.mark.parametrize(
    "far", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0", "9999999999999", "2100-01-02T00:00:00Z"]
)
def test_a_moment_out_of_a_lives_reach_is_left_out(far: str) -> None:
    """No calendar goes further than the year 9999, and in Singapore that ends eight hours sooner."""
    assert read(f"/rooms/a/key-data?as-of={far}") == Place("room", "a")
    assert read(f"/rooms/a/key-data?from=2026-11-23T19:00:00Z&to={far}") == Place("room", "a")
    assert read(f"/rooms/a/key-data?from={far}&to=2026-11-23T19:00:00Z") == Place("room", "a")


def test_a_stretch_may_be_the_last_minutes() -> None:
    assert read("/rooms/a/trends?last=30") == Place("room", "a", "trends", last=30)
    both = read("/rooms/a/trends?last=30&from=1795431600000&to=1795431720000")
    assert both.last is None and both.window is not None


@pytest.mark.parametrize("last", ["0", "-5", "soon", "", "999999", "٣", "5.5"])
def test_last_minutes_that_make_no_sense_are_left_out(last: str) -> None:
    assert read(f"/rooms/a/trends?last={last}") == Place("room", "a", "trends")


def test_a_stretch_may_be_said_in_any_zone() -> None:
    window = read("/rooms/a/key-data?from=2026-11-23T19:00:00+08:00&to=1795431720000").window
    assert window == Window(1795431600000, 1795431720000)


@given(path=st.text(max_size=80), query=st.text(max_size=80))
def test_no_address_is_an_accident(path: str, query: str) -> None:
    assert addresses.read(path, query).page in ("home", "room", "manual", "lost")


@given(room=ROOM_IDS, ref=st.text(min_size=1, max_size=60))
def test_a_violation_is_found_again_by_its_address(room: str, ref: str) -> None:
    address = addresses.violation(room, ref)
    assert read(address) == Place("room", room, "violations")
    assert parse_qs(urlsplit(address).query, keep_blank_values=True) == {"violation": [ref]}
    assert urlsplit(addresses.evidence(room, ref, ref)).path.count("/") == 3

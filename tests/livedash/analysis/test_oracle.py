"""Whatever happens in a LIVE, through whatever window it is seen: the figures are those of the slow second opinion."""
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.analysis.facts import RoomFacts
from livedash.analysis.funnel import user_funnel
from livedash.analysis.metrics import METRICS
from livedash.analysis.products import products
from livedash.analysis.traffic import traffic
from livedash.view import Window
from tests.livedash.build import START, Event, event, lines, rollup, started
from tests.livedash.oracle import FUNNEL, Number, Room, Seen

USERS = st.sampled_from([None, "a", "b", "c", "d"])
PRODUCTS = st.sampled_from([None, "p", "q", "1729384756019283746"])
CHANNELS = st.fixed_dictionaries({
    "source": st.sampled_from([None, "For You feed", "Share link", "Search"]),
    "paid": st.sampled_from([None, True]),
    "sub_source": st.sampled_from([None, "x"]),
})  # fmt: skip
PRICES = st.sampled_from(["0", "0.10", "19.99", "0.0001", 3, 12.5])
ORDERS = st.sampled_from([None, "o1", "o2", "o3"])
CURRENCIES = st.sampled_from([None, None, "USD", "EUR"])
AMOUNTS = {"price": PRICES, "quantity": st.sampled_from([None, 1, 3]), "order_id": ORDERS, "currency": CURRENCIES}
KINDS: dict[str, dict[str, Any]] = {
    "impression": {}, "view": {}, "leave": {}, "share": {}, "follow": {},
    "product_impression": {"product_id": PRODUCTS}, "product_click": {"product_id": PRODUCTS},
    "add_to_cart": {"product_id": PRODUCTS},
    "like": {"count": st.integers(1, 50)},
    "comment": {"text": st.just("hi"), "ref_id": st.sampled_from([None, "giveaway-1"])},
    "viewers": {"count": st.integers(0, 300)},
    "order_created": {"order_id": ORDERS, "currency": CURRENCIES},
    "order_paid": {**AMOUNTS, "product_id": PRODUCTS, "sku_id": st.sampled_from([None, "s1", "s2"])},
    "order_refunded": {**AMOUNTS, "product_id": PRODUCTS},
    "order_cancelled": {"order_id": ORDERS, "price": st.sampled_from([None, None, "5"]), "currency": CURRENCIES},
    "live_ended": {},
}  # fmt: skip
SECONDS = st.integers(0, 400)


@st.composite
def happenings(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(sorted(KINDS)))
    fields = {name: draw(values) for name, values in KINDS[kind].items()} | draw(CHANNELS)
    ts = START + draw(SECONDS) * 1000 + draw(st.sampled_from([0, 0, 250]))
    return {**event(kind, draw(USERS), **fields), "ts": ts}


@st.composite
def streaks(draw: st.DrawFn) -> list[Event]:
    """A gift streak as the socket tells it: the running count, frame by frame."""
    user, ref, begin = draw(USERS), draw(st.sampled_from(["s1", "s2", "s3"])), draw(SECONDS)
    frames = draw(st.integers(1, 4))
    return [
        {**event("gift", user, ref_id=f"{ref}-{begin}", count=n, diamonds=2), "ts": START + (begin + n) * 1000}
        for n in range(1, frames + 1)
    ]


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    events = draw(st.lists(happenings(), min_size=1, max_size=60))
    for streak in draw(st.lists(streaks(), max_size=2, unique_by=lambda streak: streak[0]["ref_id"])):
        events += streak
    if draw(st.booleans()):
        events.append(started({"currency": "USD"}))
    return lines(events)


WINDOWS = st.none() | st.tuples(st.integers(-5_000, 405_000), st.integers(1, 300_000)).map(
    lambda pair: Window(START + pair[0], START + pair[0] + pair[1])
)


def same(ours: Any, theirs: Number) -> bool:
    """Exact for counts and for money that is a sum; quotients to what their rounding leaves."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if isinstance(ours, int):
        return ours == theirs
    if isinstance(ours, Decimal) and Fraction(ours) == theirs:
        return True
    expected = Fraction(theirs)
    return abs(Fraction(ours) - expected) <= max(Fraction(1, 10**8), abs(expected) / 10**12)


def opinions(events: list[Event], window: Window | None) -> tuple[Any, Seen]:
    theirs = Seen(Room(events), window.start, window.end) if window else Seen(Room(events))
    return rollup(*events), theirs


@settings(max_examples=150, deadline=None)
@given(logs(), WINDOWS)
def test_every_counted_metric(events: list[Event], window: Window | None) -> None:
    ours, theirs = opinions(events, window)
    facts = RoomFacts(ours, window)
    found = {key: METRICS[key].compute(facts)[0] for key in theirs.metrics()}
    wrong = {key: (found[key], value) for key, value in theirs.metrics().items() if not same(found[key], value)}
    assert wrong == {}


@settings(max_examples=75, deadline=None)
@given(logs(), WINDOWS)
def test_every_sampled_gauge(events: list[Event], window: Window | None) -> None:
    ours, theirs = opinions(events, window)
    if "viewers" in ours.types:
        facts = RoomFacts(ours, window)
        found = {key: METRICS[key].compute(facts)[0] for key in theirs.gauges()}
        assert {key: (found[key], value) for key, value in theirs.gauges().items() if not same(found[key], value)} == {}


@settings(max_examples=75, deadline=None)
@given(logs(), WINDOWS)
def test_every_product(events: list[Event], window: Window | None) -> None:
    ours, theirs = opinions(events, window)
    expected = theirs.products()
    for product in products(ours, window):
        row = expected.get(product.product_id, {})
        for key, value in row.items():
            if not METRICS[key].lacks(ours.types):
                assert same(product.metrics[key], value), key
    assert {product.product_id for product in products(ours, window)} >= set(expected)


@settings(max_examples=75, deadline=None)
@given(logs(), WINDOWS)
def test_every_channel(events: list[Event], window: Window | None) -> None:
    ours, theirs = opinions(events, window)
    found = {(channel.source, channel.paid): channel for channel in traffic(ours, window).channels}
    expected = theirs.channels()
    assert set(found) == set(expected)
    for key, row in expected.items():
        for name, value in row.items():
            if not METRICS[name].lacks(ours.types):
                assert same(getattr(found[key], name), value), (key, name)


@settings(max_examples=75, deadline=None)
@given(logs(), WINDOWS)
def test_the_user_funnel(events: list[Event], window: Window | None) -> None:
    ours, theirs = opinions(events, window)
    recorded = tuple(kind for kind in FUNNEL if kind in ours.types)
    if recorded:
        assert [stage.users for stage in user_funnel(ours, window)] == theirs.user_funnel(recorded)


@settings(max_examples=75, deadline=None)
@given(logs(), WINDOWS, st.permutations(FUNNEL), st.integers(0, 200))
def test_any_ordered_funnel_within_a_time(
    events: list[Event], window: Window | None, steps: list[str], seconds: int
) -> None:
    ours, theirs = opinions(events, window)
    expected = theirs.user_funnel(steps[:3], seconds * 1000)
    assert ours.ordered_funnel(steps[:3], window, seconds * 1000) == expected


@pytest.mark.parametrize("key", sorted(set(METRICS)))
def test_the_second_opinion_knows_every_metric(key: str) -> None:
    seen = Seen(Room(lines([event("view", "a")])))
    assert key in seen.metrics() | seen.gauges()

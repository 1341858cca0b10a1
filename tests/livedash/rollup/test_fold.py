"""The same lines give the same figures: in any order, in any portions, however often repeated or read anew."""
from __future__ import annotations

import json
import tempfile
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.rollup.fold import Rollup
from livedash.rollup.folding import BOOKED, COUNTED, DISTINCT
from livedash.rollup.read import RoomReader
from livedash.view import Window
from tests.livedash.build import (
    START,
    Event,
    adds,
    at,
    between,
    cancel,
    clicks,
    creates,
    enter,
    event,
    follows,
    gift,
    leave,
    likes,
    lines,
    lists,
    live,
    order,
    pin,
    profile,
    refund,
    rollup,
    says,
    sees,
    shares,
    shown,
    stock,
    viewers,
)
from tests.livedash.oracle import Room, Seen
from tests.livedash.rollup.watched import NAME, Watched, figures, total

HOUR, DAY = 3_600_000, 86_400_000

users = st.sampled_from([None, "a", "b", "c", ""])
products = st.sampled_from([None, "p", "q", "1729384756102938475"])
money = {
    "price": st.sampled_from([None, "0", "0.10", "19.99", 3, 0.1, "0.00005"]),
    "quantity": st.sampled_from([None, 0, 1, 3]),
    "order_id": st.sampled_from([None, "o1", "o2", "o3"]),
    "currency": st.sampled_from([None, "USD", "EUR", "EUR"]),
    "product_id": products,
    "sku_id": st.sampled_from([None, "s", "t"]),
}
kinds: dict[str, dict[str, Any]] = {
    "impression": {}, "view": {}, "leave": {}, "share": {}, "follow": {}, "live_ended": {}, "live_paused": {},
    "product_impression": {"product_id": products}, "product_click": {"product_id": products},
    "add_to_cart": {"product_id": products}, "pin": {"product_id": products}, "unknown type": {"product_id": products},
    "like": {"count": st.sampled_from([None, 0, 1, 15])},
    "comment": {"text": st.sampled_from([None, "hi", "how much?"]), "ref_id": st.sampled_from([None, "g1"])},
    "viewers": {"count": st.integers(0, 300)},
    "gift": {
        "count": st.integers(0, 5), "ref_id": st.sampled_from([None, "s1"]), "diamonds": st.sampled_from([None, 0, 5]),
    },
    "profile": {
        "gender": st.sampled_from([None, "f", "male", "x"]), "age": st.sampled_from([None, "18-24", "7"]),
        "follower": st.sampled_from([None, "new", True, False, "follower"]),
        "country": st.sampled_from([None, "de", "US"]),
    },
    "audience_snapshot": {
        "dimension": st.sampled_from(["gender", "age"]), "group": st.sampled_from(["female", "18-24"]),
        "count": st.integers(0, 9), "who": st.sampled_from([None, "customers"]),
    },
    "giveaway_entered": {"ref_id": st.sampled_from([None, "g1", "g2"]), "count": st.sampled_from([None, 1000])},
    "product_listed": {
        "product_id": products, "title": st.sampled_from([None, "Lamp"]), "stock": st.sampled_from([None, 5, "5"]),
        "price": st.sampled_from([None, "5"]),
    },
    "stock": {"product_id": products, "count": st.integers(0, 9)},
    "live_started": {"currency": st.sampled_from([None, None, "USD"]), "title": st.sampled_from([None, "A", "B"])},
    "order_created": money, "order_paid": money, "order_refunded": money, "order_cancelled": money, "ad_cost": money,
}  # fmt: skip
moments = st.one_of(
    st.integers(0, 20), st.integers(0, 10 * 60_000), st.integers(0, 10 * 60_000), st.integers(-2 * HOUR, 2 * HOUR),
    st.sampled_from([-30 * DAY, -DAY, DAY, 12 * DAY, 60 * DAY]),
)  # fmt: skip
"""Milliseconds after START; many at the same time, some weeks off."""


@st.composite
def happenings(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from([*kinds, "view", "leave", "order_paid", "order_cancelled", "gift"]))
    fields = {name: draw(values) for name, values in kinds[kind].items()}
    fields["source"] = draw(st.sampled_from([None, "Search", "Shop tab"]))
    fields["paid"] = draw(st.sampled_from([None, True]))
    return event(kind, draw(users), **fields) | {"ts": START + draw(moments)}


window = st.tuples(moments, moments).map(lambda pair: Window(START + min(pair), START + max(pair)))


@settings(max_examples=60)
@given(st.lists(happenings(), min_size=1, max_size=40), st.lists(window, max_size=2), st.data())
def test_any_order_split_and_repetition_gives_the_figures_of_one_reading(
    events: list[Event], seen: list[Window], data: st.DataObject
) -> None:
    """Two files, portions cut anywhere (inside lines too), lines repeated, restarts of ingester and reader."""
    rows = [json.dumps(one).encode() + b"\n" for one in lines(events)]
    repeated = data.draw(st.lists(st.sampled_from(rows), max_size=8))
    shuffled = data.draw(st.permutations(rows + repeated))
    files = [b"".join(shuffled[::2]), b"".join(shuffled[1::2])]
    with tempfile.TemporaryDirectory() as home:
        plain, room = Watched(Path(home) / "plain"), Watched(Path(home) / "room")
        plain.write(b"".join(rows))
        once = plain.scratch()
        written = [0, 0]
        for cut in data.draw(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 3000), st.booleans()), max_size=6)):
            which, more, restart = cut
            room.append(files[which][written[which] : written[which] + more], f"{which}.ndjson")
            written[which] += more
            room.read()
            if restart:
                room.restart()
        for which in (0, 1):
            room.append(files[which][written[which] :], f"{which}.ndjson")
        grown = room.read()
        expected = figures(once, seen)
        assert figures(grown, seen) == expected
        assert figures(room.scratch(), seen) == expected
        room.reader = RoomReader(NAME, room.store)
        assert figures(room.read(), seen) == expected, "a reader that comes later sees the same"
        assert total(grown) == total(once) | {"lines": len(shuffled)} | (
            {"duplicates": len(repeated)} if repeated else {}
        )


@settings(max_examples=60)
@given(st.lists(happenings(), min_size=1, max_size=60), st.one_of(st.none(), window))
def test_base_measures_are_those_of_a_plain_walk(events: list[Event], seen: Window | None) -> None:
    ours = rollup(*events)
    room = Room(lines(events))
    theirs = Seen(room, seen.start, seen.end) if seen else Seen(room)
    sums = ours.sums(seen)
    for kind, measure in COUNTED.items():
        assert sums[measure] == len(theirs.of(kind)), measure
    assert sums["likes"] == sum(e.get("count", 1) for e in theirs.of("like"))
    assert sums["entry_comments"] == sum(bool(e.get("ref_id")) for e in theirs.of("comment"))
    assert sums["items"] == sum(e.get("quantity", 1) for e in theirs.paid())
    assert ours.types == {kind: len([e for e in room.events if e["type"] == kind]) for kind in room.types}
    assert ours.distinct("viewers", seen) == theirs.users(theirs.of("view"))
    assert ours.distinct("customers", seen) == theirs.users(theirs.paid())


@settings(max_examples=40)
@given(st.lists(happenings(), min_size=1, max_size=40), st.lists(moments, min_size=2, max_size=6).map(sorted))
def test_what_adds_up_over_windows_adds_up(events: list[Event], cuts: list[int]) -> None:
    """Windows side by side, cut at any millisecond, together hold what the whole holds."""
    seen = rollup(*events)
    parts = [seen.sums(Window(START + start, START + end)) for start, end in pairwise(cuts)]
    whole = seen.sums(Window(START + cuts[0], START + cuts[-1]))
    for measure in (*COUNTED.values(), *BOOKED):
        assert sum(part[measure] for part in parts) == whole[measure], measure


# --- windows


def busy() -> Rollup:
    return live(
        at(0, enter("a")), at(1, likes("a", 5)), at(2, clicks("a")), at(3, order("a", 10, order_id="o")),
        at(65, enter("b")), at(70, leave("a")), at(600, says("b", "hi")),
    )  # fmt: skip


@pytest.mark.parametrize(
    "window",
    [
        between(-1000, -500), between(5000, 6000), between(10, 10), between(50, 10), Window(0, 0),
        Window(-(2**60), -(2**59)), Window(2**59, 2**60),
    ],
)  # fmt: skip
def test_a_window_that_holds_nothing_is_empty(window: Window) -> None:
    room = busy()
    sums = room.sums(window)
    assert {name for name, value in sums.items() if value} <= {"viewing_ms", "long_views"}
    assert sums["viewing_ms"] >= 0 and sums["long_views"] == 0
    assert [room.distinct(what, window) for what in DISTINCT] == [0] * len(DISTINCT)
    assert not room.products(window).to_numpy().any() and room.user_funnel(window) == [0] * 5
    assert not room.channels(window)[["views", "viewers", "orders", "gmv"]].to_numpy().any()
    step = max(1000, (window.end - window.start) // 100)
    assert room.comments(window) == [] and not room.series("views", window, step).any()
    assert not room.distinct_series("viewers", window, step).any()
    room.gauge(window)


def test_a_window_finds_its_rows_in_whichever_portion_they_came(tmp_path: Path) -> None:
    room = Watched(tmp_path)
    for number, second in enumerate((50, 900, 10, 400, 50)):
        row = clicks(f"u{number}", "p") | {"event_id": f"c{number}", "ts": START + second * 1000}
        room.append(json.dumps(row).encode() + b"\n")
        room.read()
    for window, count in ((between(0, 20), 1), (between(40, 60), 2), (between(300, 1000), 2), (between(0, 901), 5)):
        grown = room.read()
        assert grown.products(window).loc["p", "product_clicks"] == count == len(grown.events(window))
        assert grown.ordered_funnel(["product_click"], window) == [count]


def test_a_window_is_exact_to_the_millisecond() -> None:
    room = live(at(1.001, likes("a", 5)), at(1.002, order("a", 2)), at(1.003, enter("a")))
    seen = {(1.001, 1.002): (5, 0, 0), (1.002, 1.003): (0, 20_000, 0), (1.0, 1.004): (5, 20_000, 1)}
    for (start, end), expected in seen.items():
        sums = room.sums(between(start, end))
        assert (sums["likes"], sums["gmv"], sums["views"]) == expected
    assert room.sums(Window(-(2**60), 2**60))["likes"] == 5


def test_series_add_up_and_begin_where_the_window_does() -> None:
    room = busy()
    window = between(0, 660)
    assert room.series("views", window, 60_000).tolist() == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert room.series("gmv", window, 660_000).tolist() == [100_000]
    assert room.distinct_series("viewers", window, 60_000).tolist()[:2] == [1, 1]
    assert len(room.edges(window, 1)) == 661, "no step is shorter than a bucket"


# --- money


def test_ten_cents_a_million_times_are_a_hundred_thousand() -> None:
    """A thousand lines of a thousand, to be quick; the sum is the same."""
    room = live(*(order(f"u{i}", "0.10", quantity=1000) for i in range(1000)))
    assert Decimal(room.sums(None)["gmv"]) / 10_000 == Decimal("100000.00")


def test_cancellations_and_refunds_come_out_alike_in_any_order() -> None:
    """Of 30 paid 5 were given back and 4 cancelled as a part: the cancellation of the whole takes the other 21."""
    said = [
        at(1, order("a", 10, order_id="o", quantity=2)), at(2, order("a", 10, order_id="o")),
        at(3, refund("o", 5)), at(4, cancel("o", price=4)), at(5, cancel("o")), at(9, cancel("o")),
    ]  # fmt: skip
    for turned in (said, said[::-1], said[3:] + said[:3]):
        room = live(*turned)
        assert (room.sums(None)["cancellations"], room.sums(None)["refunds"]) == (250_000, 50_000)
        assert room.sums(between(5, 6))["cancellations"] == 210_000
        assert room.sums(between(6, 10))["cancellations"] == 0
        assert room.sums(None)["gmv"] == 300_000


def test_more_given_back_than_paid_takes_nothing_more() -> None:
    assert live(order("a", 3, order_id="o"), refund("o", 5), cancel("o")).sums(None)["cancellations"] == 0


def test_lines_without_an_order_id_are_orders_of_their_own() -> None:
    room = live(order("a", 1), order("a", 1), order("b", 1, order_id=""), order("b", 1, order_id="x"), cancel(""))
    assert (room.distinct("orders", None), room.distinct("customers", None)) == (4, 2)
    assert room.sums(None)["cancellations"] == 0


def test_lines_without_product_price_or_currency_count_as_far_as_they_say() -> None:
    room = live(
        order("a", 5, None, order_id="1"), event("order_paid", "b", order_id="2"),
        event("order_paid", None, order_id="3", price="0", quantity=0), event("order_refunded"), event("ad_cost"),
    )  # fmt: skip
    sums = room.sums(None)
    assert (sums["gmv"], sums["items"], sums["refunds"]) == (50_000, 2, 0)
    assert [room.distinct(what, None) for what in ("orders", "priced_orders", "sku_orders")] == [3, 1, 3]
    assert room.distinct("customers", None) == 2
    assert room.products(None).empty


def test_other_currencies_stand_apart() -> None:
    euros = [order("b", 7, currency="EUR"), refund("x", 1, currency="EUR")]
    room = live(order("a", 5, currency="USD"), *euros, order("c", 1))
    assert room.sums(None)["gmv"] == 60_000 and room.sums(None)["refunds"] == 0
    assert {code: apart["orders"] for code, apart in room.other_currencies(None).items()} == {"EUR": 1}
    assert room.distinct("customers", None) == 2
    assert room.products(None).loc["p", "gmv"] == 60_000


def test_the_currency_is_that_of_the_first_paid_line_by_its_time_and_not_by_its_place(tmp_path: Path) -> None:
    room = Watched(tmp_path)
    room.append(json.dumps(lines([at(10, order("a", 5, currency="EUR"))])[0]).encode() + b"\n")
    assert room.read().currency == "EUR"
    earlier = lines([order("b", 7, currency="USD") | {"ts": START + 9000, "event_id": "earlier"}])[0]
    room.append(json.dumps(earlier).encode() + b"\n")
    assert (room.read().currency, room.read().sums(None)["gmv"]) == ("USD", 70_000)
    started = {"event_id": "s", "type": "live_started", "ts": START + 60_000, "currency": "EUR"}
    room.append(json.dumps(started).encode() + b"\n")
    assert (room.read().currency, room.read().sums(None)["gmv"]) == ("EUR", 50_000)
    assert figures(room.read()) == figures(room.scratch())


def test_a_room_that_sold_nothing_has_no_currency() -> None:
    assert rollup(enter("a"), creates("a", "o")).currency is None


# --- people


def test_an_event_without_a_user_makes_no_visitor() -> None:
    room = live(enter(), enter(""), enter("a"), enter("a"), order(None, 5))
    assert (room.sums(None)["views"], room.distinct("viewers", None), room.distinct("customers", None)) == (4, 1, 0)


def test_viewing_time_runs_from_view_to_leave_or_to_the_end_of_the_window() -> None:
    room = live(at(10, enter("a")), at(40, leave("a")), at(50, enter("b")), at(100, says("b", "")))
    assert room.sums(None)["viewing_ms"] == 30_000 + 50_001
    assert room.sums(between(20, 60))["viewing_ms"] == 20_000 + 10_000
    assert room.sums(between(41, 49))["viewing_ms"] == 0


def test_a_view_of_a_minute_is_not_yet_long() -> None:
    room = live(at(0, enter("a")), at(60, leave("a")), at(0, enter("b")), at(60.001, leave("b")), at(200, enter("c")))
    assert room.sums(None)["long_views"] == 1
    assert room.sums(between(0, 60.001))["long_views"] == 1 and room.sums(between(0, 60))["long_views"] == 0


def test_of_entering_and_leaving_at_the_same_moment_the_entry_comes_first() -> None:
    for moves in ([enter("a"), leave("a")], [leave("a"), enter("a")]):
        room = live(*(at(5, move) for move in moves), at(50, shares("b")))
        assert room.sums(None)["viewing_ms"] == 0


def test_current_viewers_are_the_samples_where_there_are_samples() -> None:
    room = live(at(0, enter("a")), at(10, viewers(7)), at(20, viewers(3)), at(20, viewers(5)), at(30, leave("a")))
    gauge = room.gauge(between(15, 25))
    assert (gauge.kind, gauge.count.tolist()) == ("sample", [7, 3, 5])
    assert room.gauge(between(20, 25)).count.tolist()[-1] == 5


def test_without_samples_they_are_entries_less_leaves_and_never_negative() -> None:
    moves = [at(5, leave()), at(10, enter("a")), at(20, enter()), at(21, enter()), at(30, leave("x")), at(40, leave())]
    room = live(*moves)
    gauge = room.gauge(None)
    assert gauge.kind == "occupancy"
    assert dict(zip(((gauge.ts - START) // 1000).tolist(), gauge.count.tolist(), strict=True)) | {0: 0} == {
        0: 0, 20: 1, 21: 2, 40: 1,
    }  # fmt: skip


def test_without_either_there_is_no_value() -> None:
    assert live(enter("a")).gauge(None).kind is None


def test_the_way_from_entering_to_paying_counts_each_person_once() -> None:
    way = [enter("a"), sees("a"), clicks("a"), adds("a"), order("a", 5), clicks("a")]
    room = live(*way, clicks("b"), enter("b"), enter())
    assert room.user_funnel(None) == [2, 1, 1, 1, 1] == room.user_funnel(between(0, 100))


# --- gifts, comments, records


def test_a_gift_streak_counts_once_by_its_last_count() -> None:
    frames = [gift("a", n, "s", 5) for n in (1, 2, 3)] + [gift("a", 2), gift("b", 1, "s", 7), gift("a", 1, "t", 0)]
    for told in (frames, frames[::-1]):
        sums = live(*(at(place, one) for place, one in enumerate(told))).sums(None)
        assert (sums["gifts"], sums["diamonds"]) == (3 + 2 + 1 + 1, 15 + 2 + 7)


def test_a_streak_counts_when_it_ended() -> None:
    room = live(at(10, gift("a", 1, "s")), at(70, gift("a", 4, "s")))
    assert (room.sums(between(0, 60))["gifts"], room.sums(between(60, 120))["gifts"]) == (0, 4)


def test_comments_stand_in_order_of_their_time_and_only_the_latest_are_given() -> None:
    said = [at(s, says("a", f"{s}", name="Ann", lang="en")) for s in (5, 1, 9, 3, 7)]
    room = live(*said, at(4, says("b", "me", ref_id="g1")))
    assert [c.text for c in room.comments(None)] == ["1", "3", "me", "5", "7", "9"]
    assert [c.text for c in room.comments(between(3, 9), 2)] == ["5", "7"]
    assert [c.entry for c in room.comments(between(3, 5))] == [False, True]
    assert room.comments(None, 0) == [] and room.comments(None)[0].name == "Ann"


def test_records_keep_every_field_and_stand_in_order() -> None:
    violation = event("violation", reason="r", severity=2, extra={"deep": [1]})
    room = live(at(9, pin("p")), at(3, violation), at(3, pin("q")))
    assert [r["ts"] - START for r in room.records("pin", "violation")] == [3000, 3000, 9000]
    assert room.records("violation")[0]["extra"] == {"deep": [1]}
    assert room.records("appeal_decided") == []


def test_product_facts_are_the_latest_words_of_the_log() -> None:
    room = live(
        lists("p", title="Lamp", price="5", stock=9, text="bright"), at(50, stock("p", 4)), at(20, stock("p", 7)),
        at(60, event("price_changed", product_id="p", price="4")), at(70, event("product_delisted", product_id="p")),
        clicks("a", "q"), order("a", 1, "p", sku_id="s2"), order("a", 1, "p", sku_id="s1"),
    )  # fmt: skip
    facts = room.product_facts["p"]
    assert (facts.title, facts.stock, facts.price, facts.delisted) == ("Lamp", 4, Decimal(4), True)
    assert (facts.sku_ids, facts.text, room.product_facts["q"].title) == (("s1", "s2"), "bright", "q")


# --- size


def test_weeks_cost_no_more_than_hours() -> None:
    spread = [enter(f"u{i}") | {"ts": START - i * 10 * DAY} for i in range(200)]
    room = rollup(*spread, *(follows(f"u{i}") | {"ts": START + i} for i in range(200)))
    assert room.nbytes < 8_000_000
    assert room.sums(None)["views"] == 200 and room.distinct("viewers", Window(START - 95 * DAY, START + 1)) == 10
    assert room.sums(Window(START - 95 * DAY, START))["views"] == 9


@pytest.mark.parametrize("what", ["products", "channels", "users", "orders", "types"])
def test_many_names_are_taken_one_like_the_other(tmp_path: Path, what: str) -> None:
    names = [f"{what}-{i}" for i in range(5000)]
    rows = {
        "products": [clicks("a", name) for name in names],
        "channels": [enter("a", name) for name in names],
        "users": [enter(name) for name in names],
        "orders": [order("a", "1", order_id=name) for name in names],
        "types": [event(name, "a") for name in names],
    }[what]
    room = Watched(tmp_path)
    data = b"".join(json.dumps(row).encode() + b"\n" for row in lines(rows))
    for part in np.array_split(np.frombuffer(data, np.uint8), 7):
        room.append(part.tobytes())
        grown = room.read()
    counts = {
        "products": len(grown.products(None)), "channels": len(grown.channels(None)),
        "users": grown.distinct("viewers", None), "orders": grown.distinct("orders", None),
        "types": len(grown.log.unknown_types),
    }  # fmt: skip
    assert counts[what] == 5000
    assert figures(grown) == figures(room.scratch())


def test_everything_is_counted_where_it_belongs() -> None:
    room = live(
        shown("Search"), enter("a", "Search"), enter("b", "Search", sub_source="x"), enter("a", "Search", paid=True),
        clicks("a", source="Search"), order("a", 5, source="Search"),
        event("ad_cost", price=2, source="Search", paid=True),
    )  # fmt: skip
    table = {row[:3]: row[3:] for row in room.channels(None).itertuples(index=False, name=None)}
    assert table["Search", None, False] == (1, 1, 1, 1, 1, 50_000, 0)
    assert table["Search", None, True] == (0, 1, 1, 0, 0, 0, 20_000)
    assert room.channel_viewers(None) == {(None, False): 0, ("Search", False): 2, ("Search", True): 1}
    assert room.audience("gender", "viewers") is None


def test_profiles_say_who_came_and_who_paid() -> None:
    room = live(
        enter("a"), enter("b"), enter("c"), order("b", 5), profile("a", gender="f", age="18-24", follower="new"),
        profile("b", gender="m", country="de"), profile("x", gender="f"), at(500, profile("a", gender="male")),
    )  # fmt: skip
    assert room.audience("gender", "viewers") == {"male": 2}
    assert room.audience("gender", "customers") == {"male": 1}
    assert room.audience("gender_of_followers", "viewers") == {"male": 1}
    assert room.audience("country", "viewers") == {"DE": 1} and room.audience("age", "customers") == {}


def test_many_gifts_and_cancellations_are_booked_once_however_many_frames_tell_of_them() -> None:
    """What a streak or an order came to is booked at the end of a portion, not at each of its lines."""
    frames = [gift("a", n, "s") for n in range(1, 200)]
    sold = [order("a", 1, order_id=f"o{i}") for i in range(50)] + [cancel(f"o{i}") for i in range(50)]
    room = live(*frames, *sold)
    assert (room.sums(None)["gifts"], room.sums(None)["cancellations"]) == (199, 500_000)
    assert room._ledger.size < 3 * 50 + 10


TWO_HOURS = (enter("a"), *(at(600 * n, viewers(100 + n)) for n in range(12)), at(7200, event("live_ended")))
WEEKS_LATER = 40 * DAY // 1000


@pytest.mark.parametrize("first", [True, False])
def test_what_comes_weeks_later_makes_no_bucket_wider(first: bool) -> None:
    """Refunds and appeals, late lines of any type, one of a clock that was years behind: the LIVE was two hours."""
    late = [
        at(60, order("a", 20, order_id="o1")),
        at(WEEKS_LATER, refund("o1", 20)),
        at(2 * WEEKS_LATER, event("comment", "b", text="did mine come?")),
        at(-10 * WEEKS_LATER, event("like", "c", count=3)),
    ]
    plain = live(*TWO_HOURS)
    room = live(*([*late, *TWO_HOURS] if first else [*TWO_HOURS, *late]))
    assert room.width == plain.width == 1000 and room.span == plain.span
    everything, of_the_live = room.sums(None), room.sums(room.span)
    assert (everything["refunds"], of_the_live["refunds"]) == (200_000, 0)
    assert (everything["comments"], everything["likes"], of_the_live["likes"]) == (1, 3, 0)
    later = Window(START + 39 * DAY, START + 41 * DAY)
    assert room.sums(later)["refunds"] == 200_000
    assert room.series("refunds", later, DAY).tolist() == [0, 200_000]


def test_refunds_do_not_say_that_the_live_still_runs() -> None:
    room = live(enter("a"), at(3600, viewers(5)), at(86_400, refund("o1", 20)), at(90_000, event("profile", "a")))
    assert room.span == Window(START, START + 3_600_001) and room.present == START + 3_600_000
    assert room.sums(None)["refunds"] == 200_000


def test_the_end_of_a_live_that_is_read_late_makes_its_buckets_fine_again(tmp_path: Path) -> None:
    """The shop's file is read first, with an order of weeks later; the recorder's then says when the LIVE was."""
    room = Watched(tmp_path / "room")
    rows = lines([event("live_started", currency="USD") | {"ts": START}, *TWO_HOURS])
    room.write(b"".join(json.dumps(one).encode() + b"\n" for one in [{**rows[1], "event_id": "early"}, {
        **order("a", 9), "event_id": "late", "ts": START + 40 * DAY}]))
    assert room.read().width > 1000
    room.append(b"".join(json.dumps(one).encode() + b"\n" for one in rows), "recorder.ndjson")
    grown = room.read()
    assert grown.width == 1000 and grown.sums(None)["gmv"] == 90_000
    assert figures(grown, []) == figures(room.scratch(), [])


def test_a_clock_that_is_ahead_freezes_nothing() -> None:
    now = time.time_ns() // 1_000_000
    begun = {"type": "live_started", "currency": "USD", "ts": now - 600_000}
    room = rollup(begun, {**enter("a"), "ts": now - 1000}, {**likes("a", 1), "ts": now + 20 * HOUR})
    assert room.span is not None and now <= room.span.end < now + 60_000
    assert room.room.state == "live" and room.sums(None)["likes"] == 1


def test_a_start_that_is_read_after_what_came_long_before_it_widens_nothing(tmp_path: Path) -> None:
    room = Watched(tmp_path / "room")
    shop, recorder = lines([{**shown(), "ts": START - 30 * DAY}, event("live_started") | {"ts": START}])
    room.write(json.dumps(shop).encode() + b"\n")
    assert room.read().width == 1000
    room.append(json.dumps(recorder).encode() + b"\n", "recorder.ndjson")
    assert figures(room.read(), []) == figures(room.scratch(), [])
    assert room.read().width == 1000

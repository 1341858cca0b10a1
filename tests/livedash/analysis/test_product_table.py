"""The table of products: what filters let through, how long stock lasts, and totals that add up nothing distinct."""
from __future__ import annotations

from decimal import Decimal

import pytest

from livedash.analysis.product_table import (
    FILTERS,
    IDLE,
    LASTS,
    LOW,
    OUT,
    PINNED,
    SOLD,
    UNCLICKED,
    RunOut,
    run_outs,
    table,
    totals,
)
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import (
    START,
    Event,
    at,
    between,
    clicks,
    ended,
    event,
    lists,
    live,
    order,
    pin,
    refund,
    sees,
    stock,
)

BASKET = live(
    at(1, lists("a", title="Cream", price="10", stock=100)),
    at(2, lists("b", title="Serum", price="20", stock=5)),
    at(3, lists("c", title="Soap", price="5")),
    at(10, sees("u1", "a")), at(11, sees("u2", "a")), at(12, sees("u2", "b")), at(13, sees("u3", "c")),
    at(20, clicks("u1", "a")), at(21, clicks("u2", "a")), at(22, clicks("u2", "b")),
    at(30, order("u1", 10, "a", order_id="o1", sku_id="a-1")),
    at(30, order("u1", 20, "b", order_id="o1", sku_id="b-1")),
    at(40, order("u1", 10, "a", order_id="o2", sku_id="a-1", quantity=2)),
    at(50, refund("o2", 10, "a")),
    at(60, pin("b")),
    at(600, sees("u4", "a")),
)  # fmt: skip
"""One person buys both products in one order, and one of them again."""


def running(*events: Event) -> Rollup:
    """A LIVE in which that happened, as it was just after the last of it."""
    return as_of(live(*events, at(90_000, ended())), events[-1]["ts"] + 1)


def lasts(rollup: Rollup) -> float | None:
    """How long the product p lasts."""
    found = run_outs(rollup)["p"]
    assert found.state == LASTS
    return found.seconds


def ids(rollup: Rollup, *filters: str, text: str = "") -> list[str]:
    return [line.product.product_id for line in table(rollup, None, filters, text).lines]


def test_totals_count_an_order_and_a_customer_once_however_many_products_are_in_it() -> None:
    told = table(BASKET, None).totals
    assert (told["orders"], told["customers"], told["sku_orders"]) == (2, 1, 3)
    by_product = [int(line.product.metrics["orders"] or 0) for line in table(BASKET, None).lines]
    assert sum(by_product) == 3, "added up, the orders would be three"


def test_orders_that_name_no_product_are_counted_apart() -> None:
    room = live(order("a", 10, "p", order_id="1"), order("b", 5, None, order_id="2"), order("c", 5, None, order_id="3"),
                at(90, order("d", 5, None, order_id="4")))  # fmt: skip
    assert (table(room, None).unnamed, table(room, between(80, 100)).unnamed) == (3, 1)
    assert table(live(order("a", 10, "p")), None).unnamed == 0


def test_totals_of_counts_and_money_are_sums() -> None:
    told = table(BASKET, None).totals
    assert (told["product_impressions"], told["product_clicks"], told["items_sold"]) == (5, 3, 4)
    assert told["direct_gmv"] == Decimal(50)


def test_totals_of_ratios_are_sum_over_sum() -> None:
    told = table(BASKET, None).totals
    assert told["product_ctr"] == pytest.approx(3 / 5)
    assert told["ctor"] == pytest.approx(2 / 3)
    assert told["avg_price"] == Decimal("12.5")
    assert told["refund_rate"] == pytest.approx(10 / 50)


def test_totals_are_those_of_the_products_that_are_shown() -> None:
    only = totals(BASKET, None, frozenset("b"))
    assert (only["orders"], only["customers"], only["direct_gmv"]) == (1, 1, Decimal(20))
    shown = table(BASKET, None, text="serum")
    assert shown.totals == only and shown.filtered and shown.all == 3


def test_totals_of_a_window_are_those_of_the_window() -> None:
    told = table(BASKET, between(35, 45)).totals
    assert (told["orders"], told["direct_gmv"], told["product_clicks"]) == (1, Decimal(20), 0)


def test_the_stock_of_all_is_that_of_which_it_is_known() -> None:
    assert table(BASKET, None).totals["stock_left"] == 105
    assert table(BASKET, None, text="soap").totals["stock_left"] is None


def test_what_the_log_does_not_record_has_no_total() -> None:
    told = table(live(order("u", 1, "a")), None).totals
    assert told["product_clicks"] is None and told["ctor"] is None and told["orders"] == 1


def test_a_buyer_whom_nobody_knows_is_no_customer() -> None:
    told = table(live(order(None, 1, "a", order_id="o1")), None).totals
    assert (told["orders"], told["customers"]) == (1, 0)


def test_each_filter_lets_through_what_its_name_says() -> None:
    assert ids(BASKET, PINNED) == ["b"]
    assert sorted(ids(BASKET, SOLD)) == ["a", "b"]
    assert ids(BASKET, LOW) == ["b"]
    assert ids(BASKET, UNCLICKED) == ["c"]
    assert dict(table(BASKET, None).counts) == {PINNED: 1, SOLD: 2, LOW: 1, UNCLICKED: 1}


def test_filters_and_letters_hold_together() -> None:
    assert ids(BASKET, SOLD, LOW) == ["b"]
    assert ids(BASKET, SOLD, text="cream") == ["a"]
    assert ids(BASKET, *FILTERS) == []


FOUND = {"SER": "b", "b-1": "b", "cream a": "a", "soap cream": "", " ": "abc"}


@pytest.mark.parametrize(("text", "found"), FOUND.items())
def test_products_are_found_by_words_of_title_id_and_sku(text: str, found: str) -> None:
    assert sorted(ids(BASKET, text=text)) == list(found)


def test_counts_are_of_all_products_whatever_is_filtered() -> None:
    assert table(BASKET, None, (PINNED,), "nothing").counts == table(BASKET, None).counts


def test_stock_lasts_as_long_as_the_last_ten_minutes_say() -> None:
    selling = running(
        at(1, lists("p", stock=100)), at(100, order("u", 1, quantity=50)),
        at(1200, order("u", 1, quantity=2)), at(1500, order("u", 1, quantity=4)), at(1799.999, event("view", "u")),
    )  # fmt: skip
    assert lasts(selling) == pytest.approx((100 - 56) / 6 * 600)


def test_a_young_live_is_measured_by_the_time_it_has_run() -> None:
    young = running(at(1, lists("p", stock=100)), at(10, order("u", 1, quantity=4)), at(119.999, event("view", "u")))
    assert lasts(young) == pytest.approx(96 / 4 * 120)
    younger = running(at(1, lists("p", stock=100)), at(10, order("u", 1, quantity=4)))
    assert run_outs(younger) == {}


def test_what_sells_nothing_or_is_gone_says_so() -> None:
    room = running(
        at(1, lists("still", stock=9)), at(2, lists("gone", stock=1)), at(3, lists("unknown")),
        at(4, lists("away", stock=3)), at(5, event("product_delisted", product_id="away")),
        at(30, order("u", 1, "gone")), at(31, stock("gone", 0)), at(700, event("view", "u")),
    )  # fmt: skip
    assert run_outs(room) == {"still": RunOut(IDLE), "gone": RunOut(OUT)}


def test_an_ended_live_runs_out_of_nothing() -> None:
    room = live(at(1, lists("p", stock=9)), at(500, order("u", 1)), at(600, ended()))
    assert run_outs(room) == {}
    assert [line.run_out for line in table(room, None).lines] == [None]
    assert not table(room, None).pinnable


def test_seen_from_earlier_the_stock_lasts_as_it_did_then() -> None:
    room = live(
        at(1, lists("p", stock=60)), at(500, order("u", 1, quantity=6)), at(700, stock("p", 54)),
        at(5000, order("u", 1, quantity=50)), at(5001, stock("p", 4)), at(6000, ended()),
    )  # fmt: skip
    then = as_of(room, START + 600_000)
    assert lasts(then) == pytest.approx(54 / 6 * 600)
    assert table(then, None).pinnable and table(then, None).totals["items_sold"] == 6


def test_stock_is_low_where_it_goes_soon() -> None:
    fast = running(at(1, lists("p", stock=40)), at(500, order("u", 1, quantity=30)), at(600, event("view", "u")))
    slow = running(at(1, lists("p", stock=40)), at(500, order("u", 1, quantity=1)), at(600, event("view", "u")))
    assert ids(fast, LOW) == ["p"] and ids(slow, LOW) == []


def test_what_was_sold_since_the_stock_was_reported_is_not_left() -> None:
    sales = (at(60 * n, order(f"u{n}", 1, order_id=f"o{n}", quantity=15)) for n in (10, 20, 30, 40, 45, 55))
    room = running(at(1, lists("p", stock=100)), *sales, at(3600, event("view", "u")))
    assert lasts(room) == pytest.approx((100 - 90) / 15 * 600, rel=1e-3), "about seven minutes"
    assert ids(room, LOW) == ["p"]
    assert table(room, None).totals["stock_left"] == 100, "the metric is what was last reported"


def test_a_room_without_products_has_an_empty_table() -> None:
    empty = table(live(), None)
    assert empty.lines == () and empty.all == 0 and not empty.filtered

"""The registry: every metric once, with a known answer for each of its rules."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from livedash.analysis.facts import RoomFacts
from livedash.analysis.metrics import (
    BASE,
    DEFAULT_PRODUCT_COLUMNS,
    DEFAULT_TILES,
    DEFAULT_TREND,
    GROUPS,
    HEADLINE,
    METRICS,
    MOST_TILES,
    Value,
)
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import UNITS
from tests.livedash import build
from tests.livedash.build import (
    adds,
    at,
    between,
    cancel,
    clicks,
    creates,
    ended,
    enter,
    event,
    follows,
    gift,
    leave,
    likes,
    live,
    order,
    refund,
    rollup,
    says,
    sees,
    shares,
    shown,
)


def value(key: str, room: Rollup, window: Window | None = None) -> Value:
    return METRICS[key].compute(RoomFacts(room, window))[0]


def test_the_glossary_is_declared_whole() -> None:
    keys = """
        direct_gmv net_gmv gmv_per_hour items_sold sku_orders orders created_orders payment_rate customers aov avg_price
        refund_rate add_to_cart impressions views viewers current_viewers peak_viewers avg_viewers tap_through_rate
        avg_viewing_per_view avg_viewing_per_viewer long_views impressions_per_hour product_impressions product_clicks
        live_ctr product_ctr ctor ctor_sku order_rate_sku show_gpm watch_gpm stock_left likes comments shares
        new_followers comment_rate share_rate follow_rate like_rate gifts diamonds"""
    assert set(METRICS) == set(keys.split())


@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_a_declaration_is_whole(metric: Any) -> None:
    assert metric.unit in UNITS and metric.group in GROUPS and metric.good in ("up", "down", "")
    assert metric.label and metric.help.endswith(".") and metric.formula
    assert metric.needs and metric.by <= {"time", "product", "channel"}
    assert set(metric.compute.measures) <= set(BASE)


def test_the_defaults_are_metrics_of_their_place() -> None:
    assert len(DEFAULT_TILES) <= MOST_TILES and HEADLINE not in DEFAULT_TILES
    assert all("time" in METRICS[key].by for key in (HEADLINE, *DEFAULT_TILES, *DEFAULT_TREND))
    assert all("product" in METRICS[key].by for key in DEFAULT_PRODUCT_COLUMNS)


def test_products_and_channels_have_the_figures_that_are_told_of_them() -> None:
    by_product = {key for key, metric in METRICS.items() if "product" in metric.by}
    assert by_product >= {
        "product_impressions", "product_clicks", "product_ctr", "add_to_cart", "orders", "sku_orders", "items_sold",
        "direct_gmv", "customers", "ctor", "ctor_sku", "avg_price", "refund_rate", "stock_left",
    }  # fmt: skip
    by_channel = {key for key, metric in METRICS.items() if "channel" in metric.by}
    assert by_channel >= {
        "impressions", "views", "viewers", "tap_through_rate", "product_clicks", "orders", "ctor", "direct_gmv",
    }  # fmt: skip
    assert METRICS["stock_left"].by == {"product"}


# --- sales


def test_three_of_a_and_two_of_b_are_five_items_two_sku_orders_and_one_order() -> None:
    room = live(order("u", 10, "A", quantity=3, order_id="o"), order("u", 5, "B", quantity=2, order_id="o"))
    assert value("items_sold", room) == 5
    assert value("sku_orders", room) == 2
    assert value("orders", room) == 1
    assert value("direct_gmv", room) == 40
    assert value("customers", room) == 1


def test_refunded_and_cancelled_orders_stay_in_direct_gmv_and_leave_net_gmv() -> None:
    room = live(
        order("u", "50", order_id="a"), order("v", "30", order_id="b"), order("w", "20", order_id="c"),
        refund("a", "12.50"), cancel("b"),
    )  # fmt: skip
    assert value("direct_gmv", room) == 100
    assert value("net_gmv", room) == Decimal("57.50")
    assert value("refund_rate", room) == 0.125


def test_without_refunds_net_gmv_is_direct_gmv_and_a_refund_rate_is_not_known() -> None:
    room = live(order("u", 10))
    assert value("net_gmv", room) == 10
    assert value("refund_rate", room) is None
    assert METRICS["refund_rate"].lacks(room.types) == ("order_refunded",)


def test_ten_cents_a_thousand_times_are_exactly_a_hundred() -> None:
    room = live(*(order("u", 0.1, order_id=f"o{i}") for i in range(1000)))
    assert value("direct_gmv", room) == Decimal("100")
    assert str(value("aov", room)) == "0.10000000"


def test_gmv_per_hour_counts_the_hours_live() -> None:
    room = live(at(600, order("u", 100)), at(1800, ended()), at(7200, order("v", 50)))
    assert value("gmv_per_hour", room) == 300
    assert value("gmv_per_hour", room, between(0, 900)) == 400


def test_a_live_that_runs_has_run_up_to_its_last_event() -> None:
    assert value("impressions_per_hour", live(at(0, shown()), at(3600, shown()))) == 2


def test_payment_rate_is_of_orders_whatever_their_lines() -> None:
    room = live(creates("u", "a"), creates("v", "b"), order("u", 1, order_id="a"), order("u", 2, "q", order_id="a"))
    assert value("created_orders", room) == 2
    assert value("payment_rate", room) == 0.5


def test_aov_leaves_orders_at_no_price_out_and_the_average_price_does_not() -> None:
    room = live(order("u", 30, order_id="a"), order("v", 10, order_id="b"), order("w", 0, order_id="gift"))
    assert value("orders", room) == 3
    assert value("aov", room) == 20
    assert value("avg_price", room) == Decimal("13.33333333")


def test_only_orders_at_no_price_have_no_aov() -> None:
    assert value("aov", live(order("u", 0))) is None


def test_other_currencies_stand_apart() -> None:
    room = live(order("u", 10), order("v", 99, currency="EUR", order_id="e"), currency="USD")
    assert (value("direct_gmv", room), value("orders", room), value("customers", room)) == (10, 1, 1)
    assert list(room.other_currencies(None)) == ["EUR"]


def test_a_room_that_names_no_currency_has_that_of_its_first_paid_line() -> None:
    room = rollup(at(5, order("u", 10, currency="EUR")), at(1, order("v", 20, currency="JPY")))
    assert room.room.currency == "JPY"
    assert value("direct_gmv", room) == 20


# --- traffic


def test_coming_back_is_a_view_and_no_new_viewer() -> None:
    room = live(enter("a"), leave("a"), enter("a"), enter("b"))
    assert (value("views", room), value("viewers", room)) == (3, 2)


def test_nobody_is_made_up_of_an_event_without_a_user() -> None:
    room = live(enter(None), enter(None), enter("a"))
    assert (value("views", room), value("viewers", room)) == (3, 1)


def test_viewers_are_counted_afresh_for_each_window() -> None:
    room = live(at(10, enter("a")), at(70, enter("a")), at(80, enter("b")))
    assert value("viewers", room, between(0, 60)) == 1
    assert value("viewers", room, between(60, 120)) == 2
    assert value("viewers", room) == 2


def test_the_platforms_sample_comes_before_our_own_count() -> None:
    room = live(enter("a"), enter("b"), leave("a"), build.viewers(340), build.viewers(320), enter("c"))
    assert value("current_viewers", room) == 320
    assert value("peak_viewers", room) == 340


def test_without_samples_current_viewers_are_entries_less_leaves() -> None:
    room = live(enter("a"), enter("b"), enter("c"), leave("a"))
    assert value("current_viewers", room) == 2
    assert value("peak_viewers", room) == 3


def test_leaves_of_people_never_seen_do_not_make_less_than_nobody() -> None:
    assert value("current_viewers", live(leave("x"), leave(None), leave(None), enter(None))) == 0


def test_entries_alone_tell_nothing_of_who_is_there() -> None:
    room = live(enter("a"))
    assert value("current_viewers", room) is None
    assert METRICS["current_viewers"].lacks(room.types) == ("viewers", "leave")


def test_average_viewers_weigh_every_moment_alike() -> None:
    room = live(at(0, build.viewers(100)), at(90, build.viewers(20)), at(100, ended()))
    assert value("avg_viewers", room) == 92


def test_views_by_a_shared_link_have_no_impression_to_come_from() -> None:
    room = live(
        *(shown("For You feed") for _ in range(10)),
        enter("a", "For You feed"), enter("b", "For You feed"), enter("c", "Share link"), enter("d"),
    )  # fmt: skip
    assert METRICS["tap_through_rate"].compute(RoomFacts(room, None)) == (0.2, 2, 10)


def test_a_channel_that_reports_impressions_does_so_in_every_window() -> None:
    room = live(at(1, shown("Feed")), at(2, shown("Search")), at(100, shown("Search")), at(101, enter("a", "Feed")))
    assert value("tap_through_rate", room, between(90, 120)) == 1


def test_impressions_without_any_channel_belong_to_all_views() -> None:
    room = live(*(shown() for _ in range(4)), enter("a", "Share link"), enter("b", "Feed"))
    assert value("tap_through_rate", room) == 0.5


def test_viewing_time_runs_from_view_to_leave_or_to_the_end() -> None:
    room = live(at(10, enter("a")), at(70, leave("a")), at(20, enter("b")), at(100, ended()))
    assert value("avg_viewing_per_view", room) == (60 + 80) / 2
    assert value("avg_viewing_per_view", room, between(0, 40)) == (30 + 20) / 2


def test_viewing_time_of_a_viewer_adds_the_visits_up() -> None:
    room = live(at(0, enter("a")), at(30, leave("a")), at(60, enter("a")), at(100, leave("a")), at(200, enter(None)))
    assert value("avg_viewing_per_viewer", room) == 70
    assert value("avg_viewing_per_view", room) == pytest.approx(70 / 3)


def test_a_log_without_leaves_has_no_viewing_time() -> None:
    room = live(enter("a"), at(600, enter("b")))
    for key in ("avg_viewing_per_view", "avg_viewing_per_viewer", "long_views"):
        assert value(key, room) is None
        assert METRICS[key].lacks(room.types) == ("leave",)


def test_a_long_view_lasts_more_than_a_minute() -> None:
    room = live(
        at(0, enter("a")), at(60, leave("a")), at(0, enter("b")), at(60.001, leave("b")), at(100, enter("c")),
        at(200, ended()),
    )  # fmt: skip
    assert value("long_views", room) == 2


# --- products


def test_the_rates_between_views_clicks_and_orders() -> None:
    room = live(
        *(shown() for _ in range(100)), *(enter(f"u{i}") for i in range(20)), *(sees("a") for _ in range(50)),
        *(clicks("a") for _ in range(10)), order("a", 30, order_id="o"), order("a", 20, "q", order_id="o"),
    )  # fmt: skip
    expected = {
        "live_ctr": 0.5, "product_ctr": 0.2, "ctor": 0.1, "ctor_sku": 0.2, "order_rate_sku": 0.1,
        "show_gpm": 500, "watch_gpm": 2500,
    }  # fmt: skip
    assert {key: value(key, room) for key in expected} == expected


def test_stock_is_of_products_and_not_of_a_room() -> None:
    room = live(build.stock("p", 4))
    assert value("stock_left", room) is None
    assert METRICS["stock_left"].lacks(room.types) == ()


def test_adding_to_the_cart_is_counted() -> None:
    assert value("add_to_cart", live(adds("a"), adds("a"), adds(None))) == 3


# --- interaction


def test_likes_come_in_batches_and_are_more_than_viewers() -> None:
    room = live(enter("a"), enter("b"), enter("b"), likes("a", 15), likes("b", 5))
    assert value("likes", room) == 20
    assert value("like_rate", room) == 10


def test_rates_of_interaction_are_by_view() -> None:
    room = live(enter("a"), enter("b"), enter("b"), enter("c"), shares("a"), follows("b"), says("a", "nice"))
    assert (value("share_rate", room), value("follow_rate", room), value("comment_rate", room)) == (0.25, 0.25, 0.25)
    assert (value("shares", room), value("new_followers", room)) == (1, 1)


def test_comments_that_enter_a_giveaway_are_comments_but_not_in_the_rate() -> None:
    room = live(enter("a"), enter("b"), says("a", "nice"), says("b", "luna", ref_id="giveaway-1"))
    assert value("comments", room) == 2
    assert value("comment_rate", room) == 0.5


def test_a_gift_streak_counts_once_by_its_last_count() -> None:
    room = live(*(gift("a", n, "rose", diamonds=5) for n in (1, 2, 3)), gift("b", 1, "rose"), gift("a", 2, diamonds=10))
    assert (value("gifts", room), value("diamonds", room)) == (6, 36)


# --- rules for all


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if metric.rate])
def test_nothing_divided_by_nothing_is_no_value(key: str) -> None:
    everything = {kind: 1 for metric in METRICS.values() for kind in metric.needs}
    long_ago = [at(1, event(kind, order_id="o", price=1, count=1)) for kind in everything]
    room = live(*long_ago, at(1000, says("a", "still here")))
    if key not in ("gmv_per_hour", "impressions_per_hour"):
        assert value(key, room, between(500, 501)) is None
    assert value(key, room, between(5000, 6000)) is None


@pytest.mark.parametrize("key", METRICS)
def test_missing_is_not_zero_and_says_what_is_missing(key: str) -> None:
    room = live(event("caption", text="hello"))
    assert value(key, room) is None
    assert METRICS[key].lacks(room.types) == METRICS[key].needs


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if not metric.rate and not metric.gauge])
def test_a_feed_that_had_nothing_to_say_in_a_window_is_zero(key: str) -> None:
    kinds = METRICS[key].needs
    room = live(*(at(1, event(kind, "u", order_id="o")) for kind in kinds), at(900, says("a", "still here")))
    assert value(key, room, between(300, 600)) == 0


def test_a_quotient_is_of_sums_and_never_a_mean_of_quotients() -> None:
    first = [clicks("a"), order("a", 1, order_id="x")]
    second = [*(clicks("b") for _ in range(9)), order("b", 1, order_id="y")]
    room = live(*(at(1, e) for e in first), *(at(100, e) for e in second))
    assert value("ctor", room, between(0, 50)) == 1
    assert value("ctor", room, between(50, 150)) == 1 / 9
    assert value("ctor", room) == 0.2

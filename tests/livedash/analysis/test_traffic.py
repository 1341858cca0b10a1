"""Channels in two levels, paid and organic apart."""
from __future__ import annotations

from decimal import Decimal

from livedash.analysis.traffic import Channel, traffic
from livedash.rollup.fold import Rollup
from tests.livedash.build import at, between, clicks, enter, event, live, order, says, shown


def channels(room: Rollup) -> dict[tuple[str | None, bool], Channel]:
    return {(channel.source, channel.paid): channel for channel in traffic(room, None).channels}


def test_a_channel_has_its_figures_and_its_shares() -> None:
    room = live(
        *(shown("Feed") for _ in range(8)), *(enter(user, "Feed") for user in "aab"), enter("c", "Search"),
        clicks("a", source="Feed"), clicks("b", source="Feed"), order("a", 30, source="Feed", order_id="x"),
        order("c", 10, source="Search", order_id="y"),
    )  # fmt: skip
    assert channels(room)["Feed", False] == Channel(
        source="Feed", sub_source=None, paid=False, impressions=8, views=3, viewers=2, tap_through_rate=0.375,
        product_clicks=2, orders=1, ctor=0.5, direct_gmv=Decimal(30), view_share=0.75, gmv_share=0.75, ad_cost=None,
    )  # fmt: skip


def test_most_views_come_first() -> None:
    room = live(enter("a", "Search"), *(enter("b", "Feed") for _ in range(3)), enter("c"), enter("d"))
    assert [channel.source for channel in traffic(room, None).channels] == ["Feed", None, "Search"]


def test_paid_and_organic_are_two_channels() -> None:
    found = channels(live(enter("a", "Feed"), enter("b", "Feed", paid=True), enter("c", "Feed", paid=False)))
    assert (found["Feed", False].views, found["Feed", True].views) == (2, 1)


def test_a_viewer_who_came_by_two_ways_of_one_channel_is_one_viewer_of_it() -> None:
    room = live(
        enter("a", "Short video", sub_source="clip 1"), enter("a", "Short video", sub_source="clip 2"),
        enter("b", "Short video", sub_source="clip 2"), enter("c", "Feed"),
    )  # fmt: skip
    answer = traffic(room, None)
    assert channels(room)["Short video", False].viewers == 2
    parts = answer.parts["Short video", False]
    assert [(part.sub_source, part.views, part.viewers) for part in parts] == [("clip 2", 2, 2), ("clip 1", 1, 1)]
    assert parts[0].view_share == 0.5
    assert ("Feed", False) not in answer.parts


def test_missing_is_not_zero() -> None:
    answer = traffic(live(enter("a", "Feed")), None)
    [feed] = answer.channels
    assert (feed.impressions, feed.orders, feed.direct_gmv, feed.tap_through_rate, feed.gmv_share) == (None,) * 5
    assert set(answer.missing) == {"impression", "product_click", "order_paid"}


def test_a_channel_without_impressions_of_its_own_has_no_tap_through() -> None:
    found = channels(live(shown("Feed"), enter("a", "Share link")))
    assert (found["Share link", False].impressions, found["Share link", False].tap_through_rate) == (0, None)


def test_what_only_comments_name_is_no_channel() -> None:
    assert channels(live(says("a", "hi", source="twitch"))) == {}


def test_what_advertising_cost() -> None:
    room = live(enter("a", "GMV Max", paid=True), event("ad_cost", price="12.30", source="GMV Max", paid=True))
    assert channels(room)["GMV Max", True].ad_cost == Decimal("12.3")


def test_without_a_line_about_it_nobody_knows_what_a_channel_cost() -> None:
    spent = event("ad_cost", price="12.30", source="GMV Max", paid=True)
    assert channels(live(enter("a", "Feed"), enter("b", "GMV Max", paid=True), spent))["Feed", False].ad_cost is None


def test_a_window_has_its_own_viewers() -> None:
    room = live(at(10, enter("a", "Feed")), at(70, enter("a", "Feed")), at(71, enter("b", "Search")))
    [feed] = traffic(room, between(0, 60)).channels
    assert (feed.views, feed.viewers, feed.view_share) == (1, 1, 1)

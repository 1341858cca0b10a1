"""One product by itself: its steps, its course, its minutes on screen, what is said of it, its price and stock."""
from __future__ import annotations

from decimal import Decimal

import pytest

from livedash.analysis.metrics import METRICS, PRODUCT_FUNNEL
from livedash.analysis.product import (
    CHARTED,
    Side,
    history,
    known,
    on_screen,
    product_course,
    said_about,
    step_of,
    steps,
)
from livedash.analysis.product_table import table
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from livedash.view import Window
from tests.livedash.build import (
    START,
    Event,
    adds,
    at,
    between,
    clicks,
    ended,
    enter,
    event,
    lists,
    live,
    order,
    pin,
    refund,
    says,
    sees,
    stock,
    unpin,
)

MINUTE = 60


def counts(rollup: Rollup, window: Window | None = None) -> list[int | None]:
    return [stage.count for stage in steps(rollup, window, "p")]


# --- known


def test_a_product_is_known_by_its_facts_and_the_figures_of_the_window() -> None:
    room = live(at(1, lists("p", title="Cream", price="10", stock=9, text="For dry skin")), at(70, sees("u", "p")))
    found = known(room, between(60, 120), "p")
    assert found is not None and found.text == "For dry skin" and found.listed_at == START + 1000
    assert found.product.metrics["product_impressions"] == 1
    assert found.product == table(room, between(60, 120)).lines[0].product
    assert known(room, None, "other") is None


# --- steps


def test_the_funnel_of_a_product_is_its_own() -> None:
    room = live(*(sees("u") for _ in range(8)), *(clicks("u") for _ in range(4)), adds("u"), order("u", 1),
                sees("u", "other"), clicks("u", "other"))  # fmt: skip
    assert counts(room) == [8, 4, 1, 1]
    assert [stage.rate for stage in steps(room, None, "p")] == [None, 0.5, 0.25, 1.0]
    assert [stage.key for stage in steps(room, None, "p")] == list(PRODUCT_FUNNEL)


def test_a_stage_that_is_not_recorded_is_left_out_of_the_rates() -> None:
    room = live(*(clicks("u") for _ in range(4)), order("u", 1))
    assert counts(room) == [None, 4, None, 1]
    assert [stage.rate for stage in steps(room, None, "p")] == [None, None, None, 0.25]


def test_more_may_order_than_put_into_a_cart() -> None:
    room = live(clicks("u"), adds("u"), order("u", 1, order_id="1"), order("u", 1, order_id="2"))
    assert steps(room, None, "p")[-1].rate == 2.0


def test_a_product_that_is_not_there_has_no_steps() -> None:
    assert [stage.count for stage in steps(live(clicks("u")), None, "other")] == [None] * 4


# --- the course


def minutes(rollup: Rollup, key: str, window: Window | None = None) -> tuple[float | None, ...]:
    return product_course(rollup, window, "p", key).series[key]


FOUR_MINUTES = live(
    at(1, lists("p", title="Cream")), at(10, clicks("u")), at(20, clicks("u")), at(30, clicks("u", "other")),
    at(65, clicks("u")), at(66, order("a", 10, order_id="o1")), at(67, order("a", 10, order_id="o1", sku_id="x")),
    at(68, order("b", 4, order_id="o2", quantity=2)), at(130, refund("o2", 4)), at(190, enter("u")), at(240, ended()),
)  # fmt: skip


def test_a_course_counts_the_product_minute_by_minute() -> None:
    assert minutes(FOUR_MINUTES, "product_clicks") == (2.0, 1.0, 0.0, 0.0)
    assert minutes(FOUR_MINUTES, "orders") == (0.0, 2.0, 0.0, 0.0)
    assert minutes(FOUR_MINUTES, "sku_orders") == (0.0, 3.0, 0.0, 0.0)
    assert minutes(FOUR_MINUTES, "customers") == (0.0, 2.0, 0.0, 0.0)
    assert minutes(FOUR_MINUTES, "items_sold") == (0.0, 4.0, 0.0, 0.0)
    assert minutes(FOUR_MINUTES, "direct_gmv") == (0.0, 28.0, 0.0, 0.0)


def test_a_course_of_a_ratio_has_no_value_where_nothing_is_below_the_line() -> None:
    assert minutes(FOUR_MINUTES, "ctor") == (0.0, 2.0, None, None)


@pytest.mark.parametrize("key", CHARTED)
def test_every_metric_of_a_product_has_a_course_that_agrees_with_its_figure(key: str) -> None:
    told = minutes(FOUR_MINUTES, key)
    assert len(told) == 4
    found = known(FOUR_MINUTES, None, "p")
    assert found is not None
    value, metric = found.product.metrics[key], METRICS[key]
    if metric.rate or key in ("customers", "orders", "sku_orders"):
        return
    assert sum(filter(None, told)) == (0 if value is None else pytest.approx(float(value)))


def test_a_course_begins_on_a_whole_minute_so_that_a_moving_window_moves_no_step() -> None:
    one, two = (product_course(FOUR_MINUTES, between(start, 240), "p", "orders") for start in (70, 95))
    assert one.window.start == two.window.start == START + 60_000
    assert one.series == two.series == {"orders": (2.0, 0.0, 0.0)}


def test_long_windows_have_longer_steps() -> None:
    assert [step_of(between(0, hours * 3600)) for hours in (1, 4, 5, 24)] == [60_000, 60_000, 120_000, 600_000]


def test_a_course_is_marked_by_what_concerns_the_product() -> None:
    room = live(
        at(1, lists("p")), at(10, pin("p")), at(20, pin("other")),
        at(30, event("promotion_started", ref_id="a", title="all")),
        at(31, event("promotion_started", ref_id="b", product_id="other")),
        at(40, event("giveaway_started", ref_id="g", product_id="p")), at(50, event("live_paused")),
        at(55, event("live_resumed")), at(60, event("price_changed", product_id="p", price="3")),
        at(70, stock("p", 3)), at(80, stock("p", 0)), at(90, stock("other", 0)), at(120, ended()),
    )  # fmt: skip
    marked = [(one.kind, one.start) for one in product_course(room, None, "p", "orders").markers]
    expected = {"pin": 10, "promotion": 30, "giveaway": 40, "pause": 50, "price": 60, "sold_out": 80}
    assert dict(marked) == {kind: START + second * 1000 for kind, second in expected.items()}
    assert len(marked) == len(expected)


# --- on screen


def shown(*events: Event, window: Window | None = None) -> tuple[Side, Side]:
    room = live(at(0, lists("p")), *events, at(10 * MINUTE, ended()))
    told = on_screen(room, window, "p")
    return told.pinned, told.unpinned


def test_minutes_on_screen_and_what_they_brought_stand_beside_the_others() -> None:
    pinned, otherwise = shown(
        at(2 * MINUTE, pin("p")), at(130, clicks("u")), at(131, clicks("v")), at(132, order("u", 10, order_id="o1")),
        at(4 * MINUTE, unpin("p")), at(300, clicks("w")), at(301, order("w", 30, order_id="o2")),
    )  # fmt: skip
    assert pinned == Side(2.0, 2, 1, Decimal(10)) and otherwise == Side(8.0, 1, 1, Decimal(30))
    assert pinned.a_minute() == (1.0, 0.5, Decimal(5))
    assert otherwise.a_minute() == (0.125, 0.125, Decimal("3.75"))


def test_another_pin_ends_the_time_on_screen() -> None:
    pinned, _ = shown(at(60, pin("p")), at(120, pin("other")))
    assert pinned.minutes == 1.0


def test_pauses_and_gaps_belong_to_neither_side() -> None:
    gap = event("recording_gap", **{"from": START + 480_000, "to": START + 540_000})
    pinned, otherwise = shown(
        at(60, pin("p")), at(120, event("live_paused")), at(130, clicks("u")), at(180, event("live_resumed")),
        at(240, unpin("p")), at(241, gap),
    )  # fmt: skip
    assert (pinned.minutes, pinned.clicks) == (2.0, 0) and otherwise.minutes == 6.0


def test_before_it_was_listed_nothing_could_be_bought() -> None:
    room = live(at(5 * MINUTE, lists("p")), at(6 * MINUTE, clicks("u")), at(10 * MINUTE, ended()))
    assert on_screen(room, None, "p").unpinned == Side(5.0, 1, None, None)


def test_an_order_of_several_lines_counts_once_on_each_side() -> None:
    pinned, _ = shown(at(60, pin("p")), at(61, order("u", 1, order_id="o")), at(62, order("u", 1, order_id="o")))
    assert pinned.orders == 1 and pinned.gmv == Decimal(2)


def test_minutes_are_those_of_the_window_and_each_pin_has_its_own() -> None:
    room = live(
        at(0, lists("p")), at(60, pin("p")), at(90, clicks("u")), at(120, unpin("p")), at(300, pin("p")),
        at(310, clicks("u")), at(311, clicks("u")), at(600, ended()),
    )  # fmt: skip
    told = on_screen(room, between(90, 360), "p")
    assert told.pinned.minutes == 1.5 and told.unpinned.minutes == 3.0
    assert [(one.start - START, one.end - START, one.side.clicks) for one in told.pins] == [
        (90_000, 120_000, 1), (300_000, 360_000, 2),
    ]  # fmt: skip


def test_a_sliver_of_time_tells_no_rate() -> None:
    pinned, otherwise = shown(at(60, pin("p")), at(61, clicks("u")), at(90, unpin("p")))
    assert pinned.a_minute() == (None, None, None) and otherwise.a_minute()[0] == 0


def test_a_product_never_pinned_has_only_one_side() -> None:
    pinned, otherwise = shown(at(60, clicks("u")))
    assert pinned.minutes == 0 and otherwise == Side(10.0, 1, None, None)


# --- what is said


CHAT = live(
    at(1, lists("p", title="Barrier cream")), at(2, says("a", "what is this?")), at(10, pin("p")),
    at(11, says("b", "is it ok for dry skin?")), at(12, says("c", "the serum, please", product_id="other")),
    at(13, says("d", "me!", ref_id="g1")), at(20, unpin("p")), at(21, says("e", "love the BARRIER CREAM")),
    at(22, says("f", "hello")), at(23, says("g", "in blue?", product_id="p")),
    at(24, event("question_answered", ref_id="e4")),
)  # fmt: skip


def test_comments_about_a_product_name_it_or_came_while_it_was_pinned() -> None:
    told = said_about(CHAT, None, "p")
    assert [(remark.text, named) for remark, named in told.remarks] == [
        ("is it ok for dry skin?", False), ("love the BARRIER CREAM", True), ("in blue?", True),
    ]  # fmt: skip
    assert (told.found, told.questions, told.unanswered, told.total) == (3, 2, 1, 7)


def test_only_questions_are_asked_for_and_the_counts_stay() -> None:
    told = said_about(CHAT, None, "p", only_questions=True)
    assert [remark.text for remark, _ in told.remarks] == ["is it ok for dry skin?", "in blue?"]
    assert told.found == 3
    assert [remark.answered for remark, _ in told.remarks] == [True, False]


def test_the_latest_are_kept_where_there_are_many() -> None:
    told = said_about(CHAT, None, "p", limit=1)
    assert [remark.text for remark, _ in told.remarks] == ["in blue?"] and told.found == 3


def test_a_window_holds_what_was_said_in_it() -> None:
    assert [remark.text for remark, _ in said_about(CHAT, between(0, 15), "p").remarks] == ["is it ok for dry skin?"]


# --- history


def test_price_and_stock_are_told_where_they_changed() -> None:
    room = live(
        at(1, lists("p", price="10", stock=9)), at(2, stock("p", 9)), at(3, stock("p", 7)), at(4, stock("other", 1)),
        at(5, event("price_changed", product_id="p", price="8")), at(6, lists("p", price="8", stock=20)),
        at(60, ended()),
    )  # fmt: skip
    told = history(room, None, "p")
    assert told.prices == ((START + 1000, Decimal(10)), (START + 5000, Decimal(8)))
    assert told.stock == ((START + 1000, 9), (START + 3000, 7), (START + 6000, 20))
    assert told.until == START + 60_000
    assert history(room, between(50, 60), "p") == told, "whatever the window"


def test_a_stock_written_as_text_is_in_the_history() -> None:
    assert history(live(at(1, lists("p", stock="9"))), None, "p").stock == ((START + 1000, 9),)


def test_the_history_of_the_stock_is_of_all_skus_together() -> None:
    room = live(
        at(1, lists("p", sku_id="red", stock=50)), at(2, lists("p", sku_id="blue", stock=30)),
        at(3, event("stock", product_id="p", sku_id="blue", count=0)),
    )  # fmt: skip
    assert history(room, None, "p").stock == ((START + 1000, 50), (START + 2000, 80), (START + 3000, 50))


def test_seen_from_earlier_the_history_ends_there() -> None:
    room = live(at(1, lists("p", stock=9)), at(30, stock("p", 4)), at(60, ended()))
    assert history(as_of(room, START + 20_000), None, "p").stock == ((START + 1000, 9),)


def test_a_product_of_which_nothing_was_said_has_no_history() -> None:
    told = history(live(clicks("u")), None, "p")
    assert told.prices == () and told.stock == ()

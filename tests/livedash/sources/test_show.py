"""A simulated LIVE is a log as it should be, and behaves as a LIVE does."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
import pytest

from livedash.log.vocabulary import LONGEST_LINE, TYPES
from livedash.sources.catalogue import CHANNELS
from livedash.sources.recording import lines
from livedash.sources.script import DURATION, MINUTE, Plan, plan
from livedash.sources.show import HEARD, events

from .conftest import EVENING

Log = list[dict[str, Any]]

CHANNEL = {"source", "sub_source", "paid"}
ITEM = {"order_id", "user_id", "product_id", "sku_id", "price", "currency", "quantity"} | CHANNEL
FIELDS: dict[str, set[str]] = {
    "live_started": {"title", "host", "currency", "timezone", "category", "target_gmv", "broadcast_url"},
    "live_paused": set(),
    "live_resumed": set(),
    "live_ended": set(),
    "host_changed": {"host"},
    "recording_gap": {"from", "to"},
    "impression": CHANNEL,
    "view": {"user_id"} | CHANNEL,
    "leave": {"user_id"},
    "viewers": {"count"},
    "profile": {"user_id", "gender", "age", "follower", "country"},
    "like": {"user_id", "count"},
    "comment": {"user_id", "name", "text", "language", "product_id", "ref_id"},
    "share": {"user_id"},
    "follow": {"user_id"},
    "gift": {"user_id", "name", "title", "ref_id", "count", "diamonds"},
    "product_listed": {"product_id", "sku_id", "title", "price", "currency", "stock", "image", "text"},
    "product_delisted": {"product_id"},
    "stock": {"product_id", "count"},
    "price_changed": {"product_id", "sku_id", "price", "currency"},
    "product_impression": {"user_id", "product_id"} | CHANNEL,
    "product_click": {"user_id", "product_id"} | CHANNEL,
    "add_to_cart": {"user_id", "product_id", "sku_id"} | CHANNEL,
    "order_created": ITEM,
    "order_paid": ITEM,
    "order_cancelled": {"order_id", "user_id"},
    "order_refunded": {"text"} | ITEM,
    "pin": {"product_id"},
    "unpin": {"product_id"},
    "promotion_started": {"ref_id", "kind", "product_id", "title"},
    "promotion_ended": {"ref_id", "kind", "product_id"},
    "giveaway_started": {"ref_id", "product_id", "title", "prizes", "entry_rule", "keyword", "length", "text"},
    "giveaway_entered": {"ref_id", "user_id"},
    "giveaway_ended": {"ref_id", "product_id", "entries", "winners"},
    "violation": {"ref_id", "product_id", "reason", "severity", "points", "scheme", "text"},
    "appeal_submitted": {"ref_id", "text"},
    "appeal_decided": {"ref_id", "outcome"},
    "question_answered": {"ref_id"},
    "ad_cost": {"price", "currency"} | CHANNEL,
    "caption": {"text", "language"},
}
MAY_LACK = {
    "sub_source": None,
    "product_id": {"comment", "promotion_started", "promotion_ended", "violation"},
    "language": {"comment"},
    "ref_id": {"comment"},
}
"""Fields that not every line of a type has (None: of any type)."""


def of(log: Log, *types: str) -> Log:
    return [line for line in log if line["type"] in types]


def ms(plan: Plan, line: dict[str, Any]) -> int:
    return round(datetime.fromisoformat(line["ts"]).timestamp() * 1000) - plan.started_at


# -- the log ----------------------------------------------------------------------------------------------------------


def test_the_same_seed_and_start_give_the_same_bytes() -> None:
    def written(seed: int, start: int) -> bytes:
        return b"".join(line for _, line in lines(plan(seed, start, rate=1)))

    assert written(1, EVENING) == written(1, EVENING)
    assert written(1, EVENING) != written(2, EVENING)
    assert written(1, EVENING) != written(1, EVENING + MINUTE)


def test_every_line_is_of_the_vocabulary_and_has_the_fields_of_its_type(past: Log, broken: Log) -> None:
    for line in past + broken:
        fields, expected = set(line) - {"event_id", "ts", "type"}, FIELDS[line["type"]]
        assert line["type"] in TYPES
        assert fields <= expected, line
        for field in expected - fields:
            assert field in MAY_LACK and (MAY_LACK[field] is None or line["type"] in (MAY_LACK[field] or ())), line


def test_every_type_happens_in_a_past_live(past: Log, broken: Log) -> None:
    assert {line["type"] for line in past + broken} == set(FIELDS)


def test_lines_are_short_json_in_order_of_time_with_ids_of_their_own(past: Log, broken: Log) -> None:
    for log in (past, broken):
        assert len({line["event_id"] for line in log}) == len(log)
        times = [line["ts"] for line in log]
        assert times == sorted(times)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", ts) for ts in times)
    for _, line in lines(plan(2, EVENING, rate=1, past=True)):
        assert line.endswith(b"\n") and line.count(b"\n") == 1 and len(line) < LONGEST_LINE
        assert isinstance(msgspec.json.decode(line), dict)


def test_money_is_decimal_strings_in_one_currency(past: Log) -> None:
    priced = [line for line in past if "price" in line]
    assert {line["currency"] for line in priced} == {"USD"}
    assert all(re.fullmatch(r"\d+\.\d\d", line["price"]) for line in priced)


def test_a_live_starts_with_its_start_and_a_running_one_ends_with_its_end(past: Log) -> None:
    running = list(events(plan(2, EVENING, rate=1), Random(1)))
    assert running[0]["type"] == past[0]["type"] == "live_started"
    assert running[-1]["type"] == "live_ended"
    afterwards = past[[line["type"] for line in past].index("live_ended") + 1 :]
    assert {"order_refunded", "appeal_decided"} <= {line["type"] for line in afterwards}
    assert {line["type"] for line in afterwards} <= {
        "order_paid",
        "order_cancelled",
        "order_refunded",
        "appeal_decided",
    }


# -- the audience -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["past", "broken"])
def test_viewer_samples_are_entries_less_leaves(name: str, request: pytest.FixtureRequest) -> None:
    inside: set[str] = set()
    samples = 0
    for line in request.getfixturevalue(name):
        if line["type"] == "view":
            assert line["user_id"] not in inside
            inside.add(line["user_id"])
        elif line["type"] == "leave":
            inside.remove(line["user_id"])
        elif line["type"] == "viewers":
            samples += 1
            assert line["count"] == len(inside)
    assert not inside
    assert samples > 680


def test_nothing_is_heard_while_the_recorder_is_cut_off(broken: Log, broken_plan: Plan) -> None:
    (gap,) = of(broken, "recording_gap")
    within = [line for line in broken if gap["from"] <= line["ts"] < gap["to"]]
    assert broken_plan.gap and gap["from"] == broken_plan.moment(broken_plan.gap.start)
    assert within and not {line["type"] for line in within} & HEARD


def test_figures_are_those_of_a_good_evening(past: Log, past_plan: Plan) -> None:
    count = Counter(line["type"] for line in past)
    views, clicks = count["view"], count["product_click"]
    paid = of(past, "order_paid")
    assert 60_000 < len(past) < 100_000
    assert views == pytest.approx(past_plan.views, rel=0.1)
    assert 0.19 < views / count["impression"] < 0.26
    assert 0.25 < clicks / views < 0.40
    assert 0.04 < len({line["order_id"] for line in paid}) / clicks < 0.08
    assert 20 < sum(float(line["price"]) * line["quantity"] for line in paid) / len(paid) < 35
    assert count["product_impression"] > clicks > count["add_to_cart"] > count["order_created"] > count["order_paid"]
    assert 0.75 * views < len({line["user_id"] for line in of(past, "view")}) < 0.95 * views


def test_the_rate_scales_the_audience() -> None:
    few, many = (Counter(e["type"] for e in events(plan(1, EVENING, rate), Random(1))) for rate in (1, 4))
    assert many["view"] == pytest.approx(4 * few["view"], rel=0.2)
    assert many["pin"] == few["pin"]


def test_viewers_come_by_the_channels_and_only_paid_ones_cost(past: Log) -> None:
    known = {(channel.source, channel.sub_source, channel.paid) for channel in CHANNELS}
    seen = Counter((line["source"], line.get("sub_source"), line["paid"]) for line in of(past, "view"))
    assert set(seen) == known
    by_source = Counter(line["source"] for line in of(past, "view"))
    assert [source for source, _ in by_source.most_common(2)] == ["For You feed", "LIVE ads"]
    assert all(line["paid"] and line["price"] != "0.00" for line in of(past, "ad_cost"))
    without = {channel.source for channel in CHANNELS} - {line["source"] for line in of(past, "impression")}
    assert without == {"Share link", "Other profiles"}


def test_people_write_in_their_languages_and_ask(past: Log) -> None:
    written = [line for line in of(past, "comment") if "ref_id" not in line]
    assert {line["language"] for line in written} == {"en", "zh", "ja", "es", "id", "ar"}
    assert sum("?" in line["text"] or "？" in line["text"] or "؟" in line["text"] for line in written) > 100
    assert not any("{" in line["text"] for line in written)
    asked = {line["event_id"]: line["ts"] for line in written}
    answers = of(past, "question_answered")
    assert answers and all(asked[line["ref_id"]] < line["ts"] for line in answers)


# -- the shop ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("type_", "times"), [("product_click", 10), ("order_created", 8)])
def test_a_pin_moves_clicks_and_orders_of_its_product(past: Log, past_plan: Plan, type_: str, times: float) -> None:
    pinned, apart = Counter[str](), Counter[str]()
    for line in of(past, type_):
        at = past_plan.pinned(ms(past_plan, line))
        on = at is not None and past_plan.products[at].product_id == line["product_id"]
        (pinned if on else apart)[line["product_id"]] += 1
    minutes = Counter[str]()
    for pin in past_plan.pins:
        minutes[past_plan.products[pin.product].product_id] += pin.end - pin.start
    shown = sum(pinned.values()) / sum(minutes.values())
    otherwise = sum(apart[one] for one in minutes) / sum(DURATION - spent for spent in minutes.values())
    assert shown > times * otherwise


def test_a_flash_sale_lowers_the_price_while_it_lasts(past: Log, past_plan: Plan) -> None:
    sale = past_plan.deals[0]
    product = past_plan.products[sale.product]
    lowered, back = [line["price"] for line in of(past, "price_changed") if line["product_id"] == product.product_id][
        :2
    ]
    orders = [line for line in of(past, "order_created") if line["product_id"] == product.product_id]
    during = {line["price"] for line in orders if sale.holds(ms(past_plan, line))}
    assert during == {lowered}
    assert {line["price"] for line in orders if not sale.holds(ms(past_plan, line))} == {back}
    assert float(lowered) == pytest.approx(0.8 * float(back), abs=0.1)


def test_stock_counts_down_and_what_is_sold_out_is_not_ordered(past: Log) -> None:
    left = {line["product_id"]: line["stock"] for line in of(past, "product_listed")}
    for line in of(past, "order_created", "stock"):
        if line["type"] == "stock":
            assert line["count"] == left[line["product_id"]]
        elif line["price"] != "0.00":
            left[line["product_id"]] -= line["quantity"]
            assert left[line["product_id"]] >= 0
    assert 1 <= len([line for line in of(past, "stock") if line["count"] == 0]) <= 3


def test_orders_are_created_then_paid_by_somebody_who_entered_by_that_channel(past: Log) -> None:
    created: set[tuple[str, str]] = set()
    entered: set[tuple[str, str]] = set()
    for line in past:
        if line["type"] == "view":
            entered.add((line["user_id"], line["source"]))
        elif line["type"] == "order_created":
            assert (line["user_id"], line["source"]) in entered
            created.add((line["order_id"], line["sku_id"]))
        elif line["type"] in ("order_paid", "order_refunded"):
            assert (line["order_id"], line["sku_id"]) in created
    several = Counter(line["order_id"] for line in of(past, "order_paid"))
    assert max(several.values()) > 1


def test_a_giveaway_counts_its_entries_and_its_winners_pay_nothing(past: Log) -> None:
    free = Counter(line["product_id"] for line in of(past, "order_paid") if line["price"] == "0.00")
    for ended in of(past, "giveaway_ended"):
        entries = [line for line in of(past, "giveaway_entered") if line["ref_id"] == ended["ref_id"]]
        comments = [line for line in of(past, "comment") if line.get("ref_id") == ended["ref_id"]]
        assert ended["entries"] == len(entries) == len({line["user_id"] for line in entries}) == len(comments)
        assert ended["winners"] == free[ended["product_id"]] == 3


def test_a_gift_streak_counts_up(past: Log) -> None:
    streaks: dict[str, list[int]] = {}
    for line in of(past, "gift"):
        streaks.setdefault(line["ref_id"], []).append(line["count"])
    assert streaks and all(counts == list(range(1, len(counts) + 1)) for counts in streaks.values())


def test_only_one_pin_and_one_giveaway_at_a_time() -> None:
    for seed in range(40):
        one = plan(seed, EVENING)
        for stretches in (one.pins, one.giveaways):
            assert all(before.end <= after.start for before, after in pairwise(stretches))
        assert all(pin.end - pin.start > MINUTE for pin in one.pins)

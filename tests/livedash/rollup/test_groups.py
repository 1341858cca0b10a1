"""Counts by product and channel are those of a plain walk through the rows, in any portions."""
from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livedash.log.vocabulary import CODES, TYPES
from livedash.rollup.groups import CHANNEL_MEASURES, PRODUCT_MEASURES, SOLD, Groups
from livedash.rollup.tables import EVENT

PRODUCTS, CHANNELS = 4, 5
PARENTS = np.array([0, 1, 0, 1, 4])
"""Channels 0 and 2, and 1 and 3, differ only in their sub-source."""
UNKNOWN = len(TYPES) + 2
happened = st.sampled_from(["impression", "view", "product_impression", "product_click", "add_to_cart", "like"])
event_rows = st.tuples(
    st.one_of(happened.map(CODES.__getitem__), st.just(UNKNOWN)),
    st.integers(-1, PRODUCTS - 1), st.integers(0, CHANNELS - 1), st.integers(-1, 4),
)  # fmt: skip
sold = st.sampled_from(["order_paid", "order_paid", "order_refunded", "order_cancelled", "order_created", "ad_cost"])
line_rows = st.tuples(
    sold.map(CODES.__getitem__), st.integers(-1, PRODUCTS - 1), st.integers(0, CHANNELS - 1), st.integers(-1, 4),
    st.integers(-1, 10**12), st.integers(0, 5), st.integers(0, 5), st.integers(0, 9),
)  # fmt: skip
portions = st.lists(st.tuples(st.lists(event_rows, max_size=15), st.lists(line_rows, max_size=8)), max_size=5)
EVENT_FIELDS = ["type", "product", "channel", "user"]
LINE_FIELDS = ["type", "product", "channel", "user", "amount", "quantity", "order", "pair"]


def table(rows: list[Any], dtype: np.dtype, names: list[str]) -> np.ndarray:
    out = np.zeros(len(rows), dtype)
    for place, name in enumerate(names):
        out[name] = [row[place] for row in rows]
    return out


def walked(events: list[Any], lines: list[Any]) -> tuple[list[list[int]], list[list[int]], list[int]]:
    """The same counts, one row after the other."""
    names = {code: name for name, code in CODES.items()}
    counts: dict[Any, int] = defaultdict(int)
    members: dict[Any, set[int]] = defaultdict(set)
    for code, product, channel, user in events:
        name = names.get(code, "")
        counts["p", product, name] += 1
        counts["c", channel, name] += 1
        if name == "view" and user >= 0:
            members["c", channel, "viewers"].add(user)
            members["f", int(PARENTS[channel])].add(user)
    for code, product, channel, user, amount, quantity, order, pair in lines:
        name = names[code]
        if name == "order_paid":
            counts["p", product, "gmv"] += max(amount, 0)
            counts["c", channel, "gmv"] += max(amount, 0)
            counts["p", product, "items"] += quantity
            members["p", product, "orders"].add(order)
            members["c", channel, "orders"].add(order)
            members["p", product, "sku_orders"].add(pair)
            if user >= 0:
                members["p", product, "customers"].add(user)
        elif name == "order_refunded":
            counts["p", product, "refunds"] += max(amount, 0)
        elif name == "ad_cost":
            counts["c", channel, "ad_cost"] += max(amount, 0)
    singular = {"product_impressions": "product_impression", "product_clicks": "product_click",
                "impressions": "impression", "views": "view"}  # fmt: skip

    def value(kind: str, group: int, measure: str) -> int:
        key = (kind, group, singular.get(measure, measure))
        return len(members[kind, group, measure]) or counts[key]

    products = [[value("p", p, measure) for measure in PRODUCT_MEASURES] for p in range(PRODUCTS)]
    channels = [[value("c", c, measure) for measure in CHANNEL_MEASURES] for c in range(CHANNELS)]
    return products, channels, [len(members["f", c]) for c in range(CHANNELS)]


@given(portions)
def test_portions_add_up_to_a_walk_through_all_rows(parts: list[tuple[list[Any], list[Any]]]) -> None:
    groups = Groups()
    for events, lines in [*parts, ([], [])]:
        groups.add(table(events, EVENT, EVENT_FIELDS), table(lines, SOLD, LINE_FIELDS), PARENTS, PRODUCTS)
    products, channels, first = walked([e for part in parts for e in part[0]], [x for part in parts for x in part[1]])
    assert groups.products.tolist() == products
    assert groups.channels.tolist() == channels
    assert groups.first_level.tolist() == first


def test_groups_that_come_up_later_find_their_place() -> None:
    groups = Groups()
    view = table([(CODES["view"], -1, 0, 0)], EVENT, EVENT_FIELDS)
    nothing = table([], SOLD, LINE_FIELDS)
    groups.add(view, nothing, np.array([0]), 0)
    view["channel"] = 2
    groups.add(view, nothing, np.array([0, 1, 0]), 3)
    assert groups.channels[:, CHANNEL_MEASURES.index("viewers")].tolist() == [1, 0, 1]
    assert groups.first_level.tolist() == [1, 0, 0], "the same person by two ways of the same first level"
    assert len(groups.products) == 3

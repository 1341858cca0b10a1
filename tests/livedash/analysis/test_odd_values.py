"""Lists and objects in the free fields of a line take nothing down: every answer comes, whatever a log writes there."""
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livedash.analysis.advice import counsel
from livedash.analysis.giveaways import giveaways
from livedash.analysis.happening import happening
from livedash.analysis.markers import markers
from livedash.analysis.notices import notices
from livedash.analysis.product import history
from livedash.analysis.product_table import table
from livedash.analysis.script import script
from livedash.analysis.violations import violations
from livedash.rollup.past import as_of
from tests.livedash.build import Event, at, enter, event, lists, live, order, says

FIELDS = {
    "giveaway_started": (
        "ref_id", "product_id", "title", "text", "prizes", "entry_rule", "keyword", "watch_seconds", "length",
        "starts_at", "ends_at", "by",
    ),
    "giveaway_ended": ("ref_id", "product_id", "title", "text", "entries", "winners", "by"),
    "violation": (
        "ref_id", "product_id", "reason", "text", "severity", "points", "from", "to", "appeal_until", "evidence",
        "scheme", "kind",
    ),
    "appeal_submitted": ("ref_id", "text", "evidence", "by"),
    "appeal_decided": ("ref_id", "outcome", "text"),
    "promotion_started": ("ref_id", "product_id", "title", "kind", "text", "ends_at", "price"),
    "pin": ("ref_id", "product_id", "title", "text", "by"),
    "product_listed": ("product_id", "sku_id", "title", "price", "currency", "stock", "image", "text"),
    "price_changed": ("product_id", "sku_id", "price", "currency"),
    "stock": ("product_id", "sku_id", "count"),
    "caption": ("text", "lang", "name"),
    "comment": ("text", "name", "lang", "product_id", "ref_id", "kind"),
    "question_answered": ("ref_id", "text", "by"),
    "host_changed": ("host", "text"),
}  # fmt: skip
ODD: tuple[Any, ...] = ([], ["x"], {}, {"a": 1}, [{"a": ["x"]}], [None])
SOUND: dict[str, dict[str, Any]] = {
    "giveaway_started": {"ref_id": "g", "product_id": "p", "length": 60},
    "giveaway_ended": {"ref_id": "g"},
    "violation": {"ref_id": "v", "reason": "claim", "product_id": "p"},
    "appeal_submitted": {"ref_id": "v"},
    "appeal_decided": {"ref_id": "v", "outcome": "accepted"},
    "promotion_started": {"ref_id": "s", "product_id": "p", "title": "Sale"},
    "pin": {"product_id": "p"},
    "product_listed": {"product_id": "p", "title": "Cream", "stock": 9, "price": "5"},
    "price_changed": {"product_id": "p", "price": "4"},
    "stock": {"product_id": "p", "count": 3},
    "caption": {"text": "this is the cream"},
    "comment": {"user_id": "a", "text": "is it vegan?"},
    "question_answered": {"ref_id": "said"},
    "host_changed": {"host": "Mia"},
}


def answered(*odd: Event) -> None:
    """Everything is asked of a LIVE in which this was said, as it runs and as it ended."""
    room = live(
        at(1, lists("p", title="Cream", stock=9, price="5")), at(2, enter("a")), at(3, order("a", 5)),
        at(4, says("a", "is it vegan?", event_id="said")),
        *(at(5 + place, line) for place, line in enumerate(odd)), at(100, enter("b")),
    )  # fmt: skip
    for seen in (room, as_of(room, room.last_ts)):
        giveaways(seen, None)
        notices(seen, None)
        counsel(seen, None)
        violations(seen, None)
        table(seen, None)
        for marker in markers(seen):
            happening(seen, None, marker.id)
        for product_id in seen.product_facts:
            script(seen, None, product_id)
            history(seen, None, product_id)


@pytest.mark.parametrize("kind", FIELDS)
def test_a_list_or_an_object_in_any_free_field_takes_nothing_down(kind: str) -> None:
    odd = [event(kind, **{**SOUND[kind], name: value}) for name in FIELDS[kind] for value in ODD]
    answered(*odd)


REFUSED = {"ref_id", "product_id", "sku_id", "title", "text", "price", "currency", "count"}
"""What the reader checks itself: it refuses the line, and nothing further sees it."""
FREE = {kind: [name for name in names if name not in REFUSED] for kind, names in FIELDS.items()}
anything = st.sampled_from(ODD) | st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.just("p")
line = st.sampled_from([kind for kind, names in FREE.items() if names]).flatmap(
    lambda kind: st.fixed_dictionaries({}, optional=dict.fromkeys(FREE[kind], anything)).map(
        lambda odd: {**event(kind, **SOUND[kind]), **odd}
    )
)


@settings(max_examples=40, deadline=None)
@given(st.lists(line, min_size=2, max_size=8))
def test_whatever_the_fields_of_several_lines_hold_every_answer_comes(odd: list[Event]) -> None:
    answered(*odd)

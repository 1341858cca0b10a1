"""The form for a giveaway: what it offers, and the words that go with what is chosen."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts import giveaway_form as part
from livedash.locale import Words
from livedash.rollup.room import ProductFacts
from tests.layouts.pages import find, ids, walk

WORDS = Words("en")


def test_products_are_offered_with_what_is_left_of_them() -> None:
    facts = (ProductFacts("p", "Cream", sku_ids=("p-1", "p-2"), stock=3), ProductFacts("q", "Serum", stock=0),
             ProductFacts("r", "Mist"))  # fmt: skip
    assert part.options(facts, WORDS) == [
        {"value": "p", "label": "Cream · about 3 left", "search": "p p-1 p-2"},
        {"value": "q", "label": "Serum · sold out", "search": "q"},
        {"value": "r", "label": "Mist", "search": "r"},
    ]
    pinned = [one["label"] for one in part.options(facts, WORDS, ("p",))]
    assert pinned == ["Cream · about 3 left · pinned now", "Serum · sold out", "Mist"]


def test_how_to_enter_is_said_where_the_rule_alone_does_not() -> None:
    assert part.how_to_enter("comment", "luna", None, WORDS) == "Write “luna” to enter"
    assert part.how_to_enter("watch_time", None, 120, WORDS) == "Watch for 2m 00s to enter"
    assert part.how_to_enter("comment", None, None, WORDS) is None
    assert part.how_to_enter("follow", "luna", 120, WORDS) is None


def test_every_field_has_a_name_and_every_wrong_field_is_there() -> None:
    built = part.layout(WORDS)
    labels = [found for found in walk(built) if isinstance(found, Component) and found._type == "Label"]
    named = {id for label in labels for id in ids(label)}
    assert {part.SEARCH, part.PRODUCT, part.PRIZES, part.LENGTH, part.KEYWORD, part.WATCH, part.TIME} <= named
    assert set(part.FIELDS.values()) <= set(ids(built))


def test_the_rules_are_those_that_can_be_created() -> None:
    options = find(part.layout(WORDS), part.RULE).options
    assert [option["value"] for option in options] == ["everyone", "comment", "follow", "watch_time", "purchase"]

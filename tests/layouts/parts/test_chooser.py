"""What can be chosen is offered by group with its words; what a browser kept is never trusted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dash import dcc

from layouts.parts.chooser import Choice, Group, chooser, chosen, chosen_id, metric_groups, options_id
from livedash.analysis.metrics import GROUPS, HEADLINE, METRICS
from livedash.locale import Words

WORDS = Words("en")
GROUPED = (Group("Fruit", (Choice("apple", "Apple", "Red or green."), Choice("pear", "Pear"))),)


def stores(root: str, most: int = 16) -> dict[str, dcc.Store]:
    built = chooser(root, "Choose", GROUPED, ("apple",), most, WORDS)
    return {part.id: part for part in built.children if isinstance(part, dcc.Store)}


@pytest.mark.parametrize(
    ("kept", "keys"),
    [
        (None, ("apple",)),
        (["pear", "apple"], ("pear", "apple")),
        (["pear", "pear"], ("pear",)),
        (["plum", "pear", 3, None], ("pear",)),
        ([], ()),
        ("pear", ("apple",)),
        ({"pear": 1}, ("apple",)),
    ],
)
def test_what_is_chosen(kept: Any, keys: tuple[str, ...]) -> None:
    assert chosen(kept, {"apple", "pear"}, ("apple",)) == keys


def test_the_choice_is_kept_for_the_next_visit() -> None:
    kept = stores("fruit")[chosen_id("fruit")]
    assert kept.storage_type == "local" and not hasattr(kept, "data")


def test_the_browser_is_told_all_it_needs() -> None:
    options = stores("fruit", most=3)[options_id("fruit")].data
    assert options["most"] == 3 and options["default"] == ["apple"] and options["chosen"] == chosen_id("fruit")
    assert options["groups"][0]["choices"][0] == {"key": "apple", "label": "Apple", "help": "Red or green."}
    assert options["words"]["full"] == "At most 3 can be chosen. Take one away first."
    assert options["words"]["moved"] == "{name} moved to place {place} of {count}"
    json.dumps(options)


def test_two_choosers_do_not_share_an_id() -> None:
    assert not set(stores("fruit")) & set(stores("bread"))


def test_metrics_are_offered_by_their_groups() -> None:
    groups = metric_groups(WORDS, "time", without=(HEADLINE,))
    keys = [choice.key for group in groups for choice in group.choices]
    assert set(keys) == {key for key, metric in METRICS.items() if "time" in metric.by} - {HEADLINE}
    assert [group.label for group in groups] == list(GROUPS.values())


def test_a_group_of_which_nothing_can_be_chosen_is_left_out() -> None:
    assert "Interaction" not in [group.label for group in metric_groups(WORDS, "product")]

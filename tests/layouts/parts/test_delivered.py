"""How far an action has come, for the eye and in words."""
from __future__ import annotations

import pytest

from layouts.parts.delivered import badge, console_link
from livedash.analysis.deliveries import STATES, Delivery
from livedash.locale import Words
from livedash.words import Sentence
from tests.layouts.parts.text import text

EN = Words("en")
TIMEOUT = Sentence.of("the webhook did not answer in time")


def test_every_state_has_a_word_and_a_sign_of_its_own() -> None:
    shown = [badge(Delivery(state), EN) for state in STATES]
    assert len({text(one) for one in shown}) == len({one.children[0].className for one in shown}) == len(STATES)


@pytest.mark.parametrize("state", ["retrying", "failed"])
def test_what_stands_in_the_way_is_said(state: str) -> None:
    assert "did not answer in time" in text(badge(Delivery(state, 3, 1, TIMEOUT), EN))
    assert "没有" in text(badge(Delivery(state, 3, 1, TIMEOUT), Words("zh")))


def test_what_waits_for_an_earlier_one_says_so() -> None:
    waiting = Delivery(reason=Sentence.of("waits for an earlier one"))
    assert text(badge(waiting, EN)) == "recorded: waits for an earlier one"


def test_an_action_of_which_nothing_is_known_is_recorded() -> None:
    assert text(badge(None, EN)) == "recorded"


def test_the_console_opens_apart_and_learns_nothing_of_us() -> None:
    link = console_link("https://seller.example/live", EN)
    assert link is not None and link.href == "https://seller.example/live"
    assert link.target == "_blank" and "noopener" in link.rel and "noreferrer" in link.rel
    assert console_link(None, EN) is None

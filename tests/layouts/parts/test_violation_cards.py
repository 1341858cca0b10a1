"""The violation cards: everything that is known of each, in the reader's words, and only what can be done now."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from dash import html

from layouts.parts import violation_cards as part
from layouts.parts.violation_cards import Told
from livedash.analysis.claims import flagged
from livedash.analysis.deliveries import Delivery
from livedash.analysis.effects import Effect
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import AROUND_VIOLATION
from livedash.analysis.remedies import UNKNOWN, remedy
from livedash.analysis.violations import (
    ALL,
    MOST,
    NONE,
    OPEN,
    REJECTED,
    SHOWN,
    SUBMITTED,
    UPHELD,
    Appeal,
    Around,
    Change,
    ProductFacts,
    Said,
    Violation,
    Violations,
)
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import find, texts, walk

WORDS = Words("en", currency="USD")
VIEW = View("autumn", 1)
AT = 1_795_435_200_000
CREAM = ProductFacts("p 1", "Cream")
ROOT_LAYOUT = part.layout(WORDS)

VIOLATION = Violation(
    ref="v1", ids=("e1",), ts=AT, reason="Misleading_claim", severity="medium", points="2", scheme="Health (MY)",
    detail="“Cures acne” was said.", advice=None, remedy=remedy("misleading claim"), product=CREAM, product_id="p 1",
    pinned=CREAM, captions=(Said(AT - 5000, "It cures acne, I promise", claims=flagged("It cures acne, I promise")),),
    comments=(Said(AT - 3000, "really?", "ana"), Said(AT + 4000, "hm", "")), comments_in_all=5, appeal=Appeal(),
    until=None, around=Around(300_000, tuple(Change(key, 10, None) for key in AROUND_VIOLATION)),
)  # fmt: skip
APPEALED = replace(
    VIOLATION,
    appeal=Appeal(SUBMITTED, "op-1", AT + 60_000, "did_not_happen", "It was a question.\nTruly.", ("a.png",), "ana"),
)


def answer(*found: Violation, state: str = ALL, in_live: int | None = None, **more: Any) -> Told:
    counts = tuple((name, len(found)) for name in SHOWN)
    return Told(Violations(found, counts, len(found) if in_live is None else in_live), state, **more)


def show(*found: Violation, view: View = VIEW, **more: Any) -> dict[str, Any]:
    shown = part.show(answer(*found, **more), view, WORDS)
    return shown | {"list": shown["cards"]}


def card(one: Violation, view: View = VIEW, words: Words = WORDS, **more: Any) -> Any:
    return part.show(answer(one, **more), view, words)["cards"]


def of_class(built: Any, name: str) -> list[Any]:
    return [one for one in walk(built) if name in (getattr(one, "className", None) or "").split()]


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(answer(VIOLATION), VIEW, WORDS)) == set(part.show(answer(), VIEW, WORDS)) == set(part.OUTPUTS)


def test_a_card_says_why_how_bad_and_about_which_product() -> None:
    said = texts(card(VIOLATION))
    for told in ("Misleading or absolute claim", "Severity: medium", "Points: 2 (Health (MY))", "Cream",
                 "“Cures acne” was said.", "What the log says"):  # fmt: skip
        assert told in said
    [link, _] = [one for one in walk(card(VIOLATION)) if isinstance(one, html.A)]
    assert link.href == "/rooms/autumn/products?product=p+1"


@pytest.mark.parametrize(
    ("change", "told", "untold"),
    [
        ({"reason": "odd_reason", "remedy": UNKNOWN}, "odd reason", "In the log:"),
        ({"reason": None, "remedy": UNKNOWN}, "no reason given", "In the log:"),
        ({"points": "2", "scheme": None}, "Points: 2", "Points: 2 ("),
        ({"points": None, "scheme": "Health (MY)"}, "Health (MY)", "Points"),
        ({"severity": None}, "Points", "Severity"),
        ({"product": None}, "p 1", "None"),
        ({"product": None, "product_id": None}, "Points", "Product:"),
        ({"advice": "Take it back."}, "What the platform advises\nTake it back.", "None"),
        ({"detail": None}, "What to do", "What the log says"),
    ],
)
def test_what_is_not_known_is_not_told(change: dict[str, Any], told: str, untold: str) -> None:
    said = texts(card(replace(VIOLATION, **change)))
    assert told in said and untold not in said


def test_the_log_s_own_code_stands_beside_our_name_where_they_differ() -> None:
    assert "Misleading_claim" in texts(card(VIOLATION))
    assert "In the log:" not in texts(card(replace(VIOLATION, reason="misleading or ABSOLUTE claim")))


def test_what_to_do_is_said_in_the_reader_s_language() -> None:
    known = remedy("misleading claim")
    assert all(step in texts(card(VIOLATION)) for step in (known.now, known.later, known.appeal))
    chinese = texts(card(VIOLATION, words=Words("zh")))
    assert known.now not in chinese and Words("zh")(known.now) in chinese


def test_it_plays_the_broadcast_from_there() -> None:
    [play] = of_class(card(VIOLATION), "plays")
    assert getattr(play, "data-ms") == str(AT)
    assert getattr(play, "aria-label") == "Play from 12:00:00: Misleading or absolute claim"


def test_what_was_said_stands_in_order_with_the_violation_in_its_place() -> None:
    lines = [texts(line) for line in of_class(card(VIOLATION), "said-list")[0].children]
    assert [line.split("\n")[1] for line in lines] == ["Host", "ana", "The violation", "A viewer"]
    assert "3 more comments then" in texts(card(VIOLATION)) and "Pinned:" in texts(card(VIOLATION))


def test_what_is_objected_to_is_marked_and_explained() -> None:
    marks = [one for one in walk(card(VIOLATION)) if isinstance(one, html.Mark)]
    assert marks and all(mark.children in "It cures acne, I promise" for mark in marks)
    said = of_class(card(VIOLATION), "host")[0]
    assert texts(said).replace("\n", "").endswith("HostIt cures acne, I promise")
    assert of_class(card(VIOLATION), "claim")


def test_where_nothing_was_said_or_pinned_that_is_said() -> None:
    silent = texts(card(replace(VIOLATION, captions=(), comments=(), comments_in_all=0, pinned=None)))
    assert "neither captions nor comments" in silent and "No product was pinned." in silent


def test_figures_stand_before_and_after_and_claim_no_cause() -> None:
    clicks, gmv = AROUND_VIOLATION[1], AROUND_VIOLATION[-1]
    around = Around(300_000, (Change(gmv, Decimal("150.5"), Decimal(0)), Change(clicks, 3, None)))
    said = texts(card(replace(VIOLATION, around=around)))
    assert "5 min before\n5 min after" in said and "Direct GMV\n$150.50\n$0.00" in said
    assert "Product clicks\n3\n–" in said and "need not have come of it" in said
    assert "1m 30s before" in texts(card(replace(VIOLATION, around=Around(90_000, around.changes))))
    assert "Too close to the start" in texts(card(replace(VIOLATION, around=Around(0, ()))))


def test_what_was_to_be_expected_stands_under_each_figure_with_what_overlaps() -> None:
    pin = Marker("m", "pin", AT + 9, None, True, Sentence.of("Pinned: {product}", product="Cream"))
    key = AROUND_VIOLATION[1]
    told = Effect(key, Window(AT, AT + 300_000), None, 3, 6.0, -0.5, -0.7, -0.2, (pin,), None)
    said = texts(card(replace(VIOLATION, around=Around(300_000, (Change(key, 6, 3, told), Change(key, 6, 3, told))))))
    assert "50% fewer clicks than expected, between 20% and 70%" in said
    assert said.count("Overlaps: Pinned: Cream") == 1
    waits = texts(card(replace(VIOLATION, around=Around(90_000, (Change(key, 6, 3),), AT + 300_000))))
    assert "What was to be expected is told from 12:05 on." in waits


# ------------------------------------------------------------------------------------------------------------- appeal


def test_a_violation_that_is_not_appealed_offers_to() -> None:
    [button] = of_class(card(VIOLATION), "appeals")
    assert (getattr(button, "data-ref"), getattr(button, "data-to")) == ("v1", "/appeals/autumn")
    assert getattr(button, "aria-haspopup") == "dialog"
    assert "Misleading or absolute claim" in getattr(button, "data-about")
    assert of_class(card(VIOLATION), "decides") == []


def test_a_deadline_is_shown_where_one_is_known() -> None:
    known = card(replace(VIOLATION, until=AT + 86_400_000))
    assert "Can be appealed until Nov 24, 2026 12:00." in texts(known)
    [left] = of_class(known, "until-left")
    assert getattr(left, "data-until") == str(AT + 86_400_000)
    assert of_class(card(VIOLATION), "until") == []


def test_an_appeal_is_shown_as_it_was_submitted() -> None:
    shown = card(APPEALED, console="https://seller.example/live")
    said = texts(shown)
    for told in ("Appealed Nov 23, 2026 12:01 by ana", "It did not happen", "It was a question.\nTruly.", "a.png"):
        assert told in said
    [link] = [one for one in walk(shown) if isinstance(one, html.A) and getattr(one, "download", None)]
    assert link.href == "/evidence/autumn/a.png?violation=v1" and link.download == "a.png"
    assert of_class(shown, "appeals") == []


def test_it_says_how_far_it_has_travelled() -> None:
    assert "recorded" in texts(card(APPEALED))
    assert "confirmed" in texts(card(APPEALED, deliveries={"op-1": Delivery("confirmed", 1)}))
    elsewhere = replace(APPEALED, appeal=replace(APPEALED.appeal, by=None))
    assert of_class(card(elsewhere), "delivery") == []


def test_it_can_be_copied_and_the_console_opened_where_there_is_one() -> None:
    [copies] = of_class(card(APPEALED, console="https://seller.example/live"), "copies-appeal")
    assert copies.children == "Copy and open the console"
    assert getattr(copies, "data-console") == "https://seller.example/live"
    assert getattr(copies, "data-text").endswith("(v1)\nIt did not happen\nIt was a question.\nTruly.")
    [copies] = of_class(card(APPEALED), "copies-appeal")
    assert copies.children == "Copy the appeal" and getattr(copies, "data-console") == ""


@pytest.mark.parametrize(
    ("state", "told", "offered"),
    [
        (SUBMITTED, "Has it been decided?", [UPHELD, REJECTED]),
        (UPHELD, "the violation does not stand", [REJECTED]),
        (REJECTED, "Rejected Nov 23, 2026 12:05: the violation stands.", [UPHELD]),
    ],
)
def test_how_it_was_decided_is_told_and_can_be_said(state: str, told: str, offered: list[str]) -> None:
    decided = None if state == SUBMITTED else AT + 300_000
    shown = card(replace(APPEALED, appeal=replace(APPEALED.appeal, state=state, decided_at=decided)))
    assert told in texts(shown)
    assert [getattr(one, "data-outcome") for one in of_class(shown, "decides")] == offered


def test_an_outcome_that_is_not_known_is_told_as_it_stands() -> None:
    odd = replace(APPEALED.appeal, decided_at=AT + 300_000, outcome="in review")
    assert "Said Nov 23, 2026 12:05: in review" in texts(card(replace(APPEALED, appeal=odd)))


@pytest.mark.parametrize("one", [VIOLATION, APPEALED], ids=["open", "appealed"])
def test_in_the_time_machine_nothing_can_be_done_and_that_is_said(one: Violation) -> None:
    shown = card(replace(one, until=AT + 86_400_000), view=View("autumn", 1, as_of=AT + 100_000))
    assert of_class(shown, "appeals") == of_class(shown, "decides") == of_class(shown, "until-left") == []
    assert "Go back to now" in texts(shown)


# -------------------------------------------------------------------------------------------------- the choice, nothing


def test_every_state_can_be_chosen_with_how_many_there_are() -> None:
    filters = [option["value"] for option in find(ROOT_LAYOUT, part.FILTER).options]
    assert filters == list(SHOWN) == list(part.FILTERS) == list(part.NOTHING)
    assert [option["label"] for option in show(VIOLATION)["options"]] == [
        "All 1", "Open 1", "Appealed 1", "Upheld 1", "Rejected 1",
    ]  # fmt: skip
    assert find(ROOT_LAYOUT, part.FILTER).persistence and set(part.STATES) == {NONE, SUBMITTED, UPHELD, REJECTED}


def test_no_violation_is_good_news() -> None:
    assert "No violation so far." in texts(show()["list"])
    assert "No violation so far." in texts(show(state=UPHELD)["list"])


def test_nothing_of_a_state_is_said_of_that_state() -> None:
    some = Told(Violations((), ((ALL, 2), (OPEN, 0), (SUBMITTED, 0), (UPHELD, 2), (REJECTED, 0)), 2), OPEN)
    assert "every appeal was upheld" in texts(part.show(some, VIEW, WORDS)["cards"])


def test_nothing_in_the_stretch_points_to_the_whole() -> None:
    assert "there are 3 in the LIVE" in texts(show(in_live=3)["list"])


def test_of_very_many_it_is_said_how_many_are_shown() -> None:
    told = Told(Violations((VIOLATION,), tuple((name, MOST + 1) for name in SHOWN), MOST + 1))
    assert part.show(told, VIEW, WORDS)["note"] == "The latest 100 of 101."


def test_a_card_keeps_its_place_by_its_name() -> None:
    [item] = show(VIOLATION)["list"].children
    assert item.key == "v1" and getattr(item.children, "data-ref") == "v1"
    assert getattr(item.children, "data-ids") == '["e1"]'


def test_hostile_text_is_only_text() -> None:
    bad = "<img src=x onerror=alert(1)>"
    one = replace(
        APPEALED, ref=bad, ids=(bad,), reason=bad, severity=bad, points=bad, scheme=bad, detail=bad, advice=bad,
        remedy=UNKNOWN, product=ProductFacts(bad, bad), product_id=bad, pinned=ProductFacts(bad, bad),
        captions=(Said(AT, bad),), comments=(Said(AT, bad, bad),),
        appeal=Appeal(SUBMITTED, bad, AT, bad, bad, (bad, "javascript:alert(1)"), bad, AT, bad, bad),
    )  # fmt: skip
    shown = card(one)
    assert texts(shown).count(bad) >= 12
    for link in (one for one in walk(shown) if isinstance(one, html.A)):
        assert link.href.startswith("/") and not link.href.startswith("//") and "<" not in link.href
    assert not [one for one in walk(shown) if "Dangerously" in type(one).__name__ or type(one).__name__ == "Markdown"]

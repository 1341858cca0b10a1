"""The recommendations card: what to do with its reason and its buttons, and below what happened, by title, time and
reason, told apart by more than a colour."""
from __future__ import annotations

import inspect
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from layouts.parts import recommendations as part
from livedash.analysis import notices
from livedash.analysis.advice import RANKS, Advice, Counsel
from livedash.analysis.notices import Notice
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Amount, Sentence
from tests.layouts.pages import walk
from tests.layouts.parts.text import text

WORDS = Words("en", "Asia/Singapore", "USD")
VIEW = View("autumn", 1)
TEN_PAST_EIGHT = 1_795_435_800_000


def notice(kind: str = "violation", ts: int = TEN_PAST_EIGHT, title: str = "Violation: unverified claim") -> Notice:
    return Notice(f"{kind}-{ts}", ts, kind, "bad", Sentence.of(title), Sentence.of("“cures acne” was said on air."))


def told(*notices: Notice, advice: tuple[Advice, ...] = (), running: bool = True) -> Counsel:
    return Counsel(advice, notices, running)


def one(kind: str, act: str | None = None, **more: Any) -> Advice:
    return Advice(f"{kind}-1", kind, 7, Sentence.of(f"Do {kind}"), (Sentence.of("Because."),), act, **more)


PIN = replace(
    one("pin", "pin", product_id="p"),
    title=Sentence.of("Pin {product}", product="Serum"),
    reasons=(
        Sentence.of(
            "About {middle} in the next 10 min ({low} to {high}).",
            middle=Amount(Decimal("641.20"), "estimate"), low=Amount(Decimal("407"), "estimate"),
            high=Amount(Decimal("894"), "estimate"),
        ),
    ),
)  # fmt: skip


def shown(*advice: Advice, view: View = VIEW, running: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = part.show(told(advice=advice, running=running), view, WORDS)["advice"]
    return found


def actions(advice: Advice, view: View = VIEW) -> list[dict[str, Any]]:
    [item] = shown(advice, view=view)["items"]
    found: list[dict[str, Any]] = item["actions"]
    return found


# --- advice


def test_the_product_to_pin_says_what_to_expect_in_round_figures_and_pins_at_a_press() -> None:
    [item] = shown(PIN)["items"]
    assert (item["title"], item["reasons"]) == ("Pin Serum", ["About $640 in the next 10 min ($410 to $890)."])
    assert item["actions"] == [{"do": "pin", "label": "Pin now", "product": "p", "first": True}]


def test_each_kind_leads_to_where_it_is_dealt_with() -> None:
    window = Window(TEN_PAST_EIGHT, TEN_PAST_EIGHT + 60_000)
    assert actions(one("violation", ref="v1"))[0]["href"] == "/rooms/autumn/violations?violation=v1"
    assert actions(one("appeal", ref="v1"))[0]["href"] == "/rooms/autumn/violations?violation=v1"
    assert actions(one("giveaway"))[0]["href"] == "/rooms/autumn/giveaways"
    assert actions(one("funnel", window=window))[0]["href"].startswith("/rooms/autumn/trends?from=")
    assert [a["do"] for a in actions(one("sold_out", "unpin", product_id="p"))] == ["unpin"]
    assert [a["do"] for a in actions(one("stock", "unpin", product_id="p"))] == ["unpin", "go"]
    assert [a["do"] for a in actions(one("paid"))] == ["look"]
    answer, look = actions(one("question", "answer", comments=(("c1", 5), ("c2", 6))))
    assert answer["comments"][1] == {"id": "c2", "ts": 6} and look["choose"]["value"] == "questions"


def test_of_the_past_advice_is_shown_but_nothing_can_be_done() -> None:
    past = replace(VIEW, as_of=TEN_PAST_EIGHT)
    assert actions(PIN, past) == [] and [a["do"] for a in actions(one("sold_out", "unpin", product_id="p"), past)] == []
    assert shown(PIN, view=past)["note"] == "As it was at 20:10: nothing can be done in the past."
    assert shown(PIN)["note"] == "" and shown(view=past)["note"] == ""


def test_with_nothing_to_do_it_says_so_and_why_there_is_no_pin_to_advise() -> None:
    assert shown()["calm"] == "Nothing to do just now."
    early = Counsel((), (), True, Sentence.of("Nothing was pinned for long enough to say what a pin brings."))
    said = part.show(early, VIEW, WORDS)["advice"]["calm"]
    assert said == "Nothing to do just now. Nothing was pinned for long enough to say what a pin brings."


def test_after_the_end_it_says_that_only_what_happened_is_told() -> None:
    assert shown(running=False)["calm"].startswith("Advice is given while a LIVE runs.")


@pytest.mark.parametrize("kind", RANKS)
def test_a_kind_of_advice_is_told_by_a_sign_with_a_name(kind: str) -> None:
    [item] = shown(one(kind, ref="v"))["items"]
    assert item["sign"] and item["kind"]


def test_advice_carries_what_it_tells_so_that_no_notice_says_it_twice() -> None:
    [item] = shown(one("violation", ref="v", tells=("violation-1",)))["items"]
    assert item["tells"] == ["violation-1"]
    drawn = part.show(told(notice()), VIEW, WORDS)["notices"]
    assert [line.to_plotly_json()["props"]["data-notice"] for line in drawn.children] == [f"violation-{TEN_PAST_EIGHT}"]


# --- notices


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(told(notice()), VIEW, WORDS)) == set(part.show(told(), VIEW, WORDS)) == set(part.OUTPUTS)


def test_a_notice_says_what_when_and_why() -> None:
    shown = text(part.show(told(notice()), VIEW, WORDS)["notices"])
    assert shown == " Violation: unverified claim20:10 · “cures acne” was said on air."


def test_notices_stand_as_they_are_answered_newest_first() -> None:
    answer = told(notice(ts=TEN_PAST_EIGHT + 60_000, title="Later"), notice(title="Before"))
    said = [text(item) for item in part.show(answer, VIEW, WORDS)["notices"].children]
    assert said[0].startswith(" Later20:11") and said[1].startswith(" Before20:10")


@pytest.mark.parametrize("kind", part.KINDS)
def test_a_kind_is_told_by_a_sign_with_a_name_and_not_by_colour_alone(kind: str) -> None:
    shown = part.show(told(notice(kind)), VIEW, WORDS)["notices"]
    [sign] = [one for one in walk(shown) if (getattr(one, "className", None) or "").startswith("sign ")]
    assert sign.role == "img" and getattr(sign, "aria-label")


def test_every_kind_that_the_analysis_tells_has_its_sign() -> None:
    told = set(re.findall(r'"((?:violation|giveaway_\w+|stock|\w+_fall))"', inspect.getsource(notices)))
    assert told == set(part.KINDS) and set(RANKS) == set(part.SIGNS)


def test_the_page_is_told_the_times_by_which_it_counts_what_is_new() -> None:
    answer = told(notice(ts=7), notice(ts=5))
    assert part.show(answer, VIEW, WORDS)["latest"] == {"room": "autumn", "times": [7, 5]}


def test_nothing_to_tell_is_said() -> None:
    shown = part.show(told(), VIEW, WORDS)
    assert "Nothing to tell yet" in text(shown["notices"]) and shown["latest"]["times"] == []


def test_hostile_words_are_only_words() -> None:
    shown = part.show(told(notice(title="<script>alert(1)</script>")), VIEW, WORDS)["notices"]
    assert "<script>alert(1)</script>" in text(shown)

"""What giveaways went together with: of known courses, what is known."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from livedash.analysis.giveaway_effects import Comparison, Outcome, what_it_did, which_worked
from livedash.analysis.metrics import GIVEAWAY_JUDGED, GIVEAWAY_OF_PRODUCT, GIVEAWAY_OF_ROOM
from livedash.locale import Words
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import START, Event, at, between, clicks, ended, enter, event, lists, live, pin, says

MINUTE = 60
LISTED = (lists("p", title="Cream"), lists("q", title="Serum"))


def each_minute(first: int, last: int, times: int, what: Event) -> Iterator[Event]:
    """The event so many times a minute (two more or fewer, by turns), from one minute to another."""
    for minute in range(first, last):
        count = times + (-2, 0, 2, 0)[minute % 4]
        for place in range(count):
            yield at(minute * MINUTE + (place + 0.5) * MINUTE / count, what)


def starts(minute: int, ref: str, **said: object) -> Event:
    return at(minute * MINUTE, event("giveaway_started", event_id=ref, ref_id=ref, product_id="p", **said))


def over(minute: int, ref: str) -> Event:
    return at(minute * MINUTE, event("giveaway_ended", ref_id=ref))


def clicked(*more: Event, first: int = 60, second: int = 40) -> Rollup:
    """Two hours of 40 clicks a minute on the product, and 40 on another; from minute 60 to 70 and from 90 to 100, when
    giveaways a and b run, as many on the product as said."""
    counts = ((0, 60, 40), (60, 70, first), (70, 90, 40), (90, 100, second), (100, 120, 40))
    on_p = [one for begin, end, times in counts for one in each_minute(begin, end, times, clicks(None, "p"))]
    runs = (starts(60, "a", length=600), starts(90, "b"), over(100, "b"))
    views = each_minute(0, 120, 20, enter(None))
    return live(*LISTED, *on_p, *each_minute(0, 120, 40, clicks(None, "q")), *views, *runs, *more,
                at(120 * MINUTE, ended()))  # fmt: skip


def of(room: Rollup, giveaway: str | None) -> Outcome:
    found = what_it_did(room, None, giveaway)
    assert found is not None
    return found


def english(found: Comparison) -> list[str]:
    return [Words("en").sentence(sentence) for sentence in found.sentences]


def test_clicks_of_its_product_rise_by_half_and_those_of_another_do_not() -> None:
    found = of(clicked(), "a")
    own, other = found.products
    assert (own.product_id, own.title, own.own) == ("p", "Cream", True) and not other.own
    assert [one.key for one in own.effects] == list(GIVEAWAY_OF_PRODUCT)
    rose = own.effects[0]
    assert rose.observed == 598 and rose.uplift == pytest.approx(0.5, abs=0.06) and rose.clear
    assert other.product_id == "q" and not other.effects[0].clear


def test_of_the_live_all_that_was_asked_for_is_told() -> None:
    found = of(clicked(), "a")
    assert [one.key for one in found.room] == list(GIVEAWAY_OF_ROOM)
    assert found.room[0].product_id is None and found.room[0].observed == 598 + 398
    assert found.room[0].uplift == pytest.approx(0.25, abs=0.05)
    assert (found.name, found.start, found.end, found.running) == (
        "Cream", START + 3_600_000, START + 4_200_000, False,
    )  # fmt: skip


def test_comments_that_only_enter_are_no_talk() -> None:
    talk = list(each_minute(0, 120, 10, says(None, "nice")))
    entries = list(each_minute(60, 70, 30, says(None, "luna", ref_id="a")))
    rate = next(one for one in of(clicked(*talk, *entries), "a").room if one.key == "comment_rate")
    assert rate.uplift == pytest.approx(0, abs=0.1) and not rate.clear


def test_without_an_id_it_is_the_latest_that_has_run() -> None:
    planned = starts(119, "c", starts_at=START + 10**7)
    assert of(clicked(), None).id == "b"
    assert of(clicked(planned), None).id == "b"
    assert what_it_did(clicked(planned), None, "c") is None
    assert what_it_did(live(*LISTED), None, None) is None


def test_only_those_of_the_window() -> None:
    assert what_it_did(clicked(), between(0, 3000), None) is None
    found = what_it_did(clicked(), between(3000, 4500), None)
    assert found is not None and found.id == "a"


def test_while_it_runs_it_is_told_as_far_as_it_has_come() -> None:
    found = of(as_of(clicked(), START + 65 * MINUTE * 1000), "a")
    assert found.running and found.room[0].window.end == START + 65 * MINUTE * 1000
    assert found.products[0].effects[0].uplift == pytest.approx(0.5, abs=0.1)


def test_what_happened_at_the_same_time_is_said_and_it_is_none_of_it_itself() -> None:
    found = of(clicked(at(62 * MINUTE, pin("q"))), "a")
    assert [marker.kind for marker in found.overlaps] == ["pin"]


def test_without_a_product_it_is_told_of_the_live_and_of_those_that_were_clicked() -> None:
    nameless = at(60 * MINUTE, event("giveaway_started", event_id="a", ref_id="a", title="Mug", length=600))
    room = live(*LISTED, *each_minute(0, 80, 40, clicks(None, "q")), nameless)
    found = of(room, "a")
    assert found.name == "Mug" and [(one.product_id, one.own) for one in found.products] == [("q", False)]
    assert which_worked(room, None).giveaways[0].effects[0].product_id is None


def test_which_worked_is_said_with_the_others() -> None:
    found = which_worked(clicked(), None)
    assert [one.id for one in found.giveaways] == ["b", "a"]
    assert [one.key for one in found.giveaways[0].effects] == list(GIVEAWAY_JUDGED)
    best, others = english(found)
    assert best.startswith("Best went Cream at 20:00: ") and "more clicks than expected" in best
    assert others == "The other shows no clear rise."
    assert english(which_worked(clicked(second=80), None))[1] == "The other rose clearly too."


def test_where_none_worked_or_nobody_can_tell_that_is_said() -> None:
    assert "None of them clearly" in english(which_worked(clicked(first=40), None))[0]
    assert english(which_worked(clicked(first=40, second=10), None))[-1] == "With fewer: 1."
    early = live(*LISTED, starts(0, "a", length=60), starts(1, "b", length=60), at(130, enter("x")))
    assert english(which_worked(early, None)) == ["Of none of them is there enough data to tell."]


def test_one_alone_is_compared_with_nothing() -> None:
    room = live(*LISTED, *each_minute(0, 80, 40, clicks(None, "p")), starts(60, "a", length=600))
    found = which_worked(room, None)
    assert len(found.giveaways) == 1 and found.sentences == ()


def test_entries_a_minute_are_over_the_time_it_ran() -> None:
    entered = [at(61 * MINUTE + n, event("giveaway_entered", f"u{n}", ref_id="a")) for n in range(50)]
    second, first = which_worked(clicked(*entered), None).giveaways
    assert first.entries_a_minute == pytest.approx(5) and second.entries_a_minute is None

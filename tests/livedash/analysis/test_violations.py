"""Violations as the log tells them: what was on air, how far appeals have come, and what figures did around them."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from livedash.analysis.remedies import UNKNOWN
from livedash.analysis.violations import (
    ALL,
    MOST,
    MOST_JUDGED,
    NONE,
    OPEN,
    REJECTED,
    SUBMITTED,
    UPHELD,
    Violation,
    Violations,
    appeal_lines,
    standing_violations,
    violations,
)
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import (
    START,
    Event,
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
    says,
    unpin,
    viewers,
)


def violation(ref: str | None = "v", **said: Any) -> Event:
    return event("violation", ref_id=ref, **said)


def submitted(ref: str = "v", **said: Any) -> Event:
    return event("appeal_submitted", ref_id=ref, **said)


def decided(outcome: str | None, ref: str = "v", **said: Any) -> Event:
    return event("appeal_decided", ref_id=ref, outcome=outcome, **said)


def caption(text: str) -> Event:
    return event("caption", text=text)


def only(rollup: Rollup) -> Violation:
    [one] = violations(rollup, None).found
    return one


def counts(found: Violations) -> dict[str, int]:
    return dict(found.counts)


def test_a_violation_is_told_with_everything_its_line_says() -> None:
    said: dict[str, Any] = {"reason": "Misleading_claim", "severity": "medium", "points": 2, "scheme": "Health (MY)"}
    room = live(lists("p", title="Cream"), at(100, violation(**said, product_id="p", text="“Cures” was said.")))
    one = only(room)
    assert (one.ref, one.ts, one.reason) == ("v", START + 100_000, "Misleading_claim")
    assert (one.severity, one.points, one.scheme) == ("medium", "2", "Health (MY)")
    assert one.detail == "“Cures” was said." and one.advice is None
    assert one.product is not None and one.product.title == "Cream"
    assert one.remedy.code == "misleading_claim" and one.appeal.state == NONE and one.until is None


def test_a_line_that_says_nothing_is_a_violation_all_the_same() -> None:
    one = only(live(at(100, event("violation"))))
    assert one.ref == one.ids[0] == "e1"
    assert (one.reason, one.severity, one.points, one.detail, one.product) == (None,) * 5
    assert one.remedy is UNKNOWN


@pytest.mark.parametrize(("points", "written"), [(2, "2"), (2.50, "2.5"), ("B 3", "B 3"), (True, None), ([1], None)])
def test_points_are_those_of_the_log(points: Any, written: str | None) -> None:
    assert only(live(violation(points=points))).points == written


def test_the_platform_s_own_advice_stands_apart() -> None:
    assert only(live(violation(remediation="Take it back."))).advice == "Take it back."


def test_the_newest_comes_first_and_those_of_the_window_count() -> None:
    room = live(at(10, violation("a")), at(20, violation("b")), at(30, violation("c")))
    assert [one.ref for one in violations(room, None).found] == ["c", "b", "a"]
    found = violations(room, between(15, 30))
    assert [one.ref for one in found.found] == ["b"] and found.in_live == 3 and counts(found)[ALL] == 1


def test_lines_of_one_ref_id_tell_of_one_violation_and_the_later_ones_add() -> None:
    room = live(at(10, violation(reason="simulcast", severity="low")), at(60, violation(points=3, severity="high")))
    one = only(room)
    assert (one.ts, one.reason, one.severity, one.points) == (START + 10_000, "simulcast", "high", "3")
    assert one.ids == ("e1", "e2") and standing_violations(room, None) == (1, 1)


# ------------------------------------------------------------------------------------------------------------- on air


def test_what_was_on_air_is_told_from_a_minute_before_to_half_a_minute_after() -> None:
    room = live(
        at(39, caption("too early")), at(40, caption("first")), at(130, caption("last")), at(131, caption("too late")),
        at(40, says("ana", "is it safe?")), at(120, says("ben", "hm")), at(39.5, says("cy", "before")),
        at(100, violation()),
    )  # fmt: skip
    one = only(room)
    assert [said.text for said in one.captions] == ["first", "last"]
    assert [(said.name, said.text) for said in one.comments] == [("ana", "is it safe?"), ("ben", "hm")]
    assert one.comments_in_all == 2


def test_of_many_comments_the_nearest_are_told_with_how_many_there_were() -> None:
    talk = [at(60 + i, says(f"u{i}", str(i))) for i in range(60)]
    one = only(live(*talk, at(100, violation())))
    assert [said.text for said in one.comments] == ["35", "36", "37", "38", "39", "40", "57", "58", "59"]
    assert one.comments_in_all == 60


def test_the_product_pinned_then_is_told_and_no_other() -> None:
    room = live(
        lists("p", title="Cream"), lists("q", title="Serum"), at(10, pin("p")), at(50, pin("q")), at(90, unpin("q")),
        at(20, violation("a")), at(50, violation("b")), at(95, violation("c")),
    )  # fmt: skip
    pinned = {one.ref: one.pinned.title if one.pinned else None for one in violations(room, None).found}
    assert pinned == {"a": "Cream", "b": "Serum", "c": None}


# ------------------------------------------------------------------------------------------------------------ figures


def test_figures_are_compared_in_stretches_of_one_length() -> None:
    room = live(
        at(1, viewers(100)), at(301, viewers(50)), at(10, enter("a")),
        *[at(20 + i, clicks("a")) for i in range(9)], at(30, order("a", 10, order_id="x")),
        at(400, clicks("a")), at(300, violation()), at(600, ended()),
    )  # fmt: skip
    around = only(room).around
    assert around.length_ms == 300_000
    by_key = {change.key: (change.before, change.after) for change in around.changes}
    assert by_key["product_clicks"] == (9, 1) and by_key["orders"] == (1, 0)
    assert by_key["direct_gmv"] == (Decimal(10), Decimal(0))
    before, after = by_key["avg_viewers"]
    assert before is not None and after is not None and before > after


def test_what_was_to_be_expected_is_told_of_the_latest_once_the_stretch_is_over() -> None:
    steady = [at(10 * i + 5, clicks("a")) for i in range(120)]
    room = live(at(1, enter("a")), *steady, at(600, violation("v")), at(1200, ended()))
    [told] = [change for change in only(room).around.changes if change.key == "product_clicks"]
    assert told.effect is not None and told.effect.window == between(600, 900) and told.effect.observed == 30
    assert told.effect.low is not None and told.effect.high is not None and told.effect.low <= 0 <= told.effect.high
    assert told.effect.overlaps == ()


def test_while_it_is_not_over_it_is_said_when_it_will_be() -> None:
    around = only(live(at(1, enter("a")), at(600, violation()), at(780, clicks("a")))).around
    assert around.told_from == START + 900_000 and around.length_ms == 180_000
    assert [change.effect for change in around.changes] == [None] * 4


def test_of_many_violations_only_the_latest_are_judged() -> None:
    room = live(*[at(300 + i, violation(f"v{i}")) for i in range(MOST_JUDGED + 2)], at(1200, ended()))
    judged = [one.around.changes[0].effect is not None for one in violations(room, None).found]
    assert judged == [True] * MOST_JUDGED + [False] * 2


def test_near_the_start_and_the_end_the_stretches_are_shorter_and_then_none() -> None:
    room = live(enter("a"), at(90, violation("a")), at(570, violation("b")), at(600, ended()))
    lengths = {one.ref: one.around.length_ms for one in violations(room, None).found}
    assert lengths == {"a": 90_000, "b": 0}


# ------------------------------------------------------------------------------------------------------------ appeals


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ((), NONE),
        ((at(20, submitted()),), SUBMITTED),
        ((at(20, submitted()), at(30, decided("upheld"))), UPHELD),
        ((at(20, submitted()), at(30, decided("Denied"))), REJECTED),
        ((at(20, submitted()), at(30, decided("in review"))), SUBMITTED),
        ((at(20, submitted()), at(30, decided(None))), SUBMITTED),
        ((at(30, decided("upheld")),), UPHELD),
        ((at(20, submitted()), at(30, decided("rejected")), at(40, decided("upheld"))), UPHELD),
        ((at(20, submitted()), at(30, decided("rejected")), at(40, submitted())), SUBMITTED),
        ((at(20, submitted("other")),), NONE),
    ],
)
def test_an_appeal_stands_as_its_latest_line_says(lines: tuple[Event, ...], state: str) -> None:
    assert only(live(at(10, violation()), *lines)).appeal.state == state


def test_an_appeal_is_told_with_its_words_its_evidence_and_its_times() -> None:
    asked = submitted(reason="other", text="It was a question.", evidence=["a.png", 7, ""], by="ana")
    appeal = only(live(at(10, violation()), at(20, asked), at(50, decided("upheld", by="platform")))).appeal
    assert (appeal.submitted_at, appeal.decided_at) == (START + 20_000, START + 50_000)
    assert (appeal.reason, appeal.text, appeal.evidence) == ("other", "It was a question.", ("a.png",))
    assert (appeal.by, appeal.decided_by, appeal.event_id) == ("ana", "platform", "e2")


@pytest.mark.parametrize("name", ["recorded", "at"])
def test_what_was_done_after_the_live_is_told_by_its_real_time(name: str) -> None:
    late = START + 86_400_000
    asked, said = submitted() | {name: late}, decided("rejected") | {name: late + 5}
    lines = at(20, asked), at(20, said)
    appeal = only(live(at(10, violation()), *lines)).appeal
    assert appeal.state == REJECTED
    assert (appeal.submitted_at, appeal.decided_at) == (late, late + 5)


def test_an_appeal_may_name_the_violation_by_its_event_id() -> None:
    room = live(at(10, violation("v")), at(20, submitted("e1")))
    assert only(room).appeal.state == SUBMITTED
    there, lines, over = appeal_lines(room, None, "v")
    assert there and [line["type"] for line in lines] == ["appeal_submitted"] and over == START + 20_000
    assert appeal_lines(room, None, "w") == (False, (), START + 20_000)


def test_states_are_counted_and_chosen() -> None:
    room = live(
        at(10, violation("a")), at(11, violation("b")), at(12, violation("c")), at(13, violation("d")),
        at(20, submitted("b")), at(20, submitted("c")), at(21, decided("upheld", "c")),
        at(22, decided("rejected", "d")),
    )  # fmt: skip
    assert counts(violations(room, None)) == {ALL: 4, OPEN: 3, SUBMITTED: 1, UPHELD: 1, REJECTED: 1}
    assert [one.ref for one in violations(room, None, OPEN).found] == ["d", "b", "a"]
    assert [one.ref for one in violations(room, None, UPHELD).found] == ["c"]
    assert len(violations(room, None, "nonsense").found) == 4


def test_the_badge_counts_what_the_tab_calls_open() -> None:
    room = live(at(10, violation("a")), at(11, violation("b")), at(20, decided("accepted", "b")))
    assert standing_violations(room, None) == (counts(violations(room, None))[OPEN], 2) == (1, 2)
    assert standing_violations(room, between(11, 12)) == (0, 1)


def test_as_of_a_moment_an_appeal_stands_as_it_stood() -> None:
    room = live(at(10, violation()), at(20, submitted()), at(30, decided("upheld")), at(40, enter("a")))
    states = [violations(as_of(room, START + second * 1000), None).found for second in (5, 15, 25, 35)]
    assert [[one.appeal.state for one in found] for found in states] == [[], [NONE], [SUBMITTED], [UPHELD]]


def test_of_very_many_the_latest_are_answered() -> None:
    found = violations(live(*[at(10 + i, violation(f"v{i}")) for i in range(MOST + 5)]), None)
    assert len(found.found) == MOST and found.found[0].ref == f"v{MOST + 4}" and counts(found)[ALL] == MOST + 5


# ---------------------------------------------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({"appeal_until": "2024-11-27T19:00:00Z"}, START + 7 * 86_400_000),
        ({"appeal_until": START + 5}, START + 5),
        ({"appeal_until": "2024-11-27"}, None),
        ({"appeal_until": "soon", "appeal_days": 2}, START + 10_000 + 2 * 86_400_000),
        ({"appeal_days": "1.5"}, START + 10_000 + 129_600_000),
        ({"appeal_days": 0}, None),
        ({"appeal_days": 10**9}, None),
        ({"appeal_days": True}, None),
        ({}, None),
    ],
)
def test_a_deadline_is_known_where_the_line_names_one(said: dict[str, Any], until: int | None) -> None:
    assert only(live(at(10, violation(**said)))).until == until


def test_a_live_may_name_the_days_for_all_of_its_violations() -> None:
    assert only(live(at(10, violation()), appeal_days=30)).until == START + 10_000 + 30 * 86_400_000
    assert only(live(at(10, violation(appeal_days=1)), appeal_days=30)).until == START + 10_000 + 86_400_000

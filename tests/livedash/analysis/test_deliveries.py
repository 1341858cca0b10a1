"""What became of each action: by the lines that the deliverer wrote, and by nothing else."""
from __future__ import annotations

from typing import Any

import pytest

from livedash.analysis.deliveries import ACTIONS, RECORDED, deliveries
from livedash.operate import outbox
from livedash.rollup.past import as_of
from tests.livedash.build import START, at, enter, event, live, pin


def delivery(action: str, state: Any, **fields: Any) -> dict[str, Any]:
    return event("delivery", ref_id=action, state=state, **fields)


def test_an_action_of_which_nothing_is_said_is_recorded() -> None:
    room = live({**pin("p"), "event_id": "op-1"})
    assert deliveries(room).get("op-1", RECORDED).state == "recorded"


def test_the_outcome_is_that_of_its_line() -> None:
    room = live(at(5, delivery("op-1", "delivered", attempts=2)), delivery("op-2", "confirmed", attempts=1))
    found = deliveries(room)
    assert (found["op-1"].state, found["op-1"].attempts, found["op-1"].at) == ("delivered", 2, START + 5000)
    assert found["op-2"].state == "confirmed" and found["op-2"].reason is None


def test_of_two_lines_the_one_that_is_further_on_holds_whatever_their_times() -> None:
    later, earlier = at(9, delivery("op-1", "retrying", reason="timeout")), at(3, delivery("op-1", "delivered"))
    for lines in ((later, earlier), (earlier, later)):
        found = deliveries(live(*lines))["op-1"]
        assert found.state == "delivered" and found.reason is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "status", "status": 503}, "status 503"),
        ({"reason": "unreachable"}, "nobody answers"),
        ({"reason": "timeout"}, "in time"),
        ({"reason": "too_old"}, "24 hours"),
        ({"reason": "pin_late"}, "one hour"),
        ({"reason": "of another kind", "text": "out of ink"}, "out of ink"),
    ],
)
def test_the_reason_is_a_sentence(fields: dict[str, Any], said: str) -> None:
    reason = deliveries(live(delivery("op-1", "failed", **fields)))["op-1"].reason
    assert reason is not None and said in reason.in_english()


def done(at_s: int, name: str, kind: str = "question_answered", **fields: Any) -> dict[str, Any]:
    return at(at_s, {**event(kind, **fields), "event_id": name})


def test_what_comes_after_one_that_is_delivered_again_waits_for_it() -> None:
    acts = done(1, "op-1"), done(2, "op-2"), done(3, "op-3", "pin", product_id="p"), done(4, "theirs"), done(0, "op-0")
    found = deliveries(live(*acts, at(5, delivery("op-1", "retrying", attempts=1, reason="timeout"))))
    assert set(found) == {"op-1", "op-2", "op-3"}
    for name in ("op-2", "op-3"):
        reason = found[name].reason
        assert found[name].state == "recorded" and reason and reason.in_english() == "waits for an earlier one"
    later = at(6, delivery("op-1", "failed")), at(7, delivery("op-2", "delivered"))
    assert set(deliveries(live(*acts, at(5, delivery("op-1", "retrying")), *later))) == {"op-1", "op-2"}


def test_what_was_done_after_the_live_waits_too_though_it_stands_at_its_end() -> None:
    first, then = (done(9, name, "appeal_submitted", ref_id=name) for name in ("op-2", "op-1"))
    lines = first | {"recorded": START + 80_000}, then | {"recorded": START + 90_000}, done(9, "op-0")
    found = deliveries(live(*lines, at(95, delivery("op-2", "retrying"))))
    assert found["op-1"].reason is not None and "op-0" not in found


def test_it_knows_the_actions_that_are_delivered() -> None:
    assert set(ACTIONS) == outbox.ACTIONS


def test_lines_that_say_no_state_or_no_action_are_passed_over() -> None:
    room = live(delivery("op-1", "eaten"), event("delivery", state="failed"), delivery("op-2", ["failed"]))
    assert deliveries(room) == {}


def test_what_was_delivered_later_was_not_delivered_before() -> None:
    room = live(at(3, delivery("op-1", "retrying")), at(9, delivery("op-1", "delivered")), at(20, enter("a")))
    assert deliveries(as_of(room, START + 5000))["op-1"].state == "retrying"


def test_a_delivery_is_no_sign_of_life_and_makes_the_live_no_longer() -> None:
    silent = live(at(1, enter("a")), at(60, enter("b")))
    own = at(900, delivery("op-1", "failed")), at(-900, delivery("op-2", "failed"))
    told = live(at(1, enter("a")), at(60, enter("b")), *own)
    assert (told.first_ts, told.last_ts, told.span) == (silent.first_ts, silent.last_ts, silent.span)
    assert told.sums(None) == silent.sums(None)
    assert told.log.total.types["delivery"] == 2 and not told.log.unknown_types

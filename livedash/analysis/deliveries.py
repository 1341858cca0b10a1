"""Answers what became of each action that was to be delivered to the seller's webhook. It delivers nothing and asks
nobody: what is not said by a `delivery` line of the log is not known."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import Sentence

STATES = ("recorded", "retrying", "failed", "delivered", "confirmed")
"""How far an action has come. Of two lines about one action the later of these is true, whatever their times: a clock
may step back, and what was delivered stays so."""

ACTIONS = ("pin", "unpin", "appeal_submitted", "giveaway_started", "giveaway_ended", "question_answered")
"""What is delivered, one after the other in each room, where it was done in the dashboard."""
OURS = "op-"
"""How the ids of lines begin that were written by the dashboard: only they are delivered."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """state: one of STATES; attempts: how often it was sent by then; at: when that was so (epoch ms); reason: why it is
    not delivered (yet), be it that an earlier one of the room is not; None where nothing stands in the way."""

    state: str = "recorded"
    attempts: int = 0
    at: int | None = None
    reason: Sentence | None = None


RECORDED = Delivery()
"""What holds of every action that no line speaks of: it stands in the log, and has not been sent."""


def deliveries(rollup: Rollup, window: Window | None = None) -> dict[str, Delivery]:
    """By event_id of the action. One that is not in here is RECORDED. The window is not looked at: an action of long
    ago may be delivered now."""
    found: dict[str, Delivery] = {}
    for line in rollup.records("delivery"):
        action, state = line.get("ref_id"), line.get("state")
        if isinstance(action, str) and state in STATES:
            before = found.get(action)
            if before is None or STATES.index(state) >= STATES.index(before.state):
                found[action] = _delivery(line, state)
    return found | _waiting(rollup, found)


def _waiting(rollup: Rollup, found: dict[str, Delivery]) -> dict[str, Delivery]:
    """The actions that wait because an earlier one is being delivered again: none overtakes another."""
    held_up = {name for name, one in found.items() if one.state == "retrying"}
    if not held_up:
        return {}
    ours = [line for line in rollup.records(*ACTIONS) if line["event_id"].startswith(OURS)]
    first = min((_done(line) for line in ours if line["event_id"] in held_up), default=None)
    if first is None:
        return {}
    waits = replace(RECORDED, reason=Sentence.of("waits for an earlier one"))
    return {
        line["event_id"]: waits
        for line in ours
        if _done(line) >= first and found.get(line["event_id"], RECORDED).state == "recorded"
    }


def _done(line: dict[str, Any]) -> int:
    """When an action was done. What is said of a LIVE that is over stands at its end, and names the moment besides."""
    known = [line[name] for name in ("ts", "recorded", "at") if isinstance(line.get(name), int)]
    return max(known)


def _delivery(line: dict[str, Any], state: str) -> Delivery:
    attempts = line.get("attempts")
    return Delivery(
        state=state,
        attempts=attempts if isinstance(attempts, int) and not isinstance(attempts, bool) else 0,
        at=line["ts"],
        reason=_reason(line) if state in ("retrying", "failed") else None,
    )


def _reason(line: dict[str, Any]) -> Sentence | None:
    """The reason in words that can be translated; one written by somebody else as it stands."""
    status = line.get("status")
    match line.get("reason"):
        case "unreachable":
            return Sentence.of("nobody answers at the webhook's address")
        case "timeout":
            return Sentence.of("the webhook did not answer in time")
        case "tls":
            return Sentence.of("the webhook's certificate is not trusted")
        case "answer":
            return Sentence.of("the webhook's answer could not be read")
        case "redirect":
            return Sentence.of("the webhook points to another address, which is not followed")
        case "status" if isinstance(status, int):
            return Sentence.of("the webhook answered with status {status}", status=status)
        case "too_old":
            return Sentence.of("it was more than 24 hours old")
        case "given_up":
            return Sentence.of("given up after 24 hours")
        case "pin_late":
            return Sentence.of("it was more than one hour old, and a pin is not made up for later")
    text = line.get("text")
    return Sentence.of("{text}", text=text[:200]) if isinstance(text, str) and text else None

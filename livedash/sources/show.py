"""Plays a plan from its first line to its last: the log of a simulated LIVE as dicts in order of time. Pure: it draws
from the given generator alone, reads no clock and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from livedash.sources.audience import Audience
from livedash.sources.chat import Chat
from livedash.sources.rundown import acts
from livedash.sources.script import DURATION, SECOND, Plan
from livedash.sources.shop import Shop
from livedash.sources.timeline import Line, Timeline

HEARD = frozenset(
    (
        "impression",
        "view",
        "leave",
        "viewers",
        "profile",
        "product_impression",
        "product_click",
        "add_to_cart",
        "like",
        "comment",
        "share",
        "follow",
        "gift",
        "giveaway_entered",
        "question_answered",
        "caption",
    )
)
"""What a recorder hears itself, and so loses while its connection is down; orders and operations reach the log another
way."""


def events(plan: Plan, rng: Random) -> Iterator[Line]:
    """The LIVE in order of time up to `live_ended`; of a past one also what came later: cancellations, refunds, an
    appeal."""
    lines = _everything(plan, rng)
    return _with_gap(lines, plan) if plan.gap else lines


def _everything(plan: Plan, rng: Random) -> Iterator[Line]:
    time = Timeline(plan.started_at)
    for act in acts(plan, rng):
        time.at(act.ms, act.type, act.fields)
    chat = Chat(plan, rng, time)
    shop = Shop(plan, rng, time, chat)
    audience = Audience(plan, rng, time, shop, chat)
    for ms in range(0, DURATION, SECOND):
        audience.arrivals(ms)
        yield from time.until(ms + SECOND)
    yield from time.until(3 * DURATION if plan.past else DURATION + 1)


def _with_gap(lines: Iterator[Line], plan: Plan) -> Iterator[Line]:
    """The same LIVE as heard by a recorder that was cut off for a while: when it is back it writes who has come and
    gone in between, as of now, so that the room is counted rightly; the rest of what it missed is lost."""
    assert plan.gap is not None
    start, end = plan.moment(plan.gap.start), plan.moment(plan.gap.end)
    gone: list[Line] = []
    came: dict[str, Line] = {}
    waiting = True
    for line in lines:
        if waiting and line["ts"] >= end:
            waiting = False
            missed = [*gone, *came.values()]
            yield {"event_id": "gap", "ts": end, "type": "recording_gap", "from": start, "to": end}
            yield from (one | {"ts": end} for one in missed)
        if not (start <= line["ts"] < end and line["type"] in HEARD):
            yield line
        elif line["type"] == "view":
            came[line["user_id"]] = line
        elif line["type"] == "leave" and came.pop(line["user_id"], None) is None:
            gone.append(line)

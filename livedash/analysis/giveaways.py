"""Answers what is known of each giveaway: how it stands, how one enters it, who entered and when, and what was drawn.
What it did is the matter of giveaway_effects; here nothing is judged."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from livedash.analysis.deliveries import OURS, RECORDED, Delivery, deliveries
from livedash.analysis.entering import entries_of, how_to_enter
from livedash.analysis.markers import product_title
from livedash.rollup.fold import Rollup, Turn
from livedash.rollup.room import ProductFacts, whole
from livedash.view import Window
from livedash.words import Sentence

SCHEDULED, RUNNING, ENDED, CALLED_OFF = "scheduled", "running", "ended", "called off"
STATES = (SCHEDULED, RUNNING, ENDED, CALLED_OFF)
STEPS = 60
"""The course of the entries has at most this many steps."""
SHORTEST_STEP = 5_000


@dataclass(frozen=True, slots=True)
class Giveaway:
    """One giveaway at the room's clock, its latest event.

    id: the event_id of the line that started it; state: one of STATES; start: epoch ms; end: when it ended or is to
    end, None where nobody said; early: whether a line ended it before its time; product: what the log says of what is
    given away, None where it names none; name: what it is called; prizes: how many there are; how: how one enters;
    entries: how many did, None where nobody counted; course: entries in every step_ms from the start; winners: how
    many, winner_names: who, where the log says it; by: who created it, for what was created here; delivery: how far
    the latest that was done here has come on its way to the webhook, None for what others started.
    """

    id: str
    ref_id: str | None
    state: str
    start: int
    end: int | None
    early: bool
    product_id: str | None
    product: ProductFacts | None
    name: str
    prizes: int | None
    how: str | Sentence | None
    entries: int | None
    course: tuple[int, ...]
    step_ms: int
    winners: int | None
    winner_names: tuple[str, ...]
    by: str | None
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class Giveaways:
    """giveaways: newest first; why_none: why none can be created now, None where one can."""

    giveaways: tuple[Giveaway, ...]
    why_none: Sentence | None


def giveaways(rollup: Rollup, window: Window | None) -> Giveaways:
    """Those that touch the window (None: all of the room). One that is planned stands wherever its line does."""
    delivered = deliveries(rollup)
    shown = [turn for turn in rollup.giveaways if window is None or touches(turn, window)]
    found = sorted(shown, key=lambda turn: (turn.start, turn.started["event_id"]), reverse=True)
    return Giveaways(tuple(_giveaway(rollup, turn, delivered) for turn in found), why_none(rollup))


def why_none(rollup: Rollup) -> Sentence | None:
    """Why no giveaway can be created in the room as it is; None where one can."""
    state = rollup.room.state
    if state == "upcoming":
        return Sentence.of("This LIVE has not begun.")
    return Sentence.of("This LIVE has ended.") if state == "ended" else None


def touches(turn: Turn, window: Window) -> bool:
    """Whether a giveaway, or the line that plans it, falls into the window."""
    told = window.start <= turn.started["ts"] < window.end
    ran = turn.start < window.end and (turn.end is None or turn.end > window.start)
    return told or (ran and not turn.called_off)


def _giveaway(rollup: Rollup, turn: Turn, delivered: dict[str, Delivery]) -> Giveaway:
    line, over = dict(turn.started), dict(turn.ended or {})
    ref, product_id = line.get("ref_id"), line.get("product_id")
    now = rollup.present or 0
    step, course = _course(rollup, turn, now)
    winners, names = _winners(over)
    ours = [one["event_id"] for one in (over, line) if str(one.get("event_id", "")).startswith(OURS)]
    return Giveaway(
        id=line["event_id"],
        ref_id=ref if isinstance(ref, str) else None,
        state=turn.state(now),
        start=turn.start,
        end=turn.end,
        early=bool(over) and turn.planned is not None and turn.end is not None and turn.end < turn.planned,
        product_id=product_id if isinstance(product_id, str) else None,
        product=rollup.product_facts.get(product_id) if isinstance(product_id, str) else None,
        name=product_title(rollup, line),
        prizes=_count(line.get("prizes")),
        how=how_to_enter(line),
        entries=entries_of(rollup, ref, over),
        course=course,
        step_ms=step,
        winners=winners,
        winner_names=names,
        by=str(line["by"]) if line.get("by") else None,
        delivery=delivered.get(ours[0], RECORDED) if ours else None,
    )


def _course(rollup: Rollup, turn: Turn, now: int) -> tuple[int, tuple[int, ...]]:
    """How long a step is (ms), and the entries in each, as far as it has run."""
    until = now + 1 if turn.end is None else min(turn.end, now + 1)
    length = max(until - turn.start, 0)
    step = max(SHORTEST_STEP, -(-length // (STEPS * 1000)) * 1000)
    ref = turn.started.get("ref_id")
    if not length or turn.called_off or not isinstance(ref, str):
        return step, ()
    entered = rollup.entries(ref, Window(turn.start, until))
    if not len(entered):
        return step, ()
    counts = np.bincount((entered - turn.start) // step, minlength=-(-length // step))
    return step, tuple(counts.tolist())


def _winners(over: dict[str, Any]) -> tuple[int | None, tuple[str, ...]]:
    """A log says how many won, or who."""
    said = over.get("winners")
    if (count := _count(said)) is not None:
        return count, ()
    if isinstance(said, list):
        names = tuple(str(one.get("name") or one.get("user_id") or "–") if isinstance(one, dict) else str(one)
                      for one in said)  # fmt: skip
        return len(names), names
    return None, ()


def _count(value: object) -> int | None:
    found = whole(value)
    return found if found is not None and found >= 0 else None

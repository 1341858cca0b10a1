"""Giveaways: creating one and ending it early, each said by one durable line in the room's log. One runs at a time; it
draws no winners, and it never rewrites what was said before."""
from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livedash.log.turns import ENDED, RUNNING, SCHEDULED, STARTED, Turn, turns
from livedash.operate.journal import Journal, after, held
from livedash.problems import Problem
from livedash.words import N_, Amount

Event = dict[str, Any]

RULES = ("everyone", "comment", "follow", "watch_time", "purchase")
MINUTE = 60_000
SHORTEST_S, LONGEST_S = 60, 2 * 3600
MOST_AHEAD = 24 * 60 * MINUTE
LATE = MINUTE
"""A start that is typed to the minute may lie this far back, and is now then."""
MOST_PRIZES = 1000
LONGEST_KEYWORD, LONGEST_TEXT = 40, 200
TOKEN = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """A giveaway as somebody wants it. rule: one of RULES; length, watch: seconds; starts_at: epoch ms, None for now;
    keyword: what to write, None for any comment; text: how to enter, in the words of whoever creates it."""

    product_id: str
    prizes: int
    rule: str
    length: int
    starts_at: int | None = None
    keyword: str | None = None
    watch: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that may be given away: what it is called, and how many are left (None where nobody knows)."""

    title: str
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the room so far: its products, its giveaway_started and giveaway_ended lines (ts in epoch ms),
    and its state as its header has it."""

    products: Mapping[str, Goods]
    lines: tuple[Mapping[str, Any], ...] = ()
    state: str = "live"


def create(room: Path, wish: Wish, standing: Standing, by: str, token: str) -> Event:
    """Start a giveaway, now or at its time. Returns the line written, or the one that this token has written before.

    token: made afresh for each form that is filled in, so that sending it twice makes one giveaway. Raises Problem:
    "room-ended", "room-not-begun", "product-unknown", those of the fields ("prizes", "prizes-stock", "rule", "keyword",
    "length", "watch-time", "start-past", "start-far"), "giveaway-running", "giveaway-planned", and those of `held` and
    `append`."""
    if not TOKEN.fullmatch(token):
        raise ValueError("a token is 8 to 64 letters, digits and hyphens")
    ref = f"giveaway-{token}"
    with held(room) as journal:
        said = _said(journal, standing)
        before = next((line for line in said if line["type"] == STARTED and line.get("ref_id") == ref), None)
        if before is not None:
            return dict(before)
        ts = after(line["ts"] for line in said)
        start = _checked(wish, standing, ts)
        _alone(start, start + wish.length * 1000, turns(said), ts, standing)
        line = {
            "event_id": f"op-{uuid.uuid4().hex}", "ts": ts, "type": STARTED, "ref_id": ref,
            "product_id": wish.product_id, "title": standing.products[wish.product_id].title, "prizes": wish.prizes,
            "entry_rule": wish.rule, "keyword": _text(wish.keyword) if wish.rule == "comment" else None,
            "watch_seconds": wish.watch if wish.rule == "watch_time" else None, "text": _text(wish.text),
            "length": wish.length, "starts_at": start if start > ts else None, "ends_at": start + wish.length * 1000,
            "by": by,
        }  # fmt: skip
        line = {name: value for name, value in line.items() if value is not None}
        journal.append((line,))
        return line


def end(room: Path, started_id: str, standing: Standing, by: str) -> Event | None:
    """End the giveaway whose giveaway_started line has this event_id, or call it off before it starts. Returns the line
    written: None if it was over already. Raises Problem: "room-ended", "giveaway-unknown", and those of `held` and
    `append`."""
    _runs(standing)
    with held(room) as journal:
        said = _said(journal, standing)
        found = next((turn for turn in turns(said) if turn.started["event_id"] == started_id), None)
        if found is None:
            raise Problem("giveaway-unknown", N_("This giveaway is not in the log any more. Load the page again."))
        ts = after(line["ts"] for line in said)
        if found.state(ts) not in (RUNNING, SCHEDULED):
            return None
        line = {
            "event_id": f"op-{uuid.uuid4().hex}", "ts": ts, "type": ENDED, "ref_id": found.started.get("ref_id"),
            "product_id": found.started.get("product_id"), "by": by,
        }  # fmt: skip
        line = {name: value for name, value in line.items() if value is not None}
        journal.append((line,))
        return line


def _runs(standing: Standing) -> None:
    if standing.state == "ended":
        raise Problem("room-ended", N_("This LIVE has ended: nothing can be given away in it any more."))
    if standing.state == "upcoming":
        raise Problem("room-not-begun", N_("This LIVE has not begun. Create the giveaway once its log has its start."))


def _checked(wish: Wish, standing: Standing, now: int) -> int:
    """When the giveaway starts (epoch ms). Raises Problem for whatever cannot be."""
    _runs(standing)
    goods = standing.products.get(wish.product_id)
    if goods is None:
        raise Problem(
            "product-unknown",
            N_("This LIVE has no product {product}. List it first, by a product_listed line in the log."),
            product=wish.product_id[:80] or "–",
        )
    _check_prizes(wish.prizes, goods)
    _check_rule(wish)
    if wish.starts_at is None:
        return now
    if wish.starts_at < now - LATE:
        raise Problem(
            "start-past",
            N_("{time} is past. Give a time to come, or start it now."),
            time=Amount(wish.starts_at, "time"),
        )
    if wish.starts_at > now + MOST_AHEAD:
        raise Problem("start-far", N_("A giveaway may start at most a day from now. Give an earlier time."))
    return max(wish.starts_at, now)


def _check_prizes(prizes: int, goods: Goods) -> None:
    if not 1 <= prizes <= MOST_PRIZES:
        raise Problem(
            "prizes",
            N_("There must be 1 to {most} prizes, not {prizes}."),
            most=Amount(MOST_PRIZES),
            prizes=Amount(prizes),
        )
    if goods.stock is not None and prizes > goods.stock:
        raise Problem(
            "prizes-stock",
            N_(
                "Only about {stock} left of {product} by now: fewer than the prizes asked for ({prizes}). Give fewer, "
                "or another product."
            ),
            prizes=Amount(prizes),
            stock=Amount(max(goods.stock, 0)),
            product=goods.title,
        )


def _check_rule(wish: Wish) -> None:
    if wish.rule not in RULES:
        raise Problem("rule", N_("{rule} is not an entry rule. Choose one of the list."), rule=wish.rule[:40] or "–")
    if not SHORTEST_S <= wish.length <= LONGEST_S:
        raise Problem(
            "length",
            N_("A giveaway runs for 1 to {most} minutes, not {minutes}."),
            most=Amount(LONGEST_S // 60),
            minutes=Amount(round(wish.length / 60, 1)),
        )
    if wish.rule == "comment" and len(wish.keyword or "") > LONGEST_KEYWORD:
        raise Problem(
            "keyword",
            N_("The word to write may have {most} letters, not {letters}."),
            most=Amount(LONGEST_KEYWORD),
            letters=Amount(len(wish.keyword or "")),
        )
    if wish.rule == "watch_time" and not 0 < (wish.watch or 0) < wish.length:
        raise Problem(
            "watch-time",
            N_("Nobody can watch for {watch} in a giveaway of {length}. Ask for less, or let it run longer."),
            watch=Amount(wish.watch or 0, "seconds"),
            length=Amount(wish.length, "seconds"),
        )


def _alone(start: int, end: int, others: Iterable[Turn], now: int, standing: Standing) -> None:
    """Raises Problem where another giveaway runs, or is to run, in that time."""
    for turn in others:
        state = turn.state(now)
        if state not in (RUNNING, SCHEDULED) or turn.start >= end or (turn.end is not None and turn.end <= start):
            continue
        name = _name(turn, standing)
        if state == SCHEDULED:
            raise Problem(
                "giveaway-planned",
                N_("{name} is to start at {time}, and one giveaway runs at a time. Let this one end before, or call "
                   "that one off."),
                name=name, time=Amount(turn.start, "time"),
            )  # fmt: skip
        if turn.end is None:
            raise Problem(
                "giveaway-running",
                N_("{name} runs, and one giveaway runs at a time. End it first."),
                name=name,
            )
        raise Problem(
            "giveaway-running",
            N_("{name} runs until {time}, and one giveaway runs at a time. End it first, or start this one after it."),
            name=name, time=Amount(turn.end, "time"),
        )  # fmt: skip


def _name(turn: Turn, standing: Standing) -> str:
    goods = standing.products.get(str(turn.started.get("product_id")))
    said = turn.started.get("title") or turn.started.get("ref_id")
    return goods.title if goods else str(said or "–")[:80]


def _said(journal: Journal, standing: Standing) -> list[Mapping[str, Any]]:
    """Every line that starts or ends a giveaway: those known so far, and those that another process has written since;
    each once."""
    known = {line["event_id"]: line for line in (*standing.lines, *journal.events()) if _is_ours(line)}
    return list(known.values())


def _is_ours(line: Mapping[str, Any]) -> bool:
    whole = isinstance(line.get("event_id"), str) and isinstance(line.get("ts"), int)
    return whole and line.get("type") in (STARTED, ENDED)


def _text(said: str | None) -> str | None:
    """One line of text, not too long; None for nothing."""
    return " ".join((said or "").split())[:LONGEST_TEXT] or None

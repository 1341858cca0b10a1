"""Answers what to do now: a few pieces of advice, each with its reason and what would be done. It does nothing itself;
advice is of a LIVE that runs, and the same cause is not named again within half an hour unless it got much worse."""
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import sqrt
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from livedash.analysis.comments import LATEST, is_question
from livedash.analysis.facts import StepFacts, ran
from livedash.analysis.funnel import funnel
from livedash.analysis.markers import markers, violation_reason
from livedash.analysis.metrics import FUNNEL as STAGES
from livedash.analysis.notices import Notice, notices
from livedash.analysis.pin_next import Reading
from livedash.analysis.traffic import traffic
from livedash.analysis.violations import NONE, appeal_until, known
from livedash.rollup.fold import Comment, Rollup
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

MINUTE = 60_000
DAY = 1_440 * MINUTE
MOST = 4
"""Pieces of advice at once."""
STEP, AGAIN, LOOK = 10 * MINUTE, 30 * MINUTE, 120 * MINUTE
"""What changes slowly is looked at every ten minutes of the LIVE; a cause is not named again within AGAIN; so far back
it is followed what has been named."""
WORSE = 1.5
"""So many times as bad is much worse, and is named at once."""
YOUNG = 4 * MINUTE
"""A pin is left alone for so long."""
SOON = 600
"""Seconds within which stock that runs out is no more only a notice."""
OPEN_FOR = 60 * MINUTE
"""A violation that nobody answers is advice for so long; then the tab's count is reminder enough."""
NEAR, VERY_NEAR = DAY, 120 * MINUTE
ASKED, ASKERS, ALIKE, APART = 15 * MINUTE, 5, 0.6, 30 * MINUTE
"""A question counts that so many viewers put within this time; wordings that share so much of their words are one;
another question is not named within APART."""
REMEMBERED = 7
"""Looks at questions that are gone through: an hour of them."""
FUNNEL, FUNNEL_LEFT, SIGMAS = 30 * MINUTE, 0.7, 3.0
LOW, LOW_FOR, USUAL_FOR, VIEWERS_AT_LEAST, REST = 0.75, 5, 60, 20, 30 * MINUTE
"""Viewers are low at this share of their median over USUAL_FOR minutes, for LOW_FOR minutes; between two giveaways
viewers rest."""
PAID_LEFT, PAID_EXPECTED = 0.6, 10
MENDS = dict(
    zip(
        STAGES[1:],
        (
            N_("Win those who see the LIVE: fewer come in than usual"),
            N_("Show products: fewer viewers click than usual"),
            N_("Mend the offer: fewer clicks become orders than usual"),
        ),
        strict=True,
    )
)
"""What to do about each stage of the funnel."""
DONE = (
    "pin", "unpin", "question_answered", "giveaway_started", "giveaway_ended", "product_listed", "product_delisted",
    "price_changed",
)  # fmt: skip
"""What somebody does about advice, or against it."""
RANKS = ("appeal", "violation", "sold_out", "pin", "stock", "question", "funnel", "giveaway", "paid")


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do. id: of the cause, and of when it was named; kind: one of RANKS; since: when it was named (epoch
    ms); title, reasons: what and why; act: pin, unpin or answer, where the dashboard can do it; product_id: what it is
    about; ref: the violation's; comments: event_id and time of each that asks; window: the stretch it is about; tells:
    ids of the notices that say the same."""

    id: str
    kind: str
    since: int
    title: Sentence
    reasons: tuple[Sentence, ...]
    act: str | None = None
    product_id: str | None = None
    ref: str | None = None
    comments: tuple[tuple[str, int], ...] = ()
    window: Window | None = None
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counsel:
    """advice: what to do now, the most urgent first, at most MOST; notices: what happened in the window, newest first;
    running: whether the LIVE runs; no_pin: why there is no advice on what to pin."""

    advice: tuple[Advice, ...]
    notices: tuple[Notice, ...]
    running: bool
    no_pin: Sentence | None = None


Usual = tuple[tuple[str, float], ...]


def counsel(rollup: Rollup, window: Window | None, usual: Usual = ()) -> Counsel:
    """What to do now, and what happened in the window. usual: the seller's own rate of each stage of the funnel in
    earlier LIVEs (callbacks.history)."""
    told = notices(rollup, window)
    if rollup.room.state not in ("live", "paused") or rollup.room.ended_at is not None:
        return Counsel((), told, False)
    found, no_pin = _advice(rollup, usual, told if window is None else notices(rollup, None))
    return Counsel(found, told, True, no_pin)


def _advice(
    rollup: Rollup, usual: Usual, told: tuple[Notice, ...]
) -> tuple[tuple[Advice, ...], Sentence | None]:
    now = _Now(rollup, usual, told)
    if not now.marks:
        return (), None
    slow, no_pin = _by_the_minute(now)
    found = [*slow, *(one for source in AT_ONCE for one in source(now))]
    ranked = sorted(found, key=lambda one: (RANKS.index(one.kind), -one.since, one.id))
    return tuple(ranked[:MOST]), no_pin


_Slow = tuple[tuple[Advice, ...], Sentence | None]
_told: WeakKeyDictionary[Rollup, tuple[tuple[Any, ...], _Slow]] = WeakKeyDictionary()


def _by_the_minute(now: _Now) -> _Slow:
    """What follows from whole minutes, found once in each: a room that is asked every second costs no more for it. What
    somebody does about it shows at once; a line that comes late, in the next minute."""
    done = tuple(len(now.rollup.records(kind)) for kind in DONE)
    empty = tuple(one.product_id for one in now.rollup.product_facts.values() if one.stock == 0)
    key = ((now.end - now.live.start) // MINUTE, now.live.start, now.usual, done, empty)
    known = _told.get(now.rollup)
    if known is None or known[0] != key:
        found = tuple(one for source in BY_THE_MINUTE for one in source(now))
        known = _told[now.rollup] = key, (found, now.no_pin)
    return known[1]


class _Now:
    """A running room, and the moments at which it is looked at: every STEP since its start, as far as LOOK goes."""

    def __init__(self, rollup: Rollup, usual: Usual, told: tuple[Notice, ...] = ()) -> None:
        self.rollup, self.usual, self.told = rollup, usual, told
        self.no_pin: Sentence | None = None
        live = ran(rollup, None)
        self.live = live or Window(0, 0)
        last = (self.live.end - self.live.start) // STEP
        first = max(0, last - LOOK // STEP)
        self.marks = [self.live.start + place * STEP for place in range(first, last + 1)] if live else []

    @property
    def end(self) -> int:
        return self.live.end

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.rollup)

    @cached_property
    def pinned(self) -> tuple[str, ...]:
        return self.reading.pinned_at(self.end)


@dataclass(slots=True)
class _Said:
    """What has been named so far, of one kind of advice: cause to when, and how bad it was."""

    named: dict[Hashable, tuple[int, float]] = field(default_factory=dict)

    def since(self, cause: Hashable, at: int, bad: float) -> int:
        """When the cause that holds at this moment was named: now, or before where that was lately."""
        known = self.named.get(cause)
        if known is None or at - known[0] >= AGAIN or bad >= WORSE * known[1]:
            self.named[cause] = known = (at, bad)
        return known[0]


# ---------------------------------------------------------------------------------------------------------- violations


def _violations(now: _Now) -> Iterator[Advice]:
    """Those that nobody has appealed: near the end of the time for it, or when they are fresh."""
    for one in known(now.rollup):
        if one.appeal.state != NONE:
            continue
        reason, product_id = violation_reason(dict(one.said)), one.said.get("product_id")
        until = appeal_until(now.rollup, one)
        left = NEAR + 1 if until is None else until - now.end
        if until is not None and 0 < left <= NEAR:
            urgent = left <= VERY_NEAR
            yield Advice(
                f"appeal-{one.ref}-{int(urgent)}", "appeal", max(one.ts, until - (VERY_NEAR if urgent else NEAR)),
                Sentence.of("Appeal until {time}, or let it stand", time=Amount(until, "time")),
                (Sentence.of("Violation: {reason}", reason=reason),
                 Sentence.of("Time left: {length}.", length=Amount(left / 1000, "seconds"))),
                product_id=product_id, ref=one.ref, tells=one.ids,
            )  # fmt: skip
        elif now.end - one.ts <= OPEN_FOR and left > 0:
            said = one.said.get("text")
            told = Sentence.of("{detail}", detail=str(said)) if said else Sentence.of("Nobody has appealed.")
            at = Sentence.of("Reported at {time}. {told}", time=Amount(one.ts, "time"), told=told)
            yield Advice(
                f"violation-{one.ref}", "violation", one.ts,
                Sentence.of("Answer the violation: {reason}", reason=reason), (at,),
                product_id=product_id, ref=one.ref, tells=one.ids,
            )  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- pins


def _pin(now: _Now) -> Iterator[Advice]:
    """The product that was best to pin at the last look, as long as it can be pinned. What was named lately gives way,
    unless it still waits to be pinned."""
    said, waits, reading = _Said(), None, now.reading
    answer = None
    for at in now.marks:
        minutes = (at - int(reading.edges[0])) // MINUTE
        if waits is not None and not reading.can_be_pinned(waits, at):
            waits = None
        if _is_young(now, at):
            continue
        lately = {cause for cause, (when, _) in said.named.items() if at - when < AGAIN and cause != waits}
        answer = reading.at(minutes, tuple(str(cause) for cause in lately))
        waits = answer.best.product_id if answer.best else None
        if waits is not None:
            said.since(waits, at, 1.0)
    now.no_pin = answer.why_not if answer else None
    if waits is None or not reading.can_be_pinned(waits, now.end):
        return
    best = reading.forecast(len(reading), waits)
    if best is not None:
        since = said.named[waits][0]
        yield Advice(
            f"pin-{waits}-{since}", "pin", since,
            Sentence.of("Pin {product}", product=best.title),
            (Sentence.of("About {middle} in the next 10 min ({low} to {high}).",
                         middle=_about(best.middle), low=_about(best.low), high=_about(best.high)), *best.why),
            "pin", best.product_id,
        )  # fmt: skip


def _is_young(now: _Now, at: int) -> bool:
    """Whether something has just been pinned."""
    return any(pin.start <= at < pin.start + YOUNG and (pin.end is None or pin.end > at) for pin in now.reading.pins)


def _about(amount: Decimal) -> Amount:
    return Amount(amount, "estimate")


def _stock(now: _Now) -> Iterator[Advice]:
    facts = now.rollup.product_facts
    for product_id in now.pinned:
        about = facts.get(product_id)
        if about is not None and about.stock == 0:
            yield Advice(
                f"sold-out-{product_id}-{about.stock_at}", "sold_out", about.stock_at or now.end,
                Sentence.of("Unpin {product}: it is sold out", product=about.title),
                (Sentence.of("Whoever taps it now cannot buy."),), "unpin", product_id,
                tells=tuple(n.id for n in now.told if n.kind == "stock" and n.product_id == product_id),
            )  # fmt: skip
    for notice in now.told:
        if notice.kind != "stock" or notice.product_id is None or not notice.id.startswith("stock-"):
            continue
        if notice.product_id not in now.pinned:
            continue  # nobody points at it: the notice is enough
        if dict(notice.title.params)["length"].value > SOON:
            continue
        yield Advice(
            notice.id, "stock", notice.ts, notice.title,
            (notice.reason, Sentence.of("Say that little is left, or unpin it.")), "unpin", notice.product_id,
            tells=(notice.id,),
        )  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- questions


def _question(now: _Now) -> Iterator[Advice]:
    """The question that most viewers put of late, and that nobody has answered; another one not before APART."""
    answered = {line.get("ref_id"): line["ts"] for line in now.rollup.records("question_answered")}
    said, question, since = _Said(), None, 0
    for at in now.marks[-REMEMBERED:]:
        quiet = any(at - when < APART for when, _ in said.named.values())
        asked = _most_asked(now.rollup, at, answered)
        question = next((one for one in asked if not quiet or one.key in said.named), None)
        if question is not None:
            since = said.since(question.key, at, len(question.who))
    if question is None:
        return
    waiting = [comment for comment in question.comments if comment.event_id not in answered]
    if len(waiting) < len(question.comments):
        return  # answered since
    yield Advice(
        f"question-{question.key}-{since}", "question", since,
        Sentence.of("Answer on air: “{question}”", question=question.text),
        (Sentence.of("{count} viewers asked it within {minutes} minutes.",
                     count=Amount(len(question.who)), minutes=Amount(ASKED // MINUTE)),),
        "answer", comments=tuple((comment.event_id, comment.ts) for comment in waiting),
    )  # fmt: skip


@dataclass(slots=True)
class _Question:
    """A question in one wording, with those who put it in that or a like one."""

    text: str
    words: frozenset[str]
    comments: list[Comment]
    who: set[str]

    @property
    def key(self) -> str:
        return "".join(filter(str.isalnum, self.text.casefold()))[:60]


def _most_asked(rollup: Rollup, at: int, answered: dict[Any, int]) -> list[_Question]:
    """The questions of the time before a moment that enough viewers put and nobody had answered by then, most first."""
    found: dict[str, _Question] = {}
    for comment in rollup.comments(Window(at - ASKED, at), LATEST):
        if comment.entry or not is_question(comment.text) or answered.get(comment.event_id, at) < at:
            continue
        alike = "".join(filter(str.isalnum, comment.text.casefold()))
        words = frozenset("".join(c if c.isalnum() else " " for c in comment.text.casefold()).split())
        one = found.get(alike)
        if one is None:
            one = next((other for other in found.values() if _like(words, other.words)), None)
        if one is None:
            one = _Question(comment.text, words, [], set())
        found[alike] = one
        one.comments.append(comment)
        one.who.add(comment.user_id or comment.name or comment.event_id)
    asked = {id(one): one for one in found.values() if len(one.who) >= ASKERS}
    return sorted(asked.values(), key=lambda one: (-len(one.who), one.key))


def _like(words: frozenset[str], others: frozenset[str]) -> bool:
    common = words & others
    return len(common) >= 3 and len(common) >= ALIKE * len(words | others)


# -------------------------------------------------------------------------------------------------- funnel and traffic


def _funnel(now: _Now) -> Iterator[Advice]:
    """The stage that lost clearly more than usual over the last half hour: by a third or more, and beyond chance."""
    said, broken = _Said(), None
    for at in now.marks:
        broken = None
        window = Window(at - FUNNEL, at)
        if window.start < now.live.start + (0 if now.usual else FUNNEL):
            continue
        answer = funnel(now.rollup, window, dict(now.usual) or None)
        worst = answer.bottleneck
        if worst is None:
            continue
        place = [stage.key for stage in answer.stages].index(worst.key)
        due = (answer.stages[place - 1].count or 0) * worst.usual
        got = answer.stages[place].count or 0
        if worst.rate > FUNNEL_LEFT * worst.usual or due - got < SIGMAS * sqrt(due):
            continue
        broken = worst, window, said.since(worst.key, at, worst.usual / max(worst.rate, worst.usual / 100))
    if broken is not None:
        worst, window, since = broken
        yield Advice(
            f"funnel-{worst.key}-{since}", "funnel", since, Sentence.of(MENDS[worst.key]), (worst.sentence,),
            window=window,
        )  # fmt: skip


def _paid(now: _Now) -> Iterator[Advice]:
    """A paid channel whose clicks (without clicks by channel: views) become clearly fewer orders than those of the
    channels that cost nothing."""
    channels = traffic(now.rollup, None).channels
    free = [channel for channel in channels if not channel.paid]
    by_clicks = any(channel.product_clicks for channel in free)

    def came(channel: Any) -> int:
        return (channel.product_clicks if by_clicks else channel.views) or 0

    base, bought = sum(map(came, free)), sum(channel.orders or 0 for channel in free)
    for channel in channels:
        if not channel.paid or not base or not came(channel):
            continue
        share = came(channel) / base
        due, got = share * bought, channel.orders or 0
        if due < PAID_EXPECTED or got > PAID_LEFT * due or due - got < SIGMAS * sqrt(due * (1 + share)):
            continue
        name = channel.source or Sentence.of("paid traffic")
        rates = {"rate": Amount(got / came(channel), "ratio"), "usual": Amount(bought / base, "ratio")}
        yield Advice(
            f"paid-{channel.source}", "paid", now.end,
            Sentence.of("Look at {channel}: its viewers hardly buy", channel=name),
            (Sentence.of("{rate} of its product clicks become orders, against {usual} where nothing is paid.", **rates)
             if by_clicks else
             Sentence.of("{rate} of its views become orders, against {usual} where nothing is paid.", **rates),),
        )  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- giveaways


def _giveaway(now: _Now) -> Iterator[Advice]:
    """Viewers are fewer than usual, no giveaway runs, and the last one is some time ago."""
    if now.rollup.width > MINUTE:
        return
    back = (LOOK + USUAL_FOR * MINUTE) // MINUTE * MINUTE
    whole = (now.end - now.live.start) // MINUTE * MINUTE
    if not whole:
        return
    start = now.live.start
    steps = StepFacts(now.rollup, Window(max(start, start + whole - back), start + whole), MINUTE)
    course = steps["viewers_mean"]
    if course is None:
        return
    giveaways = [one for one in markers(now.rollup) if one.kind == "giveaway"]
    said, low, since = _Said(), None, 0
    for at in now.marks:
        low = None
        place = int(np.searchsorted(steps.edges, at))
        before, lately = course[max(0, place - USUAL_FOR) : place - LOW_FOR], course[place - LOW_FOR : place]
        if place < USUAL_FOR // 2 or place > len(course) or not len(lately):
            continue
        usual, now_in = float(np.nanmedian(before)), float(np.nanmean(lately))
        rests = any(one.start < at and (one.end is None or one.end > at - REST) for one in giveaways)
        if rests or not usual >= VIEWERS_AT_LEAST or not now_in <= LOW * usual:
            continue
        low = now_in, usual
        since = said.since("viewers", at, usual / max(now_in, 1.0))
    if low is None or any(one.start >= now.marks[-1] for one in giveaways):
        return
    yield Advice(
        f"giveaway-{since}", "giveaway", since, Sentence.of("Start a giveaway: fewer are watching than usual"),
        (Sentence.of("{now} in the room, {usual} over the last hour; no giveaway in the last {minutes} minutes.",
                     now=Amount(round(low[0])), usual=Amount(round(low[1])), minutes=Amount(REST // MINUTE)),),
    )  # fmt: skip


Source = Callable[[_Now], Iterator[Advice]]
BY_THE_MINUTE: tuple[Source, ...] = (_pin, _question, _funnel, _paid, _giveaway)
AT_ONCE: tuple[Source, ...] = (_violations, _stock)

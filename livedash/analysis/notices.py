"""Answers what just happened and matters: violations, giveaways, stock running out, sharp falls. It gives no advice."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from livedash.analysis.entering import entries_of, how_to_enter
from livedash.analysis.facts import StepFacts, ran
from livedash.analysis.markers import Line, markers, product_title, violation_reason
from livedash.analysis.stock import left
from livedash.rollup.fold import Rollup, Turn
from livedash.rollup.groups import PAID
from livedash.view import Window
from livedash.words import Amount, Sentence

MINUTE = 60_000
DAY = 1_440 * MINUTE

VIEWERS_STEP, VIEWERS_BEFORE, VIEWERS_LATELY, VIEWERS_LEFT, SHARPLY, VIEWERS_AT_LEAST = 30_000, 20, 4, 0.7, 0.8, 20
CTOR_STEP, CTOR_NOW, CTOR_BEFORE, CTOR_LEFT, CTOR_AT_LEAST, CTOR_SIGMAS = MINUTE, 10, 30, 0.6, 10, 3.0
QUIET_AFTER_FALL = 10 * MINUTE
ENDING = 3 * MINUTE
STOCK_PACE, STOCK_SOON, STOCK_SOLD = 10 * MINUTE, 15 * MINUTE, 3


@dataclass(frozen=True, slots=True)
class Notice:
    """kind: violation, giveaway_started, giveaway_ended, stock, viewers_fall, ctor_fall; weight: bad, good or plain."""

    id: str
    ts: int
    kind: str
    weight: str
    title: Sentence
    reason: Sentence
    product_id: str | None = None
    ref_id: str | None = None


def notices(rollup: Rollup, window: Window | None, limit: int = 20) -> tuple[Notice, ...]:
    """The latest notices of the window, newest first."""
    live = ran(rollup, window)
    if live is None:
        return ()
    found = [notice for source in SOURCES for notice in source(rollup, live)]
    shown = [notice for notice in found if window is None or window.start <= notice.ts < window.end]
    return tuple(sorted(shown, key=lambda notice: (-notice.ts, notice.id))[:limit])


def _violations(rollup: Rollup, live: Window) -> Iterator[Notice]:
    for line in rollup.records("violation"):
        said = line.get("text")
        yield _notice(
            "violation", "bad", line, Sentence.of("Violation: {reason}", reason=violation_reason(line)),
            Sentence.of("{detail}", detail=str(said)) if said else _grade(line),
        )  # fmt: skip


def _grade(line: Line) -> Sentence:
    if line.get("severity") is None:
        return Sentence.of("The log says no more about it.")
    return Sentence.of("Severity: {severity}.", severity=str(line["severity"]))


def _giveaways(rollup: Rollup, live: Window) -> Iterator[Notice]:
    """What has started, and what is over: because a line says so, or because its time is over by the room's clock."""
    now = rollup.present or 0
    turns = rollup.giveaways
    for turn in turns:
        if turn.called_off or turn.start > now:
            continue
        line = dict(turn.started)
        name, how = product_title(rollup, line), how_to_enter(line)
        reason = Sentence.of("To enter: {rule}", rule=how) if how else Sentence.of("It is open now.")
        begun = _notice("giveaway_started", "plain", line, Sentence.of("Giveaway started: {name}", name=name), reason)
        yield replace(begun, ts=turn.start)
        if turn.by_plan and turn.end is not None and turn.end <= now:
            title = Sentence.of("Giveaway ended: {name}", name=name)
            over = _notice("giveaway_ended", "plain", line, title, _outcome(rollup, turn, line))
            yield replace(over, id=f"{over.id}-over", ts=turn.end)
    ended = {turn.ended["event_id"]: turn for turn in turns if turn.ended is not None}
    for line in rollup.records("giveaway_ended"):
        yield _giveaway_ended(rollup, ended.get(line["event_id"]), line)


def _giveaway_ended(rollup: Rollup, turn: Turn | None, line: Line) -> Notice:
    about = (dict(turn.started) if turn else {}) | {name: value for name, value in line.items() if value is not None}
    name = product_title(rollup, about)
    if turn is not None and turn.called_off:
        title, reason = Sentence.of("Giveaway called off: {name}", name=name), Sentence.of("It had not started.")
    else:
        title, reason = Sentence.of("Giveaway ended: {name}", name=name), _outcome(rollup, turn, line)
    return _notice("giveaway_ended", "plain", line, title, reason)


def _outcome(rollup: Rollup, turn: Turn | None, said: Line) -> Sentence:
    """How many entered, and for how long they could."""
    entries = entries_of(rollup, said.get("ref_id"), said)
    lasted = Amount((turn.end - turn.start) / 1000, "seconds") if turn and turn.end is not None else None
    if entries is None:
        return Sentence.of("It ran for {length}.", length=lasted) if lasted else Sentence.of("It is over.")
    if lasted is None:
        return Sentence.of("Entries: {entries}.", entries=Amount(entries))
    return Sentence.of("Entries: {entries} in {length}.", entries=Amount(entries), length=lasted)


def _notice(kind: str, weight: str, line: Line, title: Sentence, reason: Sentence) -> Notice:
    return Notice(
        id=line["event_id"],
        ts=line["ts"],
        kind=kind,
        weight=weight,
        title=title,
        reason=reason,
        product_id=line.get("product_id"),
        ref_id=line.get("ref_id"),
    )


def _sold_out(rollup: Rollup, live: Window) -> Iterator[Notice]:
    for marker in markers(rollup, live):
        if marker.kind == "sold_out":
            reason = Sentence.of("The log reports no stock left.")
            yield Notice(marker.id, marker.start, "stock", "bad", marker.sentence, reason, marker.product_id)


def _running_out(rollup: Rollup, live: Window) -> Iterator[Notice]:
    """Products that will be sold out within 15 minutes if they go on selling as in the last ten. Only for a LIVE that
    runs, at its present end, and for a stock reported within those ten minutes: an older one says little."""
    if rollup.room.ended_at is not None or rollup.present is None or live.end <= rollup.present:
        return
    since = max(live.end - STOCK_PACE, live.start)
    lines = rollup.lines(Window(since, live.end))
    paid = lines[(lines["type"] == PAID) & (lines["product"] >= 0)]
    sold = np.bincount(paid["product"], weights=paid["quantity"])
    names = rollup.products(None).index
    selling = {names[code]: int(sold[code]) for code in np.flatnonzero(sold >= STOCK_SOLD).tolist()}
    about = [rollup.product_facts[product_id] for product_id in selling]
    about = [one for one in about if one.stock and not one.delisted and since <= (one.stock_at or 0) < live.end]
    remaining = left(rollup, [one.product_id for one in about])
    for facts in about:
        pieces, lately = remaining[facts.product_id], selling[facts.product_id]
        lasts = pieces / lately * (live.end - since)
        if lasts <= STOCK_SOON:
            yield Notice(
                f"stock-{facts.product_id}", facts.stock_at or since, "stock", "bad",
                Sentence.of(
                    "{product} will be sold out in about {length}",
                    product=facts.title, length=Amount(max(1, round(lasts / MINUTE)) * 60, "seconds"),
                ),
                Sentence.of(
                    "About {stock} left by now; {sold} sold in the last {length}.",
                    stock=Amount(pieces), sold=Amount(lately),
                    length=Amount((live.end - since) / 1000, "seconds"),
                ),
                facts.product_id,
            )  # fmt: skip


def _viewers_fall(rollup: Rollup, live: Window) -> Iterator[Notice]:
    """Current viewers stay for a minute at less than 70 % of their median over the ten minutes before, which was 20 at
    least, and at less than 80 % of what they were in the two minutes before (a slow ebb is not sharp). Said once in
    ten minutes, and not of the last three minutes of an ended LIVE: there everybody leaves."""
    steps = _steps(rollup, live, VIEWERS_STEP)
    mean = steps["viewers_mean"] if steps else None
    if steps is None or mean is None or len(mean) <= VIEWERS_BEFORE + 1:
        return
    mean = np.where(steps.covered * 2 >= steps.step_ms, mean, np.nan)
    before = np.lib.stride_tricks.sliding_window_view(mean[:-2], VIEWERS_BEFORE)
    usual, lately = _medians(before), np.fmax.reduce(before[:, -VIEWERS_LATELY:], axis=1)
    first, second = mean[VIEWERS_BEFORE:-1], mean[VIEWERS_BEFORE + 1 :]
    fallen = (usual >= VIEWERS_AT_LEAST) & (np.fmax(first, second) < VIEWERS_LEFT * usual) & (second < SHARPLY * lately)
    until = live.end - ENDING if rollup.room.ended_at is not None else live.end
    for place in _first_of_each(fallen, QUIET_AFTER_FALL // steps.step_ms):
        at = int(steps.edges[place + VIEWERS_BEFORE + 2])
        if at <= until:
            yield Notice(
                f"viewers-fall-{at}", at, "viewers_fall", "bad",
                Sentence.of("Viewers fell by {share}", share=Amount(float(1 - second[place] / usual[place]), "ratio")),
                Sentence.of(
                    "{now} in the room, against {usual} in the ten minutes before.",
                    now=Amount(round(float(second[place]))), usual=Amount(round(float(usual[place]))),
                ),
            )  # fmt: skip


def _ctor_fall(rollup: Rollup, live: Window) -> Iterator[Notice]:
    """Ten minutes bring less than 60 % of the orders that their product clicks would have brought at the rate of the
    half hour before: at least ten were to be expected, and chance alone (three standard deviations) does not explain
    it. Said once in ten minutes."""
    steps = _steps(rollup, live, CTOR_STEP)
    orders, clicks = (steps["orders"], steps["product_clicks"]) if steps else (None, None)
    if steps is None or orders is None or clicks is None or len(steps) < CTOR_NOW + CTOR_BEFORE:
        return
    now, before = ({name: _sums(course, size) for name, course in (("orders", orders), ("clicks", clicks))}
                   for size in (CTOR_NOW, CTOR_BEFORE))  # fmt: skip
    known, asked = now["clicks"][CTOR_BEFORE:], before["clicks"][:-CTOR_NOW]
    share = np.divide(known, asked, out=np.zeros(len(known)), where=asked > 0)
    expected = share * before["orders"][:-CTOR_NOW]
    got = now["orders"][CTOR_BEFORE:]
    spread = np.sqrt(expected * (1 + share))
    fallen = (expected >= CTOR_AT_LEAST) & (got < CTOR_LEFT * expected) & (expected - got >= CTOR_SIGMAS * spread)
    for place in _first_of_each(fallen, QUIET_AFTER_FALL // steps.step_ms):
        at = int(steps.edges[place + CTOR_NOW + CTOR_BEFORE])
        yield Notice(
            f"ctor-fall-{at}", at, "ctor_fall", "bad",
            Sentence.of("CTOR fell to {rate}", rate=Amount(float(got[place] / known[place]), "ratio")),
            Sentence.of(
                "{got} orders in ten minutes, where the clicks let {expected} be expected.",
                got=Amount(int(got[place])), expected=Amount(round(float(expected[place]))),
            ),
        )  # fmt: skip


def _steps(rollup: Rollup, live: Window, step_ms: int) -> StepFacts | None:
    """Steps of this length over at most the last day; None for a room whose buckets are wider."""
    if rollup.width > step_ms:
        return None
    return StepFacts(rollup, Window(max(live.start, live.end - DAY), live.end), step_ms)


def _sums(course: np.ndarray, size: int) -> np.ndarray:
    """Sums over every run of `size` steps."""
    total = np.concatenate([[0.0], np.cumsum(course)])
    return total[size:] - total[:-size]


def _medians(rows: np.ndarray) -> np.ndarray:
    """The median of each row over its known values; NaN where fewer than half are known."""
    known = np.count_nonzero(~np.isnan(rows), axis=1)
    ordered = np.sort(rows, axis=1)
    middle = ordered[np.arange(len(rows)), np.maximum(known - 1, 0) // 2]
    return np.where(known * 2 >= rows.shape[1], middle, np.nan)


def _first_of_each(hits: np.ndarray, apart: int) -> Iterator[int]:
    """Of hits in a row, or nearer to each other than `apart` places, the first."""
    last = -apart - 1
    for place in np.flatnonzero(hits).tolist():
        if place - last > apart:
            yield place
        last = place


SOURCES: tuple[Callable[[Rollup, Window], Iterator[Notice]], ...] = (
    _violations, _giveaways, _sold_out, _running_out, _viewers_fall, _ctor_fall,
)  # fmt: skip

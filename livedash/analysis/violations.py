"""Answers what the platform objected to, what was on air then, and how far each appeal has come. It judges nothing:
reasons, points and outcomes are those of the log, and what figures did around a violation is no proof of a cause."""
from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from livedash.analysis.claims import Claim, flagged
from livedash.analysis.effects import Effect, effect
from livedash.analysis.facts import RoomFacts, on_edge
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import AROUND_VIOLATION, METRICS, Value
from livedash.analysis.remedies import UNKNOWN, Remedy, remedy
from livedash.rollup.fold import Rollup
from livedash.rollup.room import ProductFacts, decimal, moment, text
from livedash.view import Window

Line = Mapping[str, Any]

NONE, SUBMITTED, UPHELD, REJECTED = "none", "submitted", "upheld", "rejected"
"""How far an appeal has come. Upheld: the appeal was right, and the violation does not stand."""
ALL, OPEN = "all", "open"
SHOWN = (ALL, OPEN, SUBMITTED, UPHELD, REJECTED)
"""What can be chosen to see. Open are those that stand: all but those whose appeal was upheld."""

OUTCOMES = {
    UPHELD: UPHELD, "accepted": UPHELD, "approved": UPHELD, "granted": UPHELD, "successful": UPHELD, "won": UPHELD,
    REJECTED: REJECTED, "denied": REJECTED, "declined": REJECTED, "dismissed": REJECTED, "unsuccessful": REJECTED,
    "lost": REJECTED,
}  # fmt: skip
"""Outcomes as logs tell them."""

BEFORE_MS, AFTER_MS = 60_000, 30_000
"""What was on air: so long before the violation and after it."""
MOST_CAPTIONS, MOST_BEFORE, MOST_AFTER = 12, 6, 3
"""Captions, and comments before and after, that are told of it at most."""
LONGEST_SAID = 500
"""Letters that are told of each."""
MOST = 100
"""Violations answered at once; of more, the latest."""
MOST_JUDGED = 5
"""Of so many, the latest, it is told what figures did against what was to be expected: that takes its time."""
STRETCH_MS, SHORTEST_MS = 5 * 60_000, 60_000
"""What figures did: in stretches of this length before and after it, or shorter ones near the LIVE's start and end."""
DAY_MS, LONGEST_DAYS = 86_400_000, 3660


@dataclass(frozen=True, slots=True)
class Appeal:
    """state: of NONE, SUBMITTED, UPHELD, REJECTED. event_id: of the line that submitted it; reason, text, evidence
    (names of files), by: what was submitted; outcome: as the log has it; times are epoch ms."""

    state: str = NONE
    event_id: str | None = None
    submitted_at: int | None = None
    reason: str | None = None
    text: str | None = None
    evidence: tuple[str, ...] = ()
    by: str | None = None
    decided_at: int | None = None
    outcome: str | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something said around a violation: by the host (a caption; name is None), or by a viewer. claims: what platforms
    object to in what the host said."""

    ts: int
    text: str
    name: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in the stretch before the violation and in the one after it; value None is "no value". effect: what it
    did against what was to be expected; None where that is not told yet, or not of so old a violation."""

    key: str
    before: Value
    after: Value
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """changes in two stretches of length_ms, one up to the violation and one from it on (to the second); empty where
    the LIVE was not on air for long enough on both sides. told_from: epoch ms from which on effects are told, where
    that is still to come."""

    length_ms: int
    changes: tuple[Change, ...]
    told_from: int | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """ref: what appeals and addresses call it; ids: the event_ids of its lines; reason, severity, points, scheme: as
    the log has them; detail: what the log says of it; advice: the log's own remediation; remedy: ours; pinned: the
    product pinned then; captions, comments: what was said around it; comments_in_all: of how many; until: epoch ms up
    to which it can be appealed, None where nothing says so."""

    ref: str
    ids: tuple[str, ...]
    ts: int
    reason: str | None
    severity: str | None
    points: str | None
    scheme: str | None
    detail: str | None
    advice: str | None
    remedy: Remedy
    product: ProductFacts | None
    product_id: str | None
    pinned: ProductFacts | None
    captions: tuple[Said, ...]
    comments: tuple[Said, ...]
    comments_in_all: int
    appeal: Appeal
    until: int | None
    around: Around

    @property
    def stands(self) -> bool:
        return self.appeal.state != UPHELD


@dataclass(frozen=True, slots=True)
class Violations:
    """found: of the window and of the state asked for, newest first, MOST at most; counts: how many of the window there
    are, by each of SHOWN; in_live: how many in the whole LIVE."""

    found: tuple[Violation, ...]
    counts: tuple[tuple[str, int], ...]
    in_live: int


@dataclass(frozen=True, slots=True)
class Known:
    """A violation as its lines tell it: fields of later lines win, the time is that of the first. lines: those about
    its appeal, as they stand."""

    ref: str
    ids: tuple[str, ...]
    ts: int
    said: Line
    lines: tuple[Line, ...]
    appeal: Appeal


def violations(rollup: Rollup, window: Window | None, state: str = ALL) -> Violations:
    """The violations of the window whose state is asked for (one of SHOWN; anything else is ALL)."""
    everything = known(rollup)
    there = [one for one in everything if window is None or window.start <= one.ts < window.end]
    counts = tuple((name, sum(is_shown(one.appeal, name) for one in there)) for name in SHOWN)
    wanted = [one for one in there if is_shown(one.appeal, state)]
    latest = sorted(wanted, key=lambda one: (-one.ts, one.ref))[:MOST]
    pins = [marker for marker in markers(rollup) if marker.kind == "pin"] if latest else []
    found = tuple(_violation(rollup, one, pins, place < MOST_JUDGED) for place, one in enumerate(latest))
    return Violations(found, counts, len(everything))


def is_shown(appeal: Appeal, state: str) -> bool:
    """Whether a violation with that appeal is among those of a state."""
    if state == OPEN:
        return appeal.state != UPHELD
    return appeal.state == state if state in SHOWN and state != ALL else True


def standing_violations(rollup: Rollup, window: Window | None) -> tuple[int, int]:
    """How many violations of the window stand (those whose appeal was upheld do not), and how many there were."""
    there = [one for one in known(rollup) if window is None or window.start <= one.ts < window.end]
    return sum(is_shown(one.appeal, OPEN) for one in there), len(there)


def known(rollup: Rollup) -> tuple[Known, ...]:
    """Every violation of the LIVE with its appeal, in order of time. Lines of one ref_id tell of one violation; a line
    without a ref_id goes by its event_id."""
    told: dict[str, list[Line]] = {}
    for line in rollup.records("violation"):
        told.setdefault(text(line.get("ref_id")) or line["event_id"], []).append(line)
    appeals = _appeals(rollup, told)
    return tuple(
        Known(
            ref,
            tuple(line["event_id"] for line in lines),
            lines[0]["ts"],
            {name: value for line in lines for name, value in line.items() if value not in (None, "")},
            tuple(appeals.get(ref, ())),
            appeal_of(appeals.get(ref, ())),
        )
        for ref, lines in told.items()
    )


def _appeals(rollup: Rollup, told: Mapping[str, list[Line]]) -> dict[str, list[Line]]:
    """The lines about each appeal. They may name the violation by its ref_id or by the event_id of one of its lines."""
    names = {line["event_id"]: ref for ref, lines in told.items() for line in lines}
    found: dict[str, list[Line]] = {}
    for line in rollup.records("appeal_submitted", "appeal_decided"):
        ref = text(line.get("ref_id")) or ""
        found.setdefault(ref if ref in told else names.get(ref, ref), []).append(line)
    return found


def appeal_lines(rollup: Rollup, window: Window | None, ref: str) -> tuple[bool, tuple[Line, ...], int | None]:
    """Whether there is such a violation, the lines about its appeal in whichever file they stand, and the time of the
    latest event where the LIVE is over."""
    one = next((one for one in known(rollup) if one.ref == ref), None)
    over = rollup.latest_ts if rollup.room.state == "ended" else None
    return one is not None, one.lines if one else (), over


def when(line: Line) -> int:
    """When what a line says was done: a line of the dashboard about a LIVE that is over stands at that LIVE's end, and
    has the real time in `recorded` (in older lines: `at`)."""
    known = (line.get(name) for name in ("recorded", "at"))
    return next((ms for ms in known if isinstance(ms, int) and not isinstance(ms, bool)), line["ts"])


def appeal_of(lines: Iterable[Line]) -> Appeal:
    """How far an appeal has come, by the lines about it; the latest word counts. An outcome that is not known leaves it
    submitted, and is told as it stands."""
    state: str = NONE
    submitted: Line | None = None
    decided: Line | None = None
    for line in sorted(lines, key=lambda line: (when(line), line["ts"], line["event_id"])):
        if line["type"] == "appeal_submitted":
            state = SUBMITTED
            submitted = submitted or line
            decided = None
        else:
            decided = line
            state = OUTCOMES.get(str(line.get("outcome") or "").strip().casefold(), SUBMITTED)
    asked, told = submitted or {}, decided or {}
    return Appeal(
        state=state,
        event_id=text(asked.get("event_id")),
        submitted_at=when(asked) if asked else None,
        reason=text(asked.get("reason")),
        text=text(asked.get("text")),
        evidence=_names(asked.get("evidence")),
        by=text(asked.get("by")),
        decided_at=when(told) if told else None,
        outcome=text(told.get("outcome")),
        decided_by=text(told.get("by")),
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str) and name)[:20] if isinstance(value, list) else ()


def _violation(rollup: Rollup, one: Known, pins: list[Marker], judged: bool) -> Violation:
    said, facts = one.said, rollup.product_facts
    reason = _written(said.get("reason"))
    product_id = text(said.get("product_id"))
    held = [pin for pin in pins if pin.start <= one.ts and (pin.end is None or one.ts < pin.end)]
    near = Window(one.ts - BEFORE_MS, one.ts + AFTER_MS + 1)
    return Violation(
        ref=one.ref,
        ids=one.ids,
        ts=one.ts,
        reason=reason,
        severity=_written(said.get("severity")),
        points=_written(said.get("points")),
        scheme=_written(said.get("scheme")),
        detail=_written(said.get("text")),
        advice=_written(said.get("remediation")),
        remedy=remedy(reason) if reason else UNKNOWN,
        product=facts.get(product_id or ""),
        product_id=product_id,
        pinned=facts.get(held[-1].product_id or "") if held else None,
        captions=tuple(_captions(rollup, near)),
        comments=tuple(_comments(rollup, one.ts)),
        comments_in_all=rollup.sums(near)["comments"],
        appeal=one.appeal,
        until=appeal_until(rollup, one),
        around=around(rollup, one.ts, one.ids, judged),
    )


def _written(value: object) -> str | None:
    """What a field says, as text; numbers without superfluous digits."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = decimal(value)
        return None if number is None else f"{number.normalize():f}"
    return text(value)


def _captions(rollup: Rollup, near: Window) -> Iterator[Said]:
    """What the host said then, by the captions."""
    captions = rollup.records("caption")
    first = bisect.bisect_left(captions, near.start, key=lambda line: line["ts"])
    last = bisect.bisect_left(captions, near.end, key=lambda line: line["ts"])
    for line in captions[max(first, last - MOST_CAPTIONS) : last]:
        if said := text(line.get("text")):
            shown = _cut(said)
            yield Said(line["ts"], shown, claims=flagged(shown))


def _comments(rollup: Rollup, ts: int) -> Iterator[Said]:
    """The last comments before it, and the last of the half minute after it."""
    before = rollup.comments(Window(ts - BEFORE_MS, ts + 1), MOST_BEFORE)
    after = rollup.comments(Window(ts + 1, ts + AFTER_MS + 1), MOST_AFTER)
    for comment in (*before, *after):
        yield Said(comment.ts, _cut(comment.text), comment.name or comment.user_id or "")


def _cut(said: str) -> str:
    return said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…"


def around(rollup: Rollup, ts: int, ids: tuple[str, ...], judged: bool) -> Around:
    """What figures did before and after a moment; and, if judged, against what was to be expected without the event of
    these ids. Stretches begin on the edge of a bucket, so that they cost two look-ups each; while the one after it
    runs, whole minutes are compared."""
    live = rollup.span
    middle = on_edge(rollup, ts)
    length = min(STRETCH_MS, middle - live.start, live.end - middle) if live else 0
    runs = live is not None and rollup.room.ended_at is None and live.end < middle + STRETCH_MS
    length -= length % (SHORTEST_MS if runs else rollup.width)
    if live is None or length < SHORTEST_MS:
        return Around(0, ())
    stretch = Window(middle, middle + length)
    before, after = RoomFacts(rollup, Window(middle - length, middle)), RoomFacts(rollup, stretch)
    changes = tuple(
        Change(
            key,
            METRICS[key].compute(before)[0],
            METRICS[key].compute(after)[0],
            effect(rollup, stretch, key, without=ids) if judged and not runs else None,
        )
        for key in AROUND_VIOLATION
    )
    return Around(length, changes, middle + STRETCH_MS if runs else None)


def appeal_until(rollup: Rollup, one: Known) -> int | None:
    """Up to when it can be appealed: by `appeal_until`, by `appeal_days` from the violation on, or by the `appeal_days`
    that the LIVE's own line has for all of them."""
    until = moment(one.said.get("appeal_until"))
    if until is not None:
        return until
    for line in (one.said, *reversed(rollup.records("live_started"))):
        days = decimal(line.get("appeal_days"))
        if days is not None and 0 < days <= LONGEST_DAYS:
            return one.ts + int(days * DAY_MS)
    return None

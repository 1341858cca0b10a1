"""When each giveaway runs, read off the lines that start and end it. It knows no clock and no viewer: whoever asks says
what time it is."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from livedash.log.moments import moment
from livedash.log.numbers import whole_number

Line = Mapping[str, Any]

STARTED, ENDED = "giveaway_started", "giveaway_ended"
SCHEDULED, RUNNING, OVER, CALLED_OFF = "scheduled", "running", "ended", "called off"
"""What a giveaway can be at one moment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A giveaway's stretch of time. started, ended: its lines (ended None where none was written); start: epoch ms;
    end: when it ended or is to end, None where nobody said; called_off: ended before it began, so it never ran."""

    started: Line
    ended: Line | None
    start: int
    end: int | None
    called_off: bool = False

    def state(self, now: int) -> str:
        """SCHEDULED, RUNNING, OVER or CALLED_OFF at that moment (epoch ms)."""
        if self.called_off:
            return CALLED_OFF
        if now < self.start:
            return SCHEDULED
        return RUNNING if self.end is None or now < self.end else OVER

    @property
    def planned(self) -> int | None:
        """When it was to end by its own line (epoch ms)."""
        return planned_end(self.started, self.start)

    @property
    def by_plan(self) -> bool:
        """Whether its own planned end ends it, with no line that says so."""
        return self.ended is None and self.end is not None and self.end == self.planned


@dataclass(slots=True)
class _Draft:
    line: Line
    start: int
    planned: int | None
    ended: Line | None = None

    def ends(self, *others: int | None) -> int | None:
        """The first of all ends that are known."""
        said = self.ended["ts"] if self.ended is not None else None
        return min((ms for ms in (self.planned, said, *others) if ms is not None), default=None)

    def called_off(self, over: int | None) -> bool:
        """Only what was to start later than it was said can be called off: by its end, or by that of the LIVE."""
        end = self.ends(over)
        return self.start > self.line["ts"] and end is not None and end <= self.start


def turns(lines: Iterable[Line], over: int | None = None) -> tuple[Turn, ...]:
    """The giveaways of these lines (of types STARTED and ENDED, in any order), in order of their start. over: when the
    LIVE ended, None while it runs.

    A giveaway starts with its line, or at its `starts_at` where that is later. It ends with whatever comes first: its
    line of the same ref_id, its `ends_at` or `length` (seconds), the start of the next one (one runs at a time), the
    end of the LIVE. An end without a ref_id is that of what began last.
    """
    drafts: list[_Draft] = []
    for line in sorted(lines, key=lambda line: (line["ts"], line["event_id"])):
        if line["type"] == STARTED:
            start = starts_at(line)
            drafts.append(_Draft(line, start, planned_end(line, start)))
        elif line["type"] == ENDED and (draft := _meant(drafts, line)) is not None:
            draft.ended = line
    drafts.sort(key=lambda draft: draft.start)
    coming = [draft.start for draft in drafts if not draft.called_off(over)]
    found = []
    for draft in drafts:
        if draft.called_off(over):
            found.append(Turn(draft.line, draft.ended, draft.start, draft.start, called_off=True))
            continue
        coming = coming[1:]
        end = draft.ends(coming[0] if coming else None, over)
        found.append(Turn(draft.line, draft.ended, draft.start, end if end is None else max(end, draft.start)))
    return tuple(found)


def starts_at(line: Line) -> int:
    """When a giveaway starts by its line: epoch ms."""
    return max(line["ts"], moment(line.get("starts_at")) or 0)


def planned_end(line: Line, start: int) -> int | None:
    """When a giveaway is to end by its line; None where it does not say, or says a time before it starts."""
    end = moment(line.get("ends_at"))
    said = line.get("length")
    length = said if isinstance(said, float) else whole_number(said)
    if end is None and length is not None and 0 < length < 1e9:
        end = start + round(length * 1000)
    return end if end is not None and end > start else None


def _meant(drafts: list[_Draft], line: Line) -> _Draft | None:
    """The giveaway that a line ends: the latest of its ref_id that has no such line yet."""
    ref = line.get("ref_id")
    waiting = [draft for draft in drafts if draft.ended is None]
    if ref:
        return next((draft for draft in reversed(waiting) if draft.line.get("ref_id") == ref), None)
    begun = [draft for draft in waiting if draft.start <= line["ts"]]
    return max(begun, key=lambda draft: draft.start, default=None)

"""Answering: that viewers' questions have been answered, said by a durable line for each in the room's log. It never
says so twice, and it never rewrites what was said before."""
from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from livedash.operate.journal import held, now

Event = dict[str, Any]
ANSWERED = "question_answered"


def answered(room: Path, ids: tuple[str, ...], by: str, ts: int | None = None) -> tuple[Event, ...]:
    """Mark the comments of these event_ids as answered, all in one append, now or at ts (epoch ms; of a LIVE that is
    over: the lines then say besides when they were recorded). Returns the lines written: none for one that was marked
    before. Raises Problem: those of `held` and `append`."""
    with held(room) as journal:
        before = {event.get("ref_id") for event in journal.events() if event.get("type") == ANSWERED}
        clock = now()
        line = {"ts": clock if ts is None else ts, "type": ANSWERED}
        more = {"by": by} if ts is None else {"by": by, "recorded": clock}
        lines = tuple(
            {"event_id": f"op-{uuid.uuid4().hex}", **line, "ref_id": comment, **more}
            for comment in dict.fromkeys(ids)
            if comment not in before
        )
        if lines:
            journal.append(lines)
        return lines

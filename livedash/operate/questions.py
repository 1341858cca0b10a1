"""Answering: that a viewer's question has been answered, said by one durable line in the room's log. It never says so
twice, and it never rewrites what was said before."""
from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from livedash.operate.journal import held, now

Event = dict[str, Any]
ANSWERED = "question_answered"


def answered(room: Path, comment_id: str, by: str, ts: int | None = None) -> tuple[Event, ...]:
    """Mark the comment of that event_id as answered, now or at ts (epoch ms; of a LIVE that is over: the line then says
    besides when it was recorded). Returns the line written: none if it was marked before. Raises Problem: those of
    `held` and `append`."""
    with held(room) as journal:
        if any(event.get("type") == ANSWERED and event.get("ref_id") == comment_id for event in journal.events()):
            return ()
        clock = now()
        line = {
            "event_id": f"op-{uuid.uuid4().hex}",
            "ts": clock if ts is None else ts,
            "type": ANSWERED,
            "ref_id": comment_id,
            "by": by,
        }
        if ts is not None:
            line["recorded"] = clock
        journal.append((line,))
        return (line,)

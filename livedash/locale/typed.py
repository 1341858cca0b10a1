"""Times as a person types them, in the room's zone: 20:03, 20:03:41, or with a day before it. It guesses the day from
the LIVE they are typed for, and nothing else."""
from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from livedash.locale import Words
from livedash.problems import Problem
from livedash.view import NO_TIME, Window
from livedash.words import N_

TYPED = re.compile(r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?", re.ASCII)


def written(ms: int, live: Window, words: Words) -> str:
    """A time as it may be typed: with its day where the LIVE goes over more than one; nothing where none is known."""
    if live == NO_TIME:
        return ""
    moment = words.moment(ms)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if words.over_days(live) else "%H:%M:%S")


def read(text: str | None, live: Window, words: Words) -> int:
    """Epoch ms of what was typed. Without a day it is that time inside the LIVE, else the one nearest to it; an hour
    that the clock goes through twice is taken the same way. Raises Problem("time-typed")."""
    match = TYPED.fullmatch((text or "").strip())
    try:
        if match is None:
            raise ValueError
        year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
        clock = time(hour, minute, second)
        days = [date(year, month, day)] if year else _days(live, words)
        found = [ms for one in days for ms in _moments(datetime.combine(one, clock), words)]
    except (ValueError, OverflowError):
        raise Problem(
            "time-typed",
            N_("{text} is not a time. Write it as 20:03, 20:03:41 or 2026-11-23 20:03."),
            text=(text or "").strip()[:40] or "–",
        ) from None
    return min(found, key=lambda ms: (max(live.start - ms, ms - live.end, 0), ms))


def _days(live: Window, words: Words) -> list[date]:
    first, last = words.moment(live.start).date(), words.moment(live.end).date()
    between = min((last - first).days, 31)
    return [first + timedelta(days=place) for place in range(-1, between + 2)]


def _moments(local: datetime, words: Words) -> list[int]:
    """The moments at which the room's clock shows this: two where it goes through an hour twice."""
    found = (local.replace(tzinfo=words.zone, fold=fold) for fold in (0, 1))
    return sorted({round(moment.astimezone(UTC).timestamp() * 1000) for moment in found})

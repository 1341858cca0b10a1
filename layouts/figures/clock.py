"""The ticks of an axis of time, on the hours and days of the room's own clock. Plotly's axes know no zones: they are
given places and texts, and those hold over midnights and over the nights on which clocks change."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from livedash.locale import Words
from livedash.view import Window

SECOND, HOUR, DAY = 1_000, 3_600_000, 86_400_000
WITHIN_AN_HOUR = tuple(s * SECOND for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800))
HOURS = (1, 2, 3, 4, 6, 12)
DAYS = (1, 2, 7, 14, 28)


def ticks(window: Window, words: Words, most: int = 10) -> tuple[list[int], list[str]]:
    """At most about `most` moments (epoch ms) inside the window that people expect on an axis, and how each is written:
    the day stands below the first one and wherever it is another."""
    moments = list(_moments(window, words, most))
    with_seconds = any(ms % 60_000 for ms in moments)
    days = [words.moment(ms).date() for ms in moments]
    if window.end - window.start > DAY * most:
        return moments, list(map(words.day, moments))
    several = words.over_days(window)
    texts = []
    for place, ms in enumerate(moments):
        other_day = several and (place == 0 or days[place] != days[place - 1])
        texts.append(words.time_of_day(ms, seconds=with_seconds) + (f"<br>{words.day(ms)}" if other_day else ""))
    return moments, texts


def shift(window: Window, words: Words) -> int:
    """Milliseconds by which the room's clock is ahead of UTC when the window begins."""
    return _offset(window.start, words)


def changes(window: Window, words: Words) -> bool:
    """Whether the room's clock is put forward or back inside the window."""
    return _offset(window.start, words) != _offset(window.end - 1, words)


def hover_format(window: Window, words: Words) -> str:
    """How Plotly writes the time above its hover box: with the day where the LIVE or the window is of several."""
    if window.seconds > DAY / 1000:
        return "%b %-d %H:%M"
    return "%b %-d %H:%M:%S" if words.several_days or words.over_days(window) else "%H:%M:%S"


def by_the_room(line: dict[str, Any], starts: Sequence[int], words: Words) -> dict[str, Any]:
    """The line of a chart whose hover says itself at what time (epoch ms) each of its points is. It is for windows in
    which clocks change: what Plotly writes above the hover box knows nothing of that, and is left empty there."""
    return line | {
        "text": [f"{words.day(ms)} {words.time_of_day(ms, seconds=True)}" for ms in starts],
        "hovertemplate": f"%{{text}}<br>{line['hovertemplate']}",
    }


def _offset(ms: int, words: Words) -> int:
    offset = words.moment(ms).utcoffset()
    return int(offset.total_seconds() * 1000) if offset else 0


def _moments(window: Window, words: Words, most: int) -> Iterator[int]:
    length = window.end - window.start
    for step in WITHIN_AN_HOUR:
        if step * most >= length:
            return _steps(window, step, words)
    for hours in HOURS:
        if hours * HOUR * most >= length:
            hourly = _steps(window, HOUR, words)
            return (ms for ms in hourly if words.moment(ms).hour % hours == 0)
    days = next((days for days in DAYS if days * DAY * most >= length), -(-length // (DAY * most)))
    return _midnights(window, days, words)


def _steps(window: Window, step: int, words: Words) -> Iterator[int]:
    """Moments that are whole steps of the room's clock. Offsets of half and quarter hours move what is a whole hour."""
    offset = _offset(window.start, words) % step
    first = -(-(window.start + offset) // step) * step - offset
    return iter(range(first, window.end, step))


def _midnights(window: Window, days: int, words: Words) -> Iterator[int]:
    begins = words.moment(window.start)
    day = begins.date() + timedelta(days=0 if begins.time() == datetime.min.time() else 1)
    while True:
        ms = round(datetime(day.year, day.month, day.day, tzinfo=words.zone).timestamp() * 1000)
        if ms >= window.end:
            return
        yield ms
        day += timedelta(days=days)

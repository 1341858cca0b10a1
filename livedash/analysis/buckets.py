"""Buckets of a chosen length on the clock of the room: which there are to choose from, where they begin, and the base
measures of each. It draws nothing and knows no metric."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from livedash.analysis.facts import DISTINCT, LONG_MS, RoomFacts, StepFacts, whole
from livedash.rollup.fold import Rollup
from livedash.view import NO_TIME, Window

HOUR, DAY = 3_600_000, 86_400_000
BUCKETS = (10_000, 60_000, 300_000, 900_000, HOUR, 6 * HOUR, DAY)
"""Lengths of buckets in ms: 10 s, 1, 5, 15 min, 1, 6 and 24 h."""
MOST = 60_000
"""No more buckets than this at once, whatever was asked for: 16 hours of seconds."""


def bucket_for(rollup: Rollup, window: Window, points: int = 240) -> int:
    """The shortest bucket that tells the window in at most `points` of them: 10 s up to 40 min, 1 min up to 4 h, 5 min
    up to 20 h ...; beyond two thirds of a year, whole days."""
    fitting = (step for step in buckets_for(rollup, window) if step * points >= window.end - window.start)
    return next(fitting, BUCKETS[-1])


def buckets_for(rollup: Rollup, window: Window) -> tuple[int, ...]:
    """The lengths that can be chosen for the window: no finer than the room is kept, and never more than MOST."""
    length = window.end - window.start
    return tuple(step for step in BUCKETS if step % rollup.width == 0 and step * MOST >= length) or BUCKETS[-1:]


class Buckets(StepFacts):
    """The base measures of buckets on the room's clock: a bucket of 5 min begins at :00, :05 ...; one of an hour or
    more at the room's own hours and midnights, so that a day of daylight saving may last 23 or 25 hours. The first and
    the last are as short as the window makes them (its start is moved down to the edge of the rollup's own buckets).

    after: ms by which everything is later than it would be on the clock; to lay one stretch over another.
    """

    def __init__(self, rollup: Rollup, window: Window, step_ms: int, after: int = 0) -> None:
        if window.end - window.start > MOST * DAY:
            window = whole(rollup) or NO_TIME  # a window of ages holds what there is
        choices = buckets_for(rollup, window)
        step = next((step for step in choices if step >= step_ms), choices[-1])
        super().__init__(rollup, window, step)
        after -= after % rollup.width
        on_clock = Window(self.window.start - after, self.window.end - after)
        inner = _clock_edges(on_clock, step, ZoneInfo(rollup.room.timezone)) + after
        self.edges = np.concatenate([[self.window.start], inner, [self.window.end]])

    def _with_exact_end(self, name: str) -> np.ndarray:
        """A measure per bucket; where an edge falls within one of the rollup's own (days of a zone, in a room of years)
        each is read by itself."""
        if name in DISTINCT:
            return np.array([self.rollup.distinct(name, window) for window in self._windows()], np.float64)
        if (self.edges[:-1] % self.rollup.width).any():
            return np.array([RoomFacts(self.rollup, window)[name] for window in self._windows()], np.float64)
        out = self._added_up(name)
        if self.window.end % self.rollup.width:
            out[-1] = self._last[name]
        return out

    def _added_up(self, name: str) -> np.ndarray:
        fine = self.rollup.series(name, self.window, self.rollup.width).astype(np.float64)
        return np.add.reduceat(fine, (self.edges[:-1] - self.window.start) // self.rollup.width)

    def _long_views(self) -> np.ndarray:
        out, span = self._added_up("long"), self.rollup.span
        out[self.edges[1:] > (span.end if span else 0) - LONG_MS] = np.nan
        return out

    def _windows(self) -> list[Window]:
        return [Window(start, end) for start, end in pairwise(self.edges.tolist())]


def _clock_edges(window: Window, step_ms: int, zone: tzinfo) -> np.ndarray:
    """Where buckets begin inside the window, its ends left out: int64 epoch ms."""
    if step_ms < HOUR:  # no zone is off by other than quarters of an hour
        first = window.start - window.start % step_ms + step_ms
        return np.arange(first, window.end, step_ms, dtype=np.int64)
    day = datetime.fromtimestamp(window.start / 1000, zone).date()
    last = datetime.fromtimestamp(window.end / 1000, zone).date()
    found: set[int] = set()
    while day <= last:
        found.update(edge for edge in _edges_of(day, step_ms, zone) if window.start < edge < window.end)
        day += timedelta(days=1)
    return np.array(sorted(found), np.int64)


def _edges_of(day: date, step_ms: int, zone: tzinfo) -> list[int]:
    """Where buckets begin on one day of the zone. An hour that comes twice begins twice; one that is left out begins
    when the clock goes on."""
    out = []
    for place in range(max(1, DAY // step_ms)):
        wall = datetime(day.year, day.month, day.day) + timedelta(milliseconds=place * step_ms)
        for fold in (0, 1) if step_ms == HOUR else (0,):
            moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            real = moment.astimezone(zone).replace(tzinfo=None) == wall
            if real or not fold:
                out.append(round(moment.timestamp() * 1000))
    return out

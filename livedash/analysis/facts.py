"""Base measures by name, read from a rollup: of a window of a room, and of every step of a window. The registry's
formulas are put to these; here nothing is divided and no metric is known."""
from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from livedash.analysis.metrics import BASE, SECOND
from livedash.rollup.fold import Gauge, Rollup
from livedash.rollup.groups import VIEWED
from livedash.rollup.room import moment
from livedash.view import Window

DISTINCT = frozenset({"viewers", "customers", "orders", "priced_orders", "sku_orders", "created_orders"})
LONG_MS = 60_000
"""A long view lasts more than this."""
ABSENT = frozenset({"stock"})
"""Measures that a room as a whole does not have."""


def ran(rollup: Rollup, window: Window | None) -> Window | None:
    """The part of the window in which the LIVE ran: from its start to its end, or to the last event while it runs. None
    where that is nothing."""
    span = rollup.span
    if span is None or window is None:
        return span
    start, end = max(span.start, window.start), min(span.end, window.end)
    return Window(start, end) if start < end else None


def live_ms(rollup: Rollup, window: Window | None) -> int | None:
    """How long the LIVE ran within the window: one that still runs has run up to its last event."""
    lived = _lived(rollup)
    if lived is None:
        return None
    window = window or lived
    return max(min(lived.end, window.end) - max(lived.start, window.start), 0)


def _lived(rollup: Rollup) -> Window | None:
    room, last = rollup.room, rollup.present
    if room.started_at is None or last is None:
        return None
    return Window(room.started_at, last if room.ended_at is None else room.ended_at)


def whole(rollup: Rollup) -> Window | None:
    """The window that holds everything in the log."""
    if rollup.first_ts is None or rollup.latest_ts is None:
        return None
    span = rollup.span or Window(rollup.first_ts, rollup.latest_ts + 1)
    return Window(min(span.start, rollup.first_ts), max(span.end, rollup.latest_ts + 1))


def gaps(rollup: Rollup) -> list[Window]:
    """The stretches in which nothing was recorded, in order of their start."""
    found = [(moment(line.get("from")), moment(line.get("to"))) for line in rollup.records("recording_gap")]
    whole = [(start, end) for start, end in found if start is not None and end is not None and start < end]
    return [Window(start, end) for start, end in sorted(whole)]


def on_edge(rollup: Rollup, ts: int) -> int:
    """The time (epoch ms) moved up to the edge of a bucket, where a window is two look-ups: for windows that may as
    well begin a second later. In a room of more than a day, whose buckets are wider, it stays where it is."""
    return -(-ts // SECOND) * SECOND if rollup.width == SECOND else ts


class RoomFacts:
    """The base measures of a window, each read when first asked for. None: the log lacks what feeds it, or there is no
    value."""

    def __init__(self, rollup: Rollup, window: Window | None) -> None:
        self.rollup = rollup
        self.window = window
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str, /) -> Any:
        if name not in self._found:
            self._found[name] = None if BASE[name].lacks(self.rollup.types) or name in ABSENT else self._read(name)
        return self._found[name]

    def _read(self, name: str) -> Any:
        if name in DISTINCT:
            return self.rollup.distinct(name, self.window)
        if name == "live_ms":
            return live_ms(self.rollup, self.window)
        if name == "shown_views":
            return self._shown_views()
        if name.startswith("viewers_"):
            return self._gauge(name)
        return self._sums[name]

    @cached_property
    def _sums(self) -> dict[str, int]:
        return self.rollup.sums(self.window)

    @cached_property
    def gauge(self) -> Gauge:
        """Current viewers over the window."""
        return self.rollup.gauge(self.window)

    def _shown_views(self) -> int:
        showing = channels_that_show(self.rollup)
        if showing is None:
            return int(self._sums["views"])
        if self.window is None:
            return int(self.rollup.channels(None)["views"].to_numpy()[showing].sum())
        return int(_views_of(self.rollup, showing, np.array([self.window.start, self.window.end]))[0])

    def _gauge(self, name: str) -> int | float | None:
        count = self.gauge.count
        if not len(count):
            return None
        if name == "viewers_now":
            return int(count[-1])
        if name == "viewers_peak":
            return int(count.max())
        live = ran(self.rollup, self.window)
        if live is None:
            return None
        mean = _means(self.gauge, np.array([live.start, live.end]))[0]
        return int(count[-1]) if np.isnan(mean) else float(mean)


def channels_that_show(rollup: Rollup) -> np.ndarray | None:
    """By channel code (the rows of rollup.channels), whether its (source, paid) reports impressions. None where
    impressions carry no channel at all, or where all channels with views report them: every view counts then."""
    table = rollup.channels(None)
    pairs = list(zip(table["source"], table["paid"], strict=True))
    reporting = {pair for pair, count in zip(pairs, table["impressions"], strict=True) if count}
    if all(source is None for source, _ in reporting):
        return None
    showing = np.array([pair in reporting for pair in pairs])
    return None if showing[table["views"].to_numpy() > 0].all() else showing


def _views_of(rollup: Rollup, channels: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Views that came by the channels (bool by code), between neighbouring edges (rising epoch ms): float64."""
    events = rollup.events(Window(int(edges[0]), int(edges[-1])))
    views = events[events["type"] == VIEWED]
    came = views["ts"][channels[views["channel"]]]
    place = np.searchsorted(edges, came, side="right") - 1
    return np.bincount(place, minlength=len(edges) - 1).astype(np.float64)


class StepFacts:
    """The base measures of every step of a window: float64 arrays, NaN where there is no value.

    Steps begin at window.start (moved down to the edge of a bucket); the last one ends with the window, however short.
    """

    def __init__(self, rollup: Rollup, window: Window, step_ms: int) -> None:
        self.rollup = rollup
        start = window.start - window.start % rollup.width  # the rollup's series begin there
        self.window = Window(start, max(window.end, start + 1))
        self.step_ms = step_ms
        self.edges = np.append(np.arange(start, self.window.end, step_ms, dtype=np.int64), self.window.end)
        self._found: dict[str, np.ndarray | None] = {}

    def __len__(self) -> int:
        return len(self.edges) - 1

    @cached_property
    def covered(self) -> np.ndarray:
        """How long each step was live and recorded, in ms: float64."""
        live = ran(self.rollup, self.window)
        if live is None:
            return np.zeros(len(self))
        recorded = self._overlaps(live)
        for gap in apart(gaps(self.rollup)):
            recorded -= self._overlaps(Window(max(gap.start, live.start), min(gap.end, live.end)))
        return recorded

    def _overlaps(self, window: Window) -> np.ndarray:
        inside = np.minimum(self.edges[1:], window.end) - np.maximum(self.edges[:-1], window.start)
        return np.maximum(inside, 0).astype(np.float64)

    def __getitem__(self, name: str, /) -> np.ndarray | None:
        if name not in self._found:
            self._found[name] = None if BASE[name].lacks(self.rollup.types) or name in ABSENT else self._read(name)
        return self._found[name]

    def _read(self, name: str) -> np.ndarray | None:
        if name == "live_ms":
            lived = _lived(self.rollup)
            return self._overlaps(lived) if lived else np.zeros(len(self))
        if name == "viewing_ms":
            steps = zip(self.edges[:-1].tolist(), self.edges[1:].tolist(), strict=True)
            return np.array([self.rollup.sums(Window(*step))[name] for step in steps], np.float64)
        if name == "long_views":
            return self._long_views()
        if name.startswith("viewers_"):
            return self._gauge_of(name) if len(self.gauge.ts) else None
        if name == "shown_views":
            return self._shown_views()
        return self._with_exact_end(name)

    @cached_property
    def gauge(self) -> Gauge:
        """Current viewers over the window."""
        return self.rollup.gauge(self.window)

    def _gauge_of(self, name: str) -> np.ndarray:
        """The last, the highest or the mean value of each step, the one carried into it included."""
        ts, count = self.gauge.ts, self.gauge.count.astype(np.float64)
        if name == "viewers_mean":
            return _means(self.gauge, self.edges)
        last = np.searchsorted(ts, self.edges[1:]) - 1
        if name == "viewers_now":
            return np.where(last >= 0, count[last], np.nan)
        first = np.maximum(np.searchsorted(ts, self.edges[:-1], side="right") - 1, 0)
        runs = zip(first.tolist(), last.tolist(), strict=True)
        return np.array([count[begin : end + 1].max() if begin <= end else np.nan for begin, end in runs])

    def _with_exact_end(self, name: str) -> np.ndarray:
        """A measure per step. The rollup's steps are all of one length, so a last one that ends sooner, with events
        after it, is read by itself."""
        read = self.rollup.distinct_series if name in DISTINCT else self.rollup.series
        out = read(name, self.window, self.step_ms)[: len(self)].astype(np.float64)
        shorter = (self.window.end - self.window.start) % self.step_ms > 0
        if shorter and self.rollup.latest_ts is not None and self.rollup.latest_ts >= self.window.end:
            out[-1] = self._last[name]
        return out

    @cached_property
    def _last(self) -> RoomFacts:
        return RoomFacts(self.rollup, Window(int(self.edges[-2]), self.window.end))

    def _long_views(self) -> np.ndarray:
        """Views by the time they began, once a minute has told which of them were long."""
        out = self.rollup.series("long", self.window, self.step_ms)[: len(self)].astype(np.float64)
        span = self.rollup.span
        out[self.edges[1:] > (span.end if span else 0) - LONG_MS] = np.nan
        return out

    def _shown_views(self) -> np.ndarray | None:
        showing = channels_that_show(self.rollup)
        return self["views"] if showing is None else _views_of(self.rollup, showing, self.edges)


def apart(windows: Iterable[Window]) -> list[Window]:
    """The same stretches without overlaps, in order of time."""
    out: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start):
        if out and window.start <= out[-1].end:
            out[-1] = Window(out[-1].start, max(out[-1].end, window.end))
        else:
            out.append(window)
    return out


def _means(gauge: Gauge, edges: np.ndarray) -> np.ndarray:
    """Time-weighted means between neighbouring edges (rising epoch ms), over the time for which a value is known; NaN
    where none is."""
    ts, count = gauge.ts.astype(np.int64), gauge.count.astype(np.int64)
    at = np.searchsorted(ts, edges, side="right") - 1
    known = at >= 0
    at = np.maximum(at, 0)
    area = np.concatenate([[0], np.cumsum(np.diff(ts) * count[:-1])])
    since = np.where(known, area[at] + (edges - ts[at]) * count[at], 0)
    lasted = np.diff(np.maximum(edges, ts[0]))
    return np.divide(np.diff(since), lasted, out=np.full(len(lasted), np.nan), where=lasted > 0)

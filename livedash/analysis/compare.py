"""Answers how the same metrics went at another time: over a second window of the LIVE, or in the same minutes of an
earlier one. It lays one line behind another and judges nothing."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from livedash.analysis.buckets import Buckets
from livedash.analysis.metrics import METRICS, Metric
from livedash.analysis.trend import course
from livedash.rollup.fold import Rollup
from livedash.rollup.room import RoomHeader
from livedash.view import NO_TIME, Window


@dataclass(frozen=True, slots=True)
class Behind:
    """A line to draw behind that of a trend over the window compared with.

    window: the stretch that it tells; after: how much later that is than the window compared with, in ms (take it off
    to draw it there; negative for an earlier one). edges: where its buckets begin and the last one ends, bucket for
    bucket those of the trend. currency: what its money is in. incomparable: metrics left out because their money is in
    another currency.
    """

    window: Window
    after: int
    step_ms: int
    edges: tuple[int, ...]
    series: dict[str, tuple[float | None, ...]]
    currency: str | None
    incomparable: tuple[str, ...] = ()


def behind(
    rollup: Rollup, window: Window | None, keys: tuple[str, ...], since: int, step_ms: int
) -> Behind:
    """The same metrics over as long a stretch of the same LIVE that begins at `since` (epoch ms)."""
    window = window or rollup.span or NO_TIME
    return _behind(rollup, window, keys, since - window.start, step_ms, rollup.room.currency)


def since_start(rollup: Rollup, window: Window | None) -> Window:
    """The window (None: the whole LIVE) as ms since the LIVE began: what to ask an earlier LIVE for."""
    span = rollup.span or NO_TIME
    window = window or span
    return Window(window.start - span.start, window.end - span.start)


def same_minutes(
    earlier: Rollup, window: Window | None, keys: tuple[str, ...], since: Window, started_at: int, step_ms: int,
    currency: str | None,
) -> Behind:  # fmt: skip
    """The same minutes since its start of an earlier LIVE. since: as since_start says of the LIVE compared with, which
    began at started_at and sells in currency; `window` is not looked at (an earlier LIVE is told whole)."""
    span = earlier.span or NO_TIME
    compared = Window(started_at + since.start, started_at + since.end)
    return _behind(earlier, compared, keys, span.start - started_at, step_ms, currency)


def earlier_lives(header: RoomHeader, others: Iterable[RoomHeader]) -> tuple[RoomHeader, ...]:
    """LIVEs to compare with: ended ones of the same host that began before this one, the latest first. None where the
    log names no host."""
    begun = header.started_at
    if begun is None or not header.host:
        return ()
    found = [
        (other.started_at, other)
        for other in others
        if other.id != header.id and other.state == "ended" and other.host == header.host
        and other.started_at is not None and other.started_at < begun
    ]  # fmt: skip
    return tuple(other for _, other in sorted(found, key=lambda pair: (-pair[0], pair[1].id)))


def _behind(
    rollup: Rollup, compared: Window, keys: tuple[str, ...], after: int, step_ms: int, currency: str | None
) -> Behind:
    """The line over the window `after` ms later than the one compared with, in buckets that lie like the buckets there
    (to the width of this rollup's own)."""
    start = compared.start - compared.start % rollup.width
    after -= after % rollup.width
    steps = Buckets(rollup, Window(start + after, compared.end + after), step_ms, after)
    own = rollup.room.currency
    apart = tuple(key for key in keys if _is_money(METRICS[key]) and None not in (own, currency) and own != currency)
    series = {key: course(METRICS[key], steps) for key in keys if key not in apart}
    return Behind(steps.window, after, steps.step_ms, tuple(steps.edges.tolist()), series, own, apart)


def _is_money(metric: Metric) -> bool:
    return metric.unit in ("money", "money_per_hour")

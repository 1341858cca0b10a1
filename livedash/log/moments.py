"""Moments as a log writes them: RFC 3339 with a zone, or epoch milliseconds. One reader for `ts` and for every field
that names a time; it knows no clock."""
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

EARLIEST = 946_684_800_000
"""The first moment that a LIVE can be of: 2000-01-01."""
LATEST = 4_102_444_800_000
"""The last one that a line can name: 2100-01-01."""

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def epoch_ms(value: object) -> int | None:
    """A time in epoch ms, whenever it is; finer parts than a millisecond are cut off. None for what is no time."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 2**62 else None
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        return None
    leap = value[17:19] == "60"
    try:
        when = datetime.fromisoformat((value[:17] + "59" + value[19:] if leap else value).upper())
        return (when - _EPOCH) // timedelta(milliseconds=1) + (1000 if leap else 0)
    except (ValueError, OverflowError):
        return None


def moment(value: object) -> int | None:
    """The time that a field names (from, to, starts_at, ends_at, appeal_until) in epoch ms; None for what is no time,
    and for one before EARLIEST or after LATEST, with which nothing could be drawn or counted."""
    found = epoch_ms(value)
    return found if found is not None and EARLIEST <= found <= LATEST else None

"""What is still to happen in a simulated LIVE, in order of time: lines of the log, and moments at which something is
decided by what happened before. It knows nothing of viewers or products."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import Any

Line = dict[str, Any]
Moment = Callable[[int], Iterable[Line]]


class Timeline:
    """Times are ms from the start of the LIVE; event ids are counted up in the order in which lines are made."""

    def __init__(self, started_at: int) -> None:
        self._started_at = started_at
        self._due: list[tuple[int, int, Line | Moment]] = []
        self._made = 0

    def line(self, type_: str, fields: Line) -> Line:
        """A new line without its time, which it gets when it happens."""
        self._made += 1
        return {"event_id": f"s{self._made:x}", "ts": "", "type": type_, **fields}

    def at(self, ms: int, type_: str, fields: Line) -> str:
        """Let a line happen at a time; gives its event_id."""
        line = self.line(type_, fields)
        heappush(self._due, (ms, self._made, line))
        return line["event_id"]

    def then(self, ms: int, moment: Moment) -> None:
        """Let something be decided at a time; the lines that it gives happen there and then."""
        self._made += 1
        heappush(self._due, (ms, self._made, moment))

    def until(self, end: int) -> Iterator[Line]:
        """Let happen everything before a time."""
        due, second, stamp = self._due, -1, ""
        while due and due[0][0] < end:
            ms, _, item = heappop(due)
            now, rest = divmod(self._started_at + ms, 1000)
            if now != second:
                second, stamp = now, datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            ts = f"{stamp}.{rest:03d}Z"
            for line in (item,) if isinstance(item, dict) else item(ms):
                line["ts"] = ts
                yield line

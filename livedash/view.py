"""What somebody is looking at, as small frozen values. A View says it all: give it to any analysis function and the
answer is the same; it may hold nothing that is not needed for that, because caches are keyed by it."""
from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, [start, end), both in epoch milliseconds (UTC)."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / 1000


NO_TIME = Window(0, 1)
"""Stands for the LIVE while no event says when it is."""


@dataclass(frozen=True, slots=True)
class View:
    """One room at one revision, seen through one window.

    window is None for the whole LIVE; metrics are registry keys in the order chosen; theme is "light" or "dark"; as_of
    is the moment (epoch ms) as of which everything is shown, None for now.
    """

    room: str
    revision: int
    window: Window | None = None
    metrics: tuple[str, ...] = ()
    language: str = "en"
    theme: str = "light"
    as_of: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As a plain dict for a dcc.Store."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> View:
        window = data.get("window")
        return cls(
            room=data["room"],
            revision=data["revision"],
            window=Window(**window) if window else None,
            metrics=tuple(data.get("metrics") or ()),
            language=data.get("language") or "en",
            theme=data.get("theme") or "light",
            as_of=data.get("as_of"),
        )

"""What the address asks the Trend analysis tab for besides the stretch of time: metrics, bucket, and what to compare
with. It reads and checks what anybody may have typed; the stretch itself is the View's."""

from __future__ import annotations

from collections.abc import Mapping

from dash import dcc
from dash.development.base_component import Component

from layouts import addresses
from livedash.analysis.metrics import DEFAULT_TREND, METRICS

ASKED = "trends-asked"
MOST_CHARTED = 2

Asked = Mapping[str, str] | None
"""The parameters of the address by name, as they are written there."""


def layout() -> Component:
    """The parameters, for whichever parts follow them."""
    return dcc.Store(id=ASKED)


def keys(asked: Asked) -> tuple[str, ...]:
    """The metrics to chart: at most two, and the usual ones where none is asked for that means something over time."""
    wanted = (asked or {}).get("metrics", "").split(",")
    known = [key for key in dict.fromkeys(wanted) if key in METRICS and "time" in METRICS[key].by]
    return tuple(known[:MOST_CHARTED]) or DEFAULT_TREND


def step(asked: Asked) -> int | None:
    """The bucket to chart by in ms (the address has seconds); None for the one that fits the stretch."""
    wanted = (asked or {}).get("step", "")
    return int(wanted) * 1000 or None if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else None


def second(asked: Asked) -> int | None:
    """The start of the second stretch of this LIVE to compare with, in epoch ms."""
    return addresses.moment((asked or {}).get("second"))


def earlier(asked: Asked) -> str | None:
    """The earlier LIVE to compare with, by its room."""
    return (asked or {}).get("earlier") or None

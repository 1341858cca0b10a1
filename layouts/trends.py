"""The Trend analysis tab: how any metric moved over any stretch of the LIVE, and what happened meanwhile. It only puts
its parts in their places; each part is its own module."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import asked, compare, course, download, effects, events, rows, shocks, strip, watch
from livedash.locale import Words

VIEW = "trends-view"
"""The View as far as this tab is open."""


def layout(words: Words) -> Component:
    """The chart with what belongs to it; beside it, or below it on a narrow screen, what to look at."""
    return panel(
        VIEW,
        asked.layout(),
        html.Div(
            [strip.layout(words), course.layout(words), effects.layout(words), rows.layout(words)],
            className="column main",
        ),
        html.Div(
            [watch.layout(words), events.panel(words), shocks.layout(words), events.layout(words)],
            className="column right",
        ),
        compare.layout(words),
        download.layout(words),
        className="trends",
    )

"""The Broadcast tab: the LIVE to be watched, while it runs and from any moment of it afterwards, with what happened and
what was said beside it. It only puts its parts in their places; each part is its own module."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import happenings, mood, player, talk
from livedash.locale import Words

VIEW = "broadcast-view"
"""The View as far as this tab is open."""


def layout(words: Words) -> Component:
    """The picture, what happened and what is said: beside each other on a wide screen, below each other on a narrow
    one."""
    beside = html.Div([happenings.layout(words), mood.layout(words)], className="replay-column")
    return panel(VIEW, player.layout(words), beside, talk.layout(words), className="replay")

"""The Key data tab: how it is going, at one glance. It only puts its parts in their places; each part is its own
module."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import audience, broadcast, comments, conversion, overview, products, recommendations, traffic, trend
from livedash.locale import Words

VIEW = "key-data-view"
"""The View as far as this tab is open."""


def layout(words: Words) -> Component:
    """Three columns on a wide screen; on a narrow one the middle comes first and the others stand beside each other
    below."""

    def column(name: str, *parts: Component) -> Component:
        return html.Div(parts, className=f"column {name}")

    return panel(
        VIEW,
        column("left", traffic.layout(words), conversion.layout(words), audience.layout(words)),
        column("main", overview.layout(words), trend.layout(words), products.layout(words)),
        column("right", broadcast.layout(words), recommendations.layout(words), comments.layout(words)),
        className="columns",
    )

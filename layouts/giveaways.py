"""The Giveaways tab: each giveaway with its entries and winners, and what it did. It only puts its parts in their
places; each part is its own module."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import giveaway_effects, giveaway_form, giveaways
from livedash.locale import Words

VIEW = "giveaways-view"
"""The View as far as this tab is open."""


def layout(words: Words) -> Component:
    """The giveaways, and beside them what they did; below each other on a narrow screen."""
    return panel(
        VIEW,
        html.Div(giveaways.layout(words), className="column"),
        html.Div([giveaway_effects.layout(words), giveaway_effects.comparison(words)], className="column"),
        giveaway_form.layout(words),
        className="giveaway-columns",
    )

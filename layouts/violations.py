"""The Violations tab: what the platform objected to, what to do about it, and the appeal against it. It only puts its
parts in their places; each part is its own module."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.panel import panel
from layouts.parts import appeal, violation_cards
from livedash.locale import Words

VIEW = "violations-view"
"""The View as far as this tab is open."""


def layout(words: Words) -> Component:
    return panel(VIEW, violation_cards.layout(words), appeal.layout(words), className="violations")

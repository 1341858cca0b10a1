"""The tab that tells each product by itself. It says what it will hold until it does."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts.states import coming
from livedash.locale import Words


def layout(words: Words) -> Component:
    return coming(
        words("Products"),
        words("Every product with its own course, stock and talking points, and what pinning it did."),
        words,
    )

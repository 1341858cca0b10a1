"""The tab that tells what each giveaway brought. It says what it will hold until it does."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts.states import coming
from livedash.locale import Words


def layout(words: Words) -> Component:
    return coming(
        words("Giveaways"),
        words("Every giveaway with its entries and winners, and what it did for each product."),
        words,
    )

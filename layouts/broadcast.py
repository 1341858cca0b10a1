"""The tab that tells the broadcast as a whole. It says what it will hold until it does."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts.states import coming
from livedash.locale import Words


def layout(words: Words) -> Component:
    return coming(
        words("Broadcast"),
        words("The whole broadcast with its comments, to be watched from any moment of the LIVE."),
        words,
    )

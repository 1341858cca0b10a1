"""The tab that tells how two metrics move over any stretch of the LIVE. It says what it will hold until it does."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts.states import coming
from livedash.locale import Words


def layout(words: Words) -> Component:
    return coming(
        words("Trend analysis"),
        words(
            "Any two metrics side by side over any stretch of the LIVE, with what each pin, promotion, giveaway "
            "and violation did to them."
        ),
        words,
    )

"""The tab that tells what the platform objected to. It says what it will hold until it does."""
from __future__ import annotations

from dash.development.base_component import Component

from layouts.parts.states import coming
from livedash.locale import Words


def layout(words: Words) -> Component:
    return coming(
        words("Violations"),
        words("Every violation with its reason, what to do about it, and the state of its appeal."),
        words,
    )

"""The choice of a stretch of time, for any tab: the whole LIVE, its last minutes, or two typed times. What is chosen
stands in the address; it does not know what is shown of the stretch.

How to use it, with a root id of your own: choice(ROOT, words) and typed_times(ROOT, words) where they shall stand, and
callbacks.parts.stretch.wire(app, rooms, ROOT) once for the root.
"""
from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import segmented
from livedash.locale import Words

WHOLE, CUSTOM = "whole", "custom"
LASTS = (30, 5)


def choice_id(root: str) -> str:
    return f"{root}-stretch"


def from_id(root: str) -> str:
    return f"{root}-from"


def to_id(root: str) -> str:
    return f"{root}-to"


def button_id(root: str) -> str:
    return f"{root}-typed"


def wrong_id(root: str) -> str:
    return f"{root}-wrong"


def typed_id(root: str) -> str:
    """The store of the stretch that was typed."""
    return f"{root}-typed-stretch"


def choice(root: str, words: Words) -> Component:
    """The whole LIVE, the last minutes, or another stretch."""
    lasts = [(str(minutes), words("Last {n} min", n=minutes)) for minutes in LASTS]
    return segmented(
        words("Stretch of time"),
        id=choice_id(root),
        options=[(WHOLE, words("Whole LIVE")), *lasts, (CUSTOM, words("Custom"))],
        value=WHOLE,
    )


def typed_times(root: str, words: Words) -> list[Component]:
    """Two times to type, a button, and a place for what is wrong with them."""

    def time(id_: str, label: str) -> Component:
        field = dbc.Input(
            id=id_, type="text", size="sm", autocomplete="off", class_name="timeline-time", debounce=False
        )
        return html.Label([html.Span(label), field])

    return [
        time(from_id(root), words("From")),
        time(to_id(root), words("To")),
        html.Button(words("Show"), id=button_id(root), type="button", className="btn btn-quiet"),
        html.Span(id=wrong_id(root), className="timeline-wrong", role="status"),
        dcc.Store(id=typed_id(root)),
    ]

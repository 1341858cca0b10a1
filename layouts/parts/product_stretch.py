"""The stretch of time that the Products tab shows: the whole LIVE, its last minutes, or two typed times. It computes
nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.parts import stretch
from layouts.parts.states import trouble_id
from livedash.locale import Words, typed
from livedash.view import View, Window

ROOT = "products-time"
SPAN = f"{ROOT}-span"

OUTPUTS: dict[str, Output] = {"span": Output(SPAN, "data")}


def layout(words: Words) -> Component:
    """One line of controls."""
    return html.Div(
        [
            stretch.choice(ROOT, words),
            html.Div(stretch.typed_times(ROOT, words), className="product-times"),
            html.P(id=trouble_id(ROOT), className="state failed", hidden=True, role="status"),
            dcc.Store(id=SPAN),
        ],
        className="product-stretch",
    )


def show(answer: Window, view: View, words: Words) -> dict[str, Any]:
    """answer: the whole LIVE. The times that may be typed stand as they are typed."""
    window = view.window or answer
    return {"span": [typed.written(ms, answer, words) for ms in (window.start, window.end)]}

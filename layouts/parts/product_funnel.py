"""The funnel of one product: shown, clicked, put into a cart, ordered, with the rates between them. It computes
nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.conversion import bar_rate, bar_row
from layouts.parts.states import card, loading, missing_text
from livedash.analysis.funnel import Stage
from livedash.analysis.metrics import METRICS
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "products-funnel"
BODY = f"{ROOT}-body"

OUTPUTS: dict[str, Output] = {"body": Drawn(BODY, "children")}

STEP_RATES = ("", N_("{rate} click it"), N_("{rate} put it into a cart"), N_("{rate} order"))
"""The rate from the stage before, by the place of the stage."""


def layout(words: Words) -> Component:
    """The card in its loading state."""
    return card(words("Funnel"), id=ROOT, children=html.Div(loading(words, 4), id=BODY))


def show(answer: tuple[Stage, ...] | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: None while no product's page is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    most = max((stage.count or 0 for stage in answer), default=0)
    rows = []
    for place, stage in enumerate(answer):
        rate = None
        if place and stage.rate is not None:
            rate = bar_rate(words(STEP_RATES[place], rate=words.percent(stage.rate)), False, words)
        rows.append(bar_row(words(METRICS[stage.key].label), stage.count, most, rate, words))
    told: list[Component] = [html.Ol(rows, className="funnel")]
    *_, carts, orders = answer
    if carts.count is not None and orders.count and orders.count > carts.count:
        told.append(
            html.P(words("Who buys at once puts nothing into a cart first."), className="funnel-note muted")
        )  # fmt: skip
    missing = [feed for stage in answer if stage.count is None for feed in METRICS[stage.key].needs]
    if missing:
        told.append(html.P(missing_text(words, missing), className="funnel-note muted"))
    return {"body": told}

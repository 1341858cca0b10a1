"""The conversion card: impressions, views, product clicks and orders with the rates between them, and beside it the
people who took the steps in order. Two definitions, each named where it stands; it computes neither."""

from __future__ import annotations

from math import log10
from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, missing_text, segmented
from livedash.analysis.funnel import Funnel, UserStage
from livedash.analysis.metrics import METRICS
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "key-data-conversion"
NOTE = f"{ROOT}-note"
MODE = f"{ROOT}-mode"
EVENTS = f"{ROOT}-events"
PEOPLE = f"{ROOT}-people"

OUTPUTS: dict[str, Output] = {
    "note": Drawn(NOTE, "children"),
    "events": Drawn(EVENTS, "children"),
    "people": Drawn(PEOPLE, "children"),
}

STEP_RATES = ("", N_("{rate} enter"), N_("{rate} click a product"), N_("{rate} order"))
"""The rate from the stage before, by the place of the stage in the funnel."""

USER_STAGES = {
    "entered": N_("Entered"),
    "product_impression": N_("Saw a product"),
    "product_click": N_("Clicked"),
    "add_to_cart": N_("Added to cart"),
    "order_paid": N_("Paid"),
}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    return card(
        words("Conversion"),
        id=ROOT,
        note=html.Span(id=NOTE),
        actions=segmented(
            words("What is counted"),
            id=MODE,
            options=[("events", words("Events")), ("people", words("People"))],
            value="events",
            persist=True,
        ),
        children=[html.Div(loading(words, 5), id=EVENTS), html.Div(loading(words, 5), id=PEOPLE, hidden=True)],
    )


def show(answer: tuple[Funnel, tuple[UserStage, ...]], view: View, words: Words) -> dict[str, Any]:
    """Both funnels; which of them is seen is the reader's choice."""
    funnel, people = answer
    note = f"{words.clock(view.window.start)} – {words.clock(view.window.end)}" if view.window else ""
    return {"note": note, "events": _events(funnel, words), "people": _people(people, words)}


def _events(funnel: Funnel, words: Words) -> list[Component]:
    most = max((stage.count or 0 for stage in funnel.stages), default=0)
    worst = funnel.bottleneck.key if funnel.bottleneck else None
    rows = []
    for place, stage in enumerate(funnel.stages):
        rate = None
        if place and stage.rate is not None:
            rate = bar_rate(words(STEP_RATES[place], rate=words.percent(stage.rate)), stage.key == worst, words)
        rows.append(bar_row(words(METRICS[stage.key].label), stage.count, most, rate, words))
    told: list[Component] = [html.Ol(rows, className="funnel")]
    if funnel.bottleneck:
        told.append(html.P(words.sentence(funnel.bottleneck.sentence), className="funnel-note"))
    if funnel.missing:
        told.append(html.P(missing_text(words, funnel.missing), className="funnel-note muted"))
    return told


def _people(stages: tuple[UserStage, ...], words: Words) -> list[Component]:
    most = max((stage.users for stage in stages), default=0)
    rows = []
    for place, stage in enumerate(stages):
        rate = None
        if place and stage.rate is not None:
            rate = bar_rate(words("{rate} go on", rate=words.percent(stage.rate)), False, words)
        rows.append(bar_row(words(USER_STAGES[stage.stage]), stage.users, most, rate, words))
    meaning = words("Distinct people who took these steps one after the other, however long it took them.")
    return [html.Ol(rows, className="funnel"), html.P(meaning, className="funnel-note muted")]


def bar_rate(text: str, worst: bool, words: Words) -> Component:
    if not worst:
        return html.Div(text, className="funnel-rate")
    return html.Div(
        [html.Span("▼ ", **{"aria-hidden": "true"}), words("{rate} · bottleneck", rate=text)],
        className="funnel-rate bottleneck",
    )


def bar_row(label: str, count: int | None, most: int, rate: Component | None, words: Words) -> Component:
    """One stage. Lengths are logarithmic, so that the step from bar to bar is the rate between them and the last can be
    read beside the first."""
    if count:
        length = 100 * log10(count + 1) / log10(most + 1)
        bar = html.Span(words.value(count, "count"), className="funnel-bar", style={"width": f"{length:.1f}%"})
    else:
        bar = html.Span(words.value(count, "count"), className="funnel-none")
    return html.Li([rate, html.Span(label, className="funnel-label clip"), html.Span(bar, className="funnel-track")])

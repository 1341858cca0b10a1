"""What a giveaway did: each figure of its product, of the other products and of the LIVE against what was to be
expected, in numbers and in words; and several held against each other. It names no cause and computes nothing."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.parts.effects import signed
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.effects import Effect, caution, in_words
from livedash.analysis.giveaway_effects import Compared, Comparison, OfProduct, Outcome
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import GIVEAWAY_JUDGED, GIVEAWAY_OF_PRODUCT, METRICS
from livedash.locale import Words
from livedash.view import View

ROOT = "giveaways-did"
NOTE = f"{ROOT}-note"
BODY = f"{ROOT}-body"
ASK = f"{ROOT}-ask"
DRAWING = f"{ROOT}-drawing"
COMPARED = f"{ROOT}-compared"
COMPARED_BOX = f"{ROOT}-compared-box"

OUTPUTS: dict[str, Output] = {
    "note": Drawn(NOTE, "children"),
    "body": Drawn(BODY, "children"),
    "of": Drawn(BODY, "data-of"),
    "compared": Drawn(COMPARED, "children"),
    "alone": Drawn(COMPARED_BOX, "hidden"),
}

MOST_NAMED = 6
"""Overlapping events that are named; of more, how many there are."""


def layout(words: Words) -> Component:
    """The card in its loading state. ASK: of which giveaway and which minute the answer is to be."""
    body = html.Div(loading(words, 6), id=BODY, className="giveaway-did", **{"data-of": ""})
    stores = (dcc.Store(id=store) for store in (ASK, DRAWING))
    return card(words("What it did"), id=ROOT, note=html.Span(id=NOTE), children=[body, *stores])


def comparison(words: Words) -> Component:
    """Where several giveaways are held against each other, once there are several."""
    return html.Section(
        [
            html.Header(html.H2(words("Which giveaways worked")), className="card-head"),
            html.Div(id=COMPARED, className="giveaway-did"),
        ],
        id=COMPARED_BOX,
        className="card",
        hidden=True,
        **{"aria-label": words("Which giveaways worked")},
    )


def show(answer: tuple[Outcome | None, Comparison], view: View, words: Words) -> dict[str, Any]:
    """answer: what the giveaway that is looked at did, None where none has run; and all of them compared."""
    outcome, compared = answer
    return {
        "note": _note(outcome, words) if outcome else None,
        "body": _outcome(outcome, view, words) if outcome else _nothing(words),
        "of": outcome.id if outcome else "",
        "compared": _compared(compared, words),
        "alone": not compared.sentences,
    }


def _nothing(words: Words) -> Component:
    said = words("Once a giveaway runs, it is told here what clicks, orders, GMV and viewers did meanwhile.")
    return nothing_yet(words, said)


def _note(outcome: Outcome, words: Words) -> str:
    if outcome.running or outcome.end is None:
        return words("{name}, since {time}, as far as it has come", name=outcome.name, time=words.clock(outcome.start))
    time = f"{words.clock(outcome.start)} – {words.clock(outcome.end)}"
    return words("{name}, {time}", name=outcome.name, time=time)


def _outcome(outcome: Outcome, view: View, words: Words) -> list[Component]:
    own = next((one for one in outcome.products if one.own), None)
    others = [one for one in outcome.products if not one.own]
    groups = [(words("Given away: {product}", product=own.title), own.effects)] if own else []
    groups.append((words("The whole LIVE"), outcome.room))
    parts = [_figures(groups, words)]
    if others:
        parts += [html.H3(words("Other products meanwhile")), _products(others, view, words)]
    return [*parts, _about(outcome, words)]


def _figures(groups: Sequence[tuple[str, tuple[Effect, ...]]], words: Words) -> Component:
    heads = [
        html.Th(words("Figure"), scope="col"),
        html.Th(words("During it"), scope="col", className="num"),
        html.Th(words("Expected"), scope="col", className="num"),
        html.Th(words("Effect"), scope="col", className="num"),
        html.Th(words("In words"), scope="col"),
    ]
    bodies = [
        html.Tbody(
            [
                html.Tr(html.Th(name, colSpan=len(heads), scope="rowgroup", className="giveaway-of name")),
                *(_figure(one, words) for one in effects),
            ],
            key=str(place),
        )
        for place, (name, effects) in enumerate(groups)
    ]
    table = html.Table([html.Thead(html.Tr(heads)), *bodies], className="table giveaway-figures")
    return _scroll(table, words("What it did"))


def _figure(one: Effect, words: Words) -> Component:
    metric = METRICS[one.key]
    return html.Tr(
        [
            html.Th(words(metric.label), scope="row"),
            html.Td(words.value(one.observed, metric.unit, short=True), className="num"),
            html.Td(words.value(one.expected, metric.unit, short=True), className="num"),
            html.Td(html.Span(_share(one, words), className=weight(one)), className="num"),
            html.Td(html.Span(words.sentence(in_words(one)), className="" if one.clear else "muted")),
        ],
        key=one.key,
    )


def _products(others: Sequence[OfProduct], view: View, words: Words) -> Component:
    names = [html.Th(words(METRICS[key].label), scope="col", className="num") for key in GIVEAWAY_OF_PRODUCT]
    rows = [
        html.Tr(
            [
                html.Th(
                    html.A(one.title, href=addresses.product(view.room, one.product_id), className="soft name"),
                    scope="row",
                ),
                *(_cell(effect, words) for effect in one.effects),
            ],
            key=one.product_id,
        )
        for one in others
    ]
    head = html.Tr([html.Th(words("Product"), scope="col"), *names])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table giveaway-others")
    return _scroll(table, words("Other products meanwhile"))


def _cell(one: Effect, words: Words) -> Component:
    """A clear effect over its interval, else that it is not clear or not known; the sentence for whoever points at it
    or listens."""
    spoken = words.sentence(in_words(one))
    heard = html.Span(spoken, className="visually-hidden")
    if not one.clear or one.low is None or one.high is None:
        seen = words("not clear") if one.uplift is not None else "–"
        shown = [html.Span(seen, className="muted", **{"aria-hidden": "true"}), heard]
    else:
        ends = words("{low} to {high}", low=signed(one.low, words), high=signed(one.high, words))
        shown = [
            html.Span(_share(one, words), className=weight(one), **{"aria-hidden": "true"}),
            html.Div(html.Span(ends, className="muted"), className="giveaway-ends-of", **{"aria-hidden": "true"}),
            heard,
        ]
    return html.Td(shown, className="num", title=spoken)


def _compared(compared: Comparison, words: Words) -> list[Component]:
    if not compared.sentences:
        return []
    heads = [
        html.Th(words("Giveaway"), scope="col"),
        html.Th(words("Entries a minute"), scope="col", className="num"),
        *(html.Th(words(METRICS[key].label), scope="col", className="num") for key in GIVEAWAY_JUDGED),
    ]
    rows = [_compared_row(one, words) for one in compared.giveaways]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="table giveaway-compared")
    said = " ".join(words.sentence(sentence) for sentence in compared.sentences)
    about = words("Clicks and orders are those of the product that was given away.")
    return [
        html.P(said, className="strong"),
        _scroll(table, words("Which giveaways worked")),
        html.P(about, className="card-note"),
    ]


def _compared_row(one: Compared, words: Words) -> Component:
    name = [html.Span(one.name, className="name"), " ", html.Span(words.clock(one.start), className="muted")]
    entries = words.value(one.entries_a_minute, "count")
    cells = [_cell(effect, words) for effect in one.effects]
    return html.Tr([html.Th(name, scope="row"), html.Td(entries, className="num"), *cells], key=one.id)


def _about(outcome: Outcome, words: Words) -> Component:
    expected = words(
        "Expected: what the minutes before let expect, and for the whole LIVE earlier LIVEs of this host where there "
        "are any. In 95 of 100 cases the effect is within its interval; where that holds zero, none is clear. "
        "Comments that only enter the giveaway are left out of the comment rate."
    )
    said = [overlapping(outcome.overlaps, words), expected, words.sentence(caution(("giveaway",)))]
    return html.Div([html.P(one) for one in said if one], className="giveaway-about")


def overlapping(markers: Sequence[Marker], words: Words) -> str:
    """Other events in the same time or shortly before, in words; empty where there are none."""
    if not markers:
        return ""
    named = words("; ").join(
        words("{time} {event}", time=words.clock(marker.start), event=marker.sentence)
        for marker in markers[:MOST_NAMED]
    )
    more = len(markers) - MOST_NAMED
    if more > 0:
        return words("At the same time or shortly before: {events}; and {n} more.", events=named, n=more)
    return words("At the same time or shortly before: {events}.", events=named)


def _share(one: Effect, words: Words) -> str:
    """The effect as +34% or −36%; a dash where it cannot be told."""
    return "–" if one.uplift is None else signed(one.uplift, words)


def weight(one: Effect) -> str:
    """good or bad where the effect is clear; else it is quiet."""
    if not one.clear or one.low is None:
        return "muted"
    return "strong good" if one.low > 0 else "strong bad"


def _scroll(table: Component, name: str) -> Component:
    return html.Div(table, className="table-scroll", tabIndex=0, role="group", **{"aria-label": name})

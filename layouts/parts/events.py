"""What happened in the stretch, as a list that opens to the facts: for keyboards and for dense charts what the lanes
are for a hand. Whatever is open stays open over refreshes; it computes nothing."""

from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.happening import Happening
from livedash.analysis.markers import Marker
from livedash.export import KIND_NAMES
from livedash.locale import Words
from livedash.view import View
from livedash.words import Amount, Sentence

ROOT = "trends-events"
LIST = f"{ROOT}-list"
COUNT = f"{ROOT}-count"
OPENED = f"{ROOT}-opened"
ASKED = f"{ROOT}-asked"
PANEL = f"{ROOT}-panel"
FACTS = f"{ROOT}-facts"
CLOSE = f"{ROOT}-close"

MOST = 300
"""Rows in the list; of more, the latest."""
AROUND_MS = 120_000
"""What is shown before and after an event that one looks closer at."""

OUTPUTS: dict[str, Output] = {
    "list": Drawn(LIST, "children"),
    "count": Drawn(COUNT, "children"),
}


def layout(words: Words) -> Component:
    """The list in its loading state."""
    return card(
        words("What happened"),
        id=ROOT,
        note=html.Span(id=COUNT),
        children=html.Div(loading(words, 5), id=LIST, className="events"),
    )


def panel(words: Words) -> Component:
    """Where the facts of an event stand once one is opened."""
    close = html.Button("×", id=CLOSE, type="button", className="btn btn-link cross", **{"aria-label": words("Close")})
    return html.Section(
        [html.Div(id=FACTS, className="event-facts"), close, dcc.Store(id=OPENED), dcc.Store(id=ASKED)],
        id=PANEL,
        className="card event-panel",
        hidden=True,
        tabIndex=-1,
        **{"aria-label": words("What is known of it")},
    )


def show(answer: tuple[Marker, ...], view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: the events of the stretch, in order of time."""
    shown = answer[-MOST:]
    if not shown:
        return {"list": nothing_yet(words, words("Nothing of these kinds happened in this stretch.")), "count": ""}
    count = words.value(len(answer), "count")
    if len(answer) > len(shown):
        count = words("The latest {n} of {all}.", n=MOST, all=count)
    return {"list": html.Ul([html.Li(_row(marker, words), key=marker.id) for marker in shown]), "count": count}


def _row(marker: Marker, words: Words) -> Component:
    """A button that opens the facts; assets/trends.js reads which ones from it."""
    return html.Button(
        [
            html.Span(words.clock(marker.start, seconds=True), className="event-time"),
            html.Span(className=f"sign {marker.kind}", **{"aria-hidden": "true"}),
            html.Span(words.sentence(marker.sentence), className="event-words"),
        ],
        type="button",
        className="event",
        **{"data-marker": marker.id, "data-into": OPENED},
    )


def facts(found: Happening | None, view: View, words: Words) -> list[Component]:
    """What the panel says of an event."""
    if found is None:
        return [html.P(words("This event is no longer in the log."), className="muted")]
    marker = found.marker
    said = [(words(label), _written(value, words)) for label, value in found.facts]
    rows = [*_times(marker, words), *said]
    near = f"{marker.start - AROUND_MS} {(marker.end or marker.start) + AROUND_MS}"
    closer = {"data-zoom": near}
    return [
        html.H2(
            [html.Span(className=f"sign {marker.kind}", **{"aria-hidden": "true"}), words(KIND_NAMES[marker.kind])]
        ),
        html.P(words.sentence(marker.sentence), className="strong"),
        html.Dl([part for label, value in rows for part in (html.Dt(label), html.Dd(value))], className="explain"),
        *_product(found, words),
        html.Div(
            [
                html.Button(words("Look closer"), type="button", className="btn btn-quiet", **closer),
                *_links(found, view, words),
            ],
            className="event-links",
        ),
    ]


def _times(marker: Marker, words: Words) -> list[tuple[str, str]]:
    if marker.end is None and not marker.open:
        return [(words("Time"), words.clock(marker.start, seconds=True))]
    if marker.end is None:
        return [(words("Since"), words.clock(marker.start, seconds=True))]
    return [
        (words("Time"), words.stretch(marker.start, marker.end)),
        (words("Lasted"), words.span((marker.end - marker.start) / 1000)),
    ]


def _written(value: Any, words: Words) -> str:
    if isinstance(value, Amount):
        return words.value(value.value, value.unit)
    return words.sentence(value) if isinstance(value, Sentence) else str(value)


def _product(found: Happening, words: Words) -> list[Component]:
    """The product that it is about."""
    product = found.product
    if product is None:
        return []
    rows = [(words("Product"), product.title)]
    if product.price is not None:
        rows.append((words("Price"), words.money(product.price)))
    if product.stock is not None:
        rows.append((words("Stock left"), words.value(product.stock, "count")))
    return [html.Dl([part for label, value in rows for part in (html.Dt(label), html.Dd(value))], className="explain")]


def _links(found: Happening, view: View, words: Words) -> list[Component]:
    """To the tabs that say more."""
    links = []
    if found.marker.kind == "violation":
        links.append((words("Violations"), addresses.violation(view.room, found.marker.ref_id or found.marker.id)))
    if found.product is not None:
        page = addresses.product(view.room, found.product.product_id, view.window)
        links.append((words("Product page"), page))
    return [html.A(f"{name} →", href=href, className="soft btn btn-link") for name, href in links]

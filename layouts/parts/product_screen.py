"""The minutes in which one product was on screen, and what it did in them beside the others: an association, and said
to be one. It computes nothing."""
from __future__ import annotations

from typing import Any

from babel.numbers import format_decimal
from dash import Output, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.effects import caution
from livedash.analysis.metrics import HEADLINE, METRICS
from livedash.analysis.product import OnScreen, Pin, Side
from livedash.locale import NO_VALUE, Words
from livedash.view import View

ROOT = "products-screen"
BODY = f"{ROOT}-body"

MOST_PINS = 50
"""Rows in the list of pins; of more, the latest."""

OUTPUTS: dict[str, Output] = {"body": Drawn(BODY, "children")}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    return card(words("On screen"), id=ROOT, children=html.Div(loading(words, 4), id=BODY))


def show(answer: OnScreen | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: None while no product's page is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    if not answer.pins:
        return {"body": nothing_yet(words, words("It was not pinned in this stretch."))}
    return {
        "body": [
            html.Div(_sides(answer, words), className="table-scroll"),
            html.P(" ".join(_said(answer, words)), className="small screen-said"),
            html.P(words.sentence(caution(("pin",))), className="small muted"),
            html.Div(_pins(answer.pins, words), className="table-scroll screen-pins"),
        ]
    }


def _sides(answer: OnScreen, words: Words) -> Component:
    """The minutes with and without a pin, beside each other."""
    head = [words("By the minute"), words("Minutes"), *_labels(words)]
    rows = [(words("While pinned"), answer.pinned), (words("Otherwise"), answer.unpinned)]
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(text, className="num" if place else "") for place, text in enumerate(head)])),
            html.Tbody([_side(name, side, words) for name, side in rows]),
        ],
        className="table",
    )


def _labels(words: Words) -> list[str]:
    return [words(METRICS[key].label) for key in ("product_clicks", "orders", HEADLINE)]


def _side(name: str, side: Side, words: Words) -> Component:
    clicks, orders, gmv = side.a_minute()
    cells = [
        words.number(round(side.minutes, 1)), *(_rate(rate, words) for rate in (clicks, orders)),
        NO_VALUE if gmv is None else words.money(gmv),
    ]  # fmt: skip
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell, className="num") for cell in cells)])


def _rate(rate: float | None, words: Words) -> str:
    """A few a minute, to as many digits as tell them apart."""
    if rate is None:
        return NO_VALUE
    return format_decimal(rate, format="#,##0.0" if rate >= 1 else "0.0#", locale=words.locale)


def _said(answer: OnScreen, words: Words) -> list[str]:
    """What is most to be noted, in a sentence for each figure that can be told."""
    pinned, otherwise = answer.pinned.a_minute()[0], answer.unpinned.a_minute()[0]
    if pinned is None or otherwise is None:
        return [words("There is too little time on one side to compare.")]
    if not otherwise:
        return [words("While pinned it had {a} clicks a minute, otherwise none.", a=_rate(pinned, words))]
    times = words.number(round(pinned / otherwise, 1))
    return [
        words(
            "While pinned it had {a} clicks a minute, otherwise {b}: {times} times as many.",
            a=_rate(pinned, words), b=_rate(otherwise, words), times=times,
        )
    ]  # fmt: skip


def _pins(pins: tuple[Pin, ...], words: Words) -> Component:
    """Every time on screen, the latest first; its time plays the broadcast from there."""
    head = [words("Pinned"), words("Lasted"), *_labels(words)]
    return html.Table(
        [
            html.Caption(words("Every time on screen"), className="visually-hidden"),
            html.Thead(html.Tr([html.Th(text, className="num" if place else "") for place, text in enumerate(head)])),
            html.Tbody([_pin(pin, words) for pin in reversed(pins[-MOST_PINS:])]),
        ],
        className="table",
    )


def _pin(pin: Pin, words: Words) -> Component:
    time = words.clock(pin.start, seconds=True)
    plays = html.Button(
        time, type="button", className="btn btn-link plays",
        **{"data-ms": pin.start, "aria-label": words("Play from {time}", time=time)},
    )  # fmt: skip
    lasted = words.span((pin.end - pin.start) / 1000)
    side = pin.side
    cells = [
        words("{length}, goes on", length=lasted) if pin.open else lasted,
        words.value(side.clicks, "count"), words.value(side.orders, "count"), words.value(side.gmv, "money"),
    ]  # fmt: skip
    told = [html.Td(cell, className="num") for cell in cells]
    return html.Tr([html.Th(plays, scope="row"), *told], key=pin.marker_id)

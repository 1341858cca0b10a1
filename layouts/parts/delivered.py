"""How far an action has come on its way to the seller's webhook: a sign with a word, and the way to the seller's own
console. It holds no ids, so that it may stand in any card, any number of times."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from livedash.analysis.deliveries import RECORDED, Delivery
from livedash.locale import Words
from livedash.words import N_

WORDS = {
    "recorded": N_("recorded"),
    "retrying": N_("delivering again"),
    "delivered": N_("delivered"),
    "confirmed": N_("confirmed"),
    "failed": N_("failed"),
}


SIGNS = {"recorded": "○", "retrying": "↻", "delivered": "●", "confirmed": "✓", "failed": "✕"}
"""The shapes where nothing but text can stand."""


def badge(delivery: Delivery | None, words: Words) -> Component:
    """The state by a shape and a word, with the reason where something stands in the way. None: recorded."""
    known = delivery or RECORDED
    return html.Span(
        [html.Span(className=f"delivery-sign {known.state}", **{"aria-hidden": "true"}), state(known, words)],
        className=f"delivery {known.state}",
    )


def in_a_line(delivery: Delivery, words: Words) -> str:
    """The same for a line of text: a sign, the word, the reason."""
    return f"{SIGNS[delivery.state]} {state(delivery, words)}"


def state(delivery: Delivery, words: Words) -> str:
    """The same in words alone, for where no sign can stand."""
    word = words(WORDS[delivery.state])
    return words("{state}: {why}", state=word, why=words.sentence(delivery.reason)) if delivery.reason else word


def console_link(address: str | None, words: Words) -> Component | None:
    """A link that opens the seller's console in another tab; None where no address is set (`--console`)."""
    if not address:
        return None
    return html.A(
        words("Open the console"), href=address, target="_blank", rel="noopener noreferrer", className="btn btn-quiet"
    )

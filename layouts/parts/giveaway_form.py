"""The form that creates a giveaway: product, prizes, entry rule, length and start. What is typed stays until it
has been taken; it checks nothing itself."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog
from livedash.locale import Words
from livedash.words import N_

ROOT = "giveaways-form"
SEARCH = f"{ROOT}-search"
PRODUCT = f"{ROOT}-product"
PRODUCTS = f"{ROOT}-products"
PRIZES = f"{ROOT}-prizes"
RULE = f"{ROOT}-rule"
KEYWORD = f"{ROOT}-keyword"
WATCH = f"{ROOT}-watch"
LENGTH = f"{ROOT}-length"
WHEN = f"{ROOT}-when"
TIME = f"{ROOT}-time"
ZONE = f"{ROOT}-zone"
WRONG = f"{ROOT}-wrong"
WRONG_FIELD = f"{ROOT}-wrong-field"
APPLY = f"{ROOT}-apply"
TOKEN = f"{ROOT}-token"
SENT = f"{ROOT}-sent"
MADE = f"{ROOT}-made"

NOW, LATER = "now", "later"
FIRST_RULE, FIRST_PRIZES, FIRST_LENGTH, FIRST_WATCH = "comment", 1, 5, 2
"""What the form begins with: the times in minutes."""

RULES = {
    "everyone": N_("Everyone who watches"), "comment": N_("Write a comment"), "follow": N_("Follow the host"),
    "watch_time": N_("Watch for some time"), "purchase": N_("Buy something"),
}  # fmt: skip
"""Entry rules as the log names them, and as they are chosen."""

FIELDS = {
    "product-unknown": PRODUCT, "prizes": PRIZES, "prizes-stock": PRIZES, "rule": RULE, "keyword": KEYWORD,
    "length": LENGTH, "watch-time": WATCH, "start-past": TIME, "start-far": TIME, "time-typed": TIME,
}  # fmt: skip
"""The field that a problem is about, by the problem's code."""


class Offer(Protocol):
    """A product that can be given away."""

    @property
    def product_id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def stock(self) -> int | None: ...

    @property
    def sku_ids(self) -> tuple[str, ...]: ...


def layout(words: Words) -> Component:
    """The dialog, closed. TOKEN: the mark of this filling in, so that sending it twice makes one giveaway; SENT: what
    is sent; MADE: what came of it."""
    fields = [
        _product(words),
        _row(
            _field(words("Prizes"), _number(PRIZES, FIRST_PRIZES)),
            _field(words("Length in minutes"), _number(LENGTH, FIRST_LENGTH)),
        ),
        _rule(words),
        _start(words),
        html.P(id=WRONG, className="giveaway-wrong", role="alert"),
        *(dcc.Store(id=store) for store in (PRODUCTS, TOKEN, SENT, MADE, WRONG_FIELD)),
    ]
    foot = [
        html.Button(words("Cancel"), type="button", className="btn btn-quiet closes"),
        html.Button(words("Create"), id=APPLY, type="button", className="btn btn-primary"),
    ]
    return dialog(
        words("Create a giveaway"), words, id=ROOT, children=html.Div(fields, className="giveaway-form"), footer=foot
    )


def _product(words: Words) -> Component:
    search = dbc.Input(
        id=SEARCH, type="search", placeholder=words("Search name or SKU"), maxlength=100, autocomplete="off"
    )
    return html.Div(
        [
            html.Label([html.Span(words("Product")), search]),
            html.Label(
                [
                    html.Span(words("Products to choose from"), className="visually-hidden"),
                    dbc.Select(id=PRODUCT, options=[], html_size="5"),
                ]
            ),
        ],
        className="giveaway-field",
    )


def _rule(words: Words) -> Component:
    rules = dbc.RadioItems(
        id=RULE, options=[{"value": key, "label": words(label)} for key, label in RULES.items()], value=FIRST_RULE
    )
    keyword = dbc.Input(id=KEYWORD, type="text", maxlength=80, autocomplete="off")
    return html.Fieldset(
        [
            html.Legend(words("Entry rule")),
            rules,
            html.Div(_field(words("Word to write (none: any comment)"), keyword), className="giveaway-keyword"),
            html.Div(_field(words("Minutes to watch"), _number(WATCH, FIRST_WATCH)), className="giveaway-watch"),
        ],
        className="giveaway-field",
    )


def _start(words: Words) -> Component:
    when = dbc.RadioItems(
        id=WHEN, options=[{"value": NOW, "label": words("Now")}, {"value": LATER, "label": words("At a time")}],
        value=NOW, inline=True,
    )  # fmt: skip
    time = dbc.Input(id=TIME, type="text", placeholder="20:15", maxlength=30, autocomplete="off")
    at = _field([words("Time on the room's clock"), " ", html.Span(id=ZONE, className="muted")], time)
    return html.Fieldset(
        [html.Legend(words("Start")), when, html.Div(at, className="giveaway-time")], className="giveaway-field"
    )


def _row(*fields: Component) -> Component:
    return html.Div(fields, className="giveaway-row")


def _field(label: str | list[object], control: Component) -> Component:
    return html.Label([html.Span(label), control], className="giveaway-field")


def _number(id: str, value: int) -> Component:
    """A field for a whole number. It is one for text: of a number out of bounds a number field would not say which."""
    return dbc.Input(id=id, type="text", value=str(value), inputmode="numeric", maxlength=12, autocomplete="off")


def options(products: Sequence[Offer], words: Words, pinned: Collection[str] = ()) -> list[dict[str, str]]:
    """The products to choose from, each with what is left of it; search: what else is looked into. pinned: the ids of
    those that are."""
    return [
        {
            "value": one.product_id,
            "label": _label(one, one.product_id in pinned, words),
            "search": " ".join((one.product_id, *one.sku_ids)),
        }
        for one in products
    ]


def _label(one: Offer, pinned: bool, words: Words) -> str:
    told = [one.title]
    if one.stock is not None:
        left = words("about {n} left", n=words.value(one.stock, "count"))
        told.append(left if one.stock > 0 else words("sold out"))
    if pinned:
        told.append(words("pinned now"))
    return " · ".join(told)


def how_to_enter(rule: str, keyword: str | None, watch: int | None, words: Words) -> str | None:
    """How to enter in the words of whoever creates it, where the rule alone does not say it: for the log, and for
    whoever the line is delivered to."""
    if rule == "comment" and keyword:
        return words("Write “{keyword}” to enter", keyword=keyword)
    if rule == "watch_time" and watch:
        return words("Watch for {length} to enter", length=words.span(watch))
    return None

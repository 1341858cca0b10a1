"""How the price and the stock of one product went over the LIVE: drawn, and as a list. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.figures.stock import HEIGHT, stock_figure, stock_patch
from layouts.look import plotly_config, plotly_layout
from layouts.parts.states import card, nothing_yet
from livedash.analysis.product import History
from livedash.locale import Words
from livedash.view import View

ROOT = "products-history"
CHART = f"{ROOT}-chart"
BOX = f"{ROOT}-box"
LIST = f"{ROOT}-list"
SAID = f"{ROOT}-said"

MOST = 200
"""Rows of the list; of more, the latest."""

OUTPUTS: dict[str, Output] = {
    "figure": Output(CHART, "figure"),
    "none": Drawn(BOX, "hidden"),
    "list": Drawn(LIST, "children"),
    "said": Drawn(SAID, "children"),
}


def layout(words: Words) -> Component:
    """The card with an empty chart."""
    hidden = {"visible": False}
    chart = dcc.Graph(
        id=CHART,
        figure={"data": [], "layout": plotly_layout("light") | {"height": HEIGHT, "xaxis": hidden, "yaxis": hidden}},
        config=plotly_config(words) | {"displayModeBar": False, "showTips": False},
        style={"height": f"{HEIGHT}px"},
    )
    return card(
        words("Price and stock"),
        id=ROOT,
        note=words("whole LIVE"),
        children=[
            html.Div(
                html.Div(chart, role="img", **{"aria-labelledby": f"{ROOT}-title {SAID}"}), id=BOX, hidden=True
            ),
            html.P(id=SAID, className="small muted"),
            html.Div(id=LIST),
        ],
    )  # fmt: skip


def show(answer: History | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: None while no product's page is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    if not answer.stock and not answer.prices:
        sentence = words("Neither a price nor a stock of it was recorded.")
        empty = nothing_yet(words, sentence, ("product_listed", "stock"))
        return {"figure": no_update, "none": True, "said": None, "list": empty}
    figure = stock_figure(answer, words, view.theme)
    return {
        "figure": figure if anew else stock_patch(figure),
        "none": False,
        "said": " ".join(_said(answer, words)),
        "list": _list(answer, words),
    }


def _said(history: History, words: Words) -> list[str]:
    told = []
    if history.stock:
        (_, first), (at, last) = history.stock[0], history.stock[-1]
        told.append(words("Stock {first} at first, {last} since {time}.", first=words.value(first, "count"),
                          last=words.value(last, "count"), time=words.clock(at)))  # fmt: skip
    if len(history.prices) > 1:
        n = len(history.prices) - 1
        told.append(words.plural("The price changed once.", "The price changed {n} times.", n))
    return told


def _list(history: History, words: Words) -> Component:
    """Every change of the two, the latest first."""
    prices = [(at, words("Price"), words.money(price)) for at, price in history.prices]
    stock = [(at, words("Stock left"), words.value(left, "count")) for at, left in history.stock]
    rows = sorted([*prices, *stock], reverse=True)[:MOST]
    return html.Details(
        [
            html.Summary(words("As a list")),
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(words("Time")), html.Th(words("What")),
                                        html.Th(words("Value"), className="num")])),
                    html.Tbody([html.Tr([html.Td(words.clock(at, seconds=True)), html.Td(what),
                                         html.Td(value, className="num")]) for at, what, value in rows]),
                ],
                className="table",
            ),
        ],
        className="history-list",
    )  # fmt: skip

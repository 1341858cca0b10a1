"""The trend of one product: a metric by the minute, with its pins, promotions, giveaways, prices and sell-outs. A
refresh patches the chart, so that the reader's zoom stays; it computes nothing."""
from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.figures.trend import has_values, told, trend_figure, trend_patch
from layouts.parts.states import card
from layouts.parts.trend import chart, lacking, marks, said
from livedash.analysis.metrics import DEFAULT_PRODUCT_LINE, METRICS
from livedash.analysis.product import CHARTED
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import View

ROOT = "products-course"
METRIC = f"{ROOT}-metric"
CHART = f"{ROOT}-chart"
UNZOOM = f"{ROOT}-unzoom"
MARKS = f"{ROOT}-marks"
SAID = f"{ROOT}-said"
EMPTY = f"{ROOT}-empty"

OUTPUTS: dict[str, Output] = {
    "figure": Output(CHART, "figure"),
    "marks": Drawn(MARKS, "children"),
    "said": Drawn(SAID, "children"),
    "empty": Drawn(EMPTY, "children"),
}


def layout(words: Words) -> Component:
    """The card with an empty chart."""
    choice = dbc.Select(
        id=METRIC,
        options=[{"label": told(METRICS[key], words), "value": key} for key in CHARTED],
        value=DEFAULT_PRODUCT_LINE,
        class_name="trend-select",
    )
    label = html.Label(
        [html.Span(className="trend-stroke first"), html.Span(words("Metric"), className="visually-hidden"), choice]
    )
    return card(
        words("Trend"),
        id=ROOT,
        note=html.Div(label, className="trend-lines"),
        children=chart(words, title=f"{ROOT}-title", id=CHART, said=SAID, empty=EMPTY, marks=MARKS, unzoom=UNZOOM),
    )


def show(answer: Trend | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The chart as a patch that leaves the reader's zoom alone; anew: as a whole, because it shows something else.
    answer: None while no product's page is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    figure = trend_figure(answer, words, view.theme)
    [(key, values)] = answer.series.items()
    return {
        "figure": figure if anew else trend_patch(figure),
        "marks": marks(answer, words),
        "said": said(METRICS[key], answer, words),
        "empty": "" if has_values(values) else lacking(METRICS[key], words),
    }

"""The performance trend card: up to two metrics over the last minutes or the whole LIVE, with the events that mark
them. A refresh patches the chart, so that the reader's zoom stays; it computes nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.figures.trend import HEIGHT, has_values, is_rate, told, trend_figure, trend_patch
from layouts.look import MARKER_SYMBOLS, plotly_config, plotly_layout
from layouts.parts.feeds import feeds
from layouts.parts.states import card, segmented
from livedash.analysis.metrics import DEFAULT_TREND, METRICS, Metric
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import View

ROOT = "key-data-trend"
FIRST = f"{ROOT}-first"
SECOND = f"{ROOT}-second"
RANGE = f"{ROOT}-range"
CHART = f"{ROOT}-chart"
UNZOOM = f"{ROOT}-unzoom"
DETAILS = f"{ROOT}-details"
MARKS = f"{ROOT}-marks"
SAID = f"{ROOT}-said"
EMPTY = f"{ROOT}-empty"

TRENDS = "trends"
LAST, WHOLE = "last", "whole"
LAST_MINUTES = 5
POINTS = {LAST: 24, WHOLE: 80}
"""At most so many steps: few enough that a minute's orders do not make a saw of the line."""
NONE = "none"

OUTPUTS: dict[str, Output] = {
    "figure": Output(CHART, "figure"),
    "marks": Drawn(MARKS, "children"),
    "said": Drawn(SAID, "children"),
    "empty": Drawn(EMPTY, "children"),
    "details": Drawn(DETAILS, "href"),
}


def choosable() -> list[Metric]:
    """The metrics that mean something over time."""
    return [metric for metric in METRICS.values() if "time" in metric.by]


def keys(first: Any, second: Any) -> tuple[str, ...]:
    """What to ask of the analysis for the two choices; a choice that is no longer known falls away."""
    known = {metric.key for metric in choosable()}
    return tuple(dict.fromkeys(key for key in (first, second) if key in known)) or DEFAULT_TREND[:1]


def layout(words: Words) -> Component:
    """The card with an empty chart."""
    options = [{"label": told(metric, words), "value": metric.key} for metric in choosable()]
    none = {"label": words("No second line"), "value": NONE}
    first, second = DEFAULT_TREND
    choices = [
        _line_choice(FIRST, words("First line"), "first", options, first),
        _line_choice(SECOND, words("Second line"), "second", [*options, none], second),
    ]
    actions = [
        segmented(
            words("Stretch of time"),
            id=RANGE,
            options=[(LAST, words("Last {n} min", n=LAST_MINUTES)), (WHOLE, _whole(words))],
            value=WHOLE,
            persist=True,
        ),
        html.A(words("Details →"), id=DETAILS, href="", className="soft btn btn-link"),
    ]
    return card(
        words("Performance trend"),
        id=ROOT,
        note=html.Div(choices, className="trend-lines"),
        actions=actions,
        children=chart(words, title=f"{ROOT}-title", id=CHART, said=SAID, empty=EMPTY, marks=MARKS, unzoom=UNZOOM),
    )


def _whole(words: Words) -> Component:
    """All that is shown: the whole LIVE, or the stretch of it that the header names (assets/figures.css sees that)."""
    live, stretch = words("Whole LIVE"), words("This stretch")
    return html.Span([html.Span(live, className="of-live"), html.Span(stretch, className="of-stretch")])


def chart(
    words: Words, *, title: str, id: str, said: str, empty: str, marks: str, unzoom: str
) -> list[Component]:
    """An empty chart with what stands below it: why there is no line, what marks it, the way back from a zoom, and what
    it shows in words. title: the id of its heading; the others are the ids of those."""
    hidden = {"visible": False}
    graph = dcc.Graph(
        id=id,
        figure={"data": [], "layout": plotly_layout("light") | {"height": HEIGHT, "xaxis": hidden, "yaxis": hidden}},
        config=plotly_config(words) | {"displayModeBar": False, "showTips": False},
        className="trend-chart",
        style={"height": f"{HEIGHT}px"},  # drawn while it is hidden, it would have none
    )
    foot = [
        html.P(id=empty, className="trend-empty"),
        html.Ul(id=marks, className="trend-marks"),
        html.Button(words("Reset zoom"), id=unzoom, type="button", className="btn btn-link", hidden=True),
    ]
    return [
        html.Div(graph, role="img", **{"aria-labelledby": f"{title} {said}"}),
        html.Div(foot, className="trend-foot"),
        html.P(id=said, className="visually-hidden"),
    ]


def _line_choice(id: str, name: str, place: str, options: list[dict[str, str]], value: str) -> Component:
    """A metric by name, beside a stroke of its line's colour: legend and choice in one."""
    return html.Label(
        [
            html.Span(className=f"trend-stroke {place}"),
            html.Span(name, className="visually-hidden"),
            dbc.Select(
                id=id,
                options=options,
                value=value,
                class_name="trend-select",
                persistence=True,
                persistence_type="local",
            ),
        ]
    )


def show(answer: Trend, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The chart as a patch that leaves the reader's zoom alone; anew: as a whole, because it shows something else."""
    figure = trend_figure(answer, words, view.theme)
    sentences = [said(METRICS[key], answer, words) for key in answer.series]
    return {
        "figure": figure if anew else trend_patch(figure),
        "details": addresses.room(view.room, TRENDS, view.window),
        "marks": marks(answer, words),
        "said": " ".join([*sentences, one_point_each(answer, words)]),
        "empty": " ".join(
            lacking(METRICS[key], words) for key, values in answer.series.items() if not has_values(values)
        ),
    }


def lacking(metric: Metric, words: Words) -> str:
    """Why a line is not there: what feeds it."""
    types = feeds(metric, metric.needs, words)
    return words("{metric} has no values here: it needs {types}.", metric=words(metric.label), types=types)


def marks(answer: Trend, words: Words) -> list[Component]:
    """How many events of each kind the chart marks, with the sign that it draws for the kind."""
    counts = Counter(marker.kind for marker in answer.markers)
    return [
        html.Li([html.Span(className=f"sign {kind}", **{"aria-hidden": "true"}), _counted(kind, counts[kind], words)])
        for kind in MARKER_SYMBOLS
        if counts[kind]
    ]


def _counted(kind: str, count: int, words: Words) -> str:
    match kind:
        case "pin":
            return words.plural("{n} pin", "{n} pins", count)
        case "promotion":
            return words.plural("{n} promotion", "{n} promotions", count)
        case "giveaway":
            return words.plural("{n} giveaway", "{n} giveaways", count)
        case _:
            return words.plural("{n} violation", "{n} violations", count)


def said(metric: Metric, answer: Trend, words: Words) -> str:
    """The line in a sentence, for those who do not see it."""
    series = zip(answer.series[metric.key], answer.starts, strict=False)
    values = [(value, at) for value, at in series if value is not None]
    if not values:
        return lacking(metric, words)
    (latest, at), (most, peak) = values[-1], max(values)
    return words(
        "{metric}: {latest} at {time}; highest {most} at {peak}.",
        metric=words(metric.label), latest=_value(latest, metric, words), time=words.clock(at),
        most=_value(most, metric, words), peak=words.clock(peak),
    )  # fmt: skip


def one_point_each(answer: Trend, words: Words) -> str:
    """How long the steps are that the sentences speak of: what was highest in them is no peak of a minute."""
    return words("One point each {length}.", length=words.span(answer.step_ms / 1000))


def _value(value: float, metric: Metric, words: Words) -> str:
    written = words.value(value, metric.unit)
    return words("{value}/min", value=written) if is_rate(metric) else written

"""The master chart with its windows: whole LIVE, the last minutes, a stretch dragged, zoomed or typed, and a legend
that switches kinds of markers on and off. What is chosen stands in the address, so a refresh can move nothing of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.figures.clock import shift
from layouts.figures.course import HEIGHT, course_figure, course_patch, is_empty
from layouts.figures.spark import picture
from layouts.figures.trend import has_values, told
from layouts.look import plotly_config, plotly_layout
from layouts.parts import compare, download, stretch
from layouts.parts.states import card
from layouts.parts.trend import lacking, one_point_each, said
from livedash.analysis.markers import KINDS
from livedash.analysis.metrics import METRICS
from livedash.analysis.trend import Trend
from livedash.locale import Words, typed
from livedash.view import View, Window
from livedash.words import N_

ROOT = "trends-chart"
CHART = f"{ROOT}-graph"
LEGEND = f"{ROOT}-legend"
STRETCH = stretch.choice_id(ROOT)
STEP = f"{ROOT}-step"
KINDS_SHOWN = f"{ROOT}-kinds"
SAID = f"{ROOT}-said"
EMPTY = f"{ROOT}-empty"
FROM = stretch.from_id(ROOT)
TO = stretch.to_id(ROOT)
WRONG = stretch.wrong_id(ROOT)
LINE = f"{ROOT}-line"
TIMELINE = f"{ROOT}-timeline"
SPAN = f"{ROOT}-span"

AUTOMATIC = "auto"

KIND_NAMES = {
    "pin": N_("Pins"),
    "promotion": N_("Promotions"),
    "giveaway": N_("Giveaways"),
    "violation": N_("Violations"),
    "listed": N_("Listed"),
    "sold_out": N_("Sold out"),
    "price": N_("Prices"),
    "host": N_("Hosts"),
    "pause": N_("Pauses"),
    "gap": N_("Gaps"),
}

OUTPUTS: dict[str, Output] = {
    "figure": Output(CHART, "figure"),
    "legend": Drawn(LEGEND, "children"),
    "kinds": Output(KINDS_SHOWN, "options"),
    "said": Drawn(SAID, "children"),
    "empty": Drawn(EMPTY, "children"),
    "steps": Output(STEP, "options"),
    "line": Drawn(LINE, "style"),
    "span": Output(SPAN, "data"),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What the lines are compared with: its lines step by step beside theirs, what it is called (or its stretch, where
    it is of the same LIVE), and a sentence where something cannot be compared."""

    lines: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    name: str = ""
    stretch: Window | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What the chart shows. trend: of the window; step_asked: the bucket that was asked for (ms), None for the one that
    fits the window; steps: the buckets that may be asked for; whole: the LIVE's whole stretch, and overall the first
    metric over all of it; kinds: those of markers that are switched on; behind: what the lines are compared with."""

    trend: Trend
    step_asked: int | None
    steps: tuple[int, ...]
    whole: Window
    overall: tuple[float | None, ...]
    kinds: tuple[str, ...] = KINDS
    behind: Behind | None = None


def layout(words: Words) -> Component:
    """The card with an empty chart."""
    bucket = dbc.Select(
        id=STEP, options=[{"label": words("Automatic"), "value": AUTOMATIC}], value=AUTOMATIC, class_name="course-step"
    )
    actions = [
        html.Label([html.Span(words("One point each")), bucket], className="course-bucket"),
        stretch.choice(ROOT, words),
    ]
    actions += [compare.button(words), download.button(words)]
    hidden = {"visible": False}
    graph = dcc.Graph(
        id=CHART,
        figure={"data": [], "layout": plotly_layout("light") | {"height": HEIGHT, "xaxis": hidden, "yaxis": hidden}},
        config=plotly_config(words) | {"displayModeBar": False, "showTips": False, "doubleClick": False},
        className="trend-chart",
    )
    return card(
        words("Trend"),
        id=ROOT,
        note=html.Ul(id=LEGEND, className="course-legend"),
        actions=actions,
        children=[
            dbc.Checklist(
                id=KINDS_SHOWN, options=[], value=list(KINDS), inline=True, class_name="course-kinds",
                persistence=True, persistence_type="local",
            ),
            html.P(id=EMPTY, className="course-empty"),
            html.Div(
                graph, className="course-plot", role="img", **{"aria-labelledby": f"{ROOT}-title {SAID}"},
            ),
            _timeline(words),
            html.P(id=SAID, className="visually-hidden"),
            dcc.Store(id=SPAN),
        ],
    )  # fmt: skip


def _timeline(words: Words) -> Component:
    """The whole LIVE as a small line, with the window upon it: two handles to move by hand or by arrow keys, and two
    times to type."""

    def handle(end: str, label: str) -> Component:
        slider = {"role": "slider", "tabIndex": 0, "aria-label": label, "aria-valuenow": 0}
        return html.Div(className=f"timeline-handle {end}", **slider)

    return html.Div(
        [
            html.Div(
                [
                    html.Div(id=LINE, className="timeline-line"),
                    html.Div(className="timeline-window"),
                    handle("start", words("Start of the stretch")),
                    handle("end", words("End of the stretch")),
                ],
                className="timeline-track",
            ),
            html.Div(
                [
                    *stretch.typed_times(ROOT, words),
                    html.Span(words("Drag in the chart or along the line to look closer."), className="timeline-hint"),
                ],
                className="timeline-typed",
            ),
        ],
        id=TIMELINE,
        className="timeline",
        role="group",
        **{"aria-label": words("Stretch of time")},
    )


def show(answer: Course, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The chart in parts, and what stands around it."""
    trend = answer.trend
    chosen = tuple(marker for marker in trend.markers if marker.kind in answer.kinds)
    behind = dict(answer.behind.lines) if answer.behind else None
    figure = course_figure(replace(trend, markers=chosen), words, view.theme, behind)
    gone = [METRICS[key] for key, values in trend.series.items() if not has_values(values)]
    empty = " ".join(lacking(metric, words) for metric in gone)
    if answer.behind is not None and answer.behind.said:
        empty = f"{empty} {answer.behind.said}".strip()
    if is_empty(trend) and not empty:
        empty = words("Nothing was recorded in this stretch.")
    return {
        "figure": figure if anew else course_patch(figure),
        "legend": _legend(answer, words),
        "kinds": _kinds(trend, words),
        "said": " ".join([*(said(METRICS[key], trend, words) for key in trend.series), one_point_each(trend, words)]),
        "empty": empty,
        "steps": _steps(answer, words),
        "line": {"maskImage": f'url("{picture(answer.overall)}")'} if has_values(answer.overall) else {},
        "span": _span(answer, view, words),
    }


def _legend(answer: Course, words: Words) -> list[Component]:
    """The lines by name, each with how it is told."""
    strokes = ("first", "second")
    lines = [
        html.Li([html.Span(className=f"trend-stroke {strokes[place]}"), told(METRICS[key], words)])
        for place, key in enumerate(answer.trend.series)
    ]
    behind = answer.behind
    if behind is not None and behind.lines:
        name = behind.name if behind.stretch is None else words.stretch(behind.stretch.start, behind.stretch.end)
        said = words("compared with {stretch}", stretch=name)
        lines.append(html.Li([html.Span(className="trend-stroke compared"), said]))
    return lines


def _kinds(trend: Trend, words: Words) -> list[dict[str, Any]]:
    """A switch for every kind that the stretch has, with how many there are."""
    counts = Counter(marker.kind for marker in trend.markers)
    return [
        {
            "value": kind,
            "label": html.Span(
                [
                    html.Span(className=f"sign {kind}", **{"aria-hidden": "true"}),
                    f"{words(KIND_NAMES[kind])} {words.value(counts[kind], 'count')}",
                ],
                className="course-kind",
            ),
        }
        for kind in KINDS
        if counts[kind]
    ]


def _steps(answer: Course, words: Words) -> list[dict[str, str]]:
    automatic = words("Automatic")
    if answer.step_asked is None:
        automatic = words("{step} (automatic)", step=bucket(answer.trend.step_ms, words))
    choices = [{"value": str(ms // 1000), "label": bucket(ms, words)} for ms in answer.steps]
    return [{"value": AUTOMATIC, "label": automatic}, *choices]


def bucket(ms: int, words: Words) -> str:
    """How long a bucket is: 10 s, 5 min, 1 h."""
    for size, phrase in ((86_400_000, "{n} d"), (3_600_000, "{n} h"), (60_000, "{n} min")):
        if ms % size == 0:
            return words(phrase, n=ms // size)
    return words("{n} s", n=ms // 1000)


def _span(answer: Course, view: View, words: Words) -> dict[str, Any]:
    """What the timeline in the browser must know: the LIVE, the window, and the room's clock."""
    window = answer.trend.window
    return {
        "whole": [answer.whole.start, answer.whole.end],
        "window": [window.start, window.end],
        "isWhole": view.window is None,
        "ahead": shift(window, words),
        "several": words.over_days(answer.whole),
        "zone": str(words.zone),
        "typed": [typed.written(ms, answer.whole, words) for ms in (window.start, window.end)],
    }

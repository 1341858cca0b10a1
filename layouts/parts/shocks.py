"""Spikes and dips worth a look, in words, each with a button that shows it closer. It names no cause and computes
nothing."""

from __future__ import annotations

from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading
from livedash.analysis.metrics import METRICS
from livedash.analysis.spikes import Spike
from livedash.locale import Words
from livedash.view import View

ROOT = "trends-shocks"
LIST = f"{ROOT}-list"
COUNT = f"{ROOT}-count"

MOST = 30
"""Findings shown: of more, the surest."""
AROUND_MS = 480_000
"""What is shown before and after a finding that one looks closer at."""

OUTPUTS: dict[str, Output] = {"list": Drawn(LIST, "children"), "count": Drawn(COUNT, "children")}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    about = words(
        "Minutes in which a charted metric was further from its own course around them than chance explains. "
        "Worth a look; not a proof of any cause."
    )
    return card(
        words("Worth a look"),
        id=ROOT,
        note=html.Span(id=COUNT),
        children=[html.Div(loading(words, 4), id=LIST, className="shocks"), html.P(about, className="card-note")],
    )


def show(answer: tuple[Spike, ...], view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: the findings of the stretch, in order of time."""
    surest = sorted(answer, key=lambda spike: -spike.score)[:MOST]
    shown = [spike for spike in answer if spike in surest]
    if not shown:
        return {"list": html.P(words("No spike and no dip in this stretch."), className="muted"), "count": ""}
    return {
        "list": html.Ul([html.Li(_row(spike, words), key=f"{spike.key}-{spike.start}") for spike in shown]),
        "count": words.value(len(answer), "count"),
    }


def _row(spike: Spike, words: Words) -> list[Component]:
    good = METRICS[spike.key].good
    weight = "" if not good else "good" if spike.direction == good else "bad"
    arrow = "▲" if spike.direction == "up" else "▼"
    near = f"{spike.start - AROUND_MS} {spike.end + AROUND_MS}"
    what = words.sentence(spike.sentence)
    closer = {"data-zoom": near, "aria-label": words("Look closer: {what}", what=what)}
    return [
        html.Span(arrow, className=f"shock-sign {weight}", **{"aria-hidden": "true"}),
        html.Span(what),
        html.Button(words("Look closer"), type="button", className="btn btn-quiet", **closer),
    ]

"""The metric strip: every chosen metric with its figure and its peak in the stretch shown; pressing one charts it. The
tiles are a fixed pool that a refresh fills anew, so that focus stays; it computes nothing."""

from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.chooser import chooser, chooser_button, chosen, metric_groups
from layouts.parts.feeds import feeds
from layouts.parts.states import card
from livedash.analysis.metrics import DEFAULT_STRIP, METRICS, Metric
from livedash.analysis.strip import StripFigure
from livedash.locale import Words
from livedash.view import View

ROOT = "trends-strip"
SAID = f"{ROOT}-said"
CHARTED = f"{ROOT}-charted"
PHRASES = f"{ROOT}-phrases"

LEAST_A_MINUTE = 0.1
"""What comes more seldom is told by the hour."""

KNOWN = {key: metric for key, metric in METRICS.items() if "time" in metric.by}
TILES = tuple(f"{ROOT}-tile-{place}" for place in range(len(KNOWN)))

OUTPUTS: dict[str, Output] = {"charted": Output(CHARTED, "data")} | {
    f"{what}-{place}": Drawn(tile, prop)
    for place, tile in enumerate(TILES)
    for what, prop in (("tile", "children"), ("key", "data-key"), ("hidden", "hidden"), ("pressed", "aria-pressed"))
}

Strip = tuple[dict[str, StripFigure], tuple[str, ...]]
"""The figures by metric, in order; and the metrics that are charted."""


def keys(stored: Any) -> tuple[str, ...]:
    """What to ask of the analysis for the choice that a browser stored."""
    return chosen(stored, KNOWN, DEFAULT_STRIP)


def layout(words: Words) -> Component:
    """The card in its loading state, with its dialog."""
    tiles = [
        html.Button(
            html.Span(className="skeleton") if place < len(DEFAULT_STRIP) else None,
            id=tile, type="button", className="tile strip-tile", hidden=place >= len(DEFAULT_STRIP),
            **{"aria-pressed": "false"},
        )
        for place, tile in enumerate(TILES)
    ]  # fmt: skip
    return card(
        words("Metrics"),
        id=ROOT,
        note=html.Span(words("pick up to two to chart"), id=SAID, role="status"),
        actions=chooser_button(ROOT, words("Customize")),
        children=[
            html.Div(tiles, className="strip"),
            chooser(
                ROOT, words("Choose what can be charted"), metric_groups(words, "time"), DEFAULT_STRIP,
                most=len(KNOWN), words=words,
            ),
            dcc.Store(id=CHARTED),
            dcc.Store(id=PHRASES, data=_phrases(words)),
        ],
    )  # fmt: skip


def show(answer: Strip, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """What stands in every tile; those that are not needed are hidden."""
    figures, charted = answer
    shown: dict[str, Any] = {"charted": list(charted)}
    slots = [*figures.items(), *[None] * (len(TILES) - len(figures))]
    for place, slot in enumerate(slots):
        shown[f"tile-{place}"] = _tile(METRICS[slot[0]], slot[1], charted, words) if slot else None
        shown[f"key-{place}"] = slot[0] if slot else ""
        shown[f"hidden-{place}"] = slot is None
        shown[f"pressed-{place}"] = "true" if slot and slot[0] in charted else "false"
    return shown


def _tile(metric: Metric, figure: StripFigure, charted: tuple[str, ...], words: Words) -> list[Component]:
    stroke = []
    if metric.key in charted:
        stroke = [html.Span(className=f"trend-stroke {('first', 'second')[charted.index(metric.key)]}")]
    return [
        html.Span([*stroke, words(metric.label)], className="tile-label"),
        html.Span(words.value(figure.value, metric.unit, short=True), className="tile-value"),
        html.Span(_peak(metric, figure, words), className="strip-peak"),
    ]


def _peak(metric: Metric, figure: StripFigure, words: Words) -> str:
    """The highest value with its time; what is missing, where there is none."""
    if figure.peak is None or figure.peak_at is None:
        return words("needs {types}", types=feeds(metric, figure.missing, words)) if figure.missing else ""
    if figure.per_minute and figure.unit == "count" and 0 < figure.peak < LEAST_A_MINUTE:
        peak = words("{value}/h", value=words.value(figure.peak * 60, figure.unit, short=True))
    else:
        peak = words.value(figure.peak, figure.unit, short=True)
        peak = words("{value}/min", value=peak) if figure.per_minute else peak
    return words("peak {value} at {time}", value=peak, time=words.clock(figure.peak_at))


def _phrases(words: Words) -> dict[str, Any]:
    """What the script says of a choice; {name} and {older} are filled in there."""
    return {
        "names": {key: words(metric.label) for key, metric in KNOWN.items()},
        "added": words("{name} is charted.", name="{name}"),
        "away": words("{name} is no longer charted.", name="{name}"),
        "one": words("{name} stays: one metric at least is charted.", name="{name}"),
        "replaced": words(
            "{name} takes the place of {older}: two at most are charted.", name="{name}", older="{older}"
        ),
    }

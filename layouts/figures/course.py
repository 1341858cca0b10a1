"""The master chart of the Trend analysis tab: up to two metrics, what they are compared with as quiet lines behind, and
the events in lanes above, a lane for each kind. It draws answers of the analysis; it computes no figure."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dash import Patch

from layouts.figures.clock import by_the_room, changes, hover_format, shift, ticks
from layouts.figures.trend import (
    BANDS,
    QUIET_SYMBOLS,
    has_values,
    is_rate,
    line,
    marker_colour,
    marker_text,
    rounded,
    separators,
    value_axis,
    value_format,
)
from layouts.look import COLOURS, MARKER_SYMBOLS, plotly_layout
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import METRICS, Metric
from livedash.analysis.thin import thinned
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import NO_TIME

HEIGHT = 392
TOP, BOTTOM = 6, 36
LANE = 15
"""Pixels: of the whole, above and below the plot, and of a lane."""
LANES = ("pin", "promotion", "giveaway", "violation", "other")
"""From top to bottom; kinds that are not loud share the last one."""
MOST_LINES = 24
"""Kinds with more markers than this in the window are told by their lane alone: lines would hide the plot."""

MOST_POINTS = 1_600
"""Of a line: more than there are pixels for it on most screens."""

Series = Mapping[str, Sequence[float | None]]


def course_figure(trend: Trend, words: Words, theme: str, behind: Series | None = None) -> dict[str, Any]:
    """The whole figure. behind: values to compare with, by metric, step by step beside those of the trend."""
    ahead = shift(trend.window, words)
    places = drawn(trend)
    lines, quiet = [], []
    for place, key in enumerate(trend.series):
        line_ = _line(place, key, trend, places, words, theme, ahead)
        lines.append(line_)
        if behind and key in behind:
            quiet.append(_quiet(line_, METRICS[key], behind[key], places, words))
    lanes = lanes_of(trend.markers)
    rows = [row for place, name in enumerate(lanes) for row in _lane(place, lanes[name], trend, words, theme, ahead)]
    return {"data": [*quiet, *lines, *rows], "layout": _layout(trend, lanes, words, theme, ahead)}


def drawn(trend: Trend) -> list[int]:
    """The places of the steps to draw: all of them, or of a long line what a screen can show."""
    return sorted({place for values in trend.series.values() for place in thinned(values, MOST_POINTS)})


def course_patch(figure: dict[str, Any]) -> Patch:
    """What a refresh sends: the parts of the figure, for a chart that is already there and is not made anew."""
    patch = Patch()
    patch["data"] = figure["data"]
    for name, value in figure["layout"].items():
        patch["layout"][name] = value
    return patch


def lanes_of(markers: Sequence[Marker]) -> dict[str, list[Marker]]:
    """The markers by lane, for the lanes that have any."""
    lanes: dict[str, list[Marker]] = {name: [] for name in LANES}
    for marker in markers:
        lanes[marker.kind if marker.kind in lanes else "other"].append(marker)
    return {name: found for name, found in lanes.items() if found}


def share_an_axis(keys: Sequence[str]) -> bool:
    """Whether two metrics are told in the same unit, and so against the same axis."""
    return len({(METRICS[key].unit, is_rate(METRICS[key])) for key in keys}) == 1


def _line(
    place: int, key: str, trend: Trend, places: list[int], words: Words, theme: str, ahead: int
) -> dict[str, Any]:
    drawn = line(place, METRICS[key], trend, words, theme, ahead)
    starts = [trend.starts[step] for step in places]
    values = rounded([trend.series[key][step] for step in places])
    del drawn["x0"], drawn["dx"]
    drawn |= {"x": [ms + ahead for ms in starts], "y": values}
    if share_an_axis(list(trend.series)):
        drawn["yaxis"] = "y"
    if place == 0 and changes(trend.window, words):
        drawn = by_the_room(drawn, starts, words)
    alone = _alone(values)
    if any(alone):
        # A single value between gaps has no stroke to be seen by.
        drawn |= {"mode": "lines+markers", "marker": {"size": [5 if one else 0 for one in alone]}}
    return drawn


def _alone(values: Sequence[float | None]) -> list[bool]:
    padded = [None, *values, None]
    return [
        value is not None and padded[place] is None and padded[place + 2] is None for place, value in enumerate(values)
    ]


def _quiet(
    line_: dict[str, Any], metric: Metric, values: Sequence[float | None], places: list[int], words: Words
) -> dict[str, Any]:
    """What a line is compared with, in the same colour, thin and dashed."""
    name = words("{metric}, compared", metric=escape(words(metric.label), quote=False))
    return {
        **{part: line_[part] for part in ("type", "x", "yaxis", "connectgaps")},
        "mode": "lines",
        "name": name,
        "y": [values[step] if step < len(values) else None for step in places],
        "line": line_["line"] | {"width": 1.25, "dash": "4px,3px"},
        "opacity": 0.6,
        "hovertemplate": f"{name} {value_format(metric, words)}<extra></extra>",
    }


def _lane(
    place: int, markers: list[Marker], trend: Trend, words: Words, theme: str, ahead: int
) -> list[dict[str, Any]]:
    """What lasts as a stroke, and above it a sign for every marker, at its start."""
    start, end = trend.window.start, trend.window.end
    axis = {"type": "scatter", "yaxis": "y3", "cliponaxis": False, "name": ""}
    lasting = [marker for marker in markers if marker.open or marker.end is not None]
    strokes = [
        axis
        | {
            "mode": "lines",
            "x": [
                x
                for marker in lasting
                if marker.kind == kind
                for x in (max(marker.start, start) + ahead, min(marker.end or end, end) + ahead, None)
            ],
            "y": [y for marker in lasting if marker.kind == kind for y in (place, place, None)],
            "line": {"width": 7, "color": _faint(marker_colour(_of(kind, lasting), theme))},
            "hoverinfo": "skip",
        }
        for kind in dict.fromkeys(marker.kind for marker in lasting)
    ]
    size = 10 if len(markers) <= 40 else 8 if len(markers) <= 80 else 6
    signs = axis | {
        "mode": "markers",
        "x": [max(marker.start, start) + ahead for marker in markers],
        "y": [place] * len(markers),
        "customdata": [[marker.id, marker.start, _until(marker, end)] for marker in markers],
        "text": [marker_text(marker, words) for marker in markers],
        "marker": {
            "symbol": [MARKER_SYMBOLS.get(marker.kind) or QUIET_SYMBOLS[marker.kind] for marker in markers],
            "color": [marker_colour(marker, theme) for marker in markers],
            "size": [size if marker.kind in MARKER_SYMBOLS else min(size, 8) for marker in markers],
            "line": {"width": 1, "color": [_edge(marker, theme) for marker in markers]},
            "opacity": 1,
        },
        "hovertemplate": "%{text}<extra></extra>",
    }
    return [*strokes, signs]


def _until(marker: Marker, end: int) -> int:
    return marker.end or (end if marker.open else marker.start)


def _of(kind: str, markers: list[Marker]) -> Marker:
    return next(marker for marker in markers if marker.kind == kind)


def _edge(marker: Marker, theme: str) -> str:
    """Loud signs are parted from their neighbours by the ground's colour; the others are nothing but an edge."""
    return COLOURS[theme]["card"] if marker.kind in MARKER_SYMBOLS else marker_colour(marker, theme)


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.3)"


def _layout(
    trend: Trend, lanes: dict[str, list[Marker]], words: Words, theme: str, ahead: int
) -> dict[str, Any]:
    base = plotly_layout(theme)
    keys = list(trend.series)
    top = 1 - len(lanes) * LANE / (HEIGHT - TOP - BOTTOM)
    plot_top = top - 0.02 if lanes else 1.0
    one_axis = share_an_axis(keys)
    look = base["yaxis"] | {
        "tickfont": {"color": COLOURS[theme]["muted"], "size": 11}, "showline": False, "zeroline": False,
    }  # fmt: skip
    first = value_axis(METRICS[keys[0]], _all_values(trend, keys if one_axis else keys[:1]), words)
    second = {"visible": False}
    if len(keys) > 1 and not one_axis:
        second = value_axis(METRICS[keys[1]], trend.series[keys[1]], words)
    return base | {
        "height": HEIGHT,
        "margin": {"l": 52, "r": 50, "t": TOP, "b": BOTTOM},
        "showlegend": False,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverdistance": 12,
        "clickanywhere": True,
        "meta": {"ahead": ahead},
        "dragmode": "zoom",
        "separators": separators(words),
        "xaxis": look | _time_axis(trend, words, theme, ahead),
        "yaxis": look | first | {"domain": [0, plot_top], "autorange": True},
        "yaxis2": look | second | {"overlaying": "y", "side": "right", "showgrid": False, "autorange": True},
        "yaxis3": {
            "domain": [min(top, 0.99), 1],
            "range": [max(len(lanes), 1) - 0.5, -0.5],
            "fixedrange": True,
            "visible": False,
        },
        "shapes": _shapes(trend, lanes, theme, ahead, plot_top),
    }


def _all_values(trend: Trend, keys: Sequence[str]) -> list[float | None]:
    return [value for key in keys for value in trend.series[key]]


def _time_axis(trend: Trend, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    """The axis holds the window, whose every change goes through the address; its ticks are on the room's clock."""
    window = trend.window
    moments, texts = ticks(window, words)
    changing = changes(window, words)
    return {
        "type": "date",
        "visible": window != NO_TIME,
        "range": [window.start + ahead, window.end + ahead],
        "autorange": False,
        "tickmode": "array",
        "tickvals": [ms + ahead for ms in moments],
        "ticktext": texts,
        "ticklabelstandoff": 5,
        "showgrid": False,
        "showspikes": True,
        "spikemode": "across",
        "spikecolor": COLOURS[theme]["muted"],
        "spikethickness": 1,
        "spikedash": "solid",
        "hoverformat": hover_format(window, words),
        "unifiedhovertitle": {"text": " " if changing else ""},
    }


def _shapes(
    trend: Trend, lanes: dict[str, list[Marker]], theme: str, ahead: int, plot_top: float
) -> list[dict[str, Any]]:
    """Through the plot: bands for what lasts and should be seen as lasting, dotted lines for what happens seldom enough
    to be told apart."""
    shapes: list[dict[str, Any]] = []
    start, end = trend.window.start, trend.window.end
    for marker in (marker for lane in lanes.values() for marker in lane):
        colour = marker_colour(marker, theme)
        common = {"xref": "x", "yref": "paper", "layer": "below", "x0": max(marker.start, start) + ahead, "y0": 0}
        if marker.kind in BANDS and (marker.open or marker.end is not None):
            shapes.append(common | {
                "type": "rect", "x1": min(marker.end or end, end) + ahead, "y1": plot_top, "fillcolor": colour,
                "opacity": BANDS[marker.kind], "line": {"width": 0},
            })  # fmt: skip
        few = marker.kind in MARKER_SYMBOLS and len(lanes[marker.kind]) <= MOST_LINES
        if few and marker.start >= start:
            shapes.append(common | {
                "type": "line", "x1": marker.start + ahead, "y1": plot_top,
                "line": {"color": colour, "width": 1, "dash": "dot"},
            })  # fmt: skip
    return shapes


def is_empty(trend: Trend) -> bool:
    """Whether there is nothing at all to draw."""
    return not trend.markers and not any(map(has_values, trend.series.values()))

"""The trend chart: up to two metrics over time, and above them the events that mark it. It draws an answer of the
analysis in one reader's words and one theme; it computes no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from dash import Patch

from layouts.figures.clock import by_the_room, changes, hover_format, shift, ticks
from layouts.look import COLOURS, MARKER_SYMBOLS, plotly_layout
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import METRICS, Metric
from livedash.analysis.trend import Trend
from livedash.locale import Words

LINES = ("accent", "muted")
"""Tokens of the first and the second line."""

QUIET_SYMBOLS = {
    "listed": "circle-open",
    "sold_out": "x-thin-open",
    "price": "diamond-open",
    "host": "pentagon-open",
    "pause": "line-ns-open",
    "gap": "line-ew-open",
}
BANDS = {"promotion": 0.07, "giveaway": 0.09, "pause": 0.10, "gap": 0.14}
"""Kinds drawn over their whole length, with the opacity of the band."""

HEIGHT = 232
PLOT_TOP, MARKERS_FROM = 0.87, 0.9


def trend_figure(trend: Trend, words: Words, theme: str) -> dict[str, Any]:
    """The whole figure. Its data and all of its layout but the ranges may be patched on a refresh: see trend_patch."""
    ahead = shift(trend.window, words)
    keys = list(trend.series)
    lines = [line(place, METRICS[key], trend, words, theme, ahead) for place, key in enumerate(keys)]
    if lines and changes(trend.window, words):
        lines[0] = by_the_room(lines[0], trend.starts, words)
    return {
        "data": [*lines, _marker_row(trend, words, theme, ahead)],
        "layout": _layout(trend, words, theme, ahead),
    }


def trend_patch(figure: dict[str, Any]) -> Patch:
    """What a refresh sends: everything but the range of the time axis, which is the reader's once they have zoomed."""
    patch = Patch()
    patch["data"] = figure["data"]
    for name, value in figure["layout"].items():
        if isinstance(value, dict):
            for inner, part in value.items():
                if inner not in ("range", "autorange"):
                    patch["layout"][name][inner] = part
        else:
            patch["layout"][name] = value
    return patch


def is_rate(metric: Metric) -> bool:
    """Whether a trend shows this metric per minute (counts and amounts; gauges and quotients are as they are)."""
    return not metric.gauge and not metric.rate and metric.unit in ("count", "money")


def told(metric: Metric, words: Words) -> str:
    """What a line is called: its metric, and that it is per minute where it is."""
    label = words(metric.label)
    return words("{metric} per minute", metric=label) if is_rate(metric) else label


def line(place: int, metric: Metric, trend: Trend, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    label = escape(words(metric.label), quote=False)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": label,
        "x0": trend.window.start + ahead,
        "dx": trend.step_ms,
        "y": rounded(trend.series[metric.key]),
        "yaxis": "y" if place == 0 else "y2",
        "line": {"color": COLOURS[theme][LINES[place]], "width": 2 if place == 0 else 1.5},
        "connectgaps": False,
        "hovertemplate": f"{label} <b>{value_format(metric, words)}</b><extra></extra>",
    }


def rounded(values: Sequence[float | None]) -> list[float | None]:
    """The values with no more digits than can be seen or read in the hover: every refresh sends them."""
    return [None if value is None else round(value, 6 if abs(value) < 10 else 2) for value in values]


def _marker_row(trend: Trend, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    markers = trend.markers
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "",
        "x": [max(marker.start, trend.window.start) + ahead for marker in markers],
        "y": [0.5] * len(markers),
        "yaxis": "y3",
        "customdata": [marker.id for marker in markers],
        "text": [marker_text(marker, words) for marker in markers],
        "marker": {
            "symbol": [MARKER_SYMBOLS.get(marker.kind) or QUIET_SYMBOLS[marker.kind] for marker in markers],
            "color": [marker_colour(marker, theme) for marker in markers],
            "opacity": 1,
            "size": [10 if marker.kind in MARKER_SYMBOLS else 7 for marker in markers],
            "line": {"width": 1, "color": [marker_colour(marker, theme) for marker in markers]},
        },
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def marker_colour(marker: Marker, theme: str) -> str:
    return COLOURS[theme][marker.kind if marker.kind in MARKER_SYMBOLS else "muted"]


def marker_text(marker: Marker, words: Words) -> str:
    """When and what. Names come from strangers: what could be read as markup is made plain."""
    when = words.clock(marker.start, seconds=True)
    if marker.end is not None:
        when = words.stretch(marker.start, marker.end)
    return f"{when}<br>{escape(words.sentence(marker.sentence), quote=False)}"


def _shapes(trend: Trend, theme: str, ahead: int) -> list[dict[str, Any]]:
    """A band for what lasts and should be seen as lasting, a dotted line for what happens."""
    shapes: list[dict[str, Any]] = []
    for marker in trend.markers:
        colour = marker_colour(marker, theme)
        start, end = max(marker.start, trend.window.start), min(marker.end or trend.window.end, trend.window.end)
        common = {"xref": "x", "yref": "paper", "layer": "below", "x0": start + ahead, "y0": 0}
        if marker.kind in BANDS and (marker.open or marker.end is not None):
            shapes.append(
                common
                | {
                    "type": "rect",
                    "x1": end + ahead,
                    "y1": PLOT_TOP,
                    "fillcolor": colour,
                    "opacity": BANDS[marker.kind],
                    "line": {"width": 0},
                }
            )
        if marker.kind in MARKER_SYMBOLS and marker.start >= trend.window.start:
            shapes.append(
                common
                | {
                    "type": "line",
                    "x1": start + ahead,
                    "y1": MARKERS_FROM,
                    "line": {"color": colour, "width": 1, "dash": "dot"},
                }
            )
    return shapes


def _layout(trend: Trend, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    base = plotly_layout(theme)
    keys = list(trend.series)
    axes = [value_axis(METRICS[key], trend.series[key], words) for key in keys] + [{"visible": False}]
    look = base["yaxis"] | {
        "tickfont": {"color": COLOURS[theme]["muted"], "size": 11},
        "showline": False,
        "zeroline": False,
    }
    return base | {
        "height": HEIGHT,
        "margin": {"l": 50, "r": 46 if len(keys) > 1 else 12, "t": 4, "b": 36 if words.over_days(trend.window) else 22},
        "showlegend": False,
        "meta": {"ahead": ahead},
        "clickanywhere": True,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverdistance": 12,
        "dragmode": "zoom",
        "separators": separators(words),
        "xaxis": look | _time_axis(trend, words, theme, ahead),
        "yaxis": look | axes[0] | {"domain": [0, PLOT_TOP]},
        "yaxis2": look | axes[1] | {"overlaying": "y", "side": "right", "showgrid": False},
        "yaxis3": {"domain": [MARKERS_FROM, 1], "range": [0, 1], "fixedrange": True, "visible": False},
        "shapes": _shapes(trend, theme, ahead),
    }


def _time_axis(trend: Trend, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    """The axis of time. Until the reader zooms it holds the window, neither more nor less. Its ticks are Plotly's, as
    those follow the zoom, but for windows in which clocks change: of that Plotly knows nothing."""
    start, end = trend.window.start + ahead, trend.window.end + ahead
    changing = changes(trend.window, words)
    moments, texts = ticks(trend.window, words) if changing else ([], [])
    day = "\n%b %-d" if words.over_days(trend.window) else ""
    return {
        "type": "date",
        "visible": bool(trend.markers) or any(map(has_values, trend.series.values())),
        "range": None,
        "autorange": True,
        "autorangeoptions": {"include": [start, end], "minallowed": start, "maxallowed": end},
        "showgrid": False,
        "showspikes": True,
        "spikemode": "across",
        "spikecolor": COLOURS[theme]["muted"],
        "spikethickness": 1,
        "spikedash": "solid",
        "nticks": 10,
        "tickmode": "array" if changing else "auto",
        "tickvals": [ms + ahead for ms in moments],
        "ticktext": texts,
        "tickformatstops": [
            {"dtickrange": [None, 59_999], "value": f"%H:%M:%S{day}"},
            {"dtickrange": [60_000, 86_399_999], "value": f"%H:%M{day}"},
            {"dtickrange": [86_400_000, None], "value": "%b %-d"},
        ],
        "hoverformat": hover_format(trend.window, words),
        "unifiedhovertitle": {"text": " " if changing else ""},
    }


def value_axis(metric: Metric, values: Sequence[float | None], words: Words) -> dict[str, Any]:
    """The axis of one line. Its ticks are its own (else Plotly puts the second's where the first's are)."""
    return {
        "visible": has_values(values),
        "fixedrange": True,
        "rangemode": "tozero",
        "tickmode": "auto",
        "nticks": 5,
        "exponentformat": "B",
        "separatethousands": True,
    } | _ticks(metric, words)


def has_values(values: Sequence[float | None]) -> bool:
    """Whether there is anything to draw of a line."""
    return any(value is not None for value in values)


def separators(words: Words) -> str:
    symbols = words.locale.number_symbols["latn"]
    return f"{symbols['decimal']}{symbols['group']}"


def _money_parts(words: Words) -> tuple[str, int, str]:
    """What stands before an amount in the room's currency, its decimals, and what stands after it."""
    sample = words.money(1)
    digits = re.search(r"1(?:\D(0+))?", sample)
    assert digits is not None, sample
    return escape(sample[: digits.start()]), len(digits.group(1) or ""), escape(sample[digits.end() :])


def _ticks(metric: Metric, words: Words) -> dict[str, Any]:
    """How an axis writes the metric's values."""
    before, after, form = "", "", ""
    match metric.unit:
        case "money" | "money_per_hour":
            before, _, after = _money_parts(words)
        case "ratio":
            form = ".3~%"
        case "seconds":
            after = words("{seconds}s", seconds="")
    return {"tickprefix": before, "ticksuffix": after, "tickformat": form}


def value_format(metric: Metric, words: Words) -> str:
    """How the hover writes the metric's values, as a template of Plotly's."""
    match metric.unit:
        case "money" | "money_per_hour":
            before, decimals, after = _money_parts(words)
            value = f"{before}%{{y:,.{decimals}f}}{after}"
        case "ratio":
            value = "%{y:.1%}"
        case "seconds":
            value = words("{seconds}s", seconds="%{y:,.0f}")
        case _:
            value = "%{y:,.1~f}"
    if is_rate(metric):
        return words("{value}/min", value=value)
    return words("{amount}/h", amount=value) if metric.unit.endswith("per_hour") else value

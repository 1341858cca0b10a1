"""The stock of a product over the LIVE, as steps, and its price. It draws answers of the analysis; it computes no
figure."""
from __future__ import annotations

from typing import Any

from dash import Patch

from layouts.figures.clock import hover_format, shift, ticks
from layouts.figures.trend import separators, value_axis
from layouts.look import COLOURS, plotly_layout
from livedash.analysis.metrics import METRICS, STOCK_LEFT, UNIT_PRICE
from livedash.analysis.product import History
from livedash.locale import Words
from livedash.view import Window

HEIGHT = 150


def stock_figure(history: History, words: Words, theme: str) -> dict[str, Any]:
    """The whole figure."""
    starts = [at for at, _ in (*history.stock, *history.prices)]
    window = Window(min(starts, default=0), max(history.until, min(starts, default=0) + 1))
    ahead = shift(window, words)
    colour = COLOURS[theme]
    traces = [
        _steps(words("Stock left"), history.stock, window, ahead, "%{y:,.0f}")
        | {"line": {"shape": "hv", "color": colour["accent"], "width": 1.75}},
        _steps(words("Price"), history.prices, window, ahead, "%{text}")
        | {
            "yaxis": "y2",
            "text": [words.money(price) for _, price in _until(history.prices, window)],
            "line": {"shape": "hv", "color": colour["muted"], "width": 1.25, "dash": "4px,3px"},
        },
    ]
    return {"data": traces, "layout": _layout(history, window, words, theme, ahead)}


def stock_patch(figure: dict[str, Any]) -> Patch:
    """What a refresh sends."""
    patch = Patch()
    patch["data"] = figure["data"]
    for name, value in figure["layout"].items():
        patch["layout"][name] = value
    return patch


def _until(values: tuple[tuple[int, Any], ...], window: Window) -> list[tuple[int, Any]]:
    """The values, the last of them held to the end."""
    return [*values, (window.end, values[-1][1])] if values else []


def _steps(
    name: str, values: tuple[tuple[int, Any], ...], window: Window, ahead: int, form: str
) -> dict[str, Any]:  # fmt: skip
    told = _until(values, window)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [at + ahead for at, _ in told],
        "y": [float(value) for _, value in told],
        "hovertemplate": f"{name} <b>{form}</b><extra></extra>",
    }


def _layout(history: History, window: Window, words: Words, theme: str, ahead: int) -> dict[str, Any]:
    base = plotly_layout(theme)
    look = base["yaxis"] | {
        "tickfont": {"color": COLOURS[theme]["muted"], "size": 11}, "showline": False, "zeroline": False,
    }  # fmt: skip
    moments, texts = ticks(window, words, 5)
    stock = [float(value) for _, value in history.stock]
    prices = [float(value) for _, value in history.prices]
    return base | {
        "height": HEIGHT,
        "margin": {"l": 36, "r": 46, "t": 6, "b": 22},
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "meta": {"ahead": ahead},
        "clickanywhere": True,
        "separators": separators(words),
        "xaxis": look
        | {
            "type": "date",
            "fixedrange": True,
            "range": [window.start + ahead, window.end + ahead],
            "tickmode": "array",
            "tickvals": [ms + ahead for ms in moments],
            "ticktext": texts,
            "showgrid": False,
            "hoverformat": hover_format(window, words),
        },
        "yaxis": look | value_axis(METRICS[STOCK_LEFT], stock, words) | {"nticks": 4},
        "yaxis2": look
        | value_axis(METRICS[UNIT_PRICE], prices, words)
        | {"overlaying": "y", "side": "right", "showgrid": False, "nticks": 4},
    }

"""What the libraries that draw for us must be told: the theme's colours, Plotly's and AG Grid's shared settings and
words. It may hold no figure of its own; the colours are those of assets/theme.css, and a test holds the two equal."""
from __future__ import annotations

from typing import Any

from babel.dates import get_day_names, get_month_names

from livedash.locale import Words

COLOURS: dict[str, dict[str, str]] = {
    "light": {
        "bg": "#f5f6f8", "card": "#ffffff", "ink": "#12161c", "muted": "#667080", "line": "#e5e8ed",
        "accent": "#0b6bcb", "track": "#e5e8ed", "good": "#0b7a37", "bad": "#b93c0a", "danger": "#cf3035",
        "warn": "#96590a",
        "pin": "#2f7de1", "violation": "#cf3035", "promotion": "#c77700", "giveaway": "#8b49d6",
    },
    "dark": {
        "bg": "#0e1116", "card": "#161b22", "ink": "#e8ecf1", "muted": "#98a4b3", "line": "#252c36",
        "accent": "#5aa9ff", "track": "#252c36", "good": "#4ad07d", "bad": "#ff9a52", "danger": "#ff6b6b",
        "warn": "#f0a63a",
        "pin": "#5aa9ff", "violation": "#ff6b6b", "promotion": "#f0a63a", "giveaway": "#bb86f7",
    },
}  # fmt: skip

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)

MARKER_SYMBOLS = {"pin": "circle", "violation": "square", "promotion": "diamond", "giveaway": "triangle-up"}
"""Plotly's symbol per kind of marker: told apart by shape as well as by colour."""


def plotly_layout(theme: str) -> dict[str, Any]:
    """The part of a figure's layout that follows the theme. Merge it when a figure is made, patch it when the theme
    changes."""
    colour = COLOURS[theme]
    axis = {
        "gridcolor": colour["line"],
        "linecolor": colour["line"],
        "zerolinecolor": colour["line"],
        "tickfont": {"color": colour["muted"]},
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": colour["ink"]},
        "hoverlabel": {
            "bgcolor": colour["card"],
            "bordercolor": colour["line"],
            "font": {"family": FONT, "size": 12, "color": colour["ink"]},
        },
        "xaxis": axis,
        "yaxis": axis,
    }


def plotly_config(words: Words) -> dict[str, Any]:
    """The one graph config: nothing that leaves this host, no logo, and Plotly's own words from our catalogue."""
    locale = words.locale
    months, short_months = (get_month_names(width, locale=locale) for width in ("wide", "abbreviated"))
    days, short_days = (get_day_names(width, locale=locale) for width in ("wide", "abbreviated"))
    monday_first = range(7)
    sunday_first = [monday_first[-1], *monday_first[:-1]]
    return {
        "showSendToCloud": False,
        "displaylogo": False,
        "displayModeBar": "hover",
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
        "responsive": True,
        "locale": words.language,
        "locales": {
            words.language: {
                "dictionary": {
                    "Zoom": words("Zoom"),
                    "Pan": words("Pan"),
                    "Zoom in": words("Zoom in"),
                    "Zoom out": words("Zoom out"),
                    "Reset axes": words("Reset axes"),
                    "Double-click to zoom back out": words("Double-click to zoom back out"),
                    "Click to enter text": words("Click to enter text"),
                },
                "format": {
                    "days": [days[i] for i in sunday_first],
                    "shortDays": [short_days[i] for i in sunday_first],
                    "months": [months[i] for i in range(1, 13)],
                    "shortMonths": [short_months[i] for i in range(1, 13)],
                    "date": "%Y-%m-%d",
                    "time": "%H:%M:%S",
                    "dateTime": "%Y-%m-%d %H:%M:%S",
                },
            }
        },
    }

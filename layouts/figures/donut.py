"""The donut: a few shares of a whole. It draws what it is given and counts nothing; its legend stands beside it as
text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts.look import COLOURS, plotly_layout

SHADES = ("accent", "giveaway", "promotion", "good", "danger", "muted")
"""Tokens in the order that groups take them; a legend draws its dots with the same."""


def shade(place: int, unknown: bool, theme: str) -> str:
    """The colour of the group at this place; those of whom nothing is known are the colour of the empty track."""
    return COLOURS[theme]["track" if unknown else SHADES[place % len(SHADES)]]


def donut(groups: Sequence[tuple[str, int, bool]], theme: str) -> dict[str, Any]:
    """A figure of (label, count, unknown) in the order given. No words in it: the legend has them."""
    return {
        "data": [
            {
                "type": "pie",
                "hole": 0.7,
                "sort": False,
                "direction": "clockwise",
                "labels": [label for label, _, _ in groups],
                "values": [count for _, count, _ in groups],
                "marker": {
                    "colors": [shade(place, unknown, theme) for place, (_, _, unknown) in enumerate(groups)],
                    "line": {"color": COLOURS[theme]["card"], "width": 1},
                },
                "textinfo": "none",
                "hovertemplate": "%{label}: %{value:,} (%{percent})<extra></extra>",
            }
        ],
        "layout": {**plotly_layout(theme), "margin": {"l": 2, "r": 2, "t": 2, "b": 2}, "showlegend": False},
    }

"""A donut shows the shares in the order given, in the colours that the legend names."""

from __future__ import annotations

import plotly.graph_objects as go

from layouts.figures.donut import donut, shade
from layouts.look import COLOURS

GROUPS = [("Female", 71, False), ("Male", 24, False), ("Unknown", 5, True)]


def test_the_slices_keep_their_order_and_colours() -> None:
    pie = donut(GROUPS, "dark")["data"][0]
    assert pie["values"] == [71, 24, 5] and pie["sort"] is False
    assert pie["marker"]["colors"] == [shade(place, unknown, "dark") for place, (_, _, unknown) in enumerate(GROUPS)]


def test_those_of_whom_nothing_is_known_are_grey() -> None:
    assert donut(GROUPS, "light")["data"][0]["marker"]["colors"][2] == COLOURS["light"]["track"]


def test_plotly_knows_every_property() -> None:
    go.Figure(donut(GROUPS, "light"))

"""The traffic card: the sources that bring most views, paid and organic apart, and behind its dots the whole table in
two levels. It computes nothing."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.grids import HEADER_HEIGHT, Column, figure_column, figures, grid, number_column, short
from layouts.parts.states import card, dialog, loading, missing_text, nothing_yet
from livedash.analysis.metrics import METRICS
from livedash.analysis.traffic import Channel, Traffic
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "key-data-traffic"
LIST = f"{ROOT}-list"
MORE = f"{ROOT}-more"
TABLE = f"{ROOT}-table"
GRID = f"{ROOT}-grid"
ROWS = f"{ROOT}-rows"
LACKS = f"{ROOT}-lacks"

MOST = 5
ROW_HEIGHT = 38
SHARE, GMV_SHARE, COST = "view_share", "gmv_share", "ad_cost"
BESIDES = {SHARE: "ratio", GMV_SHARE: "ratio", COST: "money"}
"""What a channel has besides its metrics, with the unit."""

OUTPUTS: dict[str, Output] = {
    "list": Drawn(LIST, "children"),
    "more": Drawn(MORE, "hidden"),
    "rows": Output(ROWS, "data"),
    "lacks": Drawn(LACKS, "children"),
}

SOURCES = {
    "for you": N_("For You feed"),
    "for you feed": N_("For You feed"),
    "foryou": N_("For You feed"),
    "fyp": N_("For You feed"),
    "live feed": N_("LIVE feed"),
    "live swipe": N_("LIVE swipe"),
    "live preview": N_("LIVE preview"),
    "following": N_("Following"),
    "following feed": N_("Following"),
    "search": N_("Search"),
    "video profile": N_("Video profile"),
    "profile": N_("Profile"),
    "other profiles": N_("Other profiles"),
    "short video": N_("Short video"),
    "shop tab": N_("Shop tab"),
    "share": N_("Share link"),
    "share link": N_("Share link"),
    "notification": N_("Notification"),
    "live ads": N_("LIVE ads"),
    "live shopping ads": N_("LIVE Shopping Ads"),
    "video to live": N_("Video-to-LIVE"),
    "gmv max": N_("GMV Max"),
    "other": N_("Other"),
}
"""Names of channels that are known, in small letters without signs. Any other name is shown as the log has it."""

FIGURES = tuple(field.name for field in fields(Channel) if field.name in METRICS)
"""The metrics that a channel has, in their order."""


def layout(words: Words) -> Component:
    """The card in its loading state, with the dialog that holds the table."""
    more = html.Button(
        "…", id=MORE, type="button", className="btn btn-link more", hidden=True,
        **{"aria-label": words("All traffic sources"), "aria-haspopup": "dialog"},
    )  # fmt: skip
    table = grid(
        GRID, _columns(words), words,
        row_height=ROW_HEIGHT,
        domLayout="autoHeight",
        postSortRows={"function": "partsBelow(params)"},
        isExternalFilterPresent={"function": "true"},
        doesExternalFilterPass={"function": "isShown(params)"},
    )  # fmt: skip
    table.style = {"minHeight": f"{HEADER_HEIGHT + ROW_HEIGHT}px"}
    credit = words("Product clicks and orders count for the source that their own lines name.")
    whole = [html.P(id=LACKS, className="muted small"), table, html.P(credit, className="muted small")]
    return card(
        words("Traffic sources"),
        id=ROOT,
        actions=[html.Span(words("Views")), more],
        children=[
            html.Div(loading(words, 5), id=LIST),
            dialog(words("All traffic sources"), words, id=TABLE, children=whole, wide=True),
            dcc.Store(id=ROWS),
        ],
    )


def _columns(words: Words) -> list[Column]:
    name: Column = {
        "colId": "channel",
        "headerName": words("Source"),
        "cellRenderer": "ChannelCell",
        "cellRendererParams": {
            "words": {"paid": words("paid"), "parts": words("Parts of {channel}", channel="{channel}")},
        },
        "comparator": {"function": "byName"},
        "sortingOrder": ["asc", "desc"],
        "minWidth": 190,
        "flex": 3,
    }
    numbers = [figure_column(METRICS[key], words) for key in FIGURES]
    for column in numbers:
        if column["colId"] == "views":
            column["initialSort"] = "desc"
    besides = [
        number_column(SHARE, words("Share of views"), words("The part of all views that came from this source.")),
        number_column(GMV_SHARE, words("Share of GMV"), words("The part of all Direct GMV that came by this source.")),
        number_column(COST, words("Ad cost"), words("The sum of its ad_cost lines; a dash where there is none.")),
    ]
    return [name, *numbers, *besides]


def show(answer: Traffic, view: View, words: Words) -> dict[str, Any]:
    """The first few as bars, all of them as rows of the table."""
    if not answer.channels:
        sentence = words("No view or impression has come yet.")
        nothing = nothing_yet(words, sentence, answer.missing)
        return {"list": nothing, "more": True, "rows": [], "lacks": ""}
    first = [channel for channel in answer.channels if channel.views][:MOST] or answer.channels[:MOST]
    bars = [_bar(channel, first[0], words) for channel in first]
    return {
        "list": html.Ol(bars, className="sources"),
        "more": False,
        "rows": list(_rows(answer, words)),
        "lacks": missing_text(words, answer.missing),
    }


def _bar(channel: Channel, longest: Channel, words: Words) -> Component:
    share, most = channel.view_share or 0, longest.view_share or 1
    fill = html.Div(className="bar-fill paid" if channel.paid else "bar-fill", style={"width": f"{share / most:.1%}"})
    name = html.Span(source_name(channel.source, words), className="clip")
    paid = [html.Span(words("paid"), className="badge outline")] if channel.paid else []
    return html.Li([
        html.Span([name, *paid], className="source"),
        html.Div(fill, className="bar"),
        html.Span(words.value(channel.view_share, "ratio"), className="num"),
    ])  # fmt: skip


def _rows(answer: Traffic, words: Words) -> Iterator[dict[str, Any]]:
    """Every channel, followed by its parts; a row's parent is the id of the channel that it is a part of."""
    for channel in answer.channels:
        head = f"{channel.source}|{channel.paid}"
        parts = [part for part in answer.parts.get((channel.source, channel.paid), ()) if part.sub_source is not None]
        name = source_name(channel.source, words)
        yield {"id": head, "parent": None, "name": name, "parts": bool(parts)} | _cells(channel, words)
        for part in parts:
            name = source_name(part.sub_source, words)
            row = {"id": f"{head}|{part.sub_source}", "parent": head, "name": name, "parts": False}
            yield row | _cells(part, words)


def _cells(channel: Channel, words: Words) -> dict[str, Any]:
    cells = figures({key: getattr(channel, key) for key in FIGURES}, words)
    for key, unit in BESIDES.items():
        value = getattr(channel, key)
        cells["values"][key] = None if value is None else short(value)
        cells["written"][key] = words.value(value, unit)
    return {"paid": channel.paid, **cells}


def source_name(source: str | None, words: Words) -> str:
    """A channel in the reader's words where it is a known one."""
    if source is None:
        return words("Not named in the log")
    known = SOURCES.get(re.sub(r"[\W_]+", " ", source).strip().lower())
    return words(known) if known else source

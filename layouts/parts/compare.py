"""The dialog that lays another stretch behind the chart: one of the same LIVE, or the same minutes of an earlier one.
It draws nothing; what is chosen goes to the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog
from livedash.locale import Words

ROOT = "trends-compare"
OPEN = f"{ROOT}-open"
DIALOG = f"{ROOT}-dialog"
WHAT = f"{ROOT}-what"
SECOND = f"{ROOT}-second"
EARLIER = f"{ROOT}-earlier"
APPLY = f"{ROOT}-apply"
WRONG = f"{ROOT}-wrong"
CHOSEN = f"{ROOT}-chosen"
WANTED = f"{ROOT}-wanted"
BEHIND = f"{ROOT}-behind"

NOTHING, OWN, OTHER = "nothing", "own", "other"


class Live(Protocol):
    """An earlier LIVE, as its header tells of it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str | None: ...

    @property
    def started_at(self) -> int | None: ...


def button(words: Words) -> Component:
    return html.Button(
        words("Compare"), id=OPEN, type="button", className="btn btn-quiet", **{"aria-haspopup": "dialog"}
    )


def layout(words: Words) -> Component:
    """The dialog, closed. WANTED: the earlier LIVE to ask for, with the View to ask it of; BEHIND: its lines."""
    what = dbc.RadioItems(
        id=WHAT,
        options=[
            {"value": NOTHING, "label": words("With nothing")},
            {"value": OWN, "label": words("With another stretch of this LIVE, as long as the one shown")},
            {"value": OTHER, "label": words("With the same minutes of an earlier LIVE of this host")},
        ],
        value=NOTHING,
    )
    body = [
        html.Div(what, role="radiogroup", **{"aria-label": words("Compare with")}),
        html.Label(
            [html.Span(words("It begins at")), dbc.Input(id=SECOND, type="text", size="sm", autocomplete="off")],
            className="compare-choice",
        ),
        html.Label([html.Span(words("Earlier LIVE")), dbc.Select(id=EARLIER, options=[])], className="compare-choice"),
        html.P(id=WRONG, className="timeline-wrong", role="status"),
        dcc.Store(id=CHOSEN),
        dcc.Store(id=WANTED),
        dcc.Store(id=BEHIND),
    ]
    foot = [
        html.Button(words("Cancel"), type="button", className="btn btn-quiet closes"),
        html.Button(words("Apply"), id=APPLY, type="button", className="btn btn-primary"),
    ]
    return dialog(words("Compare the chart"), words, id=DIALOG, children=body, footer=foot)


def options(lives: Sequence[Live], words: Words) -> list[dict[str, str]]:
    """The earlier LIVEs to choose from."""
    return [{"value": live.id, "label": name(live, words)} for live in lives]


def name(live: Live, words: Words) -> str:
    """An earlier LIVE by its title and when it began."""
    return " · ".join(filter(None, (live.title, words.date_time(live.started_at)))) or live.id

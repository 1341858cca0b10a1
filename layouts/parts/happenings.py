"""What happened in the LIVE, in order: every event that marks it, with a button that plays the broadcast from there. It
judges no effect."""

from __future__ import annotations

from dash import Output, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View

ROOT = "broadcast-happenings"
ROWS = f"{ROOT}-rows"
EMPTY = f"{ROOT}-empty"
COUNT = f"{ROOT}-count"

MOST = 500
"""Rows shown; of more, the latest."""

OUTPUTS: dict[str, Output] = {
    "rows": Drawn(ROWS, "children"),
    "empty": Drawn(EMPTY, "children"),
    "count": Drawn(COUNT, "children"),
}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    head = html.Tr(
        [
            html.Th(words("At"), scope="col"),
            html.Th(words("What happened"), scope="col"),
            html.Th(html.Span(words("Play"), className="visually-hidden"), scope="col"),
        ]
    )
    return card(
        words("What happened"),
        id=ROOT,
        note=html.Span(id=COUNT),
        children=[
            html.Div(loading(words, 4), id=EMPTY),
            html.Div(
                html.Table([html.Thead(head), html.Tbody(id=ROWS)], className="table happenings"),
                className="table-scroll happenings-scroll",
                tabIndex=0,
                role="group",
                **{"aria-labelledby": f"{ROOT}-title"},
            ),
        ],
    )


def show(answer: tuple[Marker, ...], view: View, words: Words) -> dict[str, object]:
    """answer: the events of the window, in order of time."""
    shown = answer[-MOST:]
    empty = nothing_yet(words, words("No pin, promotion, giveaway or other event here yet."))
    more = words("The latest {n} of {all}.", n=MOST, all=words.value(len(answer), "count"))
    return {
        "rows": [_row(marker, words) for marker in shown],
        "empty": None if shown else empty,
        "count": more if len(answer) > len(shown) else words.value(len(shown), "count") if shown else None,
    }


def _row(marker: Marker, words: Words) -> Component:
    said = words.sentence(marker.sentence)
    at = words.clock(marker.start, seconds=True)
    lasted = "" if marker.end is None else words.span((marker.end - marker.start) / 1000)
    if marker.open:
        lasted = words("still on")
    play = html.Button(
        html.Span(className="play-sign", **{"aria-hidden": "true"}),
        type="button",
        className="btn btn-quiet plays",
        **{"aria-label": words("Play from {time}: {what}", time=at, what=said), "data-ms": str(marker.start)},
    )
    return html.Tr(
        [
            html.Td(at, className="muted"),
            html.Td(
                [
                    html.Span(className=f"sign {marker.kind}", **{"aria-hidden": "true"}),
                    " ",
                    said,
                    " ",
                    html.Span(lasted, className="muted small"),
                ]
            ),
            html.Td(play, className="num"),
        ],
        key=marker.id,
        **{"data-ms": str(marker.start)},
    )

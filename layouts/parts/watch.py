"""The picture beside a trend: what was on air at the moment that is played. Where there is no picture the card is not
there either; the Broadcast tab says how to add one."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.parts.broadcast import elsewhere, screen, source
from layouts.parts.states import card
from livedash.analysis.broadcast import Broadcast
from livedash.locale import Words
from livedash.view import View

ROOT = "trends-watch"
VIDEO = f"{ROOT}-video"
CLOCK = f"{ROOT}-clock"
NOW = f"{ROOT}-now"
SOURCE = f"{ROOT}-source"
NOTE = f"{ROOT}-note"
CANNOT = f"{ROOT}-cannot"
FAILED = f"{ROOT}-failed"
ELSEWHERE = f"{ROOT}-elsewhere"

KNOWN = f"{ROOT}-known"
LOOK = f"{ROOT}-look"

OUTPUTS: dict[str, Output] = {"known": Output(KNOWN, "data")}
PICTURE: dict[str, Output] = {
    "source": Output(SOURCE, "data"),
    "elsewhere": Output(ELSEWHERE, "children"),
}


def layout(words: Words) -> Component:
    """The card with a dark screen; assets/trends.css takes it away while there is no picture."""
    video = html.Video(
        id=VIDEO, controls=True, muted=True, preload="metadata", hidden=True,
        **{"aria-label": words("The broadcast beside the trend")},
    )  # fmt: skip
    return card(
        words("The broadcast beside the trend"),
        id=ROOT,
        className="broadcast watch",
        children=[
            screen(video, words, clock=CLOCK, now=NOW, note=NOTE, cannot=CANNOT, failed=FAILED),
            html.P(id=ELSEWHERE, className="elsewhere"),
            *(dcc.Store(id=store) for store in (KNOWN, LOOK, SOURCE)),
        ],
    )


def show(answer: tuple[Any, ...], view: View, words: Words) -> dict[str, Any]:
    """answer: what the picture hangs on. Where that changes, the picture is looked for at once."""
    return {"known": [view.room, *answer]}


def picture(answer: Broadcast, view: View, words: Words) -> dict[str, Any]:
    """Where the picture is."""
    return {"source": source(answer, view), "elsewhere": elsewhere(answer.elsewhere, words)}

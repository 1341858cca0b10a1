"""The LIVE broadcast card: the picture itself, as a stream or a recording, with the time it shows. Nothing is loaded
from another host; which picture it is follows from the answer, and a refresh never restarts it."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.states import card
from livedash.analysis.broadcast import FOLDER, Broadcast
from livedash.locale import Words
from livedash.view import View

ROOT = "key-data-broadcast"
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
    "note": Output(NOTE, "children"),
    "elsewhere": Output(ELSEWHERE, "children"),
}


def layout(words: Words) -> Component:
    """The card with a dark screen; assets/broadcast.js gives the screen its picture."""
    cannot = words(
        "This browser cannot play a live stream. Open the dashboard in Chrome, Edge or Safari, or put a recording "
        "(.mp4 or .webm) beside the stream."
    )
    failed = words("The picture cannot be played at the moment. It is tried again by itself.")
    named = {"aria-label": words("LIVE broadcast")}
    screen = [
        html.Video(id=VIDEO, controls=True, muted=True, preload="metadata", hidden=True, **named),
        html.Span(id=CLOCK, className="chip screen-clock", title=words("Time of the LIVE that is seen"), hidden=True),
        html.Button(words("Go to now"), id=NOW, type="button", className="chip screen-now", hidden=True),
        html.P(id=NOTE, className="screen-note"),
        html.P(cannot, id=CANNOT, className="screen-note", hidden=True),
        html.P(failed, id=FAILED, className="screen-note", role="status", hidden=True),
    ]
    stores = [dcc.Store(id=store) for store in (KNOWN, LOOK, SOURCE)]
    return card(
        words("LIVE broadcast"),
        id=ROOT,
        className="broadcast",
        children=[html.Div(screen, className="screen"), html.P(id=ELSEWHERE, className="elsewhere"), *stores],
    )


def show(answer: tuple[Any, ...], view: View, words: Words) -> dict[str, Any]:
    """answer: what the picture hangs on. Where that changes, the picture is looked for at once."""
    return {"known": [view.room, *answer]}


def picture(answer: Broadcast, view: View, words: Words) -> dict[str, Any]:
    """Where the picture is, or how to add one. Times are epoch ms: of the first picture, and of the LIVE's start."""
    source = {
        "src": addresses.media(view.room, answer.file) if answer.file else None,
        "kind": answer.kind,
        "growing": answer.growing,
        "startsAt": answer.starts_at,
        "liveFrom": answer.live_from,
    }
    return {
        "source": source,
        "note": None if answer.file else _how_to_add(view, words),
        "elsewhere": _elsewhere(answer.elsewhere, words),
    }


def _how_to_add(view: View, words: Words) -> list[Any]:
    folder = f"{view.room}/{FOLDER}"
    how = words(
        "Put a recording (.mp4 or .webm) or the stream's HLS playlist (.m3u8) into {folder}, beside the room's log.",
        folder=folder,
    )
    return [html.Span(words("There is no picture of this LIVE."), className="strong"), html.Br(), how]


def _elsewhere(address: str | None, words: Words) -> Any:
    if address is None:
        return None
    link = html.A(address, href=address, target="_blank", rel="noopener noreferrer")
    return [words("Can be watched at:"), " ", link]

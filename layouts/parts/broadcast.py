"""The LIVE broadcast card: the picture itself, as a stream or a recording, with the time it shows. Nothing is loaded
from another host; which picture it is follows from the answer, and a refresh never restarts it."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.states import card
from livedash.analysis.broadcast import Broadcast
from livedash.locale import Words
from livedash.places import BROADCAST
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
    video = html.Video(
        id=VIDEO, controls=True, muted=True, preload="metadata", hidden=True, **{"aria-label": words("LIVE broadcast")}
    )
    return card(
        words("LIVE broadcast"),
        id=ROOT,
        className="broadcast",
        children=[
            screen(video, words, clock=CLOCK, now=NOW, note=NOTE, cannot=CANNOT, failed=FAILED),
            html.P(id=ELSEWHERE, className="elsewhere"),
            *(dcc.Store(id=store) for store in (KNOWN, LOOK, SOURCE)),
        ],
    )


def screen(
    video: Component, words: Words, *, clock: str, now: str, note: str, cannot: str, failed: str
) -> Component:
    """The picture with what stands on it: the time that it shows, the way back to now, and why there is none. The
    names are the ids of those."""
    about = words("Time of the LIVE that is seen")
    return html.Div(
        [
            video,
            html.Span(id=clock, className="chip screen-clock", title=about, hidden=True),
            html.Button(words("Go to now"), id=now, type="button", className="chip screen-now", hidden=True),
            html.P(id=note, className="screen-note"),
            html.P(_cannot_play(words), id=cannot, className="screen-note", hidden=True),
            html.P(_cannot_now(words), id=failed, className="screen-note", role="status", hidden=True),
        ],
        className="screen",
    )


def _cannot_play(words: Words) -> str:
    return words(
        "This browser cannot play a live stream. Open the dashboard in Chrome, Edge or Safari, or put a recording "
        "(.mp4 or .webm) beside the stream."
    )


def _cannot_now(words: Words) -> str:
    return words("The picture cannot be played at the moment. It is tried again by itself.")


def show(answer: tuple[Any, ...], view: View, words: Words) -> dict[str, Any]:
    """answer: what the picture hangs on. Where that changes, the picture is looked for at once."""
    return {"known": [view.room, *answer]}


def picture(answer: Broadcast, view: View, words: Words) -> dict[str, Any]:
    """Where the picture is, or how to add one."""
    return {
        "source": source(answer, view),
        "note": how_to_add(view, words) if answer.kind == "none" else None,
        "elsewhere": elsewhere(answer.elsewhere, words),
    }


def source(answer: Broadcast, view: View) -> dict[str, Any]:
    """The picture as assets/broadcast.js takes it. Times are epoch ms: of the first picture, of the LIVE's start, and
    those that the picture shows from a second on where its clock does not go on evenly."""
    return {
        "src": addresses.media(view.room, answer.file) if answer.file else answer.path,
        "soFar": addresses.media(view.room, answer.file, so_far=True) if answer.file and answer.growing else None,
        "kind": answer.kind,
        "growing": answer.growing,
        "startsAt": answer.starts_at,
        "jumps": list(answer.jumps),
        "liveFrom": answer.live_from,
        "file": answer.file,
        "tied": answer.tied,
    }


def how_to_add(view: View, words: Words) -> list[Any]:
    folder = f"{view.room}/{BROADCAST}"
    how = words(
        "Put a recording (.mp4 or .webm) or the stream's HLS playlist (.m3u8) into {folder}, beside the room's log.",
        folder=folder,
    )
    return [html.Span(words("There is no picture of this LIVE."), className="strong"), html.Br(), how]


def elsewhere(address: str | None, words: Words) -> Any:
    if address is None:
        return None
    link = html.A(address, href=address, target="_blank", rel="noopener noreferrer")
    return [words("Can be watched at:"), " ", link]

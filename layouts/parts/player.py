"""The player of the Broadcast tab: controls that go over the whole LIVE, with or without a picture, and how clock and
picture are tied together. assets/replay.js moves it; nothing is loaded from another host."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.look import MARKER_SYMBOLS
from layouts.parts.broadcast import elsewhere, how_to_add, screen, source
from layouts.parts.states import card
from livedash.analysis.broadcast import Broadcast
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View

ROOT = "broadcast-player"
VIDEO = f"{ROOT}-video"
CLOCK = f"{ROOT}-clock"
NOW = f"{ROOT}-now"
NOTE = f"{ROOT}-note"
CANNOT = f"{ROOT}-cannot"
FAILED = f"{ROOT}-failed"
ELSEWHERE = f"{ROOT}-elsewhere"
SOURCE = f"{ROOT}-source"
KNOWN = f"{ROOT}-known"
LOOK = f"{ROOT}-look"

SLIDER = f"{ROOT}-slider"
SIGNS = f"{ROOT}-signs"
PLAY = f"{ROOT}-play"
BACK = f"{ROOT}-back"
ON = f"{ROOT}-on"
TIME = f"{ROOT}-time"
ROOM_CLOCK = f"{ROOT}-room-clock"
SPEED = f"{ROOT}-speed"
MUTE = f"{ROOT}-mute"
FULL = f"{ROOT}-full"
COPY = f"{ROOT}-copy"
COPIED = f"{ROOT}-copied"
MACHINE = f"{ROOT}-machine"
NAMES = f"{ROOT}-names"

TIE = f"{ROOT}-tie"
TIED_BY = f"{ROOT}-tied-by"
TIE_CLOCK = f"{ROOT}-tie-clock"
TIE_KEEP = f"{ROOT}-tie-keep"
TIE_ASKED = f"{ROOT}-tie-asked"
TIE_SAID = f"{ROOT}-tie-said"

SPEEDS = ("0.5", "1", "1.25", "1.5", "2", "4")
SEVERAL = 100
"""So many signs at most stand above the timeline: more could not be told apart."""

OUTPUTS: dict[str, Output] = {
    "known": Output(KNOWN, "data"),
    "names": Output(NAMES, "data"),
    "signs": Drawn(SIGNS, "children"),
}
PICTURE: dict[str, Output] = {
    "source": Output(SOURCE, "data"),
    "note": Output(NOTE, "children"),
    "elsewhere": Output(ELSEWHERE, "children"),
    "tie": Output(TIE, "hidden"),
    "tied_by": Output(TIED_BY, "children"),
}


def layout(words: Words) -> Component:
    """The card with a dark screen and its controls."""
    video = html.Video(
        id=VIDEO, muted=True, preload="metadata", hidden=True, tabIndex=0, **{"aria-label": words("LIVE broadcast")}
    )
    return card(
        words("LIVE broadcast"),
        id=ROOT,
        className="broadcast player",
        children=[
            screen(video, words, clock=CLOCK, now=NOW, note=NOTE, cannot=CANNOT, failed=FAILED),
            _timeline(words),
            _controls(words),
            _tie(words),
            html.P(id=ELSEWHERE, className="elsewhere"),
            *(dcc.Store(id=store) for store in (SOURCE, KNOWN, LOOK, NAMES, TIE_ASKED)),
        ],
    )


def _timeline(words: Words) -> Component:
    slider = dcc.Input(id=SLIDER, type="range", min=0, max=1, step=1, value=0, className="timeline-slider")
    return html.Label(
        [
            html.Span(words("Moment of the LIVE"), className="visually-hidden"),
            html.Span(id=SIGNS, className="timeline-signs", **{"aria-hidden": "true"}),
            slider,
        ],
        className="timeline-whole",
    )


def _controls(words: Words) -> Component:
    def button(id: str, label: str, name: str, **more: Any) -> Component:
        return html.Button(
            label, id=id, type="button", className="btn btn-quiet", title=name, **{"aria-label": name}, **more
        )

    play = html.Button(
        html.Span(className="play-sign", **{"aria-hidden": "true"}),
        id=PLAY,
        type="button",
        className="btn btn-primary",
        **{"aria-label": words("Play (K or space)")},
    )
    speeds = [{"value": speed, "label": f"{speed}×"} for speed in SPEEDS]
    select = dbc.Select(
        id=SPEED, options=speeds, value="1", class_name="speed", persistence=True, persistence_type="local"
    )
    times = html.Span(
        [
            html.Span(id=TIME, className="strong"),
            html.Span(id=ROOM_CLOCK, className="muted", title=words("Room's clock")),
        ],
        className="player-times",
    )
    return html.Div(
        [
            button(BACK, words("−{n} s", n=10), words("Back {n} s (J)", n=10)),
            play,
            button(ON, words("+{n} s", n=10), words("On {n} s (L)", n=10)),
            times,
            html.Label([html.Span(words("Speed"), className="visually-hidden"), select]),
            html.Button(words("Mute"), id=MUTE, type="button", className="btn btn-quiet", hidden=True),
            html.Button(words("Full screen"), id=FULL, type="button", className="btn btn-quiet", hidden=True),
            html.Button(
                words("Copy link"),
                id=COPY,
                type="button",
                className="btn btn-quiet",
                title=words("The address of this moment"),
                **{"data-done": words("Copied")},
            ),
            html.Span(id=COPIED, className="muted small", role="status"),
            html.Button(
                words("Time machine"),
                id=MACHINE,
                type="button",
                className="btn btn-quiet machine-switch",
                title=words("Show every tab as of the moment that is played"),
                **{"aria-pressed": "false"},
            ),
        ],
        className="player-controls",
    )


def _tie(words: Words) -> Component:
    """Which time the picture shows, where the picture does not say so itself."""
    clock = dbc.Input(id=TIE_CLOCK, type="text", maxlength=30, class_name="tie-clock", placeholder="20:03:41")
    return html.Details(
        [
            html.Summary([html.Span(words("Clock and picture")), " ", html.Span(id=TIED_BY, className="muted")]),
            html.P(words("Stop the picture at something whose time you know, and type that time."), className="small"),
            html.Div(
                [
                    html.Label(
                        [html.Span(words("This picture is of"), className="small"), clock], className="tie-label"
                    ),
                    html.Button(words("Keep"), id=TIE_KEEP, type="button", className="btn btn-primary"),
                ],
                className="tie-line",
            ),
            html.P(id=TIE_SAID, className="small", role="status"),
        ],
        id=TIE,
        className="tie",
        hidden=True,
    )


def show(answer: tuple[Any, tuple[Marker, ...]], view: View, words: Words) -> dict[str, Any]:
    """What the picture hangs on, the events of the LIVE as signs above its timeline, and how controls are called."""
    known, found = answer
    names = {
        "slider": SLIDER,
        "time": TIME,
        "clock": ROOM_CLOCK,
        "play": PLAY,
        "mute": MUTE,
        "full": FULL,
        "machine": MACHINE,
        "signs": SIGNS,
        "playWord": words("Play (K or space)"),
        "pauseWord": words("Pause (K or space)"),
    }
    return {"known": [view.room, *known], "names": names, "signs": _signs(found, words)}


def _signs(found: tuple[Marker, ...], words: Words) -> list[Component]:
    """The loud events, to be put in their places by assets/replay.js; none where they could not be told apart."""
    loud = [marker for marker in found if marker.kind in MARKER_SYMBOLS]
    return [
        html.Span(
            className=f"sign {marker.kind}",
            title=f"{words.clock(marker.start, seconds=True)} {words.sentence(marker.sentence)}",
            **{"data-ms": str(marker.start)},
        )
        for marker in (loud if len(loud) <= SEVERAL else ())
    ]


def picture(answer: Broadcast, view: View, words: Words) -> dict[str, Any]:
    """Where the picture is, or how to add one; and whether its clock can be set."""
    ties = {
        "clock": words("from the stream's own clock"),
        "person": words("as you have set it"),
        "start": words("taken as beginning with the LIVE"),
    }
    return {
        "source": source(answer, view),
        "note": [*how_to_add(view, words), html.Br(), how_to_record(words)] if answer.kind == "none" else None,
        "elsewhere": elsewhere(answer.elsewhere, words),
        "tie": answer.file is None or answer.tied == "clock",
        "tied_by": ties[answer.tied],
    }


def how_to_record(words: Words) -> str:
    return words(
        "OBS records to such a file, and ffmpeg writes such a playlist: the README says how. Everything else on this "
        "page works without a picture."
    )


def kept(starts_at: int, words: Words) -> str:
    """What is said once clock and picture are tied."""
    return words("Kept: the recording begins at {time}.", time=words.clock(starts_at, seconds=True))

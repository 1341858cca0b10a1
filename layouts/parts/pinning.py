"""Pinning, wherever its button stands: the bar that lets it be taken back for some seconds, the name under which it is
done, and the script of what is said on air. One of these stands in a room's page, outside of the tabs, so that neither
a refresh nor another tab changes it; it computes nothing."""
from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog, loading, nothing_yet
from livedash.analysis.script import Point, Script
from livedash.locale import Words
from livedash.words import N_

ROOT = "pinning"
PRESSED = f"{ROOT}-pressed"
ORDER = f"{ROOT}-order"
TAKE_BACK = f"{ROOT}-take-back"
DONE = f"{ROOT}-done"
BAR = f"{ROOT}-bar"
SAID = f"{ROOT}-said"
UNDO = f"{ROOT}-undo"
NAME_DIALOG = f"{ROOT}-name-dialog"
NAME = f"{ROOT}-name"
NAME_SAVE = f"{ROOT}-name-save"
NAMES = f"{ROOT}-names"
SCRIPT_FOR = f"{ROOT}-script-for"
SCRIPT = f"{ROOT}-script"
SCRIPT_BODY = f"{ROOT}-script-body"
COPY = f"{ROOT}-copy"
COPIED = f"{ROOT}-copied"

UNDO_S = 10
"""For how long the bar offers to take something back."""
LONGEST_NAME = 60
NOBODY = "dashboard"
"""The name that stands where the reader gives none."""

KINDS = {
    "opening": N_("Opening"),
    "own": N_("About it"),
    "offer": N_("Offer"),
    "hurry": N_("Stock and time"),
    "sold": N_("So far"),
    "asked": N_("Viewers ask"),
    "close": N_("To end with"),
}
"""What a sentence of the script is for."""


def layout(words: Words, name: str) -> Component:
    """The bar and the dialogs, none of them seen at first. name: what the reader has said before, or nothing."""
    undo = html.Button(
        words("Undo"),
        id=UNDO,
        type="button",
        className="btn btn-primary",
        title=words("Ctrl Z"),
        **{"data-left": words("Undo ({n})", n="{n}"), "data-seconds": str(UNDO_S), "aria-keyshortcuts": "Control+Z"},
    )
    bar = html.Div(
        [html.Span(id=SAID, role="status"), undo],
        id=BAR,
        className="pin-bar",
        role="region",
        hidden=True,
        **{"aria-label": words("Take it back")},
    )
    return html.Div(
        [
            bar,
            _script_dialog(words),
            _name_dialog(words, name),
            *(dcc.Store(id=store) for store in (PRESSED, ORDER, TAKE_BACK, DONE, SCRIPT_FOR, NAMES)),
        ],
        id=ROOT,
    )


def _script_dialog(words: Words) -> Component:
    done = {"data-done": words("Copied")}
    copy = html.Button(words("Copy"), id=COPY, type="button", className="btn btn-primary", **done)
    return dialog(
        words("Talking points"),
        words,
        id=SCRIPT,
        wide=True,
        children=[html.Div(id=SCRIPT_BODY, className="script-body"), loading(words, 4)],
        footer=[html.Span(id=COPIED, className="muted", role="status"), copy],
    )


def _name_dialog(words: Words, name: str) -> Component:
    field = dbc.Input(
        id=NAME, type="text", value=name, placeholder=NOBODY, maxlength=LONGEST_NAME, autocomplete="name"
    )
    return dialog(
        words("Your name"),
        words,
        id=NAME_DIALOG,
        children=[
            html.Label([html.Span(words("Name")), field], className="pin-name"),
            html.P(
                words(
                    "It stands beside what you pin, answer, appeal or give away here, in the log and at your webhook. "
                    "It is kept in this browser and is no login."
                ),
                className="muted",
            ),
        ],
        footer=html.Button(words("Save"), id=NAME_SAVE, type="button", className="btn btn-primary"),
    )


def done(said: str, lines: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the bar is told: what was done, and the ids of the lines that can be taken back (none: nothing can)."""
    return {"said": said, "lines": list(lines)}


def script(found: Script, words: Words) -> list[Component]:
    """What can be said of a product, each sentence with what it rests on; what platforms object to is marked, with why
    and what could be said instead, and is not copied."""
    as_of = words("as of {time}", time=words.clock(found.at, seconds=True))
    about = html.P([html.Span(found.title, className="strong"), html.Span(as_of)])
    if not found.points:
        return [about, nothing_yet(words, words("Nothing is known of this product that could be said on air."))]
    flagged = sum(bool(point.claims) for point in found.points)
    warning = words.plural(
        "{n} sentence holds words that platforms object to. It is marked, and is not copied.",
        "{n} sentences hold words that platforms object to. They are marked, and are not copied.",
        flagged,
    )
    parts: list[Component] = [about]
    if flagged:
        parts.append(html.P(warning, className="script-warning"))
    return [*parts, html.Ol([_point(point, words) for point in found.points], className="script")]


def _point(point: Point, words: Words) -> Component:
    sentence = html.P(
        words.sentence(point.sentence), className="script-flagged" if point.claims else "script-sentence"
    )
    rests = html.P(
        [html.Span(words(KINDS[point.kind]), className="script-kind"), " · ", words.sentence(point.rests_on)],
        className="script-rests",
    )
    objections = [
        html.Div(
            [
                html.P([html.Span(className="sign violation", **{"aria-hidden": "true"}), " ",
                        words.sentence(claim.name)], className="strong"),
                html.P(words.sentence(claim.why)),
                html.P([words("Instead:"), " ", words.sentence(claim.instead)]),
            ],
            className="script-claim",
        )
        for claim in point.claims
    ]  # fmt: skip
    return html.Li([sentence, rests, *objections], className="flagged" if point.claims else None)

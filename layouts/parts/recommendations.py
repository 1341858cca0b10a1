"""The recommendations card: what just happened and matters, newest first, each with its time and its reason. It
computes nothing and advises nothing of its own."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.notices import Notice
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "key-data-recommendations"
NEW = f"{ROOT}-new"
NOTICES = f"{ROOT}-notices"
LATEST = f"{ROOT}-latest"
SEEN = f"{ROOT}-seen"

OUTPUTS: dict[str, Output] = {
    "notices": Output(NOTICES, "children"),
    "latest": Output(LATEST, "data"),
}

KINDS = {
    "violation": ("violation", N_("Violation")),
    "giveaway_started": ("giveaway", N_("Giveaway")),
    "giveaway_ended": ("giveaway", N_("Giveaway")),
    "stock": ("stock", N_("Stock")),
    "viewers_fall": ("fall", N_("Fall")),
    "ctor_fall": ("fall", N_("Fall")),
}
"""The sign of a notice's kind, and the word for it."""


def layout(words: Words) -> Component:
    """The card in its loading state; the button says how many notices are new."""
    new = html.Button(
        id=NEW, type="button", className="btn btn-link", hidden=True, title=words("Mark them as seen"),
        **{"data-some": words("{n} new", n="{n}")},
    )  # fmt: skip
    return card(
        words("Recommendations"),
        id=ROOT,
        actions=new,
        children=[
            html.Div(loading(words, 3), id=NOTICES, className="notice-list", tabIndex=0, role="group",
                     **{"aria-label": words("Latest notices")}),
            dcc.Store(id=LATEST),
            dcc.Store(id=SEEN, storage_type="session"),
        ],
    )  # fmt: skip


def show(answer: tuple[Notice, ...], view: View, words: Words) -> dict[str, Any]:
    """The notices, and the times that tell which of them the reader has not seen."""
    latest = {"room": view.room, "times": [notice.ts for notice in answer]}
    if not answer:
        sentence = words("Nothing to act on so far. Violations, giveaways, low stock and sharp falls are told here.")
        return {"notices": nothing_yet(words, sentence), "latest": latest}
    return {"notices": html.Ol([_notice(notice, words) for notice in answer], className="notices"), "latest": latest}


def _notice(notice: Notice, words: Words) -> Component:
    sign, kind = KINDS[notice.kind]
    drawn = html.Span(className=f"sign {sign}", title=words(kind), role="img", **{"aria-label": words(kind)})
    return html.Li(
        [
            html.P([drawn, " ", words.sentence(notice.title)], className="notice-title"),
            html.P([words.clock(notice.ts), " · ", words.sentence(notice.reason)], className="notice-reason"),
        ],
        className=f"notice {notice.weight} {sign}",
    )

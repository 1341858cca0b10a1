"""The audience card: who watches and who buys, one breakdown at a time. Groups too small to show are withheld,
and said to be; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from livedash.analysis.audience import DIMENSIONS, SMALLEST_GROUP, Breakdown, Group
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "key-data-audience"
WHO = f"{ROOT}-who"
BODY = f"{ROOT}-body"
PREVIOUS = f"{ROOT}-previous"
NEXT = f"{ROOT}-next"
PLACE = f"{ROOT}-place"
DIMENSION = f"{ROOT}-dimension"
TURNS = f"{ROOT}-turns"

VIEWERS, CUSTOMERS = "viewers", "customers"

OUTPUTS: dict[str, Output] = {
    "body": Drawn(BODY, "children"),
    "place": Drawn(PLACE, "children"),
}

NAMES = {
    "gender": N_("Gender"),
    "gender_of_followers": N_("Gender of followers"),
    "age": N_("Age"),
    "follower": N_("Followers"),
    "country": N_("Country or region"),
}
FEW = ("gender", "gender_of_followers", "follower")
"""Breakdowns into so few groups that a ring says it; the others are bars."""

GROUPS = {
    "female": N_("Female"),
    "male": N_("Male"),
    "unknown": N_("Unknown"),
    "new follower": N_("New follower"),
    "existing follower": N_("Existing follower"),
    "non follower": N_("Non-follower"),
}
SHADES = ("accent", "giveaway", "promotion", "good")
UNKNOWN = "unknown"


def layout(words: Words) -> Component:
    """The card in its loading state."""

    def button(id: str, sign: str, name: str) -> Component:
        return html.Button(sign, id=id, type="button", className="btn btn-link", **{"aria-label": name})

    turn = [
        button(PREVIOUS, "‹", words("Breakdown before")),
        html.Span(id=PLACE, className="place", role="status"),
        button(NEXT, "›", words("Next breakdown")),
    ]
    options = [(VIEWERS, words("Viewers")), (CUSTOMERS, words("Customers"))]
    return card(
        words("Audience"),
        id=ROOT,
        actions=segmented(words("Whose breakdown"), id=WHO, options=options, value=VIEWERS, persist=True),
        children=[
            html.Div(loading(words, 4), id=BODY, className="audience", tabIndex=0, role="group",
                     **{"aria-label": words("Breakdown")}),
            html.Div(turn, className="turn"),
            dcc.Store(id=DIMENSION, storage_type="local"),
            dcc.Store(id=TURNS, data=list(DIMENSIONS)),
        ],
    )  # fmt: skip


def dimension(stored: Any) -> str:
    """The breakdown that the browser stored, if there is still such a one."""
    return stored if stored in DIMENSIONS else DIMENSIONS[0]


def show(answer: Breakdown, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The breakdown, and which of them it is."""
    place = [
        html.Span(words(NAMES[answer.dimension])),
        f" · {DIMENSIONS.index(answer.dimension) + 1}/{len(DIMENSIONS)}",
    ]
    return {"body": _body(answer, view, words), "place": place}


def _body(answer: Breakdown, view: View, words: Words) -> list[Component]:
    if not answer.groups:
        sentence = words("Nothing is known of the customers yet.") if answer.who == CUSTOMERS else words(
            "Nothing is known of the viewers yet."
        )
        return [nothing_yet(words, sentence, answer.missing)]
    drawn = _ring(answer, words) if answer.dimension in FEW else _bars(answer, words)
    return [drawn, *_notes(answer, view, words)]


def _ring(answer: Breakdown, words: Words) -> Component:
    """A ring of shares, and the legend that says them. What is withheld leaves its part of the ring empty."""
    parts, legend, done = [], [], 0.0
    for colour, group in _coloured(answer.groups):
        start, done = done, done + (group.share or 0)
        parts.append(f"{colour} {start:.2%} {done:.2%}")
        dot = html.Span(className="dot", style={"background": colour})
        legend.append(html.Li([dot, _name(answer.dimension, group.group, words), " ", _share(group, words)]))
    gradient = f"conic-gradient({', '.join([*parts, f'var(--track) {done:.2%} 100%'])})"
    ring = html.Div(className="ring", style={"background": gradient})
    return html.Div([ring, html.Ul(legend)], className="ring-and-legend")


def _coloured(groups: tuple[Group, ...]) -> list[tuple[str, Group]]:
    """Each group with its colour, a token; those of whom nothing is known have the colour of the empty track."""
    shades = iter(SHADES * (len(groups) // len(SHADES) + 1))
    return [(f"var(--{'track' if group.group == UNKNOWN else next(shades)})", group) for group in groups]


def _bars(answer: Breakdown, words: Words) -> Component:
    most = max(group.share or 0 for group in answer.groups) or 1
    bars = []
    for group in answer.groups:
        fill = html.Div(className="bar-fill", style={"width": f"{(group.share or 0) / most:.1%}"})
        name = html.Span(_name(answer.dimension, group.group, words), className="clip")
        share = html.Span(_share(group, words), className="num")
        bars.append(html.Li([name, html.Div(fill, className="bar"), share]))
    return html.Ol(bars, className="shares")


def _share(group: Group, words: Words) -> Component:
    if group.count is None:
        return html.Span("–", className="muted", title=words("Too few to show"))
    title = words.plural("{n} person", "{n} persons", group.count)
    return html.Span(words.value(group.share, "ratio"), title=title)


def _name(dimension: str, group: str, words: Words) -> str:
    """A group in the reader's words: countries by their code, ages as they are."""
    if dimension == "country" and len(group) == 2:
        return words.locale.territories.get(group.upper(), group)
    known = GROUPS.get(group.lower().replace("_", " ").replace("-", " "))
    return words(known) if known else group


def _notes(answer: Breakdown, view: View, words: Words) -> list[Component]:
    notes = []
    if view.window is not None:
        notes.append(words("Of the whole LIVE: stretches of it, compared, could give persons away."))
    if answer.total is not None and answer.known < answer.total:
        known = {"known": words.value(answer.known, "count"), "total": words.value(answer.total, "count")}
        notes.append(words("Profiles are known of {known} of {total} persons.", **known))
    if any(group.count is None for group in answer.groups):
        notes.append(words("Groups of fewer than {n} persons are withheld.", n=SMALLEST_GROUP))
    return [html.P(" ".join(notes), className="audience-note")] if notes else []

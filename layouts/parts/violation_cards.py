"""The violations of a LIVE, a card each: why, what to do about it, what was on air, what figures did, and how far the
appeal has come. It computes nothing, and says of nothing that it caused anything."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from layouts.parts.violation_context import around, on_air
from layouts.parts.violation_foot import foot
from layouts.parts.violation_names import product_link, title
from livedash.analysis.deliveries import Delivery
from livedash.analysis.remedies import UNKNOWN, plain
from livedash.analysis.violations import (
    ALL,
    MOST,
    NONE,
    OPEN,
    REJECTED,
    SUBMITTED,
    UPHELD,
    Violation,
    Violations,
)
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "violations-cards"
FILTER = f"{ROOT}-filter"
LIST = f"{ROOT}-list"
NOTE = f"{ROOT}-note"
ORDER = f"{ROOT}-order"
SAID = f"{ROOT}-said"

OUTPUTS: dict[str, Output] = {
    "cards": Drawn(LIST, "children"),
    "options": Output(FILTER, "options"),
    "note": Drawn(NOTE, "children"),
}

FILTERS = {
    ALL: N_("All"), OPEN: N_("Open"), SUBMITTED: N_("Appealed"), UPHELD: N_("Upheld"), REJECTED: N_("Rejected"),
}  # fmt: skip
SEVERITIES = {
    "low": N_("low"), "medium": N_("medium"), "high": N_("high"), "critical": N_("critical"),
}  # fmt: skip
STATES = {
    NONE: N_("Open"),
    SUBMITTED: N_("Appealed"),
    UPHELD: N_("Appeal upheld"),
    REJECTED: N_("Appeal rejected"),
}
"""What a card says of its appeal."""
NOTHING = {
    ALL: N_("No violation so far. Should there be one, it stands here with what to do about it and how to appeal."),
    OPEN: N_("No violation stands: every appeal was upheld."),
    SUBMITTED: N_("No appeal waits for its outcome."),
    UPHELD: N_("No appeal was upheld so far."),
    REJECTED: N_("No appeal was rejected."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the cards show: the violations of the state that was chosen, and what became of each action by event_id;
    console: the address of the seller's own console."""

    violations: Violations
    state: str = ALL
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    console: str | None = None


def layout(words: Words) -> Component:
    """The cards in their loading state, with the choice of a state, which is kept in the browser."""
    options = [(state, words(label)) for state, label in FILTERS.items()]
    return card(
        words("Violations"),
        id=ROOT,
        className="violations-head",
        note=html.Span(id=NOTE),
        actions=segmented(words("Which violations"), id=FILTER, options=options, value=ALL, persist=True),
        children=[
            html.Div(loading(words, 4), id=LIST),
            html.P(
                id=SAID,
                className="visually-hidden",
                role="status",
                **{"data-copied": words("Copied"), "data-recorded": words("Recorded.")},
            ),
            dcc.Store(id=ORDER),
        ],
    )


def show(answer: Told, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The cards, newest first, and how many there are of each state."""
    found, counts = answer.violations.found, dict(answer.violations.counts)
    options = [
        {"value": state, "label": words("{what} {n}", what=words(label), n=words.value(counts[state], "count"))}
        for state, label in FILTERS.items()
    ]
    cards = [html.Li(_card(one, answer, view, words), key=one.ref) for one in found]
    return {
        "cards": html.Ol(cards, className="violation-list") if cards else _nothing(answer, counts, words),
        "options": options,
        "note": _note(answer, counts, words),
    }


def _nothing(answer: Told, counts: Mapping[str, int], words: Words) -> Component:
    """Nothing to show, told by what was looked for: none at all is good news."""
    if not counts[ALL] and answer.violations.in_live:
        elsewhere = words.plural(
            "No violation in the stretch that is shown; there is {n} in the LIVE.",
            "No violation in the stretch that is shown; there are {n} in the LIVE.",
            answer.violations.in_live,
        )
        return nothing_yet(words, elsewhere)
    return nothing_yet(words, words(NOTHING[ALL if not counts[ALL] else answer.state]))


def _note(answer: Told, counts: Mapping[str, int], words: Words) -> str:
    if counts[answer.state] > len(answer.violations.found):
        return words("The latest {n} of {all}.", n=MOST, all=words.value(counts[answer.state], "count"))
    return words("Open are those that stand: not appealed, under appeal, or rejected.") if counts[ALL] else ""


def _card(one: Violation, answer: Told, view: View, words: Words) -> Component:
    return html.Article(
        [
            _head(one, view, words),
            html.Div(
                [
                    html.Div([*_why(one, words), *_what_to_do(one, words)], className="violation-part"),
                    html.Div(on_air(one, view, words), className="violation-part"),
                    html.Div(around(one, words), className="violation-part"),
                ],
                className="violation-parts",
            ),
            foot(one, answer.deliveries.get(one.appeal.event_id or ""), answer.console, view, words),
        ],
        className=f"violation-card {one.appeal.state}",
        tabIndex=-1,
        **{
            "aria-label": title(one, words),
            "data-ref": one.ref,
            "data-ids": json.dumps(one.ids),
            "data-state": one.appeal.state,
        },
    )


# --------------------------------------------------------------------------------------------------------------- head


def _head(one: Violation, view: View, words: Words) -> Component:
    name = title(one, words)
    at = words.clock(one.ts, seconds=True)
    play = html.Button(
        [html.Span(className="play-sign", **{"aria-hidden": "true"}), at],
        type="button",
        className="btn btn-quiet plays",
        **{"aria-label": words("Play from {time}: {what}", time=at, what=name), "data-ms": str(one.ts)},
    )
    return html.Header(
        [
            html.Span(className="sign violation", **{"aria-hidden": "true"}),
            html.H3(name),
            html.Span(words(STATES[one.appeal.state]), className=f"badge outline appeal-state {one.appeal.state}"),
            play,
            html.Ul([html.Li(fact) for fact in _facts(one, view, words)], className="violation-facts"),
        ],
        className="violation-top",
    )


def _facts(one: Violation, view: View, words: Words) -> list[Any]:
    """Severity, points with their scheme, the product, and the log's own code where ours reads otherwise."""
    facts: list[Any] = []
    if one.severity:
        known = SEVERITIES.get(one.severity.casefold())
        facts.append(words("Severity: {severity}", severity=words(known) if known else one.severity.replace("_", " ")))
    if one.points is not None:
        facts.append(
            words("Points: {points} ({scheme})", points=one.points, scheme=one.scheme)
            if one.scheme
            else words("Points: {points}", points=one.points)
        )
    elif one.scheme:
        facts.append(one.scheme)
    if one.product_id:
        name = one.product.title if one.product else one.product_id
        facts.append([words("Product:"), " ", product_link(one.product_id, name, view)])
    if one.reason and one.remedy is not UNKNOWN and plain(one.reason) != plain(one.remedy.reason):
        facts.append([words("In the log:"), " ", html.Code(one.reason)])
    return facts


# -------------------------------------------------------------------------------------------- what it is, what to do


def _why(one: Violation, words: Words) -> list[Component]:
    """What the log says of it, in its own words."""
    said = [(words("What the log says"), one.detail), (words("What the platform advises"), one.advice)]
    return [
        part
        for label, text in said
        if text
        for part in (html.H4(label), html.Blockquote(html.Bdi(text), className="violation-said"))
    ]


def _what_to_do(one: Violation, words: Words) -> list[Component]:
    remedy = one.remedy
    steps = [
        (words("Now"), remedy.now), (words("From now on"), remedy.later), (words("For an appeal"), remedy.appeal),
    ]  # fmt: skip
    return [
        html.H4(words("What to do")),
        html.Dl(
            [part for label, text in steps for part in (html.Dt(label), html.Dd(words(text)))], className="remedy"
        ),
    ]

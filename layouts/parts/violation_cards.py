"""The violations of a LIVE, a card each: why, what to do about it, what was on air, what figures did, and how far the
appeal has come. It computes nothing, and says of nothing that it caused anything."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.appeal import REASONS
from layouts.parts.delivered import badge
from layouts.parts.effects import overlapping
from layouts.parts.states import card, loading, nothing_yet, segmented
from livedash.analysis.deliveries import Delivery
from livedash.analysis.effects import caution, in_words
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import METRICS
from livedash.analysis.remedies import UNKNOWN, plain
from livedash.analysis.violations import (
    ALL,
    MOST,
    NONE,
    OPEN,
    REJECTED,
    SUBMITTED,
    UPHELD,
    Appeal,
    Change,
    ProductFacts,
    Said,
    Violation,
    Violations,
)
from livedash.locale import Words, isolated
from livedash.view import View
from livedash.words import N_

ROOT = "violations-cards"
FILTER = f"{ROOT}-filter"
LIST = f"{ROOT}-list"
CARDS = f"{ROOT}-cards"
NOTE = f"{ROOT}-note"
ORDER = f"{ROOT}-order"
SAID = f"{ROOT}-said"
PLACE = f"{ROOT}-place"
MARKER = "violation"

OUTPUTS: dict[str, Output] = {
    "cards": Output(CARDS, "data"),
    "options": Output(FILTER, "options"),
    "note": Output(NOTE, "children"),
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
            dcc.Store(id=CARDS),
            dcc.Store(id=ORDER),
        ],
    )


def show(answer: Told, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The cards, newest first, and how many there are of each state. The browser draws only those that have changed:
    Dash draws anew whatever it is given, and the reader would lose the place."""
    found, counts = answer.violations.found, dict(answer.violations.counts)
    options = [
        {"value": state, "label": words("{what} {n}", what=words(label), n=words.value(counts[state], "count"))}
        for state, label in FILTERS.items()
    ]
    cards = [html.Li(_card(one, answer, view, words), id={"type": PLACE, "ref": one.ref}) for one in found]
    return {
        "cards": {"list": html.Ol(cards, className="violation-list") if cards else _nothing(answer, counts, words)},
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
                    html.Div(_on_air(one, view, words), className="violation-part"),
                    html.Div(_around(one, words), className="violation-part"),
                ],
                className="violation-parts",
            ),
            _appeal(one, answer, view, words),
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


def title(one: Violation, words: Words) -> str:
    """What a violation is called: our name for its reason where that is known, else the log's."""
    if one.remedy is not UNKNOWN:
        return words(one.remedy.reason)
    return isolated(one.reason.replace("_", " ")) if one.reason else words("no reason given")


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
        facts.append([words("Product:"), " ", _product_link(one.product_id, name, view)])
    if one.reason and one.remedy is not UNKNOWN and plain(one.reason) != plain(one.remedy.reason):
        facts.append([words("In the log:"), " ", html.Code(one.reason)])
    return facts


def _product_link(product_id: str, name: str, view: View) -> Component:
    return html.A(html.Bdi(name), href=addresses.product(view.room, product_id), className="soft")


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


# ------------------------------------------------------------------------------------------------------------- on air


def _on_air(one: Violation, view: View, words: Words) -> list[Component]:
    """What was said, the violation itself among it; and the product pinned then."""
    said = sorted((*one.captions, *one.comments), key=lambda said: said.ts)
    before = [_said(line, words) for line in said if line.ts <= one.ts]
    after = [_said(line, words) for line in said if line.ts > one.ts]
    moment = html.Li(
        [html.Span(words.clock(one.ts, seconds=True), className="said-time"), html.Span(words("The violation"))],
        className="said-moment",
    )
    return [
        html.H4(words("On air then")),
        _pinned(one.pinned, view, words),
        html.Ol([*before, moment, *after], className="said-list") if said else _silent(words),
        *_more_comments(one, words),
        *_claims(one, words),
    ]


def _pinned(pinned: ProductFacts | None, view: View, words: Words) -> Component:
    if pinned is None:
        return html.P(words("No product was pinned."), className="muted")
    return html.P([words("Pinned:"), " ", _product_link(pinned.product_id, pinned.title, view)])


def _said(line: Said, words: Words) -> Component:
    """A line of the host, or of a viewer with the name."""
    host = line.name is None
    who = words("Host") if host else isolated(line.name or words("A viewer"))
    return html.Li(
        [
            html.Span(words.clock(line.ts, seconds=True), className="said-time"),
            html.Span([html.Span(who, className="name"), html.Bdi(_marked(line, words))]),
        ],
        className="said host" if host else "said",
    )


def _marked(line: Said, words: Words) -> list[Any]:
    """What was said, with the words marked that platforms object to."""
    parts: list[Any] = []
    at = 0
    for claim in line.claims:
        why = f"{words.sentence(claim.why)} {words.sentence(claim.instead)}"
        parts += [line.text[at : claim.start], html.Mark(line.text[claim.start : claim.end], title=why)]
        at = claim.end
    return [*parts, line.text[at:]]


def _claims(one: Violation, words: Words) -> list[Component]:
    """What is marked, and what could be said instead: for whoever cannot point at it."""
    found = {claim.reason: claim for said in one.captions for claim in said.claims}
    return [
        html.P([html.Mark(claim.words), " ", words.sentence(claim.name), ". ", words.sentence(claim.instead)],
               className="small claim")
        for claim in found.values()
    ]  # fmt: skip


def _silent(words: Words) -> Component:
    return html.P(
        words("Nothing was said around it that this log holds: it has neither captions nor comments of that time."),
        className="muted",
    )


def _more_comments(one: Violation, words: Words) -> list[Component]:
    more = one.comments_in_all - len(one.comments)
    if more <= 0:
        return []
    return [html.P(words.plural("{n} more comment then", "{n} more comments then", more), className="muted small")]


# ------------------------------------------------------------------------------------------------------------ figures


def _around(one: Violation, words: Words) -> list[Component]:
    """What figures did before and after, against what was to be expected, and that this names no cause."""
    heading = html.H4(words("Figures around it"))
    if not one.around.changes:
        return [heading, html.P(words("Too close to the start or the end of the LIVE to compare."), className="muted")]
    minutes, rest = divmod(one.around.length_ms, 60_000)
    length = words.span(one.around.length_ms / 1000) if rest else words("{n} min", n=minutes)
    head = [
        html.Th(html.Span(words("Figure"), className="visually-hidden"), scope="col"),
        html.Th(words("{length} before", length=length), scope="col", className="num"),
        html.Th(words("{length} after", length=length), scope="col", className="num"),
    ]
    rows = [row for change in one.around.changes for row in _change(change, words)]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="table around")
    notes = [
        words("What was to be expected is told from {time} on.", time=words.clock(one.around.told_from))
        if one.around.told_from is not None
        else "",
        overlapping(_overlaps(one), words),
        words.sentence(caution((MARKER,))),
    ]
    return [heading, table, *[html.P(note, className="muted small") for note in notes if note]]


def _change(change: Change, words: Words) -> list[Component]:
    metric = METRICS[change.key]
    rows = [
        html.Tr(
            [
                html.Th(words(metric.label), scope="row"),
                html.Td(words.value(change.before, metric.unit), className="num"),
                html.Td(words.value(change.after, metric.unit), className="num"),
            ],
            className="" if change.effect is None else "told",
        )
    ]
    if change.effect is not None:
        said = html.Td(words.sentence(in_words(change.effect)), colSpan=3, className="around-said")
        rows.append(html.Tr(said))
    return rows


def _overlaps(one: Violation) -> list[Marker]:
    """Other events that fall into what is judged, each once, the nearest first."""
    found = {
        marker.id: marker
        for change in one.around.changes
        for marker in (change.effect.overlaps if change.effect else ())
    }
    return sorted(found.values(), key=lambda marker: abs(marker.start - one.ts))


# ------------------------------------------------------------------------------------------------------------- appeal


def _appeal(one: Violation, answer: Told, view: View, words: Words) -> Component:
    """The foot of the card: how to appeal, or how far the appeal has come."""
    if one.appeal.state == NONE:
        return html.Footer(_not_appealed(one, view, words), className="violation-foot")
    return html.Footer(
        [*_submitted(one, answer, view, words), *_outcome(one.appeal, words), *_by_hand(one, view, words)],
        className="violation-foot appealed",
    )


def _not_appealed(one: Violation, view: View, words: Words) -> list[Component]:
    until = _until(one, view, words)
    if view.as_of is not None:
        return [html.P(_only_now(words), className="muted"), *until]
    about = words("{what}, {time}", what=title(one, words), time=words.date_time(one.ts))
    button = html.Button(
        words("Appeal"),
        type="button",
        className="btn btn-primary appeals",
        **{
            "aria-haspopup": "dialog",
            "aria-label": words("Appeal: {what}", what=about),
            "data-ref": one.ref,
            "data-to": addresses.appeals(view.room),
            "data-about": about,
            "data-until": "" if one.until is None else str(one.until),
            "data-until-said": words("Can be appealed until {time}.", time=words.date_time(one.until)),
        },
    )
    return [button, *until]


def _only_now(words: Words) -> str:
    return words("This is how it stood then. Go back to now to appeal, or to say how an appeal was decided.")


def _until(one: Violation, view: View, words: Words) -> list[Component]:
    """Up to when it can be appealed; how long that is, is counted in the browser."""
    if one.until is None:
        return []
    left = html.Span(
        className="until-left",
        **{
            "data-until": str(one.until),
            "data-days": words("{n} days left", n="{n}"),
            "data-hours": words("{n} h left", n="{n}"),
            "data-minutes": words("{n} min left", n="{n}"),
            "data-over": words("this time is over"),
        },
    )
    said = words("Can be appealed until {time}.", time=words.date_time(one.until))
    return [html.P([said, " ", left if view.as_of is None else None], className="until")]


def _submitted(one: Violation, answer: Told, view: View, words: Words) -> list[Component]:
    """What was submitted: when, by whom, how it travels, its words and its evidence."""
    appeal = one.appeal
    if appeal.submitted_at is None:
        return []
    at, by = words.date_time(appeal.submitted_at), appeal.by
    when = words("Appealed {time} by {who}", time=at, who=by) if by else words("Appealed {time}", time=at)
    travels = [badge(answer.deliveries.get(appeal.event_id or ""), words)] if by else []
    reason = words(REASONS[appeal.reason]) if appeal.reason in REASONS else appeal.reason
    files = [html.Li(_file(one, name, view, words)) for name in appeal.evidence]
    return [
        html.Div([html.Span(when, className="strong"), *travels], className="appeal-line"),
        html.P(html.Bdi(reason)) if reason else None,
        html.Blockquote(html.Bdi(appeal.text), className="violation-said") if appeal.text else None,
        html.Ul(files, className="evidence", **{"aria-label": words("Evidence")}) if files else None,
        html.Div(_console(one, answer.console, words), className="appeal-line") if _is_to_copy(appeal) else None,
    ]


def _is_to_copy(appeal: Appeal) -> bool:
    """Whether somebody may still want to bring it to the platform by hand."""
    return appeal.state == SUBMITTED and bool(appeal.text)


def _file(one: Violation, name: str, view: View, words: Words) -> Component:
    """A file to download: what strangers may have made is never opened here."""
    address = addresses.evidence(view.room, one.ref, name)
    return html.A(html.Bdi(name), href=address, download=name, title=words("Download {file}", file=name))


def _console(one: Violation, console: str | None, words: Words) -> list[Component]:
    label = words("Copy and open the console") if console else words("Copy the appeal")
    return [
        html.Button(
            label,
            type="button",
            className="btn btn-quiet copies-appeal",
            **{"data-text": as_text(one, words), "data-console": console or ""},
        )
    ]


def as_text(one: Violation, words: Words) -> str:
    """The appeal as it can be put into another form: what it is about, its reason and its words."""
    appeal = one.appeal
    reason = words(REASONS[appeal.reason]) if appeal.reason in REASONS else appeal.reason
    about = words("{what}, {time}", what=title(one, words), time=words.date_time(one.ts))
    return "\n".join(filter(None, [f"{about} ({one.ref})", reason, appeal.text]))


def _outcome(appeal: Appeal, words: Words) -> list[Component]:
    """How it was decided, in the log's words where we have none."""
    if appeal.decided_at is None:
        return []
    at = words.date_time(appeal.decided_at)
    told = {
        UPHELD: words("Upheld {time}: the violation does not stand.", time=at),
        REJECTED: words("Rejected {time}: the violation stands.", time=at),
    }.get(appeal.state, words("Said {time}: {outcome}", time=at, outcome=appeal.outcome or "–"))
    return [html.P(told, className="strong")]


def _by_hand(one: Violation, view: View, words: Words) -> list[Component]:
    """To say oneself how it was decided, or that it was decided otherwise."""
    if view.as_of is not None:
        return [html.P(_only_now(words), className="muted")]
    outcomes = [(UPHELD, words("It was upheld")), (REJECTED, words("It was rejected"))]
    name = title(one, words)
    buttons = [
        html.Button(
            label,
            type="button",
            className="btn btn-quiet decides",
            **{
                "data-ref": one.ref,
                "data-outcome": outcome,
                "aria-label": words("{what}: {outcome}", what=name, outcome=label),
            },
        )
        for outcome, label in outcomes
        if outcome != one.appeal.state
    ]
    asked = words("Has it been decided?") if one.appeal.state == SUBMITTED else words("Was it decided otherwise?")
    return [html.Div([html.Span(asked, className="muted"), *buttons], className="appeal-line by-hand")]

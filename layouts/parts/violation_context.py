"""What was around a violation: what was on air, and what figures did. It says of nothing that it caused anything."""
from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.parts.effects import overlapping
from layouts.parts.violation_names import product_link
from livedash.analysis.effects import caution, in_words
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import METRICS
from livedash.analysis.violations import Change, ProductFacts, Said, Violation
from livedash.locale import Words, isolated
from livedash.view import View

MARKER = "violation"


def on_air(one: Violation, view: View, words: Words) -> list[Component]:
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
    return html.P([words("Pinned:"), " ", product_link(pinned.product_id, pinned.title, view)])


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


def around(one: Violation, words: Words) -> list[Component]:
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

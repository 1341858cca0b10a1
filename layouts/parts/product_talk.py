"""What viewers say and ask about one product, and how it is known to be about it. Texts come from strangers and are
only text; it computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from livedash.analysis.comments import About, Remark
from livedash.locale import Words, isolated
from livedash.view import View

ROOT = "products-talk"
FILTER = f"{ROOT}-filter"
LIST = f"{ROOT}-list"
NOTE = f"{ROOT}-note"

ALL, QUESTIONS = "all", "questions"

OUTPUTS: dict[str, Output] = {
    "list": Drawn(LIST, "children"),
    "note": Drawn(NOTE, "children"),
    "options": Output(FILTER, "options"),
}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    options = [(ALL, words("All")), (QUESTIONS, words("Questions"))]
    return card(
        words("Comments about it"),
        id=ROOT,
        note=html.Span(id=NOTE),
        actions=segmented(words("Which comments"), id=FILTER, options=options, value=ALL, persist=True),
        children=html.Div(
            loading(words, 4), id=LIST, className="talk-about", tabIndex=0, role="group",
            **{"aria-label": words("Comments about it")},
        ),
    )  # fmt: skip


def show(answer: About | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: None while no product's page is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    return {
        "list": _list(answer, words),
        "note": _note(answer, words),
        "options": [
            {"label": words("All"), "value": ALL},
            {"label": words("Questions {n}", n=words.value(answer.questions, "count")), "value": QUESTIONS},
        ],
    }


def _note(answer: About, words: Words) -> str:
    found = words.plural("{n} comment", "{n} comments", answer.found)
    if answer.unanswered:
        open_ones = words.plural("{n} question open", "{n} questions open", answer.unanswered)
        found = f"{found} · {open_ones}"
    if answer.read < answer.total:
        found = f"{found} · {words('among the latest {n}', n=words.value(answer.read, 'count'))}"
    return found


def _list(answer: About, words: Words) -> Component:
    if answer.remarks:
        return html.Ol([_remark(remark, named, words) for remark, named in reversed(answer.remarks)])
    if not answer.total:
        return nothing_yet(words, words("No comment has come yet."), ("comment",))
    if answer.found:
        return nothing_yet(words, words("No question among the comments yet."))
    return nothing_yet(words, words("No comment names it or was written while it was pinned."))


def _remark(remark: Remark, named: bool, words: Words) -> Component:
    """One comment; its time plays the broadcast from there."""
    time = words.clock(remark.ts, seconds=True)
    plays = html.Button(
        time, type="button", className="btn btn-link plays",
        **{"data-ms": remark.ts, "aria-label": words("Play from {time}", time=time)},
    )  # fmt: skip
    marks = []
    if remark.question:
        said = words("Question, answered") if remark.answered else words("Question")
        marks.append(html.Span(said, className="question"))
    why = words("names it") if named else words("while it was pinned")
    text = html.Span(
        [html.Span(isolated(remark.name), className="name"), *marks, html.Span(isolated(remark.text))],
        className="talk-words",
    )
    return html.Li([plays, text, html.Span(why, className="talk-why")], className="comment", key=remark.event_id)

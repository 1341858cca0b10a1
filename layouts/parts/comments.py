"""The comments card: what viewers say as they say it, newest last, questions marked. Texts come from strangers: they
travel as data and are set as text by assets/comments.js, which also holds the list still while it is read."""
from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from livedash.analysis.comments import Conversation, Remark
from livedash.locale import Words
from livedash.view import View

ROOT = "key-data-comments"
FILTER = f"{ROOT}-filter"
LIST = f"{ROOT}-list"
NEW = f"{ROOT}-new"
REMARKS = f"{ROOT}-remarks"
EMPTY = f"{ROOT}-empty"

ALL, QUESTIONS = "all", "questions"

OUTPUTS: dict[str, Output] = {
    "remarks": Output(REMARKS, "data"),
    "options": Output(FILTER, "options"),
    "empty": Drawn(EMPTY, "children"),
}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    options = [(ALL, words("All")), (QUESTIONS, words("Questions"))]
    remarks = html.Ol(id=LIST, className="comments", tabIndex=0, **{"aria-label": words("Comments")})
    new = html.Button(id=NEW, type="button", className="btn btn-primary comments-new", hidden=True)
    return card(
        words("Comments"),
        id=ROOT,
        actions=segmented(words("Which comments"), id=FILTER, options=options, value=ALL, persist=True),
        children=[
            html.Div(loading(words, 4), id=EMPTY),
            html.Div([remarks, new], className="comments-frame"),
            dcc.Store(id=REMARKS),
        ],
    )


def show(answer: tuple[str, Conversation], view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The remarks of the reader's choice, as plain data. A list of another choice, room or stretch begins anew."""
    which, conversation = answer
    questions = words.value(conversation.questions, "count")
    return {
        "remarks": {
            "of": [view.room, which, asdict(view.window) if view.window else None],
            "items": [_remark(remark) for remark in conversation.remarks],
            "words": {
                "new": words("{n} new", n="{n}"),
                "question": words("Question"),
                "entry": words("Enters the giveaway"),
            },
        },
        "options": [
            {"label": words("All"), "value": ALL},
            {"label": words("Questions {n}", n=questions), "value": QUESTIONS},
        ],
        "empty": None if conversation.remarks else _nothing(conversation, which, words),
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.event_id,
        "name": remark.name,
        "text": remark.text,
        "question": remark.question,
        "entry": remark.entry,
    }


def _nothing(conversation: Conversation, which: str, words: Words) -> Component:
    if which == QUESTIONS and conversation.total:
        return nothing_yet(words, words("No question among the comments yet."))
    return nothing_yet(words, words("No comment has come yet."), () if conversation.total else ("comment",))

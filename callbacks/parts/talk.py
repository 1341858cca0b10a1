"""Wires the comments of the Broadcast tab: the search, the choices, older pages, and marking a question as answered. It
computes nothing: the analysis answers, the layout says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from callbacks import reader
from callbacks.acting import unframed
from callbacks.answers import ask, words_for
from layouts import shell
from layouts.parts import talk as part
from layouts.parts.talk import Talk, Wanted
from livedash.analysis.comments import Cursor, search
from livedash.operate.questions import answered
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rooms import Rooms
from livedash.view import View, Window

FIRST, MORE = 120, 100
"""Comments at first, and whenever one scrolls to the oldest of them."""
LONGEST = 100
MOST_PRODUCTS = 200

SORTED_OUT = {
    "text": part.SEARCH,
    "which": part.WHICH,
    "language": part.LANGUAGE,
    "product": part.PRODUCT,
    "feeling": part.FEELING,
}
CHOICES = {name: Input(choice, "value") for name, choice in SORTED_OUT.items()} | {
    "viewer": Input(part.VIEWER, "data"),
    "until": Input(part.UNTIL, "data"),
}


def question(until: int | None, **chosen: Any) -> tuple[Any, ...]:
    """What to ask for what was chosen; with nothing sorted out, what had been said by the moment that is played."""
    wanted = wanted_by(**chosen)
    return talk, wanted, until if wanted.is_all else None


def wanted_by(text: Any, which: Any, language: Any, product: Any, feeling: Any, viewer: Any) -> Wanted:
    """What is wanted, from whatever a browser sends."""

    def said(value: Any) -> str | None:
        return value[:LONGEST] if isinstance(value, str) and value and value != part.ANY else None

    return Wanted(
        text=(said(text) or "").strip(),
        which=which if which in (part.QUESTIONS, part.OPEN) else part.ALL,
        language=said(language),
        product_id=said(product),
        sentiment=said(feeling),
        viewer=said(viewer),
    )


def talk(
    rollup: Rollup,
    window: Window | None,
    wanted: Wanted,
    until: int | None,
    before: Cursor | None = None,
    limit: int = FIRST,
) -> Talk:
    """A page of the comments that are wanted, and what there is to choose from."""
    stretch = window
    if until is not None:
        start = window.start if window else min(rollup.first_ts or until, until)
        stretch = Window(start, min(until, window.end) if window else until)
    page = search(
        rollup,
        stretch,
        text=wanted.text,
        language=wanted.language,
        only_questions=wanted.which != part.ALL,
        viewer=wanted.viewer,
        product_id=wanted.product_id,
        sentiment=wanted.sentiment,
        before=before,
        limit=limit,
    )
    if wanted.which == part.OPEN:
        page = replace(page, remarks=tuple(remark for remark in page.remarks if not remark.answered))
    latest = page if wanted.is_all else search(rollup, window, limit=FIRST)
    languages = {remark.language for remark in latest.remarks if remark.language} | {wanted.language}
    facts = list(rollup.product_facts.values())[:MOST_PRODUCTS]
    return Talk(
        wanted,
        page,
        tuple(sorted(filter(None, languages))),
        tuple((product.product_id, product.title) for product in facts),
    )


def register(app: Dash, rooms: Rooms) -> None:
    """Load older comments, and keep what is answered; the card is filled by the tab."""
    choices = {name: State(choice, "value") for name, choice in SORTED_OUT.items()}

    @app.callback(
        output=Output(part.OLDER, "data"),
        inputs={"asked": Input(part.ASK, "data")},
        state={
            "view": State(shell.VIEW, "data"),
            "until": State(part.UNTIL, "data"),
            "chosen": choices | {"viewer": State(part.VIEWER, "data")},
        },
        prevent_initial_call=True,
    )
    def more(asked: dict[str, Any], view: dict[str, Any], until: int | None, chosen: dict[str, Any]) -> dict[str, Any]:
        seen = View.from_json(view)
        ts, event_id = asked["before"]
        answer = ask(rooms, seen, *question(until, **chosen), (int(ts), str(event_id)), MORE)
        return part.older(answer, seen, words_for(rooms, seen))

    @app.callback(
        Output(part.ANSWERED, "data"),
        Input(part.ANSWER, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def answer(asked: dict[str, Any], view: dict[str, Any]) -> str:
        return mark(rooms, View.from_json(view), asked)

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    names = (part.LIST, part.NEW, part.ASK, part.UNTIL, part.VIEWER, part.ANSWER)
    app.clientside_callback(
        ClientsideFunction("talk", "take"),
        Output(part.LIST, "title"),
        Input(part.PAGE, "data"),
        Input(part.NEW, "n_clicks"),
        *(State(name, "id") for name in names),
    )
    app.clientside_callback(
        ClientsideFunction("talk", "takeOlder"), Input(part.OLDER, "data"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("talk", "answered"), Input(part.ANSWERED, "data"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("talk", "everybody"),
        Output(part.VIEWER, "data"),
        Input(part.EVERYBODY, "n_clicks"),
        prevent_initial_call=True,
    )


def mark(rooms: Rooms, view: View, asked: dict[str, Any]) -> str:
    """Mark one comment as answered (see `mark_all`); gives its id. Raises Problem."""
    return mark_all(rooms, view, [asked])[0]


def mark_all(rooms: Rooms, view: View, asked: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Mark the comments as answered, all or none, at the LIVE's end where that is over; gives their ids. What is shown
    may be past: a replay is gone through for what was left unanswered, and what it marks is marked now. Raises
    Problem."""
    unframed()
    comments = tuple((one.get("id"), one.get("ts")) for one in asked)
    if not comments or not all(isinstance(event_id, str) and isinstance(ts, int) for event_id, ts in comments):
        raise PreventUpdate
    known, over_at = ask(rooms, replace(view, as_of=None), standing, comments)
    if not known:
        raise Problem("comment-unknown", "This comment is not in the log any more. Load the page again.")
    ids = tuple(str(event_id) for event_id, _ in comments)
    answered(rooms.folder(view.room), ids, reader.name(), over_at)
    return ids


def standing(
    rollup: Rollup, window: Window | None, comments: tuple[tuple[str, int], ...]
) -> tuple[bool, int | None]:
    """Whether there are all these comments (event_id, ts), and when the LIVE was over if it is."""
    there = all(
        any(comment.event_id == event_id for comment in rollup.comments(Window(ts, ts + 1), None))
        for event_id, ts in comments
    )
    return there, rollup.last_ts if rollup.room.state == "ended" else None

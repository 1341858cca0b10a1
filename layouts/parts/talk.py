"""What viewers said, all of it: searched, sorted out, loaded as one scrolls; while the broadcast plays it goes along
with the picture. Texts come from strangers: they travel as data and are set as text by assets/talk.js."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from livedash.analysis.comments import Page, Remark
from livedash.locale import Words
from livedash.view import View

ROOT = "broadcast-talk"
LIST = f"{ROOT}-list"
NEW = f"{ROOT}-new"
EMPTY = f"{ROOT}-empty"
COUNT = f"{ROOT}-count"
PAGE = f"{ROOT}-page"
OLDER = f"{ROOT}-older"
ASK = f"{ROOT}-ask"
UNTIL = f"{ROOT}-until"

SEARCH = f"{ROOT}-search"
WHICH = f"{ROOT}-which"
LANGUAGE = f"{ROOT}-language"
PRODUCT = f"{ROOT}-product"
FEELING = f"{ROOT}-feeling"
VIEWER = f"{ROOT}-viewer"
VIEWER_NAME = f"{ROOT}-viewer-name"
EVERYBODY = f"{ROOT}-everybody"

ANSWER = f"{ROOT}-answer"
ANSWERED = f"{ROOT}-answered"

ALL, QUESTIONS, OPEN = "all", "questions", "open"
ANY = "any"

OUTPUTS: dict[str, Output] = {
    "page": Output(PAGE, "data"),
    "empty": Drawn(EMPTY, "children"),
    "count": Drawn(COUNT, "children"),
    "languages": Output(LANGUAGE, "options"),
    "products": Output(PRODUCT, "options"),
    "viewer": Drawn(VIEWER_NAME, "children"),
    "everybody": Drawn(EVERYBODY, "hidden"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments are wanted; None stands for any. which: ALL, QUESTIONS or OPEN (questions not answered)."""

    text: str = ""
    which: str = ALL
    language: str | None = None
    product_id: str | None = None
    sentiment: str | None = None
    viewer: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is sorted out: then the list goes along with the picture."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Talk:
    """What the card shows: of what, which page of it, the languages and the products (id, title) there are."""

    wanted: Wanted
    page: Page
    languages: tuple[str, ...]
    products: tuple[tuple[str, str], ...]


def layout(words: Words) -> Component:
    """The card in its loading state."""
    which = [(ALL, words("All")), (QUESTIONS, words("Questions")), (OPEN, words("Unanswered"))]
    search = dbc.Input(
        id=SEARCH, type="search", placeholder=words("Search comments and viewers"), maxlength=100, debounce=0.3
    )
    feelings = [
        {"value": ANY, "label": words("Any mood")},
        {"value": "positive", "label": words("Positive")},
        {"value": "neutral", "label": words("Neutral")},
        {"value": "negative", "label": words("Negative")},
        {"value": "not_assessed", "label": words("Not assessed")},
    ]
    log = html.Ol(id=LIST, className="comments talk-list", tabIndex=0, **{"aria-label": words("Comments")})
    everybody = html.Button(
        [html.Span(id=VIEWER_NAME), " ×"],
        id=EVERYBODY,
        type="button",
        className="btn btn-quiet",
        hidden=True,
        title=words("Show everybody again"),
    )
    tools = [
        _named(words("Search comments and viewers"), search, "wide"),
        _named(words("Language"), _select(LANGUAGE, _languages((), words))),
        _named(words("Product"), _select(PRODUCT, [{"value": ANY, "label": words("Any product")}])),
        _named(words("Mood"), _select(FEELING, feelings)),
        everybody,
    ]
    return card(
        words("Comments"),
        id=ROOT,
        note=html.Span(id=COUNT),
        actions=segmented(words("Which comments"), id=WHICH, options=which, value=ALL),
        children=[
            html.Div(tools, className="talk-tools"),
            html.Div(loading(words, 4), id=EMPTY),
            html.Div(
                [log, html.Button(id=NEW, type="button", className="btn btn-primary comments-new", hidden=True)],
                className="comments-frame",
            ),
            *(dcc.Store(id=store) for store in (PAGE, OLDER, ASK, UNTIL, VIEWER, ANSWER, ANSWERED)),
        ],
    )


def _select(id: str, options: Sequence[dict[str, str]]) -> Component:
    return dbc.Select(id=id, options=list(options), value=ANY)


def _named(name: str, control: Component, kind: str = "") -> Component:
    return html.Label([html.Span(name, className="visually-hidden"), control], className=kind)


def show(answer: Talk, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The latest page of the reader's choice, as plain data. A list of another choice, room or stretch begins anew."""
    page, wanted = answer.page, answer.wanted
    products = [{"value": key, "label": title} for key, title in answer.products]
    names = {remark.user_id: remark.name for remark in page.remarks}
    return {
        "page": older(answer, view, words) | {"words": _phrases(words), "follows": wanted.is_all},
        "empty": None if page.remarks else _nothing(answer, words),
        "count": words.value(page.total, "count"),
        "languages": _languages(answer.languages, words),
        "products": [{"value": ANY, "label": words("Any product")}, *products],
        "viewer": words("Only {viewer}", viewer=names.get(wanted.viewer) or wanted.viewer) if wanted.viewer else None,
        "everybody": wanted.viewer is None,
    }


def older(answer: Talk, view: View, words: Words) -> dict[str, Any]:
    """A page of the list, as plain data, with what it is a page of."""
    return {
        "of": [view.room, asdict(answer.wanted), asdict(view.window) if view.window else None],
        "items": [_remark(remark, words) for remark in answer.page.remarks],
        "before": answer.page.before,
    }


def _languages(tags: Sequence[str], words: Words) -> list[dict[str, str]]:
    """The languages there are, by their names in the reader's own."""
    named = sorted((str(words.locale.languages.get(tag, tag)), tag) for tag in tags)
    return [{"value": ANY, "label": words("Any language")}, *({"value": tag, "label": name} for name, tag in named)]


def _phrases(words: Words) -> dict[str, str]:
    return {
        "new": words("{n} new", n="{n}"),
        "question": words("Question"),
        "entry": words("Enters the giveaway"),
        "play": words("Play from {time}", time="{time}"),
        "viewer": words("Only comments of {viewer}", viewer="{viewer}"),
        "answer": words("Mark as answered"),
        "answered": words("Answered"),
    }


def _remark(remark: Remark, words: Words) -> dict[str, Any]:
    return {
        "id": remark.event_id,
        "ts": remark.ts,
        "at": words.clock(remark.ts, seconds=True),
        "user": remark.user_id,
        "name": remark.name,
        "text": remark.text,
        "question": remark.question,
        "entry": remark.entry,
        "answered": remark.answered,
        "mood": remark.sentiment,
    }


def _nothing(answer: Talk, words: Words) -> Component:
    if not answer.wanted.is_all:
        return nothing_yet(words, words("No comment here is like that. Change the search or the choices above."))
    return nothing_yet(words, words("No comment has come yet."), ("comment",))

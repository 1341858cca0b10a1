"""The recommendations card: what to do now, each with its reason and one press away, and below what just happened. The
advice travels as data and is drawn by assets/recommendations.js, so that no refresh takes the focus from a button or
brings back what was dismissed. It computes nothing and advises nothing of its own."""
from __future__ import annotations

from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.parts import comments, traffic
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.advice import Advice, Counsel
from livedash.analysis.notices import Notice
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "key-data-recommendations"
NEW = f"{ROOT}-new"
ADVICE = f"{ROOT}-advice"
LIST = f"{ROOT}-list"
CALM = f"{ROOT}-calm"
AGAIN = f"{ROOT}-again"
NOTICES = f"{ROOT}-notices"
LATEST = f"{ROOT}-latest"
SEEN = f"{ROOT}-seen"
PRESSED = f"{ROOT}-pressed"
ANSWER = f"{ROOT}-answer"

OUTPUTS: dict[str, Output] = {
    "advice": Output(ADVICE, "data"),
    "notices": Drawn(NOTICES, "children"),
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
SIGNS = {
    "appeal": ("violation", N_("Violation")),
    "violation": ("violation", N_("Violation")),
    "sold_out": ("stock", N_("Stock")),
    "pin": ("pin", N_("Pin")),
    "stock": ("stock", N_("Stock")),
    "question": ("asked", N_("Question")),
    "funnel": ("fall", N_("Fall")),
    "giveaway": ("giveaway", N_("Giveaway")),
    "paid": ("promotion", N_("Paid traffic")),
}
"""The same of a kind of advice."""


def layout(words: Words) -> Component:
    """The card in its loading state; the button says how many notices are new."""
    new = html.Button(
        id=NEW, type="button", className="btn btn-link", hidden=True, title=words("Mark them as seen"),
        **{"data-some": words("{n} new", n="{n}")},
    )  # fmt: skip
    advice = html.Ol(id=LIST, className="notices advice", **{"aria-label": words("What to do now")})
    return card(
        words("Recommendations"),
        id=ROOT,
        actions=new,
        children=[
            html.Div(advice, className="advice-frame"),
            html.P(id=CALM, className="advice-calm"),
            html.Button(id=AGAIN, type="button", className="btn btn-link advice-again", hidden=True,
                        **{"data-some": words("Show again what was dismissed ({n})", n="{n}")}),
            html.Div(loading(words, 3), id=NOTICES, className="notice-list", tabIndex=0, role="group",
                     **{"aria-label": words("Latest notices")}),
            *(dcc.Store(id=store) for store in (ADVICE, LATEST, PRESSED, ANSWER)),
            dcc.Store(id=SEEN, storage_type="session"),
        ],
    )  # fmt: skip


def show(answer: Counsel, view: View, words: Words) -> dict[str, Any]:
    """The advice as plain data, the notices, and the times that tell which of them the reader has not seen."""
    told = answer.notices
    if told:
        notices: Component = html.Ol([_notice(notice, words) for notice in told], className="notices")
    else:
        sentence = words("Nothing to tell yet. Violations, giveaways, low stock and sharp falls are told here.")
        notices = nothing_yet(words, sentence)
    acting = answer.running and view.as_of is None
    return {
        "advice": {
            "room": view.room,
            "items": [_item(one, acting, view, words) for one in answer.advice],
            "calm": _calm(answer, words),
            "note": words("As it was at {time}: nothing can be done in the past.", time=words.clock(view.as_of))
            if answer.advice and view.as_of is not None else "",
            "words": {"dismiss": words("Dismiss"), "dismissOf": words("Dismiss: {advice}", advice="{advice}")},
        },
        "notices": notices,
        "latest": {"room": view.room, "times": [notice.ts for notice in told]},
    }  # fmt: skip


def _calm(answer: Counsel, words: Words) -> str:
    """What is said where there is no advice."""
    if not answer.running:
        none = words("Advice is given while a LIVE runs.")
        return f"{none} {words('What happened in this one stands below.')}" if answer.notices else none
    calm = words("Nothing to do just now.")
    return f"{calm} {words.sentence(answer.no_pin)}" if answer.no_pin else calm


def _item(one: Advice, acting: bool, view: View, words: Words) -> dict[str, Any]:
    sign, kind = SIGNS[one.kind]
    return {
        "id": one.id,
        "sign": sign,
        "kind": words(kind),
        "title": words.sentence(one.title),
        "reasons": [words.sentence(reason) for reason in one.reasons],
        "actions": [*(_acts(one, words) if acting else ()), *_leads(one, view, words)],
        "tells": list(one.tells),
    }


def _acts(one: Advice, words: Words) -> list[dict[str, Any]]:
    """What the dashboard does itself, at a press."""
    match one.act:
        case "pin":
            return [{"do": "pin", "label": words("Pin now"), "product": one.product_id, "first": True}]
        case "unpin":
            return [{"do": "unpin", "label": words("Unpin"), "product": one.product_id, "first": True}]
        case "answer":
            asked = [{"id": event_id, "ts": ts} for event_id, ts in one.comments]
            return [{"do": "answer", "label": words("Mark as answered"), "comments": asked}]
    return []


def _leads(one: Advice, view: View, words: Words) -> list[dict[str, Any]]:
    """Where to go on."""
    match one.kind:
        case "violation" | "appeal":
            return [_link(words("Open the violation"), addresses.violation(view.room, one.ref or ""))]
        case "stock" if one.product_id:
            return [_link(words("Open the product"), addresses.product(view.room, one.product_id))]
        case "giveaway":
            return [_link(words("Start a giveaway"), addresses.room(view.room, "giveaways"))]
        case "funnel":
            return [_link(words("See that half hour"), addresses.room(view.room, "trends", one.window))]
        case "question":
            choice = {"id": comments.FILTER, "value": comments.QUESTIONS}
            return [{"do": "look", "label": words("Show the questions"), "at": comments.ROOT, "choose": choice}]
        case "paid":
            return [{"do": "look", "label": words("Show traffic sources"), "at": traffic.ROOT}]
    return []


def _link(label: str, address: str) -> dict[str, Any]:
    return {"do": "go", "label": label, "href": address}


def _notice(notice: Notice, words: Words) -> Component:
    sign, kind = KINDS[notice.kind]
    drawn = html.Span(className=f"sign {sign}", title=words(kind), role="img", **{"aria-label": words(kind)})
    return html.Li(
        [
            html.P([drawn, " ", words.sentence(notice.title)], className="notice-title"),
            html.P([words.clock(notice.ts), " · ", words.sentence(notice.reason)], className="notice-reason"),
        ],
        className=f"notice {notice.weight} {sign}",
        **{"data-notice": notice.id},
    )

"""Wires the form that creates a giveaway: what it offers, what is typed, and what is said where it cannot be. Acting is
left to livedash.operate; it computes nothing."""
from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from callbacks import reader
from callbacks.acting import of_now
from callbacks.answers import ask, words_for
from callbacks.parts import giveaways as acting
from callbacks.parts.states import opens
from layouts import shell
from layouts.parts import giveaway_form as part
from layouts.parts import giveaways as all_giveaways
from livedash.analysis.markers import pinned
from livedash.analysis.stock import left
from livedash.locale import Words, typed
from livedash.operate.giveaways import TOKEN, Wish, create
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.room import ProductFacts
from livedash.rooms import Rooms
from livedash.view import View, Window
from livedash.words import N_

HALF_DAY = 12 * 3_600_000
LONGEST = 200
WHOLE = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)

SENT = {
    "product": part.PRODUCT, "prizes": part.PRIZES, "rule": part.RULE, "keyword": part.KEYWORD, "watch": part.WATCH,
    "length": part.LENGTH, "when": part.WHEN, "time": part.TIME,
}  # fmt: skip
"""What is typed, by name."""


def register(app: Dash, rooms: Rooms) -> None:
    """Open the form, offer what there is, and take what is typed."""
    opens(app, all_giveaways.CREATE, part.ROOT)

    @app.callback(
        Output(part.PRODUCTS, "data"),
        Output(part.PRODUCT, "value"),
        Output(part.ZONE, "children"),
        Input(all_giveaways.CREATE, "n_clicks"),
        State(part.PRODUCT, "value"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def offer(clicks: int, chosen: str | None, view: dict[str, Any]) -> tuple[Any, ...]:
        return offered(rooms, View.from_json(view), chosen)

    @app.callback(
        output=[
            Output(part.MADE, "data"),
            Output(part.WRONG, "children"),
            Output(part.WRONG_FIELD, "data"),
            Output(all_giveaways.SAID, "children"),
        ],
        inputs={"token": Input(part.SENT, "data")},
        state={name: State(field, "value") for name, field in SENT.items()} | {"view": State(shell.VIEW, "data")},
        prevent_initial_call=True,
    )
    def send(token: Any, view: dict[str, Any], **filled: Any) -> tuple[Any, ...]:
        return sent(rooms, View.from_json(view), token, filled)

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("giveaways", "begin"),
        Output(part.TOKEN, "data"),
        Output(part.WRONG, "children", allow_duplicate=True),
        Output(part.WRONG_FIELD, "data", allow_duplicate=True),
        Output(all_giveaways.SAID, "children", allow_duplicate=True),
        Input(all_giveaways.CREATE, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("giveaways", "send"),
        Output(part.SENT, "data"),
        Input(part.APPLY, "n_clicks"),
        State(part.TOKEN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("giveaways", "find"),
        Output(part.PRODUCT, "options"),
        Input(part.SEARCH, "value"),
        Input(part.PRODUCTS, "data"),
        State(part.PRODUCT, "value"),
        State(part.PRODUCT, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("giveaways", "made"),
        Input(part.MADE, "data"),
        State(part.ROOT, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("giveaways", "wrong"), Input(part.WRONG_FIELD, "data"), prevent_initial_call=True
    )


def offered(rooms: Rooms, view: View, chosen: str | None) -> tuple[Any, ...]:
    """The products to choose from, which of them is chosen at first (what was, else what is pinned), and the zone in
    which a start is typed."""
    words = words_for(rooms, view)
    there, shown_now = ask(rooms, view, goods)
    ids = [one.product_id for one in there]
    first = next((key for key in (chosen, *shown_now, *ids) if key in ids), None)
    return part.options(there, words, shown_now), first, f"({words.zone_name(now_ms())})"


def goods(rollup: Rollup, window: Window | None) -> tuple[tuple[ProductFacts, ...], tuple[str, ...]]:
    """The products that are listed, each with what is left of it as its stock, and which of them are pinned."""
    remaining = left(rollup)
    there = tuple(
        replace(one, stock=remaining.get(one.product_id)) for one in rollup.product_facts.values() if not one.delisted
    )
    return there, tuple(pinned(rollup))


def sent(rooms: Rooms, view: View, token: Any, filled: dict[str, Any]) -> tuple[Any, ...]:
    """What came of a form that was sent: its event_id, what is wrong, the field that this is about, what is said."""
    if not isinstance(token, str) or not TOKEN.fullmatch(token.split(" ")[0]):
        raise PreventUpdate
    words = words_for(rooms, view)
    try:
        of_now(view)
        wish = wished(filled, words)
        with rooms.reading(view.room) as rollup:
            standing = acting.stand(rollup)
        line = create(rooms.folder(view.room), wish, standing, reader.name(), token.split(" ")[0])
    except Problem as problem:
        return no_update, words.sentence(problem.sentence), part.FIELDS.get(problem.code), ""
    said = all_giveaways.created(line["title"], line.get("starts_at"), words)
    return line["event_id"], "", None, said


def wished(filled: dict[str, Any], words: Words) -> Wish:
    """The giveaway that a browser's fields ask for. Raises Problem where one cannot be understood."""
    rule, keyword = _text(filled.get("rule")), " ".join(_text(filled.get("keyword")).split())
    watch = 60 * _whole(filled.get("watch"), "watch-time") if rule == "watch_time" else None
    return Wish(
        product_id=_text(filled.get("product")),
        prizes=_whole(filled.get("prizes"), "prizes"),
        rule=rule,
        length=60 * _whole(filled.get("length"), "length"),
        starts_at=_start(filled, words),
        keyword=keyword or None,
        watch=watch,
        text=part.how_to_enter(rule, keyword, watch, words),
    )


def _start(filled: dict[str, Any], words: Words) -> int | None:
    """When it is to start: a clock time is the one within half a day, so that one just past is known for past."""
    if filled.get("when") != part.LATER:
        return None
    now = now_ms()
    return typed.read(_text(filled.get("time")), Window(now - HALF_DAY, now + HALF_DAY), words)


def _whole(typed_in: Any, code: str) -> int:
    """The whole number that was typed. Raises Problem(code)."""
    text = _text(typed_in).strip()
    if not WHOLE.fullmatch(text):
        raise Problem(code, N_("{text} is not a whole number. Write it in digits."), text=text[:40] or "–")
    return int(text)


def _text(value: Any) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""


def now_ms() -> int:
    return time.time_ns() // 1_000_000

"""Wires the comparison: what can be compared with, what is typed, and the lines of an earlier LIVE, which are another
room's. It computes nothing."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from callbacks.answers import ask, room_header, words_for
from callbacks.history import earlier_lives
from callbacks.parts.rows import chart_step
from callbacks.parts.states import opens
from callbacks.parts.stretch import live_stretch
from layouts import addresses, shell
from layouts.parts import compare as part
from layouts.parts.asked import ASKED, Asked, earlier, keys, second, step
from livedash.analysis.compare import same_minutes, since_start
from livedash.locale import typed
from livedash.problems import Problem
from livedash.rooms import Rooms
from livedash.view import NO_TIME, View


def register(app: Dash, rooms: Rooms) -> None:
    """Let something be chosen, and fetch what is not this room's."""
    opens(app, part.OPEN, part.DIALOG)

    @app.callback(
        Output(part.WHAT, "value"),
        Output(part.SECOND, "value"),
        Output(part.EARLIER, "options"),
        Output(part.EARLIER, "value"),
        Input(part.OPEN, "n_clicks"),
        State(ASKED, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def offer(clicks: int, asked: Asked, view: dict[str, Any]) -> tuple[Any, ...]:
        return offered(rooms, View.from_json(view), asked)

    @app.callback(
        Output(part.CHOSEN, "data"),
        Output(part.WRONG, "children"),
        Input(part.APPLY, "n_clicks"),
        State(part.WHAT, "value"),
        State(part.SECOND, "value"),
        State(part.EARLIER, "value"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def apply(
        clicks: int, what: str, begins: str | None, room: str | None, view: dict[str, Any]
    ) -> tuple[dict[str, str | None] | None, str]:
        return chosen(rooms, View.from_json(view), what, begins, room)

    @app.callback(Output(part.BEHIND, "data"), Input(part.WANTED, "data"), prevent_initial_call=True)
    def fetch(wanted: dict[str, Any] | None) -> dict[str, Any] | None:
        return fetched(rooms, View.from_json(wanted["view"]), wanted["asked"]) if wanted else None

    app.clientside_callback(
        ClientsideFunction("trends", "compared"),
        Input(part.CHOSEN, "data"),
        State(part.DIALOG, "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "wanted"),
        Output(part.WANTED, "data"),
        Input(ASKED, "data"),
        Input(shell.VIEW, "data"),
        State(part.WANTED, "data"),
    )


def offered(rooms: Rooms, view: View, asked: Asked) -> tuple[str, str, list[dict[str, str]], str | None]:
    """What the dialog begins with: what is compared now, and the earlier LIVEs there are."""
    words = words_for(rooms, view)
    live = ask(rooms, view, live_stretch) or NO_TIME
    lives = [ask(rooms, other, room_header) for other in earlier_lives(rooms, replace(view, as_of=None))]
    begins, room = second(asked), earlier(asked)
    what = part.OTHER if room else part.OWN if begins is not None else part.NOTHING
    shown = begins if begins is not None else live.start
    chosen_room = room if room in {other.id for other in lives} else lives[0].id if lives else None
    return what, typed.written(shown, live, words), part.options(lives, words), chosen_room


def chosen(
    rooms: Rooms, view: View, what: str, begins: str | None, room: str | None
) -> tuple[dict[str, str | None] | None, str]:
    """The parameters of the address for what was chosen, or a sentence about what is wrong with it."""
    words = words_for(rooms, view)
    if what == part.OTHER and not room:
        return None, words("There is no earlier LIVE of this host here.")
    if what == part.OWN:
        try:
            moment = typed.read(begins, ask(rooms, view, live_stretch) or NO_TIME, words)
        except Problem as problem:
            return None, words.sentence(problem.sentence)
        return {"second": addresses.written(moment), "earlier": None}, ""
    return {"second": None, "earlier": room if what == part.OTHER else None}, ""


def fetched(rooms: Rooms, view: View, asked: Asked) -> dict[str, Any]:
    """The lines of the earlier LIVE in the buckets of the chart; a sentence where there are none."""
    words = words_for(rooms, view)
    header = ask(rooms, replace(view, as_of=None), room_header)
    try:
        other = View(earlier(asked) or "", rooms.revision(earlier(asked) or ""))
        told = ask(rooms, other, room_header)
        step_ms = ask(rooms, view, chart_step, step(asked))
        since = ask(rooms, view, since_start)
        found = ask(rooms, other, same_minutes, keys(asked), since, header.started_at or 0, step_ms, header.currency)
    except Problem as problem:
        return {"said": words.sentence(problem.sentence)}
    said = words("Amounts in {currency} cannot be compared.", currency=found.currency) if found.incomparable else ""
    return {
        "name": part.name(told, words),
        "lines": [[key, list(values)] for key, values in found.series.items()],
        "said": said,
    }

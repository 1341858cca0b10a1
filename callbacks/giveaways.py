"""Wires the Giveaways tab: which parts it has, the form beside them, and what giveaways did, which is told more slowly
than the rest. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Dash, Input
from dash.exceptions import PreventUpdate

from callbacks import panel
from callbacks.answers import ask_all, words_for
from callbacks.panel import Part
from callbacks.parts import giveaway_effects, giveaway_form
from callbacks.parts import giveaways as all_giveaways
from callbacks.safety import Faults
from layouts import giveaways
from livedash.problems import Problem
from livedash.rooms import Rooms
from livedash.view import View

PARTS: dict[str, Part] = {"giveaways": all_giveaways}
SLOW: dict[str, Part] = {"effects": giveaway_effects}


def register(app: Dash, rooms: Rooms, faults: Faults) -> None:
    giveaway_form.register(app, rooms)
    giveaway_effects.asks(app, giveaways.VIEW)
    panel.register(app, rooms, faults, giveaways.VIEW, PARTS)
    panel.draws(app, giveaway_effects.part.DRAWING)

    @app.callback(
        output=panel.outputs(SLOW, giveaway_effects.part.DRAWING),
        inputs={"asked": Input(giveaway_effects.part.ASK, "data")},
    )
    def tell(asked: dict[str, Any] | None) -> dict[str, Any]:
        if asked is None:
            raise PreventUpdate
        return told(rooms, faults, View.from_json(asked["view"]), asked.get("id"))


def told(rooms: Rooms, faults: Faults, view: View, chosen: Any) -> dict[str, Any]:
    """Values for what the giveaway of that id did, and all of them compared; a fault keeps what stands and is said."""
    try:
        history = giveaway_effects.history_of(rooms, view)
        question = SLOW["effects"].question(chosen if isinstance(chosen, str) else None, history)
        answer = ask_all(rooms, view, {"it": question}, apart=True)["it"]
        words = words_for(rooms, view)
    except Problem:
        raise PreventUpdate from None  # the header says it
    return panel.answer(SLOW, {"effects": panel.shown(SLOW["effects"], answer, view, words, faults, False)})

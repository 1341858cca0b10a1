"""Wires the user manual: the search among its figures. It may not know any room."""
from __future__ import annotations

from dash import Dash, Input, Output
from dash.development.base_component import Component

from callbacks import reader
from layouts import manual
from layouts.addresses import Place
from livedash.locale import Words
from livedash.log.vocabulary import GROUPS


def register(app: Dash) -> None:
    @app.callback(Output(manual.FIGURES, "children"), Input(manual.SEARCH, "value"), prevent_initial_call=True)
    def search(wanted: str | None) -> list[Component]:
        return manual.figures(wanted or "", reader.words())


def page(place: Place, words: Words) -> Component:
    return manual.page(GROUPS, reader.theme_choice(), words)

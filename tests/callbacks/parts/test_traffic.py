"""The wiring of the traffic card: its dots open the table, which takes in its rows in the browser."""
from __future__ import annotations

from typing import Any

from dash import Dash

from callbacks.parts import traffic as wiring
from layouts.parts import traffic as part
from livedash.analysis.traffic import traffic

ROOMS: Any = object()


def test_it_asks_for_the_traffic_and_nothing_is_chosen() -> None:
    assert wiring.question() == (traffic,) and wiring.CHOICES == {}


def test_the_dots_open_the_table_and_rows_are_taken_in_in_the_browser() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    wired = {entry["inputs"][0]["id"]: entry for entry in app._callback_list}
    assert wired[part.MORE]["state"][0]["id"] == part.TABLE
    assert wired[part.ROWS]["state"][0]["id"] == part.GRID
    assert all("clientside_function" in entry for entry in wired.values())

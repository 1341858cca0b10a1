"""The wiring of the recommendations card: what is new is counted in the browser, by what its reader has seen."""
from __future__ import annotations

from typing import Any

from dash import Dash

from callbacks.parts import recommendations as wiring
from layouts.parts import recommendations as part
from livedash.analysis.notices import notices

ROOMS: Any = object()


def test_it_asks_for_the_notices_and_nothing_is_chosen() -> None:
    assert wiring.question() == (notices,) and wiring.CHOICES == {}


def test_what_is_new_is_counted_at_every_answer_and_every_press() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [counts] = app._callback_list
    assert [source["id"] for source in counts["inputs"]] == [part.LATEST, part.NEW]
    assert counts["clientside_function"] == {"namespace": "recommendations", "function_name": "count"}

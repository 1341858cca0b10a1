"""The wiring of the violation cards: what a browser has kept is checked, and an outcome is one line for a violation
there is."""
from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from callbacks import console
from callbacks.parts import violation_cards as wiring
from livedash.analysis.violations import ALL, SHOWN, SUBMITTED, UPHELD
from livedash.problems import Problem
from livedash.view import View
from tests.callbacks.conftest import House

START = 1_795_435_800_000


@pytest.fixture
def view(house: House) -> View:
    house.write(
        "autumn",
        {"ts": START, "type": "live_started"},
        {"ts": START + 5, "type": "violation", "ref_id": "v1"},
        {"ts": START + 9, "type": "appeal_submitted", "ref_id": "v1"},
        {"ts": START + 60_000, "type": "live_ended"},
    )
    return View("autumn", house.rooms.revision("autumn"))


def said(house: House) -> list[dict[str, Any]]:
    path = house.rooms.folder("autumn") / "operator.ndjson"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.mark.parametrize("state", SHOWN)
def test_the_state_that_is_chosen_is_asked_for(state: str) -> None:
    assert wiring.question(state) == (wiring.told, state)


@pytest.mark.parametrize("kept", [None, "", 7, [], {}, "none", "<b>"])
def test_whatever_else_a_browser_has_kept_asks_for_all(kept: Any) -> None:
    assert wiring.question(kept) == (wiring.told, ALL)


def test_the_answer_knows_the_console_that_is_set(house: House, view: View) -> None:
    console.keep(house.server, "https://seller.example/live")
    with house.server.app_context(), house.rooms.reading("autumn") as rollup:
        found = wiring.told(rollup, None, SUBMITTED)
    assert found.console == "https://seller.example/live" and found.state == SUBMITTED
    assert [one.ref for one in found.violations.found] == ["v1"]


def test_an_outcome_is_one_line_and_does_not_wake_a_live_that_is_over(house: House, view: View) -> None:
    with house.server.app_context():
        wiring.say(house.rooms, view, {"ref": "v1", "outcome": UPHELD})
        wiring.say(house.rooms, view, {"ref": "v1", "outcome": UPHELD})
        house.read()
        wiring.say(house.rooms, view, {"ref": "v1", "outcome": UPHELD})
    [line] = said(house)
    assert (line["type"], line["outcome"], line["by"]) == ("appeal_decided", UPHELD, "dashboard")
    assert line["ts"] == START + 60_000 and line["recorded"] > line["ts"]
    assert house.rooms.freshness("autumn").state == "ended"


def test_how_an_appeal_was_decided_cannot_be_said_in_the_past(house: House, view: View) -> None:
    with house.server.app_context(), pytest.raises(Problem) as met:
        wiring.say(house.rooms, replace(view, as_of=START + 10), {"ref": "v1", "outcome": UPHELD})
    assert met.value.code == "view-past" and said(house) == []


def test_nothing_is_written_for_a_violation_that_is_not_there(house: House, view: View) -> None:
    with house.server.app_context():
        with pytest.raises(Problem) as met:
            wiring.say(house.rooms, view, {"ref": "v9", "outcome": UPHELD})
        assert met.value.code == "violation-unknown"
        for order in (None, {}, {"ref": 7, "outcome": UPHELD}, {"ref": "v1"}):
            with pytest.raises(PreventUpdate):
                wiring.say(house.rooms, view, order)
    assert said(house) == []

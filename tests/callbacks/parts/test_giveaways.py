"""The wiring of the giveaways: what is asked, and what ending one writes."""
from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from callbacks.parts import giveaways as wiring
from livedash.operate.giveaways import Goods
from livedash.problems import Problem
from livedash.view import View
from tests.callbacks.conftest import House

NOW = int(time.time() * 1000)
STARTED = {"ts": NOW - 60_000, "type": "live_started", "currency": "USD"}
LISTED = {"ts": NOW - 59_000, "type": "product_listed", "product_id": "p", "title": "Cream", "stock": 20}
GIVEAWAY = {"event_id": "g1", "ts": NOW - 30_000, "type": "giveaway_started", "ref_id": "g", "product_id": "p"}
VIEW = View("autumn", 1)


def written(house: House) -> list[dict[str, Any]]:
    path = house.settings.rooms / "autumn" / "operator.ndjson"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_what_is_asked_is_the_giveaways_and_the_way_to_the_console(house: House) -> None:
    house.write("autumn", STARTED, GIVEAWAY)
    with house.server.app_context(), house.rooms.reading("autumn") as rollup:
        question, address = wiring.question()
        found, console = question(rollup, None, address)
    assert [one.id for one in found.giveaways] == ["g1"] and console is None


def test_standing_is_what_the_log_says_of_products_and_giveaways(house: House) -> None:
    house.write("autumn", STARTED, LISTED, GIVEAWAY)
    with house.rooms.reading("autumn") as rollup:
        standing = wiring.stand(rollup)
    assert standing.products == {"p": Goods("Cream", 20)} and standing.state == "live"
    assert [line["event_id"] for line in standing.lines] == ["g1"]


def test_ending_writes_one_line(house: House) -> None:
    house.write("autumn", STARTED, LISTED, GIVEAWAY)
    wiring.ended(house.rooms, VIEW, "g1")
    wiring.ended(house.rooms, VIEW, "g1")
    [line] = written(house)
    assert (line["type"], line["ref_id"], line["by"]) == ("giveaway_ended", "g", "dashboard")


def test_the_past_is_not_acted_on(house: House) -> None:
    house.write("autumn", STARTED, LISTED, GIVEAWAY)
    with pytest.raises(Problem) as problem:
        wiring.ended(house.rooms, replace(VIEW, as_of=NOW), "g1")
    assert problem.value.code == "view-past" and written(house) == []


def test_an_unknown_giveaway_is_a_problem_and_nonsense_is_nothing(house: House) -> None:
    house.write("autumn", STARTED)
    with pytest.raises(Problem, match="not in the log"):
        wiring.ended(house.rooms, VIEW, "g9")
    with pytest.raises(PreventUpdate):
        wiring.ended(house.rooms, VIEW, {"id": 1})

"""Acting is refused where the past is shown and inside another page, in one sentence for every act."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import app as entry
from callbacks.acting import FRAMED, of_now
from livedash.problems import Problem
from livedash.settings import Settings
from livedash.view import View
from tests.callbacks.conftest import House

NOW = View("autumn", 1)


def test_only_what_is_shown_of_now_may_be_acted_on() -> None:
    of_now(NOW)
    with pytest.raises(Problem, match="Back to now") as problem:
        of_now(View("autumn", 1, as_of=5))
    assert problem.value.code == "view-past"


def acts(server: Flask, headers: dict[str, str]) -> bool:
    with server.test_request_context(headers=headers):
        try:
            of_now(NOW)
        except Problem as problem:
            assert problem.code == "view-framed"
            return False
        return True


def test_inside_another_page_it_can_only_be_read_unless_it_is_let_act(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, demo=False, frame_ancestors=("https://intranet.example",))
    for wanted in (False, True):
        server = entry.create_app(replace(settings, framed_acts=wanted)).server
        assert acts(server, {}) and acts(server, {FRAMED: "1"}) is wanted


@pytest.mark.parametrize("form", [{"violation": "v1", "reason": "x", "text": "y"}])
def test_no_appeal_is_taken_from_inside_another_page(house: House, form: dict[str, Any]) -> None:
    house.write("autumn", {"ts": 1_764_000_000_000, "type": "violation", "ref_id": "v1", "reason": "claim"})
    answer = house.client.post("/appeals/autumn", data=form, headers={FRAMED: "1"})
    assert (answer.status_code, answer.json and answer.json["code"]) == (400, "view-framed")
    assert not (house.settings.rooms / "autumn" / "operator.ndjson").exists()

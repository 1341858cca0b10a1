"""The wiring of the recommendations card: what is asked, what a press does, and that what is new is counted in the
browser by what its reader has seen."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash

from callbacks import shell as frame
from callbacks.parts import recommendations as wiring
from layouts import shell
from layouts.parts import pinning
from layouts.parts import recommendations as part
from livedash.analysis import advice
from livedash.analysis.advice import counsel
from livedash.operate import journal
from livedash.operate.journal import NAME
from livedash.problems import Problem
from livedash.view import View
from tests.callbacks.conftest import House

ROOMS: Any = object()
START = round(time.time() * 1000) - 20 * 60_000


@pytest.fixture
def view(house: House) -> View:
    asked = [
        {"event_id": f"c{n}", "ts": START + n, "type": "comment", "user_id": f"u{n}", "text": "is it vegan?"}
        for n in range(3)
    ]
    violated = {"ts": START + 9, "type": "violation", "ref_id": "v", "reason": "Medical claim"}
    house.write("autumn", {"ts": START, "type": "live_started"}, *asked, violated)
    return View("autumn", house.rooms.revision("autumn"))


def wired(rooms: Any) -> Dash:
    app = Dash()
    wiring.register(app, rooms)
    return app


def answer(house: House) -> Callable[..., Any]:
    entries = wired(house.rooms).callback_map.values()
    [found] = [entry["callback"].__wrapped__ for entry in entries if "callback" in entry]
    return found


def written(house: House) -> list[tuple[str, str]]:
    path = house.rooms.folder("autumn") / NAME
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(line["type"], line["ref_id"]) for line in map(json.loads, lines)]


def test_it_asks_for_advice_by_what_is_usual_and_nothing_is_chosen() -> None:
    rates = (("orders", 0.1),)
    assert wiring.question(usual=rates) == (counsel, rates) and wiring.CHOICES == {}


def test_a_question_answered_is_one_line_for_each_comment_and_no_second_one(house: House, view: View) -> None:
    asked = {"comments": [{"id": f"c{n}", "ts": START + n} for n in range(3)], "at": 1}
    with house.server.app_context():
        answer(house)(asked, view.to_json())
        answer(house)(asked, view.to_json())
    assert written(house) == [("question_answered", f"c{n}") for n in range(3)]


def test_a_comment_that_is_not_there_is_a_problem_and_none_is_marked(house: House, view: View) -> None:
    asked = {"comments": [{"id": "c1", "ts": START + 1}, {"id": "none", "ts": START}]}
    with house.server.app_context(), pytest.raises(Problem, match="not in the log"):
        answer(house)(asked, view.to_json())
    assert written(house) == []


def test_all_comments_of_a_question_are_one_append(
    house: House, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended: list[int] = []
    append = journal.Journal.append

    def counted(self: journal.Journal, events: Any) -> None:
        lines = list(events)
        appended.append(len(lines))
        append(self, lines)

    monkeypatch.setattr(journal.Journal, "append", counted)
    with house.server.app_context():
        answer(house)({"comments": [{"id": f"c{n}", "ts": START + n} for n in range(3)]}, view.to_json())
    assert appended == [3]


def test_in_the_past_a_press_is_told_that_nothing_is_done_there(house: House, view: View) -> None:
    past = replace(view, as_of=START + 5)
    with house.server.app_context(), pytest.raises(Problem, match="Back to now") as problem:
        answer(house)({"comments": [{"id": "c1", "ts": START + 1}]}, past.to_json())
    assert problem.value.code == "view-past" and written(house) == []


def test_pinning_goes_the_way_of_the_products_card() -> None:
    [order] = [one for one in wired(ROOMS)._callback_list if one["output"] == f"{pinning.PRESSED}.data"]
    assert [source["id"] for source in order["inputs"]] == [part.PRESSED]


def test_what_is_new_is_counted_at_every_answer_and_every_press() -> None:
    by_name = {
        one["clientside_function"]["function_name"]: [source["id"] for source in one["inputs"]]
        for one in wired(ROOMS)._callback_list
        if one["clientside_function"]
    }
    assert by_name == {
        "advise": [part.ADVICE],
        "order": [part.PRESSED],
        "unseen": [shell.ADVICE, shell.LOOKED],
        "count": [part.LATEST, part.NEW],
    }


def test_the_header_says_what_is_advised_on_whatever_tab(house: House, view: View) -> None:
    with house.server.app_context():
        assert frame.stand(house.rooms, view).advice == ("violation-v",)
    house.write("autumn", {"ts": START + 20, "type": "live_ended"})
    with house.server.app_context():
        assert frame.stand(house.rooms, replace(view, revision=view.revision + 1)).advice == ()


def test_a_bug_in_the_advice_does_not_stop_the_header(
    house: House, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(now: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(advice, "AT_ONCE", (broken,))
    with house.server.app_context():
        standing = frame.stand(house.rooms, view)
    assert standing.advice == () and standing.all_violations == 1

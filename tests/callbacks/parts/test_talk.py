"""The wiring of the comments: what a browser sends is checked, and an answer is one line, of a comment there is."""
from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from callbacks.parts import talk as wiring
from layouts.parts import talk as part
from layouts.parts.talk import Talk, Wanted
from livedash.problems import Problem
from livedash.view import View, Window
from tests.callbacks.conftest import House

START = 1_795_435_800_000
NOTHING: dict[str, Any] = dict.fromkeys(("text", "which", "language", "product", "feeling", "viewer"))


def comment(second: int, text: str) -> dict[str, Any]:
    return {"ts": START + second * 1000, "type": "comment", "user_id": f"u{second}", "text": text}


@pytest.fixture
def view(house: House) -> View:
    house.write("autumn", {"ts": START, "type": "live_started"}, comment(1, "how much is it?"), comment(9, "lovely"))
    return View("autumn", house.rooms.revision("autumn"))


def answer(house: House, window: Window | None = None, until: int | None = None, **chosen: Any) -> Talk:
    question, *args = wiring.question(until, **NOTHING | chosen)
    with house.rooms.reading("autumn") as rollup:
        found: Talk = question(rollup, window, *args)
    return found


def texts(found: Talk) -> list[str]:
    return [remark.text for remark in found.page.remarks]


def test_all_comments_come_newest_last(house: House, view: View) -> None:
    assert texts(answer(house)) == ["how much is it?", "lovely"]


def test_what_plays_brings_what_had_been_said_by_then(house: House, view: View) -> None:
    assert texts(answer(house, until=START + 5000)) == ["how much is it?"]
    assert texts(answer(house, until=START - 5000)) == []
    assert texts(answer(house, Window(START + 5000, START + 20_000), until=START + 15_000)) == ["lovely"]


def test_what_is_looked_for_is_looked_for_everywhere(house: House, view: View) -> None:
    assert texts(answer(house, until=START + 5000, text="lovely")) == ["lovely"]


def test_questions_that_are_answered_are_no_longer_open(house: House, view: View) -> None:
    [question] = answer(house, which=part.OPEN).page.remarks
    house.write("autumn", {"ts": START + 12_000, "type": "question_answered", "ref_id": question.event_id})
    assert texts(answer(house, which=part.OPEN)) == [] and texts(answer(house, which=part.QUESTIONS)) == [question.text]


@pytest.mark.parametrize("sent", [7, [], {}, "", None, part.ANY])
def test_whatever_else_a_browser_sends_asks_for_all(sent: Any) -> None:
    assert wiring.wanted_by(**dict.fromkeys(NOTHING, sent)) == Wanted()


def test_a_choice_is_cut_where_it_is_longer_than_any(house: House) -> None:
    assert wiring.wanted_by(**NOTHING | {"text": "x" * 5000}).text == "x" * wiring.LONGEST


def test_an_answer_is_one_line_and_does_not_wake_a_live_that_is_over(house: House, view: View) -> None:
    house.write("autumn", {"ts": START + 60_000, "type": "live_ended"})
    with house.server.app_context():
        [asked] = [remark for remark in answer(house).page.remarks if remark.question]
        seen = View("autumn", house.rooms.revision("autumn"))
        assert wiring.mark(house.rooms, seen, {"id": asked.event_id, "ts": asked.ts}) == asked.event_id
    [line] = (house.rooms.folder("autumn") / "operator.ndjson").read_text("utf-8").splitlines()
    assert json.loads(line)["ref_id"] == asked.event_id and json.loads(line)["ts"] == START + 60_000


def test_in_a_replay_of_the_past_a_comment_is_marked_now(house: House, view: View) -> None:
    with house.server.app_context():
        [asked] = [remark for remark in answer(house).page.remarks if remark.question]
        wiring.mark(house.rooms, replace(view, as_of=asked.ts + 1), {"id": asked.event_id, "ts": asked.ts})
    [line] = (house.rooms.folder("autumn") / "operator.ndjson").read_text("utf-8").splitlines()
    assert json.loads(line)["ref_id"] == asked.event_id and json.loads(line)["ts"] > asked.ts + 1


def test_nothing_is_written_for_a_comment_that_is_not_there(house: House, view: View) -> None:
    with house.server.app_context(), pytest.raises(Problem) as met:
        wiring.mark(house.rooms, view, {"id": "nothing", "ts": START})
    assert met.value.code == "comment-unknown"
    for sent in ({}, {"id": 7, "ts": START}, {"id": "a", "ts": "soon"}):
        with pytest.raises(PreventUpdate):
            wiring.mark(house.rooms, view, sent)
    assert not (house.rooms.folder("autumn") / "operator.ndjson").exists()

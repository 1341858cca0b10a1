"""The comments card: remarks travel as plain data, and the card says why there are none."""
from __future__ import annotations

import json

import pytest

from layouts.parts import comments as part
from livedash.analysis.comments import Conversation, Remark
from livedash.locale import Words
from livedash.view import View, Window
from tests.house.trees import ROOT
from tests.layouts.parts.text import text

WORDS = Words("en")
VIEW = View("autumn", 1)
ASKS = Remark("c1", 5, "dewi88", "is it ok for sensitive skin", question=True, entry=False)
ENTERS = Remark("c2", 6, "tom.k", "luna glow", question=False, entry=True)
BOTH = Conversation((ASKS, ENTERS), questions=1_204, total=9_340)
NOBODY = Conversation((), questions=0, total=0)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    for answer in ((part.ALL, BOTH), (part.ALL, NOBODY), (part.QUESTIONS, NOBODY)):
        assert set(part.show(answer, VIEW, WORDS)) == set(part.OUTPUTS)


def test_remarks_travel_as_plain_data_oldest_first() -> None:
    items = part.show((part.ALL, BOTH), VIEW, WORDS)["remarks"]["items"]
    assert items == [
        {"id": "c1", "name": "dewi88", "text": "is it ok for sensitive skin", "question": True, "entry": False},
        {"id": "c2", "name": "tom.k", "text": "luna glow", "question": False, "entry": True},
    ]


def test_hostile_text_is_data_and_is_set_as_text() -> None:
    hostile = Remark("c3", 7, "<b>mia</b>", "<img src=x onerror=alert(1)>", question=False, entry=False)
    [item] = part.show((part.ALL, Conversation((hostile,), 0, 1)), VIEW, WORDS)["remarks"]["items"]
    assert json.loads(json.dumps(item))["text"] == hostile.text
    script = (ROOT / "assets" / "comments.js").read_text("utf-8")
    assert "textContent" in script
    assert not any(markup in script for markup in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"))


def test_questions_waiting_for_an_answer_are_counted_on_their_choice() -> None:
    labels = [option["label"] for option in part.show((part.ALL, BOTH), VIEW, WORDS)["options"]]
    assert labels == ["All", "Questions 1,204"]


@pytest.mark.parametrize(
    ("view", "which"),
    [(View("other", 1), part.ALL), (VIEW, part.QUESTIONS), (View("autumn", 1, Window(0, 9)), part.ALL)],
)
def test_another_room_choice_or_stretch_is_another_list(view: View, which: str) -> None:
    def of(view: View, which: str) -> object:
        return part.show((which, BOTH), view, WORDS)["remarks"]["of"]

    assert of(View("autumn", 2), part.ALL) == of(VIEW, part.ALL) != of(view, which)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((part.ALL, NOBODY), "No comment has come yet.Not recorded in this log: comment."),
        ((part.QUESTIONS, NOBODY), "No comment has come yet.Not recorded in this log: comment."),
        ((part.QUESTIONS, Conversation((), 0, 12)), "No question among the comments yet."),
    ],
)
def test_an_empty_list_says_why(answer: tuple[str, Conversation], said: str) -> None:
    assert text(part.show(answer, VIEW, WORDS)["empty"]) == said
    assert part.show((part.ALL, BOTH), VIEW, WORDS)["empty"] is None

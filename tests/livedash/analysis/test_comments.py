"""What viewers say: the latest comments, and what is asked and not answered."""
from __future__ import annotations

from livedash.analysis.comments import Conversation, conversation
from livedash.rollup.fold import Rollup
from tests.livedash.build import START, at, between, event, live, rollup, says


def texts(answer: Conversation) -> list[str]:
    return [remark.text for remark in answer.remarks]


def talk() -> Rollup:
    return live(
        at(10, says("a", "lovely", name="mia_r")), at(20, says("b", "how much is it")),
        at(30, says(None, "where from?")), at(40, says("c", "count me in?", ref_id="giveaway-1")),
        at(50, says("d", "ordered")),
    )  # fmt: skip


def test_comments_as_they_came() -> None:
    answer = conversation(talk(), None)
    assert texts(answer) == ["lovely", "how much is it", "where from?", "count me in?", "ordered"]
    assert [remark.question for remark in answer.remarks] == [False, True, True, False, False]
    assert [remark.entry for remark in answer.remarks] == [False, False, False, True, False]
    assert [remark.name for remark in answer.remarks] == ["mia_r", "b", "", "c", "d"]
    assert (answer.remarks[0].ts, answer.total, answer.questions) == (START + 10_000, 5, 2)


def test_questions_alone() -> None:
    answer = conversation(talk(), None, only_questions=True)
    assert texts(answer) == ["how much is it", "where from?"]
    assert answer.total == 5


def test_an_answered_question_waits_no_more() -> None:
    room = live(says("b", "how much is it"), says("c", "is it vegan?"), event("question_answered", ref_id="e1"))
    answer = conversation(room, None, only_questions=True)
    assert answer.questions == 1 and len(answer.remarks) == 2


def test_the_latest_are_shown_and_all_are_counted() -> None:
    room = live(*(says("a", f"comment {i}") for i in range(150)))
    answer = conversation(room, None, limit=3)
    assert texts(answer) == ["comment 147", "comment 148", "comment 149"] and answer.total == 150


def test_questions_are_found_behind_many_remarks() -> None:
    room = live(says("a", "is it vegan?"), *(says("a", "wow") for _ in range(120)))
    assert texts(conversation(room, None, only_questions=True, limit=5)) == ["is it vegan?"]


def test_a_window_has_its_own() -> None:
    answer = conversation(talk(), between(15, 45))
    assert len(answer.remarks) == answer.total == 3 and answer.questions == 2


def test_hostile_text_is_only_text() -> None:
    hostile = "<script>alert(1)</script> {name} %s \u202e\U0001f600"
    assert texts(conversation(live(says("a", hostile)), None)) == [hostile]


def test_nothing_said() -> None:
    assert conversation(rollup(), None) == Conversation((), 0, 0)

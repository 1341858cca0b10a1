"""What viewers say: the latest comments, and what is asked and not answered."""
from __future__ import annotations

from typing import Any

import pytest

from livedash.analysis.comments import Conversation, Page, conversation, mood, search
from livedash.rollup.fold import Rollup
from tests.livedash.build import START, at, between, ended, event, lists, live, rollup, says


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


# --- looking for comments


def crowd() -> Rollup:
    return live(
        at(1, lists("p", title="Rice water toner", price="9")),
        at(10, says("a", "I love the Rice Water toner", name="mia_r", lang="en")),
        at(20, says("b", "how much is it", name="Ben", lang="en-US", product_id="p")),
        at(30, says("c", "これいくらですか", name="kenji")),
        at(40, says("a", "this is terrible", name="mia_r", lang="en")),
        at(50, says("d", "WIN", ref_id="giveaway-1", lang="en")),
        at(60, says("e", "me encanta", lang="es")),
        at(70, event("question_answered", ref_id="e3")), at(90, ended()),
    )  # fmt: skip


def found(page: Page) -> list[str]:
    return [remark.text for remark in page.remarks]


@pytest.mark.parametrize(("asked", "texts"), [
    ({"limit": 3}, ["this is terrible", "WIN", "me encanta"]),
    ({"text": "TONER rice"}, ["I love the Rice Water toner"]),
    ({"text": "kenji"}, ["これいくらですか"]),
    ({"language": "ja"}, ["これいくらですか"]),
    ({"language": "en", "only_questions": True}, ["how much is it"]),
    ({"only_questions": True}, ["how much is it", "これいくらですか"]),
    ({"viewer": "a"}, ["I love the Rice Water toner", "this is terrible"]),
    ({"viewer": "mia_r", "sentiment": "negative"}, ["this is terrible"]),
    ({"product_id": "p"}, ["I love the Rice Water toner", "how much is it"]),
    ({"product_id": "q"}, []),
    ({"sentiment": "positive"}, ["I love the Rice Water toner"]),
    ({"sentiment": "not_assessed"}, ["これいくらですか", "WIN", "me encanta"]),
    ({"text": "(.*"}, []),
])  # fmt: skip
def test_what_is_looked_for_is_found(asked: dict[str, Any], texts: list[str]) -> None:
    page = search(crowd(), None, **asked)
    assert (found(page), page.total) == (texts, 6)
    assert page.before == (None if "limit" not in asked else (START + 40_000, "e5"))


def test_a_search_keeps_to_its_window() -> None:
    assert found(search(crowd(), between(15, 35))) == ["how much is it", "これいくらですか"]


def test_a_question_that_was_answered_says_so() -> None:
    [asked, other] = search(crowd(), None, only_questions=True).remarks
    assert (asked.answered, other.answered, asked.language, asked.product_id) == (True, False, "en", "p")


def test_pages_follow_one_another_without_loss_even_at_one_moment() -> None:
    """More comments at one moment than a page or a first reading holds."""
    many = [at(5, says(f"u{n}", f"n{n}")) for n in range(350)] + [at(6 + n, says("v", f"m{n}")) for n in range(30)]
    room = live(*many, at(90, ended()))
    pages, before, texts = 0, None, list[str]()
    while True:
        page = search(room, None, before=before, limit=40)
        texts, pages, before = found(page) + texts, pages + 1, page.before
        if before is None:
            break
    assert sorted(texts) == sorted(line["text"] for line in many) and pages == 10
    assert texts[-30:] == [f"m{n}" for n in range(30)]


def test_a_search_for_what_is_rare_pauses_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livedash.analysis.comments.MOST_READ", 100)
    room = live(at(1, says("a", "needle")), *(at(2 + n, says("b", "hay")) for n in range(250)), at(300, ended()))
    page, turns = search(room, None, text="needle"), 1
    while page.before is not None and not page.remarks:
        page, turns = search(room, None, text="needle", before=page.before), turns + 1
    assert (found(page), turns, page.read_since) == (["needle"], 3, None)


def test_how_comments_sound_over_time() -> None:
    course = mood(crowd(), None, 30_000 // 3)
    assert course.step_ms == 10_000 and course.starts[1] == START + 10_000
    assert (sum(course.positive), sum(course.neutral), sum(course.negative), sum(course.not_assessed)) == (1, 1, 1, 2)
    assert course.uncertain == 0
    assert course.positive[1] == 1 and course.negative[4] == 1 and not course.sampled


def test_comments_about_a_product_need_not_say_its_whole_title() -> None:
    room = live(
        lists("p", title="Rice Water toner"), lists("q", title="Rice powder"), says("a", "is the toner back"),
        says("b", "powder or toner?"), says("c", "rice?"), says("d", "so good"),
    )  # fmt: skip
    assert found(search(room, None, product_id="p")) == ["is the toner back", "powder or toner?"]
    assert found(search(room, None, product_id="q")) == ["powder or toner?"]


def test_what_is_of_no_certain_language_is_counted_apart() -> None:
    texts = ("me encanta", "love it", "would you say that this is the best one", "WIN")
    room = live(*(says("a", text) for text in texts[:3]), says("a", texts[3], ref_id="giveaway-1"), says("b", "これ"))
    course = mood(room, None)
    assert (sum(course.positive), sum(course.not_assessed), course.uncertain) == (1, 3, 2)


def test_of_very_many_comments_a_sample_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livedash.analysis.comments.SAMPLE", 100)
    room = live(*(at(n, says("a", "love it" if n % 2 else "hate it", lang="en")) for n in range(600)), at(600, ended()))
    course = mood(room, None, 300_000)
    assert course.sampled and sum(course.positive) + sum(course.negative) <= 100
    pairs = zip(course.positive, course.negative, strict=True)
    assert all(abs(good - bad) <= 0.3 * (good + bad) for good, bad in pairs)


def test_a_room_without_comments_has_no_page() -> None:
    assert search(rollup(), None) == Page((), None, None, 0)

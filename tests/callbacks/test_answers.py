"""An answer is found once for all who look at the same revision, and never for another."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from callbacks.answers import Failed, ask, ask_all, words_for
from livedash.problems import Problem
from livedash.view import View, Window
from tests.callbacks.conftest import House

START = 1_764_000_000_000
ASKED: list[Any] = []


def entries(rollup: Any, window: Window | None, *args: Any) -> int:
    ASKED.append((window, args))
    return int(rollup.sums(window)["views"])


def nothing(rollup: Any, window: Window | None) -> None:
    ASKED.append("nothing")


def bug(rollup: Any, window: Window | None) -> None:
    raise ZeroDivisionError("a bug")


@pytest.fixture
def view(house: House) -> Iterator[View]:
    ASKED.clear()
    house.write("autumn", {"ts": START, "type": "live_started", "currency": "EUR", "timezone": "Asia/Tokyo"})
    house.write("autumn", {"ts": START + 1000, "type": "view"}, {"ts": START + 60_000, "type": "view"})
    with house.server.app_context():
        yield View("autumn", house.rooms.revision("autumn"))


def test_a_second_reader_costs_no_second_answer(house: House, view: View) -> None:
    assert [
        ask(house.rooms, replace(view, theme=theme, language=language), entries)
        for theme in ("light", "dark")
        for language in ("en", "zh")
    ] == [2] * 4
    assert len(ASKED) == 1


def test_no_value_is_an_answer_too(house: House, view: View) -> None:
    assert ask(house.rooms, view, nothing) is None and ask(house.rooms, view, nothing) is None
    assert ASKED == ["nothing"]


def test_a_past_moment_is_answered_as_of_then_and_in_today_s_words(house: House, view: View) -> None:
    then = replace(view, as_of=START + 60_000)
    assert [ask(house.rooms, seen, entries) for seen in (then, view, then)] == [1, 2, 1]
    assert len(ASKED) == 2
    before = words_for(house.rooms, replace(view, as_of=START))
    assert before.clock(START) == words_for(house.rooms, view).clock(START) and before.currency == "EUR"


@pytest.mark.parametrize("args", [("views",), ("views", "orders"), (("views", "orders"),), (1,), ("1",)])
def test_other_questions_have_other_answers(house: House, view: View, args: tuple[Any, ...]) -> None:
    ask(house.rooms, view, entries)
    ask(house.rooms, view, entries, *args)
    assert len(ASKED) == 2


def test_another_stretch_has_another_answer(house: House, view: View) -> None:
    assert ask(house.rooms, replace(view, window=Window(START, START + 30_000)), entries) == 1
    assert ask(house.rooms, view, entries) == 2


def test_what_came_since_is_in_the_next_answer(house: House, view: View) -> None:
    ask(house.rooms, view, entries)
    house.write("autumn", {"ts": START + 61_000, "type": "view"})
    assert ask(house.rooms, replace(view, revision=house.rooms.revision("autumn")), entries) == 3


def test_a_bug_in_one_answer_leaves_the_others(house: House, view: View) -> None:
    found = ask_all(house.rooms, view, {"good": (entries,), "bad": (bug,)}, apart=True)
    assert found["good"] == 2 and isinstance(found["bad"], Failed) and isinstance(found["bad"].error, ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        ask_all(house.rooms, view, {"good": (entries,), "bad": (bug,)})


def test_a_bug_is_not_remembered(house: House, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_all(house.rooms, view, {"it": (bug,)}, apart=True)
    assert isinstance(ask_all(house.rooms, view, {"it": (bug,)}, apart=True)["it"], Failed)


def test_a_room_that_is_gone_says_so(house: House, view: View) -> None:
    with pytest.raises(Problem) as gone:
        ask(house.rooms, View("nobody", 1), entries)
    assert gone.value.code == "room-gone"


def test_words_are_those_of_the_room(house: House, view: View) -> None:
    words = words_for(house.rooms, replace(view, language="zh"))
    assert words.currency == "EUR" and words.zone_name(START) == "GMT+9" and words.language == "zh"
    assert words.several_days is False


def test_words_know_over_how_many_days_the_live_goes(house: House, view: View) -> None:
    house.write("autumn", {"ts": START + 30 * 3_600_000, "type": "view"})
    now = replace(view, revision=house.rooms.revision("autumn"))
    assert words_for(house.rooms, now).several_days is True
    assert words_for(house.rooms, replace(now, as_of=START + 1, window=Window(START, START + 1))).several_days is True

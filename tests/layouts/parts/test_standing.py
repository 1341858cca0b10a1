"""The header says how a room stands, in the room's own zone."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layouts.parts.standing import Standing, clock_words, header_shows
from livedash.locale import LANGUAGES, Words
from livedash.view import Window
from tests.layouts.pages import texts
from tests.layouts.standings import NOON, STANDING, VIEW

SCRIPT = (Path(__file__).parents[3] / "assets" / "shell.js").read_text("utf-8")
DAY = 86_400_000


def test_the_browser_is_told_the_room_s_zone_and_whether_it_is_of_several_days() -> None:
    def told(live: Window) -> list[object]:
        fresh = header_shows(STANDING, VIEW, Words("en", "Asia/Singapore", live=live))["fresh"]
        return [fresh["zone"], fresh["several"]]

    assert told(Window(NOON, NOON + DAY)) == ["Asia/Singapore", False]
    assert told(Window(NOON, NOON + DAY + 1)) == ["Asia/Singapore", True]


def test_the_start_names_its_day_when_that_is_not_today() -> None:
    words = Words("en", "Asia/Singapore")
    facts = header_shows(STANDING, VIEW, words)["facts"]
    assert facts == " · Luna · started 00:00 GMT+8"
    for later, said in ((2, "started Nov 25 00:00 GMT+8"), (300, "started Nov 25, 2025 00:00 GMT+8")):
        other = replace(STANDING, now=NOON + later * DAY)
        assert said in header_shows(other, VIEW, words)["facts"]


def test_the_end_names_its_day_when_that_is_not_the_start_s() -> None:
    words = Words("en", "Asia/Singapore")
    for lasted, said in ((DAY // 12, "02:00"), (2 * DAY, "Nov 27 00:00")):
        over = replace(STANDING, state="ended", ended=NOON + lasted, now=NOON + 3 * DAY)
        assert header_shows(over, VIEW, words)["fresh"]["endedAt"] == said


@pytest.mark.parametrize("state", ["live", "ended"])
def test_in_the_time_machine_no_state_of_now_is_said(state: str) -> None:
    standing = replace(STANDING, state=state)
    now = header_shows(standing, VIEW, Words("en"))
    then = header_shows(standing, replace(VIEW, as_of=NOON + 3), Words("en"))
    assert (now["state"], now["state_class"]) == (state.upper(), f"badge {state}")
    assert (then["state"], then["state_class"]) == ("TIME MACHINE", "badge past")


def test_a_stretch_is_named_on_every_tab_with_the_way_back() -> None:
    words = Words("en", "Asia/Singapore")
    assert header_shows(STANDING, VIEW, words)["stretch"] == []
    some = replace(VIEW, window=Window(NOON, NOON + 300_000))
    shown = header_shows(STANDING, some, words)["stretch"]
    assert texts(shown) == "Shown: 00:00:00 – 00:05:00\n · \nWhole LIVE" and shown[-1].href == "?"


@pytest.mark.parametrize(
    ("rejected", "unknown", "label"),
    [
        (0, 0, "All lines read"),
        (1, 0, "1 unreadable line"),
        (1200, 3, "1,200 unreadable lines"),
        (0, 2, "2 unknown types"),
    ],
)
def test_the_header_says_what_could_not_be_read(rejected: int, unknown: int, label: str) -> None:
    standing = Standing(
        **{name: getattr(STANDING, name) for name in STANDING.__slots__} | {"rejected": rejected, "unknown": unknown}
    )
    assert header_shows(standing, VIEW, Words("en"))["log"] == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_in_the_browser_has_the_words_it_fills(language: str) -> None:
    said = clock_words(Words(language))
    for name in ("updated", "nothing", "ended", "quiet", "quietLong", "still", "away", "awayLong", "days", "ages"):
        assert said[name] and f"words.{name}" in SCRIPT
    assert "{age}" in said["quietLong"] and "{time}" in said["awayLong"] and said["quietAfter"] == 30

"""The frame is complete, named, and the same in every language."""
from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from dash import dcc

from layouts import addresses, broadcast, giveaways, key_data, products, shell, trends, violations
from layouts.shell import Standing
from livedash.locale import LANGUAGES, Words
from livedash.view import View, Window
from tests.layouts.pages import find, ids, texts, walk

SCRIPT = (Path(__file__).parents[2] / "assets" / "shell.js").read_text("utf-8")
PANELS = {
    "key-data": key_data, "trends": trends, "products": products,
    "violations": violations, "giveaways": giveaways, "broadcast": broadcast,
}  # fmt: skip
NOON, DAY = 1_764_000_000_000, 86_400_000
STANDING = Standing(
    room="autumn", revision=7, title="Autumn", host="Luna", state="live", started=NOON, ended=None, last=NOON + 5,
    now=NOON + 9, reading=True, trouble=None, ticking=True, rejected=0, unknown=0, violations=0, all_violations=0,
)  # fmt: skip
VIEW = View("autumn", 7)


def room(language: str = "en") -> object:
    words = Words(language, "Asia/Singapore")
    panels = {key: module.layout(words) for key, module in PANELS.items()}
    return shell.room_page(STANDING, VIEW, panels, "key-data", 1000, "system", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_stands_twice_on_a_page(language: str) -> None:
    page = [shell.frame(Words(language), "light"), room(language)]
    assert [name for name, times in Counter(ids(page)).items() if times > 1] == []


def test_there_are_six_tabs_with_addresses_of_their_own() -> None:
    links = [find(room(), {"type": shell.TAB, "tab": tab}) for tab in addresses.TABS]
    assert [link.href for link in links] == [f"/rooms/autumn/{tab}" for tab in addresses.TABS]
    assert tuple(shell.TAB_NAMES) == addresses.TABS == tuple(PANELS)


def test_a_room_page_asks_for_news_by_one_interval() -> None:
    assert [getattr(part, "id", None) for part in walk(room()) if isinstance(part, dcc.Interval)] == [shell.TICK]


def test_the_browser_is_told_the_room_s_zone_and_whether_it_is_of_several_days() -> None:
    def told(live: Window) -> list[object]:
        fresh = shell.room_shows(STANDING, VIEW, Words("en", "Asia/Singapore", live=live))["fresh"]
        return [fresh["zone"], fresh["several"]]

    assert told(Window(NOON, NOON + DAY)) == ["Asia/Singapore", False]
    assert told(Window(NOON, NOON + DAY + 1)) == ["Asia/Singapore", True]


def test_the_start_names_its_day_when_that_is_not_today() -> None:
    words = Words("en", "Asia/Singapore")
    facts = shell.room_shows(STANDING, VIEW, words)["facts"]
    assert facts == " · Luna · started 00:00 GMT+8"
    for later, said in ((2, "started Nov 25 00:00 GMT+8"), (300, "started Nov 25, 2025 00:00 GMT+8")):
        other = replace(STANDING, now=NOON + later * DAY)
        assert said in shell.room_shows(other, VIEW, words)["facts"]


def test_the_end_names_its_day_when_that_is_not_the_start_s() -> None:
    words = Words("en", "Asia/Singapore")
    for lasted, said in ((DAY // 12, "02:00"), (2 * DAY, "Nov 27 00:00")):
        over = replace(STANDING, state="ended", ended=NOON + lasted, now=NOON + 3 * DAY)
        assert shell.room_shows(over, VIEW, words)["fresh"]["endedAt"] == said


def test_a_stretch_is_named_on_every_tab_with_the_way_back() -> None:
    words = Words("en", "Asia/Singapore")
    assert shell.room_shows(STANDING, VIEW, words)["stretch"] == []
    part = replace(VIEW, window=Window(NOON, NOON + 300_000))
    shown = shell.room_shows(STANDING, part, words)["stretch"]
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
    assert shell.room_shows(standing, VIEW, Words("en"))["log"] == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_in_the_browser_has_the_words_it_fills(language: str) -> None:
    said = shell.clock_words(Words(language))
    for name in ("updated", "nothing", "ended", "quiet", "quietLong", "still", "away", "awayLong", "days", "ages"):
        assert said[name] and f"words.{name}" in SCRIPT
    assert "{age}" in said["quietLong"] and "{time}" in said["awayLong"] and said["quietAfter"] == 30


def test_the_script_knows_the_ids_it_touches() -> None:
    for name in (shell.ADDRESS, shell.MAIN):
        assert f'"{name}"' in SCRIPT
    assert f'"{shell.THEME}"' in (Path(__file__).parents[2] / "assets" / "early.js").read_text("utf-8")


def test_an_address_that_leads_nowhere_leads_back() -> None:
    assert "To the LIVE rooms" in texts(shell.lost(Words("en"), "system", "Nothing here", "It is not here."))

"""The frame is complete, named, and the same in every language."""
from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dash import dcc

from layouts import addresses, broadcast, giveaways, key_data, products, shell, trends, violations
from livedash.locale import LANGUAGES, Words
from tests.layouts.pages import find, ids, texts, walk
from tests.layouts.standings import STANDING, VIEW

SCRIPT = (Path(__file__).parents[2] / "assets" / "shell.js").read_text("utf-8")
PANELS = {
    "key-data": key_data, "trends": trends, "products": products,
    "violations": violations, "giveaways": giveaways, "broadcast": broadcast,
}  # fmt: skip


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


def test_the_script_knows_the_ids_it_touches() -> None:
    for name in (shell.ADDRESS, shell.MAIN):
        assert f'"{name}"' in SCRIPT
    assert f'"{shell.THEME}"' in (Path(__file__).parents[2] / "assets" / "early.js").read_text("utf-8")


def test_an_address_that_leads_nowhere_leads_back() -> None:
    assert "To the LIVE rooms" in texts(shell.lost(Words("en"), "system", "Nothing here", "It is not here."))

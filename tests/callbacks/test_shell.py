"""Addresses lead to pages; a tick says what is new and nothing else; old figures are never shown as of now."""
from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from typing import Any

import pytest
from dash import no_update
from dash.exceptions import PreventUpdate

from callbacks import shell as wiring
from layouts import addresses, shell
from layouts.addresses import Place
from layouts.parts import log_account
from livedash.locale import Words
from livedash.view import View, Window
from tests.callbacks.conftest import House
from tests.layouts.pages import find, texts, walk


def now() -> int:
    return int(time.time() * 1000)


@pytest.fixture
def live(house: House) -> House:
    house.write(
        "autumn",
        {
            "ts": now() - 60_000,
            "type": "live_started",
            "title": "Autumn <b>drop</b>",
            "host": "Luna",
            "timezone": "Asia/Singapore",
        },
        {"ts": now() - 1000, "type": "view", "user_id": "u1"},
        "this is no event",
        {"ts": now() - 900, "type": "violation", "ref_id": "v1", "reason": "claim"},
    )
    return house


def page(house: House, pathname: str, search: str = "", cookie: str = "") -> Any:
    with house.server.test_request_context(headers={"Cookie": cookie}):
        return wiring.room_page(house.rooms, addresses.read(pathname, search), house.settings)


def news(house: House, shown: Any, **other: Any) -> dict[str, Any]:
    seen = View.from_json(find(shown, shell.VIEW).data)
    with house.server.app_context():
        return wiring.news(house.rooms, seen, replace(seen, **other), find(shown, shell.FRESH).data)


def test_a_room_shows_its_header(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    assert find(shown, shell.TITLE).children == "Autumn <b>drop</b>"
    assert find(shown, shell.STATE).children == "LIVE"
    assert "Luna" in find(shown, shell.FACTS).children and "GMT+8" in find(shown, shell.FACTS).children
    assert find(shown, shell.LOG).children == "1 unreadable line"
    assert find(shown, shell.VIOLATIONS).children == "1" and not find(shown, shell.VIOLATIONS).hidden


def test_a_log_that_was_destroyed_is_said(live: House) -> None:
    (live.settings.rooms / "autumn" / "events.ndjson").write_text("")
    live.read()
    shown = page(live, "/rooms/autumn")
    label = find(shown, shell.LOG)
    assert (label.children, label.className) == ("Part of the log is gone", "btn btn-link danger")
    with live.server.app_context():
        account, quarantine = wiring.ask_all(live.rooms, View("autumn", live.rooms.revision("autumn")), {
            "log": (wiring._log_account,)})["log"]  # fmt: skip
    said = texts(log_account.show(account, quarantine, Words("en")))
    assert "deleted, cut or rewritten" in said and "events.ndjson no longer holds" in said


def test_an_address_opens_its_tab_and_its_stretch(live: House) -> None:
    shown = page(live, "/rooms/autumn/violations", "?from=1764000000000&to=1764000060000")
    assert find(shown, shell.VIEW).data["window"] == {"start": 1764000000000, "end": 1764000060000}
    panels = {tab: find(shown, {"type": shell.PANEL, "tab": tab}).hidden for tab in addresses.TABS}
    assert [tab for tab, hidden in panels.items() if not hidden] == ["violations"]
    links = {tab: getattr(find(shown, {"type": shell.TAB, "tab": tab}), "aria-current", None) for tab in addresses.TABS}
    assert [tab for tab, current in links.items() if current] == ["violations"]
    assert "from=" in find(shown, {"type": shell.TAB, "tab": "trends"}).href


def test_only_the_open_tab_is_made_and_the_others_when_they_are_opened(live: House) -> None:
    shown = page(live, "/rooms/autumn/products", cookie="livedash-language=zh")
    made = {tab for tab in addresses.TABS if len(list(walk(find(shown, {"type": shell.PANEL, "tab": tab})))) > 20}
    assert made == {"products"}
    key = json.dumps({"tab": "trends", "type": shell.OPENED}, separators=(",", ":"))
    panel = json.dumps({"tab": "trends", "type": shell.PANEL}, separators=(",", ":"))
    answer = live.client.post("/_dash-update-component", json={
        "output": f"{json.dumps({'tab': ['MATCH'], 'type': shell.PANEL}, separators=(',', ':'))}.children",
        "outputs": {"id": {"tab": "trends", "type": shell.PANEL}, "property": "children"},
        "inputs": [{"id": {"tab": "trends", "type": shell.OPENED}, "property": "data", "value": 1}],
        "state": [
            {"id": {"tab": "trends", "type": shell.OPENED}, "property": "id", "value": json.loads(key)},
            {"id": shell.VIEW, "property": "data", "value": find(shown, shell.VIEW).data},
        ],
        "changedPropIds": [f"{key}.data"],
    })  # fmt: skip
    [children] = [props["children"] for name, props in json.loads(answer.data)["response"].items() if name == panel]
    assert "trends-view" in json.dumps(children) and "趋势" in json.dumps(children, ensure_ascii=False)


def test_the_reader_s_theme_and_language_go_into_the_view(live: House) -> None:
    shown = page(live, "/rooms/autumn", cookie="livedash-theme=system-dark; livedash-language=zh")
    view = find(shown, shell.VIEW).data
    assert view["theme"] == "dark" and view["language"] == "zh"
    assert find(shown, shell.THEME_CHOICE).value == "system" and find(shown, shell.LANGUAGE).value == "zh"


@pytest.mark.parametrize("room", ["nobody", "..", "a/b", "x" * 90, "<script>"])
def test_an_unknown_room_says_what_to_do(live: House, room: str) -> None:
    with live.server.test_request_context():
        shown = wiring.room_page(live.rooms, Place("room", room), live.settings)
    assert "To the LIVE rooms" in texts(shown)


def test_nothing_new_is_no_answer(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    with pytest.raises(PreventUpdate):
        news(live, shown)


def test_what_was_told_is_not_told_again(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    live.write("autumn", {"ts": now(), "type": "view"})
    first = news(live, shown)
    assert first["title"] == "Autumn <b>drop</b>"
    live.write("autumn", {"ts": now(), "type": "violation", "ref_id": "v2", "reason": "claim"})
    seen = View.from_json(first["view"])
    with live.server.app_context():
        second = wiring.news(live.rooms, seen, seen, first["fresh"])
    assert second["title"] is no_update and second["log"] is no_update and second["violations"] == "2"
    assert second["view"]["revision"] > first["view"]["revision"]


def test_a_new_line_is_a_new_view(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    live.write("autumn", {"ts": now(), "type": "violation", "ref_id": "v2", "reason": "claim"})
    said = news(live, shown)
    assert said["view"]["revision"] > find(shown, shell.VIEW).data["revision"]
    assert said["violations"] == "2" and said["ticks"] == -1 and set(said) == set(wiring.NEWS)
    assert len(json.dumps(said["fresh"])) < 500


def test_an_upheld_appeal_takes_its_violation_off_the_count(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    live.write("autumn", {"ts": now(), "type": "appeal_decided", "ref_id": "v1", "outcome": "upheld"})
    said = news(live, shown)
    assert said["violations"] == "" and said["no_violations"]
    live.write("autumn", {"ts": now(), "type": "violation", "ref_id": "v2", "reason": "claim"})
    said = news(live, shown)
    assert (said["violations"], said["violations_said"]) == ("1", "1 open of 2")


def test_another_theme_or_stretch_is_a_new_view(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    assert news(live, shown, theme="dark")["view"]["theme"] == "dark"
    assert news(live, shown, window=Window(1, 2))["view"]["window"] == {"start": 1, "end": 2}


def test_the_last_minutes_move_on_with_every_event(live: House) -> None:
    shown = page(live, "/rooms/autumn/trends", "?last=5")
    window = find(shown, shell.VIEW).data["window"]
    seen = View.from_json(find(shown, shell.VIEW).data)
    fresh = find(shown, shell.FRESH).data
    with live.server.app_context():
        with pytest.raises(PreventUpdate):
            wiring.news(live.rooms, seen, replace(seen, window=None), fresh, last=5)
        live.write("autumn", {"ts": now() + 1000, "type": "view", "user_id": "late"})
        moved = wiring.news(live.rooms, seen, replace(seen, window=None), fresh, last=5)["view"]["window"]
    assert moved["end"] > window["end"] and moved["end"] - moved["start"] <= 5 * 60_000


def test_an_ended_room_does_not_tick(house: House) -> None:
    house.write(
        "old", {"ts": 1_764_000_000_000, "type": "live_started"}, {"ts": 1_764_003_600_000, "type": "live_ended"}
    )
    shown = page(house, "/rooms/old")
    assert find(shown, shell.TICK).max_intervals == 0 and find(shown, shell.STATE).children == "ENDED"


def test_a_room_that_has_just_ended_settles_before_it_stops(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    live.write("autumn", {"ts": now(), "type": "live_ended"})
    said = news(live, shown)
    assert said["state"] == "ENDED" and said["ticks"] == -1
    find(shown, shell.VIEW).data, find(shown, shell.FRESH).data = said["view"], said["fresh"]
    with pytest.raises(PreventUpdate):
        news(live, shown)
    find(shown, shell.FRESH).data["ended"] = now() - 61_000
    assert news(live, shown)["view"] is no_update


def test_a_log_that_nobody_reads_is_told(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    assert find(shown, shell.FRESH).data["reading"]
    beat = live.settings.cache / "heartbeat.json"
    beat.write_text(json.dumps(json.loads(beat.read_text()) | {"at": now() - 20_000}))
    said = news(live, shown)
    assert said["fresh"]["reading"] is False and said["view"] is no_update


def test_a_room_that_goes_away_is_told_once_and_heals(live: House) -> None:
    shown = page(live, "/rooms/autumn")
    folder = live.settings.rooms / "autumn"
    os.rename(folder, live.settings.data / "away")
    said = news(live, shown)
    assert "autumn" in said["fresh"]["gone"] and said["view"] is no_update
    find(shown, shell.FRESH).data = said["fresh"]
    with pytest.raises(PreventUpdate):
        news(live, shown)
    os.rename(live.settings.data / "away", folder)
    assert "gone" not in news(live, shown)["fresh"]


def test_what_was_read_is_accounted_for(live: House) -> None:
    with live.server.test_request_context():
        account, quarantine = wiring.ask_all(
            live.rooms, View("autumn", live.rooms.revision("autumn")), {"log": (wiring._log_account,)}
        )["log"]
        said = texts(log_account.show(account, quarantine, wiring.words_for(live.rooms, View("autumn", 1))))
    assert "this is no event" in said and "not_json" in said and "events.ndjson" in said


def test_hostile_text_is_only_text(live: House) -> None:
    live.write("autumn", '{"event_id": "<img src=x onerror=alert(1)>"')
    shutil.copy(live.settings.rooms / "autumn" / "events.ndjson", live.settings.rooms / "autumn" / "<b>.ndjson")
    live.read()
    with live.server.test_request_context():
        view = View("autumn", live.rooms.revision("autumn"))
        account, quarantine = wiring.ask_all(live.rooms, view, {"log": (wiring._log_account,)})["log"]
        built = log_account.show(account, quarantine, wiring.words_for(live.rooms, view))
    assert "<img src=x onerror=alert(1)>" in texts(built) and "dangerously" not in str(built)

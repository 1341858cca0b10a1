"""The list of rooms: running ones first, searchable, honest about data gone quiet, and helpful where there is none."""
from __future__ import annotations

import time
from typing import Any

import pytest

from callbacks import home as wiring
from callbacks.safety import Faults
from layouts import home
from layouts.addresses import Place
from layouts.home import Guide
from livedash.locale import Words
from livedash.rollup.fold import Rollup
from livedash.rollup.read import RoomReader
from livedash.rooms import MOST_OPEN
from tests.callbacks.conftest import House
from tests.layouts.pages import find, texts

FOLDER = "/home/luna/livedash/data/rooms"


def now() -> int:
    return int(time.time() * 1000)


def page(house: House, demo: bool = False, search: str = "", language: str = "en") -> Any:
    make = wiring.page(house.rooms, lambda: Guide(FOLDER, demo), Faults())
    with house.server.test_request_context(headers={"Cookie": f"livedash-language={language}"}):
        return make(Place("home", search=search), Words(language))


@pytest.fixture
def rooms(house: House) -> House:
    start = 1_764_000_000_000
    house.write(
        "old",
        {"ts": start, "type": "live_started", "title": "Summer sale", "host": "Mia", "currency": "EUR"},
        {"ts": start + 1, "type": "view", "user_id": "u"},
        {
            "ts": start + 2,
            "type": "order_paid",
            "order_id": "o",
            "product_id": "p",
            "sku_id": "s",
            "price": "1234.60",
            "currency": "EUR",
        },
        {"ts": start + 3_600_000, "type": "live_ended"},
    )
    house.write(
        "older",
        {"ts": start - 9_000_000, "type": "live_started", "title": "Spring"},
        {"ts": start - 8_000_000, "type": "live_ended"},
    )
    house.write(
        "fresh",
        {"ts": now() - 5000, "type": "live_started", "title": "Autumn drop", "host": "Luna"},
        {"ts": now(), "type": "view"},
    )
    return house


def test_running_rooms_stand_first_then_the_latest(rooms: House) -> None:
    shown = texts(find(page(rooms), home.LIST))
    places = [shown.index(title) for title in ("On air", "Autumn drop", "Ended", "Summer sale", "Spring")]
    assert places == sorted(places)


def test_a_room_that_has_not_begun_is_not_on_air(rooms: House) -> None:
    rooms.write("soon")
    shown = texts(find(page(rooms), home.LIST))
    places = [shown.index(title) for title in ("On air", "Autumn drop", "Not started yet", "soon", "Ended")]
    assert places == sorted(places)


def test_a_room_says_how_many_of_its_lines_cannot_be_read(rooms: House) -> None:
    rooms.write("fresh", {"ts": "never", "type": "view"}, {"ts": "never", "type": "leave"})
    assert texts(page(rooms)).count("2 unreadable lines") == 1


def test_a_room_shows_its_figures(rooms: House) -> None:
    shown = texts(page(rooms, search="summer"))
    assert (
        "01:00:00" in shown and "€1,235" in shown and "Direct GMV" in shown and "Mia" in shown and "Autumn" not in shown
    )


@pytest.mark.parametrize("search", ["AUTUMN", " luna ", "fresh"])
def test_a_room_is_found_by_title_host_or_id(rooms: House, search: str) -> None:
    shown = texts(find(page(rooms, search=search), home.LIST))
    assert "Autumn drop" in shown and "Summer sale" not in shown


def test_a_search_without_a_find_says_so(rooms: House) -> None:
    assert "No LIVE has “<b>x” in its title, host or id." in texts(page(rooms, search="<b>x"))


def test_no_room_is_told_how_to_add_one(house: House) -> None:
    shown = texts(page(house))
    assert "No LIVE here yet" in shown and FOLDER in shown and "demo" not in shown


def test_the_demo_says_that_it_is_one_and_how_to_add_one_s_own(rooms: House) -> None:
    shown = texts(page(rooms, demo=True))
    assert "This is a demo" in shown and f"{FOLDER}/my-live/events.ndjson" in shown and "Autumn drop" in shown


def test_a_demo_in_the_making_says_so(house: House) -> None:
    assert "The demo is being made" in texts(page(house, demo=True))


def test_a_running_room_without_data_looks_quiet(house: House) -> None:
    house.write("silent", {"ts": now() - 600_000, "type": "live_started"}, {"ts": now() - 120_000, "type": "view"})
    shown = page(house)
    assert "no new data for 2m" in texts(shown)
    assert find(shown, home.SEEN).data[0][2] is True


def test_the_list_is_made_anew_only_when_a_room_changed(rooms: House) -> None:
    def glance() -> wiring.Seen:
        with rooms.server.test_request_context():
            return wiring.glance(wiring.look(rooms.rooms, Faults()))

    before = glance()
    assert glance() == before
    rooms.write("fresh", {"ts": now(), "type": "view"})
    assert glance() != before


def test_a_folder_that_cannot_be_a_room_is_told_and_how_to_rename_it(rooms: House) -> None:
    for name in ("Été drop", "fresh <b>"):
        (rooms.settings.rooms / name).mkdir()
        (rooms.settings.rooms / name / "events.ndjson").write_text("")
    shown = page(rooms)
    said = texts(find(shown, home.LIST))
    assert "Not shown" in said and "Été drop cannot name a room" in said and "for instance to Ete-drop." in said
    assert "for instance to fresh-b." in said and "Autumn drop" in said
    assert "letters A to Z" in texts(page(rooms, demo=True))
    assert {seen[0] for seen in find(shown, home.SEEN).data} > {"Été drop", "fresh <b>"}, "the next one is noticed"
    (rooms.settings.rooms / "Été drop").rename(rooms.settings.rooms / "Ete-drop")
    assert "Été" not in texts(page(rooms))


def test_a_bug_met_in_one_room_takes_no_other_from_the_list(rooms: House, monkeypatch: pytest.MonkeyPatch) -> None:
    fold = Rollup.fold

    def breaks(self: Rollup, *args: Any) -> None:
        if self.room_id == "old":
            raise KeyError("a bug")
        fold(self, *args)

    monkeypatch.setattr(Rollup, "fold", breaks)
    shown = texts(find(page(rooms), home.LIST))
    assert "Autumn drop" in shown and "Spring" in shown and "Summer sale" not in shown
    assert "Not shown" in shown and "Reference" in shown


def test_a_second_look_at_many_rooms_opens_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MOST_OPEN + 6):
        folder = house.settings.rooms / f"room-{number:02}"
        folder.mkdir()
        (folder / "events.ndjson").write_text(f'{{"event_id":"1","ts":{now()},"type":"live_started"}}\n')
    house.read()
    first = page(house)
    opened: list[str] = []
    refresh = RoomReader.refresh

    def counted(self: RoomReader) -> Rollup:
        opened.append(self.room_id)
        return refresh(self)

    monkeypatch.setattr(RoomReader, "refresh", counted)
    assert texts(page(house)) == texts(first) and opened == []
    house.write("room-07", {"ts": now(), "type": "view"})
    page(house)
    assert set(opened) == {"room-07"}


def test_a_hostile_title_is_only_text(house: House) -> None:
    house.write("bad", {"ts": now(), "type": "live_started", "title": "<script>alert(1)</script>{0}"})
    assert "<script>alert(1)</script>{0}" in texts(page(house))

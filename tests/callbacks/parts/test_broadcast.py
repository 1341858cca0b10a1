"""The wiring of the LIVE broadcast card: a picture that came into the room's folder is found without any event."""
from __future__ import annotations

from typing import Any

from dash import Dash

from callbacks.parts import broadcast as wiring
from layouts.parts import broadcast as part
from livedash.view import View
from tests.callbacks.conftest import House

STARTED = {"ts": 1_795_435_800_000, "type": "live_started", "broadcast_url": "https://video.example"}


def look(house: House) -> dict[str, Any]:
    app = Dash()
    wiring.register(app, house.rooms)
    [found] = [
        entry["callback"].__wrapped__
        for entry in app.callback_map.values()
        if "callback" in entry and part.LOOK in [given["id"] for given in entry["inputs"]]
    ]
    with house.server.app_context():
        return found({}, View("autumn", house.rooms.revision("autumn")).to_json())


def test_it_asks_what_the_picture_hangs_on(house: House) -> None:
    house.write("autumn", STARTED)
    [question] = wiring.question()
    with house.rooms.reading("autumn") as rollup:
        state, started, elsewhere = question(rollup, None)
    assert (started, elsewhere) == (STARTED["ts"], "https://video.example") and state == rollup.room.state


def test_a_picture_that_came_meanwhile_is_found(house: House) -> None:
    house.write("autumn", STARTED)
    before = look(house)
    assert before["source"]["src"] is None and before["note"] is not None
    folder = house.rooms.folder("autumn") / "broadcast"
    folder.mkdir()
    (folder / "evening.mp4").touch()
    found = look(house)
    assert found["source"]["src"] == "/media/autumn/evening.mp4" and found["note"] is None


def test_the_screen_is_given_its_picture_in_the_browser() -> None:
    app = Dash()
    wiring.register(app, None)  # type: ignore[arg-type]
    [shows] = [entry for entry in app._callback_list if [source["id"] for source in entry["inputs"]] == [part.SOURCE]]
    assert shows["clientside_function"] == {"namespace": "broadcast", "function_name": "show"}

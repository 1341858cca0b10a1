"""The wiring of the products card: what is pressed becomes a line of the room's log, or a sentence why not."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from callbacks.parts import products as wiring
from layouts.parts import products as part
from layouts.parts.chooser import chosen_id
from livedash.operate.pins import Standing
from livedash.problems import Problem
from livedash.rollup import from_folder
from livedash.rooms import Rooms
from livedash.view import View
from tests.callbacks.conftest import House
from tests.layouts.parts.text import text

START = round(time.time() * 1000) - 60_000
"""A minute ago: a LIVE that has been silent for hours counts as ended."""
LISTED = (
    {"ts": START, "type": "live_started", "title": "Autumn drop", "currency": "USD"},
    {"ts": START, "type": "product_listed", "product_id": "cream", "title": "Cream", "text": "For dry skin"},
    {"ts": START, "type": "product_listed", "product_id": "serum", "title": "Serum"},
)
ENDED = {"ts": START + 1, "type": "live_ended"}


def rollup(tmp_path: Path, *lines: dict[str, Any]) -> Any:
    room = tmp_path / "autumn"
    room.mkdir(exist_ok=True)
    written = [json.dumps({"event_id": f"e{number}", **line}) for number, line in enumerate(lines)]
    (room / "events.ndjson").write_text("\n".join(written) + "\n")
    return from_folder(room)


def callback(rooms: Rooms, source: str) -> Callable[..., Any]:
    """The function that listens to this component, without what Dash puts around it."""
    app = Dash()
    wiring.register(app, rooms)
    [found] = [
        entry["callback"].__wrapped__
        for entry in app.callback_map.values()
        if "callback" in entry and source in [given["id"] for given in entry["inputs"]]
    ]
    return found


def test_what_is_asked_of_a_room_is_every_product_and_whether_it_can_be_pinned(tmp_path: Path) -> None:
    [question] = wiring.question()
    products, pinnable = question(rollup(tmp_path, *LISTED), None)
    assert {product.product_id for product in products} == {"cream", "serum"} and pinnable
    assert question(rollup(tmp_path, *LISTED, ENDED), None)[1] is False


def test_standing_is_what_the_log_says_of_products_and_pins(tmp_path: Path) -> None:
    pin = {"ts": START, "type": "pin", "product_id": "cream"}
    standing = wiring.stand(rollup(tmp_path, *LISTED, pin))
    assert standing.products == {"cream", "serum"} and not standing.ended and not standing.several
    assert [(line["type"], line["product_id"], line["ts"]) for line in standing.pins] == [("pin", "cream", START)]
    assert wiring.stand(rollup(tmp_path, *LISTED, ENDED)).ended


@pytest.mark.parametrize(("said", "several"), [(True, True), (False, False), ("yes", False)])
def test_a_room_says_itself_that_several_may_be_pinned(tmp_path: Path, said: Any, several: bool) -> None:
    started = {**LISTED[0], "several_pins": said}
    assert wiring.stand(rollup(tmp_path, started)).several is several


@pytest.mark.parametrize("act", ["pin", "unpin"])
def test_a_pressed_button_acts_on_the_room_that_is_seen(
    house: House, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    house.write("autumn", *LISTED)
    done: list[tuple[Any, ...]] = []
    monkeypatch.setitem(wiring.ACTS, act, lambda *given: done.append(given))
    callback(house.rooms, part.ORDER)({"act": act, "product": "cream"}, View("autumn", 1).to_json())
    [(folder, product, standing, by)] = done
    assert (folder, product, by) == (house.rooms.folder("autumn"), "cream", wiring.BY)
    assert isinstance(standing, Standing) and "serum" in standing.products


def test_a_product_that_is_not_there_is_a_problem(house: House) -> None:
    house.write("autumn", *LISTED)
    with pytest.raises(Problem, match="soap"):
        callback(house.rooms, part.ORDER)({"act": "pin", "product": "soap"}, View("autumn", 1).to_json())


def test_an_act_that_no_button_has_is_refused(house: House) -> None:
    house.write("autumn", *LISTED)
    with pytest.raises(KeyError):
        callback(house.rooms, part.ORDER)({"act": "delete", "product": "cream"}, View("autumn", 1).to_json())


def test_the_script_is_that_of_the_product_asked_for(house: House) -> None:
    house.write("autumn", *LISTED)
    say = callback(house.rooms, part.SCRIPT_FOR)
    with house.server.app_context():
        said = say({"act": "script", "product": "cream"}, View("autumn", house.rooms.revision("autumn")).to_json())
    assert text(said, "|").startswith("Cream|as of ") and "For dry skin" in text(said)


def test_columns_follow_the_choice(house: House) -> None:
    house.write("autumn", *LISTED)
    choose = callback(house.rooms, chosen_id(part.ROOT))
    with house.server.app_context():
        columns = choose(["orders"], View("autumn", house.rooms.revision("autumn")).to_json())
    assert [column["colId"] for column in columns] == ["product", "orders", "actions"]

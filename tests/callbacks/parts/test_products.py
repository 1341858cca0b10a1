"""The wiring of the products card: what is asked for it, and its columns."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dash import Dash

from callbacks.parts import products as wiring
from layouts.parts import products as part
from layouts.parts.chooser import chosen_id
from livedash.rollup import from_folder
from livedash.rooms import Rooms
from livedash.view import View
from tests.callbacks.conftest import House

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


def test_columns_follow_the_choice(house: House) -> None:
    house.write("autumn", *LISTED)
    choose = callback(house.rooms, chosen_id(part.ROOT))
    with house.server.app_context():
        columns = choose(["orders"], View("autumn", house.rooms.revision("autumn")).to_json())
    assert [column["colId"] for column in columns] == ["product", "orders", "actions"]

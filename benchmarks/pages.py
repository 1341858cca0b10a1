"""What an open page costs the server: the answer of a tab after new lines, as the app sends it, compressed."""
from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from dash._utils import split_callback_id
from dash.development.base_component import Component

import app as entry
from benchmarks.generate import START, lines
from callbacks.shell import PANELS
from livedash.locale import Words
from livedash.rollup.ingest import Ingester
from livedash.settings import Settings
from livedash.view import View

ADDRESS = "/_dash-update-component"
HOUR = 3_600_000
COMMENTS = 200_000


class Pages:
    """The app over a data directory of its own, with one room that grows."""

    def __init__(self, data: Path, made: list[bytes]) -> None:
        self.settings = Settings(data=data, demo=False)
        self.log = self.settings.rooms / "bench" / "events.ndjson"
        self.log.parent.mkdir(parents=True)
        self.log.touch()
        self.app = entry.create_app(self.settings)
        self.client = self.app.server.test_client()
        self.ingester = Ingester(self.settings.rooms, self.settings.cache)
        self.view = View("bench", 0)
        self.write(made)

    def write(self, more: list[bytes]) -> None:
        """Append to the log, and read it."""
        with self.log.open("ab") as log:
            log.writelines(more)
        self.ingester.refresh()
        self.view = replace(self.view, revision=self.view.revision + 1)

    def answer(self, tab: str, **chosen: Any) -> bytes:
        """What the tab is sent for its View. chosen: what else is set than at first, by id."""
        view = f"{tab}-view"
        body = json.dumps(self.question(view, {view: self.view.to_json(), **chosen}, PANELS[tab](Words("en"))))
        answer = self.client.post(
            ADDRESS, data=body, content_type="application/json", headers={"Accept-Encoding": "gzip"}
        )
        if answer.status_code != 200:
            raise SystemExit(f"The {tab} tab is not answered: {answer.status}")
        return bytes(answer.data)

    def question(self, store: str, known: dict[str, Any], built: Component | None = None) -> dict[str, Any]:
        """What a page sends when the store's data is new. known: values by id, or by id and property; others are as in
        what was built."""
        [key] = [
            key
            for key, one in self.app.callback_map.items()
            if one.get("callback") and one["inputs"] and one["inputs"][0] == {"id": store, "property": "data"}
        ]
        found = {part.id: part for part in _walk(built) if isinstance(getattr(part, "id", None), str)}

        def given(one: dict[str, str]) -> dict[str, Any]:
            usual = getattr(found.get(one["id"]), one["property"], None)
            value = known.get(f"{one['id']}.{one['property']}", known.get(one["id"], usual))
            return {**one, "value": value}

        callback = self.app.callback_map[key]
        return {
            "output": key,
            "outputs": split_callback_id(key),
            "inputs": [given(one) for one in callback["inputs"]],
            "state": [given(one) for one in callback["state"]],
            "changedPropIds": [f"{store}.data"],
        }


def _walk(built: Any) -> Iterator[Component]:
    if isinstance(built, (list, tuple)):
        for part in built:
            yield from _walk(part)
    elif isinstance(built, Component):
        yield built
        for name in built._prop_names:
            yield from _walk(getattr(built, name, None))


def talkative() -> list[bytes]:
    """Two hours in which much is said, and little else happens."""
    first = {"event_id": "s", "ts": START, "type": "live_started", "title": "Talk", "currency": "USD"}
    said = ({
        "event_id": f"c{i}", "ts": START + i * 36, "type": "comment", "user_id": f"u{i % 9973}",
        "text": f"does number {i % 997} last all day?" if i % 5 == 0 else f"love the glow of number {i % 997}",
    } for i in range(COMMENTS))  # fmt: skip
    return [json.dumps(one).encode() + b"\n" for one in (first, *said)]


def long_day(events: int) -> list[bytes]:
    """The busy LIVE over 16 hours instead of two."""
    return lines(events, 16 * HOUR)

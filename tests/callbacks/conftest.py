"""A small app over a data directory of its own, with rooms written line by line and read by an ingester."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient

import app as entry
from livedash.rollup.ingest import Ingester
from livedash.rooms import Rooms
from livedash.settings import Settings


class House:
    """A data directory with its rooms, its ingester and its app."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(data=data, demo=False)
        self.settings.rooms.mkdir(parents=True)
        self.rooms = Rooms(self.settings.rooms, self.settings.cache)
        self.app: Dash = entry.create_app(self.settings)
        self._lines = 0

    @property
    def server(self) -> Flask:
        return self.app.server

    @property
    def client(self) -> FlaskClient:
        return self.server.test_client(use_cookies=False)

    def write(self, room: str, *lines: dict[str, Any] | str) -> None:
        """Append lines to the room's log and read them."""
        folder = self.settings.rooms / room
        folder.mkdir(exist_ok=True)
        with (folder / "events.ndjson").open("a", encoding="utf-8") as log:
            for line in lines:
                self._lines += 1
                text = line if isinstance(line, str) else json.dumps({"event_id": f"e{self._lines}", **line})
                log.write(text + "\n")
        self.read()

    def read(self) -> None:
        ingester = Ingester(self.settings.rooms, self.settings.cache)
        ingester.refresh()
        ingester._beat()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    yield House(tmp_path)

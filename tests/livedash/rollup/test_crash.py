"""An ingester is killed at any moment, again and again, while its log grows: nothing is lost, and nothing double."""
from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from livedash.rollup import from_folder
from livedash.rollup import ingest as ingest_module
from livedash.rollup.ingest import Ingester
from livedash.rollup.read import RoomReader
from tests.livedash.build import START
from tests.livedash.rollup.watched import adds_up, figures, total

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to be killed")

KINDS = ("view", "like", "leave", "product_click", "comment", "order_paid", "pin")


def told(first: int, last: int) -> bytes:
    """Lines of every kind, some of them twice, a few of them bad."""
    rows = []
    for i in range(first, last):
        kind = KINDS[i % len(KINDS)]
        said = {"event_id": f"e{i}", "ts": START + i * 10 - (i % 13) * 5000, "type": kind, "user_id": f"u{i * i % 97}"}
        if kind == "order_paid":
            said |= {"price": "0.10", "order_id": f"o{i % 50}", "product_id": f"p{i % 9}", "currency": "EUR"}
        elif kind in ("comment", "pin", "product_click"):
            said |= {"text": "晚上好", "product_id": f"p{i % 9}", "source": f"channel {i % 4}"}
        row = json.dumps(said, ensure_ascii=False).encode() + b"\n"
        rows.append(row * (2 if i % 31 == 0 else 1) + (b"oops\n" if i % 101 == 0 else b""))
    return b"".join(rows)


def start(data: Path) -> int:
    """An ingester in a process of its own; its number."""
    child = os.fork()
    if not child:
        try:
            Ingester(data / "rooms", data / "cache").run(threading.Event(), every=0.002)
        finally:
            os._exit(1)
    return child


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended by itself before it was killed"


def portions(lines: int, kills: int, chance: random.Random) -> Iterator[bytes]:
    """The log in as many portions as there are kills, cut anywhere, inside lines too."""
    data = told(0, lines)
    cuts = sorted(chance.sample(range(1, len(data)), kills - 1))
    for first, last in zip([0, *cuts], [*cuts, len(data)], strict=True):
        yield data[first:last]


def killed_again_and_again(data: Path, lines: int, kills: int, chance: random.Random) -> None:
    folder = data / "rooms" / "room"
    folder.mkdir(parents=True)
    reader = RoomReader("room", data / "cache" / "rooms" / "room")
    seen = 0
    for portion in portions(lines, kills, chance):
        child = start(data)
        at = 0
        while at < len(portion):
            step = chance.randrange(1, max(2, len(portion) // 3))
            with open(folder / "events.ndjson", "ab") as file:
                file.write(portion[at : at + step])
            at += step
            time.sleep(chance.random() * 0.02)  # what is tested here is the moment of the kill
        kill(child)
        rollup = reader.refresh()
        adds_up(rollup)
        assert rollup.log.total.lines >= seen
        seen = rollup.log.total.lines
    begun = time.monotonic()
    Ingester(data / "rooms", data / "cache").refresh()
    rollup = reader.refresh()
    assert time.monotonic() - begun < 5 * 10, "caught up in seconds (ten times the promise, for a busy machine)"
    once = from_folder(folder)
    assert total(rollup) == total(once)
    assert figures(rollup) == figures(once)
    assert not list((data / "cache" / "rooms").glob("*.damaged-*"))


def test_ten_kills_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "BATCH", 100)
    killed_again_and_again(tmp_path, 4000, 10, random.Random(10))


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "BATCH", 500)
    killed_again_and_again(tmp_path, 200_000, 200, random.Random(200))

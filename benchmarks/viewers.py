"""Many viewers of one running LIVE: whether each of them is answered in time, and what that costs the server against as
many viewers of a callback that does nothing."""
from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.generate import lines
from benchmarks.pages import ADDRESS, Pages
from benchmarks.server import Server, app_over, running
from callbacks.shell import PANELS
from layouts import key_data, shell
from livedash.locale import Words

VIEWERS, SECONDS = 200, 30
HISTORY, A_SECOND = 50_000, 100
"""Lines there are at first, and lines written each second."""
PACKED = {"Accept-Encoding": "gzip"}
BARE = """
from dash import Dash, Input, Output, dcc, html
from waitress.server import create_server
app = Dash("bare")
app.layout = html.Div([dcc.Interval(id="tick"), html.Div(id="said")])
app.callback(Output("said", "children"), Input("tick", "n_intervals"))(str)
server = create_server(app.server, host="127.0.0.1", port=0, threads=8, connection_limit=1000)
print(f"http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """waits: seconds that each refresh took; news: how many of them brought something; cores: what the server took."""

    waits: list[float]
    news: int
    cores: float

    @property
    def lost(self) -> int:
        """Refreshes that were not over when the next one was due."""
        return sum(wait > 1 for wait in self.waits)


class Viewer:
    """A connection to the server, over which a page asks."""

    def __init__(self, server: Server) -> None:
        self.line = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)

    def post(self, body: str, headers: dict[str, str]) -> bytes:
        """The answer to a callback; empty where it says that nothing changes."""
        self.line.request("POST", ADDRESS, body, {"Content-Type": "application/json", **headers})
        answer = self.line.getresponse()
        said = answer.read()
        if answer.status not in (200, 204):
            raise SystemExit(f"A viewer was answered {answer.status}: {said[:200]!r}")
        return said


class KeyData(Viewer):
    """A page that shows Key data: it asks whether there is news, and if so for the whole tab."""

    def __init__(self, server: Server, pages: Pages, refresh: Callable[[str], str]) -> None:
        super().__init__(server)
        self.refresh = refresh
        at = {f"{shell.ADDRESS}.search": "", f"{shell.ADDRESS}.pathname": "/rooms/bench/key-data"}
        self.known: dict[str, Any] = {
            shell.ASKED: 1, shell.THEME: "light", shell.VIEW: pages.view.to_json(), shell.FRESH: {"told": {}}, **at
        }  # fmt: skip
        self.tick = pages.question(shell.ASKED, self.known)

    def look(self) -> bool:
        """One refresh. Returns whether there was something new."""
        for one in (*self.tick["inputs"], *self.tick["state"]):
            one["value"] = self.known.get(one["id"], one["value"])
        said = self.post(json.dumps(self.tick), {})
        news = json.loads(said)["response"] if said else {}
        self.known |= {store: news[store]["data"] for store in (shell.FRESH, shell.VIEW) if store in news}
        if shell.VIEW not in news:
            return False
        self.post(self.refresh(json.dumps(news[shell.VIEW]["data"])), PACKED)
        return True


class Bare(Viewer):
    """A page of a Dash that only counts."""

    BODY = json.dumps({
        "output": "said.children", "outputs": {"id": "said", "property": "children"},
        "inputs": [{"id": "tick", "property": "n_intervals", "value": 1}], "changedPropIds": ["tick.n_intervals"],
    })  # fmt: skip

    def look(self) -> bool:
        return bool(self.post(self.BODY, {}))


def watched(folder: Path) -> tuple[Watched, Watched]:
    """VIEWERS of Key data of a LIVE, in which A_SECOND lines are written each second; and as many of a bare Dash."""
    made = lines(HISTORY + A_SECOND * (SECONDS + 30))
    pages = Pages(folder, made[:HISTORY])
    template = json.dumps(pages.question(key_data.VIEW, {key_data.VIEW: "the view"}, PANELS["key-data"](Words("en"))))

    @lru_cache(maxsize=8)
    def refresh(view: str) -> str:
        return template.replace('"the view"', view)

    with app_over(folder) as server:
        over = threading.Event()
        writer = threading.Thread(target=_write, args=(pages.log, made[HISTORY:], over))
        writer.start()
        try:
            live = _watch(server, [KeyData(server, pages, refresh) for _ in range(VIEWERS)])
        finally:
            over.set()
            writer.join()
    with running([sys.executable, "-c", BARE]) as server:
        bare = _watch(server, [Bare(server) for _ in range(VIEWERS)])
    return live, bare


def _watch(server: Server, viewers: list[Any]) -> Watched:
    """Every viewer looks once a second, each at a time of its own."""
    start = time.monotonic() + 1

    def watch(number: int) -> tuple[list[float], int]:
        waits, news = [], 0
        viewers[number].look()
        for second in range(SECONDS):
            due = start + second + number / len(viewers)
            time.sleep(max(0.0, due - time.monotonic()))
            news += viewers[number].look()
            waits.append(time.monotonic() - due)
        return waits, news

    with ThreadPoolExecutor(len(viewers)) as pool:
        began, used = time.monotonic(), server.cpu_seconds()
        found = list(pool.map(watch, range(len(viewers))))
        cores = (server.cpu_seconds() - used) / (time.monotonic() - began)
    return Watched([wait for waits, _ in found for wait in waits], sum(news for _, news in found), cores)


def _write(log: Path, coming: list[bytes], over: threading.Event) -> None:
    at = 0
    while not over.wait(1) and at < len(coming):
        with log.open("ab") as file:
            file.writelines(coming[at : at + A_SECOND])
        at += A_SECOND

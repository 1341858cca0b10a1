"""A real Chromium on the real app. The app is started as a seller starts it, on logs that the tests write, and is asked
for nothing that a person could not do; every page is watched for other hosts, dialogs and script errors."""
from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect, sync_playwright

from tests.browser.lives import MINUTE, Log, busy, hostile, now_ms
from tests.house.trees import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
REFRESH_S = 0.4
IN_VAIN = ["TimeoutError", "TargetClosedError", "Target crashed", "(Locator|Page) expected"]
"""What Playwright says where it waited in vain."""
PATIENCE_MS = 90_000
"""Every wait ends with what it waits for; this is only for when that never comes, on a slow machine too."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that waited in vain for the browser is tried once more, and the summary names it and shows why: on a busy
    machine Chromium itself may stall or crash. What fails twice fails, and what was found to be wrong (another host, a
    script error, a figure) fails at once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=IN_VAIN))


@dataclass
class App:
    """The running app: its address, its rooms' folder."""

    address: str
    rooms: Path

    def room(self, room: str, tab: str = "key-data") -> str:
        return f"{self.address}/rooms/{room}/{tab}"


@dataclass
class Watch:
    """What a page did that it must not do."""

    host: str
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.foreign.append(request.url)

    def dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[[], Browser]]:
    """Gives the one Chromium of all tests, and a new one where that has crashed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("The browser tests need Chromium. On Debian: sudo apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def running() -> Browser:
            if not started or not started[-1].is_connected():
                started.append(playwright.chromium.launch(executable_path=found, args=FLAGS))
            return started[-1]

        yield running
        for browser in started:
            browser.close()


@pytest.fixture
def browser(chromium: Callable[[], Browser]) -> Browser:
    return chromium()


def started(data: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """The app on a free port, and the address that it says it listens at."""
    command = [sys.executable, "app.py", "--data", str(data), "--port", "0", "--refresh", str(REFRESH_S), *options]
    log = (data / "app.log").open("w")
    app = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
    assert app.stdout is not None
    said = _first_line(app.stdout)
    address = re.search(r"http://[\d.]+:\d+", said)
    if address is None:
        app.kill()
        app.wait()
        pytest.fail(f"The app did not start: {said}{(data / 'app.log').read_text()}", pytrace=False)
    return app, address[0]


def _first_line(stream: IO[str]) -> str:
    return next((line for line in stream if "http://" in line), "")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for all tests, without a demo. Tests add rooms of their own."""
    data = tmp_path_factory.mktemp("data")
    (data / "rooms").mkdir()
    process, address = started(data, "--no-demo")
    yield App(address, data / "rooms")
    process.terminate()
    assert process.wait(timeout=60) == 0, "the app ends in order when it is told to"


@pytest.fixture(scope="session")
def ended(app: App) -> str:
    """A room whose LIVE ended an hour ago."""
    log = Log(app.rooms, "ended-room")
    start = now_ms() - 70 * MINUTE
    log.write(*busy(start, title="Spring sale"), {"ts": start + 10 * MINUTE, "type": "live_ended"})
    return log.room


@pytest.fixture(scope="session")
def hostile_room(app: App) -> str:
    """A running LIVE of hostile text, in a file with a hostile name, some of its lines unreadable."""
    log = Log(app.rooms, "hostile-room", "<img src=x onerror=alert(1)>.ndjson")
    log.write(*hostile(now_ms() - 10 * MINUTE))
    log.garble("<script>alert(1)</script>")
    return log.room


@pytest.fixture
def own_room(app: App, request: pytest.FixtureRequest) -> str:
    """The name of a room that is this test's own, each time that it is tried."""
    tried = getattr(request.node, "execution_count", 1)
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', request.node.name)[:55]}-{tried}"


@pytest.fixture
def live(app: App, own_room: str) -> Log:
    """A running LIVE of this test's own, ten minutes old."""
    log = Log(app.rooms, own_room)
    log.write(*busy(now_ms() - 10 * MINUTE))
    return log


@pytest.fixture
def page(browser: Browser, app: App) -> Iterator[Page]:
    """A fresh visitor. When the test is over, the page must have kept to its own host and thrown nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US", timezone_id="UTC")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    watch = Watch(urlsplit(app.address).netloc)
    page.on("request", watch.request)
    page.on("dialog", watch.dialog)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    yield page
    context.close()
    assert watch.foreign == [] and watch.dialogs == [] and watch.errors == []

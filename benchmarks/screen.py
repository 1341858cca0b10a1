"""From a line in the log to the screen, and what an open page costs the browser: the real app, a Chromium that has Key
data open, and a writer that goes on all the while."""
from __future__ import annotations

import json
import random
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import LENGTH, START, lines
from benchmarks.server import app_over
from layouts.addresses import TABS

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
HISTORY = 100_000
A_SECOND, EVERY_S = 1000, 0.02
"""Lines a second that are written, and how often some of them are."""
MARKS, APART_S = 60, (1.0, 3.0)
"""Orders whose way to the screen is timed, and how far they lie apart."""
WATCHED_S, SETTLED_S = 15, 5
"""How long it is watched how busy the browser is, and how long a tab that was opened is left to settle."""
TS = re.compile(rb'"ts":(\d+)')
ORDERS = ".tile[data-key='orders'] .tile-value"
WATCH = """selector => {
    const tile = document.querySelector(selector);
    window.drawn = new Map();
    new MutationObserver(() => {
        const said = document.querySelector(selector).textContent;
        const note = () => window.drawn.has(said) || window.drawn.set(said, Date.now());
        requestAnimationFrame(() => setTimeout(note));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    return tile.textContent;
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """waits: seconds from appending an order until the tile that counts it is painted, for each of MARKS orders; alone,
    with_all: cores that the page's main thread takes while Key data alone was opened, and after all tabs were."""

    waits: list[float]
    alone: float
    with_all: float


def watched(folder: Path) -> Seen:
    """Key data in a browser while A_SECOND lines come each second."""
    made = [line for line in lines(HISTORY * 4) if b'"order_paid"' not in line]
    log = folder / "rooms" / "bench" / "events.ndjson"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"".join(_retimed(made[:HISTORY], _now_ms() - START - LENGTH)))
    with app_over(folder) as server, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        if found is None:
            raise SystemExit("Timing the screen needs Chromium. On Debian: sudo apt-get install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.address}/rooms/bench/key-data")
        page.wait_for_function("selector => document.querySelector(selector)?.textContent", arg=ORDERS)
        with _written_all_the_while(log, made[HISTORY:]):
            waits = list(_timed(page, log))
            alone = _cores(page)
            for tab in (*TABS[1:], TABS[0]):
                page.locator(f"nav a[href*='/{tab}']").click()
                page.wait_for_timeout(SETTLED_S * 1000)
            return Seen(waits, alone, _cores(page))


def _cores(page: Page) -> float:
    """What the page's main thread takes, as Chromium itself counts it."""
    talk = page.context.new_cdp_session(page)
    talk.send("Performance.enable")

    def taken() -> float:
        metrics = talk.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

    before, start = taken(), time.monotonic()
    page.wait_for_timeout(WATCHED_S * 1000)
    return (taken() - before) / (time.monotonic() - start)


def _timed(page: Page, log: Path) -> Iterator[float]:
    orders = log.with_name("orders.ndjson")
    _order(orders, 0)
    page.wait_for_function("selector => document.querySelector(selector)?.textContent === '1'", arg=ORDERS)
    page.evaluate(WATCH, ORDERS)
    chance = random.Random(1)
    for number in range(1, MARKS + 1):
        time.sleep(chance.uniform(*APART_S))
        written = _order(orders, number)
        page.wait_for_function("said => window.drawn.has(said)", arg=str(number + 1))
        yield (page.evaluate("said => window.drawn.get(said)", str(number + 1)) - written) / 1000


def _order(file: Path, number: int) -> int:
    """Append an order. Returns when that was (epoch ms)."""
    now = _now_ms()
    order = {
        "event_id": f"timed-{number}", "ts": now, "type": "order_paid", "order_id": f"timed-{number}", "user_id": "u1",
        "product_id": "1729384756000000000", "price": "1.00", "currency": "USD",
    }  # fmt: skip
    with file.open("a", encoding="utf-8") as log:
        log.write(json.dumps(order) + "\n")
    return now


@contextmanager
def _written_all_the_while(log: Path, coming: list[bytes]) -> Iterator[None]:
    """Lines of now are appended, so many a second, until what stands inside is done."""
    done = threading.Event()

    def write() -> None:
        start, at = time.monotonic(), 0
        with log.open("ab", buffering=0) as file:
            while not done.wait(EVERY_S) and at < len(coming):
                until = min(len(coming), int((time.monotonic() - start) * A_SECOND))
                now = str(_now_ms()).encode()
                file.write(b"".join(TS.sub(b'"ts":' + now, line) for line in coming[at:until]))
                at = until

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def _retimed(made: list[bytes], by_ms: int) -> list[bytes]:
    return [TS.sub(lambda found: b'"ts":%d' % (int(found[1]) + by_ms), line, count=1) for line in made]


def _now_ms() -> int:
    return round(time.time() * 1000)

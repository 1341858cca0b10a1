"""livedash in a frame of another page, as an intranet shows it: all is seen, and nothing is done."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from layouts import shell
from layouts.parts import products
from tests.browser.conftest import started
from tests.browser.lives import MINUTE, Log, busy, now_ms


@pytest.fixture
def intranet() -> Iterator[tuple[str, list[str]]]:
    """A page of another origin, and the address that it is to show in a frame."""
    shows: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<iframe src='{shows[0]}' width='1300' height='900'></iframe>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", shows
    server.shutdown()
    server.server_close()


def test_in_a_frame_it_is_read_and_not_acted_from(
    browser: Browser, intranet: tuple[str, list[str]], tmp_path: Path
) -> None:
    outer, shows = intranet
    room = Log(tmp_path / "rooms", "embedded")
    room.write(*busy(now_ms() - 10 * MINUTE))
    process, address = started(tmp_path, "--no-demo", "--embed-in", outer)
    try:
        shows.append(f"{address}/rooms/{room.room}/key-data")
        page = browser.new_page(viewport={"width": 1400, "height": 960})
        page.goto(outer)
        inner = page.frame_locator("iframe")
        expect(inner.locator(".tile[data-key='views'] .tile-value")).to_have_text("30")
        inner.locator(f"[id='{products.GRID}']").get_by_role("button", name="Pin ").first.click()
        expect(inner.locator(f"[id='{shell.TOAST_TEXT}']")).to_contain_text("can only be read")
        assert not (room.path.parent / "operator.ndjson").exists()
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=60)

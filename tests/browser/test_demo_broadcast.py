"""The demo's own broadcast in a real browser: it plays over the joints of its clips, and can be sought."""
from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from livedash.sources.broadcast import PLAYLIST, Broadcast, furnish
from livedash.sources.script import DURATION, SECOND, plan
from tests.browser.conftest import PATIENCE_MS
from tests.livedash.sources.conftest import EVENING

LIVE = plan(5, EVENING)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A room with its whole broadcast, served by nothing of ours."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {  # noqa: RUF012 (as in the class it comes from)
            ".m3u8": "application/vnd.apple.mpegurl",
            ".mp4": "video/mp4",
            ".m4s": "video/iso.segment",
        }

        def log_message(self, *_: object) -> None:
            pass

    furnish(tmp_path)
    Broadcast(tmp_path, LIVE).advance(DURATION)
    (tmp_path / "page.html").write_text(f'<video src="broadcast/{PLAYLIST}" muted autoplay></video>')
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html"
    server.shutdown()


def test_it_plays_over_the_joints_and_seeks(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.wait_for_function("document.querySelector('video').duration === 7200")
    joint = LIVE.pins[1].start // (5 * SECOND) * 5 + 5
    for second in (joint - 0.5, 7000):
        page.evaluate("second => { document.querySelector('video').currentTime = second }", second)
        page.wait_for_function(
            "s => { const v = document.querySelector('video'); return v.currentTime > s + 1 && !v.error }", arg=second
        )
    page.close()

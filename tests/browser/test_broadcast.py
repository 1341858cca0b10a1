"""The LIVE broadcast in a real browser: the room's own stream plays, and nothing but its reader restarts it."""
from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from layouts.parts import broadcast as part
from tests.browser.conftest import App
from tests.browser.lives import Log, now_ms
from tests.browser.screen import by_id, open_room, tile
from tests.house.trees import ROOT

CLIPS = ROOT / "data" / "demo" / "broadcast"
START = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:5
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-MAP:URI="header.mp4"
"""


@pytest.fixture
def screen(live: Log) -> Path:
    """The room's broadcast folder with a stream of twenty seconds that goes on."""
    folder = live.path.parent / "broadcast"
    folder.mkdir()
    for clip in [CLIPS / "header.mp4", *CLIPS.glob("host-*.m4s")]:
        shutil.copy(clip, folder)
    release(folder)
    return folder


FROM_THE_FIFTH_SECOND = re.compile(r"^00:00:(0[5-9]|1\d|20)$")


def release(folder: Path, *more: str) -> None:
    segments = "".join(f"#EXTINF:5.000,\nhost-{part}.m4s\n" for part in range(4))
    (folder / "live.m3u8").write_text(START + segments + "".join(f"{line}\n" for line in more))


def test_the_stream_plays_muted_and_no_refresh_restarts_it(page: Page, app: App, live: Log, screen: Path) -> None:
    open_room(page, app, live)
    video = by_id(page, part.VIDEO)
    expect(video).to_be_visible()
    page.wait_for_function("id => document.getElementById(id)?.currentTime > 0.3", arg=part.VIDEO)
    assert video.evaluate("video => video.muted")
    expect(by_id(page, part.NOW)).to_be_visible()
    expect(by_id(page, part.CLOCK)).to_have_text(FROM_THE_FIFTH_SECOND)  # it joins three segments before the end
    video.evaluate("video => { video.loads = 0; video.addEventListener('loadstart', () => { video.loads += 1; }); }")
    for count in range(31, 34):
        live.write({"type": "view", "user_id": f"late-{count}"})
        expect(tile(page, "views")).to_have_text(str(count))
    assert video.evaluate("video => video.loads") == 0
    by_id(page, part.NOW).click()
    page.wait_for_function("id => document.getElementById(id).loads === 1", arg=part.VIDEO)


def test_an_ended_stream_waits_to_be_played_and_can_be_sought(page: Page, app: App, live: Log, screen: Path) -> None:
    release(screen, "#EXT-X-ENDLIST")
    live.write({"type": "live_ended"})
    open_room(page, app, live)
    page.wait_for_function("id => document.getElementById(id)?.readyState > 0", arg=part.VIDEO)
    assert by_id(page, part.VIDEO).evaluate("video => video.paused && video.seekable.end(0) > 19")
    expect(by_id(page, part.CLOCK)).to_have_text("00:00:00 / 00:00:20")
    expect(by_id(page, part.NOW)).to_be_hidden()


def test_without_a_picture_it_says_how_to_add_one(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    expect(by_id(page, part.NOTE)).to_contain_text(f"{live.room}/broadcast")
    expect(by_id(page, part.VIDEO)).to_be_hidden()


def test_an_address_elsewhere_is_told_and_not_loaded(page: Page, app: App, live: Log) -> None:
    elsewhere = {"type": "live_started", "title": "Elsewhere", "broadcast_url": "https://video.example/live.m3u8"}
    live.write(elsewhere | {"ts": now_ms() - 5 * 60_000})
    open_room(page, app, live)
    link = by_id(page, part.ELSEWHERE).get_by_role("link")
    expect(link).to_have_attribute("href", "https://video.example/live.m3u8")
    assert by_id(page, part.VIDEO).evaluate("video => video.src") == ""


def test_a_browser_that_plays_no_streams_is_told_so(page: Page, app: App, live: Log, screen: Path) -> None:
    page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
    open_room(page, app, live)
    expect(by_id(page, part.CANNOT)).to_be_visible()
    expect(by_id(page, part.VIDEO)).to_be_hidden()

"""A room's broadcast and pictures are given out with ranges; nothing outside the room ever is."""
from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.callbacks.conftest import House

OUTSIDE = [
    "../secret.mp4", "..%2fsecret.mp4", "%2e%2e/secret.mp4", "....//secret.mp4", "..\\secret.mp4", "%2fetc%2fpasswd",
    "/etc/passwd", "//etc/passwd", "a/../../secret.mp4", "a/%2e%2e/%2e%2e/secret.mp4", "%00.mp4", "video.mp4%00.png",
    "C:\\secret.mp4", "link.mp4", "folder", "", ".", "..", "video.py", "events.ndjson", "~root/x.mp4",
    "..%252fsecret.mp4", "%c0%ae%c0%ae/secret.mp4", "\u2025/secret.mp4", "video.mp4 ", "a" * 300 + ".mp4",
]  # fmt: skip


@pytest.fixture
def broadcast(house: House) -> Path:
    house.write("autumn", {"ts": 1_764_000_000_000, "type": "view"})
    room = house.settings.rooms / "autumn"
    (room / "broadcast" / "folder").mkdir(parents=True)
    (room / "broadcast" / "video.mp4").write_bytes(bytes(range(100)))
    (room / "broadcast" / "live.m3u8").write_text("#EXTM3U\n")
    (room / "broadcast" / "video.py").write_text("secret")
    (room / "secret.mp4").write_text("secret")
    (room.parent / "secret.mp4").write_text("secret")
    (room / "products").mkdir()
    (room / "products" / "7.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (room / "broadcast" / "link.mp4").symlink_to(room.parent / "secret.mp4")
    return room / "broadcast"


def test_a_video_is_given_whole_and_in_ranges(house: House, broadcast: Path) -> None:
    whole = house.client.get("/media/autumn/video.mp4")
    assert whole.status_code == 200 and whole.mimetype == "video/mp4" and whole.data == bytes(range(100))
    part = house.client.get("/media/autumn/video.mp4", headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and part.data == bytes(range(10, 20))
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    assert house.client.get("/media/autumn/video.mp4", headers={"Range": "bytes=500-"}).status_code == 416


def test_a_live_playlist_is_asked_for_anew(house: House, broadcast: Path) -> None:
    playlist = house.client.get("/media/autumn/live.m3u8")
    assert playlist.mimetype == "application/vnd.apple.mpegurl" and playlist.headers["Cache-Control"] == "no-cache"


def test_a_running_stream_is_given_as_it_stands(house: House, broadcast: Path) -> None:
    closed = house.client.get("/media/autumn/live.m3u8?so-far=1")
    assert closed.text.endswith("#EXT-X-ENDLIST\n") and closed.headers["Cache-Control"] == "no-cache"
    assert "sandbox" in closed.headers["Content-Security-Policy"]
    video = house.client.get("/media/autumn/video.mp4?so-far", headers={"Range": "bytes=10-19"})
    assert video.data == bytes(range(10, 20))


def test_a_product_s_picture_runs_nothing(house: House, broadcast: Path) -> None:
    picture = house.client.get("/images/autumn/products/7.svg")
    assert picture.status_code == 200 and picture.mimetype == "image/svg+xml"
    assert (
        "sandbox" in picture.headers["Content-Security-Policy"]
        and "script-src" not in picture.headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("route", ["media", "images"])
def test_nothing_outside_is_given_out(house: House, broadcast: Path, route: str, path: str) -> None:
    answer = house.client.get(f"/{route}/autumn/{path}")
    assert b"secret" not in answer.data and b"root:" not in answer.data
    if answer.status_code == 200:  # an address that is none of these routes gives the page that says so
        assert answer.mimetype == "text/html"


@pytest.mark.parametrize(
    "room", ["..", ".", "%2e%2e", "nobody", "..%2f..", "autumn%2f..%2fautumn", "a b", "\x00", "x" * 65]
)
def test_no_room_is_found_by_a_trick(house: House, broadcast: Path, room: str) -> None:
    answer = house.client.get(f"/media/{room}/video.mp4")
    assert answer.status_code in (404, 308, 400) or answer.mimetype == "text/html"
    assert answer.data != bytes(range(100))


def test_the_style_comes_from_here(house: House) -> None:
    style = house.client.get("/vendor/bootstrap.css")
    assert style.mimetype == "text/css" and b"Bootstrap" in style.data[:200]


def test_large_answers_are_packed_for_browsers_that_take_it(house: House) -> None:
    packed = house.client.get("/_dash-dependencies", headers={"Accept-Encoding": "gzip, br"})
    plain = house.client.get("/_dash-dependencies")
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) < len(plain.data) / 4
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in house.client.get("/health", headers={"Accept-Encoding": "gzip"}).headers

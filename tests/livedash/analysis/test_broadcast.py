"""What there is to watch of a room."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from livedash.analysis.broadcast import Broadcast, broadcast
from livedash.rollup.room import RoomHeader

STARTED = 1_790_000_000_000
HEADER = RoomHeader("autumn", "Autumn drop", "Luna", "live", STARTED, None, "USD", "UTC")
NOTHING = Broadcast("none", live_from=STARTED)
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nsegment-0.ts\n"


def room(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "broadcast").mkdir()
    for name, text in files.items():
        (tmp_path / "broadcast" / name.replace("_", ".")).write_text(text)
    return tmp_path


def test_a_room_without_pictures_has_nothing_to_watch(tmp_path: Path) -> None:
    assert broadcast(tmp_path, HEADER) == NOTHING
    assert broadcast(room(tmp_path, notes_txt=""), HEADER) == NOTHING


def test_a_stream_goes_before_a_recording(tmp_path: Path) -> None:
    both = room(tmp_path, a_mp4="", live_m3u8=PLAYLIST)
    assert broadcast(both, HEADER) == Broadcast("stream", "live.m3u8", True, STARTED, STARTED)


def test_a_recording_is_one_that_browsers_play(tmp_path: Path) -> None:
    assert broadcast(room(tmp_path, a_mkv="", b_WEBM=""), HEADER) == Broadcast("recording", "b.WEBM", False, STARTED, STARTED)


def test_the_index_is_what_leads_to_the_others(tmp_path: Path) -> None:
    several = room(tmp_path, audio_m3u8=PLAYLIST, index_m3u8=PLAYLIST)
    assert broadcast(several, HEADER).file == "index.m3u8"


@pytest.mark.parametrize(("text", "state", "growing"), [
    (PLAYLIST, "live", True),
    (PLAYLIST, "paused", True),
    (PLAYLIST + "#EXT-X-ENDLIST\n", "live", False),
    (PLAYLIST.replace("\n", "\r\n") + "#EXT-X-ENDLIST", "live", False),
    (PLAYLIST, "ended", False),
])  # fmt: skip
def test_a_stream_grows_until_it_or_the_room_says_that_it_has_ended(
    tmp_path: Path, text: str, state: str, growing: bool
) -> None:
    assert broadcast(room(tmp_path, live_m3u8=text), replace(HEADER, state=state)).growing is growing


@pytest.mark.parametrize(("written", "starts_at"), [
    ("2026-11-23T19:00:02.500+08:00", 1_795_431_602_500),
    ("2026-11-23T11:00:02.500Z", 1_795_431_602_500),
    ("2026-11-23T11:00:02", STARTED),
    ("yesterday", STARTED),
])  # fmt: skip
def test_the_playlist_ties_the_picture_to_the_clock(tmp_path: Path, written: str, starts_at: int) -> None:
    text = PLAYLIST.replace("#EXTINF", f"#EXT-X-PROGRAM-DATE-TIME:{written}\n#EXTINF")
    assert broadcast(room(tmp_path, live_m3u8=text), HEADER).starts_at == starts_at


def test_a_list_of_lists_is_as_ended_as_the_list_it_names(tmp_path: Path) -> None:
    index = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow.m3u8\n"
    lists = room(tmp_path, index_m3u8=index, low_m3u8=PLAYLIST + "#EXT-X-ENDLIST\n")
    assert broadcast(lists, HEADER) == Broadcast("stream", "index.m3u8", False, STARTED, STARTED)


def test_a_list_of_lists_leads_nowhere_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.m3u8").write_text(PLAYLIST + "#EXT-X-ENDLIST\n")
    index = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\n../secret.m3u8\n"
    assert broadcast(room(tmp_path, index_m3u8=index), HEADER).growing is True


@pytest.mark.parametrize(("address", "told"), [
    ("https://example.org/live", "https://example.org/live"),
    ("broadcast/playlist.m3u8", None),
    ("javascript:alert(1)", None),
    ("//example.org", None),
    ("http://[broken", None),
    (None, None),
])  # fmt: skip
def test_an_address_elsewhere_is_told_if_it_is_a_web_one(tmp_path: Path, address: str | None, told: str | None) -> None:
    assert broadcast(tmp_path, replace(HEADER, broadcast_url=address)) == replace(NOTHING, elsewhere=told)

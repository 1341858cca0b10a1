"""What there is to watch of a room."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from livedash.analysis.broadcast import Broadcast, broadcast, so_far
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
    found = broadcast(room(tmp_path, a_mkv="", b_WEBM=""), HEADER)
    assert found == Broadcast("recording", "b.WEBM", False, STARTED, STARTED)


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


def timed(*parts: str | float) -> str:
    """A playlist of clock times and segment lengths."""
    told, lasts = "#EXT-X-PROGRAM-DATE-TIME:{}\n", "#EXTINF:{:.3f},\nx.ts\n"
    return "#EXTM3U\n" + "".join((told if isinstance(part, str) else lasts).format(part) for part in parts)


def test_a_cut_in_the_recording_is_a_jump_of_its_clock(tmp_path: Path) -> None:
    text = timed("2026-11-23T11:00:00Z", 5, 5, "2026-11-23T11:00:10.2Z", 5, "2026-11-23T11:05:00Z", 5)
    found = broadcast(room(tmp_path, live_m3u8=text), HEADER)
    assert (found.starts_at, found.jumps, found.tied) == (1_795_431_600_000, ((15.0, 1_795_431_900_000),), "clock")


def test_a_segment_s_length_may_stand_before_its_clock(tmp_path: Path) -> None:
    """As ffmpeg writes it."""
    text = "#EXTM3U\n#EXTINF:12.0,\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T11:00:00.000+0000\nlive0.ts\n"
    text += "#EXTINF:12.0,\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T11:00:12.000+0000\nlive1.ts\n"
    found = broadcast(room(tmp_path, live_m3u8=text), HEADER)
    assert (found.starts_at, found.jumps) == (1_795_431_600_000, ())


def test_a_clock_that_is_told_late_holds_for_what_came_before_it(tmp_path: Path) -> None:
    text = timed(5, 5, "2026-11-23T11:00:10Z", 5)
    assert broadcast(room(tmp_path, live_m3u8=text), HEADER).starts_at == 1_795_431_600_000


def test_a_recording_begins_when_a_person_says_so(tmp_path: Path) -> None:
    said = room(tmp_path, a_mp4="", clock_json='{"a.mp4": 1790000007000, "b.mp4": 5}')
    assert (broadcast(said, HEADER).starts_at, broadcast(said, HEADER).tied) == (1_790_000_007_000, "person")


@pytest.mark.parametrize("damaged", ["", "[]", "{", '{"a.mp4": "soon"}', '{"a.mp4": true}', "null"])
def test_what_a_person_said_damaged_is_not_said(tmp_path: Path, damaged: str) -> None:
    assert broadcast(room(tmp_path, a_mp4="", clock_json=damaged), HEADER).starts_at == STARTED


def test_the_stream_s_own_clock_goes_before_a_person_s(tmp_path: Path) -> None:
    both = room(tmp_path, live_m3u8=timed("2026-11-23T11:00:00Z", 5), clock_json='{"live.m3u8": 7}')
    assert broadcast(both, HEADER).starts_at == 1_795_431_600_000


@pytest.mark.parametrize("named", ["b.mp4", "broadcast/b.mp4"])
def test_the_room_says_which_of_its_files_it_is(tmp_path: Path, named: str) -> None:
    several = room(tmp_path, a_mp4="", b_mp4="")
    assert broadcast(several, replace(HEADER, broadcast_url=named)).file == "b.mp4"


def test_a_path_on_this_host_plays(tmp_path: Path) -> None:
    found = broadcast(tmp_path, replace(HEADER, broadcast_url="/streams/live.m3u8"))
    assert (found.kind, found.path, found.growing, found.elsewhere) == ("stream", "/streams/live.m3u8", True, None)


@pytest.mark.parametrize(
    "address", ["//other.example/a.mp4", "/logout", "/a.mp4?b", "/\\other.example/a.mp4", "/ .mp4"]
)
def test_nothing_else_is_a_path_on_this_host(tmp_path: Path, address: str) -> None:
    assert broadcast(tmp_path, replace(HEADER, broadcast_url=address)) == NOTHING


def test_a_running_stream_so_far_has_an_end(tmp_path: Path) -> None:
    folder = room(tmp_path, live_m3u8=PLAYLIST, over_m3u8=PLAYLIST + "#EXT-X-ENDLIST\n") / "broadcast"
    assert so_far(folder / "live.m3u8") == so_far(folder / "over.m3u8") == PLAYLIST + "#EXT-X-ENDLIST\n"


def test_a_list_of_lists_leads_by_no_link_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = room(tmp_path, index_m3u8="#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=8\nlow.m3u8\n") / "broadcast"
    (folder / "low.m3u8").symlink_to(tmp_path / "secret.txt")
    assert "secret" not in so_far(folder / "index.m3u8")

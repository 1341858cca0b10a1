"""The LIVE broadcast card: the room's own picture, or how to add one; nothing of another host is more than a link."""
from __future__ import annotations

from typing import Any

from layouts.parts import broadcast as part
from livedash.analysis.broadcast import Broadcast
from livedash.locale import Words
from livedash.view import View
from tests.layouts.pages import find, texts, walk
from tests.layouts.parts.text import text

WORDS = Words("en")
VIEW = View("autumn", 1)
STARTED = 1_795_435_800_000


def picture(answer: Broadcast) -> dict[str, Any]:
    return part.picture(answer, VIEW, WORDS)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(("live", STARTED, None), VIEW, WORDS)) == set(part.OUTPUTS)
    assert set(picture(Broadcast("none"))) == set(part.PICTURE)


def test_the_picture_is_looked_for_where_the_room_or_its_state_is_another() -> None:
    known = [
        part.show(answer, view, WORDS)["known"]
        for answer in (("live", STARTED, None), ("ended", STARTED, None), ("live", STARTED, "https://video.example"))
        for view in (VIEW, View("spring", 1))
    ]
    assert all(known.count(one) == 1 for one in known)
    assert part.show(("live", STARTED, None), View("autumn", 2), WORDS)["known"] == known[0]


def test_a_stream_is_played_from_the_rooms_folder() -> None:
    source = picture(Broadcast("stream", "live #1.m3u8", growing=True, starts_at=STARTED))["source"]
    assert source["src"] == "/media/autumn/live%20%231.m3u8"
    assert (source["kind"], source["growing"], source["startsAt"]) == ("stream", True, STARTED)


def test_without_a_picture_it_says_where_to_put_one() -> None:
    shown = picture(Broadcast("none"))
    assert shown["source"]["src"] is None
    assert "There is no picture of this LIVE." in text(shown["note"]) and "autumn/broadcast" in text(shown["note"])
    assert picture(Broadcast("recording", "a.mp4"))["note"] is None


def test_a_place_elsewhere_is_a_link_that_tells_nothing_of_the_reader() -> None:
    shown = picture(Broadcast("none", elsewhere="https://video.example/1"))["elsewhere"]
    [link] = [one for one in walk(shown) if hasattr(one, "href")]
    assert (link.href, link.target, link.rel) == ("https://video.example/1", "_blank", "noopener noreferrer")
    assert picture(Broadcast("none"))["elsewhere"] is None


def test_the_video_is_muted_has_its_controls_and_loads_nothing_by_itself() -> None:
    card = part.layout(WORDS)
    video = find(card, part.VIDEO)
    assert video.muted and video.controls and not hasattr(video, "src")
    assert getattr(video, "aria-label") == "LIVE broadcast"


def test_a_browser_that_plays_no_streams_is_told_what_to_do() -> None:
    assert "Chrome" in texts(find(part.layout(WORDS), part.CANNOT))

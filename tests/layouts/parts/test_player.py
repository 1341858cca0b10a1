"""The player: what it says of the picture it has, of the clock it goes by, and how to add one."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from layouts.parts import player as part
from livedash.analysis.broadcast import Broadcast
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import texts

WORDS = Words("en", "Asia/Singapore")
VIEW = View("autumn", 1)
START = 1_795_435_200_000
STREAM = Broadcast("stream", "live.m3u8", True, START, START, tied="clock", jumps=((5.0, START + 60_000),))


def picture(answer: Broadcast) -> dict[str, Any]:
    return part.picture(answer, VIEW, WORDS)


def pinned(number: int) -> Marker:
    return Marker(f"m{number}", "pin", START + number, None, True, Sentence.of("Pinned: {product}", product="<b>Cream"))


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    shown = part.show((("live", START, None), (pinned(1),)), VIEW, WORDS)
    assert set(shown) == set(part.OUTPUTS) and set(picture(STREAM)) == set(part.PICTURE)


def test_a_running_stream_can_be_asked_for_as_it_stands() -> None:
    source = picture(STREAM)["source"]
    assert source["soFar"] == "/media/autumn/live.m3u8?so-far" and source["jumps"] == [(5.0, START + 60_000)]
    assert picture(replace(STREAM, growing=False))["source"]["soFar"] is None


@pytest.mark.parametrize(("tied", "hidden", "said"), [
    ("clock", True, "own clock"), ("person", False, "as you have set it"), ("start", False, "beginning with the LIVE"),
])  # fmt: skip
def test_only_a_picture_without_a_clock_can_be_tied(tied: str, hidden: bool, said: str) -> None:
    shown = picture(replace(STREAM, tied=tied))
    assert shown["tie"] is hidden and said in shown["tied_by"]


def test_without_a_picture_it_says_how_to_add_one() -> None:
    said = texts(picture(Broadcast("none"))["note"])
    assert "autumn/broadcast" in said and "OBS" in said and "ffmpeg" in said


def test_more_signs_than_can_be_told_apart_are_not_drawn() -> None:
    def signs(count: int) -> int:
        return len(part.show(((), tuple(map(pinned, range(count)))), VIEW, WORDS)["signs"])

    assert signs(part.SEVERAL) == part.SEVERAL and signs(part.SEVERAL + 1) == 0


def test_a_sign_says_the_day_where_the_live_has_several() -> None:
    words = Words("en", "Asia/Singapore", live=Window(START, START + 86_400_001))
    [sign] = part.show(((), (pinned(1),)), VIEW, words)["signs"]
    assert sign.title == "Nov 23 20:00:00 Pinned: <b>Cream"

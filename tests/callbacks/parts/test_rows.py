"""The rows under the chart: those of the window, and none where no event says when the LIVE is."""
from __future__ import annotations

from callbacks.parts.rows import sheet
from callbacks.parts.stretch import live_stretch
from livedash.locale import Words, typed
from livedash.view import NO_TIME
from tests.livedash.build import at, ended, enter, live, rollup


def test_the_latest_rows_are_told() -> None:
    told = sheet(live(at(10, enter("a")), at(130, ended())), None, ("views",), 60_000)
    assert (told.keys, told.step_ms, told.all) == (("views",), 60_000, 3)


def test_before_the_first_event_no_time_is_told() -> None:
    empty = rollup()
    assert sheet(empty, None, ("views",), None).rows == () and sheet(empty, None, ("views",), None).all == 0
    assert live_stretch(empty, None) is None
    assert typed.written(0, NO_TIME, Words("en")) == ""

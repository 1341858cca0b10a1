"""The master chart's card names its lines, buckets and kinds of markers, and tells the browser where its window lies.
"""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Patch

from layouts.parts import course as part
from layouts.parts.course import Behind, Course
from livedash.analysis.markers import KINDS, Marker
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Sentence
from tests.layouts.pages import find
from tests.layouts.parts.text import text

START = 1_763_838_000_000  # 19:00 UTC
MINUTE = 60_000
GMV, VIEWERS = DEFAULT_TREND
WORDS = Words("en", "UTC", "USD")
WINDOW = Window(START, START + 3 * MINUTE)


def answer(series: dict[str, tuple[float | None, ...]] | None = None, *kinds: str, **more: Any) -> Course:
    markers = tuple(Marker(str(place), kind, START, None, False, Sentence.of("x")) for place, kind in enumerate(kinds))
    lines = series or {GMV: (10.0, 250.5, 30.0), VIEWERS: (100, None, 90)}
    told = Trend(WINDOW, MINUTE, lines, markers)
    whole = Window(START - MINUTE, START + 9 * MINUTE)
    usual = {"step_asked": None, "steps": (10_000, 300_000), "whole": whole, "overall": (1.0, 2.0)}
    return Course(told, **(usual | more))


def show(given: Course, **how: Any) -> dict[str, Any]:
    return part.show(given, View("room", 1, WINDOW), WORDS, **how)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show(answer())) == set(part.OUTPUTS)


def test_a_refresh_patches_and_a_new_choice_draws_anew() -> None:
    assert isinstance(show(answer())["figure"], Patch)
    assert isinstance(show(answer(), anew=True)["figure"], dict)


def test_counts_are_named_as_rates_and_gauges_as_they_are() -> None:
    assert [text(line) for line in show(answer())["legend"]] == ["Direct GMV per minute", "Current viewers"]


def test_what_is_compared_is_named_with_its_stretch() -> None:
    compared = show(answer(behind=Behind(((GMV, (1.0,)),), stretch=WINDOW)))["legend"][-1]
    assert text(compared) == "compared with 19:00:00 – 19:03:00"
    earlier = show(answer(behind=Behind(((GMV, (1.0,)),), "Autumn")))["legend"][-1]
    assert text(earlier) == "compared with Autumn"


def test_what_cannot_be_compared_is_said() -> None:
    shown = show(answer(behind=Behind(said="Amounts in EUR cannot be compared.")))
    assert shown["empty"] == "Amounts in EUR cannot be compared." and len(shown["legend"]) == 2


def test_the_bucket_is_named_and_can_be_chosen() -> None:
    assert show(answer())["steps"] == [
        {"value": "auto", "label": "1 min (automatic)"},
        {"value": "10", "label": "10 s"},
        {"value": "300", "label": "5 min"},
    ]
    assert show(answer(step_asked=10_000))["steps"][0]["label"] == "Automatic"


def test_every_kind_that_is_there_has_a_switch_with_its_count() -> None:
    switches = show(answer(None, "pin", "gap", "pin"))["kinds"]
    assert [(switch["value"], text(switch["label"])) for switch in switches] == [("pin", "Pins 2"), ("gap", "Gaps 1")]


def test_a_kind_that_is_switched_off_is_counted_but_not_drawn() -> None:
    def drawn(kinds: tuple[str, ...]) -> int:
        figure = show(replace(answer(None, "pin", "gap", "pin"), kinds=kinds), anew=True)["figure"]
        return sum(len(trace["customdata"]) for trace in figure["data"] if "customdata" in trace)

    assert drawn(KINDS) == 3 and drawn(("gap",)) == 1 and drawn(()) == 0
    assert len(show(replace(answer(None, "pin"), kinds=()))["kinds"]) == 1


def test_the_lines_are_said_for_those_who_do_not_see_them() -> None:
    assert show(answer())["said"].startswith("Direct GMV: $30.00/min at 19:02; highest $250.50/min at 19:01.")


def test_a_feed_that_is_missing_is_named() -> None:
    shown = show(answer({GMV: (1.0, 2.0, 3.0), VIEWERS: (None, None, None)}))
    assert shown["empty"] == "Current viewers has no values here: it needs viewers or leave."
    assert show(answer())["empty"] == ""


def test_the_timeline_knows_the_live_the_window_and_the_clock() -> None:
    span = show(answer())["span"]
    assert span["window"] == [WINDOW.start, WINDOW.end] and span["isWhole"] is False
    assert span["typed"] == ["19:00:00", "19:03:00"] and span["zone"] == "UTC"
    assert span["several"] is False
    assert show(answer(whole=Window(START - MINUTE, START + 301 * MINUTE)))["span"]["several"] is True
    assert "mask" in str(show(answer())["line"]) and show(answer(overall=(None,)))["line"] == {}


def test_the_handles_can_be_moved_by_keys_and_have_names() -> None:
    handles = [found for found in part.layout(WORDS)._traverse() if getattr(found, "role", None) == "slider"]
    assert [getattr(handle, "aria-label") for handle in handles] == ["Start of the stretch", "End of the stretch"]
    assert [handle.tabIndex for handle in handles] == [0, 0]


def test_the_chart_offers_no_way_to_another_host() -> None:
    assert find(part.layout(WORDS), part.CHART).config["showSendToCloud"] is False

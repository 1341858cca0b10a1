"""The performance trend card says its lines, names what is missing, and patches its chart on a refresh."""

from __future__ import annotations

from typing import Any

from dash import Patch

from layouts.parts import trend as part
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import DEFAULT_TREND, METRICS
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


def course(series: dict[str, tuple[float | None, ...]], *kinds: str) -> Trend:
    markers = tuple(Marker(str(place), kind, START, None, False, Sentence.of("x")) for place, kind in enumerate(kinds))
    return Trend(Window(START, START + 3 * MINUTE), MINUTE, series, markers)


def show(answer: Trend, view: View | None = None, **how: Any) -> dict[str, Any]:
    return part.show(answer, view or View("room", 1), WORDS, **how)


LINES = course({GMV: (10.0, 250.5, 30.0), VIEWERS: (100, None, 90)}, "pin", "violation", "pin", "listed")


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show(LINES)) == set(part.OUTPUTS)


def test_a_refresh_patches_and_a_new_choice_draws_anew() -> None:
    assert isinstance(show(LINES)["figure"], Patch)
    assert isinstance(show(LINES, anew=True)["figure"], dict)


def test_a_line_of_counts_or_money_is_called_per_minute_where_it_is_chosen() -> None:
    names = {option["value"]: option["label"] for option in find(part.layout(WORDS), part.FIRST).options}
    assert names[GMV] == "Direct GMV per minute" and names[VIEWERS] == "Current viewers" and names["ctor"] == "CTOR"


def test_the_lines_are_said_for_those_who_do_not_see_them() -> None:
    assert show(LINES)["said"] == (
        "Direct GMV: $30.00/min at 19:02; highest $250.50/min at 19:01. "
        "Current viewers: 90 at 19:02; highest 100 at 19:00. One point each 1m 00s."
    )


def test_steps_on_the_room_s_clock_are_said_where_they_begin() -> None:
    edges = tuple(START + minute * MINUTE for minute in (3, 5, 10, 12))
    told = Trend(Window(edges[0], edges[-1]), 5 * MINUTE, {GMV: (1.0, 250.5, 30.0)}, (), edges)
    said = part.said(METRICS[GMV], told, WORDS)
    assert said == "Direct GMV: $30.00/min at 19:10; highest $250.50/min at 19:05."


def test_what_has_no_values_is_named_with_what_it_needs() -> None:
    shown = show(course({GMV: (1.0, 2.0, 3.0), VIEWERS: (None, None, None)}))
    assert shown["empty"] == "Current viewers has no values here: it needs viewers or leave."
    assert show(LINES)["empty"] == ""


def test_the_marks_are_counted_by_kind_with_their_signs() -> None:
    marks = show(LINES)["marks"]
    assert [text(mark) for mark in marks] == ["2 pins", "1 violation"]
    assert [mark.children[0].className for mark in marks] == ["sign pin", "sign violation"]


def test_details_lead_to_the_trends_of_the_same_stretch() -> None:
    assert show(LINES)["details"] == "/rooms/room/trends"
    view = View("room", 1, Window(START, START + MINUTE))
    assert show(LINES, view)["details"] == "/rooms/room/trends?from=2025-11-22T19:00:00Z&to=2025-11-22T19:01:00Z"


def test_a_choice_that_is_no_longer_known_falls_away() -> None:
    assert part.keys(GMV, VIEWERS) == (GMV, VIEWERS)
    assert part.keys(GMV, GMV) == (GMV,) == part.keys("gone", None)
    assert part.keys(VIEWERS, part.NONE) == (VIEWERS,)


def test_only_what_means_something_over_time_can_be_chosen() -> None:
    assert {metric.key for metric in part.choosable()} == {
        key for key, metric in METRICS.items() if "time" in metric.by
    }


def test_the_chart_offers_no_way_to_another_host() -> None:
    config = _find(part.layout(WORDS), part.CHART).config
    assert config["showSendToCloud"] is False and config["displayModeBar"] is False


def _find(component: Any, wanted: str) -> Any:
    return next(found for found in component._traverse() if getattr(found, "id", None) == wanted)

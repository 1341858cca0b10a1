"""The master chart draws what the analysis says: gaps stay gaps, axes are shared where units are, markers lie in lanes
by kind, and the axis holds the window and nothing else."""
from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import plotly.graph_objects as go
from dash import Patch

from layouts.figures.course import LANES, MOST_LINES, MOST_POINTS, course_figure, course_patch, lanes_of
from livedash.analysis.markers import KINDS, Marker
from livedash.analysis.metrics import DEFAULT_TREND
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import NO_TIME, Window
from livedash.words import Sentence

START = 1_763_838_000_000  # 2025-11-22 19:00 UTC
MINUTE = 60_000
WORDS = Words("en", "Asia/Singapore", "USD")
AHEAD = 8 * 60 * MINUTE


def marker(kind: str, minute: float, until: float | None = None) -> Marker:
    start, end = START + round(minute * MINUTE), None if until is None else START + round(until * MINUTE)
    return Marker(f"{kind}-{minute}", kind, start, end, False, Sentence.of("{text}", text=f"<b>{kind}"))


def course(
    *markers: Marker, keys: tuple[str, ...] = DEFAULT_TREND, values: tuple[float | None, ...] = (1.0, None, 3.0, 4.0)
) -> Trend:
    return Trend(Window(START, START + len(values) * MINUTE), MINUTE, dict.fromkeys(keys, values), markers)


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["yaxis"] in ("y", "y2")]


def signs(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if "customdata" in trace]


def test_a_gap_stays_a_gap_and_times_are_the_room_s() -> None:
    line = lines(course_figure(course(), WORDS, "light"))[0]
    assert line["y"] == [1.0, None, 3.0, 4.0] and line["connectgaps"] is False
    assert line["x"] == [START + AHEAD + i * MINUTE for i in range(4)]


def test_while_no_time_is_known_none_is_told() -> None:
    unknown = Trend(NO_TIME, MINUTE, dict.fromkeys(DEFAULT_TREND, (None,)), ())
    assert course_figure(unknown, WORDS, "light")["layout"]["xaxis"]["visible"] is False
    assert course_figure(course(), WORDS, "light")["layout"]["xaxis"]["visible"] is True


def test_a_value_alone_between_gaps_can_be_seen() -> None:
    assert lines(course_figure(course(), WORDS, "light"))[0]["marker"]["size"] == [5, 0, 0, 0]
    whole = course_figure(course(values=(1.0, 2.0)), WORDS, "light")
    assert lines(whole)[0]["mode"] == "lines"


def test_units_that_differ_have_an_axis_each_and_others_share_one() -> None:
    assert [line["yaxis"] for line in lines(course_figure(course(), WORDS, "light"))] == ["y", "y2"]
    same = course_figure(course(keys=("views", "orders")), WORDS, "light")
    assert [line["yaxis"] for line in lines(same)] == ["y", "y"]
    assert same["layout"]["yaxis2"]["visible"] is False


def test_the_axis_holds_the_window() -> None:
    axis = course_figure(course(), WORDS, "light")["layout"]["xaxis"]
    assert axis["range"] == [START + AHEAD, START + AHEAD + 4 * MINUTE] and axis["autorange"] is False
    assert axis["ticktext"][0] == "03:00:00"


def test_a_change_of_clocks_is_told_by_the_points_themselves() -> None:
    night = round(datetime.fromisoformat("2026-11-01T01:30:00-04:00").timestamp() * 1000)
    values = (1.0, 2.0, 3.0)
    window = Window(night, night + 90 * MINUTE)
    trend = Trend(window, 30 * MINUTE, {"views": values}, ())
    figure = course_figure(trend, Words("en", "America/New_York"), "light")
    assert lines(figure)[0]["text"] == ["Nov 1 01:30:00", "Nov 1 01:00:00", "Nov 1 01:30:00"]
    assert figure["layout"]["xaxis"]["unifiedhovertitle"]["text"] == " "


def test_every_kind_has_a_lane_and_loud_kinds_their_own() -> None:
    lanes = lanes_of([marker(kind, 1) for kind in KINDS])
    assert list(lanes) == list(LANES) and len(lanes["other"]) == len(KINDS) - 4
    drawn = signs(course_figure(course(*[marker(kind, 1) for kind in KINDS]), WORDS, "light"))
    assert [trace["y"][0] for trace in drawn] == [0, 1, 2, 3, 4]
    assert drawn[0]["customdata"] == [["pin-1", START + MINUTE, START + MINUTE]]


def test_what_lasts_is_a_stroke_within_the_window() -> None:
    figure = course_figure(course(marker("pin", -5, until=2)), WORDS, "light")
    stroke = next(trace for trace in figure["data"] if trace.get("hoverinfo") == "skip")
    assert stroke["x"] == [START + AHEAD, START + AHEAD + 2 * MINUTE, None]


def test_many_pins_stay_readable() -> None:
    few = [marker("pin", i) for i in range(MOST_LINES)]
    many = [marker("pin", i) for i in range(100)]
    values = (1.0,) * 120

    def dotted(markers: list[Marker]) -> int:
        return len(course_figure(course(*markers, values=values), WORDS, "light")["layout"]["shapes"])

    assert dotted(few) == MOST_LINES and dotted(many) == 0
    size = signs(course_figure(course(*many, values=values), WORDS, "light"))[0]["marker"]["size"]
    assert max(size) < max(signs(course_figure(course(*few, values=values), WORDS, "light"))[0]["marker"]["size"])


def test_a_stranger_s_text_is_no_markup() -> None:
    figure = course_figure(course(marker("pin", 1)), WORDS, "light")
    assert "&lt;b&gt;pin" in signs(figure)[0]["text"][0]


def test_what_is_compared_lies_behind_on_the_same_axis() -> None:
    figure = course_figure(course(), WORDS, "light", {DEFAULT_TREND[1]: (9.0, 8.0)})
    quiet, *others = lines(figure)
    assert quiet["yaxis"] == "y2" and quiet["y"] == [9.0, 8.0, None, None] and quiet["x"] == others[1]["x"]
    assert "dash" in quiet["line"] and "compared" in quiet["hovertemplate"]


def test_a_long_line_is_thinned_to_what_a_screen_can_show() -> None:
    values = tuple(float(i % 97) for i in range(20_000))
    line = lines(course_figure(course(keys=("views",), values=values), WORDS, "light"))[0]
    assert MOST_POINTS * 0.9 < len(line["y"]) <= MOST_POINTS + 2 and max(line["y"]) == 96.0


def test_it_is_a_figure_and_a_refresh_patches_it() -> None:
    figure = course_figure(course(*[marker(kind, 1, until=2) for kind in KINDS]), WORDS, "dark")
    go.Figure(figure)
    json.dumps(figure)
    assert isinstance(course_patch(figure), Patch)

"""The trend chart draws what the analysis says: gaps stay gaps, times are the room's, markers differ by shape, and a
refresh never touches the reader's zoom."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import plotly.graph_objects as go
import pytest

from layouts.figures.trend import QUIET_SYMBOLS, has_values, is_rate, trend_figure, trend_patch
from layouts.look import COLOURS, MARKER_SYMBOLS
from livedash.analysis.markers import KINDS, Marker
from livedash.analysis.metrics import DEFAULT_TREND, METRICS
from livedash.analysis.trend import Trend
from livedash.locale import Words
from livedash.view import Window
from livedash.words import Sentence

START = 1_763_838_000_000  # 2025-11-22 19:00 UTC
MINUTE = 60_000
GMV, VIEWERS = DEFAULT_TREND
WORDS = Words("en", "Asia/Singapore", "USD")


def marker(kind: str, minute: int, until: int | None = None, text: str = "", still: bool = False) -> Marker:
    end = None if until is None else START + until * MINUTE
    return Marker(f"{kind}-{minute}", kind, START + minute * MINUTE, end, still, Sentence.of("{text}", text=text))


def course(
    *markers: Marker, keys: tuple[str, ...] = DEFAULT_TREND, values: tuple[float | None, ...] = (1.0, None, 3.0)
) -> Trend:
    window = Window(START, START + len(values) * MINUTE)
    return Trend(window, MINUTE, dict.fromkeys(keys, values), markers)


def figure(trend: Trend, words: Words = WORDS, theme: str = "light") -> dict[str, Any]:
    return trend_figure(trend, words, theme)


def test_a_gap_stays_a_gap() -> None:
    line = figure(course())["data"][0]
    assert line["y"] == [1.0, None, 3.0] and line["connectgaps"] is False


def test_a_refresh_sends_no_more_digits_than_can_be_read() -> None:
    line = figure(course(values=(1 / 3, 1234.56789, None, 0.0)))["data"][0]
    assert line["y"] == [0.333333, 1234.57, None, 0.0]


def test_times_are_those_of_the_room() -> None:
    line = figure(course())["data"][0]
    assert (line["x0"], line["dx"]) == (START + 8 * 3600_000, MINUTE)
    assert figure(course(), Words("en", "America/New_York"))["data"][0]["x0"] == START - 5 * 3600_000


HOUR = 3_600_000
BERLIN = Words("en", "Europe/Berlin", "USD")


def night(start: str) -> Trend:
    """Five hours from then on, a value each."""
    begins = round(datetime.fromisoformat(start).timestamp() * 1000)
    values = (1.0, 2.0, 3.0, 4.0, 5.0)
    return Trend(Window(begins, begins + 5 * HOUR), HOUR, dict.fromkeys(DEFAULT_TREND, values), ())


def test_in_a_night_of_daylight_saving_the_axis_keeps_the_room_s_clock() -> None:
    drawn = figure(night("2026-10-25T00:00:00+02:00"), BERLIN)
    axis, (first, second) = drawn["layout"]["xaxis"], drawn["data"][:2]
    hourly = list(zip(axis["tickvals"], axis["ticktext"], strict=True))[::2]
    begins = axis["autorangeoptions"]["minallowed"]
    assert axis["tickmode"] == "array"
    assert hourly == [(begins + n * HOUR, text) for n, text in enumerate(["00:00", "01:00", "02:00", "02:00", "03:00"])]
    assert first["text"][2:4] == ["Oct 25 02:00:00"] * 2 and first["text"][4] == "Oct 25 03:00:00"
    assert first["hovertemplate"].startswith("%{text}<br>") and "%{text}" not in second["hovertemplate"]
    assert axis["unifiedhovertitle"]["text"] == " ", "Plotly's own time would be an hour off"


def test_on_other_nights_the_ticks_are_plotly_s_and_follow_the_zoom() -> None:
    drawn = figure(night("2026-10-24T20:00:00+02:00"), BERLIN)
    axis = drawn["layout"]["xaxis"]
    assert axis["tickmode"] == "auto" and "text" not in drawn["data"][0]
    assert axis["tickformatstops"][1]["value"] == "%H:%M\n%b %-d" and axis["hoverformat"] == "%b %-d %H:%M:%S"
    assert axis["unifiedhovertitle"]["text"] == ""
    assert figure(course())["layout"]["xaxis"]["tickformatstops"][1]["value"] == "%H:%M"


def test_two_lines_have_an_axis_each_with_ticks_of_its_own() -> None:
    drawn = figure(course())
    assert [line["yaxis"] for line in drawn["data"][:2]] == ["y", "y2"]
    assert drawn["layout"]["yaxis2"]["tickmode"] == "auto"
    assert drawn["layout"]["yaxis"]["tickprefix"] == "$" and drawn["layout"]["yaxis2"]["tickprefix"] == ""


def test_one_line_has_no_second_axis() -> None:
    assert figure(course(keys=(GMV,)))["layout"]["yaxis2"]["visible"] is False


def test_a_line_without_values_has_no_axis() -> None:
    assert figure(course(values=(None, None)))["layout"]["yaxis"]["visible"] is False
    assert not has_values((None, None)) and has_values((None, 0.0))


def test_every_kind_of_marker_has_a_shape_and_the_four_loud_ones_a_colour() -> None:
    assert set(KINDS) == set(MARKER_SYMBOLS) | set(QUIET_SYMBOLS)
    assert len({*MARKER_SYMBOLS.values(), *QUIET_SYMBOLS.values()}) == len(KINDS)
    row = figure(course(*(marker(kind, 1) for kind in KINDS)))["data"][-1]["marker"]
    loud = [COLOURS["light"][kind] for kind in MARKER_SYMBOLS]
    assert [row["color"][KINDS.index(kind)] for kind in MARKER_SYMBOLS] == loud
    assert len(set(row["symbol"])) == len(KINDS)


def test_an_instant_is_a_dotted_line_and_a_giveaway_a_band() -> None:
    shapes = figure(course(marker("violation", 1), marker("giveaway", 0, until=2)))["layout"]["shapes"]
    assert [shape["type"] for shape in shapes] == ["line", "rect", "line"]
    assert shapes[1]["x1"] - shapes[1]["x0"] == 2 * MINUTE


def test_what_still_runs_is_drawn_to_the_end() -> None:
    band = figure(course(marker("promotion", 1, still=True)))["layout"]["shapes"][0]
    assert band["x1"] == START + 3 * MINUTE + 8 * 3600_000


def test_what_began_before_is_drawn_from_the_edge() -> None:
    drawn = figure(course(marker("giveaway", -30, until=1)))
    assert [shape["type"] for shape in drawn["layout"]["shapes"]] == ["rect"]
    assert drawn["data"][-1]["x"] == [drawn["data"][0]["x0"]]


def test_the_hover_says_when_and_what() -> None:
    [text] = figure(course(marker("giveaway", 1, until=2, text="Cleanser")))["data"][-1]["text"]
    assert text == "03:01:00 – 03:02:00<br>Cleanser"


def test_a_hostile_name_is_only_text() -> None:
    [text] = figure(course(marker("pin", 1, text='<a href="javascript:x">y</a>')))["data"][-1]["text"]
    assert "<a" not in text and "&lt;a" in text


def test_money_is_written_in_the_rooms_currency_and_per_minute() -> None:
    def hover(currency: str | None) -> str:
        return figure(course(), Words("en", "UTC", currency))["data"][0]["hovertemplate"]

    assert "$%{y:,.2f}/min" in hover("USD")
    assert "¥%{y:,.0f}/min" in hover("JPY")
    assert "<b>%{y:,.2f}/min" in hover(None)


@pytest.mark.parametrize("key", [key for key, metric in METRICS.items() if "time" in metric.by])
def test_every_metric_can_be_drawn_in_every_language(key: str) -> None:
    english, chinese = (figure(course(keys=(key,)), Words(language, "UTC", "EUR")) for language in ("en", "zh"))
    go.Figure(chinese)
    assert ("/min" in english["data"][0]["hovertemplate"]) == is_rate(METRICS[key])


def test_plotly_knows_every_property() -> None:
    go.Figure(figure(course(marker("pin", 1), marker("gap", 0, until=1))))


def test_the_theme_colours_the_lines() -> None:
    light, dark = (figure(course(), theme=theme)["data"][0]["line"]["color"] for theme in ("light", "dark"))
    assert (light, dark) == (COLOURS["light"]["accent"], COLOURS["dark"]["accent"])


def test_a_refresh_replaces_the_data_and_leaves_the_zoom_alone() -> None:
    operations = trend_patch(figure(course())).to_plotly_json()["operations"]
    places = [operation["location"] for operation in operations]
    assert ["data"] in places and ["layout", "shapes"] in places and ["layout", "yaxis", "tickprefix"] in places
    assert not [place for place in places if {"range", "autorange"} & set(place) or place == ["layout", "xaxis"]]


def test_a_refresh_is_plain_json() -> None:
    json.dumps(figure(course(marker("pin", 1))))


def test_the_time_axis_holds_the_window_neither_more_nor_less() -> None:
    axis = figure(course(marker("pin", 0)))["layout"]["xaxis"]
    start = START + 8 * 3600_000
    held = {"include": [start, start + 3 * MINUTE], "minallowed": start, "maxallowed": start + 3 * MINUTE}
    assert axis["autorange"] is True and axis["autorangeoptions"] == held


def test_small_amounts_are_not_written_as_millions() -> None:
    axis = figure(course())["layout"]["yaxis"]
    assert axis["tickformat"] == "" and axis["exponentformat"] == "B", "0.3 is 0.3, 300,000 is 300k"

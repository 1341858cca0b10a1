"""The strip says of every metric what it came to and when it was highest, and which ones are charted."""
from __future__ import annotations

from typing import Any

from layouts.parts import strip as part
from livedash.analysis.metrics import DEFAULT_STRIP, DEFAULT_TREND, METRICS
from livedash.analysis.strip import StripFigure
from livedash.locale import Words
from livedash.view import View
from tests.layouts.parts.text import text

PEAK_AT = 1_763_838_060_000  # 19:01 UTC
GMV, VIEWERS = DEFAULT_TREND
WORDS = Words("en", "UTC", "USD")

FIGURES = {
    GMV: StripFigure(27_310, "money", 1204.0, PEAK_AT, True),
    VIEWERS: StripFigure(1102, "count", 2048.0, PEAK_AT, False),
    "views": StripFigure(None, "count", None, None, True, ("view",)),
}


def show(charted: tuple[str, ...] = (GMV, VIEWERS)) -> dict[str, Any]:
    return part.show((FIGURES, charted), View("room", 1), WORDS)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show()) == set(part.OUTPUTS)


def test_a_tile_says_figure_and_peak_with_its_time() -> None:
    shown = show()
    assert [text(line) for line in shown["tile-0"]] == ["Direct GMV", "$27,310", "peak $1,204/min at 19:01"]
    assert [text(line) for line in shown["tile-1"]] == ["Current viewers", "1,102", "peak 2,048 at 19:01"]


def test_what_comes_seldom_is_told_by_the_hour() -> None:
    seldom = {"views": StripFigure(9, "count", 0.05, PEAK_AT, True)}
    shown = part.show((FIGURES | seldom, (GMV,)), View("room", 1), WORDS)
    assert text(shown["tile-2"][2]) == "peak 3/h at 19:01"


def test_what_is_missing_is_named() -> None:
    assert [text(line) for line in show()["tile-2"]] == ["Views", "–", "needs view"]


def test_what_is_charted_is_pressed_and_has_the_stroke_of_its_line() -> None:
    shown = show((VIEWERS, GMV))
    assert [shown[f"pressed-{place}"] for place in range(4)] == ["true", "true", "false", "false"]
    assert "second" in str(shown["tile-0"][0]) and "first" in str(shown["tile-1"][0])
    assert shown["charted"] == [VIEWERS, GMV]


def test_tiles_that_are_not_needed_are_hidden() -> None:
    shown = show()
    assert [shown[f"hidden-{place}"] for place in range(4)] == [False, False, False, True]
    assert shown["key-3"] == ""


def test_every_metric_over_time_can_stand_in_the_strip() -> None:
    told = [key for key, metric in METRICS.items() if "time" in metric.by]
    assert len(part.TILES) == len(told) and part.keys(told[::-1]) == tuple(told[::-1])
    assert part.keys(None) == DEFAULT_STRIP

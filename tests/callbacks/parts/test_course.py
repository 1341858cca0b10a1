"""The wiring of the master chart asks for what the address says."""
from __future__ import annotations

from callbacks.parts import course as wiring
from layouts.parts import compare
from layouts.parts import course as part
from layouts.parts.asked import ASKED
from layouts.parts.course import Behind
from livedash.analysis.markers import KINDS
from livedash.view import Window
from tests.livedash.build import START, at, between, ended, enter, live

MINUTE = 60_000
NINE = live(*(at(second, enter(f"u{second}")) for second in range(0, 540, 10)), at(540, ended()))


def test_what_the_address_asks_for_is_asked_of_the_analysis() -> None:
    asked = {"metrics": "views,orders", "step": "60"}
    wanted = (wiring.course, ("views", "orders"), 60_000, ("gap", "pin"), None, None)
    assert wiring.question(asked, ["gap", "pin"]) == wanted
    assert {name: source.component_id for name, source in wiring.CHOICES.items()} == {
        "asked": ASKED, "kinds": part.KINDS_SHOWN, "earlier": compare.BEHIND,
    }  # fmt: skip


def test_the_chart_shows_the_window_in_the_buckets_asked_for() -> None:
    shown = wiring.course(NINE, between(60, 180), ("views",), 60_000, KINDS)
    assert shown.trend.series == {"views": (6.0, 6.0)} and shown.step_asked == 60_000
    assert shown.whole == Window(START, START + 540_000) and len(shown.overall) > 9


def test_a_bucket_that_cannot_be_is_chosen_automatically() -> None:
    shown = wiring.course(NINE, None, ("views",), 7_000, KINDS)
    assert shown.step_asked is None and shown.trend.step_ms == 10_000


def test_a_second_stretch_of_the_same_live_lies_behind() -> None:
    shown = wiring.course(NINE, between(60, 120), ("views",), 60_000, KINDS, second=START + 300_000)
    assert shown.behind is not None and dict(shown.behind.lines) == {"views": (6.0,)}
    assert shown.behind.stretch == between(300, 360)


def test_an_earlier_live_is_laid_behind_as_it_came() -> None:
    *_, laid = wiring.question(None, None, {"name": "Autumn", "lines": [["views", [1.0, None]]], "said": ""})
    assert laid == Behind((("views", (1.0, None)),), "Autumn")
    assert wiring.course(NINE, None, ("views",), None, KINDS, laid=laid).behind is laid

"""The conversion card shows both funnels, names their definitions, and says which stage loses most against what."""

from __future__ import annotations

from typing import Any

from layouts.parts import conversion as part
from livedash.analysis.funnel import Bottleneck, Funnel, Stage, UserStage
from livedash.analysis.metrics import FUNNEL
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Amount, Sentence
from tests.layouts.parts.text import text

WORDS = Words("en", "UTC")
COUNTS = (184_920, 41_608, 12_904, 671)
RATES = (None, 0.225, 0.31, 0.052)
FALL = Sentence.of("{rate} order, usually {usual}.", rate=Amount(0.052, "ratio"), usual=Amount(0.068, "ratio"))


def funnel(
    counts: tuple[int | None, ...] = COUNTS, rates: tuple[float | None, ...] = RATES, worst: int | None = None
) -> Funnel:
    stages = tuple(Stage(*stage) for stage in zip(FUNNEL, counts, rates, strict=True))
    bottleneck = None if worst is None else Bottleneck(FUNNEL[worst], 0.052, 0.068, FALL)
    return Funnel(stages, bottleneck, ())


PEOPLE = tuple(
    UserStage(stage, users, rate)
    for stage, users, rate in zip(
        part.USER_STAGES, (900, 700, 300, 90, 45), (None, 7 / 9, 3 / 7, 0.3, 0.5), strict=True
    )
)


def show(answer: Funnel, view: View | None = None) -> dict[str, Any]:
    return part.show((answer, PEOPLE), view or View("room", 1), WORDS)


def widths(shown: Any) -> list[float]:
    bars = [row.children[2].children for row in shown[0].children]
    return [float(bar.style["width"].rstrip("%")) if hasattr(bar, "style") else 0 for bar in bars]


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show(funnel())) == set(part.OUTPUTS)


def test_counts_stand_with_the_rates_between_them() -> None:
    said = text(show(funnel())["events"], " | ")
    assert said == (
        "Impressions | 184,920 | 22.5% enter | Views | 41,608 | 31.0% click a product | Product clicks | 12,904 | "
        "5.2% order | Orders | 671"
    )


def test_bars_shrink_from_stage_to_stage() -> None:
    drawn = widths(show(funnel())["events"])
    assert drawn[0] == 100 and drawn == sorted(drawn, reverse=True) and drawn[-1] > 0


def test_the_bottleneck_is_said_in_words_and_against_what() -> None:
    said = text(show(funnel(worst=3))["events"])
    assert "▼ 5.2% order · bottleneck" in said and "5.2% order, usually 6.8%." in said
    assert said.count("bottleneck") == 1


def test_a_missing_feed_is_no_zero_and_is_named() -> None:
    answer = Funnel(funnel((None, 812, 0, 0), (None, None, 0.0, None)).stages, None, ("impression",))
    shown = show(answer)["events"]
    said = text(shown, " | ")
    assert said.startswith("Impressions | – | Views | 812") and "Not recorded in this log: impression." in said
    assert widths(shown) == [0, 100, 0, 0]


def test_people_in_order_are_named_as_what_they_are() -> None:
    said = text(show(funnel())["people"], " | ")
    assert said.startswith("Entered | 900 | 77.8% go on | Saw a product | 700") and said.count("go on") == 4
    assert "one after the other" in said


def test_a_part_of_the_live_is_named() -> None:
    window = Window(1_763_838_000_000, 1_763_838_600_000)
    assert show(funnel(), View("room", 1, window))["note"] == "19:00 – 19:10"
    assert show(funnel())["note"] == ""

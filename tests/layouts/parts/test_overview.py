"""The overview says every figure with its change, and says why where there is none; its tiles never move about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from layouts.parts import overview as part
from livedash.analysis.evidence import Evidence
from livedash.analysis.metrics import DEFAULT_TILES, HEADLINE, METRICS, MOST_TILES
from livedash.analysis.overview import Figure, Overview, Value
from livedash.locale import Words
from livedash.view import View
from tests.layouts.parts.text import text

WORDS = Words("en", "UTC", "USD")
VIEW = View("room", 1)


def figure(key: str, value: Value = 10, **rest: Any) -> Figure:
    return Figure(key, value, **rest)


def show(*figures: Figure, minutes: int = 5, words: Words = WORDS) -> dict[str, Any]:
    headline = figure(HEADLINE, Decimal("18462.40"))
    return part.show(Overview({shown.key: shown for shown in (headline, *figures)}, minutes), VIEW, words)


def change(key: str, amount: float | None) -> tuple[str, str]:
    """What the tile of a metric that moved so much says of it, and its class."""
    foot = show(figure(key, 10, change=amount))["tile-1"][2]
    said = foot.children[0]
    return text(said), said.className


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show()) == set(part.OUTPUTS)
    assert set(show(*(figure(key) for key in DEFAULT_TILES))) == set(part.OUTPUTS)


def test_direct_gmv_stands_first_and_large() -> None:
    shown = show(figure("views"))
    assert shown["key-0"] == HEADLINE and text(shown["tile-0"]).startswith("Direct GMV$18,462.40")


def test_tiles_stand_in_the_order_of_the_answer_and_free_slots_hide() -> None:
    shown = show(figure("orders"), figure("views"))
    assert [shown[f"key-{place}"] for place in range(4)] == [HEADLINE, "orders", "views", ""]
    assert [shown[f"hidden-{place}"] for place in range(4)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("key", "amount", "said", "weight"),
    [
        ("views", 0.061, "▲ up 6.1%", "good"),
        ("views", -0.02, "▼ down 2.0%", "bad"),
        ("refund_rate", 0.004, "▲ up 0.4 pt", "bad"),
        ("refund_rate", -0.004, "▼ down 0.4 pt", "good"),
        ("avg_price", 0.5, "▲ up 50.0%", "muted"),
        ("avg_viewing_per_viewer", 4.0, "▲ up 4 s", "good"),
        ("views", 0.0, "no change", "muted"),
        ("views", None, "", "muted"),
    ],
)
def test_a_change_is_told_by_arrow_word_and_colour(key: str, amount: float | None, said: str, weight: str) -> None:
    assert change(key, amount) == (said, f"change {weight}")


def test_what_the_log_lacks_is_said_instead_of_a_zero() -> None:
    tile = text(show(figure("tap_through_rate", None, missing=("impression",)))["tile-1"])
    assert "–" in tile and "needs impression" in tile and "0" not in tile
    assert "needs viewers or leave" in text(
        show(figure("current_viewers", None, missing=("viewers", "leave")))["tile-1"]
    )


def test_nothing_yet_is_not_called_missing() -> None:
    assert "no value yet" in text(show(figure("ctor", None))["tile-1"])


def test_the_button_counts_the_tiles() -> None:
    assert show(figure("views"))["customize"] == "Customize · 1 of 16"


def test_the_note_says_what_the_change_compares() -> None:
    assert show()["note"] == "Change: the last 5 min against the 5 min before"
    assert show(minutes=1)["note"] == "Change: the last minute against the one before"


def test_a_live_that_is_over_is_settled_and_changes_no_more() -> None:
    answer = Overview({key: figure(key, 10, change=-1.0) for key in (HEADLINE, "views")}, 5, settled=True)
    shown = part.show(answer, VIEW, WORDS)
    assert shown["note"] == ""
    assert text(shown["tile-1"]) == "Views10"


@pytest.mark.parametrize(
    ("settled", "age_ms", "said"),
    [(True, 0, "at the end"), (False, 30_000, "▲ up 10.0%"), (False, 31_000, "as of 16:00")],
)
def test_a_reading_that_is_not_of_now_says_of_when_it_is(settled: bool, age_ms: int, said: str) -> None:
    read = figure("current_viewers", 121, at=1_764_000_000_000, change=0.1)
    figures = {HEADLINE: figure(HEADLINE, Decimal(1)), read.key: read}
    answer = Overview(figures, 5, settled, latest=1_764_000_000_000 + age_ms)
    assert text(part.show(answer, VIEW, WORDS)["tile-1"][2].children[0]) == said


def test_what_was_sold_in_another_currency_is_said_beside_the_figures() -> None:
    answer = Overview({HEADLINE: figure(HEADLINE, Decimal(1))}, 5, True, (("EUR", 2, Decimal("8.5")),))
    assert part.show(answer, VIEW, WORDS)["note"] == "not counted here: 2 orders in another currency, €8.50"


def test_without_a_choice_the_usual_tiles_are_asked_for() -> None:
    assert part.keys(None) == (HEADLINE, *DEFAULT_TILES)


def test_a_choice_is_kept_in_its_order_and_what_is_no_longer_known_falls_away() -> None:
    assert part.keys(["orders", "gone", "views", "orders", 7]) == (HEADLINE, "orders", "views")
    assert part.keys([]) == (HEADLINE,)
    assert len(part.keys(sorted(part.KNOWN))) == 1 + MOST_TILES


def explain(shown: Figure, last: int | None = None, lines: tuple[tuple[str, int], ...] = (), **log: int) -> str:
    answer = Evidence(shown, 5, lines, log.get("rejected", 0), log.get("duplicates", 0), last)
    return text(part.explanation(answer, WORDS), " | ")


def test_a_ratio_opens_to_its_two_parts() -> None:
    said = explain(figure("ctor", 0.052, numerator=671, denominator=12_904))
    assert "5.2%" in said and "Formula | orders / product clicks" in said
    assert "Numerator | 671" in said and "Denominator | 12,904" in said


def test_a_part_that_is_money_is_written_as_money() -> None:
    said = explain(figure("aov", Decimal("27.51"), numerator=Decimal("18462.40"), denominator=671))
    assert "Numerator | $18,462.40" in said and "Denominator | 671" in said


def test_a_plain_count_has_no_parts() -> None:
    assert "Numerator" not in explain(figure("views", 3))


def test_the_tap_through_rate_has_the_plain_one_beside_it() -> None:
    assert "All channels | 22.5%" in explain(figure("tap_through_rate", 0.2, plain=0.225))


def test_what_feeds_it_is_counted() -> None:
    both = (("viewers", 120), ("leave", 1))
    assert "Fed by | viewers (120 lines) or leave (1 line)" in explain(figure("current_viewers", 3), lines=both)


def test_what_is_missing_is_named() -> None:
    assert "Not recorded in this log: impression." in explain(figure("impressions", None, missing=("impression",)))


def test_what_the_log_left_out_is_counted() -> None:
    assert explain(figure("views"), rejected=1, duplicates=42).endswith("Left out | 1 unreadable line, 42 duplicates")


def test_the_two_stretches_of_a_change_are_shown() -> None:
    assert "Last 5 min | 40 | 5 min before | 38" in explain(figure("views", 100, recent=40, before=38))


def test_a_gauge_says_how_old_its_reading_is() -> None:
    at = 1_763_838_000_000
    assert "Read at | 19:00:00, 1m 35s before the latest event" in explain(
        figure("current_viewers", at=at), at + 95_000
    )
    assert "Read at | 19:00:00 |" in explain(figure("current_viewers", at=at), at)


def test_every_metric_opens_in_every_language() -> None:
    for language in ("en", "zh"):
        for key in METRICS:
            part.explanation(Evidence(figure(key, None), 5, (), 0, 0, None), Words(language))


def test_the_pool_of_tiles_is_all_there_from_the_start() -> None:
    ids = part.layout(WORDS).to_plotly_json()
    assert all(tile in repr(ids) for tile in part.ALL_TILES) and len(part.TILES) == MOST_TILES

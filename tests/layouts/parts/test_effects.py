"""What the events did, row by row: clear effects coloured by what is good for the metric, unclear ones said so, and why
there is none."""
from __future__ import annotations

from dash import html

from layouts.parts import effects as part
from livedash.analysis.effects import KINDS, Effect, EventEffect
from livedash.analysis.markers import Marker
from livedash.locale import Words
from livedash.view import View, Window
from livedash.words import Amount, Sentence
from tests.layouts.pages import find, texts, walk

START = 1_763_838_000_000
MINUTE = 60_000
WORDS = Words("en", "UTC", "USD")
VIEW = View("room", 1)


def marker(kind: str = "pin", name: str = "Serum", place: int = 0) -> Marker:
    said = Sentence.of("Pinned: {product}", product=name)
    return Marker(f"{kind}-{name}", kind, START + place * MINUTE, None, False, said)


def effect(
    low: float = 0.12, uplift: float = 0.34, high: float = 0.59, key: str = "orders", overlaps: tuple[Marker, ...] = (),
    lasted: int = 10,
) -> Effect:  # fmt: skip
    window = Window(START, START + lasted * MINUTE)
    return Effect(key, window, None, 134, 100.0, uplift, low, high, overlaps, None)


def untold(why: Sentence) -> Effect:
    return Effect("orders", Window(START, START + MINUTE), None, 3, None, None, None, None, (marker(),), why)


def table(*effects: Effect, kinds: tuple[str, ...] = ("pin",), all: int | None = None) -> part.Table:
    rows = tuple(EventEffect(marker(place=place), one) for place, one in enumerate(effects))
    return part.Table(("orders", "views"), "orders", 10, kinds, rows, len(rows) if all is None else all)


def shown(*effects: Effect) -> str:
    return texts(part.show(table(*effects), VIEW, WORDS)["rows"])


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(part.show(table(), VIEW, WORDS)) == set(part.OUTPUTS)


def test_at_first_it_says_that_it_loads() -> None:
    page = part.layout(WORDS)
    assert "Loading" in texts(find(page, part.EMPTY)) and find(page, part.TABLE).hidden


def test_a_clear_effect_stands_with_its_interval_and_a_button_to_play() -> None:
    rows = part.show(table(effect()), VIEW, WORDS)["rows"]
    said = texts(rows).split("\n")
    assert [text for text in said if text.strip()] == [
        "Pinned: Serum", "19:00", "134", "100", "+34%", "+12% to +59%", "Play",
    ]  # fmt: skip
    [play] = [found for found in walk(rows) if isinstance(found, html.Button)]
    assert "plays" in play.className and getattr(play, "data-ms") == str(START)
    assert getattr(play, "aria-label") == "Play from 19:00:00: Pinned: Serum"
    assert "34% more orders than expected, between 12% and 59%" in str(rows)


def test_colour_follows_what_is_good_for_the_metric() -> None:
    def weights(key: str) -> tuple[str, str]:
        return part.weight(effect(0.12, 0.34, 0.59, key)), part.weight(effect(-0.59, -0.34, -0.12, key))

    assert weights("orders") == ("good", "bad")
    assert weights("refund_rate") == ("bad", "good")
    assert weights("avg_price") == ("", "")


def test_what_is_not_clear_has_no_colour_and_says_so() -> None:
    assert part.weight(effect(-0.09, 0.1, 0.33)) == ""
    said = shown(effect(-0.09, 0.1, 0.33))
    assert "−9% to +33%" in said and "not clear" in said


def test_a_fall_has_a_minus_and_nothing_at_all_has_no_sign() -> None:
    assert "−34%" in shown(effect(-0.59, -0.34, -0.12))
    assert part.signed(0.001, WORDS) == "0%"


def test_why_an_effect_cannot_be_told_stands_in_its_place() -> None:
    said = shown(untold(Sentence.of("not over yet: until {time}", time=Amount(START, "time"))))
    assert "not over yet: until 19:00" in said and "–" in said
    assert "Overlaps" not in said


def test_overlapping_events_are_named_the_nearest_first() -> None:
    others = tuple(marker("promotion", f"sale {place}", place) for place in (9, 1, 4))
    said = shown(effect(overlaps=others))
    assert "Overlaps: Pinned: sale 1; Pinned: sale 4; and 1 more" in said
    assert "Overlaps: Pinned: sale 9\n" in shown(effect(overlaps=others[:1]))


def test_a_window_that_the_end_of_the_live_cut_short_says_so() -> None:
    assert "Judged over 4m 00s: then the LIVE ended." in shown(effect(lasted=4))
    assert "Judged over" not in shown(effect())


def test_the_latest_event_stands_first() -> None:
    said = shown(effect(), effect())
    assert said.index("19:01") < said.index("19:00")


def test_nothing_yet_says_why() -> None:
    none = part.show(table(kinds=KINDS), VIEW, WORDS)
    assert "No pin, promotion, giveaway or violation" in texts(none["empty"]) and none["table"] is True
    assert "switched on" in texts(part.show(table(kinds=()), VIEW, WORDS)["empty"])


def test_of_many_the_latest_are_shown_and_said() -> None:
    assert part.show(table(effect(), all=99), VIEW, WORDS)["count"] == "The latest 1 of 99."
    assert part.show(table(effect()), VIEW, WORDS)["count"] is None


def test_it_claims_no_cause_least_of_all_of_pins() -> None:
    said = part.show(table(effect()), VIEW, WORDS)["caution"]
    assert "need not have come of it" in said and "The host chooses what to pin" in said


def test_any_metric_may_be_judged_and_at_first_the_one_that_is_charted() -> None:
    options = part.show(table(effect()), VIEW, WORDS)["metrics"]
    assert options[0] == {"label": "Orders (as charted)", "value": part.CHARTED}
    assert {"views", "likes", "orders"} <= {option["value"] for option in options}
    assert part.key(part.CHARTED, ("orders", "views")) == "orders"
    assert part.key("likes", ("orders",)) == "likes"
    assert part.key("stock_left", ("orders",)) == part.key(None, ("orders",)) == "orders"


def test_what_is_chosen_wrongly_falls_back() -> None:
    assert (part.minutes("5"), part.minutes(part.OWN), part.minutes("7"), part.minutes(None)) == (5, None, 10, 10)

"""Figures, money, dates and durations are written as the reader's language, the room's zone and its currency have
them."""
from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from livedash.locale import NO_VALUE, Words, preferred
from livedash.view import Window
from livedash.words import UNITS, Amount, Sentence

SINGAPORE = Words("en", "Asia/Singapore", "USD")
EVENING = 1_764_000_000_000  # 2025-11-24T16:00:00Z


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (12904, "count", "12,904"),
        (12.34, "count", "12.3"),
        (1284.6, "count", "1,285"),
        (Decimal("18462.4"), "money", "$18,462.40"),
        (Decimal("-5"), "money", "-$5.00"),
        (Decimal("12.5"), "money_per_hour", "$12.50/h"),
        (1234.5, "per_hour", "1,234/h"),
        (0.052, "ratio", "5.2%"),
        (0.0003, "ratio", "0.03%"),
        (0, "ratio", "0.0%"),
        (1.0, "ratio", "100.0%"),
        (12.34, "ratio", "1,234%"),
        (8.42, "seconds", "8.4s"),
        (59.6, "seconds", "1m 00s"),
        (112, "seconds", "1m 52s"),
        (7440, "seconds", "2h 04m"),
        (EVENING, "time", "00:00"),
        ("as it is", "text", "as it is"),
    ],
)
def test_a_value_is_written_by_its_unit(value: Any, unit: str, written: str) -> None:
    assert SINGAPORE.value(value, unit) == written


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_value_is_a_dash_and_never_a_zero(unit: str, language: str) -> None:
    assert Words(language).value(None, unit) == NO_VALUE == "–"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Decimal("443.71"), "money", "$443.71"),
        (Decimal("7171.3"), "money", "$7,171"),
        (Decimal("1284000"), "money", "$1.28M"),
        (41608, "count", "41,608"),
        (1_284_000, "count", "1.28M"),
    ],
)
def test_narrow_places_get_less_precision(value: Any, unit: str, written: str) -> None:
    assert SINGAPORE.value(value, unit, short=True) == written


@pytest.mark.parametrize(
    ("delta", "unit", "written"),
    [
        (0.061, "count", "6.1%"),
        (-0.061, "money", "6.1%"),
        (-0.004, "ratio", "0.4 pt"),
        (4.2, "seconds", "4.2 s"),
        (12, "count", "12"),
    ],
)
def test_a_change_has_no_sign(delta: Any, unit: str, written: str) -> None:
    assert SINGAPORE.change(delta, unit) == written


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        ("JPY", "¥1,234"),
        ("MYR", "MYR\u00a01,234.00"),
        ("EUR", "€1,234.00"),
        ("KWD", "KWD\u00a01,234.000"),
        (None, "1,234.00"),
    ],
)
def test_money_has_the_digits_of_its_currency(currency: str | None, written: str) -> None:
    assert Words("en", currency=currency).money(Decimal(1234)) == written


def test_money_is_never_rounded_through_floats() -> None:
    assert SINGAPORE.money(Decimal("90071992547409.93")) == "$90,071,992,547,409.93"


def test_chinese_counts_in_ten_thousands() -> None:
    assert Words("zh", currency="CNY").money(Decimal("1284000"), short=True) == "¥128.4万"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Singapore", "GMT+8"),
        ("UTC", "GMT"),
        ("Asia/Kolkata", "GMT+5:30"),
        ("America/St_Johns", "GMT-3:30"),
        ("Mars/Base", "GMT"),
    ],
)
def test_a_zone_is_named_by_its_offset(zone: str, written: str) -> None:
    assert Words("en", zone).zone_name(EVENING) == written


HOUR = 3_600_000
MIDNIGHT = EVENING  # in Singapore: 2025-11-25T00:00


def told_of(start: int, end: int) -> Words:
    return Words("en", "Asia/Singapore", "USD", Window(MIDNIGHT + start * HOUR, MIDNIGHT + end * HOUR))


def test_in_a_live_of_one_day_times_go_without_their_day() -> None:
    words = told_of(0, 24)
    assert words.several_days is False
    assert [words.clock(MIDNIGHT + hour * HOUR) for hour in (0, 23)] == ["00:00", "23:00"]
    assert words.stretch(MIDNIGHT, MIDNIGHT + 24 * HOUR) == "00:00:00 – 00:00:00"


def test_in_a_live_over_midnight_every_time_has_its_day() -> None:
    words = told_of(-1, 2)
    assert words.several_days is True
    assert words.clock(MIDNIGHT - 1, seconds=True) == "Nov 24 23:59:59" and words.clock(MIDNIGHT) == "Nov 25 00:00"
    assert words.value(MIDNIGHT, "time") == "Nov 25 00:00"
    assert words.sentence(Sentence.of("{at}", at=Amount(MIDNIGHT, "time"))) == "Nov 25 00:00"
    assert words.stretch(MIDNIGHT, MIDNIGHT + HOUR) == "Nov 25 00:00:00 – 01:00:00"
    assert words.stretch(MIDNIGHT - HOUR, MIDNIGHT + HOUR) == "Nov 24 23:00:00 – Nov 25 01:00:00"


def test_what_is_done_on_another_day_than_the_live_has_its_day() -> None:
    words = told_of(1, 3)
    assert words.clock(MIDNIGHT + 4 * HOUR) == "04:00" and words.clock(MIDNIGHT + 25 * HOUR) == "Nov 26 01:00"
    assert words.stretch(MIDNIGHT + 25 * HOUR, MIDNIGHT + 26 * HOUR) == "Nov 26 01:00:00 – 02:00:00"


def test_which_day_it_is_says_the_room_s_zone() -> None:
    night = Window(MIDNIGHT - HOUR, MIDNIGHT + HOUR)
    assert Words("en", "Asia/Singapore", live=night).several_days is True
    assert Words("en", "UTC", live=night).several_days is False


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    berlin = Words("en", "Europe/Berlin")
    before, after = 1_792_888_200_000, 1_792_891_800_000  # 02:30 twice on 2026-10-25
    assert berlin.clock(before) == berlin.clock(after) == "02:30"
    assert (berlin.zone_name(before), berlin.zone_name(after)) == ("GMT+2", "GMT+1")


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(4364, "01:12:44"), (0, "00:00:00"), (359_999, "99:59:59"), (1_000_000, "11 d 13:46:40"), (-3, "00:00:00")],
)
def test_a_duration_is_a_clock(seconds: int, written: str) -> None:
    assert SINGAPORE.duration(seconds) == written


def test_a_sentence_takes_amounts_and_sentences() -> None:
    inner = Sentence.of("{n} left", n=3)
    sentence = Sentence.of(
        "{amount} at {time}: {what}", amount=Amount(Decimal("9.5"), "money"), time=Amount(EVENING, "time"), what=inner
    )
    assert SINGAPORE.sentence(sentence) == "$9.50 at 00:00: 3 left"


def test_what_strangers_wrote_is_no_format() -> None:
    assert SINGAPORE("Product: {title}", title="{0.__class__} {amount}") == "Product: {0.__class__} {amount}"


@pytest.mark.parametrize(
    ("n", "written"), [(1, "1 unreadable line"), (0, "0 unreadable lines"), (2300, "2,300 unreadable lines")]
)
def test_a_count_has_its_plural(n: int, written: str) -> None:
    assert SINGAPORE.plural("{n} unreadable line", "{n} unreadable lines", n) == written


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-DE,de;q=0.9,zh;q=0.3,en;q=0.2", "zh"),
        ("fr", "en"),
        ("en;q=0.1,zh;q=0", "en"),
        ("", "en"),
        (None, "en"),
        ("zh;q=high," * 9000, "en"),
    ],
)
def test_the_browser_says_which_language_it_likes(header: str | None, language: str) -> None:
    assert preferred(header) == language

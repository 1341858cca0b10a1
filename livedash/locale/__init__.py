"""A reader's words and figures: gettext catalogues read from .po by Babel, and numbers, money, dates and durations as
the reader's language and the room's time zone have them. It may not know any screen: phrases come to it as message
ids."""
from __future__ import annotations

import gettext
import io
import re
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from math import floor, log10
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
)

from livedash.view import Window
from livedash.words import Amount, Sentence

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""Language to its own name, in the order offered. English is the language of the message ids."""

LOCALES = {"en": "en_US", "zh": "zh_Hans_CN"}
HTML_LANG = {"en": "en", "zh": "zh-Hans"}
FOLDER = Path(__file__).parent
NO_VALUE = "–"

ISOLATES, END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
TURNING = re.compile(
    r"[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]"
    r"|[\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters that are written from right to left, and signs that turn the direction."""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The phrases of one language, read from its .po (English needs none)."""
    path = FOLDER / language / "LC_MESSAGES" / "livedash.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=512)
def zone_of(name: str) -> tzinfo:
    """The time zone by its IANA name; UTC where the log names one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def preferred(header: str | None) -> str:
    """The offered language that an Accept-Language header likes best; English if none."""
    wishes: list[tuple[float, str]] = []
    for part in (header or "")[:500].split(","):
        tag, _, parameter = part.strip().partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        wishes.append((-weight, tag.split("-")[0].lower()))
    return next(
        (tag for weight, tag in sorted(wishes, key=lambda wish: wish[0]) if weight < 0 and tag in LANGUAGES), "en"
    )


def isolated(text: str) -> str:
    """The text so that its direction ends where it ends, and turns nothing written after it."""
    if not TURNING.search(text):
        return text
    kept, deep = [ISOLATES[-1]], 1
    for letter in text:
        if letter == END_ISOLATE and deep == 1:
            continue
        deep += (letter in ISOLATES) - (letter == END_ISOLATE)
        kept.append(letter)
    return "".join(kept) + END_ISOLATE * deep


class Words:
    """Everything that is written for one reader: call it with a message id to get the phrase in the reader's
    language. live: the stretch of the LIVE that it is written of; a time outside its one day is told with its day."""

    def __init__(
        self, language: str, zone: str = "UTC", currency: str | None = None, live: Window | None = None
    ) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.zone = zone_of(zone)
        self.currency = currency
        self.locale = Locale.parse(LOCALES[self.language])
        self.several_days = live is not None and self.over_days(live)
        self._day = self.moment(live.start).date() if live else None
        self._phrases = catalogue(self.language)

    # ---- phrases

    def __call__(self, msgid: str, **params: Any) -> str:
        """The phrase in the reader's language, its {named} places filled (str, int, Amount or Sentence)."""
        if not msgid:
            return ""
        phrase = self._phrases.gettext(msgid)
        return phrase.format(**{name: self._plain(value) for name, value in params.items()}) if params else phrase

    def plural(self, singular: str, plural: str, n: int, **params: Any) -> str:
        """The phrase in the form that n things need; {n} is written as a count."""
        phrase = self._phrases.ngettext(singular, plural, n)
        return phrase.format(n=self.value(n, "count"), **{name: self._plain(value) for name, value in params.items()})

    def sentence(self, sentence: Sentence) -> str:
        """A Sentence of the data layer, in the reader's language."""
        return self(sentence.msgid, **dict(sentence.params))

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Amount):
            return self.value(value.value, value.unit)
        if isinstance(value, Sentence):
            return self.sentence(value)
        return isolated(value) if isinstance(value, str) else value

    # ---- figures

    def value(self, value: Any, unit: str, *, short: bool = False) -> str:
        """A value by its unit (livedash.words.UNITS); None is an en dash. short: for narrow places, with less
        precision."""
        if value is None:
            return NO_VALUE
        match unit:
            case "money":
                return self.money(value, short=short)
            case "estimate":
                return self.estimate(value)
            case "money_per_hour":
                return self("{amount}/h", amount=self.money(value, short=short))
            case "per_hour":
                return self("{amount}/h", amount=self.number(value, short=short))
            case "ratio":
                return self.percent(value)
            case "percent":
                return format_percent(value, format="#,##0%", locale=self.locale)
            case "seconds":
                return self.span(value)
            case "time":
                return self.clock(value)
            case "text":
                return str(value)
            case _:
                return self.number(value, short=short)

    def number(self, value: Any, *, short: bool = False) -> str:
        """12,904; means under a hundred keep one decimal. short: 1.28M from a million on."""
        if short and abs(value) >= 1_000_000:
            return format_compact_decimal(value, fraction_digits=2, locale=self.locale)
        pattern = "#,##0.#" if abs(value) < 100 else "#,##0"
        return format_decimal(value, format=pattern, locale=self.locale)

    def money(self, value: Any, *, short: bool = False, cents: bool = True) -> str:
        """$18,462.40 in the room's currency (bare digits where it is not known). short: $7,171 and $1.28M; without
        cents: $350."""
        big = short and abs(value) >= 1_000_000
        whole = not cents or (short and abs(value) >= 1_000)
        if self.currency is None:
            return format_decimal(value, format="#,##0" if whole else "#,##0.00", locale=self.locale)
        if big:
            return format_compact_currency(value, self.currency, fraction_digits=2, locale=self.locale)
        pattern = self.locale.currency_formats["standard"].pattern.split(";")[0]
        if get_currency_symbol(self.currency, self.locale)[-1:].isalpha():
            pattern = pattern.replace("¤", "¤\u00a0")
        if whole:
            pattern = pattern.replace(".00", "")
        return format_currency(value, self.currency, format=pattern, locale=self.locale, currency_digits=not whole)

    def estimate(self, value: Any) -> str:
        """Money of which no more than two figures are known: $350, $1,200, $4.50."""
        finest = floor(log10(abs(value))) - 1 if value else 0
        rounded = Decimal(round(float(value) / 10.0**finest)).scaleb(finest)
        return self.money(rounded, cents=finest < 0)

    def percent(self, value: Any) -> str:
        """A fraction as 5.2%; small ones keep two decimals, those of ten and more none."""
        size = abs(value)
        pattern = "#,##0.00%" if 0 < size < 0.00995 else "#,##0%" if size >= 9.995 else "#,##0.0%"
        return format_percent(value, format=pattern, locale=self.locale)

    def span(self, seconds: Any) -> str:
        """A length of time in words: 8.4s, 52s, 1m 52s, 2h 04m."""
        if seconds < 10:
            return self("{seconds}s", seconds=format_decimal(seconds, format="0.#", locale=self.locale))
        whole = round(seconds)
        minutes, rest = divmod(whole, 60)
        if whole < 60:
            return self("{seconds}s", seconds=rest)
        if whole < 3600:
            return self("{minutes}m {seconds}s", minutes=minutes, seconds=f"{rest:02d}")
        return self("{hours}h {minutes}m", hours=self.number(minutes // 60), minutes=f"{minutes % 60:02d}")

    def change(self, delta: Any, unit: str) -> str:
        """How much a figure moved, without a sign (an arrow stands beside it): ratios in points, durations in seconds,
        whole numbers as they are, everything else relative (0.061 is 6.1%)."""
        if delta is None:
            return NO_VALUE
        size = abs(delta)
        if unit == "ratio":
            return self("{points} pt", points=format_decimal(size * 100, format="#,##0.0", locale=self.locale))
        if unit == "seconds":
            return self(
                "{seconds} s", seconds=format_decimal(size, format="#,##0" if size >= 10 else "0.#", locale=self.locale)
            )
        if isinstance(delta, int):
            return self.number(size)
        return self.percent(size)

    # ---- times

    def moment(self, ms: int) -> datetime:
        """Epoch milliseconds as a time in the room's zone."""
        return datetime.fromtimestamp(ms / 1000, UTC).astimezone(self.zone)

    def over_days(self, window: Window) -> bool:
        """Whether the window is of more than one day in the room's zone."""
        return self.moment(window.start).date() != self.moment(max(window.end - 1, window.start)).date()

    def clock(self, ms: int | None, *, seconds: bool = False) -> str:
        """20:03 in the room's zone (20:03:41 with seconds); Nov 24 20:03 where the LIVE is of several days, or is not
        of that day."""
        if ms is None:
            return NO_VALUE
        written = self.time_of_day(ms, seconds=seconds)
        return f"{self.day(ms)} {written}" if self._needs_day(ms) else written

    def _needs_day(self, ms: int) -> bool:
        return self.several_days or self._day not in (None, self.moment(ms).date())

    def time_of_day(self, ms: int, *, seconds: bool = False) -> str:
        """20:03 in the room's zone, for where the day is said beside it."""
        return format_time(self.moment(ms).timetz(), format="HH:mm:ss" if seconds else "HH:mm", locale=self.locale)

    def date_time(self, ms: int | None) -> str:
        """Nov 23, 2026 20:03 in the room's zone."""
        if ms is None:
            return NO_VALUE
        return f"{format_date(self.moment(ms), format='medium', locale=self.locale)} {self.time_of_day(ms)}"

    def day(self, ms: int) -> str:
        """Nov 23 in the room's zone."""
        return format_skeleton("MMMd", self.moment(ms), locale=self.locale)

    def stretch(self, start: int, end: int) -> str:
        """20:03:41 – 20:08:41, with its day as clock has it, and with two where it ends on another."""
        first, last = (self.time_of_day(ms, seconds=True) for ms in (start, end))
        two_days = self.over_days(Window(start, end))
        if two_days or self._needs_day(start):
            first = f"{self.day(start)} {first}"
        return f"{first} – {self.day(end)} {last}" if two_days else f"{first} – {last}"

    def zone_name(self, ms: int) -> str:
        """The room's offset from UTC at that time: GMT+8, GMT-3:30, GMT."""
        offset = self.moment(ms).utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        if not minutes:
            return "GMT"
        hours, rest = divmod(abs(minutes), 60)
        return f"GMT{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")

    def duration(self, seconds: float | None) -> str:
        """01:12:44; from a hundred hours on, days stand before."""
        if seconds is None:
            return NO_VALUE
        whole = max(0, int(seconds))
        hours, rest = divmod(whole, 3600)
        if hours < 100:
            return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
        return self("{days} d {clock}", days=hours // 24, clock=f"{hours % 24:02d}:{rest // 60:02d}:{rest % 60:02d}")

"""Writes a trend or the table of products to a file: as CSV, or as XLSX with what belongs to it on sheets of their own.
It writes row by row, can be stopped, and leaves no half a file; nothing in it is ever a formula."""
from __future__ import annotations

import contextlib
import csv
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import METRICS, Metric, Value
from livedash.analysis.product_table import Line, ProductTable
from livedash.analysis.products import TOLD
from livedash.analysis.rows import Row, Table
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import N_, Sentence

FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, "CSV injection"): also after blanks, and as
the wide signs of Chinese and Japanese keyboards."""
EVERY = 200
"""Rows between two words about how far it has come."""
LONGEST = 32_767
"""What one cell of a sheet holds, in characters."""

KIND_NAMES: dict[str, str] = {
    "pin": N_("Pin"), "promotion": N_("Promotion"), "giveaway": N_("Giveaway"), "violation": N_("Violation"),
    "listed": N_("Product listed"), "sold_out": N_("Sold out"), "price": N_("Price change"), "host": N_("Host change"),
    "pause": N_("Pause"), "gap": N_("Recording gap"),
}  # fmt: skip
UNIT_NAMES: dict[str, str] = {
    "ratio": N_("share"), "seconds": N_("seconds"), "per_hour": N_("an hour"),
    "money": N_("{currency}"), "money_per_hour": N_("{currency} an hour"),
}  # fmt: skip


class Speaker(Protocol):
    """What the export needs of livedash.locale.Words: the reader's language and the room's zone."""

    def __call__(self, msgid: str, **params: Any) -> str: ...

    def sentence(self, sentence: Sentence) -> str: ...

    def moment(self, ms: int) -> datetime: ...


class Stopped(Exception):
    """Whoever asked for the file wants it no more; there is none."""


@dataclass(frozen=True, slots=True)
class Job:
    """How an export is watched: progress is told rows done and rows in all; stop is asked whether to go on."""

    progress: Callable[[int, int], None] = lambda done, total: None
    stop: Callable[[], bool] = lambda: False


def file_name(rollup: Rollup, what: str, kind: str, now_ms: int) -> str:
    """What a download is called: room, what it holds ("trend", "markers"), "so-far" while the LIVE runs, and when it
    was made (UTC). kind: "csv" or "xlsx"."""
    at = f"{datetime.fromtimestamp(now_ms / 1000, UTC):%Y%m%dT%H%M%SZ}"
    return "-".join([rollup.room.id, what, *(["so-far"] if is_running(rollup) else []), at]) + f".{kind}"


def is_running(rollup: Rollup) -> bool:
    """Whether more may come: what is written now is "so far"."""
    return rollup.room.state in ("live", "paused")


def write_csv(path: Path, rollup: Rollup, table: Table, words: Speaker, job: Job | None = None) -> None:
    """The rows as CSV: UTF-8 with a byte order mark (so that Excel reads it as such), times in the room's zone and in
    UTC, numbers plain. Raises Stopped."""
    heads = _heads(rollup, table, words)
    with _whole(path) as aside, _csv(aside) as write:
        write([_safe(head) for head in heads])
        for row in _watched(table, job or Job()):
            write([_time(words.moment(row.start)), _utc(row.start), _plain(row.recorded), *map(_plain, row.values)])


def write_markers_csv(path: Path, rollup: Rollup, table: Table, words: Speaker) -> None:
    """The markers of the table's window as CSV. Ids are as the log has them, for programs to join on: a spreadsheet
    rounds the long ones, and should be given the XLSX."""
    with _whole(path) as aside, _csv(aside) as write:
        write([_safe(head) for head in _marker_heads(rollup, words)])
        for marker in markers(rollup, table.window):
            write([_cell(value, words) for value in _of_marker(marker, words)])


def write_xlsx(path: Path, rollup: Rollup, table: Table, words: Speaker, now_ms: int, job: Job | None = None) -> None:
    """The rows as XLSX, the markers on a second sheet, and on a third what this is: room, stretch, bucket, and that it
    tells the LIVE "so far" where that runs. Raises Stopped."""
    with _whole(path) as aside:
        book = _book(path, aside)
        try:
            sheet = _Sheet(book, words("Trend"), _heads(rollup, table, words), words)
            formats = [None, None, None, *(book.add_format({"num_format": _looks(METRICS[key])}) for key in table.keys)]
            for row in _watched(table, job or Job()):
                sheet.write([_Moment(row.start), _Utc(row.start), row.recorded, *row.values], formats)
            sheet = _Sheet(book, words("Markers"), _marker_heads(rollup, words), words)
            for marker in markers(rollup, table.window):
                sheet.write(_of_marker(marker, words))
            sheet = _Sheet(book, words("About"), [words("About this file"), ""], words)
            for line in _about(rollup, table, words, now_ms):
                sheet.write(line)
        finally:
            book.close()


def write_products_csv(path: Path, rollup: Rollup, table: ProductTable, words: Speaker) -> None:
    """The products of the table as CSV, with every fact and every product metric. No line of totals: whoever adds up
    the file must not add them twice, and distinct figures cannot be added up."""
    with _whole(path) as aside, _csv(aside) as write:
        write([_safe(head) for head in _product_heads(rollup, words)])
        for line in table.lines:
            write([_cell(value, words) if i in PRODUCT_TEXTS else _number(value, words)
                   for i, value in enumerate(_of_product(line))])  # fmt: skip


def write_products_xlsx(
    path: Path, rollup: Rollup, table: ProductTable, window: Window | None, words: Speaker, now_ms: int
) -> None:
    """The products of the table as XLSX, their totals on a second sheet, and on a third what this is."""
    with _whole(path) as aside:
        book = _book(path, aside)
        try:
            sheet = _Sheet(book, words("Products"), _product_heads(rollup, words), words)
            looks = [book.add_format({"num_format": _looks(metric)}) for metric in TOLD]
            price = book.add_format({"num_format": "#,##0.00"})
            formats = [None, None, None, price, None, None, None, *looks]
            for line in table.lines:
                sheet.write(_of_product(line), formats)
            sheet = _Sheet(book, words("Totals"), [words("Metric"), _totals_head(table, words)], words)
            for metric, look in zip(TOLD, looks, strict=True):
                sheet.write([_head(metric, rollup, words), table.totals[metric.key]], [None, look])
            sheet = _Sheet(book, words("About"), [words("About this file"), ""], words)
            for about in _about_room(rollup, window, words, now_ms):
                sheet.write(about)
            sheet.write([words("Products"), len(table.lines)])
            sheet.write([words("Products of this LIVE"), table.all])
            for about in _lacks([metric.key for metric in TOLD], rollup, words):
                sheet.write(about)
        finally:
            book.close()


# --- what stands in the cells


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time to be written by the room's clock."""

    ms: int


class _Utc(_Moment):
    """A time to be written in UTC."""


def _heads(rollup: Rollup, table: Table, words: Speaker) -> list[str]:
    times = _time_heads(rollup, words)
    return [*times, words("Seconds recorded"), *(_head(METRICS[key], rollup, words) for key in table.keys)]


def _time_heads(rollup: Rollup, words: Speaker) -> list[str]:
    zone = rollup.room.timezone
    return [words("Time ({zone})", zone=zone), words("Time (UTC)")]


def _head(metric: Metric, rollup: Rollup, words: Speaker) -> str:
    label, unit = words(metric.label), UNIT_NAMES.get(metric.unit)
    if unit is None or ("{currency}" in unit and rollup.room.currency is None):
        return label
    return words("{metric} ({unit})", metric=label, unit=words(unit, currency=rollup.room.currency or ""))


def _marker_heads(rollup: Rollup, words: Speaker) -> list[str]:
    begun, begun_utc = _time_heads(rollup, words)
    ended = words("Until ({zone})", zone=rollup.room.timezone)
    said = (words("Kind"), words("What"), words("Product"), words("Reference"), words("State"))
    return [begun, begun_utc, ended, words("Until (UTC)"), *said]


def _of_marker(marker: Marker, words: Speaker) -> list[Any]:
    ended = [None, None] if marker.end is None else [_Moment(marker.end), _Utc(marker.end)]
    state = words("still running") if marker.open else ""
    return [
        _Moment(marker.start), _Utc(marker.start), *ended, words(KIND_NAMES[marker.kind]),
        words.sentence(marker.sentence), marker.product_id, marker.ref_id, state,
    ]  # fmt: skip


def _about(rollup: Rollup, table: Table, words: Speaker, now_ms: int) -> Iterator[list[Any]]:
    yield from _about_room(rollup, table.window, words, now_ms)
    yield [words("Seconds in a bucket"), table.step_ms / 1000]
    yield from _lacks(table.keys, rollup, words)


def _about_room(rollup: Rollup, window: Window | None, words: Speaker, now_ms: int) -> Iterator[list[Any]]:
    """The room and the stretch (None: the whole LIVE)."""
    room, window = rollup.room, window or rollup.span
    yield [words("Room"), room.id]
    yield [words("Title"), room.title]
    yield [words("Host"), room.host or ""]
    if window is not None:
        yield [words("From"), _Moment(window.start)]
        yield [words("To"), _Moment(window.end)]
    yield [words("Zone of the times"), room.timezone]
    yield [words("Currency"), room.currency or ""]
    yield [words("Written"), _Moment(now_ms)]
    yield [words("State"), words("So far: the LIVE is still running.") if is_running(rollup) else words("Ended")]


def _lacks(keys: Sequence[str], rollup: Rollup, words: Speaker) -> Iterator[list[Any]]:
    for key in keys:
        lacks = METRICS[key].lacks(rollup.types)
        if lacks:
            yield [words(METRICS[key].label), words("No value: the log has no {types}.", types=", ".join(lacks))]


PRODUCT_TEXTS = (0, 1, 2)
"""Columns of the products that hold ids and texts, whatever they look like."""


def _product_heads(rollup: Rollup, words: Speaker) -> list[str]:
    price = words("Price")
    if rollup.room.currency is not None:
        price = words("{metric} ({unit})", metric=price, unit=rollup.room.currency)
    return [
        words("Product ID"), words("Title"), words("SKU"), price,
        words("{metric} ({unit})", metric=words("Runs out in"), unit=words("seconds")),
        words("Pinned since ({zone})", zone=rollup.room.timezone), words("Pinned since (UTC)"),
        *(_head(metric, rollup, words) for metric in TOLD),
    ]  # fmt: skip


def _of_product(line: Line) -> list[Any]:
    product, since = line.product, line.product.pinned_since
    pinned = [None, None] if since is None else [_Moment(since), _Utc(since)]
    lasts = None if line.run_out is None or line.run_out.seconds is None else round(line.run_out.seconds)
    skus = ", ".join(product.sku_ids)
    metrics = (product.metrics[metric.key] for metric in TOLD)
    return [product.product_id, product.title, skus, product.price, lasts, *pinned, *metrics]


def _totals_head(table: ProductTable, words: Speaker) -> str:
    n = len(table.lines)
    return words("Total of the {n} shown", n=n) if table.filtered else words("Total of all {n}", n=n)


def _number(value: Any, words: Speaker) -> str:
    return _cell(value, words) if isinstance(value, _Moment) else _plain(value)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _utc(ms: int) -> str:
    return _time(datetime.fromtimestamp(ms / 1000, UTC))


def _plain(value: Value) -> str:
    """A number without a sign of thousands; a ratio to the digits that it has. No value is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _cell(value: Any, words: Speaker) -> str:
    """A text, an id or a time as a cell of CSV."""
    match value:
        case None:
            return ""
        case _Utc(ms=ms):
            return _utc(ms)
        case _Moment(ms=ms):
            return _time(words.moment(ms))
        case _:
            return _safe(str(value))


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before it says that it is a text."""
    return _written(f"'{text}" if FORMULA.match(text) else text)


def _written(text: str) -> str:
    """A text as it can be written to a file: halves of characters, which a log may hold, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _looks(metric: Metric) -> str:
    """How a metric's numbers look in a sheet."""
    looks = {"ratio": "0.00%", "money": "#,##0.00", "money_per_hour": "#,##0.00", "seconds": "0.0"}
    return looks.get(metric.unit, "#,##0")


# --- the files themselves


def _book(path: Path, aside: Path) -> Any:
    """A workbook in which nothing is a formula or a link."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}  # fmt: skip
    return xlsxwriter.Workbook(str(aside), options)


class _Sheet:
    """A sheet with its heads, written row by row."""

    def __init__(self, book: Any, name: str, heads: Sequence[str], words: Speaker) -> None:
        self._words, self._row = words, 0
        self._sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheet.set_column(0, len(heads) - 1, 20)
        self._sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        self.write(list(heads), [bold] * len(heads))

    def write(self, values: Sequence[Any], formats: Sequence[Any] | None = None) -> None:
        for column, value in enumerate(values):
            look = formats[column] if formats else None
            match value:
                case None | "":
                    continue
                case _Utc(ms=ms):
                    when = datetime.fromtimestamp(ms / 1000, UTC)
                    self._sheet.write_datetime(self._row, column, when, self._time)
                case _Moment(ms=ms):
                    self._sheet.write_datetime(self._row, column, self._words.moment(ms), self._time)
                case str():
                    self._sheet.write_string(self._row, column, _written(value)[:LONGEST], look)
                case _:
                    self._sheet.write_number(self._row, column, value, look)
        self._row += 1


def _watched(table: Table, job: Job) -> Iterator[Row]:
    """The rows (never more than a sheet holds: see buckets.MOST), with a word now and then. Raises Stopped."""
    total = len(table)
    for done, row in enumerate(table):
        if done % EVERY == 0:
            if job.stop():
                raise Stopped
            job.progress(done, total)
        yield row
    job.progress(total, total)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside the one to be: put in its place when all is written, removed when it is not."""
    aside = path.with_name(path.name + ".part")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


@contextlib.contextmanager
def _csv(path: Path) -> Iterator[Callable[[Sequence[str]], Any]]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file).writerow

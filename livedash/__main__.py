"""The command line of the data layer: figures of a room, the ingester, the simulator. Each command loads only what it
needs; the dashboard itself is started by app.py."""
from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from livedash.analysis.facts import whole
from livedash.analysis.figures import figures
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS, FUNNEL, GROUPS, HEADLINE, METRICS, Metric
from livedash.locale import Words
from livedash.log.moments import epoch_ms
from livedash.log.vocabulary import TYPES
from livedash.problems import Problem
from livedash.rollup import from_folder
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import N_

COMMANDS = {
    "figures": (__name__, "print every figure of a room's log"),
    "simulate": ("livedash.sources.simulate", "write the log of a simulated LIVE"),
    "ingest": ("livedash.hosted", "keep a data directory's rooms read, and deliver what is done in them"),
}
"""Command to the module that has its add_arguments(parser) and run(args), and what it does."""

MOST_ROWS = 20
YEAR_10000 = 253_402_300_800_000
MOST_DIGITS = 15


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 2, with a sentence on stderr, for trouble that the caller can mend."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        args = _parser(words).parse_args(words)
        return int(args.run(args) or 0)
    except Problem as problem:
        print(_one_line(problem.sentence.in_english()), file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        return 0


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m livedash", description="livedash without its screens.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in words if not word.startswith("-")), None)
    for name, (module, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name == asked:
            home = sys.modules[__name__] if module == __name__ else import_module(module)
            home.add_arguments(command)
            command.set_defaults(run=home.run)
    return parser


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `python -m livedash figures`."""
    parser.add_argument("room_folder", type=Path, help="the folder that holds the room's .ndjson files")
    parser.add_argument("--json", action="store_true", help="as one JSON object instead of a table")
    parser.add_argument("--from", dest="start", metavar="T", help="first moment: RFC 3339 with a zone, or epoch ms")
    parser.add_argument("--to", dest="end", metavar="T", help="moment up to which, in the same form")
    parser.add_argument("--steps", metavar="A,B,C", help="event types for the ordered user funnel")
    parser.add_argument("--within", metavar="SECONDS", help="from the first of the steps to the last")


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    steps = tuple(step.strip() for step in (args.steps or "").split(",") if step.strip())
    within_ms = _milliseconds(args.within)
    if within_ms is not None and not steps:
        raise Problem(
            "no-steps", N_("--within limits the time that the steps take. Name them with --steps, or leave it out.")
        )
    start, end = _moment(args.start), _moment(args.end)
    rollup = from_folder(args.room_folder)
    found = figures(rollup, _window(rollup, start, end), steps, within_ms)
    for step in steps:
        if step not in TYPES and step not in found["log"]["types"]:
            print(f"{_one_line(step)} is no type of the vocabulary, and none in this log.", file=sys.stderr)
    if args.json:
        print(json.dumps(found, indent=1))
    else:
        print("\n".join(_one_line(line) for line in _table(found)))
    return 0


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    found = epoch_ms(int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else text)
    if found is None or not 0 <= found < YEAR_10000:
        raise Problem(
            "bad-time",
            N_("{text} is no moment. Write it like 2026-11-20T19:00:00Z, with a zone, or in epoch milliseconds."),
            text=text,
        )
    return found


def _milliseconds(seconds: str | None) -> int | None:
    try:
        found = None if seconds is None else round(float(seconds) * 1000)
    except (ValueError, OverflowError):
        found = -1
    if found is not None and found < 0:
        raise Problem("bad-number", N_("{text} is no length of time. Write a number of seconds."), text=seconds)
    return found


def _window(rollup: Rollup, start: int | None, end: int | None) -> Window | None:
    """The window asked for; an end left open is that of the log. Raises Problem("empty-window")."""
    all_of_it = whole(rollup)
    if (start is None and end is None) or all_of_it is None:
        return None
    window = Window(all_of_it.start if start is None else start, all_of_it.end if end is None else end)
    if window.start >= window.end:
        raise Problem("empty-window", N_("The window ends before it begins. Choose a later --to or an earlier --from."))
    return window


def _table(found: dict[str, Any]) -> Iterator[str]:
    """The figures as lines of text: the log's account, the metrics by group, the funnels, products and channels."""
    room, total = found["room"], found["log"]
    words = Words("en", room["timezone"], room["currency"])
    yield f"{room['title']} ({room['id']}), {room['state']}"
    yield f"{found['window']['from'] or '–'} to {found['window']['to'] or '–'}"
    yield "Log: " + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in total.items() if isinstance(n, int))
    if total["unknown_types"]:
        types = (f"{name} {count}" for name, count in total["unknown_types"].items())
        yield "Types that are not in the vocabulary: " + ", ".join(types)
    for currency, sold in found["other_currencies"].items():
        amount = Words("en", room["timezone"], currency).money(Decimal(sold[HEADLINE]))
        yield f"In another currency, and in no figure below: {sold['orders']} orders, {amount}"
    for group, label in GROUPS.items():
        yield from ("", label)
        for metric in METRICS.values():
            if metric.group == group:
                lacks = found["missing"].get(metric.key)
                needs = f"  needs {', '.join(lacks)}" if lacks else ""
                yield f"  {metric.label:<30}{_said(metric, found['metrics'][metric.key], words):>18}{needs}"
    yield ""
    funnel = ((METRICS[stage["stage"]].label, stage["count"]) for stage in found["funnel"])
    people = ((stage["stage"], stage["users"]) for stage in found["user_funnel"])
    for title, stages in (("Funnel", funnel), ("Users", people)):
        yield f"{title}: " + " → ".join(f"{name} {words.value(count, 'count')}" for name, count in stages)
    products = [(row["title"], row) for row in found["products"]]
    yield from _rows("Products", products, DEFAULT_PRODUCT_COLUMNS, words)
    channels = [(f"{row['source'] or '–'}{' (paid)' if row['paid'] else ''}", row) for row in found["channels"]]
    yield from _rows("Channels", channels, (*FUNNEL, HEADLINE), words)


def _rows(title: str, rows: list[tuple[str, dict[str, Any]]], keys: Sequence[str], words: Words) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{title:<32}" + "".join(f"{METRICS[key].label:>21}" for key in keys)
    for name, row in rows[:MOST_ROWS]:
        yield f"  {name[:29]:<30}" + "".join(f"{_said(METRICS[key], row[key], words):>21}" for key in keys)
    if len(rows) > MOST_ROWS:
        yield f"  and {len(rows) - MOST_ROWS} more"


def _said(metric: Metric, value: Any, words: Words) -> str:
    return words.value(Decimal(value) if isinstance(value, str) else value, metric.unit)


def _one_line(text: str) -> str:
    """Text for a terminal: nothing in a log may steer it."""
    return "".join(char if char.isprintable() else " " for char in text)


if __name__ == "__main__":
    sys.exit(main())

"""The overview card: Direct GMV large, then the chosen metrics as tiles, each of which opens to how it is computed. The
tiles are a fixed pool that a refresh fills anew, so that focus stays; it computes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.figures.spark import spark
from layouts.parts.chooser import button_id, chooser, chooser_button, chosen, metric_groups
from layouts.parts.feeds import feeds
from layouts.parts.states import card, dialog, loading, missing_text
from livedash.analysis.evidence import Evidence
from livedash.analysis.metrics import DEFAULT_TILES, HEADLINE, METRICS, MOST_TILES, Metric, Value
from livedash.analysis.overview import Figure, Overview
from livedash.locale import Words
from livedash.view import View

ROOT = "key-data-overview"
NOTE = f"{ROOT}-note"
HEAD_TILE = f"{ROOT}-headline"
TILES = tuple(f"{ROOT}-tile-{place}" for place in range(MOST_TILES))
ALL_TILES = (HEAD_TILE, *TILES)

STALE_MS = 30_000
"""A reading that is older than this says of when it is."""

EXPLANATION = f"{ROOT}-explanation"
EXPLANATION_BODY = f"{ROOT}-explanation-body"
OPENED = f"{ROOT}-opened"
ASKED = f"{ROOT}-asked"

KNOWN = frozenset(key for key, metric in METRICS.items() if "time" in metric.by) - {HEADLINE}
"""What may be a tile: all that can be told of the room as a whole (stock is a product's)."""

OUTPUTS: dict[str, Output] = {
    "customize": Drawn(button_id(ROOT), "children"),
    "note": Drawn(NOTE, "children"),
} | {
    f"{what}-{place}": Drawn(tile, prop)
    for place, tile in enumerate(ALL_TILES)
    for what, prop in (("tile", "children"), ("key", "data-key"), ("hidden", "hidden"))
}


def keys(stored: Any) -> tuple[str, ...]:
    """What to ask of the analysis for the choice that a browser stored: the headline, then the tiles in order."""
    return (HEADLINE, *chosen(stored, KNOWN, DEFAULT_TILES)[:MOST_TILES])


def layout(words: Words) -> Component:
    """The card in its loading state, with its two dialogs."""
    tiles = [_slot(tile, "tile", hidden=place >= len(DEFAULT_TILES)) for place, tile in enumerate(TILES)]
    for tile in tiles[: len(DEFAULT_TILES)]:
        tile.children = loading(words, 2)
    return card(
        words("Overview"),
        id=ROOT,
        note=html.Span(id=NOTE),
        actions=chooser_button(ROOT, words("Customize")),
        children=[
            html.Div(_slot(HEAD_TILE, "tile tile-head", hidden=False), className="overview-head"),
            html.Div(tiles, className="tiles"),
            chooser(
                ROOT,
                words("Choose what the overview shows"),
                metric_groups(words, "time", without=(HEADLINE,)),
                DEFAULT_TILES,
                most=MOST_TILES,
                words=words,
            ),
            dialog(
                words("How this is computed"),
                words,
                id=EXPLANATION,
                children=[html.Div(id=EXPLANATION_BODY, className="explain-body"), loading(words, 4)],
            ),
            dcc.Store(id=OPENED),
            dcc.Store(id=ASKED),
        ],
    )


def _slot(id: str, style: str, hidden: bool) -> html.Button:
    return html.Button(id=id, type="button", className=style, hidden=hidden, **{"aria-haspopup": "dialog"})


def show(answer: Overview, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """What stands in every slot: the headline, then the figures in the order of the answer; empty slots are hidden.
    All slots are always set, so it makes no difference whether other tiles were chosen (anew)."""
    figures = [answer.figures[HEADLINE], *(figure for key, figure in answer.figures.items() if key != HEADLINE)]
    slots: list[Figure | None] = [*figures, *[None] * (len(ALL_TILES) - len(figures))]
    shown: dict[str, Any] = {
        "customize": words("Customize · {count} of {most}", count=len(figures) - 1, most=MOST_TILES),
        "note": _note(answer, words),
    }
    for place, figure in enumerate(slots):
        told = replace(figure, change=None) if figure and answer.settled else figure
        shown[f"tile-{place}"] = _tile(told, _when(told, answer, words), words) if told else None
        shown[f"key-{place}"] = figure.key if figure else ""
        shown[f"hidden-{place}"] = figure is None
    return shown


def _note(answer: Overview, words: Words) -> str:
    """What the changes compare, and what stands apart from all these figures."""
    said = [_elsewhere(*sold, words) for sold in answer.other_currencies]
    if not answer.settled:
        compared = words.plural(
            "Change: the last minute against the one before",
            "Change: the last {n} min against the {n} min before",
            answer.change_minutes,
        )
        said.insert(0, compared)
    return " · ".join(said)


def _elsewhere(currency: str, orders: int, amount: Decimal, words: Words) -> str:
    """What was sold in another currency than the room's."""
    money = Words(words.language, currency=currency).value(amount, "money")
    return words.plural(
        "not counted here: {n} order in another currency, {money}",
        "not counted here: {n} orders in another currency, {money}",
        orders,
        money=money,
    )


def _when(figure: Figure, answer: Overview, words: Words) -> str:
    """Of what time a reading is that is not of now; a change would say nothing of it."""
    if figure.at is None or answer.latest is None:
        return ""
    if answer.settled:
        return words("at the end")
    return words("as of {time}", time=words.clock(figure.at)) if answer.latest - figure.at > STALE_MS else ""


def _tile(figure: Figure, when: str, words: Words) -> list[Component]:
    """when: what stands in the place of the change, if anything."""
    metric = METRICS[figure.key]
    said = html.Span(when, className="change muted") if when else _change(figure, metric, words)
    return [
        html.Span(words(metric.label), className="tile-label"),
        html.Span(words.value(figure.value, metric.unit, short=figure.key != HEADLINE), className="tile-value"),
        html.Span([said, spark(figure.spark)], className="tile-foot"),
    ]


def _change(figure: Figure, metric: Metric, words: Words) -> Component:
    """Arrow, amount and colour; what is missing, where there is no value."""
    if figure.value is None:
        hint = words("no value yet")
        if figure.missing:
            hint = words("needs {types}", types=feeds(metric, figure.missing, words))
        return html.Span(hint, title=hint, className="change muted needs")
    if not figure.change:
        return html.Span(words("no change") if figure.change == 0 else "", className="change muted")
    up = figure.change > 0
    weight = "muted" if not metric.good else "good" if up == (metric.good == "up") else "bad"
    return html.Span(
        [
            html.Span("▲ " if up else "▼ ", **{"aria-hidden": "true"}),
            html.Span(words("up") if up else words("down"), className="visually-hidden"),
            " ",
            words.change(figure.change, metric.unit),
        ],
        className=f"change {weight}",
    )


def explanation(answer: Evidence, words: Words) -> list[Component]:
    """The opened tile: what the metric is, how it is computed, from what, what is missing, and how good its log is."""
    metric = METRICS[answer.figure.key]
    rows = [part for name, value in _facts(answer, metric, words) for part in (html.Dt(name), html.Dd(value))]
    return [
        html.P(words(metric.label), className="tile-label"),
        html.P(words.value(answer.figure.value, metric.unit), className="tile-value"),
        html.P(words(metric.help), className="explain-help"),
        html.Dl(rows, className="explain"),
    ]


def _facts(answer: Evidence, metric: Metric, words: Words) -> Iterator[tuple[str, str]]:
    figure = answer.figure
    yield words("Formula"), words(metric.formula)
    if metric.rate:
        yield words("Numerator"), _part(figure.numerator, words)
        yield words("Denominator"), _part(figure.denominator, words)
    if figure.plain is not None:
        yield words("All channels"), words.value(figure.plain, metric.unit)
    yield words("Fed by"), feeds(metric, [_lines(kind, count, words) for kind, count in answer.lines], words)
    if figure.missing:
        yield words("Missing"), missing_text(words, figure.missing)
    if figure.at is not None:
        yield words("Read at"), _read_at(figure.at, answer.last_event, words)
    if figure.before is not None:
        yield words("Last {n} min", n=answer.minutes), words.value(figure.recent, metric.unit)
        yield words("{n} min before", n=answer.minutes), words.value(figure.before, metric.unit)
    yield words("Left out"), _left_out(answer, words)


def _part(value: Value, words: Words) -> str:
    """A numerator or denominator: money is a Decimal, everything else a number."""
    return words.value(value, "money" if isinstance(value, Decimal) else "count")


def _lines(kind: str, count: int, words: Words) -> str:
    return f"{kind} ({words.plural('{n} line', '{n} lines', count)})"


def _left_out(answer: Evidence, words: Words) -> str:
    """The lines of the log that are in no figure, and why."""
    unreadable = words.plural("{n} unreadable line", "{n} unreadable lines", answer.rejected)
    duplicates = words.plural("{n} duplicate", "{n} duplicates", answer.duplicates)
    said = [unreadable, duplicates, *(_elsewhere(*sold, words) for sold in answer.other_currencies)]
    if answer.unpriced:
        said.append(words.plural("{n} paid line without a price", "{n} paid lines without a price", answer.unpriced))
    return ", ".join(said)


def _read_at(at: int, last: int | None, words: Words) -> str:
    clock = words.clock(at, seconds=True)
    if last is None or last - at < 1000:
        return clock
    return words("{time}, {age} before the latest event", time=clock, age=words.span((last - at) / 1000))

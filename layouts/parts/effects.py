"""What the events did: a table of pins, promotions, giveaways and violations with what a metric did after each, against
what was to be expected without it. It names no cause and computes nothing."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import Output, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet, segmented
from layouts.parts.trend import choosable
from livedash.analysis.effects import DEFAULT_MINUTES, KINDS, MINUTES, Effect, EventEffect, caution, in_words
from livedash.analysis.markers import Marker
from livedash.analysis.metrics import DEFAULT_TREND, METRICS
from livedash.locale import Words
from livedash.view import View

ROOT = "trends-effects"
METRIC = f"{ROOT}-metric"
AFTER = f"{ROOT}-after"
ROWS = f"{ROOT}-rows"
EMPTY = f"{ROOT}-empty"
COUNT = f"{ROOT}-count"
TABLE = f"{ROOT}-table"
CAUTION = f"{ROOT}-caution"

CHARTED, OWN = "charted", "own"
MOST = 60
"""Events shown; of more, the latest."""
MOST_NAMED = 2
"""Overlapping events that are named; of more, how many there are."""
SHORTER_MS = 30_000
"""A window that is so much shorter than was asked for says it."""

OUTPUTS: dict[str, Output] = {
    "rows": Drawn(ROWS, "children"),
    "empty": Drawn(EMPTY, "children"),
    "table": Drawn(TABLE, "hidden"),
    "count": Drawn(COUNT, "children"),
    "caution": Drawn(CAUTION, "children"),
    "metrics": Output(METRIC, "options"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What the table shows. charted: the metrics of the chart; key, minutes (None: as long as each event lasted) and
    kinds: what was asked for; rows: the latest of `all` events."""

    charted: tuple[str, ...]
    key: str
    minutes: int | None
    kinds: tuple[str, ...]
    rows: tuple[EventEffect, ...]
    all: int


def key(chosen: Any, charted: Sequence[str]) -> str:
    """The metric to judge: the one chosen, or the first that is charted."""
    known = {metric.key for metric in choosable()}
    return chosen if chosen in known else charted[0]


def minutes(chosen: Any) -> int | None:
    """The minutes after an event that are judged; None for as long as it lasts."""
    if chosen == OWN:
        return None
    return int(chosen) if str(chosen) in map(str, MINUTES) else DEFAULT_MINUTES


def layout(words: Words) -> Component:
    """The card in its loading state."""
    lengths = [(str(length), words("{n} min", n=length)) for length in MINUTES]
    metric = dbc.Select(
        id=METRIC, options=options(DEFAULT_TREND, words), value=CHARTED, class_name="effects-metric",
        persistence=True, persistence_type="local",
    )  # fmt: skip
    actions = [
        html.Label([html.Span(words("Effect on")), metric], className="course-bucket"),
        segmented(
            words("Time after the event"),
            id=AFTER,
            options=[*lengths, (OWN, words("Its own length"))],
            value=str(DEFAULT_MINUTES),
            persist=True,
        ),
    ]
    heads = [
        html.Th(words("Event"), scope="col"),
        html.Th(words("At"), scope="col", className="num"),
        html.Th(words("Observed"), scope="col", className="num"),
        html.Th(words("Expected"), scope="col", className="num"),
        html.Th(words("Effect"), scope="col", className="num"),
        html.Th(words("95% interval"), scope="col", className="num"),
        html.Th(html.Span(words("Play"), className="visually-hidden"), scope="col"),
    ]
    scroll = html.Div(
        html.Table([html.Thead(html.Tr(heads)), html.Tbody(id=ROWS)], className="table effects"),
        id=TABLE,
        className="table-scroll effects-scroll",
        hidden=True,
        tabIndex=0,
        role="group",
        **{"aria-labelledby": f"{ROOT}-title"},
    )
    return card(
        words("What the events did"),
        id=ROOT,
        note=html.Span(id=COUNT),
        actions=actions,
        children=[html.Div(loading(words, 4), id=EMPTY), scroll, html.P(id=CAUTION, className="card-note")],
    )


def options(charted: Sequence[str], words: Words) -> list[dict[str, str]]:
    """Every metric that means something over time; before them the one that is charted, whichever that is."""
    first = {"label": words("{metric} (as charted)", metric=words(METRICS[charted[0]].label)), "value": CHARTED}
    return [first, *({"label": words(metric.label), "value": metric.key} for metric in choosable())]


def show(answer: Table, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The rows, the latest event first; or why there are none."""
    more = words("The latest {n} of {all}.", n=len(answer.rows), all=words.value(answer.all, "count"))
    return {
        "rows": [_row(one, answer, words) for one in reversed(answer.rows)],
        "empty": None if answer.rows else nothing_yet(words, _why_empty(answer, words)),
        "table": not answer.rows,
        "count": more if answer.all > len(answer.rows) else None,
        "caution": _about(answer, words) if answer.rows else None,
        "metrics": options(answer.charted, words),
    }


def _why_empty(answer: Table, words: Words) -> str:
    if set(answer.kinds) != set(KINDS):
        return words("None of the kinds of events that are switched on above the chart in this stretch.")
    return words("No pin, promotion, giveaway or violation in this stretch.")


def _about(answer: Table, words: Words) -> str:
    judged = words(
        "Expected: what the minutes before each event let expect, and earlier LIVEs of this host where there are any. "
        "In 95 of 100 cases the effect is within its interval; where that holds zero, none is clear. Overlaps are "
        "other events in the same time or shortly before."
    )
    return f"{judged} {words.sentence(caution({one.marker.kind for one in answer.rows}))}"


def _row(one: EventEffect, answer: Table, words: Words) -> Component:
    marker, effect = one.marker, one.effect
    said = words.sentence(marker.sentence)
    at = words.clock(marker.start, seconds=True)
    play = html.Button(
        words("Play"),
        type="button",
        className="btn btn-quiet plays",
        **{"aria-label": words("Play from {time}: {what}", time=at, what=said), "data-ms": str(marker.start)},
    )
    unit = METRICS[effect.key].unit
    event = [html.Span(className=f"sign {marker.kind}", **{"aria-hidden": "true"}), " ", said]
    if effect.why_not is None:
        notes = [note for note in (_shorter(one, answer, words), overlapping(nearest(one), words)) if note]
        event += [html.Div(note, className="effects-note") for note in notes]
    return html.Tr(
        [
            html.Td(event),
            html.Td(html.Span(words.clock(marker.start), className="muted"), className="num"),
            html.Td(words.value(effect.observed, unit, short=True), className="num"),
            html.Td(words.value(effect.expected, unit, short=True), className="num"),
            *_told(effect, words),
            html.Td(play, className="num"),
        ],
        key=marker.id,
    )


def _told(effect: Effect, words: Words) -> list[Component]:
    """Effect and interval; or one cell that says why they cannot be told."""
    if effect.uplift is None or effect.low is None or effect.high is None:
        why = words.sentence(in_words(effect))
        return [html.Td(html.Span(why, className="muted"), colSpan=2, className="num effects-interval")]
    ends = words("{low} to {high}", low=signed(effect.low, words), high=signed(effect.high, words))
    spoken = words.sentence(in_words(effect))
    size = signed(effect.uplift, words)
    if not effect.clear:
        unclear = [html.Span(ends), " ", html.Span(words("not clear"), className="effects-unclear")]
        return [html.Td(html.Span(size, className="muted"), className="num"), _interval(unclear, spoken, "muted")]
    told = html.Span(size, className=f"effects-clear {weight(effect)}".strip())
    return [html.Td(told, className="num"), _interval([html.Span(ends)], spoken, "")]


def _interval(said: list[Any], spoken: str, className: str) -> Component:  # noqa: N803
    return html.Td(html.Span(said, className=className or None, title=spoken), className="num effects-interval")


def weight(effect: Effect) -> str:
    """good or bad by the direction that is good for the metric, where the effect is clear; else neither."""
    good = METRICS[effect.key].good
    if not effect.clear or not good or effect.low is None:
        return ""
    return "good" if (effect.low > 0) == (good == "up") else "bad"


def signed(share: float, words: Words) -> str:
    """+34% or −36%, with the sign in words of figures (a minus is no hyphen)."""
    size = words.value(abs(share), "percent")
    if round(abs(share), 2) == 0:
        return size
    return f"+{size}" if share > 0 else f"−{size}"


def nearest(one: EventEffect) -> list[Marker]:
    """What overlaps with an event, the nearest to its start first."""
    return sorted(one.effect.overlaps, key=lambda marker: abs(marker.start - one.marker.start))


def overlapping(markers: Sequence[Marker], words: Words) -> str:
    """Other events that fall into what is judged, in words; empty where there are none."""
    if not markers:
        return ""
    named = words("; ").join(words.sentence(marker.sentence) for marker in markers[:MOST_NAMED])
    more = len(markers) - MOST_NAMED
    if more > 0:
        return words("Overlaps: {events}; and {n} more", events=named, n=more)
    return words("Overlaps: {events}", events=named)


def _shorter(one: EventEffect, answer: Table, words: Words) -> str:
    if answer.minutes is None:
        return ""
    lasted = one.effect.window.end - one.effect.window.start
    if lasted > answer.minutes * 60_000 - SHORTER_MS:
        return ""
    return words("Judged over {time}: then the LIVE ended.", time=words.span(lasted / 1000))

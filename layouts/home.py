"""The list of rooms: LIVEs that run first, then those that ended, each with its figures so far. It says how to add a
LIVE of one's own, and may not read a room itself."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import addresses, shell
from layouts.figures.spark import spark
from layouts.parts.standing import STATES
from livedash.analysis.metrics import DEFAULT_ROOM_FIGURES, METRICS
from livedash.analysis.overview import Figure
from livedash.locale import Words

SEARCH = "home-search"
LIST = "home-list"
TICK = "home-tick"
ASKED = "home-asked"
SEEN = "home-seen"

REFRESH_MS = 3000


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One room as the list shows it: figures by metric key; seconds: how long it has lasted; quiet_s: for how long a
    running LIVE has had no event, None where it is fresh or over; unreadable: lines of its log that
    could not be read."""

    room: str
    title: str
    host: str
    state: str
    started: int | None
    seconds: float | None
    quiet_s: float | None
    unreadable: int
    figures: Mapping[str, Figure]
    words: Words


@dataclass(frozen=True, slots=True)
class Guide:
    """What a newcomer is told: the folder that rooms lie in, and whether what is shown is the demo."""

    folder: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Unshown:
    """A folder of which there is no line: its name, and a sentence about why and what to do."""

    name: str
    why: str


def page(
    lines: Sequence[RoomLine], unshown: Sequence[Unshown], seen: Any, guide: Guide, search: str, theme: str,
    words: Words,
) -> Component:  # fmt: skip
    """The whole page. seen: what the lines were made from, so that a tick can tell whether they changed."""
    field = dbc.Input(
        id=SEARCH, type="search", value=search, placeholder=words("Search title, host or id"), class_name="home-search"
    )
    return html.Div(
        [
            dcc.Store(id=SEEN, data=seen),
            dcc.Store(id=ASKED),
            dcc.Interval(id=TICK, interval=REFRESH_MS),
            shell.header(
                [
                    html.H1(words("LIVE rooms")),
                    html.Label([html.Span(words("Search the LIVE rooms"), className="visually-hidden"), field]),
                ],
                shell.tools(words, theme),
            ),
            shell.main(html.Div(rooms(lines, unshown, guide, search, words), id=LIST)),
        ],
        className="home",
    )


def rooms(
    lines: Sequence[RoomLine], unshown: Sequence[Unshown], guide: Guide, search: str, words: Words
) -> list[Component]:
    """The rooms whose title, host or id has what is searched for, in groups by how they stand, each the latest first.
    Above the demo, and in the place of an empty list, stands how to add a room; and above all, what cannot be shown."""
    guidance = [_unshown(unshown, words)] if unshown else []
    guidance += [how_to_add(guide, words)] if guide.demo or not lines else []
    if not lines:
        return [
            *guidance,
            *([_note(words("The demo is being made. It appears here in a moment."))] if guide.demo else []),
        ]
    wanted = search.strip().casefold()
    found = [line for line in lines if wanted in f"{line.title}\n{line.host}\n{line.room}".casefold()]
    if not found:
        return [*guidance, _note(words("No LIVE has “{search}” in its title, host or id.", search=search.strip()))]
    found.sort(key=lambda line: (-(line.started or 0), line.room))
    groups = [
        (words("On air"), [line for line in found if line.state not in ("upcoming", "ended")]),
        (words("Not started yet"), [line for line in found if line.state == "upcoming"]),
        (words("Ended"), [line for line in found if line.state == "ended"]),
    ]
    return [*guidance, *(_group(name, group, words) for name, group in groups if group)]


def _unshown(folders: Sequence[Unshown], words: Words) -> Component:
    """What lies among the rooms and cannot be shown, so that nothing vanishes without a word."""
    head = html.Header(
        [html.H2(words("Not shown")), html.Span(words.value(len(folders), "count"), className="card-note")],
        className="card-head",
    )
    items = [html.Li([html.Code(folder.name), " ", html.Span(folder.why)]) for folder in folders]
    return html.Section([head, html.Ul(items, className="unshown")], className="card")


def _note(sentence: str) -> Component:
    return html.Section(html.P(sentence, className="muted"), className="card")


def _group(name: str, lines: Sequence[RoomLine], words: Words) -> Component:
    head = html.Header(
        [html.H2(name), html.Span(words.value(len(lines), "count"), className="card-note")], className="card-head"
    )
    return html.Section([head, html.Ul([_room(line) for line in lines], className="rooms")], className="card")


def _room(line: RoomLine) -> Component:
    words = line.words
    quiet = line.quiet_s is not None
    facts = []
    if line.started is not None:
        facts.append(f"{words.date_time(line.started)} {words.zone_name(line.started)}")
    if line.quiet_s is not None:
        facts.append(words("no new data for {age}", age=words.span(line.quiet_s)))
    figures = [line.figures[key] for key in DEFAULT_ROOM_FIGURES]
    course = next((figure.spark for figure in figures if any(figure.spark)), ())
    return html.Li(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(
                                words(STATES[line.state]),
                                className=f"badge {line.state} {'quiet' if quiet else ''}",
                            ),
                            html.A(line.title, href=addresses.room(line.room), className="soft room-link clip"),
                        ],
                        className="room-title",
                    ),
                    html.Div(
                        [html.Span(fact, className=kind) for kind, fact in _about(line, facts) if fact],
                        className="room-about muted small",
                    ),
                ],
                className="room-name",
            ),
            _figure(words("Duration"), words.duration(line.seconds)),
            *[
                _figure(
                    words(METRICS[figure.key].label), words.value(figure.value, METRICS[figure.key].unit, short=True)
                )
                for figure in figures
            ],
            html.Div(spark(course), className="room-spark"),
        ],
        className="room-line",
    )


def _about(line: RoomLine, facts: Sequence[str]) -> list[tuple[str, str]]:
    """What stands below the title, each with its class: a host's name may be cut short, what is said of the log not."""
    unreadable = line.words.plural("{n} unreadable line", "{n} unreadable lines", line.unreadable)
    return [("clip", line.host), *(("", fact) for fact in facts), ("danger", unreadable if line.unreadable else "")]


def _figure(name: str, value: str) -> Component:
    return html.Div(
        [html.Span(name, className="tile-label"), html.Span(value, className="room-value")], className="room-figure"
    )


def how_to_add(guide: Guide, words: Words) -> Component:
    """The two ways to see a LIVE of one's own, beside the demo or in the place of an empty list."""
    title = (
        words("This is a demo: its shop, its viewers and its figures are made up")
        if guide.demo
        else words("No LIVE here yet")
    )
    example = '{"event_id":"1","ts":"2026-11-23T19:00:00+08:00","type":"view","user_id":"u1","source":"For You feed"}'
    return html.Section(
        [
            html.H2(title),
            html.P(words("To see a LIVE of your own, give it a folder and put its events there. There are two ways:")),
            html.Ol(
                [
                    html.Li(
                        [
                            html.B(words("A LIVE that is over:")),
                            " ",
                            words("put its log, one or more files that end in .ndjson, into a folder of its own under"),
                            " ",
                            html.Code(guide.folder),
                        ]
                    ),
                    html.Li(
                        [
                            html.B(words("A LIVE that runs:")),
                            " ",
                            words("let your program append a line for every event to"),
                            " ",
                            html.Code(f"{guide.folder}/my-live/events.ndjson"),
                            " ",
                            words("as it happens. It shows here within two seconds."),
                        ]
                    ),
                ]
            ),
            html.P(
                words("A folder's name may have up to 64 of the letters A to Z, digits, dots, hyphens and underscores.")
            ),
            html.P([words("A line looks like this:"), " ", html.Code(example)]),
            html.P(
                html.A(
                    words("The user manual lists every type of event and what it feeds."),
                    href=addresses.manual(),
                    className="soft",
                )
            ),
        ],
        className="card guide",
    )

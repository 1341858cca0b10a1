"""The frame around every page: the header with its tools, the tab bar, the stores, and what is said when the data is
not fresh. It may hold nothing of what a tab shows."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.states import dialog, loading
from livedash.locale import HTML_LANG, LANGUAGES, Words, isolated
from livedash.view import View
from livedash.words import N_

# The frame, always there.
ADDRESS = "shell-address"
PAGE = "shell-page"
MAIN = "shell-main"
PLACE = "shell-place"
THEME = "shell-theme"
TOAST = "shell-toast"
TOAST_TEXT = "shell-toast-text"
TOAST_CLOSE = "shell-toast-close"

# The tools in every header.
LANGUAGE = "shell-language"
THEME_CHOICE = "shell-theme-choice"
FULL_SCREEN = "shell-full-screen"

# A room.
ROOM = "shell-room"
VIEW = "shell-view"
TICK = "shell-tick"
ASKED = "shell-asked"
FRESH = "shell-fresh"
CLOCK_WORDS = "shell-clock-words"
TITLE = "shell-title"
STATE = "shell-state"
DURATION = "shell-duration"
FACTS = "shell-facts"
FRESHNESS = "shell-freshness"
WARNING = "shell-warning"
VIOLATIONS = "shell-violations"
ADVICE = "shell-advice"
LOOKED = "shell-looked"
ADVISED = "shell-advised"
LOG = "shell-log"
LOG_DIALOG = "shell-log-dialog"
LOG_BODY = "shell-log-body"
STRETCH = "shell-stretch"
MOMENT = "shell-moment"
MACHINE_PLAY = "shell-machine-play"
MACHINE_OFF = "shell-machine-off"
TAB = "shell-tab"
PANEL = "shell-panel"
OPENED = "shell-opened"

TAB_NAMES = {
    "key-data": N_("Key data"),
    "trends": N_("Trend analysis"),
    "products": N_("Products"),
    "violations": N_("Violations"),
    "giveaways": N_("Giveaways"),
    "broadcast": N_("Broadcast"),
}
STATES = {"live": N_("LIVE"), "paused": N_("PAUSED"), "ended": N_("ENDED"), "upcoming": N_("NOT STARTED")}

QUIET_AFTER_S = 30
"""A running LIVE without an event for longer than this has gone quiet."""


LATE_SCRIPTS = (
    "/_dash-component-suites/plotly/package_data/plotly.min.js",
    "/_dash-component-suites/dash/dcc/async-graph.js",
    "/_dash-component-suites/dash_ag_grid/async-community.js",
)
"""What Dash fetches only when a chart or a grid is there; a room's page has both, so they may set out at once."""


def document(parts: Mapping[str, str], language: str, late: bool) -> str:
    """The HTML page that Dash fills with its parts. Early comes a script of ours that sets the theme before the first
    paint; the styles go from the general to the particular, so that a part may differ. late: whether the page has
    charts and grids."""
    ahead = "".join(f'<link rel="preload" as="script" href="{script}">' for script in LATE_SCRIPTS if late)
    return f"""<!DOCTYPE html>
<html lang="{HTML_LANG[language]}" data-bs-theme="light">
  <head>
    {parts["metas"]}
    <meta name="color-scheme" content="light dark">
    <title>{parts["title"]}</title>
    <script src="{parts["early"]}"></script>
    <link rel="icon" type="image/svg+xml" href="{parts["icon"]}">
    <link rel="stylesheet" href="{parts["bootstrap"]}">
    <link rel="stylesheet" href="{parts["theme"]}">
    {parts["css"]}
    {ahead}
  </head>
  <body>
    <div id="react-entry-point"><div class="_dash-loading"></div></div>
    <footer>{parts["config"]}{parts["scripts"]}{parts["renderer"]}</footer>
  </body>
</html>"""


def frame(words: Words, theme: str) -> Component:
    """What stays while pages change. theme: the one that is painted."""
    return html.Div(
        [
            html.A(words("Skip to the content"), href=f"#{MAIN}", className="skip"),
            dcc.Location(id=ADDRESS, refresh=False),
            dcc.Store(id=PLACE),
            dcc.Store(id=THEME, data=theme),
            html.Div(id=PAGE),
            html.Div(
                html.Div(
                    [
                        html.Div(id=TOAST_TEXT),
                        html.Button(
                            "×",
                            id=TOAST_CLOSE,
                            type="button",
                            className="btn btn-link cross",
                            **{"aria-label": words("Close")},
                        ),
                    ],
                    id=TOAST,
                    className="notification",
                    hidden=True,
                ),
                className="toast-area",
                role="alert",
            ),
        ]
    )


def tools(words: Words, theme: str, *, manual: bool = True) -> list[Component]:
    """User manual, language, theme (the chosen one: system, light or dark) and full screen: at the right end of every
    header."""
    shown: list[Component] = [
        _choice(words("Language"), LANGUAGE, list(LANGUAGES.items()), words.language),
        _choice(
            words("Theme"),
            THEME_CHOICE,
            [("system", words("Theme: system")), ("light", words("Theme: light")), ("dark", words("Theme: dark"))],
            theme,
        ),
        html.Button(
            [
                html.Span(words("Full screen"), className="enter"),
                html.Span(words("Leave full screen"), className="leave"),
            ],
            id=FULL_SCREEN,
            type="button",
            className="btn btn-quiet full-screen",
        ),
    ]
    if manual:
        shown.insert(
            0, html.A(words("User manual"), href=addresses.manual(), target="_blank", className="btn btn-quiet")
        )
    return shown


def _choice(name: str, id: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    select = dbc.Select(id=id, options=[{"value": key, "label": label} for key, label in options], value=value)
    return html.Label([html.Span(name, className="visually-hidden"), select], className="choice")


def header(left: Sequence[Component], right: Sequence[Component]) -> Component:
    return html.Header(
        [html.Div(left, className="topbar-room"), html.Div(right, className="topbar-tools")], className="topbar"
    )


def main(children: Any, *, narrow: bool = False) -> Component:
    return html.Main(children, id=MAIN, className="page narrow" if narrow else "page", tabIndex=-1)


# ---------------------------------------------------------------------------------------------------------- a room


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header says of a room at one moment.

    state: of STATES; started, ended, last: epoch ms of the LIVE's start and end and of the latest event; now: the
    server's clock; reading: whether somebody reads the log; trouble: what stands in the way of that; ticking: whether
    the page asks for news; rejected, unknown: lines that could not be read, types not known; gone: how often a file no
    longer held what had been read from it. """

    room: str
    revision: int
    title: str
    host: str
    state: str
    started: int | None
    ended: int | None
    last: int | None
    now: int
    reading: bool
    trouble: str | None
    ticking: bool
    rejected: int
    unknown: int
    violations: int
    all_violations: int
    advice: tuple[str, ...] = ()
    gone: int = 0


def room_page(
    standing: Standing, view: View, panels: Mapping[str, Component], tab: str, refresh_ms: int, theme: str,
    words: Words, beside: Sequence[Component] = (),
) -> Component:  # fmt: skip
    """A room: its header, its tabs, and a panel for each, of which one is seen. A panel that `panels` does not have is
    made when its tab is opened: the browser pays for every component of a page at every change of any. beside: what
    every tab uses."""
    shown = room_shows(standing, view, words)
    return html.Div(
        [
            dcc.Store(id=VIEW, data=view.to_json()),
            dcc.Store(id=FRESH, data=shown["fresh"]),
            dcc.Store(id=ASKED),
            dcc.Store(id=ADVICE, data=shown["advice"]),
            dcc.Store(id=LOOKED),
            dcc.Store(id=CLOCK_WORDS, data=clock_words(words)),
            dcc.Store(id=MOMENT, data=view.as_of),
            dcc.Interval(id=TICK, interval=refresh_ms, max_intervals=shown["ticks"]),
            header(
                [
                    html.A(["‹ ", words("LIVE rooms")], href=addresses.home(), className="back soft"),
                    html.H1(shown["title"], id=TITLE),
                    html.Span(shown["state"], id=STATE, className=shown["state_class"]),
                    html.Span(
                        [html.Span(id=DURATION, className="duration"), html.Span(shown["facts"], id=FACTS)],
                        className="muted",
                    ),
                ],
                [
                    html.Span(id=FRESHNESS, className="muted"),
                    html.Button(
                        shown["log"], id=LOG, type="button", className=shown["log_class"], **{"aria-haspopup": "dialog"}
                    ),
                    *tools(words, theme),
                ],
            ),
            html.Nav(
                [
                    *(_tab_link(key, tab, view, shown, words) for key in TAB_NAMES),
                    html.Span(shown["stretch"], id=STRETCH, className="stretch"),
                ],
                className="tabs",
                **{"aria-label": words("Tabs")},
            ),
            html.P(id=WARNING, className="warning-bar", hidden=True, role="status"),
            _machine_bar(view, words),
            main(
                [
                    part
                    for key in TAB_NAMES
                    for part in (
                        dcc.Store(id={"type": OPENED, "tab": key}),
                        html.Div(
                            panels.get(key) or loading(words), id={"type": PANEL, "tab": key}, hidden=key != tab
                        ),
                    )
                ]
            ),
            *beside,
            dialog(
                words("What was read"), words, id=LOG_DIALOG, wide=True, children=html.Div(loading(words), id=LOG_BODY)
            ),
        ],
        id=ROOM,
    )


def _machine_bar(view: View, words: Words) -> Component:
    """Says on every tab that what is shown is past; assets/replay.js tells the moment."""
    return html.Div(
        [
            html.Span(
                words("Time machine: everything is shown as of {time}.", time=words.clock(view.as_of, seconds=True)),
                className="machine-said",
            ),
            html.Button(
                words("Play"),
                id=MACHINE_PLAY,
                type="button",
                className="btn btn-quiet machine-play",
                **{"data-play": words("Play"), "data-pause": words("Pause")},
            ),
            html.Button(words("Back to now"), id=MACHINE_OFF, type="button", className="btn btn-quiet"),
        ],
        className="machine-bar",
        hidden=view.as_of is None,
        role="region",
        **{
            "aria-label": words("Time machine"),
            "data-said": words("Time machine: everything is shown as of {time}.", time="{time}"),
        },
    )


def _tab_link(key: str, open_tab: str, view: View, shown: Mapping[str, Any], words: Words) -> Component:
    label: list[Any] = [words(TAB_NAMES[key])]
    if key == "violations":
        label.append(
            html.Span(
                shown["violations"],
                id=VIOLATIONS,
                className="badge count",
                hidden=not shown["violations"],
                title=shown["violations_said"],
                role="img",
            )
        )
    if key == "key-data":
        some = {"data-some": words("Advice not seen yet: {n}", n="{n}")}
        label.append(html.Span(id=ADVISED, className="badge count", hidden=True, role="img", **some))
    current = {"aria-current": "page"} if key == open_tab else {}
    address = addresses.room(view.room, key, view.window)
    return html.A(label, href=address, id={"type": TAB, "tab": key}, className="soft", **current)


def room_shows(standing: Standing, view: View, words: Words) -> dict[str, Any]:
    """What the header shows of a room, by name: the same at first and in every refresh."""
    facts = [isolated(standing.host)] if standing.host else []
    if standing.started is not None:
        facts.append(
            words("started {time} {zone}", time=_start(standing, words), zone=words.zone_name(standing.started))
        )
    return {
        "title": standing.title,
        "state": words(STATES[standing.state]),
        "state_class": f"badge {standing.state}",
        "facts": "".join(f" · {fact}" for fact in facts),
        "violations": words.value(standing.violations, "count") if standing.violations else "",
        "violations_said": words(
            "{open} open of {all}",
            open=words.value(standing.violations, "count"),
            all=words.value(standing.all_violations, "count"),
        ),
        "advice": {"room": standing.room, "ids": list(standing.advice)},
        "stretch": _stretch(view, words),
        "log": _log_label(standing, words),
        "log_class": "btn btn-link danger" if standing.rejected or standing.gone else "btn btn-link",
        "ticks": -1 if standing.ticking else 0,
        "fresh": {
            "now": standing.now,
            "started": standing.started,
            "ended": standing.ended,
            "asOf": view.as_of,
            "last": standing.last,
            "lastClock": words.clock(standing.last, seconds=True),
            "endedAt": _end(standing, words),
            "room": standing.room,
            "zone": str(words.zone),
            "several": words.several_days,
            "revision": standing.revision,
            "state": standing.state,
            "reading": standing.reading,
            "ticking": standing.ticking,
            "trouble": standing.trouble,
            "problem": _trouble(standing, words),
        },
    }


def _stretch(view: View, words: Words) -> list[Any]:
    """Which part of the LIVE is shown, where it is not the whole."""
    if view.window is None:
        return []
    whole = html.A(words("Whole LIVE"), href="?", className="soft")
    return [words("Shown: {stretch}", stretch=words.stretch(view.window.start, view.window.end)), " · ", whole]


def _start(standing: Standing, words: Words) -> str:
    """When it began: the clock alone on the day itself, else with the date."""
    assert standing.started is not None
    return _when(standing.started, standing.now, standing.now, words)


def _end(standing: Standing, words: Words) -> str:
    """When it ended: the clock alone where it began on the same day."""
    ended = standing.ended if standing.ended is not None else standing.last
    if ended is None:
        return words.clock(None)
    return _when(ended, standing.now if standing.started is None else standing.started, standing.now, words)


def _when(ms: int, day_of: int, now: int, words: Words) -> str:
    """A time with as much of its date as is not said by `day_of` and by `now`: the header has little room."""
    at, said = words.moment(ms), words.moment(day_of)
    if at.date() == said.date():
        return words.time_of_day(ms)
    return f"{words.day(ms)} {words.time_of_day(ms)}" if at.year == words.moment(now).year else words.date_time(ms)


def _trouble(standing: Standing, words: Words) -> str:
    """What stands in the way of reading, as the ingester met it."""
    if not standing.trouble:
        return ""
    return words(
        "Reading this log stopped: {trouble}. It goes on by itself once that is mended.", trouble=standing.trouble
    )


def _log_label(standing: Standing, words: Words) -> str:
    if standing.gone:
        return words("Part of the log is gone")
    if standing.rejected:
        return words.plural("{n} unreadable line", "{n} unreadable lines", standing.rejected)
    if standing.unknown:
        return words.plural("{n} unknown type", "{n} unknown types", standing.unknown)
    return words("All lines read")


def clock_words(words: Words) -> dict[str, Any]:
    """The phrases of the header's clock, which runs in the browser; {age} and {time} are filled in there."""
    return {
        "quietAfter": QUIET_AFTER_S,
        "updated": words("Updated {age} ago", age="{age}"),
        "nothing": words("No event yet"),
        "ended": words("Ended {time}", time="{time}"),
        "quiet": words("No new data for {age}", age="{age}"),
        "quietLong": words(
            "No event has come for {age}: what is shown is as of {time}. Check whether the program that writes "
            "the log still runs.",
            age="{age}",
            time="{time}",
        ),
        "still": words(
            "Nobody reads the log at the moment: what is shown is as of {time}. Start livedash again if this stays.",
            time="{time}",
        ),
        "away": words("No answer for {age}", age="{age}"),
        "awayLong": words(
            "The dashboard's server does not answer: what is shown is as of {time}. It goes on by itself once the "
            "server is back.",
            time="{time}",
        ),
        "days": words("{days} d {clock}", days="{days}", clock="{clock}"),
        "ages": {
            "s": words("{n} s", n="{n}"),
            "m": words("{n} min", n="{n}"),
            "h": words("{n} h", n="{n}"),
            "d": words("{n} d", n="{n}"),
        },
    }


# --------------------------------------------------------------------------------------------------------- the log


def log_account(account: Any, quarantine: Sequence[Mapping[str, Any]], words: Words) -> list[Component]:
    """What was read of a room's log: an account of every file that adds up, unknown types, and the lines not read."""
    columns = [
        words("File"),
        words("Lines"),
        words("Accepted"),
        words("Duplicates"),
        words("of them conflicts"),
        words("Rejected lines"),
        words("Blank"),
        words("Unfinished"),
    ]
    files = [_account_row(name, file, words) for name, file in account.files.items()]
    if len(files) > 1:
        files.append(_account_row(words("All files"), account.total, words))
    parts: list[Component] = [
        html.P(
            words(
                "Every line is accounted for: lines = accepted + duplicates + rejected + blank. A conflict says "
                "something else under the id of an earlier line, which counts."
            ),
            className="muted",
        ),
        _table(columns, files, first_numbers=1),
    ]
    if account.notes:
        parts += [
            html.P(
                words(
                    "A file no longer held what had been read from it: it was deleted, cut or rewritten. The room was "
                    "read again from what there is; put the file back, and what it holds counts again."
                ),
                className="danger",
            ),
            html.Ul([html.Li([words.date_time(note.ts), " ", html.Code(note.sentence)]) for note in account.notes]),
        ]
    if account.unknown_types:
        kept = ", ".join(f"{name} ({words.value(n, 'count')})" for name, n in account.unknown_types.items())
        parts.append(html.P(words("Kept, but of a type that livedash does not know: {types}", types=kept)))
    if quarantine:
        parts += [
            html.H3(words("Lines that could not be read")),
            html.P(
                words("The latest {n} of {all}.", n=len(quarantine), all=words.value(account.total.rejected, "count")),
                className="muted",
            )
            if account.total.rejected > len(quarantine)
            else html.P(
                words("Mend them in the file, or at the program that wrote them; the rest of the log is not touched."),
                className="muted",
            ),
            _table(
                [words("File"), words("Line"), words("Byte"), words("What is wrong"), words("How it begins")],
                [_quarantine_row(line, words) for line in quarantine],
                first_numbers=None,
                kind="set-aside",
            ),
        ]
    return parts


def _account_row(name: str, file: Any, words: Words) -> list[Any]:
    unfinished = words("{n} bytes", n=words.value(file.unfinished_bytes, "count")) if file.unfinished_bytes else "0"
    counts = (file.lines, file.accepted, file.duplicates, file.conflicts, file.rejected, file.blank)
    return [name, *[words.value(count, "count") for count in counts], unfinished]


def _quarantine_row(line: Mapping[str, Any], words: Words) -> list[Any]:
    sentence = line["sentence"]
    said = sentence if isinstance(sentence, str) else words.sentence(sentence)
    return [
        line["file"],
        words.value(line["line"], "count"),
        words.value(line["offset"], "count"),
        [said, html.Br(), html.Span(line["reason"], className="muted small")],
        html.Code(line["head"]),
    ]


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], first_numbers: int | None, kind: str = ""
) -> Component:
    """first_numbers: the column from which on cells are numbers; kind: a class of the table."""

    def cell(place: int) -> str:
        return "num" if first_numbers is not None and place >= first_numbers else ""

    return html.Div(
        html.Table(
            [
                html.Thead(
                    html.Tr([html.Th(name, className=cell(place), scope="col") for place, name in enumerate(columns)])
                ),
                html.Tbody(
                    [html.Tr([html.Td(said, className=cell(place)) for place, said in enumerate(row)]) for row in rows]
                ),
            ],
            className=f"table {kind}".strip(),
        ),
        className="table-scroll",
    )


# ------------------------------------------------------------------------------------------------- calm other pages


def lost(words: Words, theme: str, title: str, sentence: str) -> Component:
    """A page for an address that leads nowhere: what happened and what to do."""
    back = html.A(words("To the LIVE rooms"), href=addresses.home(), className="btn btn-primary soft")
    return html.Div(
        [
            header(
                [html.A(["‹ ", words("LIVE rooms")], href=addresses.home(), className="back soft"), html.H1(title)],
                tools(words, theme),
            ),
            main(html.Section([html.P(sentence), html.P(back)], className="card lost"), narrow=True),
        ]
    )

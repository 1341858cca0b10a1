"""The frame around every page: the header with its tools, the tab bar, the stores, and what is said when the data is
not fresh. It may hold nothing of what a tab shows."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.standing import Standing, clock_words, header_shows
from layouts.parts.states import dialog, loading
from livedash.locale import HTML_LANG, LANGUAGES, Words
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


def room_page(
    standing: Standing, view: View, panels: Mapping[str, Component], tab: str, refresh_ms: int, theme: str,
    words: Words, beside: Sequence[Component] = (),
) -> Component:  # fmt: skip
    """A room: its header, its tabs, and a panel for each, of which one is seen. A panel that `panels` does not have is
    made when its tab is opened: the browser pays for every component of a page at every change of any. beside: what
    every tab uses."""
    shown = header_shows(standing, view, words)
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

"""Wires the frame: which page an address shows, the tick that asks for news, the header, its tools and the toast. It
computes no figure; whatever a tab shows follows from the View that is written here."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import crc32

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, html, no_update, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from plotly.io.json import to_json_plotly

from callbacks import reader
from callbacks.answers import Failed, ask, ask_all, room_header, words_for
from callbacks.history import usual
from callbacks.parts.states import opens
from callbacks.safety import Faults
from layouts import addresses, broadcast, giveaways, key_data, products, shell, trends, violations
from layouts.addresses import Place
from layouts.parts import log_account, pinning
from layouts.parts.standing import Standing, header_shows
from livedash.analysis.advice import counsel
from livedash.analysis.trend import last_minutes
from livedash.analysis.violations import standing_violations
from livedash.locale import Words
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rooms import Freshness, Rooms
from livedash.settings import Settings
from livedash.view import View, Window

HEARTBEAT_S = 10
"""A log that nobody has looked at for longer than this is not being read."""

SETTLING_S = 60
"""An ended room goes on asking for this long: the last lines may come after the one that says it ended."""

NEWS = {
    "view": Output(shell.VIEW, "data"),
    "fresh": Output(shell.FRESH, "data"),
    "ticks": Output(shell.TICK, "max_intervals"),
    "title": Output(shell.TITLE, "children"),
    "state": Output(shell.STATE, "children"),
    "state_class": Output(shell.STATE, "className"),
    "facts": Output(shell.FACTS, "children"),
    "violations": Output(shell.VIOLATIONS, "children"),
    "violations_said": Output(shell.VIOLATIONS, "title"),
    "no_violations": Output(shell.VIOLATIONS, "hidden"),
    "advice": Output(shell.ADVICE, "data"),
    "stretch": Output(shell.STRETCH, "children"),
    "log": Output(shell.LOG, "children"),
    "log_class": Output(shell.LOG, "className"),
}
"""What a tick may change."""

SAID = tuple(name for name in NEWS if name not in ("view", "fresh"))
"""What of it is told only where it differs from what was told before: the browser pays for each."""

Page = Callable[[Place, Words], Component]

PANELS: dict[str, Callable[[Words], Component]] = {
    "key-data": key_data.layout,
    "trends": trends.layout,
    "products": products.layout,
    "violations": violations.layout,
    "giveaways": giveaways.layout,
    "broadcast": broadcast.layout,
}


def register(app: Dash, rooms: Rooms, settings: Settings, pages: dict[str, Page]) -> None:
    """pages: what makes the pages that are not a room, by the `page` of their Place."""

    @app.callback(
        Output(shell.PAGE, "children"),
        Output(shell.PLACE, "data"),
        Input(shell.ADDRESS, "pathname"),
        State(shell.ADDRESS, "search"),
        State(shell.PLACE, "data"),
    )
    def go(pathname: str | None, search: str | None, shown: list[str] | None) -> tuple[Any, Any]:
        """The page of the address; within a room only the panel changes, in the browser."""
        place = addresses.read(pathname, search)
        here = [place.page, place.room]
        if here == shown:
            raise PreventUpdate
        words = reader.words()
        if place.page == "room":
            return room_page(rooms, place, settings), here
        if place.page in pages:
            return pages[place.page](place, words), here
        sentence = words("There is no page at this address. It may have been typed or copied wrongly.")
        return shell.lost(words, reader.theme_choice(), words("Nothing here"), sentence), here

    @app.callback(
        output=NEWS,
        inputs={
            "asked": Input(shell.ASKED, "data"),
            "search": Input(shell.ADDRESS, "search"),
            "theme": Input(shell.THEME, "data"),
            "moment": Input(shell.MOMENT, "data"),
        },
        state={
            "view": State(shell.VIEW, "data"),
            "fresh": State(shell.FRESH, "data"),
            "pathname": State(shell.ADDRESS, "pathname"),
        },
        prevent_initial_call=True,
    )
    def tick(
        asked: int | None,
        search: str | None,
        theme: str,
        moment: int | None,
        view: dict[str, Any],
        fresh: dict[str, Any],
        pathname: str | None,
    ) -> dict[str, Any]:
        """What is new since the revision that the page has; nothing, mostly."""
        seen = View.from_json(view)
        place = addresses.read(pathname, search)
        if place.room != seen.room:
            place = Place("room", seen.room, window=seen.window)
        wanted = replace(seen, window=place.window, theme=theme, as_of=moment)
        return news(rooms, seen, wanted, fresh, place.last)

    @app.callback(
        Output({"type": shell.PANEL, "tab": MATCH}, "children"),
        Input({"type": shell.OPENED, "tab": MATCH}, "data"),
        State({"type": shell.OPENED, "tab": MATCH}, "id"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def fill(opened: int, id: dict[str, str], view: dict[str, Any]) -> Component:
        """The panel of a tab that is opened for the first time."""
        seen = View.from_json(view)
        try:
            return PANELS[id["tab"]](words_for(rooms, seen))
        except Problem as problem:  # the room has gone
            return html.Section(html.P(Words(seen.language).sentence(problem.sentence)), className="card lost")

    @app.callback(
        Output(shell.LOG_BODY, "children"),
        Input(shell.LOG, "n_clicks"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def read_log(clicks: int, view: dict[str, Any]) -> list[Component]:
        seen = View.from_json(view)
        seen = replace(seen, revision=rooms.revision(seen.room))
        account, quarantine = ask_all(rooms, seen, {"log": (_log_account,)})["log"]
        return log_account.show(account, quarantine, words_for(rooms, seen))

    opens(app, shell.LOG, shell.LOG_DIALOG)
    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    """What needs no server: assets/shell.js."""
    app.clientside_callback(
        ClientsideFunction("shell", "tab"),
        Output({"type": shell.PANEL, "tab": ALL}, "hidden"),
        Output({"type": shell.TAB, "tab": ALL}, "aria-current"),
        Output({"type": shell.TAB, "tab": ALL}, "href"),
        Output({"type": shell.OPENED, "tab": ALL}, "data"),
        Input(shell.ADDRESS, "pathname"),
        Input(shell.ADDRESS, "search"),
        State({"type": shell.PANEL, "tab": ALL}, "id"),
        State(shell.VIEW, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("shell", "ask"),
        Output(shell.ASKED, "data"),
        Input(shell.TICK, "n_intervals"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("shell", "hear"),
        Output(shell.MACHINE_PLAY, "disabled"),
        Input(shell.FRESH, "data"),
        State(shell.CLOCK_WORDS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("shell", "hand"),
        Input(shell.VIEW, "data"),
        State(shell.ADDRESS, "pathname"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("shell", "language"), Input(shell.LANGUAGE, "value"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("shell", "theme"), Output(shell.THEME, "data"), Input(shell.THEME_CHOICE, "value")
    )
    app.clientside_callback(
        ClientsideFunction("shell", "arrived"), Input(shell.PLACE, "data"), prevent_initial_call=True
    )
    for name, button in (("toggle", shell.MACHINE_PLAY), ("machineOff", shell.MACHINE_OFF)):
        app.clientside_callback(
            ClientsideFunction("replay", name), Input(button, "n_clicks"), prevent_initial_call=True
        )
    app.clientside_callback(
        ClientsideFunction("shell", "fullScreen"), Input(shell.FULL_SCREEN, "n_clicks"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("shell", "hide"),
        Output(shell.TOAST, "hidden"),
        Input(shell.TOAST_CLOSE, "n_clicks"),
        prevent_initial_call=True,
    )


def show_in_toast(faults: Faults) -> Callable[[Exception], None]:
    """The app's on_error: the page stays as it is, and a toast says what happened."""

    def show(error: Exception) -> None:
        set_props(shell.TOAST_TEXT, {"children": faults.text(error)})
        set_props(shell.TOAST, {"hidden": False})

    return show


def room_page(rooms: Rooms, place: Place, settings: Settings) -> Component:
    """The room that the address names, or what to do where there is none."""
    view = View(place.room, 0, place.window, language=reader.language(), theme=reader.theme(), as_of=place.as_of)
    try:
        view = rolled(rooms, replace(view, revision=rooms.revision(place.room)), place.last)
        standing = stand(rooms, view)
        words = words_for(rooms, view)
    except Problem as problem:
        words = reader.words()
        return shell.lost(
            words, reader.theme_choice(), words("This LIVE cannot be shown"), words.sentence(problem.sentence)
        )
    panels = {place.tab: PANELS[place.tab](words)}
    beside = [pinning.layout(words, reader.given_name())]
    return shell.room_page(standing, view, panels, place.tab, settings.refresh_ms, reader.theme_choice(), words, beside)


def news(rooms: Rooms, seen: View, view: View, fresh: dict[str, Any], last: int | None = None) -> dict[str, Any]:
    """The outputs of a tick for a page that shows `seen` and shall show `view` (or its last minutes), and that is as
    fresh as `fresh` says."""
    try:
        now = rooms.freshness(view.room)
        view = rolled(rooms, replace(view, revision=now.revision), last)
        if view == seen and not _worth_saying(now, fresh):
            raise PreventUpdate
        shown = header_shows(stand(rooms, view), view, words_for(rooms, view))
    except Problem as problem:
        said = Words(view.language).sentence(problem.sentence)
        if said == fresh.get("gone"):
            raise PreventUpdate from None
        return dict.fromkeys(NEWS, no_update) | {"fresh": fresh | {"gone": said}}
    shown |= {"view": view.to_json() if view != seen else no_update, "no_violations": not shown["violations"]}
    told = unlike(fresh.get("told", []), shown)
    return {name: told[name] for name in NEWS}


def unlike(told: list[int], shown: dict[str, Any]) -> dict[str, Any]:
    """What is shown, without what was told before; and, in `fresh`, the checksums of what has been told now."""
    sums = [crc32(to_json_plotly(shown[name]).encode()) for name in SAID]
    same = [name for name, before, now in zip(SAID, told, sums, strict=False) if before == now]
    return shown | {"fresh": shown["fresh"] | {"told": sums}} | dict.fromkeys(same, no_update)


def rolled(rooms: Rooms, view: View, last: int | None) -> View:
    """The view with its window on the last minutes of the data, where that is asked for: it moves with every event."""
    return replace(view, window=ask(rooms, replace(view, window=None), _last, last)) if last else view


def _last(rollup: Rollup, window: Window | None, minutes: int) -> Window | None:
    return last_minutes(rollup, minutes)


def _worth_saying(now: Freshness, fresh: dict[str, Any]) -> bool:
    """Whether the page must hear something although no event came: reading stopped or went on, the room settled."""
    settled = fresh["ticking"] and now.state == "ended" and not is_settling(fresh["ended"])
    other = (now.state, is_read(now.heartbeat_ms), now.trouble) != (fresh["state"], fresh["reading"], fresh["trouble"])
    return settled or other or "gone" in fresh


def is_read(heartbeat_ms: int | None) -> bool:
    """Whether somebody has looked at the log lately."""
    return heartbeat_ms is not None and time.time() - heartbeat_ms / 1000 < HEARTBEAT_S


def is_settling(ended_ms: int | None) -> bool:
    """Whether the end was so lately that late lines may still come."""
    return ended_ms is not None and time.time() - ended_ms / 1000 < SETTLING_S


def stand(rooms: Rooms, view: View) -> Standing:
    """What the header says of the room."""
    now = rooms.freshness(view.room)
    then = replace(view, window=None)
    answers = ask_all(rooms, replace(then, as_of=None), {"header": (room_header,), "log": (_log_totals,)})
    violations, all_violations = ask(rooms, then, standing_violations)
    header, (rejected, unknown, gone) = answers["header"], answers["log"]
    return Standing(
        room=view.room,
        revision=view.revision,
        title=header.title or header.id,
        host=header.host or "",
        state=now.state,
        started=header.started_at,
        ended=header.ended_at,
        last=now.last_event_ms,
        now=round(time.time() * 1000),
        reading=is_read(now.heartbeat_ms),
        trouble=now.trouble,
        ticking=now.state != "ended" or is_settling(header.ended_at),
        rejected=rejected,
        unknown=unknown,
        gone=gone,
        violations=violations,
        all_violations=all_violations,
        advice=_open_advice(rooms, then, now),
    )


def _open_advice(rooms: Rooms, view: View, now: Freshness) -> tuple[str, ...]:
    """What the Key data tab advises, for the count on it. A bug in it must not stop the header."""
    if now.state == "ended" and view.as_of is None:
        return ()
    found = ask_all(rooms, view, {"advice": (counsel, usual(rooms, view))}, apart=True)["advice"]
    return () if isinstance(found, Failed) else tuple(one.id for one in found.advice)


def _log_totals(rollup: Rollup, window: Window | None) -> tuple[int, int, int]:
    """Lines that could not be read, types that are not known, and how often part of the log was found gone."""
    return rollup.log.total.rejected, len(rollup.log.unknown_types), len(rollup.log.notes)


def _log_account(rollup: Rollup, window: Window | None) -> tuple[Any, tuple[dict[str, Any], ...]]:
    """The account of every file, and the lines set aside, the latest first."""
    return rollup.log, tuple(reversed(rollup.quarantine))

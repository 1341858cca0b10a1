"""How a room stands, as its header says it: the state of the LIVE, how fresh the data is and what stands in its way.
The same at first and in every refresh; the clock itself runs in the browser."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import html

from livedash.locale import Words, isolated
from livedash.view import View
from livedash.words import N_

STATES = {"live": N_("LIVE"), "paused": N_("PAUSED"), "ended": N_("ENDED"), "upcoming": N_("NOT STARTED")}
PAST = N_("TIME MACHINE")
"""Said in the place of the state while everything is shown as of an earlier moment: it is neither now nor the end."""

QUIET_AFTER_S = 30
"""A running LIVE without an event for longer than this has gone quiet."""


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


def header_shows(standing: Standing, view: View, words: Words) -> dict[str, Any]:
    """What the header shows of a room, by name: the same at first and in every refresh."""
    facts = [isolated(standing.host)] if standing.host else []
    if standing.started is not None:
        facts.append(
            words("started {time} {zone}", time=_start(standing, words), zone=words.zone_name(standing.started))
        )
    return {
        "title": standing.title,
        "state": words(STATES[standing.state] if view.as_of is None else PAST),
        "state_class": f"badge {standing.state if view.as_of is None else 'past'}",
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

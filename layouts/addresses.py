"""The addresses of everything that can be looked at, made and read in this one place: an address reproduces what is
seen. It may not know what the pages hold."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, unquote, urlencode

from livedash.view import Window

TABS = ("key-data", "trends", "products", "violations", "giveaways", "broadcast")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads. page: "home", "room", "manual" or "lost"; window: the stretch of the LIVE that is asked
    for; search: what is looked for in the list of rooms."""

    page: str
    room: str = ""
    tab: str = TABS[0]
    window: Window | None = None
    search: str = ""


def home(search: str = "") -> str:
    return "/?" + urlencode({"search": search}) if search else "/"


def manual() -> str:
    return "/manual"


def room(room_id: str, tab: str = TABS[0], window: Window | None = None) -> str:
    asked = "?" + urlencode({"from": _written(window.start), "to": _written(window.end)}, safe=":") if window else ""
    return f"/rooms/{quote(room_id, safe='')}/{tab}{asked}"


def media(room_id: str, path: str) -> str:
    """A file of the room's broadcast, by its path under the room's `broadcast` folder."""
    return f"/media/{quote(room_id, safe='')}/{quote(path)}"


def image(room_id: str, path: str) -> str:
    """A picture of one of the room's products, by its path under the room's folder."""
    return f"/images/{quote(room_id, safe='')}/{quote(path)}"


def read(pathname: str | None, search: str | None) -> Place:
    """The place that an address names. A stretch that cannot be understood is left out, an unknown path is "lost"."""
    parts = [unquote(part) for part in (pathname or "/").split("/") if part]
    asked = {name: values[-1] for name, values in parse_qs((search or "")[:2000].removeprefix("?")).items()}
    match parts:
        case []:
            return Place("home", search=asked.get("search", ""))
        case ["manual"]:
            return Place("manual")
        case ["rooms", room_id]:
            return Place("room", room_id, window=_window(asked))
        case ["rooms", room_id, tab] if tab in TABS:
            return Place("room", room_id, tab, window=_window(asked))
    return Place("lost")


def _window(asked: dict[str, str]) -> Window | None:
    start, end = _moment(asked.get("from")), _moment(asked.get("to"))
    return Window(start, end) if start is not None and end is not None and start < end else None


def _moment(text: str | None) -> int | None:
    """RFC 3339 with a zone, or epoch milliseconds, as epoch milliseconds."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 13:
        return int(text)
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return round(moment.timestamp() * 1000) if moment.tzinfo else None


def _written(ms: int) -> str:
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds" if ms % 1000 else "seconds").replace("+00:00", "Z")

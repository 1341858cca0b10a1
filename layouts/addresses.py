"""The addresses of everything that can be looked at, made and read in this one place: an address reproduces what is
seen. It may not know what the pages hold."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, unquote, urlencode

from livedash.view import Window

PRODUCTS = "products"
TABS = ("key-data", "trends", PRODUCTS, "violations", "giveaways", "broadcast")
PRODUCT = "product"
"""The parameter that names the product whose page is open."""
EARLIEST, LATEST = 946_684_800_000, 4_102_444_800_000
"""What an address can ask for: from 2000 to 2100 (epoch ms)."""
LONGEST_LAST = 7 * 24 * 60
SO_FAR = "so-far"
"""Asks for a running stream as it stands, closed, so that it can be sought."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads. page: "home", "room", "manual" or "lost"; window: the stretch of the LIVE that is asked
    for; last: the same by its length, in minutes up to the latest event; as_of: the moment (epoch ms) as of which
    everything is shown; search: what is looked for in the list of rooms.

    An address of a room may also have `t`, the seconds since the LIVE's start at which its broadcast opens: that one is
    read in the browser (assets/replay.js)."""

    page: str
    room: str = ""
    tab: str = TABS[0]
    window: Window | None = None
    last: int | None = None
    as_of: int | None = None
    search: str = ""


def home(search: str = "") -> str:
    return "/?" + urlencode({"search": search}) if search else "/"


def manual() -> str:
    return "/manual"


def room(room_id: str, tab: str = TABS[0], window: Window | None = None) -> str:
    asked = "?" + urlencode({"from": written(window.start), "to": written(window.end)}, safe=":") if window else ""
    return f"/rooms/{quote(room_id, safe='')}/{tab}{asked}"


def product(room_id: str, product_id: str, window: Window | None = None) -> str:
    """The page of one product, on the Products tab."""
    address = room(room_id, PRODUCTS, window)
    return f"{address}{'&' if window else '?'}{urlencode({PRODUCT: product_id})}"


def media(room_id: str, path: str, *, so_far: bool = False) -> str:
    """A file of the room's broadcast, by its path under the room's `broadcast` folder. so_far: a playlist as it stands,
    closed."""
    return f"/media/{quote(room_id, safe='')}/{quote(path)}" + (f"?{SO_FAR}" if so_far else "")


def export(token: str, name: str) -> str:
    """A file that was written for somebody to download."""
    return f"/exports/{quote(token, safe='')}/{quote(name, safe='')}"


def violation(room_id: str, ref: str) -> str:
    """One violation's card, by its ref_id or the event_id of its line."""
    return f"{room(room_id, 'violations')}?" + urlencode({"violation": ref})


def appeals(room_id: str) -> str:
    """Where an appeal is submitted."""
    return f"/appeals/{quote(room_id, safe='')}"


def evidence(room_id: str, ref: str, name: str) -> str:
    """A file that was added to the appeal against a violation."""
    return f"/evidence/{quote(room_id, safe='')}/{quote(name, safe='')}?" + urlencode({"violation": ref})


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
            return _room(room_id, TABS[0], asked)
        case ["rooms", room_id, tab] if tab in TABS:
            return _room(room_id, tab, asked)
    return Place("lost")


def _room(room_id: str, tab: str, asked: dict[str, str]) -> Place:
    window = _window(asked)
    last = None if window else _minutes(asked.get("last"))
    return Place("room", room_id, tab, window, last, moment(asked.get("as-of")))


def _minutes(text: str | None) -> int | None:
    """A whole number of minutes, a week's at most."""
    written = text is not None and text.isascii() and text.isdigit() and len(text) <= 5
    return int(text) if written and text and 0 < int(text) <= LONGEST_LAST else None


def _window(asked: dict[str, str]) -> Window | None:
    start, end = moment(asked.get("from")), moment(asked.get("to"))
    return Window(start, end) if start is not None and end is not None and start < end else None


def moment(text: str | None) -> int | None:
    """RFC 3339 with a zone, or epoch milliseconds, as epoch milliseconds; None for what is out of a LIVE's reach, which
    no calendar of the reader's zone may hold."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 13:
        found = int(text)
    else:
        try:
            read = datetime.fromisoformat(text.replace(" ", "+"))
        except ValueError:
            return None
        if not read.tzinfo:
            return None
        found = round(read.timestamp() * 1000)
    return found if EARLIEST <= found <= LATEST else None


def written(ms: int) -> str:
    timespec = "milliseconds" if ms % 1000 else "seconds"
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec=timespec).replace("+00:00", "Z")

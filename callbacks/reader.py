"""Who reads: the language and the theme that the request's cookies name. It may not know what is read."""
from __future__ import annotations

from flask import has_request_context, request

from layouts import addresses
from livedash.locale import LANGUAGES, Words, preferred

LANGUAGE_COOKIE = "livedash-language"
THEME_COOKIE = "livedash-theme"


def language() -> str:
    """The language chosen before, else the browser's, else English."""
    if not has_request_context():
        return "en"
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("Accept-Language"))


def theme_choice() -> str:
    """What was chosen: "light", "dark", or "system" (assets/early.js keeps the cookie: choice and what it comes to)."""
    return _theme()[0]


def theme() -> str:
    """The theme that the page is painted in: "light" or "dark"."""
    return _theme()[1]


def _theme() -> tuple[str, str]:
    cookie = request.cookies.get(THEME_COOKIE, "") if has_request_context() else ""
    choice, _, painted = cookie.partition("-")
    return choice if choice in ("light", "dark") else "system", painted if painted in ("light", "dark") else "light"


def is_in_a_room() -> bool:
    """Whether the page asked for is a room's."""
    return addresses.read(request.path, None).page == "room"


def words() -> Words:
    """The reader's words, outside any room."""
    return Words(language())

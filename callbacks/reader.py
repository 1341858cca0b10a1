"""Who reads: the language, the theme and the name that the request's cookies give. It may not know what is read."""
from __future__ import annotations

import unicodedata
from urllib.parse import unquote

from flask import has_request_context, request

from layouts import addresses
from layouts.parts.pinning import LONGEST_NAME, NOBODY
from livedash.locale import LANGUAGES, Words, preferred

LANGUAGE_COOKIE = "livedash-language"
THEME_COOKIE = "livedash-theme"
NAME_COOKIE = "livedash-name"


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


def name() -> str:
    """The name that stands beside what this reader does. It is what somebody typed, and proves nothing."""
    return given_name() or NOBODY


def given_name() -> str:
    """The name that the reader has given; empty for none."""
    said = request.cookies.get(NAME_COOKIE, "") if has_request_context() else ""
    return clean_name(unquote(said[: LONGEST_NAME * 12]))


def clean_name(said: str) -> str:
    """A name on one line, without signs that cannot be seen or that steer a terminal or the direction of writing, and
    of at most LONGEST_NAME letters."""
    seen = "".join(" " if letter.isspace() else letter for letter in said)
    plain = "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C")
    return " ".join(plain.split())[:LONGEST_NAME].strip()


def is_in_a_room() -> bool:
    """Whether the page asked for is a room's."""
    return addresses.read(request.path, None).page == "room"


def words() -> Words:
    """The reader's words, outside any room."""
    return Words(language())

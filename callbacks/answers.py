"""Asks the analysis what a callback needs and remembers the answers: a hundred viewers of one room cost about one.
It computes nothing itself, and an answer is never older than the revision that its View names; a View of a past moment
is answered as of that moment."""
from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from flask_caching import Cache

from livedash.locale import Words
from livedash.rollup.past import as_of
from livedash.view import View, Window

if TYPE_CHECKING:
    from livedash.rollup.fold import Rollup, RoomHeader
    from livedash.rooms import Rooms

Question = Callable[..., Any]
"""A function of the analysis: (rollup, window, *args) to a frozen answer."""

EXTENSION = "livedash-answers"


class Answers:
    """The answers given lately, kept in this process by flask-caching (whose in-memory store needs the lock)."""

    def __init__(self, server: Flask) -> None:
        self._cache = Cache(
            server, config={"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 1000, "CACHE_DEFAULT_TIMEOUT": 600}
        )
        self._lock = threading.Lock()

    def known(self, key: str) -> tuple[Any] | None:
        """The answer in a tuple of one, because None is an answer too."""
        with self._lock:
            return self._cache.get(key)

    def keep(self, key: str, answer: Any) -> None:
        with self._lock:
            self._cache.set(key, (answer,))


def remember_answers(server: Flask) -> None:
    """Give the server its memory of answers. Called once for each app."""
    server.extensions[EXTENSION] = Answers(server)


def ask(rooms: Rooms, view: View, question: Question, *args: Any) -> Any:
    """What the question answers of this View. args must be hashable values whose repr tells them apart."""
    return ask_all(rooms, view, {"it": (question, *args)})["it"]


@dataclass(frozen=True, slots=True)
class Failed:
    """In the place of an answer: the bug that was met in finding it."""

    error: Exception


def ask_all(rooms: Rooms, view: View, questions: Mapping[str, tuple[Any, ...]], apart: bool = False) -> dict[str, Any]:
    """Several answers of one and the same state of the room: name to (question, *args). apart: a question that fails
    has a Failed in the place of its answer, and the others are answered all the same."""
    answers: Answers = current_app.extensions[EXTENSION]
    keys = {name: _key(view, *question) for name, question in questions.items()}
    found = {name: answers.known(key) for name, key in keys.items()}
    if None in found.values():
        with rooms.reading(view.room) as now:
            rollup = as_of(now, view.as_of)
            for name, (question, *args) in questions.items():
                # Another request may have answered while this one waited for the room.
                found[name] = found[name] or answers.known(keys[name])
                if found[name] is not None:
                    continue
                try:
                    answer = question(rollup, view.window, *args)
                except Exception as error:
                    if not apart:
                        raise
                    found[name] = (Failed(error),)
                else:
                    answers.keep(keys[name], answer)
                    found[name] = (answer,)
    return {name: answer[0] for name, answer in found.items() if answer is not None}


def _key(view: View, question: Question, *args: Any) -> str:
    return repr((question.__module__, question.__qualname__, view.room, view.revision, view.window, view.as_of, args))


def room_header(rollup: Rollup, window: Window | None) -> RoomHeader:
    """What the room says of itself."""
    return rollup.room


def _told_in(rollup: Rollup, window: Window | None) -> tuple[str, str | None, Window | None]:
    """What the words of the room depend on: its time zone, its currency, and the stretch of the LIVE."""
    return rollup.room.timezone, rollup.room.currency, rollup.span


def words_for(rooms: Rooms, view: View) -> Words:
    """The words of this View's reader, with the room's time zone, currency and days."""
    return Words(view.language, *ask(rooms, replace(view, window=None, as_of=None), _told_in))

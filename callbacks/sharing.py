"""Gives those who watch the same the same answer: the refresh of a tab is written once, however many ask for just it at
the same moment. It knows no tab; what a refresh says hangs on what is asked and on the reader's language alone."""
from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from flask import Flask, Response, g, request

from callbacks import reader

KEEP_S = 2.0
"""Viewers ask once a second; whoever comes later gets an answer of his own."""
MOST = 200
LARGEST_QUESTION = 64 * 1024
PATIENCE_S = 10.0
REFRESH = re.compile(rb'"changedPropIds":\s*\["[a-z-]+-view\.data"\]')
"""A question that was asked because the View of a tab is new (callbacks.panel), and for no choice of the reader's."""

Question = tuple[bytes, str, bool]
"""What is asked, in which language, and whether the answer may be compressed."""


@dataclass(slots=True)
class Shared:
    """One answer, which others may wait for. body: None while there is none, or where it cannot be shared."""

    began: float
    made: threading.Event = field(default_factory=threading.Event)
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


class Sharing:
    """The answers of the last moments, by what was asked."""

    def __init__(self) -> None:
        self._found: OrderedDict[Question, Shared] = OrderedDict()
        self._lock = threading.Lock()

    def find_or_begin(self, question: Question) -> tuple[Shared, bool]:
        """The answer to the question, and whether whoever asks is the one who makes it."""
        now = time.monotonic()
        with self._lock:
            while self._found and (len(self._found) > MOST or now - next(iter(self._found.values())).began > KEEP_S):
                self._found.popitem(last=False)
            known = self._found.get(question)
            if known is None:
                known = self._found[question] = Shared(now)
                return known, True
        return known, False

    def done(self, question: Question, answer: Shared) -> None:
        """Let those go on who wait for it; one that came to nothing is not kept."""
        if answer.body is None:
            with self._lock:
                if self._found.get(question) is answer:
                    del self._found[question]
        answer.made.set()


def share(server: Flask) -> None:
    """Share the refreshes of tabs. Call it after every rule for requests is set, and before answers are packed, so that
    nobody gets by them and what is shared is packed already."""
    sharing = Sharing()

    def own() -> tuple[Question, Shared] | None:
        """What this request answers for the others too."""
        mine: tuple[Question, Shared] | None = g.get("shared")
        return mine

    @server.before_request
    def give() -> Response | None:
        question = asked()
        if question is None:
            return None
        answer, begins = sharing.find_or_begin(question)
        if begins:
            g.shared = question, answer
            return None
        answer.made.wait(PATIENCE_S)
        if answer.body is None:
            return None
        return Response(answer.body, headers=list(answer.headers))

    @server.after_request
    def keep(response: Response) -> Response:
        mine = own()
        if mine and response.status_code == 200:
            _, answer = mine
            answer.headers = tuple(
                (name, value)
                for name, value in response.headers.items()
                if name in ("Content-Type", "Content-Encoding", "Vary")
            )
            answer.body = response.get_data()
        return response

    @server.teardown_request
    def release(error: BaseException | None) -> None:
        mine = own()
        if mine:
            sharing.done(*mine)


def asked() -> Question | None:
    """What the request asks, where others may ask the same: the refresh of a tab."""
    is_callback = request.method == "POST" and request.path.endswith("/_dash-update-component")
    if not is_callback or not 0 < (request.content_length or 0) <= LARGEST_QUESTION:
        return None
    body = request.get_data()
    if not REFRESH.search(body):
        return None
    return body, reader.language(), bool(request.accept_encodings["gzip"])

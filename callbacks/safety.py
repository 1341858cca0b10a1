"""What every answer of the server carries and every request must be: headers, origins, hosts, and errors that are told
without their insides. It may not know any page."""
from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from urllib.parse import urlsplit

from dash import Dash
from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

from callbacks import reader
from callbacks.acting import FRAMED_ACTS
from livedash.problems import Problem
from livedash.settings import Settings, is_local

LOG = logging.getLogger("livedash")
HEALTH = "health"
LARGEST_REQUEST = 4 * 1024 * 1024
SAME_FAULT_S = 60


def guard(app: Dash, settings: Settings, faults: Faults) -> None:
    """Put the app behind these rules. Call it after every callback is registered: the policy names their hashes."""
    server = app.server
    policy = content_policy(app.csp_hashes(), settings.frame_ancestors)
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.config[FRAMED_ACTS] = settings.framed_acts
    if is_local(settings.host) and not settings.guarded:
        # A stranger's page cannot make its own name lead here and read along.
        server.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "::1", settings.host]

    @server.before_request
    def refuse_other_origins() -> None:
        origin = request.headers.get("Origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.host
        if request.method not in ("GET", "HEAD", "OPTIONS") and foreign:
            abort(403, "This came from another site.")

    @server.after_request
    def say_the_rules(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        if not settings.frame_ancestors:
            headers["X-Frame-Options"] = "DENY"
        return response

    @server.errorhandler(Exception)
    def tell(error: Exception) -> tuple[str, int, dict[str, str]] | HTTPException:
        if isinstance(error, HTTPException):
            return error
        return f"{faults.text(error)}\n", 500, {"Content-Type": "text/plain; charset=utf-8"}


def content_policy(hashes: list[str] | tuple[str, ...], frame_ancestors: tuple[str, ...]) -> str:
    """Everything comes from here; scripts are our files and Dash's own start (by its hash). Plotly and AG Grid write
    styles."""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *dict.fromkeys(hashes)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(frame_ancestors) or "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Faults:
    """Bugs met: each gets a reference that stands in the log with its traceback; one that repeats is told once a
    minute."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str, int], tuple[str, float]] = {}
        self._lock = threading.Lock()

    def reference(self, error: Exception) -> str:
        """The reference under which this error stands in the log."""
        frames = traceback.extract_tb(error.__traceback__)
        where = (
            (type(error).__name__, frames[-1].filename, frames[-1].lineno or 0)
            if frames
            else (type(error).__name__, "", 0)
        )
        now = time.monotonic()
        with self._lock:
            reference, met = self._met.get(where, ("", -SAME_FAULT_S))
            if now - met < SAME_FAULT_S:
                return reference
            reference = secrets.token_hex(4)
            self._met[where] = (reference, now)
        LOG.error("Reference %s: a bug", reference, exc_info=error)
        return reference

    def text(self, error: Exception) -> str:
        """What the reader is told."""
        words = reader.words()
        if isinstance(error, Problem):
            return words.sentence(error.sentence)
        return words(
            "Something went wrong inside livedash. What is shown is the last good picture. Reference {reference} "
            "stands in the log with the details.",
            reference=self.reference(error),
        )

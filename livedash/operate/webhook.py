"""One attempt to bring an action to the seller's webhook: signed, over in time, no redirect followed."""
from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from livedash.settings import Webhook

PATIENCE_S = 5.0
"""From the beginning of an attempt to the end of its answer."""
LONGEST_RETRY_AFTER_S = 3600
TRY_AGAIN = frozenset({408, 425, 429})
"""Answers of the receiver's that speak of now and not of what was sent."""
MOST_ANSWER = 64 * 1024
PLAIN_ID = re.compile(r"[!-~]{1,200}")

LOG = logging.getLogger("livedash.delivery")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one attempt. state: "delivered", "confirmed", "failed" (it will never be taken) or "retrying";
    reason: a key of delivery.WHY; wait_s: how long the receiver asks to be left alone."""

    state: str
    reason: str | None = None
    status: int | None = None
    wait_s: float = 0.0


Send = Callable[[str, bytes], Answer | None]
"""Sends one action (its event_id, its body). None: stopped before there was an answer."""


@dataclass(frozen=True, slots=True)
class Post:
    """Sends to the webhook: one connection for each attempt, no redirect followed, over after PATIENCE_S whatever the
    receiver does."""

    webhook: Webhook
    stop: threading.Event
    patience_s: float = PATIENCE_S
    clock: Callable[[], float] = time.time

    def __call__(self, action: str, body: bytes) -> Answer | None:
        address = urlsplit(self.webhook.address)
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = kind(address.hostname or "", address.port, timeout=self.patience_s)
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        found: list[Answer] = []
        line: list[socket.socket] = []
        done, over = threading.Event(), threading.Event()

        def talk() -> None:
            try:
                connection.connect()
                line.append(connection.sock)
                if over.is_set():  # looking up the address took longer than there was time: nothing goes out now
                    return
                connection.request("POST", target, body, headers(self.webhook, action, body, self.clock()))
                _listen(connection.getresponse(), found)
            except Exception as error:  # whatever it is, it is an attempt that failed, and a status that came stands
                found[:] = found or [_trouble(error)]
            finally:
                connection.close()
                done.set()

        threading.Thread(target=talk, name="delivering-one", daemon=True).start()
        until = time.monotonic() + self.patience_s
        while not done.wait(0.05):
            if self.stop.is_set() or time.monotonic() > until:
                over.set()
                late = None if self.stop.is_set() else Answer("retrying", "timeout")
                answer = found[-1] if found else late
                _break(line)
                return answer
        return found[-1]


def headers(webhook: Webhook, action: str, body: bytes, now: float) -> dict[str, str]:
    """What is sent beside the body. The signature is HMAC-SHA256, by the secret, of the timestamp (epoch seconds), a
    dot and the body; the timestamp is that of the attempt, the key is the same in every attempt."""
    stamp = str(int(now))
    secret = webhook.secret.encode("utf-8", "surrogateescape")
    signature = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "livedash",
        "X-Livedash-Timestamp": stamp,
        "X-Livedash-Signature": f"sha256={signature}",
        "Idempotency-Key": key_of(action),
        "Connection": "close",
    }


def key_of(action: str) -> str:
    """The idempotency key of an action: its event_id, or the hash of one that cannot stand in a header."""
    return action if PLAIN_ID.fullmatch(action) else hashlib.sha256(action.encode("utf-8", "replace")).hexdigest()


def _listen(response: http.client.HTTPResponse, found: list[Answer]) -> None:
    """Note what the status says as soon as it is there, then whether the body says more."""
    status = response.status
    if 200 <= status < 300:
        found.append(Answer("delivered", status=status))
        if _confirms(response.read(MOST_ANSWER)):
            found.append(Answer("confirmed", status=status))
    elif 300 <= status < 400:
        found.append(Answer("retrying", "redirect", status))
    elif 400 <= status < 500 and status not in TRY_AGAIN:
        found.append(Answer("failed", "status", status))
    else:
        found.append(Answer("retrying", "status", status, _retry_after(response.getheader("Retry-After"))))


def _confirms(answer: bytes) -> bool:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("state") == "confirmed"


def _retry_after(said: str | None) -> float:
    """Seconds; a date, or what is no number, asks for nothing."""
    number = (said or "").strip()
    return float(min(int(number), LONGEST_RETRY_AFTER_S)) if re.fullmatch(r"[0-9]{1,9}", number) else 0.0


def _trouble(error: Exception) -> Answer:
    match error:
        case ssl.SSLError():
            return Answer("retrying", "tls")
        case TimeoutError():
            return Answer("retrying", "timeout")
        case http.client.HTTPException():
            return Answer("retrying", "answer")
        case OSError() | ValueError():
            return Answer("retrying", "unreachable")
    LOG.error("An attempt to deliver ended in a bug: %s", type(error).__name__)
    return Answer("retrying", "unreachable")


def _break(line: list[socket.socket]) -> None:
    """End an attempt that takes too long. Where the address is still being looked up there is nothing to end yet."""
    for one in line:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)

"""A webhook's receiver on loopback: it keeps what it is sent, checks every signature as the README tells its readers
to, and answers as it is told. It knows nothing of the deliverer."""
from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from livedash.settings import Webhook

SECRET = "a secret that nobody guesses"


@dataclass(frozen=True)
class Received:
    """One request. genuine: whether its signature fits its timestamp and body."""

    key: str
    body: dict[str, Any]
    genuine: bool
    timestamp: int
    path: str


@dataclass
class Answering:
    """What to answer to a request: status, body, headers; before: called when the request has come."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[Received], None] = lambda received: None


class Receiver:
    """Listens on a port of 127.0.0.1 as long as the block runs. answers: for the requests to come, one after the other;
    beyond the last, every request is taken."""

    def __init__(self, *answers: Answering, port: int = 0) -> None:
        self.answers = list(answers)
        self.received: list[Received] = []
        self._come = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Receiver:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook/T0KEN?in=1"

    @property
    def webhook(self) -> Webhook:
        return Webhook(self.address, SECRET)

    @property
    def keys(self) -> list[str]:
        """The idempotency key of every request, in the order in which they came."""
        return [one.key for one in self.received]

    def wait(self) -> None:
        """Until one more request has come."""
        assert self._come.acquire(timeout=60), "no request came"

    def _take(self, one: Received) -> Answering:
        with self._lock:
            self.received.append(one)
            answer = self.answers.pop(0) if self.answers else Answering()
        self._come.release()
        answer.before(one)
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stamp = self.headers["X-Livedash-Timestamp"]
                expected = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
                genuine = hmac.compare_digest(self.headers["X-Livedash-Signature"], f"sha256={expected}")
                key = self.headers["Idempotency-Key"]
                answer = take(Received(key, json.loads(body), genuine, int(stamp), self.path))
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(answer.body)))
                    self.end_headers()
                    self.wfile.write(answer.body)
                except OSError:  # whoever asked has gone
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler

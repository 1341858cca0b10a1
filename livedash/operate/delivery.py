"""Delivers what was done in the dashboard to the seller's webhook: at least once, in order in each room, signed. It
reads `operator.ndjson` and writes `delivery.ndjson`, whose only writer it is; it changes no line that stands, and sends
nothing that was not done here."""
from __future__ import annotations

import contextlib
import gzip
import hashlib
import hmac
import http.client
import json
import logging
import os
import random
import re
import socket
import ssl
import tempfile
import threading
import time
import traceback
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard, cast
from urllib.parse import urlsplit

from livedash.log.follow import BROKEN_GZIP, HEAD, mark_of
from livedash.log.vocabulary import LONGEST_LINE
from livedash.operate import journal
from livedash.operate.journal import held
from livedash.problems import Problem
from livedash.settings import Webhook

NAME = "delivery.ndjson"
SINCE = "delivery.json"
"""In the data directory: since when there is a webhook. What was done before is nobody's news any more."""

ACTIONS = frozenset(
    {"pin", "unpin", "appeal_submitted", "giveaway_started", "giveaway_ended", "question_answered"}
)  # fmt: skip
GIVE_UP_MS = 24 * 3600 * 1000
"""An action that is older than this is not sent (any more)."""
PIN_GIVE_UP_MS = 3600 * 1000
"""The same for pins: what was to be shown an hour ago is not put up over what the LIVE shows now, or after its end."""
PATIENCE_S = 5.0
"""From the beginning of an attempt to the end of its answer."""
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
LONGEST_RETRY_AFTER_S = 3600
TRY_AGAIN = frozenset({408, 425, 429})
"""Answers of the receiver's that speak of now and not of what was sent."""
MOST_ANSWER = 64 * 1024
PARTS = re.compile(r"operator(\.\d+)?\.ndjson(\.gz)?")
PLAIN_ID = re.compile(r"[!-~]{1,200}")

WHY = {
    "unreachable": "nobody answers at the webhook's address",
    "timeout": "the webhook did not answer in time",
    "tls": "the webhook's certificate is not trusted",
    "answer": "the webhook's answer could not be read",
    "redirect": "the webhook points to another address, which is not followed",
    "status": "the webhook answered with status {status}",
    "too_old": "it was more than 24 hours old",
    "given_up": "given up after 24 hours",
    "pin_late": "it was more than one hour old, and a pin is not made up for later",
}
"""Reasons in the log's plain words. No address and nothing of an answer stands in them."""

LOG = logging.getLogger("livedash.delivery")
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one attempt. state: "delivered", "confirmed", "failed" (it will never be taken) or "retrying";
    reason: a key of WHY; wait_s: how long the receiver asks to be left alone."""

    state: str
    reason: str | None = None
    status: int | None = None
    wait_s: float = 0.0


Send = Callable[[str, bytes], Answer | None]
"""Sends one action (its event_id, its body). None: stopped before there was an answer."""


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: twice as long each time, up to LONGEST_WAIT_S, each drawn from the upper
    half, so that many senders do not come back all at once."""
    longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(attempts - 1, 30))
    return random.uniform(longest / 2, longest)


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


# ------------------------------------------------------------------------------------------------------------ one room


@dataclass(slots=True)
class Action:
    """An action that waits. line: as it stands in the log; recorded: when it was done (epoch ms); said: the state that
    its last line in delivery.ndjson gives it."""

    line: Line
    recorded: int
    attempts: int = 0
    said: str = "recorded"

    @property
    def id(self) -> str:
        return str(self.line["event_id"])


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read. position: of its (unpacked) text; head, mark: length and hash of the bytes it began
    with, for a new file may have the number of one that is gone; size, changed: what it was then on the disk."""

    position: int = 0
    head: int = 0
    mark: str = ""
    size: int = -1
    changed: int = -1


@dataclass(slots=True)
class Outbox:
    """What of one room waits to be delivered. unsaid: an outcome that could not be written yet: before it stands in the
    log nothing more is sent."""

    room: Path
    since: int
    waiting: deque[Action] = field(default_factory=deque)
    unsaid: Line | None = None
    not_before: float = 0.0
    _known: dict[str, Line] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _read: dict[tuple[int, int], Place] = field(default_factory=dict)
    _damaged: set[str] = field(default_factory=set)
    _signature: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """What became of earlier actions is read from the log. Raises OSError."""
        with contextlib.suppress(FileNotFoundError):
            for line in _lines(self.room / NAME, 0):
                said = _parsed(line[0])
                if said.get("type") == "delivery" and isinstance(said.get("ref_id"), str):
                    self._known[said["ref_id"]] = said

    def look(self) -> None:
        """Take in what was done since the last look. Raises OSError, Problem."""
        try:
            signature: tuple[int, ...] = (os.stat(self.room).st_mtime_ns,)  # of the names: something may be rotated
        except FileNotFoundError:
            return
        there = False
        with contextlib.suppress(FileNotFoundError):
            now = os.stat(self.room / journal.NAME)
            signature += (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns)
            there = True
        if signature == self._signature:
            return
        # Whoever writes holds the file until its lines are on the disk: what is not there to stay is not seen.
        with held(self.room) if there else contextlib.nullcontext():
            for path in _parts(self.room):
                self._take(path)
        self._signature = signature

    def _take(self, path: Path) -> None:
        """Read on in a file. One whose packing is damaged is read as far as that goes: it holds up nothing else."""
        there = os.stat(path)
        key = (there.st_dev, there.st_ino)
        before = self._read.get(key, Place())
        packed = path.name.endswith(".gz")
        if packed and (before.size, before.changed) == (there.st_size, there.st_mtime_ns):
            return
        try:
            is_same = mark_of(_head(path, before.head)) == before.mark
            position = before.position if is_same and (packed or before.position <= there.st_size) else 0
            try:
                for raw, end in _lines(path, position):
                    self._queue(_parsed(raw))
                    position = end
            finally:
                head = _head(path, min(position, HEAD))
                self._read[key] = Place(position, len(head), mark_of(head), there.st_size, there.st_mtime_ns)
        except BROKEN_GZIP:
            if path.name not in self._damaged:
                LOG.warning("%s: %s is damaged: it is read as far as that goes", self.room.name, path.name)
                self._damaged.add(path.name)

    def _queue(self, line: Line) -> None:
        """An action of ours joins the end of the queue, unless it has been there, or is from before the webhook."""
        recorded = _recorded(line)
        name = line.get("event_id")
        if line.get("type") not in ACTIONS or not _is_text(name) or recorded is None or name in self._seen:
            return
        self._seen.add(name)
        before = self._known.pop(name, {})
        if before.get("state") in ("delivered", "confirmed", "failed") or recorded < self.since:
            return
        attempts = before.get("attempts")
        said = "retrying" if before else "recorded"
        self.waiting.append(Action(line, recorded, attempts if isinstance(attempts, int) else 0, said))

    def say(self, line: Line) -> None:
        """Write an outcome. Raises Problem; it is kept until it can be written."""
        self.unsaid = line
        with held(self.room, NAME) as log:
            log.append((line,))
        self.unsaid = None


def _is_text(value: object) -> TypeGuard[str]:
    """Whether it is a text of whole letters. (Half a letter, as JSON can hold it, is none: such a line is rejected.)"""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _recorded(line: Line) -> int | None:
    """When an action was done. What is said of a LIVE that is over stands at its end, and names the moment besides:
    in `recorded`, or `at` in older lines."""
    times = [line.get(name) for name in ("ts", "recorded", "at")]
    known = [moment for moment in times if isinstance(moment, int) and not isinstance(moment, bool)]
    return max(known, default=None)


def _parts(room: Path) -> list[Path]:
    """The journal and what was rotated away from it, the oldest first."""
    found = [path for path in room.iterdir() if PARTS.fullmatch(path.name) and path.is_file()]
    return sorted(found, key=lambda path: (path.name == journal.NAME, path.stat().st_mtime_ns))


def _open(path: Path) -> BinaryIO:
    """The file's text as bytes, unpacked where it is packed."""
    return cast(BinaryIO, gzip.open(path)) if path.name.endswith(".gz") else open(path, "rb")


def _head(path: Path, size: int) -> bytes:
    with _open(path) as file:
        return file.read(size)


def _lines(path: Path, start: int) -> Iterator[tuple[bytes, int]]:
    """The whole lines from a place on, each with the place behind it. One that is too long is passed over."""
    with _open(path) as file:
        file.seek(start)
        while line := file.readline(LONGEST_LINE + 2):
            too_long = len(line) > LONGEST_LINE and not line.endswith(b"\n")
            while too_long and not line.endswith(b"\n") and line:
                line = file.readline(LONGEST_LINE)
            if not line.endswith(b"\n"):
                return
            yield b"" if too_long else line, file.tell()


def _parsed(line: bytes) -> Line:
    """The event of a line; of what is none, an empty one."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


# ------------------------------------------------------------------------------------------------------------ all rooms


class Deliverer:
    """Looks through the rooms again and again and sends what waits, one attempt at a time. One of these serves a data
    directory: see livedash.hosted."""

    def __init__(
        self,
        rooms: Callable[[], Iterable[Path]],
        since: int,
        send: Send,
        wait: Callable[[int], float] = backoff,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """rooms: gives the folders there are; since: epoch ms; wait: attempts to seconds; clock: epoch seconds; steady:
        seconds that never step back."""
        self._rooms, self._since, self._send, self._wait = rooms, since, send, wait
        self._clock, self._steady = clock, steady
        self._boxes: dict[Path, Outbox] = {}
        self._trouble: dict[Path, str] = {}

    def run(self, stop: threading.Event, every: float = 0.5) -> None:
        """Deliver until `stop` is set."""
        while not stop.is_set():
            if not self.look(stop):
                stop.wait(every)

    def look(self, stop: threading.Event | None = None) -> bool:
        """One attempt in every room where one is due. True: something was sent and more may be due."""
        sent = False
        rooms = list(self._rooms())
        for gone in self._boxes.keys() - set(rooms):
            del self._boxes[gone]
        for room in rooms:
            if stop is not None and stop.is_set():
                return False
            try:
                sent |= self._serve(room)
                self._trouble.pop(room, None)
            except Exception as trouble:  # the other rooms are served all the same
                self._complain(room, trouble)
        return sent

    def _complain(self, room: Path, trouble: Exception) -> None:
        """Say it once. Of a bug its kind and its place: its words might hold what came in data."""
        if isinstance(trouble, Problem):
            said = str(trouble)
        elif isinstance(trouble, OSError):
            said = trouble.strerror or type(trouble).__name__
        else:
            place = traceback.extract_tb(trouble.__traceback__)[-1]
            said = f"{type(trouble).__name__} in {Path(place.filename).name}, line {place.lineno}"
        if self._trouble.get(room) != said:
            LOG.warning("%s: deliveries wait: %s", room.name, said)
            self._trouble[room] = said
        if room in self._boxes:
            self._boxes[room].not_before = self._steady() + LONGEST_WAIT_S / 60

    def _serve(self, room: Path) -> bool:
        """Send the room's next action if it is due. Raises OSError, Problem."""
        box = self._boxes.get(room)
        if box is None:
            box = self._boxes[room] = Outbox(room, self._since)
        if self._steady() < box.not_before:
            return False
        if box.unsaid is not None:
            box.say(box.unsaid)
        box.look()
        if not box.waiting:
            return False
        return self._attempt(box, box.waiting[0])

    def _attempt(self, box: Outbox, action: Action) -> bool:
        if too_late := _too_late(action, self._clock() * 1000):
            answer: Answer | None = Answer("failed", too_late)
        else:
            answer = self._send(action.id, body_of(action.line, box.room.name))
            if answer is None:
                return False
            action.attempts += 1
        assert answer is not None
        if answer.state == "retrying":
            box.not_before = self._steady() + max(self._wait(action.attempts), answer.wait_s)
        else:
            box.waiting.popleft()
        if answer.state != action.said:
            if answer.reason:
                LOG.warning("%s: %s %s: %s", box.room.name, action.line["type"], answer.state, _why(answer))
            action.said = answer.state
            box.say(self._outcome(action, answer))
        return True

    def _outcome(self, action: Action, answer: Answer) -> Line:
        line = {
            "event_id": f"dl-{uuid.uuid4().hex}",
            "ts": int(self._clock() * 1000),
            "type": "delivery",
            "ref_id": action.id,
            "state": answer.state,
            "attempts": action.attempts,
            "reason": answer.reason,
            "status": answer.status,
            "text": _why(answer),
        }
        return {name: value for name, value in line.items() if value is not None}


def _too_late(action: Action, now_ms: float) -> str | None:
    """Why an action is not sent any more (a key of WHY), None where it still is."""
    is_pin = action.line["type"] in ("pin", "unpin")
    if now_ms - action.recorded <= (PIN_GIVE_UP_MS if is_pin else GIVE_UP_MS):
        return None
    if is_pin:
        return "pin_late"
    return "given_up" if action.attempts else "too_old"


def _why(answer: Answer) -> str | None:
    return WHY[answer.reason].format(status=answer.status) if answer.reason else None


def body_of(line: Mapping[str, Any], room: str) -> bytes:
    """What is sent of an action: its line as it stands in the log, and the room's id. ASCII alone, whatever it says."""
    return json.dumps({**line, "room": room}, separators=(",", ":")).encode("ascii")


def begun(data: Path, now_ms: int) -> int:
    """Since when there is a webhook for this data directory (epoch ms): now, if it is the first. Raises OSError."""
    path = data / SINCE
    try:
        said = json.loads(path.read_bytes())["since"]
        if isinstance(said, int) and not isinstance(said, bool):
            return said
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError):
        LOG.warning("%s was damaged: what was done before now is not delivered", SINCE)
    handle, fresh = tempfile.mkstemp(dir=data, prefix=f".{SINCE}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"since": now_ms}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    return now_ms

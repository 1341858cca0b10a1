"""Delivers what was done in the dashboard to the seller's webhook: at least once, in order in each room, signed. It
reads `operator.ndjson` and writes `delivery.ndjson`, whose only writer it is; it changes no line that stands, and sends
nothing that was not done here."""
from __future__ import annotations

import json
import logging
import os
import random
import tempfile
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from livedash.operate.outbox import Action, Line, Outbox
from livedash.operate.webhook import Answer, Send
from livedash.problems import Problem

SINCE = "delivery.json"
"""In the data directory: since when there is a webhook. What was done before is nobody's news any more."""
GIVE_UP_MS = 24 * 3600 * 1000
"""An action that is older than this is not sent (any more)."""
PIN_GIVE_UP_MS = 3600 * 1000
"""The same for pins: what was to be shown an hour ago is not put up over what the LIVE shows now, or after its end."""
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0

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


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: twice as long each time, up to LONGEST_WAIT_S, each drawn from the upper
    half, so that many senders do not come back all at once."""
    longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(attempts - 1, 30))
    return random.uniform(longest / 2, longest)


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

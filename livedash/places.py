"""What things are called in a data directory, for everybody who writes or reads there: rooms, and what lies beside
their logs. It only knows names, and touches no file."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from livedash.problems import Problem
from livedash.words import N_

LONGEST_ROOM_ID = 64
BROADCAST = "broadcast"
"""In a room's folder: the folder of what can be watched of it."""
CLOCK = "clock.json"
"""In that: file name to the epoch ms of its first picture, as a person said it."""

_ROOM_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def is_room_id(name: str) -> bool:
    """Letters A to Z, digits, dot, underscore, hyphen; 1 to 64 of them; not . or .. alone."""
    return _ROOM_ID.fullmatch(name) is not None and name not in (".", "..")


def no_room_id(name: str) -> Problem:
    """What is said of a name that is none."""
    return Problem(
        "room-id",
        N_("{room} cannot name a room: use up to 64 of the letters A to Z, digits, dots, hyphens and underscores."),
        room=name[:80],
    )


def proper_room_id(name: str, taken: Container[str] = ()) -> str:
    """A room id that is most like the name, and is not taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[: LONGEST_ROOM_ID - 4] or "live"
    return next(one for one in (found, *(f"{found}-{n}" for n in range(2, 1000)), found) if one not in taken)

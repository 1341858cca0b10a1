"""The shapes in which accepted events are kept: a few fixed-width tables, the texts beside them, and the names behind
the codes. A Delta is what one commit adds to them; deltas added up in order are the whole room."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from livedash.log.vocabulary import PROFILE_FIELDS

EVENT = np.dtype(
    [("ts", "<i8"), ("value", "<i8"), ("user", "<i4"), ("product", "<i4"), ("type", "<i4"), ("channel", "<i4")]
)
"""Every accepted line. value: its count, or 1 (of a giveaway_entered: the code of its giveaway); codes are -1 where the
line names none."""

LINE = np.dtype(
    [
        ("ts", "<i8"), ("amount", "<i8"), ("quantity", "<i8"), ("order", "<i4"), ("sku", "<i4"), ("user", "<i4"),
        ("product", "<i4"), ("type", "<i4"), ("channel", "<i4"), ("currency", "<i4"),
    ]
)  # fmt: skip
"""Lines that carry money. amount: price x quantity in 1/10000, -1 where the line has no price."""

PROFILE = np.dtype([("ts", "<i8"), ("user", "<i4"), *((name, "<i4") for name in PROFILE_FIELDS)])
"""What is known of a user, -1 where the line does not say."""

KEY = np.dtype([("key", "<u8"), ("content", "<u4")])
"""For every row of EVENT: hash of (event_id, type), and of what the line says. Only de-duplication reads it."""

HASH = np.dtype("<u8")
"""For every user and order: the hash that its code stands for."""

TABLES: dict[str, np.dtype] = {
    "events": EVENT,
    "keys": KEY,
    "lines": LINE,
    "profiles": PROFILE,
    "users": HASH,
    "orders": HASH,
}
INGESTER_ONLY = ("keys", "users", "orders")
"""Tables that only de-duplication and numbering need."""
TEXTS = ("comments", "records", "names", "quarantine")
"""Kept as one JSON value a row: comments and records with all their fields (ts as epoch ms); names as [kind, name],
where kind is one of NAME_KINDS, and a name's code is its place among its kind."""

NAME_KINDS = ("type", "product", "channel", "currency", "sku", "giveaway", *PROFILE_FIELDS)


@dataclass(slots=True)
class Delta:
    """New rows: an array per table, a list per text. A table that is not named has none."""

    tables: dict[str, np.ndarray] = field(default_factory=dict)
    texts: dict[str, list[Any]] = field(default_factory=dict)

    def table(self, name: str) -> np.ndarray:
        found = self.tables.get(name)
        return np.empty(0, TABLES[name]) if found is None else found

    def text(self, name: str) -> list[Any]:
        return self.texts.get(name, [])

    def sizes(self) -> dict[str, int]:
        """Rows per table and text."""
        counts = {name: len(rows) for name, rows in self.tables.items()}
        return counts | {name: len(texts) for name, texts in self.texts.items()}

    def __bool__(self) -> bool:
        return any(self.sizes().values())

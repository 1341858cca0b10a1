"""Phrases before they have a language: a Sentence is an English message id with named values, an Amount is a value with
its unit. The data layer speaks in these; livedash.locale turns them into a reader's words and figures."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

UNITS = ("count", "money", "ratio", "estimate", "seconds", "per_hour", "money_per_hour", "time", "text", "percent")
"""What a value is: count (integer), money (Decimal, in the room's currency), ratio (0.25 is shown as 25 %), estimate
(money that is not counted but foretold: two figures of it are shown), seconds, per_hour, money_per_hour, time (epoch
ms, shown as a clock time in the room's zone), text, percent (a ratio as whole per cent)."""


def N_(msgid: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a phrase for the catalogues where it is declared; it is translated where it is shown."""
    return msgid


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit (one of UNITS), so that every place writes it alike."""

    value: Any
    unit: str = "count"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id with {named} places and what goes into them (str, int, Amount or another Sentence)."""

    msgid: str
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, msgid: str, **params: Any) -> Sentence:
        return cls(msgid, tuple(params.items()))

    def in_english(self) -> str:
        """The plain English form, for logs and command lines."""
        return self.msgid.format(**{name: _plain(value) for name, value in self.params})


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return value.in_english()
    return value.value if isinstance(value, Amount) else value

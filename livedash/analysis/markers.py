"""Answers what happened when: the events drawn on a trend, each an instant or an interval."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import Sentence

KINDS = ("pin", "promotion", "giveaway", "violation", "listed", "sold_out", "price", "host", "pause", "gap")


@dataclass(frozen=True, slots=True)
class Marker:
    """kind: one of KINDS; end None for an instant, or for an interval that still runs (open is True then)."""

    id: str
    kind: str
    start: int
    end: int | None
    open: bool
    sentence: Sentence
    product_id: str | None = None
    ref_id: str | None = None


def markers(rollup: Rollup, window: Window | None = None) -> tuple[Marker, ...]:
    """All markers that touch the window, in order of time."""
    raise NotImplementedError


def pinned(rollup: Rollup) -> dict[str, int]:
    """product_id to the epoch ms since which it is pinned, for the products pinned now."""
    raise NotImplementedError

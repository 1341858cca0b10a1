"""Answers what just happened and matters: violations, giveaways, stock running out, sharp falls. It gives no advice."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import Sentence


@dataclass(frozen=True, slots=True)
class Notice:
    """kind: violation, giveaway_started, giveaway_ended, stock, viewers_fall, ctor_fall; weight: bad, good or plain."""

    id: str
    ts: int
    kind: str
    weight: str
    title: Sentence
    reason: Sentence
    product_id: str | None = None
    ref_id: str | None = None


def notices(rollup: Rollup, window: Window | None, limit: int = 20) -> tuple[Notice, ...]:
    """The latest notices of the window, newest first."""
    raise NotImplementedError

"""Answers who pinned or unpinned each product last, and whether that has reached the seller's webhook. What is pinned
is for `markers` to say; it judges no pin."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.analysis.deliveries import OURS, RECORDED, Delivery, deliveries
from livedash.rollup.fold import Rollup
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Act:
    """kind: "pin" or "unpin"; at: epoch ms; by: the name that the line gives, None where it gives none; delivery: None
    for what was not done in the dashboard."""

    kind: str
    at: int
    by: str | None
    delivery: Delivery | None


def last_acts(rollup: Rollup, window: Window | None = None) -> dict[str, Act]:
    """By product_id, the latest pin or unpin of each product. The window is not looked at."""
    known = deliveries(rollup)
    found: dict[str, Act] = {}
    for line in rollup.records("pin", "unpin"):
        product, by = line.get("product_id"), line.get("by")
        if isinstance(product, str):
            ours = line["event_id"].startswith(OURS)
            found[product] = Act(
                kind=line["type"],
                at=line["ts"],
                by=by if isinstance(by, str) and by else None,
                delivery=known.get(line["event_id"], RECORDED) if ours else None,
            )
    return found

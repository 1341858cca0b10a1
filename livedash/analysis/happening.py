"""Answers what is known of one event that marks a trend: its time, what the log says of it, and the product it is
about. It judges no effect."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from livedash.analysis.entering import entries_of
from livedash.analysis.markers import Marker, markers
from livedash.rollup.fold import Rollup
from livedash.rollup.room import ProductFacts
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

SAID = {
    "kind": N_("Kind"), "title": N_("Name"), "severity": N_("Severity"), "points": N_("Points"), "scheme": N_("Scheme"),
    "entry_rule": N_("Entry rule"), "prizes": N_("Prizes"), "winners": N_("Winners"), "discount": N_("Discount"),
    "host": N_("Host"), "text": N_("In its own words"),
}  # fmt: skip
"""Fields of a line that are told as they are, in this order."""
APPEALS = {
    "submitted": N_("submitted"), "upheld": N_("upheld: the violation does not stand"), "rejected": N_("rejected"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """marker: the event; facts: what the log says of it, label (a message id) to value; product: what it is about."""

    marker: Marker
    facts: tuple[tuple[str, Any], ...]
    product: ProductFacts | None


def happening(rollup: Rollup, window: Window | None, marker_id: str) -> Happening | None:
    """The event of that marker, wherever in the LIVE it is; None where there is none (any more)."""
    marker = next((marker for marker in markers(rollup) if marker.id == marker_id), None)
    if marker is None:
        return None
    line = next((line for line in rollup.records(*_types(rollup)) if line["event_id"] == marker.id), {})
    said = {label: line.get(field) for field, label in SAID.items()}
    facts: list[tuple[str, Any]] = [(label, _plain(value)) for label, value in said.items() if value not in (None, "")]
    if marker.kind == "giveaway":
        facts += _outcome(rollup, marker)
    if marker.kind == "violation":
        facts += _appeal(rollup, marker)
    return Happening(marker, tuple(facts), rollup.product_facts.get(marker.product_id or ""))


def _types(rollup: Rollup) -> tuple[str, ...]:
    marking = (
        "pin", "promotion_started", "giveaway_started", "violation", "product_listed", "stock", "price_changed",
        "host_changed", "live_paused",
    )  # fmt: skip
    return tuple(kind for kind in marking if kind in rollup.types)


def _plain(value: Any) -> str:
    return str(value).replace("_", " ")


def _outcome(rollup: Rollup, marker: Marker) -> list[tuple[str, Any]]:
    """How many entered a giveaway, and who won it by the line that ended it."""
    over = next((dict(turn.ended or {}) for turn in rollup.giveaways if turn.started["event_id"] == marker.id), {})
    entries, winners = entries_of(rollup, marker.ref_id, over), over.get("winners")
    facts: list[tuple[str, Any]] = [(N_("Entries"), Amount(entries, "count"))] if entries is not None else []
    return facts + ([(SAID["winners"], _plain(winners))] if isinstance(winners, int) else [])


def _appeal(rollup: Rollup, marker: Marker) -> list[tuple[str, Any]]:
    """How far an appeal against the violation has come."""
    ref = marker.ref_id or marker.id
    said = [line for line in rollup.records("appeal_submitted", "appeal_decided") if line.get("ref_id") == ref]
    if not said:
        return []
    outcome = str(said[-1].get("outcome") or "submitted")
    return [(N_("Appeal"), Sentence.of(APPEALS[outcome]) if outcome in APPEALS else outcome)]

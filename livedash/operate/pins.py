"""Pinning: which product is shown on air, said by one durable line in the room's log. It never writes for a room or a
product that is not there, and it never rewrites what was said before."""
from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livedash.operate.journal import Journal, after, held, now
from livedash.problems import Problem
from livedash.words import N_

Event = dict[str, Any]

UNDO_WITHIN_MS = 60_000
"""For how long what was done can be taken back. The screen offers it for ten seconds, and for as long as somebody rests
on the offer; a slow line between the reader and here may take some more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the room so far: its products, its pin and unpin events (ts in epoch ms), whether it has ended,
    and whether several products may be pinned at once."""

    products: AbstractSet[str]
    pins: tuple[Mapping[str, Any], ...] = ()
    ended: bool = False
    several: bool = False


def pin(room: Path, product_id: str, standing: Standing, by: str) -> tuple[Event, ...]:
    """Pin a product; whatever is pinned is unpinned in the same append, unless several may be. Returns the lines
    written: none if it is pinned already. Raises Problem: "room-gone", "room-ended", "product-unknown", and those of
    `held` and `append`."""
    _check(product_id, standing)
    with held(room) as journal:
        said = _said(journal, standing)
        pinned = pinned_after(said, standing.several)
        if product_id in pinned:
            return ()
        ended = [] if standing.several else [("unpin", other) for other in sorted(pinned)]
        return _write(journal, said, [*ended, ("pin", product_id)], by)


def unpin(room: Path, product_id: str, standing: Standing, by: str) -> tuple[Event, ...]:
    """Take a product's pin away. Returns the line written: none if it is not pinned. Raises what `pin` raises."""
    _check(product_id, standing)
    with held(room) as journal:
        said = _said(journal, standing)
        if product_id not in pinned_after(said, standing.several):
            return ()
        return _write(journal, said, [("unpin", product_id)], by)


def undo(room: Path, lines: Collection[str], standing: Standing, by: str) -> tuple[Event, ...]:
    """Take back what one `pin` or `unpin` did, given the event_ids of the lines that it wrote: what was pinned before
    is pinned again, by new lines that name the ones they answer (`undoes`). Returns them: none if that was done before.
    Raises Problem: "room-ended", "undo-unknown", "undo-late", "undo-overtaken" (something else was pinned or unpinned
    since), and those of `held` and `append`."""
    if standing.ended:
        raise _ended()
    with held(room) as journal:
        said = _said(journal, standing)
        done = [event for event in said if event["event_id"] in lines and event.get("product_id")]
        if not done or len({event["event_id"] for event in done}) != len(set(lines)):
            raise Problem("undo-unknown", N_("What is to be taken back is not in the log any more."))
        if any(event.get("undoes") in lines for event in said):
            return ()
        if now() - max(event["ts"] for event in done) > UNDO_WITHIN_MS:
            raise Problem(
                "undo-late",
                N_("That is too long ago to be taken back. Pin or unpin the product instead."),
            )
        pinned = pinned_after(said, standing.several)
        begun, over = ({event["product_id"] for event in done if event["type"] == kind} for kind in ("pin", "unpin"))
        if begun - pinned or over & pinned or (not standing.several and pinned != begun):
            raise Problem(
                "undo-overtaken",
                N_("Something else was pinned or unpinned since, so nothing was taken back."),
            )
        steps = [("unpin", product) for product in sorted(begun)] + [("pin", product) for product in sorted(over)]
        return _write(journal, said, steps, by, undoes=done[0]["event_id"])


def pinned_after(events: Iterable[Mapping[str, Any]], several: bool = False) -> set[str]:
    """The products pinned once these pin and unpin events have happened, in any order given and any of them twice.

    several: whether the room lets several be pinned; if not, a pin replaces what was pinned, as programs that
    write no unpin mean it. An unpin that names no product ends whatever is pinned (livedash.analysis.markers has the
    same rule)."""
    pinned: set[str] = set()
    for event in sorted(events, key=lambda event: (event["ts"], event["event_id"])):
        begins, product = event["type"] == "pin", event.get("product_id")
        if (not several) if begins else product is None:
            pinned.clear()
        if product is not None:
            (pinned.add if begins else pinned.discard)(product)
    return pinned


def _check(product_id: str, standing: Standing) -> None:
    if standing.ended:
        raise _ended()
    if product_id not in standing.products:
        raise Problem(
            "product-unknown",
            N_("This LIVE has no product {product}. List it first, by a product_listed line in the log."),
            product=product_id,
        )


def _ended() -> Problem:
    return Problem("room-ended", N_("This LIVE has ended: nothing can be pinned in it any more."))


def _said(journal: Journal, standing: Standing) -> list[Mapping[str, Any]]:
    """Every pin and unpin, each once: those known so far, and those that another process has written since."""
    found = [event for event in (*standing.pins, *journal.events()) if _is_pin(event)]
    return list({(event["event_id"], event["type"]): event for event in found}.values())


def _is_pin(event: Mapping[str, Any]) -> bool:
    named = isinstance(event.get("event_id"), str) and isinstance(event.get("product_id"), str | None)
    return named and isinstance(event.get("ts"), int) and event.get("type") in ("pin", "unpin")


def _write(
    journal: Journal, said: Iterable[Mapping[str, Any]], steps: Iterable[tuple[str, str]], by: str, **more: str
) -> tuple[Event, ...]:
    """The lines of one act, all at one moment: an old pin ends as the new one begins."""
    ts = after(event["ts"] for event in said)
    lines = tuple(
        {"event_id": f"op-{uuid.uuid4().hex}", "ts": ts, "type": kind, "product_id": product, "by": by, **more}
        for kind, product in steps
    )
    journal.append(lines)
    return lines

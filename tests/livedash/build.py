"""Logs that read as sentences: live(enter("a"), order("a", 10)) is the rollup of a room in which that happened.
Everything goes through the real reader; nothing here knows how a figure is computed."""
from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from livedash.rollup import from_folder
from livedash.rollup.fold import Rollup
from livedash.view import Window

START = 1_732_129_200_000
"""2024-11-20T19:00:00Z, when every LIVE here begins."""

Event = dict[str, Any]


def live(*events: Event, **said: Any) -> Rollup:
    """The rollup of a LIVE that begins at START in USD. What has no time of its own happens a second after what stands
    before it. said: further fields of live_started (currency, title, timezone ...)."""
    return rollup(started({"currency": "USD", **said}), *events)


def rollup(*events: Event, room: str = "room") -> Rollup:
    """The rollup of a log that holds these events and nothing else."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / room
        folder.mkdir()
        write(folder / "events.ndjson", lines(events))
        return from_folder(folder)


def lines(events: Iterable[Event]) -> list[Event]:
    """The events with their ids and times (epoch ms), as lines of a log."""
    out: list[Event] = []
    clock = START - 1000
    for place, event in enumerate(events):
        clock = event.get("ts", clock + 1000)
        out.append({"event_id": f"e{place}", **event, "ts": clock})
    return out


def write(path: Path, events: Iterable[Event]) -> None:
    """The events as lines of a file."""
    path.write_text("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events), "utf-8")


def at(seconds: float, event: Event) -> Event:
    """The event, so many seconds after START."""
    return {**event, "ts": START + round(seconds * 1000)}


def between(start: float, end: float) -> Window:
    """A window in seconds after START."""
    return Window(START + round(start * 1000), START + round(end * 1000))


def event(kind: str, user: str | None = None, /, **fields: Any) -> Event:
    """Any event; fields that are None are left out."""
    said = {"type": kind, "user_id": user, **fields}
    return {name: value for name, value in said.items() if value is not None}


def started(said: dict[str, Any]) -> Event:
    return at(0, event("live_started", **said))


def ended() -> Event:
    return event("live_ended")


def shown(source: str | None = None, **fields: Any) -> Event:
    """The LIVE is shown to somebody."""
    return event("impression", source=source, **fields)


def enter(user: str | None = None, source: str | None = None, **fields: Any) -> Event:
    return event("view", user, source=source, **fields)


def leave(user: str | None = None) -> Event:
    return event("leave", user)


def viewers(count: int) -> Event:
    return event("viewers", count=count)


def sees(user: str | None, product: str | None = "p", **fields: Any) -> Event:
    return event("product_impression", user, product_id=product, **fields)


def clicks(user: str | None, product: str | None = "p", **fields: Any) -> Event:
    return event("product_click", user, product_id=product, **fields)


def adds(user: str | None, product: str | None = "p") -> Event:
    return event("add_to_cart", user, product_id=product)


def creates(user: str | None, order_id: str) -> Event:
    return event("order_created", user, order_id=order_id)


def order(user: str | None, price: float | str, product: str | None = "p", **fields: Any) -> Event:
    return event("order_paid", user, price=price, product_id=product, **fields)


def refund(order_id: str, price: float | str, product: str | None = "p", **fields: Any) -> Event:
    return event("order_refunded", order_id=order_id, price=price, product_id=product, **fields)


def cancel(order_id: str, **fields: Any) -> Event:
    return event("order_cancelled", order_id=order_id, **fields)


def likes(user: str | None, count: int) -> Event:
    return event("like", user, count=count)


def says(user: str | None, text: str, **fields: Any) -> Event:
    return event("comment", user, text=text, **fields)


def shares(user: str | None) -> Event:
    return event("share", user)


def follows(user: str | None) -> Event:
    return event("follow", user)


def gift(user: str | None, count: int, streak: str | None = None, diamonds: int = 1) -> Event:
    return event("gift", user, count=count, ref_id=streak, diamonds=diamonds)


def profile(user: str, **said: Any) -> Event:
    return event("profile", user, **said)


def lists(product: str, **fields: Any) -> Event:
    return event("product_listed", product_id=product, **fields)


def stock(product: str, count: int) -> Event:
    return event("stock", product_id=product, count=count)


def pin(product: str | None) -> Event:
    return event("pin", product_id=product)


def unpin(product: str | None = None) -> Event:
    return event("unpin", product_id=product)

"""Writes the logs that the browser tests look at: a LIVE that runs, the same one ended, and one made of hostile text.
Every line is made up here, the same for every run but for the clock it starts from."""
from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Event = dict[str, Any]
MINUTE = 60_000
PRODUCTS = (
    ("p-cream", "Ceramide cream", "24.90"),
    ("p-serum", "Niacinamide serum", "31.00"),
    ("p-wash", "Green-tea wash", "12.50"),
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[click](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
    "<a href='https://evil.example/'>win</a>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
)


def now_ms() -> int:
    return int(time.time() * 1000)


class Log:
    """One room's log, which a test goes on writing."""

    def __init__(self, rooms: Path, room: str, file: str = "events.ndjson") -> None:
        self.room = room
        self.path = rooms / room / file
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.written = 0

    def write(self, *events: Event) -> None:
        """Append events; each gets an id, and the present as its time unless it has one."""
        lines = []
        for event in events:
            self.written += 1
            lines.append(json.dumps({"event_id": f"{self.path.name}-{self.written}", "ts": now_ms(), **event}))
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    def garble(self, line: str) -> None:
        """Append a line that is no event."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def order(user: str, number: int, product: int = 0, quantity: int = 1) -> Event:
    product_id, _, price = PRODUCTS[product]
    return {
        "type": "order_paid", "user_id": user, "order_id": f"o{number}", "product_id": product_id,
        "sku_id": f"{product_id}-1", "price": price, "currency": "USD", "quantity": quantity,
    }  # fmt: skip


def busy(start: int, title: str = "Autumn skincare drop", host: str = "Luna Beauty") -> Iterator[Event]:
    """Ten minutes of a LIVE from start (epoch ms): thirty viewers of three channels, three products, nine orders."""

    def at(seconds: float, type_: str, **fields: Any) -> Event:
        return {"ts": start + int(seconds * 1000), "type": type_, **fields}

    yield at(0, "live_started", title=title, host=host, currency="USD", timezone="UTC")
    for product_id, name, price in PRODUCTS:
        yield at(1, "product_listed", product_id=product_id, title=name, price=price, currency="USD", count=50,
                 text="Good for dry skin\nNo perfume")  # fmt: skip
    channels = (("For You feed", False), ("Following", False), ("LIVE Shopping Ads", True))
    for i in range(30):
        user, (source, paid) = f"u{i}", channels[i % 3]
        enters, product_id = 10 + 15 * i, PRODUCTS[i % 3][0]
        yield at(enters - 2, "impression", user_id=user, source=source, paid=paid)
        yield at(enters - 1, "impression", source=source, paid=paid)
        yield at(enters, "view", user_id=user, source=source, paid=paid)
        yield at(enters, "profile", user_id=user, gender="female" if i % 4 else "male", age="25-34", follower="none")
        yield at(enters + 4, "product_impression", user_id=user, product_id=product_id)
        yield at(enters + 6, "like", user_id=user, count=1 + i % 5)
        if i % 2 == 0:
            yield at(enters + 8, "product_click", user_id=user, product_id=product_id)
            yield at(enters + 9, "comment", user_id=user, text="is it ok for sensitive skin?" if i % 4 else "love it")
        if i % 3 == 0:
            yield at(enters + 10, "add_to_cart", user_id=user, product_id=product_id)
            yield {**order(user, i, product=i % 2), "ts": start + (enters + 15) * 1000}
        if i % 2:
            yield at(enters + 100, "leave", user_id=user)
    for seconds in range(5, 600, 10):
        yield at(seconds, "viewers", count=10 + seconds // 20)
    yield at(60, "pin", product_id="p-cream")
    yield at(200, "violation", ref_id="v1", reason="unverified claim", severity="minor", text="Said it cures acne.")
    yield at(300, "giveaway_started", ref_id="g1", product_id="p-wash", title="Wash for you")
    yield at(400, "giveaway_ended", ref_id="g1", product_id="p-wash")


def hostile(start: int) -> Iterator[Event]:
    """The same with hostile text wherever a log has text."""
    for number, event in enumerate(busy(start)):
        yield event | {
            name: HOSTILE[(number + place) % len(HOSTILE)]
            for place, name in enumerate(("title", "host", "text", "source", "sub_source", "nickname", "reason"))
            if name in event or name in ("nickname", "sub_source")
        }
    for number, text in enumerate(HOSTILE):
        at = {"ts": start + 500_000 + number}
        yield at | {"type": "comment", "user_id": text, "nickname": text, "text": text}
        yield at | {"type": "product_listed", "product_id": text, "title": text, "image": text, "text": text}
        yield at | {"type": "product_impression", "product_id": text, "user_id": f"u{number}"}
        yield at | {"type": "view", "user_id": f"h{number}", "source": text, "sub_source": text}
        yield at | {"type": "promotion_started", "ref_id": text, "kind": text, "title": text}
        yield at | {"type": "violation", "ref_id": text, "reason": text, "severity": text, "text": text}
        yield at | {"type": f"odd {text}"}

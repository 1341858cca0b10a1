"""Makes the log of a busy LIVE, of two hours if not said otherwise: any number of events, the same ones for the same
number. Visits give most lines; a few come late, a few twice, as real logs have them."""
from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

START = 1_767_265_200_000
LENGTH = 2 * 3600 * 1000
EVENTS_PER_VISIT = 6.38
LATE, LATEST_MS = 0.01, 600_000
TWICE = 0.003
PRODUCTS = 40
CHANNELS = (
    ("For You feed", False, 0.42), ("LIVE feed", False, 0.16), ("Following", False, 0.12), ("Search", False, 0.06),
    ("Short video", False, 0.08), ("LIVE Shopping Ads", True, 0.12), ("GMV Max", True, 0.04),
)  # fmt: skip
PROFILES = {
    "gender": (("female", "male", "unknown"), (0.7, 0.25, 0.05)),
    "age": (("18-24", "25-34", "35-44", "45-54"), (0.3, 0.4, 0.2, 0.1)),
    "follower": (("new", "existing", "none"), (0.1, 0.3, 0.6)),
    "country": (("US", "GB", "DE"), (0.8, 0.15, 0.05)),
}


@dataclass(frozen=True)
class Happened:
    """Events of one type, a value per event; columns not given are left out of the lines."""

    type: str
    ts: np.ndarray
    user: np.ndarray
    fields: dict[str, list[str]]


class Live:
    """Draws the events; every draw comes from one generator, in a fixed order."""

    def __init__(self, events: int, length: int) -> None:
        self.length = length
        self.rng = np.random.default_rng(events)
        self.visits = max(20, int(events / EVENTS_PER_VISIT))
        self.said: list[Happened] = []
        channels = [f'"source":"{name}","paid":{str(paid).lower()}' for name, paid, _ in CHANNELS]
        self.channel_text = np.array(channels)
        ids = [str(1729384756000000000 + 7919 * i) for i in range(PRODUCTS)]
        cents = (self.rng.integers(500, 9000, PRODUCTS) // 10 * 10).tolist()
        self.product_text = np.array([f'"product_id":"{i}"' for i in ids])
        self.price_text = [f"{c // 100}.{c % 100:02d}" for c in cents]
        self.product_ids = ids

    def some(self, chance: float, n: int) -> np.ndarray:
        return np.flatnonzero(self.rng.random(n) < chance)

    def add(self, type_: str, ts: np.ndarray, user: np.ndarray, **fields: np.ndarray | list[str]) -> None:
        self.said.append(Happened(type_, ts.astype(np.int64), user, {k: list(v) for k, v in fields.items()}))

    def run(self) -> None:
        rng = self.rng
        users = int(self.visits / 1.1)
        again = self.some(0.1, users)
        start = (self.length * (0.7 * rng.random(users) + 0.3 * rng.beta(4, 3, users))).astype(np.int64)
        stay = np.maximum(1000, rng.exponential(110_000, users)).astype(np.int64)
        second = start[again] + stay[again] + rng.integers(1000, 1_200_000, len(again))
        user = np.concatenate([np.arange(users), again])
        start = np.concatenate([start, second])
        stay = np.concatenate([stay, np.maximum(1000, rng.exponential(160_000, len(again))).astype(np.int64)])
        fits = start < self.length - 2000
        user, start, stay = user[fits], start[fits], stay[fits]
        n = len(user)
        channel = rng.choice(len(CHANNELS), n, p=[share for *_, share in CHANNELS])
        text = self.channel_text[channel]

        self.add("impression", np.maximum(0, start - rng.integers(200, 4000, n)), user, own=text)
        unknown = rng.integers(0, self.length, n)
        self.add("impression", unknown, np.full(n, -1), own=self.channel_text[rng.permutation(channel)])
        self.add("view", start, user, own=text)
        left = np.flatnonzero(start + stay < self.length)
        self.add("leave", (start + stay)[left], user[left])
        liked = self.some(0.6, n)
        self.add("like", start[liked] + (stay[liked] * rng.random(len(liked))).astype(np.int64), user[liked],
                 own=[f'"count":{c}' for c in rng.integers(1, 15, len(liked))])  # fmt: skip
        for type_, chance in (("comment", 0.12), ("share", 0.02), ("follow", 0.03)):
            who = self.some(chance, n)
            when = start[who] + (stay[who] * rng.random(len(who))).astype(np.int64)
            own = [f'"text":"how long does it last {i % 97}?"' for i in who] if type_ == "comment" else [""] * len(who)
            self.add(type_, when, user[who], own=own)
        self.shop(user, start, stay, text)
        self.describe(users)

    def shop(self, user: np.ndarray, start: np.ndarray, stay: np.ndarray, text: np.ndarray) -> None:
        """Products seen, clicked, added, ordered, paid, refunded: each from some of those before."""
        rng = self.rng
        seen = rng.integers(0, len(user), int(0.85 * len(user)))
        when = start[seen] + (stay[seen] * rng.random(len(seen))).astype(np.int64)
        weights = 1 / np.arange(1, PRODUCTS + 1)
        product = rng.choice(PRODUCTS, len(seen), p=weights / weights.sum())
        who, text = user[seen], text[seen]
        self.add("product_impression", when, who, own=self.product_text[product])

        def on(chance: float, soon_ms: int) -> None:
            nonlocal who, when, product, text
            some = self.some(chance, len(who))
            who, product, text = who[some], product[some], text[some]
            when = when[some] + rng.integers(200, soon_ms, len(some))

        on(0.5, 8000)
        self.add("product_click", when, who, own=self.also(text, product))
        on(0.25, 20_000)
        self.add("add_to_cart", when, who, own=self.product_text[product])
        on(0.6, 60_000)
        order = np.arange(len(who))
        twice = self.some(0.15, len(who))  # orders of two SKUs
        rows = np.concatenate([order, twice])
        bought = np.concatenate([product, (product[twice] + 1) % PRODUCTS])
        quantity = rng.integers(1, 4, len(rows))
        own = [
            f'{self.product_text[p]},"sku_id":"{self.product_ids[p]}-{p % 2}","price":"{self.price_text[p]}",'
            f'"currency":"USD","quantity":{q},"order_id":"o{o:07d}"'
            for p, q, o in zip(bought.tolist(), quantity.tolist(), rows.tolist(), strict=True)
        ]
        self.add("order_created", when[rows], who[rows], own=own)
        paid = np.flatnonzero(np.isin(rows, self.some(0.8, len(order))))
        at = when[rows[paid]] + 15_000
        self.add("order_paid", at, who[rows[paid]], own=[f"{own[i]},{text[rows[i]]}" for i in paid])
        back = self.some(0.01, len(paid))
        self.add("order_refunded", at[back] + 60_000, who[rows[paid[back]]], own=[own[paid[i]] for i in back])

    def also(self, text: np.ndarray, product: np.ndarray) -> list[str]:
        return [f"{a},{b}" for a, b in zip(self.product_text[product], text, strict=True)]

    def describe(self, users: int) -> None:
        """Profiles of some users, viewer samples, and what the operator does."""
        rng = self.rng
        known = self.some(0.25, users)
        values = {name: rng.choice(words, len(known), p=chances) for name, (words, chances) in PROFILES.items()}
        own = [
            ",".join(f'"{name}":"{value}"' for name, value in zip(values, row, strict=True))
            for row in zip(*(column.tolist() for column in values.values()), strict=True)
        ]
        self.add("profile", np.full(len(known), 500), known, own=own)
        samples = np.arange(5000, self.length, 5000)
        crowd = (self.visits / 80 * (1 + 0.5 * np.sin(samples / 400_000))).astype(int)
        self.add("viewers", samples, np.full(len(samples), -1), own=[f'"count":{c}' for c in crowd])
        pins = np.arange(60_000, self.length, 300_000)
        nobody = np.full(len(pins), -1)
        pinned = [self.product_text[i % PRODUCTS] for i in range(len(pins))]
        self.add("pin", pins, nobody, own=pinned)
        self.add("unpin", pins + 240_000, nobody, own=pinned)
        listed = [
            f'"product_id":"{p}","title":"Product {i}","price":"{self.price_text[i]}","currency":"USD","count":500'
            for i, p in enumerate(self.product_ids)
        ]
        self.add("product_listed", np.full(PRODUCTS, 100), np.full(PRODUCTS, -1), own=listed)


def lines(events: int, length: int = LENGTH) -> list[bytes]:
    """About `events` lines (the room's first one included) of a LIVE of so many ms, in the order in which they are
    written."""
    live = Live(events, length)
    live.run()
    texts: list[str] = []
    for said in live.said:
        users = [f',"user_id":"u{u:07d}"' if u >= 0 else "" for u in said.user.tolist()]
        own = said.fields.get("own") or [""] * len(users)
        texts += [
            f'"ts":{START + t},"type":"{said.type}"{u}{"," if o else ""}{o}}}'
            for t, u, o in zip(said.ts.tolist(), users, own, strict=True)
        ]
    ts = np.concatenate([said.ts for said in live.said])
    late = live.some(LATE, len(ts))
    written = ts.copy()
    written[late] += live.rng.integers(1000, LATEST_MS, len(late))
    twice = live.some(TWICE, len(ts))
    rows = np.concatenate([np.arange(len(ts)), twice])
    written = np.concatenate([written, written[twice] + live.rng.integers(0, 3000, len(twice))])
    in_order = rows[np.argsort(written, kind="stable")]
    first = {
        "event_id": "start", "ts": START, "type": "live_started", "title": "Two busy hours", "host": "Bench",
        "currency": "USD", "timezone": "UTC",
    }  # fmt: skip
    head = json.dumps(first, separators=(",", ":")).encode() + b"\n"
    return [head, *(f'{{"event_id":"e{i:08d}",{texts[i]}\n'.encode() for i in in_order.tolist())]

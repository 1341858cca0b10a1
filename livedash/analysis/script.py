"""Answers what can be said of a product on air, sentence by sentence, each with what it rests on. It invents nothing: a
sentence is what the seller wrote, what the log shows, or a fixed pattern around these; and what platforms object to in
the seller's own words is flagged."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from livedash.analysis.claims import Claim, flagged
from livedash.analysis.comments import LATEST, is_question
from livedash.analysis.markers import Marker, markers
from livedash.analysis.stock import left
from livedash.problems import Problem
from livedash.rollup.fold import Comment, Rollup
from livedash.rollup.groups import PAID
from livedash.rollup.room import ProductFacts, decimal
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

MINUTE = 60_000
FEW = 10
"""So few left are worth hurrying for."""
MOST_LINES, MOST_QUESTIONS = 30, 3

KINDS = ("opening", "own", "offer", "hurry", "sold", "asked", "close")
"""What a sentence is for, in the order in which they are said."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence to say, and what it rests on. kind: one of KINDS; claims: what platforms object to in it."""

    sentence: Sentence
    rests_on: Sentence
    kind: str = "own"
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """at: as of when this is so (epoch ms); points in the order in which they are said."""

    product_id: str
    title: str
    at: int | None
    points: tuple[Point, ...]


def script(rollup: Rollup, window: Window | None, product_id: str) -> Script:
    """The script of a product. The window is not looked at: what is said is said now. Raises
    Problem("product-unknown")."""
    facts = rollup.product_facts.get(product_id)
    if facts is None:
        raise Problem(
            "product-unknown",
            N_("This LIVE has no product {product}. Choose one from the list of products."),
            product=product_id,
        )
    return Script(product_id, facts.title, rollup.last_ts, talking_points(rollup, product_id))


def talking_points(rollup: Rollup, product_id: str) -> tuple[Point, ...]:
    """The sentences of a product that the room knows; none where nothing is known but its id."""
    facts = rollup.product_facts[product_id]
    remaining = left(rollup, (product_id,)).get(product_id)
    known = (
        *_own_text(facts),
        *_offer(rollup, facts),
        *_hurry(rollup, facts, remaining),
        *_sold(rollup, product_id),
        *_asked(rollup, product_id),
    )
    named = facts.title != product_id
    return (*_opening(facts), *known, *_close(rollup, facts, remaining)) if named else known


def _opening(facts: ProductFacts) -> Iterator[Point]:
    yield Point(
        Sentence.of("This is {product}.", product=facts.title),
        Sentence.of("The product's name as it is listed."),
        "opening",
        flagged(facts.title),
    )


def _own_text(facts: ProductFacts) -> Iterator[Point]:
    lines = [line.strip() for line in (facts.text or "").splitlines() if line.strip()]
    for line in lines[:MOST_LINES]:
        yield Point(
            Sentence.of("{point}", point=line), Sentence.of("From the product's own text."), "own", flagged(line)
        )


def _offer(rollup: Rollup, facts: ProductFacts) -> Iterator[Point]:
    """What it costs, and the promotions that run."""
    if facts.price is not None:
        yield Point(
            Sentence.of("It costs {price}.", price=Amount(facts.price, "money")),
            Sentence.of("The price last listed."),
            "offer",
        )
    for marker, line in _running(rollup, facts.product_id):
        name = str(line.get("title") or "")
        yield Point(
            Sentence.of("Running now: {name}.", name=_name(marker)),
            Sentence.of("The promotion that began at {time} and has not ended.", time=Amount(marker.start, "time")),
            "offer",
            flagged(name),
        )
        before = _price_before(rollup, facts, marker.start) if marker.product_id else None
        if before is not None and facts.price is not None and facts.price < before:
            yield Point(
                Sentence.of(
                    "That is {part} less than {before}.",
                    part=Amount(float(1 - facts.price / before), "ratio"), before=Amount(before, "money"),
                ),
                Sentence.of("The price listed before the promotion, and the price now."),
                "offer",
            )  # fmt: skip


def _name(marker: Marker) -> Any:
    """What the promotion is called, from "Promotion: {name}"."""
    return dict(marker.sentence.params)["name"]


def _running(rollup: Rollup, product_id: str) -> list[tuple[Marker, dict[str, Any]]]:
    """The promotions of this product, or of all, that run now, each with the line that began it."""
    lines = {line["event_id"]: line for line in rollup.records("promotion_started")}
    running = [marker for marker in markers(rollup) if marker.kind == "promotion" and marker.open]
    mine = [marker for marker in running if marker.product_id in (product_id, None)]
    return [(marker, lines.get(marker.id, {})) for marker in mine]


def _price_before(rollup: Rollup, facts: ProductFacts, start: int) -> Decimal | None:
    """The price that was listed last before a moment, of the variant whose price was listed last."""
    lines = [
        line
        for line in rollup.records("product_listed", "price_changed")
        if line.get("product_id") == facts.product_id and decimal(line.get("price")) is not None
    ]
    earlier = [line for line in lines if line["ts"] < start]
    alike = [line for line in earlier if line.get("sku_id") == lines[-1].get("sku_id")] or earlier
    return decimal(alike[-1].get("price")) if alike else None


def _hurry(rollup: Rollup, facts: ProductFacts, remaining: int | None) -> Iterator[Point]:
    """Why not to wait: the stock that is really left, and the end that a promotion really has."""
    if remaining is not None:
        seen = _seen(facts, remaining)
        if remaining <= 0:
            yield Point(Sentence.of("It is sold out just now."), seen, "hurry")
        elif remaining <= FEW:
            yield Point(Sentence.of("Only {stock} left in stock.", stock=Amount(remaining)), seen, "hurry")
        else:
            yield Point(Sentence.of("Left in stock: {stock}.", stock=Amount(remaining)), seen, "hurry")
    now = rollup.last_ts or 0
    for marker, line in _running(rollup, facts.product_id):
        ends = line.get("ends_at")
        if isinstance(ends, int) and not isinstance(ends, bool) and ends > now:
            yield Point(
                Sentence.of("{name} ends at {time}.", name=_name(marker), time=Amount(ends, "time")),
                Sentence.of("The end that the promotion itself names."),
                "hurry",
            )


def _seen(facts: ProductFacts, remaining: int) -> Sentence:
    """What it rests on that so much is left."""
    reported = Amount(facts.stock_at, "time")
    if remaining < (facts.stock or 0):
        return Sentence.of("Stock as reported at {time}, less what was sold since.", time=reported)
    return Sentence.of("Stock as reported at {time}.", time=reported)


def _sold(rollup: Rollup, product_id: str) -> Iterator[Point]:
    """How many were sold, and the minute in which most were."""
    lines = rollup.lines(None)
    code = rollup.products(None).index.get_loc(product_id)
    sold = lines[(lines["product"] == code) & (lines["type"] == PAID)]
    items = int(sold["quantity"].sum())
    if not items:
        return
    orders = len(np.unique(sold["order"]))
    yield Point(
        Sentence.of("Sold in this LIVE: {items}.", items=Amount(items)),
        Sentence.of("Paid orders: {orders}.", orders=Amount(orders)),
        "sold",
    )
    minutes, place = np.unique(sold["ts"] // MINUTE, return_inverse=True)
    by_minute = np.bincount(place, weights=sold["quantity"])
    best = int(by_minute.argmax())
    if by_minute[best] > 1:
        yield Point(
            Sentence.of(
                "Its best minute was {time}, with {items} sold.",
                time=Amount(int(minutes[best]) * MINUTE, "time"), items=Amount(int(by_minute[best])),
            ),
            Sentence.of("Items paid for, minute by minute."),
            "sold",
        )  # fmt: skip


def _asked(rollup: Rollup, product_id: str) -> Iterator[Point]:
    """The questions put most often about the product, in comments that name it or were written while it was pinned:
    those that nobody has answered first."""
    concerns = _concerns(rollup, product_id)
    answered = {line.get("ref_id") for line in rollup.records("question_answered")}
    texts: dict[str, str] = {}
    asked: defaultdict[str, list[bool]] = defaultdict(list)
    for comment in rollup.comments(None, LATEST):
        if not comment.entry and concerns(comment) and is_question(comment.text):
            alike = "".join(filter(str.isalnum, comment.text.casefold()))
            texts[alike] = comment.text
            asked[alike].append(comment.event_id in answered)
    latest = {alike: place for place, alike in enumerate(texts)}
    ranked = sorted(asked, key=lambda alike: (any(asked[alike]), -len(asked[alike]), -latest[alike]))
    for alike in ranked[:MOST_QUESTIONS]:
        times = Amount(len(asked[alike]))
        rests = (
            Sentence.of("Times asked lately: {count}. Answered.", count=times)
            if any(asked[alike])
            else Sentence.of("Times asked lately: {count}. Not answered yet.", count=times)
        )
        yield Point(Sentence.of("Viewers ask: “{question}”", question=texts[alike]), rests, "asked")


def _concerns(rollup: Rollup, product_id: str) -> Callable[[Comment], bool]:
    """Tells the comments about the product."""
    pins = [m for m in markers(rollup) if m.kind == "pin" and m.product_id == product_id]

    def concerns(comment: Comment) -> bool:
        if comment.product_id is not None:
            return comment.product_id == product_id
        return any(pin.start <= comment.ts and (pin.end is None or comment.ts < pin.end) for pin in pins)

    return concerns


def _close(rollup: Rollup, facts: ProductFacts, remaining: int | None) -> Iterator[Point]:
    """What to do, where it can be done."""
    if rollup.room.state != "ended" and not facts.delisted and remaining != 0:
        yield Point(
            Sentence.of("Tap the product's link here in the LIVE to order it."),
            Sentence.of("It is listed, and not known to be sold out."),
            "close",
        )

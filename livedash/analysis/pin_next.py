"""Answers which product to pin next: the GMV to expect of it in the next ten minutes, as a range, and why. It pins
nothing, and where the LIVE has shown too little it says so instead of guessing."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from livedash.analysis.comments import LATEST, is_question
from livedash.analysis.facts import StepFacts, ran
from livedash.analysis.markers import Line, Marker, markers
from livedash.analysis.outlook import HORIZON, Course, Outlook, choose, remembered
from livedash.analysis.stock import left_of
from livedash.rollup.fold import Rollup
from livedash.rollup.groups import PAID
from livedash.rollup.room import ProductFacts, Stocks, decimal, product_facts
from livedash.view import Window
from livedash.words import Amount, Sentence

MINUTE = 60_000
MONEY = 10_000
MOST_MINUTES = 240
"""Minutes looked back on."""
LEAST_MINUTES, LEAST_ORDERS, LEAST_PINNED = 10, 20, 5
"""Minutes, orders and pinned minutes without which nothing is foretold."""
OFTEN = 0.1
"""The share of futures cut short by the stock from which on that is said."""
LISTED_PRICE = 3
"""Orders that the listed price weighs against what was paid."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The product to pin next. low, high: the 80 % range of its GMV in the next ten minutes if it is pinned now;
    middle: the median; why: what that rests on."""

    product_id: str
    title: str
    low: Decimal
    middle: Decimal
    high: Decimal
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PinNext:
    """at: the whole minute (epoch ms) up to which was read; best: None where why_not says why."""

    at: int | None
    best: Forecast | None
    why_not: Sentence | None = None


def pin_next(rollup: Rollup, window: Window | None = None) -> PinNext:
    """Which product to pin next, as of the last whole minute of a LIVE that runs. The window does not matter: advice is
    about now."""
    if rollup.room.ended_at is not None or rollup.room.state == "ended":
        return PinNext(None, None, Sentence.of("This LIVE has ended."))
    reading = Reading(rollup)
    return reading.at(len(reading))


class Reading:
    """What a room has shown up to its last whole minute, and what each of its minutes lets expect."""

    def __init__(self, rollup: Rollup) -> None:
        self._rollup = rollup
        live = ran(rollup, None)
        whole = (live.end - live.start) // MINUTE if live else 0
        self._usable = live is not None and whole > 0 and rollup.width <= MINUTE
        if live is None or not self._usable:
            self.edges = np.zeros(1, np.int64)
            return
        end = live.start + whole * MINUTE
        self._steps = StepFacts(rollup, Window(max(live.start, end - MOST_MINUTES * MINUTE), end), MINUTE)
        count = (end - self._steps.window.start) // MINUTE
        self.edges = self._steps.edges[: count + 1]

    def __len__(self) -> int:
        """Whole minutes that can be told of."""
        return len(self.edges) - 1

    @cached_property
    def _ids(self) -> list[str]:
        """Product ids by code; those that are not known (yet) among them."""
        return [str(product_id) for product_id in self._rollup.products(None).index]

    @cached_property
    def pins(self) -> list[Marker]:
        """Every pin of the LIVE, in order of time."""
        return [marker for marker in markers(self._rollup) if marker.kind == "pin" and marker.product_id]

    @cached_property
    def _stock_lines(self) -> list[Line]:
        return self._rollup.records("product_listed", "product_delisted", "stock", "price_changed")

    @cached_property
    def _paid(self) -> np.ndarray:
        """Paid lines with a price and a product, in order of time."""
        lines = self._rollup.lines(Window(int(self.edges[0]), int(self.edges[-1])))
        lines = lines[(lines["type"] == PAID) & (lines["amount"] > 0) & (lines["product"] >= 0)]
        return lines[np.argsort(lines["ts"], kind="stable")]

    @cached_property
    def _whole(self) -> dict[str, np.ndarray]:
        """The arrays of a Course over all minutes, but for what depends on the moment."""
        code = {product_id: place for place, product_id in enumerate(self._ids)}
        shape = len(self._ids), len(self)
        paid, held = self._paid, np.zeros(len(self._paid), bool)
        pinned = np.zeros(shape)
        for pin in self.pins:
            end = int(self.edges[-1]) if pin.end is None else pin.end
            place = code[str(pin.product_id)]
            pinned[place] += self._share(pin.start, end)
            first, last = np.searchsorted(paid["ts"], (pin.start, end))
            held[first:last] |= paid["product"][first:last] == place
        minute = np.clip(np.searchsorted(self.edges, paid["ts"], side="right") - 1, 0, len(self) - 1)
        flat = paid["product"].astype(np.int64) * len(self) + minute
        size = shape[0] * shape[1]
        viewers = self._steps["viewers_mean"]
        return {
            "viewers": np.ones(len(self)) if viewers is None else np.nan_to_num(viewers[: len(self)], nan=0.0),
            "orders": np.bincount(flat, minlength=size).reshape(shape).astype(float),
            "pinned_orders": np.bincount(flat[held], minlength=size).reshape(shape).astype(float),
            "pinned": np.minimum(pinned, 1.0),
            "offered": self._offered(code, shape),
        }

    def _share(self, start: int, end: int) -> np.ndarray:
        """The share of each minute that lies within [start, end)."""
        return np.clip(np.minimum(self.edges[1:], end) - np.maximum(self.edges[:-1], start), 0, MINUTE) / MINUTE

    def _offered(self, code: dict[str, int], shape: tuple[int, int]) -> np.ndarray:
        """The share of each minute in which a product could be bought. One whose listing the log does not tell is taken
        to be there from the start."""
        out = np.ones(shape)
        first: dict[str, int] = {}
        closed: dict[str, int] = {}
        stocks = {product: Stocks() for product in code}
        for line in self._stock_lines:
            product = line.get("product_id")
            if not isinstance(product, str) or product not in code:
                continue
            kind, ts = line["type"], line["ts"]
            if kind == "product_listed" and product not in first:
                out[code[product]] -= self._share(0, ts)
            first.setdefault(product, ts)
            left = stocks[product].total() if stocks[product].learn(line) else None
            empty = left is not None and left <= 0
            if kind == "product_delisted" or (kind == "stock" and empty):
                closed.setdefault(product, ts)
            elif kind in ("product_listed", "stock") and not empty and product in closed:
                out[code[product]] -= self._share(closed.pop(product), ts)
        for product, ts in closed.items():
            out[code[product]] -= self._share(ts, int(self.edges[-1]))
        return np.clip(out, 0.0, 1.0)

    def _facts(self, moment: int) -> dict[str, ProductFacts]:
        """What the log had said of every product by then."""

        def said(*types: str) -> list[Line]:
            return [line for line in self._stock_lines if line["ts"] < moment and line["type"] in types]

        return product_facts(self._ids, said, {})

    def pinned_at(self, moment: int) -> tuple[str, ...]:
        """What was pinned just before a moment."""
        return tuple(
            str(pin.product_id) for pin in self.pins if pin.start < moment and (pin.end is None or pin.end >= moment)
        )

    def can_be_pinned(self, product_id: str, moment: int) -> bool:
        """Whether it was listed, in stock and not pinned just before a moment."""
        facts = self._facts(moment).get(product_id)
        return facts is not None and _is_offered(facts) and product_id not in self.pinned_at(moment)

    def at(self, minutes: int, lately: Iterable[str] = ()) -> PinNext:
        """Which product to pin after so many of its minutes. lately: what was advised a short while ago."""
        few = self._too_little(minutes)
        at = int(self.edges[minutes]) if 0 <= minutes < len(self.edges) else None
        if few is not None or at is None:
            return PinNext(at, None, few)
        facts = self._facts(at)
        pinned = {self._ids.index(product_id) for product_id in self.pinned_at(at)}
        course = self._course(minutes, facts)
        offered = np.array([_is_offered(facts[product_id]) for product_id in self._ids])
        found = remembered(course, offered & np.isfinite(course.price))
        recent = {self._ids.index(product_id) for product_id in lately if product_id in facts}
        place = choose(found.gain, pinned, recent)
        if place is None:
            return PinNext(at, None, Sentence.of("There is no other product that could be pinned."))
        if place in pinned:
            title = facts[self._ids[place]].title
            stays = Sentence.of("{product} is pinned, and does better than a change would.", product=title)
            return PinNext(at, None, stays)
        return PinNext(at, self.forecast(minutes, self._ids[place]))

    def forecast(self, minutes: int, product_id: str) -> Forecast | None:
        """What this product lets expect if it is pinned after so many minutes; None where that cannot be told."""
        if self._too_little(minutes) is not None or product_id not in self._ids:
            return None
        at, place = int(self.edges[minutes]), self._ids.index(product_id)
        facts = self._facts(at)
        course = self._course(minutes, facts)
        among = np.array([_is_offered(facts[one]) for one in self._ids]) & np.isfinite(course.price)
        found = remembered(course, among)
        if np.isnan(found.middle[place]):
            return None
        low, middle, high = (_money(part[place]) for part in (found.low, found.middle, found.high))
        why = tuple(self._why(course, found, place, facts[product_id], at))
        return Forecast(product_id, facts[product_id].title, low, middle, high, why)

    def _too_little(self, minutes: int) -> Sentence | None:
        if not self._usable or minutes < LEAST_MINUTES:
            return Sentence.of(
                "Too early to say what to pin: it takes {minutes} minutes of a LIVE.", minutes=Amount(LEAST_MINUTES)
            )
        orders = int(self._whole["orders"][:, :minutes].sum())
        if orders < LEAST_ORDERS:
            return Sentence.of(
                "Too few orders to say what to pin: {orders} of the {needed} it takes.",
                orders=Amount(orders), needed=Amount(LEAST_ORDERS),
            )  # fmt: skip
        if self._whole["pinned"][:, :minutes].sum() < LEAST_PINNED:
            return Sentence.of("Nothing was pinned for long enough to say what a pin brings.")
        return None

    def _course(self, minutes: int, facts: dict[str, ProductFacts]) -> Course:
        whole = {name: part[..., :minutes] for name, part in self._whole.items()}
        at = int(self.edges[minutes])
        paid = self._paid[self._paid["ts"] < at]
        skus = {name: code for code, name in enumerate(self._rollup.sku_names)}
        stock, price = (np.full(len(self._ids), fill) for fill in (np.inf, np.nan))
        for place, product_id in enumerate(self._ids):
            about = facts[product_id]
            mine = paid[paid["product"] == place] if about.stock is not None or about.price is not None else None
            if mine is None:
                continue
            if about.stock is not None:
                stock[place] = left_of(about, mine, skus)
            if about.price is not None and about.price > 0:
                since = mine[mine["ts"] >= self._price_since(product_id, at)]
                got, pieces = float(since["amount"].sum()) / MONEY, int(since["quantity"].sum())
                price[place] = (got + LISTED_PRICE * float(about.price)) / (pieces + LISTED_PRICE)
        return Course(**whole, quantities=np.bincount(np.minimum(paid["quantity"], 20)), price=price, stock=stock)

    def _price_since(self, product_id: str, moment: int) -> int:
        """When the price was last said."""
        times = [
            line["ts"]
            for line in self._stock_lines
            if line.get("product_id") == product_id and line["ts"] < moment and decimal(line.get("price")) is not None
        ]
        return times[-1] if times else 0

    def _why(self, course: Course, found: Outlook, place: int, facts: ProductFacts, at: int) -> Iterable[Sentence]:
        pinned = float(course.pinned[place].sum()) * 60
        free = float(np.clip(course.offered[place] - course.pinned[place], 0, 1).sum()) * 60
        with_pin = int(course.pinned_orders[place].sum())
        without = int(course.orders[place].sum()) - with_pin
        if pinned > 0:
            yield Sentence.of(
                "{pinned} orders in {length} pinned, {others} in {rest} not pinned.",
                pinned=Amount(with_pin), length=Amount(pinned, "seconds"),
                others=Amount(without), rest=Amount(free, "seconds"),
            )  # fmt: skip
        else:
            yield Sentence.of(
                "{others} orders in {rest}, not pinned so far. A pin has brought {lift} times as many in this LIVE.",
                others=Amount(without), rest=Amount(free, "seconds"), lift=Amount(round(found.lift, 1)),
            )  # fmt: skip
        ends = [pin.end for pin in self.pins if pin.product_id == facts.product_id and pin.end and pin.end <= at]
        if ends:
            ago = Amount((at - max(ends)) / 1000, "seconds")
            if found.fresh[place] < 0.95:
                yield Sentence.of(
                    "Last pinned {length} ago; {share} of its pull is still worn off.",
                    length=ago, share=Amount(1 - float(found.fresh[place]), "ratio"),
                )  # fmt: skip
            else:
                yield Sentence.of("Last pinned {length} ago.", length=ago)
        if np.isfinite(course.stock[place]):
            left = Amount(int(course.stock[place]))
            if found.capped[place] > OFTEN:
                yield Sentence.of("Only about {stock} left by now: no more can be sold.", stock=left)
            else:
                yield Sentence.of("About {stock} left by now.", stock=left)
        asked = self._asked(facts, at)
        if asked:
            yield Sentence.of("Viewers who asked about it in the last ten minutes: {count}.", count=Amount(asked))

    def _asked(self, facts: ProductFacts, at: int) -> int:
        """Viewers who asked about the product: their comment names it, or is written about it."""
        title = facts.title.casefold()
        who = {
            comment.user_id or comment.name or comment.event_id
            for comment in self._rollup.comments(Window(at - HORIZON * MINUTE, at), LATEST)
            if not comment.entry
            and (comment.product_id == facts.product_id or title in comment.text.casefold())
            and is_question(comment.text)
        }
        return len(who)


def _money(amount: float) -> Decimal:
    return Decimal(f"{amount:.2f}")


def _is_offered(facts: ProductFacts) -> bool:
    return not facts.delisted and facts.stock != 0 and facts.price is not None and facts.price > 0

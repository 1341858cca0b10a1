"""The simulated shop: who sees, clicks and buys what, and what is left in stock. Prices, pins and sales come from the
plan; orders depend on stock, so they are decided when their time comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from livedash.sources.catalogue import CURRENCY, Channel, Person
from livedash.sources.chat import Chat
from livedash.sources.lots import poisson
from livedash.sources.script import DURATION, MINUTE, SECOND, Plan, money
from livedash.sources.timeline import Line, Timeline

PIN_CLICKS, REMINDER_CLICKS, LIST_CLICKS = 0.42, 0.31, 0.28
"""How often a product is clicked that is shown as pinned, shown again while pinned, or only seen in the product
list."""
LAST_CART, LAST_CHECKOUT = DURATION - 60 * SECOND, DURATION - 10 * SECOND


@dataclass(frozen=True, slots=True)
class Item:
    """Some pieces of one variant in a basket."""

    product: int
    sku: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, by which channel they came, and whether they follow the host."""

    person: Person
    channel: Channel
    regular: bool

    @property
    def fields(self) -> Line:
        return {"user_id": self.person.user_id, **self.channel.fields}


class Shop:
    """The state of the shop during one LIVE: pieces left by product, and which of them changed since they were last
    told."""

    def __init__(self, plan: Plan, rng: Random, time: Timeline, chat: Chat) -> None:
        self._plan, self._rng, self._time, self._chat = plan, rng, time, chat
        self._left = [product.stock for product in plan.products]
        self._changed: set[int] = set()
        self._appeal = list(accumulate(product.appeal for product in plan.products))
        self._order_id = 577_000_000_000_000_000 + plan.started_at // MINUTE * 10**7
        for ms in range(20 * SECOND, DURATION, 20 * SECOND):
            time.then(ms, self._tell_stock)

    def browse(self, start: int, leave: int, buyer: Buyer) -> int:
        """What one visit sees and clicks; gives when it ends now, which buying may delay."""
        plan, rng, last = self._plan, self._rng, leave
        fields = buyer.fields
        for moment, product, likely in self._seen(start, leave):
            about = fields | {"product_id": plan.products[product].product_id}
            self._time.at(moment, "product_impression", about)
            deal = plan.deal(product, moment)
            likely *= plan.products[product].appeal ** 0.5 * (1.5 if deal and deal.discount else 1.0)
            click = moment + rng.randrange(1200, 12_000)
            if click < leave and rng.random() < likely:
                self._time.at(click, "product_click", about)
                last = max(last, self._consider(click, product, buyer, about))
        return last

    def give(self, buyer: Buyer, product: int) -> Iterator[Line]:
        """The order of a giveaway's winner, at no price."""
        fields = self._fields(self._next_order(), Item(product, 0, 1), 0, buyer)
        yield self._time.line("order_created", fields)
        yield self._time.line("order_paid", fields)

    def _seen(self, start: int, leave: int) -> Iterator[tuple[int, int, float]]:
        """Each sight of a product: when, which, and how likely it is clicked. Pins are seen by all, the list by who
        opens it."""
        plan, rng = self._plan, self._rng
        for pin in plan.pins_within(start, leave):
            moment = max(start, pin.start) + rng.randrange(1200, 5000)
            if moment < leave and rng.random() < 0.42:
                yield moment, pin.product, PIN_CLICKS
                again = moment + rng.randrange(MINUTE, 2 * MINUTE)
                if again < min(leave, pin.end) and rng.random() < 0.4:
                    yield again, pin.product, REMINDER_CLICKS
        for giveaway in plan.giveaways:
            if giveaway.start < leave and start < giveaway.end and rng.random() < 0.3:
                yield rng.randrange(max(start, giveaway.start), min(leave, giveaway.end)), giveaway.product, LIST_CLICKS
        for _ in range(poisson(rng, 0.03 + (leave - start) / MINUTE * 0.06)):
            moment = rng.randrange(start, leave)
            for product in sorted(set(rng.choices(range(len(plan.products)), cum_weights=self._appeal, k=3))):
                if plan.listed(product, moment):
                    yield moment, product, LIST_CLICKS

    def _consider(self, ms: int, product: int, buyer: Buyer, about: Line) -> int:
        """Cart and checkout after a click; gives until when it keeps the viewer."""
        plan, rng, wanted = self._plan, self._rng, self._plan.products[product]
        deal = plan.deal(product, ms)
        keen = 1.0 if deal is None else 1.7 if deal.discount else 1.15
        keen *= 1.5 if buyer.regular else 0.9
        keen *= 1.25 if plan.pinned(ms) == product else 0.8
        keen *= 0.6 if plan.throttled(ms) else 1.0
        keen *= (2000 / wanted.price) ** 0.3
        cart = ms + rng.randrange(3000, 25_000)
        if rng.random() > 0.16 * keen or cart > LAST_CART:
            return ms
        sku = rng.randrange(len(wanted.skus))
        self._time.at(cart, "add_to_cart", about | {"sku_id": wanted.skus[sku].sku_id})
        checkout = cart + rng.randrange(6000, 50_000)
        if rng.random() > 0.31 or checkout > LAST_CHECKOUT:
            return cart + SECOND
        basket = [Item(product, sku, rng.choices((1, 2, 3), (82, 15, 3))[0])]
        other = rng.choices(range(len(plan.products)), cum_weights=self._appeal)[0]
        if rng.random() < 0.11 and other != product and plan.listed(other, cart):
            basket.append(Item(other, 0, 1))
        self._time.then(checkout, lambda now: self._order(now, basket, buyer))
        return min(checkout + rng.randrange(2000, 20_000), DURATION - 200)

    def _order(self, ms: int, basket: list[Item], buyer: Buyer) -> Iterator[Line]:
        """What is still in stock is ordered; most is paid within the minute, some is cancelled or sent back later."""
        rng, time = self._rng, self._time
        basket = [item for item in basket if self._left[item.product] >= item.quantity]
        if not basket:
            return
        order = self._next_order()
        paid = ms + rng.randrange(3000, 45_000) if rng.random() < 0.89 else None
        for item in basket:
            fields = self._fields(order, item, self._plan.price(item.product, item.sku, ms), buyer)
            yield time.line("order_created", fields)
            if paid:
                time.at(paid, "order_paid", fields)
                if rng.random() < 0.04:
                    time.at(paid + self._later(), "order_refunded", fields | {"text": "Changed my mind"})
            self._left[item.product] -= item.quantity
            self._changed.add(item.product)
            if not self._left[item.product]:
                yield from self._tell_stock(ms)
        if paid:
            self._chat.bought(paid, buyer.person, basket[0].product)
        if rng.random() < (0.012 if paid else 0.6):
            time.then((paid or ms) + self._later(), lambda now: self._cancel(order, buyer))

    def _cancel(self, order: str, buyer: Buyer) -> Iterator[Line]:
        """A whole order is called off; its pieces go back to the warehouse, not into the stock of the LIVE."""
        yield self._time.line("order_cancelled", {"order_id": order, "user_id": buyer.person.user_id})

    def _tell_stock(self, ms: int) -> Iterator[Line]:
        for product in sorted(self._changed):
            fields = {"product_id": self._plan.products[product].product_id, "count": self._left[product]}
            yield self._time.line("stock", fields)
        self._changed.clear()

    def _later(self) -> int:
        """When a buyer thinks better of it: mostly within the hour, always within two."""
        return 4 * MINUTE + min(round(self._rng.expovariate(1 / (25 * MINUTE))), 110 * MINUTE)

    def _next_order(self) -> str:
        self._order_id += self._rng.randrange(1000, 9000)
        return str(self._order_id)

    def _fields(self, order: str, item: Item, price: int, buyer: Buyer) -> Line:
        product = self._plan.products[item.product]
        return {
            "order_id": order,
            **buyer.fields,
            "product_id": product.product_id,
            "sku_id": product.skus[item.sku].sku_id,
            "price": money(price),
            "currency": CURRENCY,
            "quantity": item.quantity,
        }

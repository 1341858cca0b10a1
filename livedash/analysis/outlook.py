"""Foretells what pinning a product would bring, from counts alone: the statistics below `pin_next`. It knows no room
and no words."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

import numpy as np

CLEARLY = 1.5
"""What is pinned now, or was advised lately, must let so many times as much be gained to be chosen again: a product
that rests gains by it, and nobody wants to hear the same thing twice."""
HORIZON = 10
"""Minutes ahead that are foretold."""
REST = 20.0
"""Minutes after which a product's pinned minutes weigh e times less on it."""
AHEAD = 60
"""Minutes within which a piece would be sold anyway, so that pinning what sells out by itself gains little."""
DRAWS, MOST_DRAWN, SEED = 4_000, 12, 20_261_128
LEVELS = np.linspace(-1.2, 1.2, 13)
"""Natural logs by which the rate of a usual product may differ from the room's plain mean."""
SHAPES = np.array([0.3, 0.5, 0.8, 1.3, 2.0, 3.5, 6.0, 12.0, 30.0])
LIFTS = np.exp(np.linspace(0.0, np.log(20.0), 19))
LIKENESS = np.array([2.0, 4.0, 8.0, 16.0, 60.0])
TIRING = np.array([0.0, 0.01, 0.02, 0.035, 0.055, 0.08, 0.11, 0.15])
"""What a pinned minute takes off, as a rate per minute of load: exp(-tiring * load) is left."""
USUAL_LIFT, LIFT_SPREAD, USUAL_TIRING = 3.0, 0.7, 0.05
STRAY, STRAY_WEIGHT = 0.2, 200.0
"""How far ten minutes stray beyond chance (as a share) where a room has not shown it yet, and how much that weighs."""
FLOW, FLOW_WEIGHT, LATELY = 0.2, 8.0, 3
"""The same of how viewers come and go within ten minutes (natural log); minutes that say how many there are now."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is read to tell: P products over T whole minutes, the latest last.

    viewers (T,): the mean number in the room. orders (P, T): paid orders; pinned_orders: those of them that came while
    the product was pinned. pinned, offered (P, T): the share of the minute it was pinned, and could be bought.
    quantities: how many orders were of 0, 1, 2 ... items, over all products. price (P,): of one item, in whole units,
    NaN where unknown. stock (P,): items left, infinite where unknown.
    """

    viewers: np.ndarray
    orders: np.ndarray
    pinned_orders: np.ndarray
    pinned: np.ndarray
    offered: np.ndarray
    quantities: np.ndarray
    price: np.ndarray
    stock: np.ndarray


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the next ten minutes of each product (P,) let expect if it is pinned.

    mean: of the GMV; low, middle, high: its 80 % range and its median, NaN where it was not drawn; gain: how much more
    GMV that makes within the hour than going on without the pin, NaN likewise. orders_pinned, orders_not: orders to
    expect in the ten minutes, pinned and not. fresh: what is left of a pin's pull after the pins before (1: nothing
    lost). capped: share of futures that the stock cuts short. lift: how many times as many orders a pin brings, over
    all products.
    """

    mean: np.ndarray
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    gain: np.ndarray
    orders_pinned: np.ndarray
    orders_not: np.ndarray
    fresh: np.ndarray
    capped: np.ndarray
    lift: float


def outlook(course: Course, among: np.ndarray) -> Outlook:
    """What pinning each product would bring, by partial pooling across the products of the room.

    Orders per viewer-minute are taken as gamma-Poisson (empirical Bayes: Robbins 1956; the gamma-Poisson form as in
    DuMouchel 1999, The American Statistician 53:177). A product's rate without a pin is drawn to that of the room's
    products, the more so the less it has shown. Its rate while pinned is drawn to that rate times the room's pooled
    pin lift, and weakens by exp(-tiring * load), load being its pinned minutes before, each forgotten over REST
    minutes (both the decline within a pin and what is left of an earlier one). How alike the products are, the lift,
    its spread and the tiring are not fixed at their best values but summed over a grid, weighed by how likely they
    make what was seen (Kass and Steffey 1989, JASA 84:717), so their uncertainty is in the range. The range is that of
    the predictive law: parameters, viewers to come, straying beyond chance, Poisson noise and items an order; never
    more than the stock.

    among (P,): the products that are candidates; the others have no range. Deterministic: the lots are always the same.
    """
    base = _Base(course)
    pin = _Pin(course, base)
    ahead = _viewers_ahead(course.viewers)
    future = _load_ahead(pin.load_now)
    weights = np.exp(-TIRING[:, None, None] * future)  # (tiring, P, HORIZON)
    exposure = ahead * weights.sum(axis=2)  # (tiring, P), viewer-minutes as a fresh pin counts them
    rate = pin.mean_rate()  # (tiring, P), each weighed by how likely its tiring is
    orders_pinned = (rate * exposure).sum(axis=0)
    orders_not = base.mean * ahead * HORIZON
    items = _mean_items(course.quantities)
    price = np.nan_to_num(course.price, nan=0.0)
    room_for = np.where(np.isfinite(course.stock), course.stock, np.inf)
    rough = price * (np.minimum(items * orders_pinned, room_for) - np.minimum(items * orders_not, room_for))
    nothing = np.full(len(price), np.nan)
    mean = price * np.minimum(items * orders_pinned, room_for)
    low, middle, high, gain, capped = (nothing.copy() for _ in range(5))
    best = np.argsort(np.where(among, -rough, np.inf), kind="stable")[: min(MOST_DRAWN, int(among.sum()))]
    if len(best):
        sold, gained, cut = _futures(course, base, pin, exposure, ahead, best)
        earned = sold * price[best]
        mean[best], gain[best] = earned.mean(axis=0), gained * price[best]
        capped[best] = cut
        for place, column in zip(best.tolist(), earned.T, strict=True):
            low[place], middle[place], high[place] = _range(column)
    fresh = (pin.tiring_weight[:, None] * weights.mean(axis=2)).sum(axis=0)
    rested = (pin.tiring_weight[:, None] * np.exp(-TIRING[:, None] * _load_ahead(np.zeros(1))[0])).sum(axis=0).mean()
    return Outlook(mean, low, middle, high, gain, orders_pinned, orders_not, fresh / rested, capped, pin.lift)


class _Base:
    """Orders per viewer-minute without a pin: per product the mean, and the variance against its square."""

    def __init__(self, course: Course) -> None:
        free = np.clip(course.offered - course.pinned, 0.0, 1.0)
        count = (course.orders - course.pinned_orders).sum(axis=1)
        exposure = free @ course.viewers
        total = max(float(exposure.sum()), 1e-9)
        plain = max(float(count.sum()), 0.5) / total
        level, shape = (grid.ravel() for grid in np.meshgrid(plain * np.exp(LEVELS), SHAPES, indexing="ij"))
        rate = shape / level
        seen = exposure > 0
        n, e = count[seen, None], exposure[seen, None]
        fit = (shape * np.log(rate) - _lgamma(shape) + _lgamma(shape + n) - (shape + n) * np.log(rate + e)).sum(axis=0)
        weight = _weights(fit - 0.5 / shape)  # spread (1 / sqrt(shape)) as a half-normal law of scale 1
        after, doubt = shape + count[:, None], rate + exposure[:, None]
        self.mean = (weight * after / doubt).sum(axis=1)
        second = (weight * after * (after + 1) / doubt**2).sum(axis=1)
        self.variance = second / self.mean**2 - 1


class _Pin:
    """Orders per viewer-minute while pinned, as a mixture over lift, its spread and the tiring."""

    def __init__(self, course: Course, base: _Base) -> None:
        load, self.load_now = _load(course.pinned)
        self.count = course.pinned_orders.sum(axis=1)
        watched = course.pinned * course.viewers
        worn = np.exp(-TIRING[:, None, None] * load) * watched
        self.exposure = worn.sum(axis=2)  # (tiring, P)
        spent = (course.pinned_orders * load).sum(axis=1)
        lift, alike = (grid.ravel() for grid in np.meshgrid(LIFTS, LIKENESS, indexing="ij"))
        self.shape = 1 / (base.variance[:, None] + (1 + base.variance[:, None]) / alike)  # (P, grid)
        self.rate = self.shape / (lift * base.mean[:, None])
        seen = self.exposure[0] > 0
        shape, rate, n = self.shape[seen], self.rate[seen], self.count[seen, None]
        common = shape * np.log(rate) - _lgamma(shape) + _lgamma(shape + n)
        fit = np.stack(
            [
                (common - (shape + n) * np.log(rate + e[seen, None]) - tiring * spent[seen, None]).sum(axis=0)
                for tiring, e in zip(TIRING, self.exposure, strict=True)
            ]
        )
        prior = -0.5 * (np.log(lift / USUAL_LIFT) / LIFT_SPREAD) ** 2 - 2.0 / alike
        self.weight = _weights(fit + prior - TIRING[:, None] / USUAL_TIRING)  # (tiring, grid)
        self.tiring_weight = self.weight.sum(axis=1)
        self.lift = float(self.weight.sum(axis=0) @ lift)

    def mean_rate(self) -> np.ndarray:
        """(tiring, P): the posterior mean of the rate times the weight of the tiring."""
        after = self.shape + self.count[:, None]
        return np.stack(
            [
                (weight * after / (self.rate + e[:, None])).sum(axis=1)
                for weight, e in zip(self.weight, self.exposure, strict=True)
            ]
        )


def _futures(
    course: Course, base: _Base, pin: _Pin, exposure: np.ndarray, ahead: float, best: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Drawn futures of the best candidates: items sold (DRAWS, candidates) if pinned; the items that this gains within
    AHEAD against going on without a pin; and the share that the stock cuts short."""
    lots = np.random.default_rng(SEED)
    flat = pin.weight.ravel()
    chosen = lots.choice(len(flat), DRAWS, p=flat / flat.sum())
    tiring, grid = np.divmod(chosen, pin.weight.shape[1])
    flow = np.exp(lots.normal(0.0, _flow(course.viewers), DRAWS))
    stray = _stray(course, base, pin)
    shape = pin.shape[best][:, grid].T + pin.count[best]
    rate = pin.rate[best][:, grid].T + pin.exposure[tiring][:, best]
    rates = lots.gamma(shape) / rate
    strays = lots.gamma(1 / stray**2, stray**2, (DRAWS, len(best)))
    orders = lots.poisson(rates * strays * exposure[tiring][:, best] * flow[:, None])
    items = _items(orders, course.quantities, lots)
    stock = course.stock[best]
    sold = np.minimum(items, stock)
    anyway = _mean_items(course.quantities) * base.mean[best] * ahead
    later = np.minimum(stock - sold, anyway * (AHEAD - HORIZON))
    gained = (sold + later).mean(axis=0) - np.minimum(anyway * AHEAD, stock)
    return sold, gained, (items >= stock).mean(axis=0)


def _items(orders: np.ndarray, quantities: np.ndarray, lots: np.random.Generator) -> np.ndarray:
    """Items of so many orders: each order one, and what the room's orders hold beyond, drawn one by one."""
    share = _quantity_shares(quantities)
    items = np.zeros(orders.shape)
    left, rest = orders.copy(), 1.0
    for size, part in enumerate(share, 1):
        taken = lots.binomial(left, min(1.0, part / rest)) if size < len(share) and rest > 0 else left
        items += size * taken
        left, rest = left - taken, max(rest - part, 1e-12)
    return items


def _quantity_shares(quantities: np.ndarray) -> np.ndarray:
    """How likely an order is of 1, 2 ... items; one item more likely by a few orders that were not seen."""
    seen = np.asarray(quantities, float)[1:]
    seen = np.concatenate([seen, np.zeros(max(0, 1 - len(seen)))])
    seen[0] += 3
    return seen / seen.sum()


def _mean_items(quantities: np.ndarray) -> float:
    share = _quantity_shares(quantities)
    return float(share @ np.arange(1, len(share) + 1))


def _stray(course: Course, base: _Base, pin: _Pin) -> float:
    """How far ten minutes of a product stray from their rate beyond Poisson noise, as a share of it: the method of
    moments over all stretches of ten minutes, drawn to STRAY."""
    minutes = len(course.viewers) // HORIZON * HORIZON
    load, _ = _load(course.pinned)
    at = float(pin.tiring_weight @ TIRING)
    pinned = pin.mean_rate().sum(axis=0)
    free = np.clip(course.offered - course.pinned, 0.0, 1.0)
    rate = base.mean[:, None] * free + pinned[:, None] * course.pinned * np.exp(-at * load)
    due = (rate * course.viewers)[:, -minutes:].reshape(len(rate), -1, HORIZON).sum(axis=2) if minutes else np.zeros(0)
    got = course.orders[:, -minutes:].reshape(len(rate), -1, HORIZON).sum(axis=2) if minutes else np.zeros(0)
    beyond = float(((got - due) ** 2 - due).sum())
    share = (max(beyond, 0.0) + STRAY**2 * STRAY_WEIGHT) / (float((due**2).sum()) + STRAY_WEIGHT)
    return float(np.sqrt(min(share, 1.0)))


def _flow(viewers: np.ndarray) -> float:
    """The spread (natural log) of the viewers of ten minutes against those just before, drawn to FLOW."""
    total = np.concatenate([[0.0], np.cumsum(viewers)])
    now = (total[LATELY:-HORIZON] - total[: -HORIZON - LATELY]) / LATELY
    then = (total[LATELY + HORIZON :] - total[LATELY:-HORIZON]) / HORIZON
    known = (now > 0) & (then > 0)
    moves = np.log(then[known] / now[known])[::HORIZON]
    return float(np.sqrt((np.sum(moves**2) + FLOW**2 * FLOW_WEIGHT) / (len(moves) + FLOW_WEIGHT)))


def _viewers_ahead(viewers: np.ndarray) -> float:
    return float(viewers[-LATELY:].mean())


def _load(pinned: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(P, T): pinned minutes that weigh on each minute, and (P,): on the moment after the last."""
    keep = np.exp(-1 / REST)
    load, carried = np.zeros(pinned.shape), np.zeros(len(pinned))
    for minute in range(pinned.shape[1]):
        load[:, minute] = carried + pinned[:, minute] / 2
        carried = (carried + pinned[:, minute]) * keep
    return load, carried


def _load_ahead(now: np.ndarray) -> np.ndarray:
    """(P, HORIZON): the load of each minute to come if the product is pinned from now on."""
    keep = np.exp(-1 / REST)
    load, carried = np.zeros((len(now), HORIZON)), now.astype(float)
    for minute in range(HORIZON):
        load[:, minute] = carried + 0.5
        carried = (carried + 1) * keep
    return load


def _range(earned: np.ndarray) -> tuple[float, float, float]:
    """The 80 % range of drawn amounts, and their median. Amounts come in lumps of a price: of the lumps at either end
    the one is taken beyond which nearest to a tenth is left."""
    amounts, times = np.unique(earned, return_counts=True)
    share = times / len(earned)
    below = np.concatenate([[0.0], np.cumsum(share)[:-1]])
    above = 1 - below - share
    low = int(np.abs(below - 0.1).argmin())
    high = int(np.abs(above - 0.1).argmin())
    return float(amounts[low]), float(np.median(earned)), float(amounts[max(low, high)])


def _weights(fit: np.ndarray) -> np.ndarray:
    likely = np.exp(fit - fit.max())
    return likely / likely.sum()


def _lgamma(x: np.ndarray) -> np.ndarray:
    """ln of the gamma function for x > 0, by Stirling's series after a shift: exact to 1e-10."""
    shifted = x + 7
    below = np.log(x) + np.log(x + 1) + np.log(x + 2) + np.log(x + 3) + np.log(x + 4) + np.log(x + 5) + np.log(x + 6)
    square = shifted * shifted
    tail = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / shifted
    return (shifted - 0.5) * np.log(shifted) - shifted + 0.9189385332046727 + tail - below


def choose(gain: np.ndarray, pinned: Iterable[int], lately: Iterable[int] = ()) -> int | None:
    """The product of the greatest gain (NaN: no candidate); one that is pinned already if no other does better."""
    if np.isnan(gain).all():
        return None
    weighed = np.where(np.isnan(gain), -np.inf, gain)
    for place in {*pinned, *lately}:
        weighed[place] = min(weighed[place], weighed[place] / CLEARLY)
    return int(np.argmax(weighed))


_lately: OrderedDict[bytes, Outlook] = OrderedDict()
_guard = Lock()


def remembered(course: Course, among: np.ndarray) -> Outlook:
    """outlook, which is the same for the same arrays: minutes that are over are not told anew at every refresh."""
    digest = blake2b(digest_size=16)
    for part in (*(getattr(course, name) for name in Course.__slots__), among):
        digest.update(np.ascontiguousarray(part).tobytes())
    key = digest.digest()
    with _guard:
        known = _lately.get(key)
    if known is None:
        known = outlook(course, among)
    with _guard:
        _lately[key] = known
        _lately.move_to_end(key)
        while len(_lately) > 256:
            _lately.popitem(last=False)
    return known

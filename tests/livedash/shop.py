"""A compact simulated shop whose truth is known: base rates, a pin lift of each product, fatigue, stock, prices and
viewers in waves. It steps minute by minute, asks a policy every ten what to pin, and knows nothing of the analysis but
the shape of what it reads; its fatigue and its waves are of another form than the analysis assumes."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from livedash.analysis.outlook import HORIZON, Course, choose, outlook, remembered

WARM_UP, MINUTES = 60, 180
"""Minutes in which the host pins as it happens, and minutes in all."""


@dataclass
class Shop:
    """One room: what is true of it, and what has been seen so far."""

    seed: int
    lots: np.random.Generator = field(init=False)
    minute: int = 0

    def __post_init__(self) -> None:
        truth = np.random.default_rng(self.seed)
        self.size = int(truth.integers(6, 21))
        self.price = np.round(np.exp(truth.normal(3.0, 0.6, self.size)), 2)
        scale = np.exp(truth.normal(-7.3, 0.5))
        self.base = scale * np.exp(truth.normal(0, 0.8, self.size)) * (20 / self.price) ** 0.4
        self.lift = np.exp(truth.normal(1.4, 0.35) + truth.normal(0, 0.35, self.size))
        self.tiring, self.rest = truth.uniform(0.0, 0.09), truth.uniform(12, 30)
        audience = np.exp(truth.normal(5.6, 0.6))
        place = np.arange(MINUTES + HORIZON)
        waves = 0.25 * np.sin(2 * np.pi * place / truth.uniform(25, 60) + truth.uniform(0, 6))
        drift, steps = np.zeros(len(place)), truth.normal(0, 0.05, len(place))
        for k in range(1, len(place)):
            drift[k] = 0.93 * drift[k - 1] + steps[k]
        self.viewers = audience * np.exp(waves + drift) * (1 - 0.6 * np.exp(-place / 12))
        # Strays beyond chance, by five minutes.
        self.mood = truth.gamma(1 / 0.04, 0.04, (self.size, len(place) // 5 + 1))
        scarce = truth.random(self.size) < 0.3
        self.stock = np.where(scarce, truth.integers(5, 60, self.size), 10_000).astype(float)
        self.orders, self.pinned_orders = (np.zeros((self.size, MINUTES)) for _ in range(2))
        self.pinned, self.offered = np.zeros((self.size, MINUTES)), np.ones((self.size, MINUTES))
        self.quantities = np.zeros(5)
        self.gmv = np.zeros((self.size, MINUTES))
        self.tired = np.zeros(self.size)
        self.host = np.random.default_rng(self.seed + 1_000_003)
        self.lots = np.random.default_rng(self.seed + 2_000_003)

    def live(self, pinned: int | None) -> None:
        """A minute with this product pinned."""
        at = self.minute
        rate = self.base * self.viewers[at] * self.mood[:, at // 5]
        if pinned is not None:
            # A pin wears off by its share of what is left, and what was worn off comes back in a straight line.
            rate[pinned] *= max(1.0, self.lift[pinned] * (1 - self.tired[pinned]))
            self.pinned[pinned, at] = 1
        self.tired = np.maximum(0, self.tired - 0.5 / self.rest)
        if pinned is not None:
            self.tired[pinned] += (self.tiring + 0.5 / self.rest) * (1 - self.tired[pinned])
        self.offered[:, at] = self.stock > 0
        wanted = self.lots.poisson(rate)
        for product in np.flatnonzero(wanted).tolist():
            for _ in range(int(wanted[product])):
                quantity = min(int(self.lots.choice([1, 2, 3], p=[0.82, 0.15, 0.03])), int(self.stock[product]))
                if not quantity:
                    break
                self.stock[product] -= quantity
                self.quantities[quantity] += 1
                self.orders[product, at] += 1
                self.pinned_orders[product, at] += product == pinned
                self.gmv[product, at] += quantity * self.price[product]
        self.minute += 1

    @property
    def course(self) -> Course:
        """What an analysis can know now."""
        seen = slice(0, self.minute)
        return Course(
            self.viewers[seen], self.orders[:, seen], self.pinned_orders[:, seen], self.pinned[:, seen],
            self.offered[:, seen], self.quantities, self.price, self.stock,
        )  # fmt: skip


Policy = Callable[[Shop, tuple[int | None, ...]], int | None]
"""From the shop and what was pinned, each time it was decided (what is pinned now is the last), to what is pinned for
the next ten minutes."""


def advised(shop: Shop, before: tuple[int | None, ...]) -> int | None:
    """Do as the dashboard advises: it does not say the same thing twice in half an hour."""
    pinned, lately = set(before[-1:]) - {None}, set(before[-3:]) - {None}
    return choose(remembered(shop.course, shop.stock > 0).gain, pinned, lately)  # type: ignore[arg-type]


def at_random(shop: Shop, before: tuple[int | None, ...]) -> int | None:
    """Any other product that is in stock."""
    others = np.flatnonzero(_others(shop, before))
    return int(shop.host.choice(others)) if len(others) else None


def best_seller(shop: Shop, before: tuple[int | None, ...]) -> int | None:
    """The product that has brought most GMV so far, as long as it is in stock."""
    return _most_sold(shop, shop.stock > 0)


def other_best_seller(shop: Shop, before: tuple[int | None, ...]) -> int | None:
    """The same, but for the one that is pinned: the two best take turns."""
    return _most_sold(shop, _others(shop, before))


def _others(shop: Shop, before: tuple[int | None, ...]) -> np.ndarray:
    others = shop.stock > 0
    if before[-1] is not None:
        others[before[-1]] = False
    return others


def _most_sold(shop: Shop, among: np.ndarray) -> int | None:
    return int(np.argmax(np.where(among, shop.gmv.sum(axis=1), -1))) if among.any() else None


def warmed_up(seed: int) -> tuple[Shop, int | None]:
    """A room after its first hour, in which the host pinned by gut: what appeals more often, and at times nothing."""
    shop, pinned = Shop(seed), None
    appeal = shop.base**0.5 / (shop.base**0.5).sum()
    while shop.minute < WARM_UP:
        pinned = None if shop.host.random() < 0.15 else int(shop.host.choice(shop.size, p=appeal))
        for _ in range(int(shop.host.integers(4, 11))):
            if shop.minute < WARM_UP:
                shop.live(pinned if pinned is not None and shop.stock[pinned] > 0 else None)
    return shop, pinned


def run(seed: int, policy: Policy) -> Shop:
    """The room at its end, if the policy decides after the first hour what is pinned."""
    shop, pinned = warmed_up(seed)
    before: tuple[int | None, ...] = (pinned,)
    while shop.minute < MINUTES:
        before = (*before, policy(shop, before))
        for _ in range(HORIZON):
            now = before[-1]
            shop.live(now if now is not None and shop.stock[now] > 0 else None)
    return shop


@cache
def earned(seed: int, policy: Policy) -> float:
    """The GMV of the two hours after the first, all products together."""
    return float(run(seed, policy).gmv[:, WARM_UP:].sum())


def ranges(seeds: Iterable[int], policy: Policy) -> np.ndarray:
    """For every decision of the policy: the range foretold of what it pins, and what that brought. Columns: low, high,
    the mean foretold, and what was earned."""
    told: list[tuple[float, float, float, float]] = []

    def watched(shop: Shop, before: tuple[int | None, ...]) -> int | None:
        chosen = policy(shop, before)
        if chosen is not None:
            only = np.arange(shop.size) == chosen
            found = outlook(shop.course, only)
            waiting.append((shop, shop.minute, chosen, found.low[chosen], found.high[chosen], found.mean[chosen]))
        return chosen

    for seed in seeds:
        waiting: list[tuple[Shop, int, int, float, float, float]] = []
        run(seed, watched)
        for shop, minute, product, low, high, mean in waiting:
            told.append((low, high, mean, float(shop.gmv[product, minute : minute + HORIZON].sum())))
    return np.array(told)


def more(seeds: Iterable[int], other: Policy) -> tuple[float, float, float]:
    """How much more GMV following the advice brings than the other policy, as a share: the geometric mean over paired
    rooms, and its 95 % interval by the normal law."""
    logs = np.array([np.log(earned(seed, advised) / earned(seed, other)) for seed in seeds])
    half = 1.96 * logs.std(ddof=1) / np.sqrt(len(logs))
    share = [float(np.expm1(value)) for value in (logs.mean(), logs.mean() - half, logs.mean() + half)]
    return share[0], share[1], share[2]


def covered(told: np.ndarray) -> float:
    """The share of foretold ranges that held what came."""
    low, high, _, came = told.T
    return float(np.mean((low - 0.005 <= came) & (came <= high + 0.005)))


if __name__ == "__main__":  # the figures of the README: python -m tests.livedash.shop
    held_out = range(100_000, 100_200)
    for name, policy in (("as advised", advised), ("at random", at_random)):
        told = ranges(held_out, policy)
        print(f"80 % range, pinned {name}: holds {covered(told):.1%} of {len(told)}")
    for other in (at_random, best_seller, other_best_seller):
        share, low, high = more(held_out, other)
        print(f"GMV as advised against {other.__name__}: {share:+.1%} ({low:+.1%} to {high:+.1%})")

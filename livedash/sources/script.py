"""Plans a simulated LIVE before it starts: its products, pins, promotions, giveaways, violations and waves of audience.
A plan is a frozen value that follows from a seed and a start time alone; it may not contain anything a viewer does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import exp
from random import Random
from typing import Any

from livedash.sources import catalogue
from livedash.sources.catalogue import Product

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DURATION = 120 * MINUTE
PACE_STEP = 10 * SECOND
LATE, DELISTED = 55 * MINUTE, 110 * MINUTE
"""When the last but one product comes into the list, and when the last one leaves it."""
RATE = 13.0
EVENTS_PER_VIEW = 9.4
"""Log lines that one view brings about, impressions before it included; measured over ten seeds."""

HOST = "Luna Beauty"
CATEGORY = "Beauty and home"
ZONE, ZONE_HOURS = "Asia/Kuala_Lumpur", 8
TITLES = (
    "Autumn skincare drop",
    "Barrier repair night",
    "Sunday self-care hour",
    "Home spa evening",
    "Glow week, day one",
    "Ask Luna anything about SPF",
    "Little luxuries under $20",
    "Calm skin, calm home",
)
CO_HOST = "Aina for Luna Beauty"

OFFENCES = (
    (
        "Misleading or absolute claim",
        "medium",
        2,
        "“Cures acne” was said on air. Say what the product is shown to do, not that it heals, and post a correction.",
    ),
    (
        "Misleading price or false urgency",
        "medium",
        2,
        "“Never this price again” was said of a weekly offer. Name the offer's real end and take the banner down.",
    ),
    (
        "Product shown is not the product pinned",
        "low",
        1,
        "Another product was shown for over two minutes. Pin the product in your hand before you speak about it.",
    ),
    (
        "Still or slideshow picture",
        "low",
        1,
        "The picture stood still for over a minute. Stay in front of the camera, or pause the LIVE when you leave.",
    ),
)
SCHEME = "Shop health points (MY)"
ALL = -1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts, [start, end) in ms from the start of the LIVE; product is an index into
    Plan.products, or ALL."""

    start: int
    end: int
    product: int = ALL
    ref_id: str = ""
    kind: str = ""
    discount: int = 0

    def holds(self, ms: int) -> bool:
        return self.start <= ms < self.end


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the log that stands in the script; ms from the start of the LIVE."""

    ms: int
    type: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A LIVE to be. started_at: epoch ms; views: how many are to be expected; pace: how much the audience flows in, by
    PACE_STEP, 1 on average; throttled: when the platform shows the LIVE less; gap: when the recorder heard nothing."""

    seed: int
    started_at: int
    title: str
    views: float
    products: tuple[Product, ...]
    pins: tuple[Stretch, ...]
    deals: tuple[Stretch, ...]
    giveaways: tuple[Stretch, ...]
    violations: tuple[int, ...]
    pause: Stretch
    pace: tuple[float, ...]
    past: bool
    gap: Stretch | None

    @property
    def ends_at(self) -> int:
        """When the LIVE ends, in epoch ms."""
        return self.started_at + DURATION

    @cached_property
    def _pin_starts(self) -> list[int]:
        return [pin.start for pin in self.pins]

    def pinned(self, ms: int) -> int | None:
        """The index of the product pinned at a moment."""
        at = bisect_right(self._pin_starts, ms) - 1
        return self.pins[at].product if at >= 0 and self.pins[at].holds(ms) else None

    def pins_within(self, start: int, end: int) -> Iterator[Stretch]:
        """The pins that somebody inside from start to end gets to see."""
        for pin in self.pins[max(0, bisect_right(self._pin_starts, start) - 1) :]:
            if pin.start >= end:
                return
            if pin.end > start:
                yield pin

    def deal(self, product: int, ms: int) -> Stretch | None:
        """The promotion that holds for a product at a moment."""
        return next((deal for deal in self.deals if deal.holds(ms) and deal.product in (product, ALL)), None)

    def listed(self, product: int, ms: int) -> bool:
        """Whether a product can be seen in the list."""
        return ms > LATE if self.products[product].late else ms < DELISTED or product < len(self.products) - 1

    def price(self, product: int, sku: int, ms: int) -> int:
        """The price of a variant at a moment, in cents: a flash sale lowers it to a whole ten cents."""
        full = self.products[product].skus[sku].price
        deal = self.deal(product, ms)
        return full - round(full * deal.discount / 1000) * 10 if deal else full

    def moment(self, ms: int) -> str:
        """A moment of the LIVE as it stands in the log."""
        return (
            datetime.fromtimestamp((self.started_at + ms) // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            + f".{(self.started_at + ms) % 1000:03d}Z"
        )

    def throttled(self, ms: int) -> bool:
        """Whether the platform shows the LIVE less, for the minutes after a violation."""
        return any(0 <= ms - at < 7 * MINUTE for at in self.violations)


def money(cents: int) -> str:
    """Cents as a decimal string."""
    return f"{cents // 100}.{cents % 100:02d}"


def plan(
    seed: int, started_at: int, rate: float = RATE, *, title: str | None = None, past: bool = False, gap: bool = False
) -> Plan:
    """A LIVE of two hours. rate: events a second to aim at; past: it ended some hours ago, appeals are decided; gap:
    its recorder lost the connection for three minutes."""
    rng = Random(f"plan {seed} {started_at}")
    views = rate * DURATION / SECOND / EVENTS_PER_VIEW
    chosen = catalogue.choose(rng, 12)
    chosen[-2] = replace(chosen[-2], late=True)
    deals = _deals(rng)
    pins = _pins(rng, chosen, deals)
    violations = (_about(rng, 37.5), _about(rng, 63))
    return Plan(
        seed=seed,
        started_at=started_at,
        title=title or rng.choice(TITLES),
        views=views,
        products=_stocked(chosen, pins, views),
        pins=pins,
        deals=deals,
        giveaways=(
            Stretch(_about(rng, 46.5), _about(rng, 56.5), 2, "giveaway-1"),
            Stretch(_about(rng, 99), _about(rng, 107), 5, "giveaway-2"),
        ),
        violations=violations,
        pause=Stretch(start := _about(rng, 34), start + rng.randrange(35, 60) * SECOND),
        pace=_pace(rng, deals, violations),
        past=past,
        gap=Stretch(start := _about(rng, 70), start + 190 * SECOND) if gap else None,
    )


def _about(rng: Random, minute: float) -> int:
    """A moment within 45 s of a minute."""
    return round(minute * MINUTE) + rng.randrange(-45, 46) * SECOND + rng.randrange(SECOND)


def _deals(rng: Random) -> tuple[Stretch, ...]:
    return (
        Stretch(_about(rng, 24), _about(rng, 34.5) - 90 * SECOND, 1, "promo-1", "flash_sale", 20),
        Stretch(_about(rng, 67), _about(rng, 76), ALL, "promo-2", "coupon", 0),
        Stretch(_about(rng, 84), _about(rng, 95), 0, "promo-3", "flash_sale", 15),
    )


def _pins(rng: Random, products: list[Product], deals: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """One pin after another with short breaks; what is on flash sale is pinned for as long as the sale lasts."""
    pins: list[Stretch] = []
    sales = [deal for deal in deals if deal.product != ALL]
    start = _about(rng, 2)
    while start < DURATION - 5 * MINUTE:
        sale = next((deal for deal in sales if start < deal.end), None)
        if sale and start > sale.start - 90 * SECOND:
            start, end, product = max(start, sale.start + 3 * SECOND), sale.end, sale.product
        else:
            end = min(start + rng.randrange(330, 640) * SECOND, sale.start if sale else DURATION - 2 * MINUTE)
            busy = {pins[-1].product if pins else ALL, sale.product if sale else ALL}
            free = [i for i, product in enumerate(products) if not product.late and i not in busy]
            product = rng.choices(free, [products[i].appeal ** 2 for i in free])[0]
        pins.append(Stretch(start, end, product))
        start = end + (3 * SECOND if sale and end == sale.start else rng.randrange(15, 80) * SECOND)
    return tuple(pins)


def _stocked(products: list[Product], pins: tuple[Stretch, ...], views: float) -> tuple[Product, ...]:
    """Stock enough for the LIVE, save for two products that will run out before its end; none of those on sale."""
    weights = [
        p.appeal * (1 + sum(pin.end - pin.start for pin in pins if pin.product == i) / DURATION * 8)
        for i, p in enumerate(products)
    ]
    units = [max(3.0, views * 0.021 * weight / sum(weights)) for weight in weights]
    scarce = sorted(range(2, len(products)), key=lambda i: -weights[i])[:2]
    return tuple(
        replace(product, stock=round(units[i] * 0.6) if i in scarce else round(units[i] * 4 + 15))
        for i, product in enumerate(products)
    )


def _pace(rng: Random, deals: tuple[Stretch, ...], violations: tuple[int, ...]) -> tuple[float, ...]:
    """The inflow over time: it builds up, comes in waves, is drawn by sales, thinned by violations and ebbs at the
    end."""
    waves = [
        (minute + rng.uniform(-3, 3), rng.uniform(0.2, 0.6), rng.uniform(1.5, 3.5)) for minute in range(9, 116, 14)
    ]
    pace = []
    for ms in range(0, DURATION, PACE_STEP):
        minute = ms / MINUTE
        flow = (1 - 0.72 * exp(-minute / 11)) * (0.8 + minute / 220)
        flow += sum(height * exp(-(((minute - at) / width) ** 2)) for at, height, width in waves)
        flow *= 1.3 if any(deal.discount and deal.holds(ms) for deal in deals) else 1.0
        flow *= 0.6 if any(0 <= ms - at < 7 * MINUTE for at in violations) else 1.0
        flow *= min(1.0, (DURATION - ms) / (9 * MINUTE) + 0.25)
        pace.append(flow * rng.uniform(0.9, 1.1))
    mean = sum(pace) / len(pace)
    return tuple(flow / mean for flow in pace)

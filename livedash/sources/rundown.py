"""Spells a plan out as the lines that stand fixed before the LIVE starts: listing, pins, sales, giveaways, violations,
captions. It may not draw lots about viewers; those live in audience.py."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from livedash.sources.catalogue import CURRENCY
from livedash.sources.script import (
    ALL,
    CATEGORY,
    CO_HOST,
    DELISTED,
    DURATION,
    HOST,
    LATE,
    MINUTE,
    OFFENCES,
    SCHEME,
    SECOND,
    ZONE,
    Act,
    Plan,
    Stretch,
    money,
)

KEYWORD = "luna glow"


def acts(plan: Plan, rng: Random) -> Iterator[Act]:
    """Every line of the script, in no order."""
    yield from _room(plan)
    yield from _listing(plan)
    for pin in plan.pins:
        yield Act(pin.start, "pin", _of(plan, pin))
        yield Act(pin.end, "unpin", _of(plan, pin))
        yield from _captions(plan, pin, rng)
    for deal in plan.deals:
        yield from _promotion(plan, deal)
    for giveaway in plan.giveaways:
        yield from _giveaway(plan, giveaway)
    yield from _violations(plan, rng)


def _of(plan: Plan, stretch: Stretch) -> dict[str, Any]:
    return {} if stretch.product == ALL else {"product_id": plan.products[stretch.product].product_id}


def _room(plan: Plan) -> Iterator[Act]:
    target = round(plan.views * 0.5 / 100) * 100
    yield Act(
        0,
        "live_started",
        {
            "title": plan.title,
            "host": HOST,
            "currency": CURRENCY,
            "timezone": ZONE,
            "category": CATEGORY,
            "target_gmv": money(max(100, target) * 100),
            "broadcast_url": "broadcast/playlist.m3u8",
        },
    )
    yield Act(plan.pause.start, "live_paused", {})
    yield Act(plan.pause.end, "live_resumed", {})
    yield Act(40 * MINUTE + 20 * SECOND, "host_changed", {"host": CO_HOST})
    yield Act(52 * MINUTE + 5 * SECOND, "host_changed", {"host": HOST})
    yield Act(DURATION, "live_ended", {})


def _listing(plan: Plan) -> Iterator[Act]:
    for place, product in enumerate(plan.products):
        yield Act(
            LATE if product.late else 800 + 350 * place,
            "product_listed",
            {
                "product_id": product.product_id,
                "sku_id": product.skus[0].sku_id,
                "title": product.title,
                "price": money(product.price),
                "currency": CURRENCY,
                "stock": product.stock,
                "image": product.image,
                "text": "\n".join(product.points),
            },
        )
    yield Act(DELISTED, "product_delisted", {"product_id": plan.products[-1].product_id})


def _captions(plan: Plan, pin: Stretch, rng: Random) -> Iterator[Act]:
    """What the host says of a pinned product: its talking points, over and over."""
    product = plan.products[pin.product]
    says = [
        f"Let me show you the {product.names['en']}.",
        *product.points,
        "It is pinned below, one tap and you are there.",
    ]
    ms, turn = pin.start + 4 * SECOND, 0
    while ms < pin.end:
        if not plan.pause.holds(ms):
            yield Act(ms, "caption", {"text": says[turn % len(says)], "language": "en"})
        ms, turn = ms + rng.randrange(17, 34) * SECOND, turn + 1


def _promotion(plan: Plan, deal: Stretch) -> Iterator[Act]:
    about = {"ref_id": deal.ref_id, "kind": deal.kind} | _of(plan, deal)
    if deal.product == ALL:
        yield Act(deal.start, "promotion_started", about | {"title": "Coupon: free shipping from two items"})
        yield Act(deal.end, "promotion_ended", about)
        return
    product = plan.products[deal.product]
    for start, moment in ((True, deal.start), (False, deal.end)):
        headline = {"title": f"Flash sale: {deal.discount}% off {product.title}"} if start else {}
        yield Act(moment, "promotion_started" if start else "promotion_ended", about | headline)
        for place, sku in enumerate(product.skus):
            yield Act(
                moment,
                "price_changed",
                {
                    "product_id": product.product_id,
                    "sku_id": sku.sku_id,
                    "price": money(plan.price(deal.product, place, moment)),
                    "currency": CURRENCY,
                },
            )


def _giveaway(plan: Plan, giveaway: Stretch) -> Iterator[Act]:
    """Only the start: who entered and won is known when it ends, so audience.py writes that line."""
    product = plan.products[giveaway.product]
    yield Act(
        giveaway.start,
        "giveaway_started",
        _of(plan, giveaway)
        | {
            "ref_id": giveaway.ref_id,
            "title": f"Giveaway: {product.title}",
            "prizes": 3,
            "entry_rule": "comment",
            "keyword": KEYWORD,
            "length": (giveaway.end - giveaway.start) // SECOND,
            "text": f"Write “{KEYWORD}” to enter",
        },
    )


def _violations(plan: Plan, rng: Random) -> Iterator[Act]:
    offences = [rng.choice(OFFENCES[1:]), OFFENCES[0]]
    for place, (ms, (reason, severity, points, text)) in enumerate(zip(plan.violations, offences, strict=True), 1):
        product = plan.pinned(ms)
        concerned = {} if product is None else {"product_id": plan.products[product].product_id}
        yield Act(
            ms,
            "violation",
            concerned
            | {
                "ref_id": f"violation-{place}",
                "reason": reason,
                "severity": severity,
                "points": points,
                "scheme": SCHEME,
                "text": text,
            },
        )
    if plan.past:
        appeal = {"ref_id": "violation-2"}
        yield Act(
            plan.violations[-1] + 9 * MINUTE,
            "appeal_submitted",
            appeal
            | {
                "text": "The sentence quoted a viewer's question and was corrected on air a moment later.",
            },
        )
        outcome = rng.choice(("upheld", "rejected"))
        yield Act(plan.violations[-1] + 95 * MINUTE, "appeal_decided", appeal | {"outcome": outcome})

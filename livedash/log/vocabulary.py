"""The words of the event log: every type with its group, and what is kept of each. Only data lives here."""
from __future__ import annotations

LONGEST_LINE = 64 * 1024
"""A line may be this many bytes long, its line end not counted."""

GROUPS: dict[str, tuple[str, ...]] = {
    "room": ("live_started", "live_paused", "live_resumed", "live_ended", "host_changed", "recording_gap"),
    "audience": ("impression", "view", "leave", "viewers", "profile", "audience_snapshot"),
    "interaction": ("like", "comment", "share", "follow", "gift"),
    "commerce": (
        "product_listed", "product_delisted", "stock", "price_changed", "product_impression", "product_click",
        "add_to_cart", "order_created", "order_paid", "order_cancelled", "order_refunded",
    ),
    "operations": (
        "pin", "unpin", "promotion_started", "promotion_ended", "giveaway_started", "giveaway_entered",
        "giveaway_ended", "violation", "appeal_submitted", "appeal_decided", "question_answered", "ad_cost", "caption",
        "delivery",
    ),
    "platform": ("snapshot",),
}  # fmt: skip

TYPES: tuple[str, ...] = tuple(name for names in GROUPS.values() for name in names)
"""The known types. Their place here is their code in every table, and unknown ones are numbered after them: a new type
makes every store there is one of an older format (rollup.store.FORMAT), which is read again from its log."""

OWN: tuple[str, ...] = ("delivery",)
"""Types that livedash writes about its own work. They say nothing of the LIVE: neither when it began, nor how long it
lasted, nor that its recorder is still there."""

AFTERWARDS: tuple[str, ...] = (
    "order_cancelled", "order_refunded", "appeal_submitted", "appeal_decided", "question_answered", "ad_cost",
    "profile", "audience_snapshot", "snapshot",
)  # fmt: skip
"""Types whose lines may well come when the LIVE is over, weeks later: they do not say that it still runs."""

CODES: dict[str, int] = {name: code for code, name in enumerate(TYPES)}

LINES = frozenset({"order_created", "order_paid", "order_cancelled", "order_refunded", "ad_cost"})
"""Types that carry money: kept as rows with an exact amount."""

RECORDS = frozenset(
    GROUPS["room"] + GROUPS["operations"] + GROUPS["platform"]
    + ("audience_snapshot", "product_listed", "product_delisted", "stock", "price_changed", "gift")
) - {"giveaway_entered", "ad_cost"}  # fmt: skip
"""Rare types that are kept whole, with every field they came with."""

PROFILE_FIELDS = ("gender", "age", "follower", "country")

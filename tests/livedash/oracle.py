"""A second opinion on every figure: the definitions once more, slowly and plainly, over a list of events (dicts with ts
in epoch ms). It imports nothing of livedash, so that the two can only agree by being right."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

Event = dict[str, Any]
Number = int | Fraction | None

FUNNEL = ("view", "product_impression", "product_click", "add_to_cart", "order_paid")
MINUTE = 60_000
AFTERWARDS = {
    "order_cancelled", "order_refunded", "appeal_submitted", "appeal_decided", "question_answered", "ad_cost",
    "profile", "audience_snapshot", "snapshot",
}  # fmt: skip
"""What may be written when a LIVE is over, and so does not say that it still runs."""


def accepted(lines: Iterable[Event]) -> list[Event]:
    """Each (event_id, type) once, as it was read first, in order of time."""
    first: dict[tuple[str, str], Event] = {}
    for line in lines:
        first.setdefault((line["event_id"], line["type"]), line)
    return sorted(first.values(), key=lambda event: (event["ts"], event["event_id"]))


class Room:
    """What is true of a whole log, whichever window is looked at."""

    def __init__(self, lines: Iterable[Event]) -> None:
        self.events = accepted(lines)
        self.types = {event["type"] for event in self.events}
        self.first, self.last = self.events[0]["ts"], self.events[-1]["ts"]
        running = [event["ts"] for event in self.events if event["type"] not in AFTERWARDS]
        self.heard_of = running[-1] if running else self.last
        self.currency = self._currency()
        begun, over = self._all("live_started"), self._all("live_ended")
        self.started = begun[0]["ts"] if begun else self.first
        self.ended = over[-1]["ts"] if over and (not begun or over[-1]["ts"] >= begun[-1]["ts"]) else None

    def _all(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    def _currency(self) -> str | None:
        said = [event["currency"] for event in self._all("live_started") if event.get("currency")]
        paid = [event["currency"] for event in self._all("order_paid") if event.get("currency")]
        return said[-1] if said else paid[0] if paid else None

    @property
    def horizon(self) -> int:
        """Up to when people can be said to have stayed; a LIVE lasts for a moment at least."""
        return self.heard_of + 1 if self.ended is None else max(self.ended, self.started + 1)

    def ours(self, event: Event) -> bool:
        return event.get("currency") in (None, self.currency)

    def gift_streaks(self) -> list[tuple[int, int, int]]:
        """(ts, gifts, diamonds) of every streak, by its last and highest count."""
        streaks: dict[Any, Event] = {}
        for event in self._all("gift"):
            ref = event.get("ref_id")
            key = (event.get("user_id"), ref) if ref else event["event_id"]
            if key not in streaks or event.get("count", 1) >= streaks[key].get("count", 1):
                streaks[key] = event
        return [(e["ts"], e.get("count", 1), e.get("count", 1) * e.get("diamonds", 0)) for e in streaks.values()]

    def cancelled(self) -> list[tuple[int, Fraction]]:
        """(ts, amount) of every cancellation; one without a price takes back what is left of its order."""
        out = [(e["ts"], amount(e)) for e in self._all("order_cancelled") if self.ours(e) and "price" in e]
        whole = defaultdict(list)
        for event in self._all("order_cancelled"):
            if "price" not in event and self.ours(event):
                whole[order_of(event)].append(event["ts"])
        for order, times in whole.items():
            mine = [e for e in self.events if e["type"].startswith("order_") and self.ours(e) and order_of(e) == order]
            paid = sum(amount(e) for e in mine if e["type"] == "order_paid")
            back = sum(amount(e) for e in mine if e["type"] in ("order_refunded", "order_cancelled"))
            out.append((min(times), max(Fraction(paid - back), Fraction(0))))
        return out

    def stays(self) -> list[tuple[int, int]]:
        """(from, to) of everybody with a name; who entered and did not leave stays without end."""
        out = []
        inside: dict[str, int] = {}
        for event in self._moves():
            user = event["user_id"]
            if event["type"] == "view":
                inside.setdefault(user, event["ts"])
            elif user in inside:
                out.append((inside.pop(user), event["ts"]))
        return out + [(since, 2**62) for since in inside.values()]

    def view_lengths(self) -> list[tuple[int, int]]:
        """(from, to) of every view of somebody with a name: to the same user's next entry or leave."""
        out = []
        moves = self._moves()
        for place, event in enumerate(moves):
            if event["type"] == "view":
                later = (e["ts"] for e in moves[place + 1 :] if e["user_id"] == event["user_id"])
                out.append((event["ts"], next(later, 2**62)))
        return out

    def _moves(self) -> list[Event]:
        moves = [e for e in self.events if e["type"] in ("view", "leave") and e.get("user_id")]
        return sorted(moves, key=lambda e: (e["ts"], e["type"] == "leave"))


def amount(event: Event) -> Fraction:
    return Fraction(str(event.get("price", 0))) * event.get("quantity", 1)


def order_of(event: Event) -> str:
    """A line without an order id is an order of its own."""
    return event.get("order_id") or f"alone {event['event_id']}"


class Seen:
    """One window of a room: base measures and metrics. None for start and end: the whole log."""

    def __init__(self, room: Room, start: int | None = None, end: int | None = None) -> None:
        self.room = room
        self.start = min(room.first, room.started) if start is None else start
        self.end = max(room.last + 1, room.horizon) if end is None else end
        self.events = [e for e in room.events if self.start <= e["ts"] < self.end]

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    def count(self, kind: str) -> Number:
        return len(self.of(kind)) if kind in self.room.types else None

    def paid(self) -> list[Event]:
        return [event for event in self.of("order_paid") if self.room.ours(event)]

    def users(self, events: Iterable[Event]) -> int:
        return len({event["user_id"] for event in events if event.get("user_id")})

    def within(self, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [row for row in rows if self.start <= row[0] < self.end]

    def gmv(self) -> Number:
        return sum((amount(e) for e in self.paid()), Fraction(0)) if "order_paid" in self.room.types else None

    def net_gmv(self) -> Number:
        gmv = self.gmv()
        if gmv is None:
            return None
        back = sum((row[1] for row in self.within(self.room.cancelled())), Fraction(0))
        return gmv - back - (self.refunds() or 0)

    def refunds(self) -> Number:
        if "order_refunded" not in self.room.types:
            return None
        return sum((amount(e) for e in self.of("order_refunded") if self.room.ours(e)), Fraction(0))

    def hours(self) -> Number:
        end = self.room.heard_of if self.room.ended is None else self.room.ended
        return Fraction(max(min(end, self.end) - max(self.room.started, self.start), 0), 3_600_000)

    def viewing_s(self) -> Number:
        if "leave" not in self.room.types or "view" not in self.room.types:
            return None
        until = min(self.end, self.room.horizon) if self.room.horizon > self.start else self.end
        overlaps = (min(end, until) - max(start, self.start) for start, end in self.room.stays())
        return Fraction(sum(overlap for overlap in overlaps if overlap > 0), 1000)

    def long_views(self) -> Number:
        if "leave" not in self.room.types or "view" not in self.room.types:
            return None
        until = min(self.end, self.room.horizon) if self.room.horizon > self.start else self.end
        views = self.within(self.room.view_lengths())
        return sum(min(end, until) - start > MINUTE for start, end in views)

    def gifts(self, place: int) -> Number:
        return sum(row[place] for row in self.within(self.room.gift_streaks())) if "gift" in self.room.types else None

    def shown_views(self) -> Number:
        if "view" not in self.room.types:
            return None
        reporting = {channel(e) for e in self.room.events if e["type"] == "impression"}
        if all(source is None for source, _ in reporting):
            return len(self.of("view"))
        return sum(channel(e) in reporting for e in self.of("view"))

    def comment_count(self) -> Number:
        return sum(not e.get("ref_id") for e in self.of("comment")) if "comment" in self.room.types else None

    def metrics(self) -> dict[str, Number]:
        """Every metric of a room that is counted (gauges apart)."""
        paid, types = self.paid(), self.room.types
        sold = "order_paid" in types
        orders = len({order_of(e) for e in paid}) if sold else None
        skus = len({(order_of(e), e.get("sku_id") or e.get("product_id")) for e in paid}) if sold else None
        priced = len({order_of(e) for e in paid if amount(e) > 0}) if sold else None
        created = [order_of(e) for e in self.of("order_created") if self.room.ours(e)]
        items = sum(e.get("quantity", 1) for e in paid) if sold else None
        gmv, views, shown = self.gmv(), self.count("view"), self.count("impression")
        clicks = self.count("product_click")
        viewers = self.users(self.of("view")) if "view" in types else None
        likes = sum(e.get("count", 1) for e in self.of("like")) if "like" in types else None
        return {
            "direct_gmv": gmv,
            "net_gmv": self.net_gmv(),
            "gmv_per_hour": over(gmv, self.hours()),
            "items_sold": items,
            "sku_orders": skus,
            "orders": orders,
            "created_orders": len(set(created)) if "order_created" in types else None,
            "payment_rate": over(orders, len(set(created)) if "order_created" in types else None),
            "customers": self.users(paid) if sold else None,
            "aov": over(gmv, priced),
            "avg_price": over(gmv, items),
            "refund_rate": over(self.refunds(), gmv),
            "add_to_cart": self.count("add_to_cart"),
            "impressions": shown,
            "views": views,
            "viewers": viewers,
            "tap_through_rate": over(self.shown_views(), shown),
            "avg_viewing_per_view": over(self.viewing_s(), views),
            "avg_viewing_per_viewer": over(self.viewing_s(), viewers),
            "long_views": self.long_views(),
            "impressions_per_hour": over(shown, self.hours()),
            "product_impressions": self.count("product_impression"),
            "product_clicks": clicks,
            "live_ctr": over(clicks, views),
            "product_ctr": over(clicks, self.count("product_impression")),
            "ctor": over(orders, clicks),
            "ctor_sku": over(skus, clicks),
            "order_rate_sku": over(skus, views),
            "show_gpm": over(gmv, shown, 1000),
            "watch_gpm": over(gmv, views, 1000),
            "stock_left": None,
            "likes": likes,
            "comments": self.count("comment"),
            "shares": self.count("share"),
            "new_followers": self.count("follow"),
            "comment_rate": over(self.comment_count(), views),
            "share_rate": over(self.count("share"), views),
            "follow_rate": over(self.count("follow"), views),
            "like_rate": over(likes, viewers),
            "gifts": self.gifts(1),
            "diamonds": self.gifts(2),
        }

    def gauges(self) -> dict[str, Number]:
        """Current viewers where the platform samples them: now, at most, and on average over the time of the LIVE."""
        every = (e for e in self.room.events if e["type"] == "viewers")
        samples = sorted((e["ts"], e.get("count", 1)) for e in every if e["ts"] < self.end)
        before = [sample for sample in samples if sample[0] <= self.start][-1:]
        seen = before + [sample for sample in samples if sample[0] > self.start]
        if not seen:
            return dict.fromkeys(("current_viewers", "peak_viewers", "avg_viewers"))
        since, until = max(self.start, self.room.started), min(self.end, self.room.horizon)
        area = time = 0
        for (ts, count), (following, _) in zip(seen, [*seen[1:], (until, 0)], strict=True):
            lasted = max(min(following, until) - max(ts, since), 0)
            area, time = area + lasted * count, time + lasted
        ran = since < until  # outside the LIVE nobody watched on average
        mean = Fraction(area, time) if time else Fraction(seen[-1][1]) if ran else None
        return {"current_viewers": seen[-1][1], "peak_viewers": max(n for _, n in seen), "avg_viewers": mean}

    def products(self) -> dict[str, dict[str, Number]]:
        """Counts by product, for products that anything is counted of."""
        out: dict[str, dict[str, Number]] = {}
        for product in {e["product_id"] for e in self.events if e.get("product_id")}:
            paid = [e for e in self.paid() if e.get("product_id") == product]
            kinds = [e["type"] for e in self.events if e.get("product_id") == product]
            out[product] = {
                "product_impressions": kinds.count("product_impression"),
                "product_clicks": kinds.count("product_click"),
                "add_to_cart": kinds.count("add_to_cart"),
                "orders": len({order_of(e) for e in paid}),
                "items_sold": sum(e.get("quantity", 1) for e in paid),
                "direct_gmv": sum((amount(e) for e in paid), Fraction(0)),
                "customers": self.users(paid),
            }
        return out

    def channels(self) -> dict[tuple[str | None, bool], dict[str, Number]]:
        """Counts by (source, paid), for channels that anything is counted of."""
        out: dict[tuple[str | None, bool], dict[str, Number]] = {}
        for key in {channel(e) for e in self.events}:
            mine = [e for e in self.events if channel(e) == key]
            paid = [e for e in mine if e["type"] == "order_paid" and self.room.ours(e)]
            row: dict[str, Number] = {
                "impressions": sum(e["type"] == "impression" for e in mine),
                "views": sum(e["type"] == "view" for e in mine),
                "viewers": self.users(e for e in mine if e["type"] == "view"),
                "product_clicks": sum(e["type"] == "product_click" for e in mine),
                "direct_gmv": sum((amount(e) for e in paid), Fraction(0)),
            }
            if any(row.values()) or paid:
                out[key] = row
        return out

    def user_funnel(self, steps: Sequence[str] = FUNNEL, within_ms: int | None = None) -> list[int]:
        """Users who took at least the first k steps in order, the last at most within_ms after the first."""
        paths: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for event in self.events:
            if event.get("user_id") and event["type"] in steps:
                paths[event["user_id"]].append((event["ts"], event["type"]))
        reached = [furthest(path, steps, within_ms) for path in paths.values()]
        return [sum(level > k for level in reached) for k in range(len(steps))]


def furthest(path: Sequence[tuple[int, str]], steps: Sequence[str], within_ms: int | None) -> int:
    """How many of the steps one user took in order, whichever first step they are counted from."""
    best = 0
    for start, kind in path:
        if kind != steps[0]:
            continue
        now, level = start, 1
        for step in steps[1:]:
            fitting = [t for t, k in path if k == step and t >= now and (within_ms is None or t - start <= within_ms)]
            if not fitting:
                break
            now, level = min(fitting), level + 1
        best = max(best, level)
    return best


def channel(event: Event) -> tuple[str | None, bool]:
    return event.get("source"), bool(event.get("paid"))


def over(numerator: Number, denominator: Number, times: int = 1) -> Number:
    """x/0 and what lacks a part is no value."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator) * times / Fraction(denominator)

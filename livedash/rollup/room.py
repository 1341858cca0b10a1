"""What is known of a room and its products apart from counts, read off the rare lines that say it.
Later lines win over earlier ones by their own time, whenever they were read."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from livedash.log.moments import moment as log_moment
from livedash.log.numbers import whole_number

SILENT_FOR = 6 * 3600 * 1000
"""A LIVE without live_ended counts as ended when its last event is this many ms old."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RoomHeader:
    """state: "upcoming" (no event yet), "live", "paused" or "ended". Times are epoch ms; ended_at is None unless the
    log says so. timezone: an IANA name, "UTC" where the log names none. several_pins: whether several products may be
    pinned at once, which a live_started line says by `several_pins` (true, and nothing like it)."""

    id: str
    title: str
    host: str | None
    state: str
    started_at: int | None
    ended_at: int | None
    currency: str | None
    timezone: str
    category: str | None = None
    target_gmv: Decimal | None = None
    broadcast_url: str | None = None
    several_pins: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What a line reported of the stock of one SKU, or of a whole product (sku_id None). at: when, epoch ms."""

    sku_id: str | None
    count: int
    at: int


class Stocks:
    """What is known of the stock of one product, as line after line reports it, in order of time."""

    def __init__(self) -> None:
        self._of: dict[str | None, Stock] = {}

    def learn(self, line: Record) -> bool:
        """Take in what a product_listed or stock line reports, and tell whether it does. A line without a SKU is of the
        whole product, and replaces all that was said; one with a SKU replaces what was said of that, or of the whole.
        """
        if line["type"] not in ("product_listed", "stock"):
            return False
        count = whole(line.get("stock" if line["type"] == "product_listed" else "count"))
        if count is None:
            return False
        sku_id = text(line.get("sku_id"))
        if sku_id is None:
            self._of.clear()
        self._of.pop(None, None)
        self._of[sku_id] = Stock(sku_id, count, line["ts"])
        return True

    def known(self) -> tuple[Stock, ...]:
        """The latest report of each SKU, or the one of the whole product."""
        return tuple(self._of.values())

    def total(self) -> int | None:
        """Pieces of all SKUs together; None where nothing was reported. One SKU that is oversold takes no piece from
        another."""
        counts = [one.count for one in self._of.values()]
        return counts[0] if len(counts) == 1 else sum(max(count, 0) for count in counts) if counts else None


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the log says of a product; None where it says nothing. stock: of all its SKUs together, as last reported at
    stock_at (epoch ms); stocks: what that is the sum of."""

    product_id: str
    title: str
    sku_ids: tuple[str, ...] = ()
    price: Decimal | None = None
    currency: str | None = None
    stock: int | None = None
    stock_at: int | None = None
    stocks: tuple[Stock, ...] = ()
    image: str | None = None
    text: str | None = None
    listed_at: int | None = None
    delisted: bool = False


def header(
    room_id: str, records: Callable[..., list[Record]], first_ts: int | None, last_ts: int | None,
    currency: str | None, now_ms: int,
) -> RoomHeader:  # fmt: skip
    """The room as its lines describe it. records(*types) gives lines in order of time."""
    started = records("live_started")
    said: Record = {}
    for line in started:
        said.update({name: value for name, value in line.items() if value is not None})
    started_at = started[0]["ts"] if started else first_ts
    ends = [line["ts"] for line in records("live_ended")]
    ended_at = ends[-1] if ends and (not started or ends[-1] >= started[-1]["ts"]) else None
    hosts = [line for line in records("host_changed") if text(line.get("host"))]
    return RoomHeader(
        id=room_id,
        title=text(said.get("title")) or room_id,
        host=text(hosts[-1]["host"]) if hosts else text(said.get("host")),
        state=_state(records, ended_at, last_ts, now_ms),
        started_at=started_at,
        ended_at=ended_at,
        currency=currency,
        timezone=_zone(said.get("timezone")),
        category=text(said.get("category")),
        target_gmv=decimal(said.get("target_gmv")),
        broadcast_url=text(said.get("broadcast_url")),
        several_pins=any(line.get("several_pins") is True for line in started),
    )


def _state(records: Callable[..., list[Record]], ended_at: int | None, last_ts: int | None, now_ms: int) -> str:
    if last_ts is None:
        return "upcoming"
    if ended_at is not None or now_ms - last_ts > SILENT_FOR:
        return "ended"
    pauses = records("live_paused", "live_resumed", "live_started")
    return "paused" if pauses and pauses[-1]["type"] == "live_paused" else "live"


def as_the_clock_has_it(header: RoomHeader, last_ts: int | None, now_ms: int) -> RoomHeader:
    """A header of before as it is now, with no event since: a LIVE that has fallen silent is over."""
    silent = header.state in ("live", "paused") and last_ts is not None and now_ms - last_ts > SILENT_FOR
    return replace(header, state="ended") if silent else header


def _zone(name: object) -> str:
    try:
        return ZoneInfo(str(name)).key if name else "UTC"
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return "UTC"


def product_facts(
    product_ids: list[str], records: Callable[..., list[Record]], skus: Mapping[str, set[str]]
) -> dict[str, ProductFacts]:
    """Facts of every product of the room, in the order in which they were first named. skus: SKUs sold of each."""
    said: dict[str, Record] = {product_id: {} for product_id in product_ids}
    known = {product_id: set(skus.get(product_id, ())) for product_id in product_ids}
    stocks = {product_id: Stocks() for product_id in product_ids}
    for line in records("product_listed", "product_delisted", "stock", "price_changed"):
        product_id = line.get("product_id")
        if isinstance(product_id, str) and product_id in said:
            _learn(said[product_id], known[product_id], stocks[product_id], line)
    return {
        product_id: ProductFacts(
            product_id=product_id,
            title=facts.get("title") or product_id,
            sku_ids=tuple(sorted(known[product_id] - {product_id})),
            stock=stocks[product_id].total(),
            stocks=stocks[product_id].known(),
            **{name: value for name, value in facts.items() if name != "title"},
        )
        for product_id, facts in said.items()
    }


def _learn(facts: Record, skus: set[str], stocks: Stocks, line: Record) -> None:
    kind = line["type"]
    if isinstance(line.get("sku_id"), str):
        skus.add(line["sku_id"])
    if kind == "product_delisted":
        facts["delisted"] = True
    elif kind == "product_listed":
        facts.setdefault("listed_at", line["ts"])
        facts["delisted"] = False
        for name in ("title", "image", "text"):
            if text(line.get(name)):
                facts[name] = text(line[name])
    if kind in ("product_listed", "price_changed") and (price := decimal(line.get("price"))) is not None:
        facts["price"], facts["currency"] = price, text(line.get("currency"))
    if stocks.learn(line):
        facts["stock_at"] = line["ts"]


def text(value: object) -> str | None:
    """A non-empty text, or None for anything else."""
    return value if isinstance(value, str) and value else None


def moment(value: object) -> int | None:
    """A time that a field names, in epoch ms; None for anything else, and for one out of all reason."""
    return log_moment(value)


def whole(value: object) -> int | None:
    """The whole number that a field has, as a number or written as a text; None for anything else."""
    return whole_number(value)


def decimal(value: object) -> Decimal | None:
    """A plain finite amount, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**15 else None

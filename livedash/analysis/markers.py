"""Answers what happened when: the events drawn on a trend, each an instant or an interval. It judges no effect."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from livedash.analysis.deliveries import OURS
from livedash.analysis.facts import gaps
from livedash.analysis.remedies import plain, remedy
from livedash.rollup.fold import Rollup
from livedash.rollup.room import decimal, text, whole
from livedash.view import Window
from livedash.words import Amount, Sentence

KINDS = ("pin", "promotion", "giveaway", "violation", "listed", "sold_out", "price", "host", "pause", "gap")
OPENING_MS = 60_000
"""What is listed this soon after the start is what the LIVE began with."""

Line = dict[str, Any]
Sku = tuple[str | None, str | None]
"""A product, and one of its SKUs where that is said."""


@dataclass(frozen=True, slots=True)
class Marker:
    """kind: one of KINDS; end None for an instant, or for an interval that still runs (open is True then)."""

    id: str
    kind: str
    start: int
    end: int | None
    open: bool
    sentence: Sentence
    product_id: str | None = None
    ref_id: str | None = None


def markers(rollup: Rollup, window: Window | None = None) -> tuple[Marker, ...]:
    """All markers that touch the window, in order of time."""
    ended = rollup.room.ended_at
    found = [_within_live(marker, ended) for source in SOURCES for marker in source(rollup)]
    shown = [marker for marker in found if window is None or _touches(marker, window)]
    return tuple(sorted(shown, key=lambda marker: (marker.start, KINDS.index(marker.kind), marker.id)))


def pinned(rollup: Rollup) -> dict[str, int]:
    """product_id to the epoch ms since which it is pinned, for what is pinned now: nothing once the LIVE has ended."""
    if rollup.room.ended_at is not None:
        return {}
    return {marker.product_id: marker.start for marker in _pins(rollup) if marker.open and marker.product_id}


def _touches(marker: Marker, window: Window) -> bool:
    if marker.end is None and not marker.open:
        return window.start <= marker.start < window.end
    return marker.start < window.end and (marker.end is None or marker.end > window.start)


def _within_live(marker: Marker, ended: int | None) -> Marker:
    """What still runs when the LIVE ends, ends with it."""
    if not marker.open or ended is None:
        return marker
    return replace(marker, open=False, end=max(ended, marker.start))


def _pins(rollup: Rollup) -> Iterator[Marker]:
    """A pin lasts until its product is unpinned, or another one is pinned where the room does not let several be;
    pinning it again changes nothing."""
    for line, end in _pin_intervals(rollup):
        sentence = Sentence.of("Pinned: {product}", product=product_title(rollup, line))
        yield _marker("pin", line, sentence, end, interval=True)


def _pin_intervals(rollup: Rollup) -> Iterator[tuple[Line, int | None]]:
    """By the rule of livedash.operate.pins.pinned_after; pins that name no product follow each other."""
    several = rollup.room.several_pins
    running: dict[str | None, Line] = {}
    for line in _stand(rollup.records("pin", "unpin")):
        begins, product = line["type"] == "pin", line.get("product_id")
        if begins and product is not None and product in running:
            continue
        whatever = not several if begins else product is None
        for ended in [one for one in running if whatever or one == product]:
            yield running.pop(ended), line["ts"]
        if begins:
            running[product] = line
    for line in running.values():
        yield line, None


def _stand(lines: Iterable[Line]) -> list[Line]:
    """The pins and unpins without those that were taken back (livedash.operate.pins.undo) and those that did so. The
    lines of one act are all of one moment, which no other act has."""
    said = list(lines)
    moments = {line["event_id"]: line["ts"] for line in said}
    undoes = {line["ts"]: moments[line["undoes"]] for line in said if line.get("undoes") in moments}
    void: set[int] = set()
    for ts in sorted(undoes, reverse=True):
        if ts not in void:
            void |= {ts, undoes[ts]}
    return [line for line in said if line["ts"] not in void or not line["event_id"].startswith(OURS)]


def _promotions(rollup: Rollup) -> Iterator[Marker]:
    for line, end in _intervals(rollup, "promotion_started", "promotion_ended"):
        sentence = Sentence.of("Promotion: {name}", name=promotion_name(rollup, line))
        yield _marker("promotion", line, sentence, end, interval=True)


def _giveaways(rollup: Rollup) -> Iterator[Marker]:
    """One that is yet to start is none. By the room's clock, its latest event, one is over when its time is over."""
    now = rollup.present or 0
    for turn in rollup.giveaways:
        if turn.called_off or turn.start > now:
            continue
        line = dict(turn.started)
        sentence = Sentence.of("Giveaway: {name}", name=product_title(rollup, line))
        end = None if turn.end is None or turn.end > now else turn.end
        yield replace(_marker("giveaway", line, sentence, end, interval=True), start=turn.start)


def _intervals(rollup: Rollup, begins: str, ends: str) -> Iterator[tuple[Line, int | None]]:
    """Lines that begin something, with the time of the line that ends it: the one of the same ref_id; one without a
    ref_id ends what began last."""
    running: dict[str, Line] = {}
    for line in rollup.records(begins, ends):
        ref = line.get("ref_id") or ""
        if line["type"] == begins:
            if ref in running:
                yield running.pop(ref), line["ts"]
            running[ref] = line
        elif running and (ref in running or not ref):
            yield running.pop(ref if ref in running else list(running)[-1]), line["ts"]
    for line in running.values():
        yield line, None


def _violations(rollup: Rollup) -> Iterator[Marker]:
    for line in rollup.records("violation"):
        yield _marker("violation", line, Sentence.of("Violation: {reason}", reason=violation_reason(line)))


def violation_reason(line: Line) -> str | Sentence:
    """The reason of a violation in the words of its log; where those are our own name for it, by that name, which has a
    translation."""
    said = str(line.get("reason") or line.get("text") or "")
    known = remedy(said).reason
    if plain(said) == plain(known):
        return Sentence.of(known)
    return said.replace("_", " ") or Sentence.of("no reason given")


def _listed(rollup: Rollup) -> Iterator[Marker]:
    """Products that joined once the LIVE had begun: those it began with are no news."""
    began = (rollup.room.started_at or 0) + OPENING_MS
    there: set[str] = set()
    for line in rollup.records("product_listed", "product_delisted"):
        product = line.get("product_id") or ""
        if line["type"] == "product_delisted":
            there.discard(product)
        elif product not in there:
            there.add(product)
            if line["ts"] > began:
                yield _marker("listed", line, Sentence.of("Listed: {product}", product=product_title(rollup, line)))


def _sold_out(rollup: Rollup) -> Iterator[Marker]:
    """The last piece of a product is gone, or of one SKU while others are left."""
    stock: dict[Sku, int] = {}
    for line in rollup.records("product_listed", "stock"):
        count = whole(line.get("stock" if line["type"] == "product_listed" else "count"))
        key = (text(line.get("product_id")), text(line.get("sku_id")))
        if count is not None:
            if count <= 0 < stock.get(key, 1) and line["type"] == "stock":
                yield _marker("sold_out", line, _gone(rollup, line, key, stock))
            stock[key] = count


def _gone(rollup: Rollup, line: Line, key: Sku, stock: Mapping[Sku, int]) -> Sentence:
    product, (product_id, sku) = product_title(rollup, line), key
    others = any(count > 0 for (of, other), count in stock.items() if of == product_id and other != sku)
    if sku and others:
        return Sentence.of("Sold out: {product}, SKU {sku}", product=product, sku=sku)
    return Sentence.of("Sold out: {product}", product=product)


def _prices(rollup: Rollup) -> Iterator[Marker]:
    for line in rollup.records("price_changed"):
        price = Amount(decimal(line.get("price")), "money")
        sentence = Sentence.of("New price: {product}, {price}", product=product_title(rollup, line), price=price)
        yield _marker("price", line, sentence)


def _hosts(rollup: Rollup) -> Iterator[Marker]:
    for line in rollup.records("host_changed"):
        yield _marker("host", line, Sentence.of("Host: {name}", name=str(line.get("host") or line.get("text") or "–")))


def _pauses(rollup: Rollup) -> Iterator[Marker]:
    paused = None
    for line in rollup.records("live_paused", "live_resumed", "live_started", "live_ended"):
        if line["type"] == "live_paused":
            paused = paused or line
        elif paused:
            yield _marker("pause", paused, Sentence.of("Paused"), line["ts"], interval=True)
            paused = None
    if paused:
        yield _marker("pause", paused, Sentence.of("Paused"), None, interval=True)


def pauses(rollup: Rollup) -> tuple[Marker, ...]:
    """The pauses of the LIVE by themselves: where they are all that is asked for, the rest need not be read."""
    ended = rollup.room.ended_at
    return tuple(_within_live(marker, ended) for marker in _pauses(rollup))


def _gaps(rollup: Rollup) -> Iterator[Marker]:
    for place, gap in enumerate(gaps(rollup)):
        yield Marker(f"gap-{place}-{gap.start}", "gap", gap.start, gap.end, False, Sentence.of("Nothing was recorded"))


def _marker(kind: str, line: Line, sentence: Sentence, end: int | None = None, *, interval: bool = False) -> Marker:
    return Marker(
        id=line["event_id"],
        kind=kind,
        start=line["ts"],
        end=end,
        open=interval and end is None,
        sentence=sentence,
        product_id=line.get("product_id"),
        ref_id=line.get("ref_id"),
    )


def promotion_name(rollup: Rollup, line: Line) -> str:
    """What a promotion is called: its title, its kind, or what its product is called."""
    said = line.get("title") or line.get("kind")
    return str(said).replace("_", " ") if said else product_title(rollup, line)


def product_title(rollup: Rollup, line: Line) -> str:
    """What a line's product is called; a line without one goes by what else it says of itself."""
    product_id = line.get("product_id")
    facts = rollup.product_facts.get(product_id) if isinstance(product_id, str) else None
    return facts.title if facts else str(line.get("title") or line.get("ref_id") or line.get("text") or "–")


SOURCES: tuple[Callable[[Rollup], Iterator[Marker]], ...] = (
    _pins, _promotions, _giveaways, _violations, _listed, _sold_out, _prices, _hosts, _pauses, _gaps,
)  # fmt: skip

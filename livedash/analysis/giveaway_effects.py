"""Answers what each giveaway went together with: for its product, for the others and for the LIVE, each figure against
what was to be expected without it. How that is judged is the matter of effects; no cause is named."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livedash.analysis.effects import Effect, PastCourse, effect, in_words
from livedash.analysis.entering import entries_of
from livedash.analysis.facts import on_edge
from livedash.analysis.giveaways import CALLED_OFF, SCHEDULED, touches
from livedash.analysis.markers import Marker, product_title
from livedash.analysis.metrics import GIVEAWAY_JUDGED, GIVEAWAY_OF_PRODUCT, GIVEAWAY_OF_ROOM
from livedash.rollup.fold import Rollup, Turn
from livedash.view import Window
from livedash.words import Amount, Sentence

MOST_PRODUCTS = 6
"""Products told of besides its own: those clicked most while it ran."""
MOST_COMPARED = 8
"""Giveaways held against each other; of more, the latest."""


@dataclass(frozen=True, slots=True)
class OfProduct:
    """What a giveaway went together with for one product. own: whether it is the one that is given away."""

    product_id: str
    title: str
    own: bool
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one giveaway went together with. room: figures of the LIVE; products: its own first; overlaps: other events
    in the same time or shortly before; running: whether it still runs, and so is told as far as it has come."""

    id: str
    name: str
    start: int
    end: int | None
    running: bool
    room: tuple[Effect, ...]
    products: tuple[OfProduct, ...]
    overlaps: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One of several giveaways. entries_a_minute: None where nobody counted; effects: GIVEAWAY_JUDGED of its product
    (of the LIVE where it names none)."""

    id: str
    name: str
    start: int
    entries_a_minute: float | None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several giveaways, the latest first, and which of them worked, in words; without sentences there are too few."""

    giveaways: tuple[Compared, ...]
    sentences: tuple[Sentence, ...]


def what_it_did(
    rollup: Rollup, window: Window | None, giveaway_id: str | None, history: tuple[PastCourse, ...] = ()
) -> Outcome | None:
    """What the giveaway of that id went together with (None: the latest that has run); None where there is none.

    history: past_course of the host's earlier LIVEs, for the figures of the LIVE."""
    ran = _have_run(rollup, window)
    turn = next((turn for turn in ran if giveaway_id in (None, turn.started["event_id"])), None)
    if turn is None:
        return None
    span, id_ = _span(rollup, turn), str(turn.started["event_id"])
    room = tuple(effect(rollup, span, key, without=(id_,), history=history) for key in GIVEAWAY_OF_ROOM)
    now = rollup.present or 0
    return Outcome(
        id=id_,
        name=product_title(rollup, dict(turn.started)),
        start=turn.start,
        end=turn.end,
        running=turn.end is None or turn.end > now,
        room=room,
        products=tuple(_of_product(rollup, span, id_, key, own) for key, own in _products(rollup, span, turn)),
        overlaps=room[0].overlaps,
    )


def which_worked(rollup: Rollup, window: Window | None) -> Comparison:
    """The giveaways that have run, held against each other."""
    ran = _have_run(rollup, window)[:MOST_COMPARED]
    compared = tuple(_compared(rollup, turn) for turn in ran)
    return Comparison(compared, tuple(_sentences(compared)) if len(compared) > 1 else ())


def _have_run(rollup: Rollup, window: Window | None) -> list[Turn]:
    """Those that have begun, the latest first."""
    now = rollup.present or 0
    begun = [turn for turn in rollup.giveaways if turn.state(now) not in (SCHEDULED, CALLED_OFF)]
    shown = [turn for turn in begun if window is None or touches(turn, window)]
    return sorted(shown, key=lambda turn: (turn.start, str(turn.started["event_id"])), reverse=True)


def _span(rollup: Rollup, turn: Turn) -> Window:
    """The time it ran, from a whole second on; as far as it has come."""
    start = on_edge(rollup, turn.start)
    until = (rollup.present or 0) + 1
    return Window(start, max(min(turn.end or until, until), start + 1))


def _products(rollup: Rollup, span: Window, turn: Turn) -> list[tuple[str, bool]]:
    """Its own product, and the others that were clicked most meanwhile."""
    own = turn.started.get("product_id")
    table = rollup.products(span)
    clicks = table["product_clicks"].to_numpy()
    names = [str(table.index[place]) for place in np.argsort(-clicks, kind="stable") if clicks[place] > 0]
    others = [name for name in names if name != own and name in rollup.product_facts][:MOST_PRODUCTS]
    first = [(own, True)] if isinstance(own, str) and own in rollup.product_facts else []
    return first + [(name, False) for name in others]


def _of_product(rollup: Rollup, span: Window, id_: str, product_id: str, own: bool) -> OfProduct:
    return OfProduct(
        product_id=product_id,
        title=rollup.product_facts[product_id].title,
        own=own,
        effects=tuple(effect(rollup, span, key, product_id=product_id, without=(id_,)) for key in GIVEAWAY_OF_PRODUCT),
    )


def _compared(rollup: Rollup, turn: Turn) -> Compared:
    span, id_, own = _span(rollup, turn), str(turn.started["event_id"]), turn.started.get("product_id")
    product = own if isinstance(own, str) and own in rollup.product_facts else None
    entries = entries_of(rollup, turn.started.get("ref_id"), dict(turn.ended or {}))
    minutes = (span.end - span.start) / 60_000
    return Compared(
        id=id_,
        name=product_title(rollup, dict(turn.started)),
        start=turn.start,
        entries_a_minute=None if entries is None else entries / minutes,
        effects=tuple(effect(rollup, span, key, product_id=product, without=(id_,)) for key in GIVEAWAY_JUDGED),
    )


def _sentences(compared: tuple[Compared, ...]) -> list[Sentence]:
    """Which worked best, by the weightiest figure of which any has risen clearly; what the others came to."""
    for place in range(len(GIVEAWAY_JUDGED)):
        up = [one for one in compared if _rose(one.effects[place])]
        if up:
            best = max(up, key=lambda one: one.effects[place].low or 0)
            return [_best(best, place), _others(len(up) - 1, len(compared) - 1)]
    down = sum(any(_fell(one) for one in giveaway.effects) for giveaway in compared)
    untold = sum(all(one.why_not is not None for one in giveaway.effects) for giveaway in compared)
    if untold == len(compared):
        return [Sentence.of("Of none of them is there enough data to tell.")]
    said = [Sentence.of("None of them clearly went together with more clicks or orders of its product.")]
    if down:
        said.append(Sentence.of("With fewer: {n}.", n=Amount(down)))
    return said


def _best(best: Compared, place: int) -> Sentence:
    return Sentence.of(
        "Best went {name} at {time}: {effect}.",
        name=best.name, time=Amount(best.start, "time"), effect=in_words(best.effects[place]),
    )  # fmt: skip


def _others(up: int, others: int) -> Sentence:
    if others == 1:
        return Sentence.of("The other rose clearly too.") if up else Sentence.of("The other shows no clear rise.")
    if up == 0:
        return Sentence.of("The others show no clear rise.")
    return Sentence.of("With a clear rise too: {n} of the other {all}.", n=Amount(up), all=Amount(others))


def _rose(one: Effect) -> bool:
    return one.clear and (one.low or 0) > 0


def _fell(one: Effect) -> bool:
    return one.clear and (one.high or 0) < 0

"""Which product to pin next, read from a real log: what is counted as pinned, who is a candidate, and why."""
from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from livedash.analysis import pin_next as module
from livedash.analysis.pin_next import PinNext, Reading
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from tests.livedash.build import (
    START,
    Event,
    at,
    ended,
    enter,
    event,
    lists,
    live,
    order,
    pin,
    rollup,
    says,
    stock,
    unpin,
    viewers,
)

MINUTES = 60
NAMES = {"p": "Cream", "q": "Serum", "r": "Wash"}


def selling(product: str, every: float, start: float, end: float, price: float = 20) -> list[Event]:
    """One order of the product every so many seconds, from start to end (minutes)."""
    times = np.arange(start * 60 + every / 2, end * 60, every)
    return [at(ts, order(f"u{ts}", price, product, order_id=f"{product}{ts}", quantity=1)) for ts in times.tolist()]


def pinning(product: str, start: float, end: float) -> list[Event]:
    return [at(60 * start, pin(product)), at(60 * end, unpin(product))]


def usual(*more: Event) -> Rollup:
    """An hour: cream is sold every minute while pinned, serum every three, wash hardly ever."""
    return live(
        *(at(1, lists(product, title=NAMES[product], price=20, stock=500)) for product in NAMES),
        *(at(20 * n, viewers(100)) for n in range(MINUTES * 3)),
        *pinning("p", 5, 20), *pinning("q", 25, 40), *pinning("r", 42, 54),
        *selling("p", 60, 5, 20), *selling("p", 600, 20, 60),
        *selling("q", 180, 25, 40), *selling("q", 600, 0, 25), *selling("q", 600, 40, 60),
        *selling("r", 1200, 0, 60),
        *more,
        at(MINUTES * 60 + 1, enter("last")),
    )  # fmt: skip


def pin_next(room: Rollup) -> PinNext:
    """As of its last event: these LIVEs are of 2024, and would count as ended long ago."""
    return module.pin_next(as_of(room, room.last_ts))


def said(answer: PinNext) -> list[str]:
    assert answer.best is not None
    return [sentence.in_english() for sentence in answer.best.why]


def test_the_product_that_sells_best_while_pinned_with_what_that_rests_on() -> None:
    answer = pin_next(usual())
    best = answer.best
    assert best is not None and (best.product_id, best.title) == ("p", "Cream")
    assert Decimal(40) <= best.low < best.middle < best.high <= Decimal(400)
    assert answer.at == START + MINUTES * 60_000
    assert said(answer)[0] == "15 orders in 900.0 pinned, 4 in 2699.0 not pinned."
    assert said(answer)[1].startswith("Last pinned 2400.0 ago")
    assert "About 481 left by now." in said(answer), "500 were listed and 19 sold since"


def test_what_is_pinned_now_is_not_advised() -> None:
    answer = pin_next(usual(at(3_500, pin("p"))))
    assert answer.best is None or answer.best.product_id != "p"
    [stays] = [answer.why_not] if answer.why_not else [None]
    assert stays is None or "Cream" in stays.in_english()


def test_what_is_delisted_or_sold_out_is_not_advised() -> None:
    for gone in (at(3_500, event("product_delisted", product_id="p")), at(3_500, stock("p", 0))):
        answer = pin_next(usual(gone))
        assert answer.best is not None and answer.best.product_id == "q"


def test_stock_caps_the_range_and_is_said() -> None:
    answer = pin_next(usual(at(3_590, stock("p", 2)), *(at(3_590, stock(other, 0)) for other in "qr")))
    best = answer.best
    assert best is not None and best.product_id == "p" and best.high == Decimal(40)
    assert "Only about 2 left by now: no more can be sold." in said(answer)


def test_the_price_of_now_counts() -> None:
    dearer = pin_next(usual(at(3_590, event("price_changed", product_id="p", price=40)))).best
    before = pin_next(usual()).best
    assert dearer is not None and before is not None and dearer.middle == 2 * before.middle


def test_what_viewers_ask_is_told() -> None:
    asked = [at(3_300 + n, says(f"v{n % 3}", "is the cream ok for dry skin?")) for n in range(6)]
    assert "Viewers who asked about it in the last ten minutes: 3." in said(pin_next(usual(*asked)))


def test_a_product_never_pinned_says_so() -> None:
    room = usual(at(1, lists("new", title="Balm", price=20)), *selling("new", 300, 0, 60))
    answer = Reading(room).forecast(MINUTES, "new")
    assert answer is not None and "not pinned so far" in answer.why[0].in_english()


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (rollup(), "Too early"),
        (live(*selling("p", 5, 0, 5), at(301, enter("a"))), "Too early"),
        (live(at(60, pin("p")), at(1_300, enter("a")), *selling("p", 300, 0, 20)), "Too few orders"),
        (live(at(0, lists("p", price=5)), *selling("p", 20, 0, 20), at(1_300, enter("a"))), "Nothing was pinned"),
    ],
)
def test_with_too_little_it_says_so_and_guesses_nothing(room: Rollup, words: str) -> None:
    answer = pin_next(room)
    assert answer.best is None and answer.why_not is not None and answer.why_not.in_english().startswith(words)


def test_after_the_end_nothing_is_advised() -> None:
    answer = module.pin_next(usual(at(3_599, ended())))
    assert answer.best is None and answer.why_not is not None and "ended" in answer.why_not.in_english()


def test_as_of_a_past_moment_it_knows_no_more_than_then() -> None:
    """The reading of an earlier minute is that of the room as it was."""
    room = usual()
    then = module.pin_next(as_of(room, START + 45 * 60_000))
    assert then == Reading(room).at(45) and then != pin_next(room)


def test_what_was_advised_lately_gives_way() -> None:
    room = usual(*selling("q", 100, 25, 40))
    reading = Reading(room)
    first = reading.at(MINUTES).best
    assert first is not None
    second = reading.at(MINUTES, lately=(first.product_id,)).best
    assert second is not None and second.product_id != first.product_id


def test_orders_without_a_price_are_not_taken_for_sales() -> None:
    """The winners of a giveaway order at no price."""
    free = [at(1_300 + n, order(f"w{n}", 0, "r", order_id=f"w{n}")) for n in range(50)]
    with_them, without = pin_next(usual(*free)), pin_next(usual())
    assert with_them.best is not None and without.best is not None
    assert with_them.best.middle == without.best.middle

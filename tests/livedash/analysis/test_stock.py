"""What is left is what was last reported, less what was sold since."""
from __future__ import annotations

from livedash.analysis.stock import left
from livedash.rollup.past import as_of
from tests.livedash.build import START, Event, at, clicks, event, lists, live, order, refund, stock


def sold(second: float, quantity: int, sku: str | None = None, **more: str) -> Event:
    said = {"quantity": quantity, "order_id": f"o{second}", **({"sku_id": sku} if sku else {}), **more}
    return at(second, order("u", 1, **said))  # type: ignore[arg-type]


def reported(second: float, sku: str, count: int) -> Event:
    return at(second, event("stock", product_id="p", sku_id=sku, count=count))


def test_what_was_sold_since_the_last_report_is_gone() -> None:
    room = live(at(1, lists("p", stock=100)), sold(2, 60), at(3, stock("p", 40)), sold(4, 5), sold(5, 3))
    assert left(room) == {"p": 32}
    assert left(as_of(room, START + 3000)) == {"p": 40}


def test_what_was_sold_at_the_moment_of_the_report_is_in_it() -> None:
    assert left(live(at(1, lists("p", stock=9)), sold(2, 4), at(2, stock("p", 5)))) == {"p": 5}


def test_it_is_never_less_than_nothing() -> None:
    assert left(live(at(1, lists("p", stock=3)), sold(2, 5))) == {"p": 0}
    assert left(live(at(1, lists("p", stock=-3)))) == {"p": 0}


def test_nothing_is_known_of_what_was_never_reported() -> None:
    assert left(live(at(1, lists("p")), sold(2, 5), clicks("a", "q"))) == {}
    assert left(live()) == {}


def test_each_sku_is_counted_since_its_own_report() -> None:
    room = live(
        reported(1, "red", 50), reported(1, "blue", 30), sold(2, 20, "red"), sold(3, 30, "blue"), reported(4, "blue", 0)
    )
    assert left(room) == {"p": 30}


def test_one_sku_that_is_oversold_takes_nothing_from_another() -> None:
    assert left(live(reported(1, "red", 5), reported(1, "blue", 5), sold(2, 9, "blue"))) == {"p": 5}


def test_a_sale_without_a_sku_is_of_one_of_them_and_one_of_an_unknown_sku_of_none() -> None:
    room = live(reported(1, "red", 5), reported(1, "blue", 5), sold(2, 2), sold(3, 4, "green"))
    assert left(room) == {"p": 8}


def test_a_stock_of_the_whole_product_is_that_of_all_its_skus() -> None:
    assert left(live(at(1, lists("p", stock=10)), sold(2, 2, "red"), sold(3, 3, "blue"))) == {"p": 5}


def test_money_of_another_country_buys_pieces_too_and_a_refund_brings_none_back() -> None:
    room = live(at(1, lists("p", stock=10)), sold(2, 2, currency="EUR"), sold(3, 1), at(4, refund("o3", 1)))
    assert left(room) == {"p": 7}


def test_only_what_is_asked_for_is_told() -> None:
    room = live(lists("p", stock=1), lists("q", stock=2))
    assert left(room, ("q", "unknown")) == {"q": 2}

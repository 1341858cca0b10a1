"""Products with every figure of theirs, and what can be said of one on air."""
from __future__ import annotations

from decimal import Decimal

import pytest

from livedash.analysis.metrics import METRICS
from livedash.analysis.products import Product, products, talking_points
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from tests.livedash.build import (
    START,
    adds,
    at,
    between,
    clicks,
    ended,
    event,
    lists,
    live,
    order,
    pin,
    refund,
    says,
    sees,
    stock,
    unpin,
)


def of(room: Rollup, product_id: str = "p") -> Product:
    return next(product for product in products(room, None) if product.product_id == product_id)


def test_a_product_has_its_facts() -> None:
    room = live(
        lists("p", title="Cream", price="24.90", stock=50, sku_id="10418", image="cream.jpg"), stock("p", 38),
        event("price_changed", product_id="p", price="19.90"), pin("p"), at(100, clicks("a")),
    )  # fmt: skip
    cream = of(room)
    assert (cream.title, cream.sku_ids, cream.price, cream.stock) == ("Cream", ("10418",), Decimal("19.90"), 38)
    assert (cream.image, cream.delisted) == ("cream.jpg", False)
    assert cream.pinned_since == START + 4000


def test_a_product_has_every_figure_of_products() -> None:
    room = live(
        *(sees("a") for _ in range(10)), *(clicks("a") for _ in range(4)), adds("a"), stock("p", 7),
        order("a", 20, quantity=2, order_id="x", sku_id="s"), order("a", 10, order_id="x", sku_id="t"),
        order("b", 10, order_id="y", sku_id="s"), refund("y", 6), order("c", 99, "q"),
    )  # fmt: skip
    expected = {
        "product_impressions": 10, "product_clicks": 4, "product_ctr": 0.4, "add_to_cart": 1, "orders": 2,
        "sku_orders": 3, "items_sold": 4, "direct_gmv": 60, "customers": 2, "ctor": 0.5, "ctor_sku": 0.75,
        "avg_price": 15, "refund_rate": 0.1, "stock_left": 7,
    }  # fmt: skip
    found = of(room).metrics
    assert {key: found[key] for key in expected} == expected
    assert set(found) == {key for key, metric in METRICS.items() if "product" in metric.by}


def test_nobody_clicked_is_no_rate_and_no_feed_is_no_count() -> None:
    room = live(sees("a"), order("a", 1), clicks("a", "q"))
    found = of(room).metrics
    assert (found["ctor"], found["product_clicks"], found["add_to_cart"]) == (None, 0, None)


def test_the_pinned_product_comes_first_then_those_seen_most() -> None:
    seen = [*(sees("a", "often") for _ in range(3)), sees("a", "once"), clicks("a", "never")]
    room = live(*seen, sees("a", "pinned"), pin("pinned"))
    assert [product.product_id for product in products(room, None)] == ["pinned", "often", "once", "never"]


def test_a_window_has_its_own_figures_and_all_products() -> None:
    room = live(at(1, lists("q", title="Later")), at(10, clicks("a")), at(70, clicks("a")), at(71, clicks("b")))
    found = {product.product_id: product.metrics["product_clicks"] for product in products(room, between(60, 120))}
    assert found == {"p": 2, "q": 0}


def test_a_product_that_nothing_names_goes_by_its_id() -> None:
    assert of(live(clicks("a", "1729384756019283746")), "1729384756019283746").title == "1729384756019283746"


# --- talking points


def sentences(room: Rollup, product_id: str = "p") -> list[str]:
    return [point.sentence.in_english() for point in talking_points(room, product_id)]


def test_its_own_text_comes_first_line_by_line() -> None:
    room = live(lists("p", text="Two kinds of ceramides.\n\nNo perfume {really}.\n", price="24.90", stock=12))
    assert sentences(room) == [
        "Two kinds of ceramides.", "No perfume {really}.", "It costs 24.90.", "Left in stock: 12.",
    ]  # fmt: skip
    rest = [point.rests_on.in_english() for point in talking_points(room, "p")]
    assert rest[0] == "From the product's own text." and rest[2] == "The price last listed."


def test_what_sold_and_its_best_minute() -> None:
    room = live(
        at(0, order("a", 1, order_id="x")), at(60, order("b", 1, quantity=2)), at(90, order("c", 1)),
        at(100, order("d", 1, "q", quantity=9)), at(130, refund("x", 1)),
    )  # fmt: skip
    assert sentences(room) == ["Sold in this LIVE: 4.", f"Its best minute was {START + 60_000}, with 3 sold."]


def test_single_sales_have_no_best_minute() -> None:
    assert sentences(live(order("a", 1))) == ["Sold in this LIVE: 1."]


def test_what_viewers_ask_most_while_it_is_pinned_or_about_it_by_name() -> None:
    room = live(
        lists("p"), lists("q"),
        says("z", "how long is shipping?"), pin("p"),
        says("a", "Is it vegan?"), says("b", "is it vegan"), says("c", "lovely"), says("e", "how much is it?"),
        says("d", "what size is it?", product_id="q"), unpin("p"), says("f", "where are you?"),
    )  # fmt: skip
    assert sentences(room) == ["Viewers ask: “is it vegan”"]
    assert sentences(room, "q") == ["Viewers ask: “what size is it?”"]
    assert talking_points(room, "p")[0].rests_on.in_english() == "Times asked lately: 2."


def test_entering_a_giveaway_asks_nothing() -> None:
    assert sentences(live(pin("p"), says("a", "where?", ref_id="giveaway-1"), clicks("a"))) == []


def test_a_product_that_is_not_there() -> None:
    with pytest.raises(Problem) as problem:
        talking_points(live(lists("p"), ended()), "q")
    assert problem.value.code == "product-unknown" and "q" in str(problem.value)

"""Products with every figure of theirs."""
from __future__ import annotations

from decimal import Decimal

from livedash.analysis.metrics import METRICS
from livedash.analysis.products import Product, products
from livedash.rollup.fold import Rollup
from tests.livedash.build import (
    START,
    adds,
    at,
    between,
    clicks,
    event,
    lists,
    live,
    order,
    pin,
    refund,
    sees,
    stock,
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

"""Answers how many pieces of a product are left: what was last reported, less what was sold since. The metric of the
stock is not computed here: that tells what was reported."""
from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from livedash.rollup.fold import Rollup
from livedash.rollup.groups import PAID
from livedash.rollup.room import ProductFacts


def left(rollup: Rollup, product_ids: Collection[str] | None = None) -> dict[str, int]:
    """Pieces left by product, of those asked for (None: all) whose stock was ever reported. What is refunded or called
    off does not come back by itself: the next report says whether it did."""
    facts = {
        product_id: about
        for product_id, about in rollup.product_facts.items()
        if about.stocks and (product_ids is None or product_id in product_ids)
    }
    if not facts:
        return {}
    since = min(one.at for about in facts.values() for one in about.stocks)
    both = np.concatenate([rollup.lines(None, ours) for ours in (True, False)])
    paid = both[(both["type"] == PAID) & (both["product"] >= 0) & (both["ts"] > since)]
    paid = paid[np.argsort(paid["product"], kind="stable")]
    codes = {product_id: code for code, product_id in enumerate(rollup.products(None).index)}
    skus = {name: code for code, name in enumerate(rollup.sku_names)}
    found = {}
    for product_id, about in facts.items():
        first, last = np.searchsorted(paid["product"], (codes[product_id], codes[product_id] + 1))
        found[product_id] = left_of(about, paid[first:last], skus)
    return found


def left_of(about: ProductFacts, sold: np.ndarray, skus: Mapping[str, int]) -> int:
    """Pieces left of one product whose stock was reported. sold: its paid lines; skus: codes of SKUs in these. What was
    reported at the very moment of a sale has that sale in it."""
    total = 0
    for one in about.stocks:
        mine = sold if one.sku_id is None else sold[sold["sku"] == skus.get(one.sku_id, -1)]
        total += max(one.count - _pieces(mine, one.at), 0)
    if any(one.sku_id is None for one in about.stocks):
        return total
    # Who sells without naming the SKU has sold one of them; the line goes by its product then.
    unnamed = sold[(sold["sku"] < 0) | (sold["sku"] == skus.get(about.product_id, -1))]
    return max(total - _pieces(unnamed, about.stock_at or 0), 0)


def _pieces(sold: np.ndarray, since: int) -> int:
    return int(sold["quantity"][sold["ts"] > since].sum())

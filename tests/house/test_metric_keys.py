"""One figure, one place: no module but the registry spells a metric's key, so that adding one edits one file."""
from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from livedash.analysis.metrics import METRICS
from tests.house.trees import Module, modules, snippet

REGISTRY = "livedash.analysis.metrics"

EVERYDAY = {
    "impressions", "views", "viewers", "customers", "orders", "sku_orders", "created_orders", "product_impressions",
    "product_clicks", "add_to_cart", "likes", "comments", "shares", "gifts", "diamonds", "long_views",
}
"""Keys that are also the names of what is counted (event types, base measures): these words mean both, and are free."""


def spelled_keys(module: Module, keys: set[str]) -> Iterator[str]:
    for text in module.strings():
        if text.value in keys:
            yield f"{module.name}:{text.lineno} spells the metric {text.value}; take it from the registry"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_only_the_registry_spells_a_metric(module: Module) -> None:
    if module.name != REGISTRY:
        assert list(spelled_keys(module, set(METRICS) - EVERYDAY)) == []


def test_the_everyday_words_are_still_metrics() -> None:
    assert set(METRICS) >= EVERYDAY


def test_a_spelled_metric_is_found() -> None:
    assert list(spelled_keys(snippet("layouts.parts.overview", 'figures["ctor"]'), {"ctor"}))
    free = '"""ctor"""\nfigure.ctor; figures[HEADLINE]'
    assert list(spelled_keys(snippet("layouts.parts.overview", free), {"ctor"})) == []


def test_the_registry_is_declared_by_literals() -> None:
    [registry] = [module for module in modules("livedash") if module.name == REGISTRY]
    spelled = {text.value for text in registry.strings()}
    assert set(METRICS) <= spelled, "a key that is put together cannot be searched for"
    assert isinstance(registry.tree, ast.Module)

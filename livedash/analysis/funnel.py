"""Answers where viewers drop out: the funnel of counts, and beside it the ordered funnel of users."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import Sentence


@dataclass(frozen=True, slots=True)
class Stage:
    """key: a metric key (impressions, views, product_clicks, orders); rate: from the stage before, a fraction."""

    key: str
    count: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The stage that loses most against what is usual. compared_with says which usual: earlier LIVEs or the window before."""

    key: str
    rate: float
    usual: float
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Funnel:
    stages: tuple[Stage, ...]
    bottleneck: Bottleneck | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserStage:
    """stage: entered, product_impression, product_click, add_to_cart, order_paid; users: distinct, in order."""

    stage: str
    users: int
    rate: float | None


def funnel(rollup: Rollup, window: Window | None, usual: dict[str, float] | None = None) -> Funnel:
    """The funnel of the window. usual: this seller's own rate per stage over earlier LIVEs; without it the bottleneck is
    told against the window before."""
    raise NotImplementedError


def user_funnel(rollup: Rollup, window: Window | None) -> tuple[UserStage, ...]:
    """Distinct users who took the stages in order."""
    raise NotImplementedError

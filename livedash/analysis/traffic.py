"""Answers where viewers come from: channels in two levels, paid and organic apart."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from livedash.rollup.fold import Rollup
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Channel:
    """One traffic channel; source None means that the events name none. Shares are of all views (of all GMV)."""

    source: str | None
    sub_source: str | None
    paid: bool
    impressions: int | None
    views: int
    viewers: int
    tap_through_rate: float | None
    product_clicks: int | None
    orders: int | None
    ctor: float | None
    direct_gmv: Decimal | None
    view_share: float | None
    gmv_share: float | None


@dataclass(frozen=True, slots=True)
class Traffic:
    """channels: first level, most views first. parts: second level, by (source, paid). missing: types the log lacks."""

    channels: tuple[Channel, ...]
    parts: dict[tuple[str | None, bool], tuple[Channel, ...]]
    missing: tuple[str, ...]


def traffic(rollup: Rollup, window: Window | None) -> Traffic:
    """Every channel of the window with its figures, most views first."""
    raise NotImplementedError

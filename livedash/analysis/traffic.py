"""Answers where viewers come from: channels in two levels, paid and organic apart. Channels are named as the log names
them, whatever they are called."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from livedash.analysis.facts import live_ms
from livedash.analysis.metrics import BASE, CHANNEL, METRICS, MONEY
from livedash.rollup.fold import Rollup
from livedash.view import Window

COUNTS = ("impressions", "views", "viewers", "product_clicks", "orders", "gmv", "ad_cost")


@dataclass(frozen=True, slots=True)
class Channel:
    """One traffic channel; source None means that the events name none. Shares are of all views (of all GMV). ad_cost:
    None where no line tells one of this channel."""

    source: str | None
    sub_source: str | None
    paid: bool
    impressions: int | None
    views: int | None
    viewers: int | None
    tap_through_rate: float | None
    product_clicks: int | None
    orders: int | None
    ctor: float | None
    direct_gmv: Decimal | None
    view_share: float | None
    gmv_share: float | None
    ad_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Traffic:
    """channels: first level, most views first. parts: second level, by (source, paid), for channels that have one.
    missing: types the log lacks."""

    channels: tuple[Channel, ...]
    parts: dict[tuple[str | None, bool], tuple[Channel, ...]]
    missing: tuple[str, ...]


SHOWN = tuple(METRICS[field.name] for field in fields(Channel) if field.name in METRICS)
"""The metrics that a Channel holds."""


class ChannelFacts:
    """The base measures of one channel, for the registry's formulas."""

    def __init__(self, counts: Mapping[str, int], types: Mapping[str, int], live: int | None) -> None:
        self._counts, self._types, self._live = counts, types, live

    def __getitem__(self, name: str, /) -> int | None:
        if BASE[name].lacks(self._types):
            return None
        if name == "live_ms":
            return self._live
        return self._counts["views" if name == "shown_views" else name]


def traffic(rollup: Rollup, window: Window | None) -> Traffic:
    """Every channel of the window with its figures, most views first."""
    table = rollup.channels(window)
    rows: list[dict[Any, Any]] = [row for row in table.to_dict("records") if any(row[name] for name in COUNTS)]
    totals = {name: sum(row[name] for row in rows) for name in COUNTS}
    groups: dict[tuple[str | None, bool], list[dict[Any, Any]]] = {}
    for row in rows:
        groups.setdefault((row["source"], bool(row["paid"])), []).append(row)
    viewers = rollup.channel_viewers(window)
    live = live_ms(rollup, window)
    firsts = [
        {"source": source, "sub_source": None, "paid": paid}
        | {name: sum(row[name] for row in parts) for name in COUNTS}
        | {"viewers": viewers.get((source, paid), 0)}
        for (source, paid), parts in groups.items()
    ]
    return Traffic(
        channels=_channels(firsts, totals, rollup.types, live),
        parts={
            key: _channels(parts, totals, rollup.types, live)
            for key, parts in groups.items()
            if any(row["sub_source"] is not None for row in parts)
        },
        missing=tuple(dict.fromkeys(kind for metric in SHOWN for kind in metric.lacks(rollup.types))),
    )


def _channels(
    rows: Iterable[Mapping[Any, Any]], totals: Mapping[str, int], types: Mapping[str, int], live: int | None
) -> tuple[Channel, ...]:
    ordered = sorted(rows, key=lambda row: (-row["views"], -row["impressions"], -row["gmv"], str(row["source"])))
    return tuple(_channel(row, totals, types, live) for row in ordered)


def _channel(row: Mapping[Any, Any], totals: Mapping[str, int], types: Mapping[str, int], live: int | None) -> Channel:
    facts = ChannelFacts(row, types, live)
    figures: dict[str, Any] = {metric.key: metric.compute(facts)[0] for metric in SHOWN if CHANNEL in metric.by}
    return Channel(
        source=row["source"],
        sub_source=row["sub_source"],
        paid=bool(row["paid"]),
        view_share=row["views"] / totals["views"] if totals["views"] else None,
        gmv_share=row["gmv"] / totals["gmv"] if totals["gmv"] else None,
        ad_cost=Decimal(row["ad_cost"]) / MONEY if row["ad_cost"] else None,
        **figures,
    )

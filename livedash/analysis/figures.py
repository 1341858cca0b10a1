"""Every figure of a window as plain values that JSON can hold: what `python -m livedash figures` prints. Money is
written as exact decimal strings, times as RFC 3339 in UTC, and what has no value as None."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from livedash.analysis.facts import RoomFacts, whole
from livedash.analysis.funnel import USER_STAGES, Funnel, funnel, user_funnel
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import METRICS, OF_OTHER_CURRENCIES, PLAIN
from livedash.analysis.products import Product, products
from livedash.analysis.traffic import Channel, traffic
from livedash.rollup.fold import Rollup
from livedash.view import Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CENTS = Decimal("0.01")

Json = dict[str, Any]


def figures(
    rollup: Rollup, window: Window | None, steps: tuple[str, ...] = (), within_ms: int | None = None
) -> Json:
    """All figures of the window (None: of the whole log). steps: event types to follow users through in `user_funnel`
    instead of the usual stages, within_ms from the first of them to the last."""
    facts = RoomFacts(rollup, window)
    drop = funnel(rollup, window)
    return {
        "room": _room(rollup),
        "window": _window(window or whole(rollup)),
        "log": _log(rollup),
        "metrics": {key: plain(metric.compute(facts)[0]) for key, metric in METRICS.items()},
        "plain_quotients": {key: plain(formula(facts)[0]) for key, formula in PLAIN.items()},
        "missing": {key: list(lacks) for key, metric in METRICS.items() if (lacks := metric.lacks(rollup.types))},
        "other_currencies": {
            currency: {metric.key: plain(metric.compute(sums)[0]) for metric in OF_OTHER_CURRENCIES}
            for currency, sums in rollup.other_currencies(window).items()
        },
        "funnel": [{"stage": stage.key, "count": stage.count, "rate": stage.rate} for stage in drop.stages],
        "bottleneck": _bottleneck(drop),
        "user_funnel": _steps(rollup, window, steps, within_ms) if steps else _user_funnel(rollup, window),
        "products": [_product(product) for product in products(rollup, window)],
        "channels": [_channel(channel) for channel in traffic(rollup, window).channels],
        "markers": [_marker(marker) for marker in markers(rollup, window)],
    }


def plain(value: Any) -> Any:
    """Decimals as strings with at least two decimals and no superfluous ones; everything else as it is."""
    if not isinstance(value, Decimal):
        return value
    shortest = value.normalize()
    return f"{shortest.quantize(CENTS) if shortest == shortest.quantize(CENTS) else shortest:f}"


def instant(ms: int | None) -> str | None:
    """Epoch milliseconds as RFC 3339 in UTC."""
    if ms is None:
        return None
    return (EPOCH + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _room(rollup: Rollup) -> Json:
    room = rollup.room
    return {
        "id": room.id,
        "title": room.title,
        "host": room.host,
        "state": room.state,
        "started_at": instant(room.started_at),
        "ended_at": instant(room.ended_at),
        "currency": room.currency,
        "timezone": room.timezone,
    }


def _window(window: Window | None) -> Json:
    return {"from": instant(window.start), "to": instant(window.end)} if window else {"from": None, "to": None}


def _log(rollup: Rollup) -> Json:
    log = rollup.log
    return {
        **asdict(log.total),
        "types": dict(sorted(log.total.types.items())),
        "unknown_types": dict(sorted(log.unknown_types.items())),
        "files": {name: asdict(account) for name, account in sorted(log.files.items())},
    }


def _bottleneck(drop: Funnel) -> Json | None:
    worst = drop.bottleneck
    if worst is None:
        return None
    return {"stage": worst.key, "rate": worst.rate, "usual": worst.usual, "sentence": worst.sentence.in_english()}


def _user_funnel(rollup: Rollup, window: Window | None) -> list[Json]:
    users = {stage.stage: stage.users for stage in user_funnel(rollup, window)}
    return [{"stage": stage, "users": users.get(stage)} for stage in USER_STAGES]


def _steps(rollup: Rollup, window: Window | None, steps: tuple[str, ...], within_ms: int | None) -> list[Json]:
    counts = rollup.ordered_funnel(list(steps), window, within_ms)
    return [{"stage": step, "users": users} for step, users in zip(steps, counts, strict=True)]


def _product(product: Product) -> Json:
    return {"product_id": product.product_id, "title": product.title} | _all_plain(product.metrics)


def _channel(channel: Channel) -> Json:
    return _all_plain({name: value for name, value in asdict(channel).items() if name != "sub_source"})


def _marker(marker: Marker) -> Json:
    return {
        "id": marker.id,
        "kind": marker.kind,
        "start": instant(marker.start),
        "end": instant(marker.end),
        "open": marker.open,
        "product_id": marker.product_id,
        "ref_id": marker.ref_id,
        "sentence": marker.sentence.in_english(),
    }


def _all_plain(values: Mapping[str, Any]) -> Json:
    return {name: plain(value) for name, value in values.items()}

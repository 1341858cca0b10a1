"""What feeds a metric, in a reader's words: the names of event types are those of the log, and stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from livedash.analysis.metrics import Metric
from livedash.locale import Words


def feeds(metric: Metric, types: Sequence[str], words: Words) -> str:
    """These event types in a row; where one of them is enough for the metric, said so."""
    if metric.either and len(types) > 1:
        return words("{types} or {type}", types=", ".join(types[:-1]), type=types[-1])
    return ", ".join(types)

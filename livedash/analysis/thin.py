"""Chooses which points of a long line are drawn, when there are more of them than pixels. It changes no value, and a
gap stays a gap."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RATIO = 4
"""Extremes kept for each point that is drawn in the end."""


def thinned(values: Sequence[float | None], points: int) -> list[int]:
    """The places of the values to draw, rising; at most `points` and two more for each run between gaps. All of them
    where there are no more.

    MinMaxLTTB (Van Der Donckt and others 2023, arXiv:2305.00332): of every slice its least and its greatest value, and
    of those, by Largest-Triangle-Three-Buckets (Steinarsson 2013), the ones that make the line what it is. Every run of
    values is thinned by itself, and of every gap one place is kept, so that the line breaks there.
    """
    if len(values) <= points:
        return list(range(len(values)))
    y = np.array([np.nan if value is None else value for value in values], np.float64)
    known = ~np.isnan(y)
    changes = np.flatnonzero(np.diff(known)) + 1
    kept: list[int] = []
    for first, last in zip([0, *changes.tolist()], [*changes.tolist(), len(y)], strict=True):
        if not known[first]:
            kept.append(first)
            continue
        share = max(2, points * (last - first) // len(y))
        kept.extend((first + _line(y[first:last], share)).tolist())
    return kept


def _line(y: np.ndarray, points: int) -> np.ndarray:
    """Places of at most `points` values of a line without gaps, its ends among them."""
    x = np.arange(len(y))
    if len(y) > points * RATIO:
        x = _extremes(y, points * RATIO)
    return x[_largest_triangles(x, y[x], points)]


def _extremes(y: np.ndarray, points: int) -> np.ndarray:
    edges = np.linspace(1, len(y) - 1, points // 2 + 1).astype(np.int64)
    found = [0, len(y) - 1]
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if first < last:
            part = y[first:last]
            found += [first + int(part.argmin()), first + int(part.argmax())]
    return np.unique(found)


def _largest_triangles(x: np.ndarray, y: np.ndarray, points: int) -> np.ndarray:
    """From each slice the point that makes the largest triangle with the one kept before and the mean of the next."""
    if len(x) <= points:
        return np.arange(len(x))
    if points < 3:
        return np.array([0, len(x) - 1])
    edges = np.linspace(1, len(x) - 1, points - 1).astype(np.int64).tolist()
    kept = [0]
    for place in range(points - 2):
        first, last = edges[place], edges[place + 1]
        after = slice(last, edges[place + 2]) if place + 2 < len(edges) else slice(len(x) - 1, len(x))
        x_next, y_next = x[after].mean(), y[after].mean()
        x_kept, y_kept = x[kept[-1]], y[kept[-1]]
        area = np.abs((x_kept - x_next) * (y[first:last] - y_kept) - (x_kept - x[first:last]) * (y_next - y_kept))
        kept.append(first + int(area.argmax()))
    return np.array([*kept, len(x) - 1])

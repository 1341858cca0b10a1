"""Draws that the standard library lacks, from a given generator."""

from __future__ import annotations

from math import exp, sqrt
from random import Random


def poisson(rng: Random, mean: float) -> int:
    """A Poisson draw: by Knuth's product method, or by the normal law where the mean is large."""
    if mean > 40:
        return max(0, round(rng.gauss(mean, sqrt(mean))))
    floor, product, count = exp(-mean), rng.random(), 0
    while product > floor:
        product *= rng.random()
        count += 1
    return count

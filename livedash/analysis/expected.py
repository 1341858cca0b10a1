"""The statistics of an effect, on plain arrays: what was to be expected of a stretch by what came before it, and how
far from that chance and change alone may have brought it. It knows no room, no metric and no event."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sinh, sqrt

import numpy as np

FORMS = ((3.0, False), (8.0, False), (20.0, False), (8.0, True), (20.0, True))
"""Ways to forecast: steps after which a step's weight has halved, and whether a damped trend is carried on."""
DAMPED = 0.5
"""How much a trend is held back: in squares of the half-life."""
LEAST_BASE = 8
"""A forecast rests on so many steps at least."""
LEAST_EVENTS = 8
"""What a stretch is judged by holds so many independent events at least: of fewer nothing can be told."""
FREE, USUAL = 3.0, 0.03
"""Before anything is seen of a LIVE's own forecast errors: so many independent ones, of this variance (relative to the
square of what is expected)."""
OVERLAPPING = 2.5
"""Independent errors in a stretch of placements, in lengths of the judged stretch. Of errors that go together as much
as their stretches overlap it would be 1.5; forecasts that move along make it more. Set on simulated LIVEs, as FREE and
USUAL (on others than the tests hold it to)."""
MOST_INDEPENDENT = 200.0
FROM_HISTORY = 20.0
"""Earlier LIVEs count for so many independent errors at most: they say how it usually goes, this one how it goes."""
SHRUNK = 2.0
"""A usual course is believed as far as n / (n + SHRUNK) for n earlier LIVEs."""
WIDEST = 11.0
"""Where as much as so many times the expected might come by chance, nothing can be told (whatever came)."""
QUANTILE = 1.959964
WITHIN = 3.0
"""A trend takes a forecast up to so many times its level, or down to that part of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """rate: amount per exposure to be expected; uplift, low, high: of what came relative to that, with the ends of its
    95 % interval."""

    rate: float
    uplift: float
    low: float
    high: float


Series = tuple[np.ndarray, np.ndarray]
"""Amounts and exposures, one of each a step; an exposure of nothing is a step that was not recorded."""


def told(
    amount: np.ndarray, exposure: np.ndarray, first: int, last: int, history: Sequence[Series] = (), least: float = 0.0
) -> Told | None:
    """What steps [first, last) had against what was to be expected of them; None where there is too little to tell it.

    Only what came before the stretch is used. history: the same of earlier LIVEs, step for step since their start, if
    the first step here is the first of the LIVE.

    The method. The rate of the stretch is forecast from the steps before by exponentially weighted means and damped
    lines (Gardner and McKenzie 1985), combined by how well each did so far (Bates and Granger 1969). The same forecast
    is then made at every earlier placement of a stretch of that length, as if the event had been there: placebos
    (Abadie, Diamond and Hainmueller 2010; as conformal inference: Chernozhukov, Wüthrich and Zhu 2021). Their errors
    hold what one has to reckon with in this LIVE: trends, waves, autocorrelation and other events. They are made
    comparable over levels by the transform that steadies a variance of phi * mu + A * mu² (Anscombe 1948 for the
    negative binomial law), in which phi, the size of an independent event, is read from the roughness of neighbouring
    steps (Rice 1984), and A is what the placebos' errors need. The interval inverts the test of every uplift: those
    that would bring what came within t quantiles of what was expected, with the degrees of freedom that the overlapping
    placebos are worth.
    """
    return _told(
        np.ascontiguousarray(amount, np.float64).tobytes(), np.ascontiguousarray(exposure, np.float64).tobytes(),
        first, last, tuple((a.astype(np.float64).tobytes(), e.astype(np.float64).tobytes()) for a, e in history), least,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _told(
    amount: bytes, exposure: bytes, first: int, last: int, history: tuple[tuple[bytes, bytes], ...], least: float
) -> Told | None:
    """By content, so that a stretch which is past is judged once."""
    here = np.frombuffer(amount), np.frombuffer(exposure)
    return judge(here, first, last, [(np.frombuffer(a), np.frombuffer(e)) for a, e in history], least)


def judge(here: Series, first: int, last: int, history: Sequence[Series] = (), least: float = 0.0) -> Told | None:
    """As `told`, without remembering the answer."""
    size = last - first
    y, e = here[0][:last], here[1][:last]
    if first < LEAST_BASE or np.count_nonzero(e[:first]) < LEAST_BASE or np.count_nonzero(e[first:]) * 2 < size:
        return None
    phi = max(roughness(y[:first], e[:first]), least)
    if phi == 0 or y[:first].sum() < LEAST_EVENTS * phi:
        return None
    before = Placebos(y[:first], e[:first], size)
    usual = [Placebos(a, b, size) for a, b in history if len(a) >= size + LEAST_BASE]
    weights = before.weights(phi)
    drift, lives = _drift(usual, weights, phi, first)
    rates = before.rates(weights) * np.exp(drift[: first + 1])
    expected, got = float(rates[first] * e[first:].sum()), float(y[first:].sum())
    if not np.isfinite(expected) or expected <= 0:
        return None
    errors = [before.compared(rates)]
    independent = [min(OVERLAPPING * before.count / size, MOST_INDEPENDENT)]
    if lives:
        share = min(OVERLAPPING * sum(one.count for one in usual) / size, FROM_HISTORY)
        for one in usual:
            rest = one.rates(weights) * np.exp(drift[: one.length + 1])
            errors.append(one.compared(rest))
            independent.append(share * one.count / max(sum(other.count for other in usual), 1))
    known = sum(independent)
    spread = _spread(errors, independent, phi)
    spread = (FREE * USUAL + known * spread) / (FREE + known)
    spread = max(spread, phi * before.doubt(weights) / rates[first])
    steady = Steady(phi, float(spread))
    off = student(FREE + known)
    if steady.back(float(steady(np.array(expected))) + off) > WIDEST * expected:
        return None
    seen = float(steady(np.array(max(got, 0.0))))
    return Told(
        rate=float(rates[first]),
        uplift=got / expected - 1,
        low=steady.back(seen - off) / expected - 1,
        high=steady.back(seen + off) / expected - 1,
    )


class Placebos:
    """The forecasts of stretches of `size` steps from every place in a series, and what came there.

    origins: places at which a whole stretch was recorded to its half at least, and enough before it.
    """

    def __init__(self, amount: np.ndarray, exposure: np.ndarray, size: int) -> None:
        self.length, self.size = len(amount), size
        self._forms = [_forecasts(amount, exposure, size, *form) for form in FORMS]
        y, e = _sums(amount), _sums(exposure)
        seen = _sums(exposure > 0)
        starts = np.arange(0, self.length - size + 1)
        enough = (seen[starts] >= LEAST_BASE) & ((seen[starts + size] - seen[starts]) * 2 >= size)
        self.origins = starts[enough]
        self.got = y[self.origins + size] - y[self.origins]
        self.over = e[self.origins + size] - e[self.origins]

    @property
    def count(self) -> int:
        return len(self.origins)

    def rates(self, weights: np.ndarray) -> np.ndarray:
        """What is expected from each place on, 0 to the length: amount per exposure."""
        return np.asarray(weights @ np.array([rate for rate, _ in self._forms]))

    def doubt(self, weights: np.ndarray) -> float:
        """The variance of the last forecast by chance, in units of phi times its rate."""
        return float(weights @ np.array([doubt for _, doubt in self._forms]))

    def compared(self, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What came at each placement, and what was expected of it."""
        return self.got, rates[self.origins] * self.over

    def weights(self, phi: float) -> np.ndarray:
        """How far each form is believed: by its errors so far, the more of them the more plainly."""
        if not self.count:
            return np.full(len(FORMS), 1 / len(FORMS))
        steady = Steady(phi, USUAL)
        came = steady(self.got)
        squares = [float(np.mean((came - steady(rate[self.origins] * self.over)) ** 2)) for rate, _ in self._forms]
        independent = min(OVERLAPPING * self.count / self.size, 8.0)
        weights = (np.array(squares) + 1e-9) ** (-independent / 2)
        return weights / weights.sum()


class Steady:
    """The transform after which amounts of variance phi * mu + spread * mu² all vary by one."""

    def __init__(self, phi: float, spread: float) -> None:
        self.phi, self.root = phi, sqrt(max(spread, 1e-9))

    def __call__(self, amount: np.ndarray) -> np.ndarray:
        lifted = np.maximum(amount, 0) + 0.375 * self.phi
        return np.asarray(2 / self.root * np.arcsinh(self.root * np.sqrt(lifted / self.phi)))

    def back(self, value: float) -> float:
        """The amount that the transform takes to the value; nothing for what lies below all of them."""
        turned = sinh(min(max(value, 0.0) * self.root / 2, 40.0)) / self.root
        return max(self.phi * (turned**2 - 0.375), 0.0)


def roughness(amount: np.ndarray, exposure: np.ndarray) -> float:
    """phi, the variance of a step's amount over its expected amount, from how far each step is off its neighbours';
    hardly anything where all are alike, 0 where there is nothing."""
    fit = (exposure[:-2] > 0) & (exposure[1:-1] > 0) & (exposure[2:] > 0)
    safe = np.where(exposure > 0, exposure, 1.0)
    rate = amount / safe
    off = rate[1:-1] - (rate[:-2] + rate[2:]) / 2
    share = 1 / safe[1:-1] + (1 / safe[:-2] + 1 / safe[2:]) / 4
    level = float(rate[1:-1][fit].sum())
    found = float((off**2 / share)[fit].sum())
    return max(found / level, 1e-6 * float(amount[exposure > 0].mean())) if level > 0 else 0.0


def student(freedom: float) -> float:
    """The 97.5 % quantile of Student's t, degrees of freedom in fractions: 4.303 at 2, 1.96 at infinity."""
    freedom = max(freedom, 1.0)
    if freedom < 3:
        return float(np.interp(freedom, [1, 2, 3], [12.706, 4.303, 3.182]))
    z = QUANTILE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )  # Cornish and Fisher's expansion (Abramowitz and Stegun 26.7.5)
    return z + sum(term / freedom ** (place + 1) for place, term in enumerate(terms))


def _spread(
    errors: Sequence[tuple[np.ndarray, np.ndarray]], independent: Sequence[float], phi: float
) -> float:
    """The spread under which the errors vary by one on the (weighted) mean; hardly any where chance alone explains
    them."""
    weights = np.concatenate(
        [np.full(len(got), share / max(len(got), 1)) for (got, _), share in zip(errors, independent, strict=True)]
    )
    if not weights.sum():
        return USUAL
    got = np.concatenate([one for one, _ in errors])
    expected = np.concatenate([one for _, one in errors])

    def varies(spread: float) -> float:
        steady = Steady(phi, spread)
        return float(np.average((steady(got) - steady(expected)) ** 2, weights=weights))

    low, high = 1e-6, 4.0
    if varies(low) <= 1:
        return low
    for _ in range(24):
        middle = sqrt(low * high)
        low, high = (middle, high) if varies(middle) > 1 else (low, middle)
    return high


def _drift(
    usual: Sequence[Placebos], weights: np.ndarray, phi: float, first: int
) -> tuple[np.ndarray, int]:
    """How much more or less than forecast there usually is, as a logarithm for every place since the start; and how
    many earlier LIVEs tell it of the place that is judged."""
    length = max([first, *(one.length for one in usual)]) + 1
    total, lives = np.zeros(length), np.zeros(length)
    for one in usual:
        got, expected = one.compared(one.rates(weights))
        fit = expected > 0
        own = np.log((got[fit] + phi) / (expected[fit] + phi))
        np.add.at(total, one.origins[fit], own)
        np.add.at(lives, one.origins[fit], 1)
    return np.clip(total / (lives + SHRUNK), -log(WITHIN), log(WITHIN)), int(lives[first])


@lru_cache(maxsize=64)
def _weights(length: int, half: float) -> tuple[np.ndarray, np.ndarray]:
    """For every place from 0 to the length: the weights of the steps before it, and how far back they lie."""
    lag = np.arange(length + 1)[:, None] - 1 - np.arange(length)[None, :]
    before = lag >= 0
    return np.where(before, 0.5 ** (np.maximum(lag, 0) / half), 0.0), np.where(before, -(lag + 0.5), 0.0)


def _forecasts(
    amount: np.ndarray, exposure: np.ndarray, size: int, half: float, trend: bool
) -> tuple[np.ndarray, float]:
    """The rate expected over the `size` steps from every place on, 0 to the length (NaN where nothing was before); and
    the last one's variance by chance, in units of phi times the rate."""
    weights, back = _weights(len(amount), half)
    over, got = weights @ exposure, weights @ amount
    there = over > 0
    over = np.where(there, over, 1.0)
    level = np.where(there, got / over, np.nan)
    doubt = float((weights[-1] ** 2) @ exposure / over[-1] ** 2)
    if not trend:
        return level, doubt
    leaning = weights * back
    middle = leaning @ exposure / over
    width = (leaning * back) @ exposure / over - middle**2
    slope = (leaning @ amount / over - middle * level) / (width + DAMPED * half**2)
    return np.clip(level + slope * (size / 2 - middle), level / WITHIN, level * WITHIN), doubt


def _sums(values: np.ndarray) -> np.ndarray:
    return np.concatenate([[0.0], np.cumsum(values)])

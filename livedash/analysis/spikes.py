"""Answers which minutes are worth a look: spikes and dips of a metric that neither its trend nor chance explains. It
says what happened near them and claims no cause; where counts are too small to tell, it says nothing."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from livedash.analysis.facts import StepFacts, ran
from livedash.analysis.markers import Marker, markers
from livedash.analysis.metrics import METRICS, Metric
from livedash.analysis.minutes import amounts
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

MINUTE = 60_000
DAY = 1_440 * MINUTE
FINE, COARSE = 30_000, MINUTE
"""Steps in ms; the coarse ones are for rooms whose buckets are wider than the fine ones."""
LENGTHS = (1, 2, 3, 4, 5)
"""Minutes that a spike may last: every stretch of these lengths is looked at."""
AROUND = 9 * MINUTE
"""What was usual is told from so much time on both sides of a stretch, less GAP right beside it."""
GAP = MINUTE // 2
WORTH, CERTAIN, SUSPECT = 0.15, 3.0, 2.8
"""A finding is this much off the usual at least, and so many standard deviations; a suspect one is left out of what is
usual for the others."""
LEVEL = 0.05
"""How much the line fitted to the minutes around is held level; it tells at the end, where there is one side only."""
BOTH_SIDES = 0.4
"""A stretch is off from each side by this part at least of what it is off the usual: a step to another level is not."""
ROUNDS = 4
"""How often what looks suspect is looked for, each time without what was found before."""
FEWEST = 20
"""The usual course promises a stretch at least so many independent events: a small count tells nothing."""
RECORDED, GUESSED = 0.75, 4.0
"""A stretch was recorded for this share of it at least; the variance of its usual course (large at the end of what is
known, where it rests on one side) is at most so many times that of its own count."""
OPENING, CLOSING = 5 * MINUTE, 10 * MINUTE
"""Everybody comes in the first minutes and leaves in the last ones of an ended LIVE: that is no news."""
BEFORE = 2 * MINUTE
MOST_NEAR = 3

ABOVE_A_MINUTE = N_("{metric}: {size} above the usual from {start} to {end}, {value} a minute against {usual}.")
BELOW_A_MINUTE = N_("{metric}: {size} below the usual from {start} to {end}, {value} a minute against {usual}.")
ABOVE = N_("{metric}: {size} above the usual from {start} to {end}, {value} against {usual}.")
BELOW = N_("{metric}: {size} below the usual from {start} to {end}, {value} against {usual}.")


@dataclass(frozen=True, slots=True)
class Spike:
    """One stretch, [start, end) in epoch ms, in which a metric was off its usual course.

    direction: "up" or "down"; size: relative to the usual (0.34, -0.2); value, usual: per minute for counts and money,
    as they are for ratios and gauges. score: the size in standard deviations of such stretches. near: at most three
    events that began, or else ended, from two minutes before the stretch to its end, the nearest to its start first.
    """

    key: str
    start: int
    end: int
    direction: str
    size: float
    value: float
    usual: float
    score: float
    sentence: Sentence
    near: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps [first, last) that were off: rate and usual are amount per exposure."""

    first: int
    last: int
    rate: float
    usual: float
    score: float


def spikes(rollup: Rollup, window: Window | None, keys: tuple[str, ...]) -> tuple[Spike, ...]:
    """The spikes and dips of these metrics that touch the window, in order of time. Raises Problem("metric-not-by").

    The usual course is told from the whole LIVE around (at most a day of it), whatever the window, so that a closer
    look finds the same. Empty for rooms so long that their buckets are wider than a minute.
    """
    live = ran(rollup, None)
    step = FINE if rollup.width <= FINE else COARSE
    if live is None or rollup.width > step:
        return ()
    end = min(live.end, window.end + AROUND + LENGTHS[-1] * MINUTE) if window else live.end
    if end <= live.start:
        return ()
    steps = StepFacts(rollup, Window(max(live.start, end - DAY), end), step)
    ended = rollup.room.ended_at is not None
    newsworthy = Window(live.start + OPENING, live.end - CLOSING if ended else live.end)
    events = markers(rollup, steps.window)
    found = [spike for key in keys for spike in _of_metric(METRICS[key], steps, newsworthy, events)]
    shown = [spike for spike in found if window is None or (spike.start < window.end and spike.end > window.start)]
    return tuple(sorted(shown, key=lambda spike: (spike.start, spike.key)))


def _of_metric(
    metric: Metric, steps: StepFacts, newsworthy: Window, events: tuple[Marker, ...]
) -> Iterator[Spike]:
    course = amounts(metric, steps)
    if course is None:
        return
    for one in scan(*course, steps.step_ms, counted=not metric.gauge):
        start, end = int(steps.edges[one.first]), int(steps.edges[one.last])
        if newsworthy.start <= start and end <= newsworthy.end:
            near, size = _near(events, start, end), one.rate / one.usual - 1
            yield Spike(
                key=metric.key,
                start=start,
                end=end,
                direction="up" if size > 0 else "down",
                size=size,
                value=one.rate,
                usual=one.usual,
                score=abs(one.score),
                sentence=_sentence(metric, start, end, one, near),
                near=near,
            )


def scan(
    amount: np.ndarray, exposure: np.ndarray, covered: np.ndarray, step_ms: int, *, counted: bool = True
) -> list[Stretch]:
    """The stretches of 1 to 5 minutes in which amount / exposure is off its usual course, none overlapping another.

    amount, exposure, covered (share of the step that was recorded): float64, one element a step. counted: amounts are
    counts, and so no steadier than chance.

    A scan statistic (Kulldorff 1997, "A spatial scan statistic": the signed root of the Poisson likelihood ratio, over
    all stretches of several lengths) against a local course: a line fitted by tricube weights to the minutes around,
    without the stretch itself and a gap beside it (LOESS, Cleveland 1979, with what is judged left out). Chance is not
    taken to be Poisson: for each length its variance over the expected is estimated from all stretches of the room, by
    the median of the absolute deviations, so that what hangs together over minutes (autocorrelation), batches and
    unequal amounts count as the noise they are. What looks suspect is left out of what is usual for the others, the
    most suspect first, and a stretch must be off both from what was before and from what came after.

    CERTAIN was set by simulated LIVEs with trends, waves, autocorrelated, batched and bursting counts. The tests hold
    it to less than one false alarm an hour, and to finding nine in ten shocks of 30 % over three minutes where counts
    are large enough: from 200 independent events a minute on. Of those at 100 a minute it finds four in five, at 60 two
    in three, at 10 hardly any; a metric that strays by 10 % from minute to minute hides one in three.
    """
    masked = np.zeros(len(amount), bool)
    for _ in range(ROUNDS):
        candidates = _candidates(amount, exposure, covered, masked, step_ms, counted, SUSPECT)
        suspects = _pick([one for one in candidates if not masked[one.first : one.last].any()], AROUND // step_ms)
        if not suspects:
            break
        for one in suspects:
            masked[one.first : one.last] = True
    found = _pick(_candidates(amount, exposure, covered, masked, step_ms, counted, CERTAIN), GAP // step_ms)
    return sorted(found, key=lambda one: one.first)


def _pick(candidates: list[Stretch], apart: int) -> list[Stretch]:
    """Of candidates nearer to each other than so many steps, the one that stands out most."""
    found: list[Stretch] = []
    for one in sorted(candidates, key=lambda one: (-abs(one.score), one.first)):
        if all(one.last + apart <= other.first or other.last + apart <= one.first for other in found):
            found.append(one)
    return found


def _candidates(
    amount: np.ndarray, exposure: np.ndarray, covered: np.ndarray, masked: np.ndarray, step_ms: int, counted: bool,
    least: float,
) -> list[Stretch]:  # fmt: skip
    """Every stretch of every length that is off by `least` standard deviations."""
    out: list[Stretch] = []
    for minutes in LENGTHS:
        size = minutes * MINUTE // step_ms
        if size + AROUND // step_ms > len(amount):
            break
        got, over = _runs(amount, size), _runs(exposure, size)
        usual, doubt, low, high = _usual(amount, exposure, masked, size, step_ms)
        expected = usual * over
        fit = (expected > 0) & (doubt <= GUESSED) & (_runs(covered, size) >= RECORDED * size)
        expected = np.where(fit, expected, 1.0)
        doubt = np.where(fit, doubt, 0.0)
        if np.count_nonzero(fit) < 2 * AROUND // step_ms:
            continue
        off = np.abs(got - expected)[fit] / np.sqrt(expected * (1 + doubt))[fit]
        noise = (1.4826 * float(np.median(off))) ** 2  # what the median of |x| is to the spread of a normal law
        noise = max(noise, 1.0) if counted else noise
        if noise == 0:
            continue
        events = expected / noise
        times = np.maximum(got / expected, 0.0)
        ratio = times * np.log(np.where(times > 0, times, 1.0)) - (times - 1)
        score = np.sign(times - 1) * np.sqrt(2 * events * np.maximum(ratio, 0) / (1 + doubt))
        rates = np.divide(got, over, out=np.zeros(len(got)), where=over > 0)
        off_most = np.where(rates > usual, rates - high, low - rates)
        apart = off_most >= BOTH_SIDES * np.abs(rates - usual)
        hits = fit & apart & (events >= FEWEST) & (np.abs(times - 1) >= WORTH) & (np.abs(score) >= least)
        for first in np.flatnonzero(hits).tolist():
            known = float(rates[first]), float(usual[first]), float(score[first])
            out.append(Stretch(first, first + size, *known))
    return out


def _usual(
    amount: np.ndarray, exposure: np.ndarray, masked: np.ndarray, size: int, step_ms: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For every stretch of `size` steps: the rate that the minutes around it let expect; the variance of that against
    the variance of the stretch's own count; and the lower and the higher of the rates before it and after it (what is
    between them is a step to another level, or a steep trend). NaN and infinity where too little is around it."""
    around, gap = AROUND // step_ms, GAP // step_ms
    wide = 2 * around + size
    place = np.arange(wide) - (wide - 1) / 2
    tricube = (1 - (np.abs(place) / (wide / 2)) ** 3) ** 3
    tricube[np.abs(place) < size / 2 + gap] = 0
    x = place / around
    over, got = np.where(masked, 0.0, exposure), np.where(masked, 0.0, amount)

    def around_each(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return np.correlate(np.pad(values, around), weights, "valid")

    w0, w1, w2 = (around_each(over, tricube * x**power) for power in (0, 1, 2))
    c0, c1 = (around_each(got, tricube * x**power) for power in (0, 1))
    w2 = w2 + w0 * LEVEL
    spread = w0 * w2 - w1**2
    fit = spread > 0
    spread = np.where(fit, spread, 1.0)
    usual = (w2 * c0 - w1 * c1) / spread
    # A step's part in the estimate is tricube * exposure * (w2 - w1 * x) / spread; its variance goes with its exposure.
    v0, v1, v2 = (around_each(over, tricube**2 * x**power) for power in (0, 1, 2))
    doubt = _runs(exposure, size) * (w2**2 * v0 - 2 * w1 * w2 * v1 + w1**2 * v2) / spread**2
    least = tricube.sum() / 8 * np.median(exposure[exposure > 0]) if exposure.any() else 0.0
    sides = []
    for weights in (tricube * (x < 0), tricube * (x > 0)):
        beside = around_each(over, weights)
        rate = np.full(len(fit), np.nan)
        sides.append(np.divide(around_each(got, weights), beside, out=rate, where=beside > least))
    low, high = np.fmin(*sides), np.fmax(*sides)
    return np.where(fit, usual, np.nan), np.where(fit, doubt, np.inf), low, high


def _runs(values: np.ndarray, size: int) -> np.ndarray:
    """Sums over every run of `size` steps."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return total[size:] - total[:-size]


def _near(events: tuple[Marker, ...], start: int, end: int) -> tuple[Marker, ...]:
    """What began or ended shortly before the stretch or in it; what began goes before what ended."""
    since = start - BEFORE
    found = [
        (not begins, abs(at - start), marker)
        for marker in events
        for begins, at in ((True, marker.start), (False, marker.end))
        if at is not None and since <= at < end
    ]
    nearest = sorted(found, key=lambda one: one[:2])
    return tuple(dict.fromkeys(marker for _, _, marker in nearest))[:MOST_NEAR]


def _sentence(metric: Metric, start: int, end: int, found: Stretch, near: tuple[Marker, ...]) -> Sentence:
    above, timed = found.rate > found.usual, not metric.gauge and not metric.rate
    said = (ABOVE_A_MINUTE if above else BELOW_A_MINUTE) if timed else (ABOVE if above else BELOW)
    finding = Sentence.of(
        said,
        metric=Sentence.of(metric.label),
        size=Amount(abs(found.rate / found.usual - 1), "ratio"),
        start=Amount(start, "time"),
        end=Amount(end, "time"),
        value=Amount(found.rate, metric.unit),
        usual=Amount(found.usual, metric.unit),
    )
    if not near:
        return finding
    events = near[-1].sentence
    for marker in reversed(near[:-1]):
        events = Sentence.of("{event}; {others}", event=marker.sentence, others=events)
    return Sentence.of("{finding} Near it: {events}.", finding=finding, events=events)

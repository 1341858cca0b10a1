"""How often the interval of an effect holds the truth: on simulated minutes with trends, waves, autocorrelation and
counts that vary more than by chance, on rooms made of them, and at shuffled times of the demo's LIVEs. Run it as
`python -m tests.livedash.analysis.calibration` for the figures that README.md shows."""
from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livedash.analysis.effects import PastCourse, effect, past_course
from livedash.analysis.expected import judge
from livedash.analysis.facts import ran
from livedash.analysis.metrics import DEFAULT_STRIP
from livedash.rollup import from_folder
from livedash.rollup.fold import Rollup
from livedash.sources.demo import history
from livedash.sources.recording import Recording
from livedash.view import Window
from tests.livedash.build import START, at, clicks, ended, enter, live

MINUTE = 60_000
LENGTHS = (5, 10, 15)
"""Minutes judged, as the table under the trend offers them."""
DAYS = 1_795_000_000_000
"""When the demo's LIVEs of these figures lie: an evening of November 2026."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `tried` placements `told` could be judged, and the intervals of `held` hold the truth. width: the median of
    the intervals, in points of the uplift."""

    tried: int
    told: int
    held: int
    width: float

    @property
    def share(self) -> float:
        return self.held / self.told


@dataclass(frozen=True, slots=True)
class Simulated:
    """Amounts of the minutes of a LIVE, with an effect in [first, last)."""

    amount: np.ndarray
    first: int
    last: int
    money: bool


def simulated(rng: np.random.Generator, uplift: float, least: float = 2, most: float = 300) -> Simulated:
    """One LIVE of one to four hours: a level (log-uniform), a trend of 40 % an hour, a wave of up to 25 %, noise of
    3 to 20 % that hangs together over minutes (autocorrelation 0.5 to 0.95), in most a slow beginning, and counts that
    vary up to four times as much as chance; in three of ten each count is an amount of money."""
    length, size = int(rng.integers(60, 240)), int(rng.choice(LENGTHS))
    first = int(rng.integers(20, length - size))
    t = np.arange(length)
    level = np.exp(rng.uniform(np.log(least), np.log(most)))
    trend = rng.normal(0, 0.4) * (t - length / 2) / 60
    wave = rng.uniform(0, 0.25) * np.sin(2 * np.pi * (t / rng.uniform(25, 80) + rng.random()))
    together, spread = rng.uniform(0.5, 0.95), rng.uniform(0.03, 0.2)
    noise = np.empty(length)
    noise[0] = rng.normal(0, spread)
    for minute in range(1, length):
        noise[minute] = together * noise[minute - 1] + rng.normal(0, spread * np.sqrt(1 - together**2))
    begins = 1 - np.exp(-(t + 1) / rng.uniform(1, 8)) if rng.random() < 0.7 else 1.0
    expected = level * np.exp(trend + wave + noise) * begins
    expected[first : first + size] *= 1 + uplift
    batch = rng.uniform(0, 3)
    counts = (
        rng.poisson(expected)
        if batch < 0.5
        else rng.negative_binomial(np.maximum(expected / batch, 1e-9), 1 / (1 + batch))
    )
    money = bool(rng.random() < 0.3)
    amount = np.array([rng.lognormal(3, 0.7, count).sum() for count in counts]) if money else counts.astype(float)
    return Simulated(amount, first, first + size, money)


def on_arrays(seed: int, placements: int, uplift: float) -> Coverage:
    """Coverage of a known uplift, a LIVE for each placement."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(placements):
        one = simulated(rng, uplift)
        told = judge((one.amount, np.ones(len(one.amount))), one.first, one.last, (), 0.0 if one.money else 1.0)
        found.append((told.low, told.high) if told else None)
    return covered(found, uplift)


def through_rollups(seed: int, rooms: int, uplift: float) -> Coverage:
    """The same of clicks, of one product and of clicks for each view, in logs that go the whole way."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(rooms):
        one, other, views = simulated(rng, uplift, 4, 40), simulated(rng, 0, 4, 20), simulated(rng, 0, 10, 40)
        window = Window(START + one.first * MINUTE, START + one.last * MINUTE)
        room = live(
            *_events(_counts(one), clicks(None, "p")),
            *_events(_counts(other)[: len(one.amount)], clicks(None, "q")),
            *_events(_counts(views)[: len(one.amount)], enter()),
            at(len(one.amount) * 60, ended()),
        )
        told = effect(room, window, "product_clicks", product_id="p")
        found.append((told.low, told.high) if told.low is not None and told.high is not None else None)
    return covered(found, uplift)


def _counts(one: Simulated) -> np.ndarray:
    return np.asarray(np.round(one.amount / 25 if one.money else one.amount), np.int64)


def _events(counts: np.ndarray, what: dict) -> Iterator[dict]:
    for minute, count in enumerate(counts.tolist()):
        yield from (at(minute * 60 + 60 * (place + 0.5) / count, what) for place in range(count))


def demo_rooms(folder: Path, count: int) -> list[Rollup]:
    """The demo's LIVEs, the earliest first."""
    rooms = []
    for room, plan in reversed(list(history(DAYS, count))):
        with Recording(folder / room, plan) as recording:
            recording.finish()
        rooms.append(from_folder(folder / room))
    return rooms


def shuffled(
    seed: int, rooms: Sequence[Rollup], each: int, keys: Sequence[str] = DEFAULT_STRIP, *, with_history: bool
) -> Coverage:
    """Coverage of nothing at times drawn at random from whole LIVEs: whatever begins there is no event. with_history:
    each LIVE is held against the ones before it, as the dashboard does."""
    rng = np.random.default_rng(seed)
    found = []
    for place, room in enumerate(rooms):
        whole = ran(room, None)
        assert whole is not None
        for key in keys:
            earlier: tuple[PastCourse, ...] = ()
            if with_history:
                earlier = tuple(past_course(other, None, key) for other in rooms[:place])
            for _ in range(each):
                size = int(rng.choice(LENGTHS)) * MINUTE
                start = int(rng.integers(whole.start + 15 * MINUTE, whole.end - size) // 1000 * 1000)
                told = effect(room, Window(start, start + size), key, history=earlier)
                found.append((told.low, told.high) if told.low is not None and told.high is not None else None)
    return covered(found, 0.0)


def covered(found: Sequence[tuple[float, float] | None], truth: float) -> Coverage:
    told = [ends for ends in found if ends is not None]
    held = sum(low <= truth <= high for low, high in told)
    return Coverage(len(found), len(told), held, float(np.median([high - low for low, high in told])))


def main() -> None:
    print("| placements | judged | interval holds the truth | median width |")
    print("|---|---|---|---|")

    def row(name: str, one: Coverage) -> None:
        print(f"| {name} | {one.told} of {one.tried} | {one.share:.1%} | {one.width * 100:.0f} points |", flush=True)

    effects = {0.0: "no effect", 0.2: "an effect of +20 %", 0.5: "an effect of +50 %"}
    for uplift, named in effects.items():
        row(f"simulated minutes, {named}", on_arrays(SEEDS[uplift], 1000, uplift))
    for uplift, named in effects.items():
        row(f"a product in simulated logs, {named}", through_rollups(SEEDS[uplift] + 1, 150, uplift))
    with tempfile.TemporaryDirectory() as folder:
        rooms = demo_rooms(Path(folder), 8)
        row("shuffled times in the demo's LIVEs, with the earlier ones", shuffled(31, rooms, 21, with_history=True))
        row("shuffled times in the demo's LIVEs, each alone", shuffled(32, rooms, 21, with_history=False))


SEEDS = {0.0: 90_001, 0.2: 90_101, 0.5: 90_201}
"""Of the tests and of the figures; nothing was set by them."""

if __name__ == "__main__":
    main()

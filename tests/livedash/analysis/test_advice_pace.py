"""How much is advised: a handful an hour, counted over the demo's LIVEs as if somebody had watched each from its
start to its end. `python -m tests.livedash.analysis.test_advice_pace` prints it."""
from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest

from livedash.analysis.advice import MOST, counsel
from livedash.rollup import from_folder
from livedash.rollup.past import as_of
from livedash.sources import demo

MINUTE = 60_000
NOON = 1_795_780_800_000
"""Of a fixed day, so that the demo's evenings are always the same."""


def advised(room: Path, every: int = 1) -> tuple[Counter[str], float]:
    """How often each kind is advised in a LIVE that is looked at every so many minutes, and how many hours it lasts."""
    rollup = from_folder(room)
    start, end = rollup.room.started_at, rollup.room.ended_at
    assert start is not None and end is not None
    kinds: dict[str, str] = {}
    for moment in range(start + every * MINUTE, end, every * MINUTE):
        found = counsel(as_of(rollup, moment), None).advice
        assert len(found) <= MOST and len({one.id for one in found}) == len(found)
        kinds |= {one.id: one.kind for one in found}
    return Counter(kinds.values()), (end - start) / (60 * MINUTE)


def all_advised(data: Path, ended: int, every: int = 1) -> list[tuple[Counter[str], float]]:
    demo.prepare(data, NOON, ended)
    return [advised(room, every) for room in sorted((data / "rooms").iterdir())]


def test_a_live_of_the_demo_is_advised_a_handful_an_hour(tmp_path: Path) -> None:
    """Looked at every ten minutes: the slow test looks every minute, at all eight."""
    [(kinds, hours)] = all_advised(tmp_path, ended=1, every=10)
    assert 2 <= kinds.total() <= 6 * hours and kinds["pin"] >= 1


@pytest.mark.slow
def test_the_lives_of_the_demo_are_advised_a_handful_an_hour(tmp_path: Path) -> None:
    found = all_advised(tmp_path, ended=8)
    paces = [kinds.total() / hours for kinds, hours in found]
    assert len(found) == 8 and sum(paces) / 8 <= 5.5 and max(paces) <= 6.5


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        told = all_advised(Path(folder), ended=8)
    paces = [kinds.total() / hours for kinds, hours in told]
    print(f"advice an hour: {sum(paces) / len(paces):.1f} on average, {min(paces):.1f} to {max(paces):.1f}")
    print(dict(sum((kinds for kinds, _ in told), Counter())))

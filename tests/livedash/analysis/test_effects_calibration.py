"""The interval of an effect holds the truth as often as it says: a short version for every run, the whole one with the
tests that take minutes."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.livedash.analysis.calibration import SEEDS, demo_rooms, on_arrays, shuffled, through_rollups

UPLIFTS = (0.0, 0.2, 0.5)


@pytest.mark.parametrize("uplift", UPLIFTS)
def test_the_interval_holds_the_truth_of_simulated_minutes(uplift: float) -> None:
    found = on_arrays(SEEDS[uplift] + 500, 250, uplift)
    assert found.told >= 0.97 * found.tried
    assert 0.91 <= found.share <= 0.99


def test_it_holds_the_truth_of_a_product_in_real_logs() -> None:
    found = through_rollups(77, 12, 0.5)
    assert found.told == found.tried and found.held >= 10


def test_it_holds_nothing_at_shuffled_times_of_a_demo_live(tmp_path: Path) -> None:
    found = shuffled(78, demo_rooms(tmp_path, 1), 20, with_history=False)
    assert found.told >= 0.4 * found.tried and found.share >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize("uplift", UPLIFTS)
def test_it_holds_the_truth_in_93_to_97_of_100_simulated_placements(uplift: float) -> None:
    assert 0.93 <= on_arrays(SEEDS[uplift], 1000, uplift).share <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("uplift", UPLIFTS)
def test_so_it_does_of_a_product_in_real_logs(uplift: float) -> None:
    assert 0.9 <= through_rollups(SEEDS[uplift] + 1, 150, uplift).share <= 0.99


@pytest.mark.slow
def test_it_holds_nothing_in_93_to_97_of_100_shuffled_times_of_the_demo(tmp_path: Path) -> None:
    rooms = demo_rooms(tmp_path, 8)
    assert 0.93 <= shuffled(31, rooms, 21, with_history=True).share <= 0.97
    assert 0.9 <= shuffled(32, rooms, 21, with_history=False).share <= 0.97

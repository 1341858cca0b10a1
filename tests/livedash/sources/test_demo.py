"""The demo has a history, and a LIVE that always seems to have been running."""

from __future__ import annotations

import functools
import threading
from pathlib import Path

import msgspec
import pytest

from livedash.sources import demo
from livedash.sources.recording import LOG, Recording
from livedash.sources.script import HOUR, MINUTE, plan

NOON = 1_795_060_800_000 + 12 * HOUR  # 2026-11-19, GMT+8


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Running LIVEs with a small audience, for speed."""
    monkeypatch.setattr(demo, "plan", functools.partial(plan, rate=1))


def log_of(room: Path) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in (room / LOG).read_bytes().splitlines()]


def test_the_history_is_made_once_and_whole(tmp_path: Path) -> None:
    made = demo.prepare(tmp_path, NOON, 3, rate=0.5)
    assert made == ["demo-2026-11-19", "demo-2026-11-18", "demo-2026-11-17"]
    assert sorted(room.name for room in (tmp_path / "rooms").iterdir()) == sorted(made)
    for room_id in made:
        log = log_of(tmp_path / "rooms" / room_id)
        assert str(log[0]["ts"]).startswith(f"{room_id[5:]}T11:00:00")
        assert "live_ended" in {line["type"] for line in log}
        assert max(str(line["ts"]) for line in log) < "2026-11-20"
    assert [any(line["type"] == "recording_gap" for line in log_of(tmp_path / "rooms" / one)) for one in made] == [
        False,
        False,
        True,
    ]
    assert demo.prepare(tmp_path, NOON, 3, rate=0.5) == []
    assert demo.prepare(tmp_path, NOON + 72 * HOUR, 3, rate=0.5) == []
    assert not (tmp_path / "making").exists()


def test_the_history_is_the_same_wherever_it_is_made(tmp_path: Path) -> None:
    for place in ("here", "there"):
        demo.prepare(tmp_path / place, NOON, 1, rate=0.5)
    here, there = (tmp_path / place / "rooms" / "demo-2026-11-19" / LOG for place in ("here", "there"))
    assert here.read_bytes() == there.read_bytes()


def test_what_was_being_made_when_all_stopped_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "making").mkdir()
    (tmp_path / "making" / LOG).write_text("{half a li")
    stopped = threading.Event()
    stopped.set()
    assert demo.prepare(tmp_path, NOON, 1, rate=0.5, stop=stopped) == []
    assert demo.prepare(tmp_path, NOON, 1, rate=0.5) == ["demo-2026-11-19"]
    assert log_of(tmp_path / "rooms" / "demo-2026-11-19")[0]["type"] == "live_started"


def test_later_evenings_have_more_viewers_and_no_two_are_alike() -> None:
    plans = [one for _, one in demo.history(NOON)]
    assert len(plans) == demo.HISTORY == len({one.views for one in plans})
    assert sum(one.views for one in plans[:4]) > sum(one.views for one in plans[4:])


@pytest.mark.usefixtures("small")
def test_the_first_live_has_been_running_for_seventy_minutes(tmp_path: Path) -> None:
    with demo.open_live(tmp_path, NOON) as live:
        assert NOON - 71 * MINUTE < live.plan.started_at <= NOON - 70 * MINUTE
        assert live.advance(NOON)
    (room,) = tmp_path.iterdir()
    assert room.name == demo.live_id(live.plan.started_at)
    assert live.plan.moment(69 * MINUTE) < str(log_of(room)[-1]["ts"]) <= live.plan.moment(71 * MINUTE)


@pytest.mark.usefixtures("small")
def test_after_a_restart_the_live_goes_on_without_a_hole(tmp_path: Path) -> None:
    with demo.open_live(tmp_path, NOON) as live:
        live.advance(NOON)
    with demo.open_live(tmp_path, NOON + 30 * MINUTE) as again:
        assert again.plan == live.plan
        again.advance(NOON + 30 * MINUTE)
    (room,) = tmp_path.iterdir()
    samples = [str(line["ts"]) for line in log_of(room) if line["type"] == "viewers"]
    assert len(samples) >= 100 * 6


@pytest.mark.usefixtures("small")
def test_a_live_that_is_over_is_closed_and_followed_by_another(tmp_path: Path) -> None:
    for opened in (NOON, NOON + 3 * HOUR, NOON + 6 * HOUR):
        with demo.open_live(tmp_path, opened) as live:
            live.advance(opened)
    before, now = sorted(tmp_path.iterdir())
    assert log_of(before)[-1]["type"] == "live_ended"
    assert now.name == demo.live_id(live.plan.started_at)


@pytest.mark.usefixtures("small")
def test_a_live_of_another_version_makes_way(tmp_path: Path) -> None:
    for name in ("demo-live-20261120-0000", "demo-live-strange"):
        (tmp_path / name).mkdir()
        (tmp_path / name / LOG).write_text('{"event_id":"old"}\n')
        demo.open_live(tmp_path, NOON).close()
        (room,) = tmp_path.iterdir()
        assert log_of(room) == []


@pytest.mark.usefixtures("small")
def test_the_demo_runs_in_the_background_until_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    playing = threading.Event()

    def play(recording: Recording, stop: threading.Event) -> bool:
        playing.set()
        return not stop.wait(30)

    monkeypatch.setattr(demo, "play", play)
    live = demo.start(tmp_path, ended=0)
    assert playing.wait(30)
    live.stop()
    assert not live.is_alive()
    (room,) = (tmp_path / "rooms").iterdir()
    assert log_of(room)[0]["type"] == "live_started"

"""The demo: ended LIVEs of one host as a history, and one that is running now. It keeps to a directory of its own,
where everything may be deleted at any time; it never touches a user's rooms."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from livedash.problems import Problem
from livedash.sources.recording import Recording, play, wall_clock
from livedash.sources.script import MINUTE, RATE, SECOND, TITLES, ZONE_HOURS, Plan, plan

log = logging.getLogger(__name__)

HISTORY = 8
ALREADY = 70 * MINUTE
"""For how long the demo's LIVE has been running when it is first opened."""
WORTH_IT = 10 * MINUTE
"""A LIVE that has less than this to go is not gone on with after a restart."""
INTERVAL = 5 * MINUTE
"""Between the end of one running demo LIVE and the start of the next."""
EVENING = 19

_zone = timezone(timedelta(hours=ZONE_HOURS))


def history(now: int, count: int = HISTORY, seed: int = 1, rate: float = RATE) -> Iterator[tuple[str, Plan]]:
    """Room ids and plans of the LIVEs of the evenings before now (epoch ms), the latest first: fewer viewers the longer
    ago, with good and bad days; one of them has a hole in its recording."""
    today = datetime.fromtimestamp(now / SECOND, _zone).date()
    for ago in range(1, count + 1):
        day = today - timedelta(days=ago)
        evening = datetime(day.year, day.month, day.day, EVENING, tzinfo=_zone)
        fortune = (1.04 - 0.05 * ago) * Random(f"day {seed} {day}").uniform(0.85, 1.15)
        yield (
            f"demo-{day}",
            plan(
                seed,
                round(evening.timestamp()) * SECOND,
                rate * max(0.2, fortune),
                title=TITLES[1 + day.toordinal() % (len(TITLES) - 1)],
                past=True,
                gap=ago == 3,
            ),
        )


def prepare(
    data_dir: Path,
    now: int | None = None,
    ended: int = HISTORY,
    *,
    seed: int = 1,
    rate: float = RATE,
    stop: threading.Event | None = None,
) -> list[str]:
    """See to it that so many ended LIVEs stand in DATA_DIR/rooms; gives the ids of those made now. A room appears whole
    or not at all; where there are enough already, from whatever days, nothing is done."""
    rooms, making = data_dir / "rooms", data_dir / "making"
    rooms.mkdir(parents=True, exist_ok=True)
    lacking = ended - len(list(rooms.glob("demo-????-??-??")))
    made: list[str] = []
    for room_id, past in history(wall_clock() if now is None else now, ended, seed, rate):
        if len(made) >= lacking or (stop and stop.is_set()):
            break
        if (rooms / room_id).exists():
            continue
        shutil.rmtree(making, ignore_errors=True)
        with Recording(making, past) as recording:
            recording.finish()
        os.replace(making, rooms / room_id)
        made.append(room_id)
    return made


def start(demo_dir: Path, ended: int = HISTORY) -> DemoLive:
    """Start the demo in the background: the running LIVE first, then what is lacking of its history."""
    live = DemoLive(demo_dir, ended)
    live.start()
    return live


class DemoLive(threading.Thread):
    """Keeps one demo LIVE running in DEMO_DIR/rooms, one after another, until it is stopped. There may be only one of
    these for a directory: whoever holds the directory's ingester starts it."""

    def __init__(self, demo_dir: Path, ended: int = HISTORY) -> None:
        super().__init__(name="demo", daemon=True)
        self._demo_dir, self._ended = demo_dir, ended
        self._halt = threading.Event()

    def run(self) -> None:
        already = ALREADY
        while not self._halt.is_set():
            try:
                with open_live(self._demo_dir / "rooms", wall_clock(), already) as recording:
                    recording.advance(wall_clock())
                    prepare(self._demo_dir, ended=self._ended, stop=self._halt)
                    play(recording, self._halt)
                already = 0
            except OSError as error:
                log.warning("The demo cannot be written just now: %s", error)
            self._halt.wait(INTERVAL / SECOND)

    def stop(self) -> None:
        """Stop writing, after the batch in hand."""
        self._halt.set()
        self.join()


def live_id(started_at: int) -> str:
    """The room of the demo LIVE that started then (a whole minute, epoch ms)."""
    return datetime.fromtimestamp(started_at / SECOND, _zone).strftime("demo-live-%Y%m%d-%H%M")


def live_plan(room_id: str) -> Plan:
    """The demo LIVE of a room id: it follows from the id alone, so that a restart can go on with it."""
    local = datetime.strptime(room_id, "demo-live-%Y%m%d-%H%M").replace(tzinfo=_zone)
    return plan(1, round(local.astimezone(UTC).timestamp()) * SECOND, title=TITLES[0])


def open_live(rooms: Path, now: int, already: int = ALREADY) -> Recording:
    """The demo LIVE to go on with: the latest if it still has some time to run, else a new one, which started `already`
    ago. The one before is closed and kept, older ones are removed."""
    earlier = sorted(rooms.glob("demo-live-*"))
    for room in earlier[:-1]:
        shutil.rmtree(room, ignore_errors=True)
    for room in earlier[-1:]:
        try:
            recording = Recording(room, live_plan(room.name))
        except (Problem, ValueError):  # written by another version: nothing of the demo is worth a repair
            shutil.rmtree(room, ignore_errors=True)
            continue
        if recording.plan.started_at <= now < recording.plan.ends_at - WORTH_IT:
            return recording
        with recording:
            recording.finish()
    started_at = (now - already) // MINUTE * MINUTE
    return Recording(rooms / live_id(started_at), live_plan(live_id(started_at)))

"""`make bench`: runs every measure in one go and writes RESULTS.md. Ratios are what counts; absolute times are those of
the machine of the day."""
from __future__ import annotations

import gc
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import orjson

from benchmarks import pages, screen, viewers
from benchmarks.generate import PRODUCTS, lines
from benchmarks.ours import STATM, LiveDash, differences, figures, held, key_data
from benchmarks.peers import Answers, DuckDB, Pandas, Peer, Polars
from layouts.parts.talk import SEARCH
from livedash.rollup.fold import Rollup
from livedash.view import Window

EVENTS = 1_000_000
BATCH, BATCHES, PEER_BATCHES = 1000, 15, 5
WINDOWS = 200
ANSWER_BATCH, ANSWER_LINES = 100, 2000
RESULTS = Path(__file__).parent / "RESULTS.md"


class Report:
    """What was measured, as the rows of a table."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []

    def add(self, measure: str, found: str, how: str) -> None:
        self.rows.append((measure, found, how))
        print(f"{measure}: {found} ({how})", flush=True)

    def markdown(self, events: int) -> str:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        peers = f"{Polars.name}, {DuckDB.name}, {Pandas.name}, numpy {np.__version__}, orjson {orjson.__version__}"
        return "\n".join([
            "# Measured",
            "",
            f"By `make bench EVENTS={events}`: a made two-hour LIVE of {events:,} lines, medians of one run. The",
            "ratios count; absolute times are those of the machine it ran on.",
            "",
            f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.machine()}, Python "
            f"{platform.python_version()}, {peers}.",
            "",
            "| measure | found | how |",
            "|---|---|---|",
            *(f"| {' | '.join(row)} |" for row in self.rows),
            "",
        ])  # fmt: skip


class Made:
    """One made LIVE in a folder of its own: its first lines as the log, the rest to come in batches."""

    def __init__(self, events: int, folder: Path) -> None:
        made = lines(int(events * 1.02) + BATCH * BATCHES)
        self.events, self.folder = events, folder
        self.room, self.store, self.base = folder / "rooms" / "bench", folder / "store", folder / "base.ndjson"
        self.log = self.room / "events.ndjson"
        self.room.mkdir(parents=True)
        for file in (self.log, self.base):
            file.write_bytes(b"".join(made[:events]))
        coming = made[events : events + BATCH * BATCHES]
        self.batches = [coming[i : i + BATCH] for i in range(0, BATCH * BATCHES, BATCH)]
        known = {_id(line) for line in made[:events]}
        self.fresh: list[list[bytes]] = []
        for batch in self.batches:
            new = {_id(line): line for line in batch if _id(line) not in known}
            known |= new.keys()
            self.fresh.append(list(new.values()))


def _id(line: bytes) -> bytes:
    return line.split(b'"', 4)[3]


def took(act: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def shown(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def reading(made: Made, report: Report) -> None:
    """From log to figures, and from the store to figures."""

    def bare_loop() -> None:
        with made.log.open("rb") as file:
            for line in file:
                orjson.loads(line)

    def read_anew() -> None:
        livedash = LiveDash(made.room, Path(tempfile.mkdtemp(dir=made.folder)))
        livedash.refresh()
        livedash.close()

    pairs = [(took(read_anew), took(bare_loop)) for _ in range(3)]
    read, loop = (statistics.median(times) for times in zip(*pairs, strict=True))
    report.add(
        "reading the log into figures and a store, against a bare orjson loop over it", f"{read / loop:.2f}x",
        f"{shown(read)} ({made.events / read / 1000:,.0f} thousand lines a second) against {shown(loop)}",
    )  # fmt: skip
    first = LiveDash(made.room, made.store)
    first.refresh()
    first.close()

    def open_again() -> None:
        livedash = LiveDash(made.room, made.store)
        livedash.refresh()
        livedash.close()

    restart = statistics.median(took(open_again) for _ in range(5))
    report.add("restart from the store, against reading again", f"{read / restart:.1f}x faster", shown(restart))


def memory(little: Made, made: Made, report: Report) -> None:
    """What more events cost a process that holds ingester, reader and answers."""
    if not STATM.exists():
        return
    less, more = (in_a_process_of_its_own(one) for one in (little, made))
    report.add(
        "memory per million events", f"{(more - less) / (made.events - little.events) * 1e6 / 2**20:.0f} MB",
        f"the whole process: {more / 2**20:.0f} MB; with {little.events:,} events {less / 2**20:.0f} MB",
    )  # fmt: skip


def in_a_process_of_its_own(made: Made) -> int:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(held, made.room, made.store).result()


def windows(rollup: Rollup, report: Report) -> None:
    """Figures of windows that nobody has asked for before."""
    assert rollup.first_ts is not None and rollup.last_ts is not None
    ends = np.sort(np.random.default_rng(1).integers(rollup.first_ts, rollup.last_ts, (WINDOWS, 2)), axis=1)
    drawn = [Window(start, end + 1) for start, end in ends.tolist()]

    def each(ask: Callable[[Window], object]) -> float:
        times = []
        for window in drawn:
            start = time.perf_counter()
            ask(window)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    report.add(
        "exact distinct viewers in any window", shown(each(lambda window: rollup.distinct("viewers", window))),
        f"{WINDOWS} windows drawn at random, to the millisecond",
    )  # fmt: skip
    report.add(
        "additive measures of any window", shown(each(rollup.sums)),
        f"{len(rollup.sums(None))} measures, {WINDOWS} windows drawn at random, to the millisecond",
    )  # fmt: skip


def refreshes(made: Made, livedash: LiveDash) -> float:
    """Median seconds of a refresh: new lines are in the log; take them in and answer the whole Key data tab."""
    key_data(livedash.refresh())
    times = []
    for batch in made.batches:
        with made.log.open("ab") as file:
            file.writelines(batch)
        times.append(took(lambda: key_data(livedash.refresh())))
    return statistics.median(times)


def against(peer: Peer, made: Made, refresh: float, ours: Answers, report: Report) -> None:
    """The same refresh by a peer, and whether it comes to the same figures."""
    peer.load(made.base)
    times = []
    for number, batch in enumerate(made.fresh):
        if number < PEER_BATCHES:
            times.append(took(partial(again, peer, batch)))
        else:
            peer.append(batch)
    differ = differences(ours, peer.answers())
    if differ:
        raise SystemExit(f"{peer.name} comes to other figures. {differ[0][:2000]}")
    median = statistics.median(times)
    report.add(
        f"the same refresh by {peer.name}, recomputing in memory", f"{median / refresh:.0f}x slower",
        f"{shown(median)} against {shown(refresh)}; the figures are equal",
    )  # fmt: skip


def answered(page: pages.Pages, coming: list[bytes], tab: str, **chosen: object) -> tuple[float, int]:
    """Median seconds and bytes of the answers to a tab that is open while lines come."""
    page.answer(tab, **chosen)
    times, sizes = [], []
    for at in range(0, len(coming), ANSWER_BATCH):
        page.write(coming[at : at + ANSWER_BATCH])
        start = time.perf_counter()
        sizes.append(len(page.answer(tab, **chosen)))
        times.append(time.perf_counter() - start)
    return statistics.median(times), round(statistics.median(sizes))


def pages_open(events: int, folder: Path, report: Report) -> None:
    """What the server takes to answer open tabs, and how much goes over the wire."""
    found: dict[str, dict[str, tuple[float, int]]] = {}
    for name, made in (("two", lines(events)), ("sixteen", pages.long_day(events))):
        page = pages.Pages(folder / name, made[: -2 * ANSWER_LINES])
        coming = made[-2 * ANSWER_LINES :]
        found[name] = {
            "key-data": answered(page, coming[:ANSWER_LINES], "key-data"),
            "trends": answered(page, coming[ANSWER_LINES:], "trends"),
        }
    for tab, title in (("key-data", "Key data"), ("trends", "Trend analysis")):
        (two, size), (sixteen, larger) = found["two"][tab], found["sixteen"][tab]
        report.add(
            f"answer to an open {title} tab of a 16-hour LIVE, against a two-hour one",
            f"{sixteen / two:.1f}x, {larger / 1000:.1f} kB against {size / 1000:.1f} kB",
            f"{shown(sixteen)} against {shown(two)}; {events:,} lines each, {PRODUCTS} products, compressed",
        )  # fmt: skip
    made = pages.talkative()
    page = pages.Pages(folder / "talk", made[: -2 * ANSWER_LINES])
    latest, _ = answered(page, made[-2 * ANSWER_LINES : -ANSWER_LINES], "broadcast")
    searched, _ = answered(page, made[-ANSWER_LINES:], "broadcast", **{SEARCH: "number 77"})
    report.add(
        f"answer to an open Broadcast tab of a LIVE with {pages.COMMENTS:,} comments", shown(latest),
        f"{shown(searched)} while comments are searched by words",
    )  # fmt: skip


def on_screen(folder: Path, report: Report) -> None:
    """How long a line takes to be seen, and what an open page costs the browser."""
    seen = screen.watched(folder)
    waits = sorted(seen.waits)
    latest = waits[int(len(waits) * 0.95)]
    report.add(
        f"from a line in the log to the screen, 95 of 100, at {screen.A_SECOND:,} lines a second", shown(latest),
        f"median {shown(statistics.median(waits))}; {len(waits)} orders, each until its tile on Key data was painted",
    )  # fmt: skip
    report.add(
        "Key data in the browser after all tabs were opened, against Key data alone",
        f"{seen.with_all / seen.alone:.1f}x the processor",
        f"{seen.with_all:.2f} against {seen.alone:.2f} cores, at {screen.A_SECOND:,} lines a second",
    )


def many(folder: Path, report: Report) -> None:
    """What many open pages of one LIVE cost."""
    live, bare = viewers.watched(folder)
    report.add(
        f"{viewers.VIEWERS} viewers of Key data, refreshed every second, against as many of a bare Dash callback",
        f"{live.lost} of {len(live.waits):,} refreshes late, {live.cores / bare.cores:.1f}x the processor",
        f"{live.cores:.2f} against {bare.cores:.2f} cores; a refresh takes {shown(statistics.median(live.waits))}, "
        f"{live.news / len(live.waits):.0%} of them bring news",
    )  # fmt: skip


def again(peer: Peer, batch: list[bytes]) -> None:
    peer.append(batch)
    peer.answers()


def measure(events: int) -> Report:
    """All of it, in one run."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        little = Made(max(20_000, events // 5), Path(folder) / "little")
        made = Made(events, Path(folder) / "made")
        reading(made, report)
        less = LiveDash(little.room, little.store)
        less.refresh()
        memory(little, made, report)
        base = refreshes(little, less)
        less.close()
        livedash = LiveDash(made.room, made.store)
        windows(livedash.refresh(), report)
        refresh = refreshes(made, livedash)
        report.add(
            "refresh after 1,000 new lines: parse, fold, commit and every answer of Key data", shown(refresh),
            f"{refresh / base:.2f}x of what it takes with {little.events:,} lines of history",
        )  # fmt: skip
        ours = figures(livedash.refresh())
        livedash.close()
        del livedash
        for kind in (Polars, DuckDB, Pandas):
            against(kind(), made, refresh, ours, report)
        pages_open(little.events, Path(folder) / "pages", report)
        on_screen(Path(folder) / "screen", report)
        many(Path(folder) / "viewers", report)
    return report


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    RESULTS.write_text(measure(events).markdown(events), "utf-8")
    print(f"Written to benchmarks/{RESULTS.name}")


if __name__ == "__main__":
    main()

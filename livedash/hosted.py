"""The work behind the pages that one process alone does for a data directory: reading its logs and delivering what was
done. `python -m livedash ingest` is this work by itself, for a hosted instance; it shows nothing."""
from __future__ import annotations

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from livedash.logged import to_stderr
from livedash.operate.delivery import Deliverer, begun
from livedash.operate.webhook import Post
from livedash.problems import Problem
from livedash.rollup.ingest import Ingester, room_ids
from livedash.rollup.lock import only_one
from livedash.settings import Webhook, add_webhook_arguments, check_webhook, is_readable_on_the_way, webhook_from

LOG = logging.getLogger("livedash")


def alone(work: Callable[[], None], stop: threading.Event, again_s: float = 2) -> None:
    """Do the work that only one process may do for a data directory. Where another does it already, or the
    disk or a bug is in the way, this one looks every again_s seconds whether it can take over. Never raises."""
    said = ""
    while not stop.is_set():
        try:
            work()
        except (Problem, OSError) as trouble:
            if str(trouble) != said:
                LOG.warning("%s", trouble)
            said = str(trouble)
            stop.wait(again_s)
        except Exception as bug:
            if repr(bug) != said:
                LOG.exception("A bug stopped this work; it is begun again")
            said = repr(bug)
            stop.wait(again_s)


def deliver(data: Path, webhook: Webhook, stop: threading.Event) -> None:
    """Deliver what is done in the rooms of the data directory, until `stop` is set. Raises Problem("deliverer-running")
    if another process does, OSError."""
    rooms = data / "rooms"
    with only_one(
        data / "delivery.lock",
        "deliverer-running",
        "Another process already delivers what is done here ({who}). Stop it first, or let it do the work.",
    ):
        since = begun(data, time.time_ns() // 1_000_000)
        LOG.info("What is done in the dashboard is delivered to %s", webhook.host)
        if is_readable_on_the_way(webhook):
            LOG.warning("The webhook's address begins with http: what is delivered can be read on its way")
        Deliverer(lambda: [rooms / room for room in room_ids(rooms)], since, Post(webhook, stop)).run(stop)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command line of `python -m livedash ingest`."""
    parser.add_argument("data_dir", type=Path, help="the directory that holds rooms/ and cache/")
    add_webhook_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Read logs, and deliver where there is a webhook, until interrupted. Raises Problem."""
    rooms, cache = args.data_dir / "rooms", args.data_dir / "cache"
    to_stderr(logging.WARNING, "%(message)s")
    webhook = webhook_from(args)
    if webhook:
        check_webhook(webhook)
    if not rooms.is_dir():
        raise Problem("no-data", "{path} is not there. Name the directory that holds rooms/.", path=str(rooms))
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: stop.set())
    if webhook:
        work = threading.Thread(
            target=alone, args=(lambda: deliver(args.data_dir, webhook, stop), stop), name="delivering"
        )
        work.start()
    try:
        Ingester(rooms, cache).run(stop)
    finally:
        stop.set()
    return 0

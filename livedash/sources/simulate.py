"""The command `simulate`: a believable LIVE written into a room as it happens, or whole past ones at once, for trying
the dashboard without an own LIVE. It only reads the command line; the LIVE itself is made by the modules beside it."""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import datetime
from pathlib import Path

from livedash.places import is_room_id, no_room_id
from livedash.problems import Problem
from livedash.sources import demo
from livedash.sources.recording import Clock, Recording, fast_clock, play, wall_clock
from livedash.sources.script import DURATION, RATE, SECOND, plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said on the command line."""
    parser.add_argument(
        "data_dir", type=Path, metavar="DATA_DIR", help="the data directory; the room is made in DATA_DIR/rooms"
    )
    parser.add_argument(
        "--speed", type=_positive, default=1.0, metavar="N", help="how many times as fast as the clock (1)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number gives another LIVE (1)")
    parser.add_argument(
        "--rate", type=_positive, default=RATE, metavar="EVENTS_PER_S", help=f"how large an audience ({RATE:g})"
    )
    parser.add_argument(
        "--ended", type=int, default=0, metavar="N", help="write N whole LIVEs of the evenings before, at once"
    )
    parser.add_argument("--room", metavar="ID", help="the room to write (simulated-<start>)")
    parser.add_argument(
        "--start",
        type=_moment,
        metavar="TIME",
        help="when it starts (RFC 3339); the same seed, rate and start give the same log",
    )


def run(args: argparse.Namespace) -> int:
    """Do what the arguments say; 0 when done or stopped by the user, 2 where that cannot be."""
    try:
        return _past(args) if args.ended > 0 else _now(args)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2


def _past(args: argparse.Namespace) -> int:
    made = demo.prepare(args.data_dir, args.start, args.ended, seed=args.seed, rate=args.rate)
    told = ", ".join(made) or "there were enough already"
    print(f"{len(made)} ended LIVEs written to {args.data_dir / 'rooms'}: {told}")
    return 0


def _now(args: argparse.Namespace) -> int:
    # A fast LIVE starts in the past and ends now: a log never tells of the future.
    start = wall_clock() - round(DURATION * max(0.0, 1 - 1 / args.speed)) if args.start is None else args.start
    room_id = args.room or datetime.fromtimestamp(start / SECOND).strftime("simulated-%Y%m%d-%H%M%S")
    if not is_room_id(room_id):
        raise no_room_id(room_id)
    live = plan(args.seed, start, args.rate)
    clock: Clock = wall_clock if args.speed == 1 else fast_clock(live, args.speed)
    with Recording(args.data_dir / "rooms" / room_id, live) as recording:
        print(f"Writing the LIVE “{live.title}” to {args.data_dir / 'rooms' / room_id}; Ctrl+C stops it.", flush=True)
        try:
            play(recording, threading.Event(), clock)
        except KeyboardInterrupt:
            print("Stopped.")
    return 0


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return number


def _moment(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone; end it with Z or +08:00")
    return round(moment.timestamp() * SECOND)

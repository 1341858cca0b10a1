"""How one livedash is run: where its data lies, where it listens, how often it refreshes. Frozen once read; it opens
nothing and may not know who uses it."""
from __future__ import annotations

import argparse
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from livedash.problems import Problem
from livedash.words import N_

DATA = Path(__file__).parents[1] / "data"
"""Beside the program: rooms/ (the user's logs), demo/ (small recorded LIVEs), cache/ (derived, deletable)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """data: the directory that holds rooms/; port 0: any free one; demo: whether to show one when there is no room;
    guarded: something before livedash asks for a login; frame_ancestors: origins that may embed the dashboard;
    refresh_ms: how often a page asks for news; threads: requests answered at once."""

    data: Path = DATA
    host: str = "127.0.0.1"
    port: int = 8050
    demo: bool = True
    guarded: bool = False
    frame_ancestors: tuple[str, ...] = ()
    refresh_ms: int = 1000
    threads: int = 8

    @property
    def rooms(self) -> Path:
        return self.data / "rooms"

    @property
    def cache(self) -> Path:
        return self.data / "cache"

    @property
    def demo_data(self) -> Settings:
        """The demo's own data directory: all of it may be deleted."""
        return replace(self, data=self.cache / "demo", demo=False)


def is_local(host: str) -> bool:
    """Whether only this computer can reach a server that listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check(settings: Settings) -> None:
    """Raises Problem("public-without-login") where strangers could look in."""
    if not (settings.guarded or is_local(settings.host)):
        raise Problem(
            "public-without-login",
            N_(
                "Listening on {host} would show your figures to everyone who can reach this computer, and livedash "
                "itself asks for no login. Leave out --host to show them on this computer only, or put a web server "
                "that asks for a login before livedash and add --guarded."
            ),
            host=settings.host,
        )


def from_arguments(arguments: Sequence[str] | None = None) -> Settings:
    """The settings that a command line asks for. Leaves the program with usage words where they make no sense."""
    usual = Settings()
    parser = argparse.ArgumentParser(prog="python app.py", description="Show livestreams on a dashboard.")
    parser.add_argument(
        "--data", type=Path, default=usual.data, metavar="DIR", help="holds rooms/ with your logs (%(default)s)"
    )
    parser.add_argument("--host", default=usual.host, help="where to listen (%(default)s: this computer only)")
    parser.add_argument("--port", type=int, default=usual.port, help="%(default)s; 0 takes any free one")
    parser.add_argument("--no-demo", action="store_true", help="show no demo when there is no room yet")
    parser.add_argument("--guarded", action="store_true", help="a web server before livedash asks for a login")
    parser.add_argument(
        "--embed-in", action="append", default=[], metavar="ORIGIN", help="may show livedash in a frame; repeatable"
    )
    parser.add_argument(
        "--refresh",
        type=float,
        default=usual.refresh_ms / 1000,
        metavar="S",
        help="seconds between refreshes (%(default)s)",
    )
    parser.add_argument("--threads", type=int, default=usual.threads, help="requests answered at once (%(default)s)")
    asked = parser.parse_args(arguments)
    if not 0 <= asked.port <= 65535:
        parser.error("--port is a number from 0 to 65535")
    if asked.refresh < 0.1 or asked.threads < 1:
        parser.error("--refresh is at least 0.1 and --threads at least 1")
    for origin in asked.embed_in:
        if not origin.startswith(("https://", "http://")) or set(origin) & set(" ;,'\"\r\n"):
            parser.error(f"--embed-in wants an origin such as https://intranet.example, not {origin!r}")
    return Settings(
        data=asked.data.resolve(),
        host=asked.host,
        port=asked.port,
        demo=not asked.no_demo,
        guarded=asked.guarded,
        frame_ancestors=tuple(asked.embed_in),
        refresh_ms=round(asked.refresh * 1000),
        threads=asked.threads,
    )

"""How one livedash is run: where its data lies, where it listens, how often it refreshes. Frozen once read; it opens
nothing and may not know who uses it."""
from __future__ import annotations

import argparse
import ipaddress
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from livedash.problems import Problem
from livedash.words import N_

DATA = Path(__file__).parents[1] / "data"
"""Beside the program: rooms/ (the user's logs), demo/ (small recorded LIVEs), cache/ (derived, deletable)."""

SECRET = "LIVEDASH_WEBHOOK_SECRET"
"""The environment variable that may hold the webhook's secret: a command line is seen by everybody on the computer."""
SHORTEST_SECRET = 16
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where actions are delivered, and the secret that signs them. Neither is shown when this is printed: the address
    of a webhook often is a secret too."""

    address: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The part of the address that may stand in a log."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"


@dataclass(frozen=True, slots=True)
class Settings:
    """data: the directory that holds rooms/; port 0: any free one; demo: whether to show one when there is no room;
    guarded: something before livedash asks for a login; frame_ancestors: origins that may embed the dashboard;
    framed_acts: whether one may act there, or only read; refresh_ms: how often a page asks for news; threads: requests
    answered at once; webhook: where actions are delivered; console: the address of the seller's own console."""

    data: Path = DATA
    host: str = "127.0.0.1"
    port: int = 8050
    demo: bool = True
    guarded: bool = False
    frame_ancestors: tuple[str, ...] = ()
    framed_acts: bool = False
    refresh_ms: int = 1000
    threads: int = 8
    webhook: Webhook | None = None
    console: str | None = None

    @property
    def rooms(self) -> Path:
        return self.data / "rooms"

    @property
    def cache(self) -> Path:
        return self.data / "cache"

    @property
    def demo_data(self) -> Settings:
        """The demo's own data directory: all of it may be deleted. What is done there is delivered nowhere."""
        return replace(self, data=self.cache / "demo", demo=False, webhook=None)


def is_local(host: str) -> bool:
    """Whether only this computer can reach a server that listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check(settings: Settings) -> None:
    """Raises Problem: "public-without-login" where strangers could look in, "webhook-address", "webhook-secret",
    "console-address"."""
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
    if settings.webhook:
        check_webhook(settings.webhook)
    if settings.console and not _is_address(settings.console):
        raise Problem(
            "console-address",
            N_(
                "The console's address must be like https://seller.example/live, without a name and password in it. "
                "Mend what follows --console."
            ),
        )


def check_webhook(webhook: Webhook) -> None:
    """Raises Problem: "webhook-address", "webhook-secret". Neither says what was given: it may be a secret."""
    if not _is_address(webhook.address):
        raise Problem(
            "webhook-address",
            N_(
                "The webhook's address must be like https://hooks.example/livedash, without a name and password in "
                "it. Mend what follows --webhook."
            ),
        )
    if len(webhook.secret) < SHORTEST_SECRET:
        raise Problem(
            "webhook-secret",
            N_(
                "A webhook needs a secret of at least {length} characters, so that its receiver can tell who sends. "
                "Put one into the environment variable {variable}, or into a file and name that with "
                "--webhook-secret-file. It was {given} characters long."
            ),
            length=SHORTEST_SECRET, variable=SECRET, given=len(webhook.secret),
        )  # fmt: skip


def is_readable_on_the_way(webhook: Webhook) -> bool:
    """Whether what is delivered travels unencrypted beyond this computer: signed, but readable."""
    parts = urlsplit(webhook.address)
    return parts.scheme == "http" and not is_local(parts.hostname or "")


def _is_address(text: str) -> bool:
    """Whether this is a plain web address: http or https, a host, no name and password, nothing unprintable."""
    if len(text) > LONGEST_ADDRESS or not all("!" <= letter <= "~" for letter in text):
        return False
    try:
        parts = urlsplit(text)
        plain = bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        return plain and parts.scheme in ("http", "https")
    except ValueError:  # a port that is no number, brackets that are no address
        return False


def add_webhook_arguments(parser: argparse.ArgumentParser) -> None:
    """What a command line says of the webhook. The secret itself never stands there."""
    parser.add_argument("--webhook", metavar="URL", help="deliver what is done in the dashboard to this address")
    parser.add_argument(
        "--webhook-secret-file", type=Path, metavar="FILE",
        help=f"holds the secret that signs what is delivered (else: the environment variable {SECRET})",
    )  # fmt: skip


def webhook_from(asked: argparse.Namespace, environment: Mapping[str, str] | None = None) -> Webhook | None:
    """The webhook that a command line asks for, with its secret from the file or from the environment. Raises
    Problem("webhook-secret-file")."""
    if not asked.webhook:
        return None
    if asked.webhook_secret_file is None:
        return Webhook(asked.webhook, (os.environ if environment is None else environment).get(SECRET, "").strip())
    try:
        return Webhook(asked.webhook, asked.webhook_secret_file.read_text("utf-8").strip())
    except (OSError, ValueError) as error:
        raise Problem(
            "webhook-secret-file",
            N_(
                "The webhook's secret cannot be read from {file}: {reason}. Name a readable text file with "
                "--webhook-secret-file."
            ),
            file=str(asked.webhook_secret_file),
            reason=(error.strerror or str(error)) if isinstance(error, OSError) else "no UTF-8",
        ) from None


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
    parser.add_argument("--embed-acts", action="store_true", help="in such a frame one may also act, not only read")
    parser.add_argument(
        "--refresh",
        type=float,
        default=usual.refresh_ms / 1000,
        metavar="S",
        help="seconds between refreshes (%(default)s)",
    )
    parser.add_argument("--threads", type=int, default=usual.threads, help="requests answered at once (%(default)s)")
    add_webhook_arguments(parser)
    parser.add_argument("--console", metavar="URL", help="your seller console, offered as a link beside what is done")
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
        framed_acts=asked.embed_acts,
        refresh_ms=round(asked.refresh * 1000),
        threads=asked.threads,
        webhook=webhook_from(asked),
        console=asked.console,
    )

"""livedash: a dashboard for livestream sellers. This file builds the app from its layers and is its command line
entry; it is the only one that knows every layer."""
from __future__ import annotations

import logging
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from dash import Dash
from waitress.server import create_server

from callbacks import (
    appeals,
    broadcast,
    console,
    exports,
    files,
    giveaways,
    home,
    key_data,
    manual,
    products,
    reader,
    safety,
    sharing,
    shell,
    trends,
    violations,
)
from callbacks.answers import remember_answers
from callbacks.parts import pinning
from layouts import shell as frame
from layouts.home import Guide
from livedash import settings as options
from livedash.hosted import alone, deliver
from livedash.logged import to_stderr
from livedash.problems import Problem
from livedash.rollup.fold import Rollup
from livedash.rollup.ingest import Ingester, room_ids
from livedash.rollup.lock import only_one
from livedash.rollup.room import RoomHeader
from livedash.rooms import Freshness, Rooms
from livedash.settings import Settings
from livedash.sources import demo
from livedash.words import N_

LOG = logging.getLogger("livedash")

CAN_POLL = hasattr(select, "poll")
CONNECTIONS = 2000 if CAN_POLL else 400
"""Browsers keep several open for each page. Windows can wait for no more than 512 at once."""

OWN_PLACE = ("early.js", "theme.css", "icon.svg")
"""Assets that stand in a place of their own in the page, not where Dash puts the others."""


class LiveDash(Dash):
    """Dash, whose page is our own document in the reader's language."""

    def interpolate_index(self, **parts: Any) -> str:
        own = {name.split(".")[0]: self.get_asset_url(name) for name in OWN_PLACE}
        return frame.document(parts | own | {"bootstrap": files.BOOTSTRAP}, reader.language(), reader.is_in_a_room())


class OwnOrDemo(Rooms):
    """The user's rooms; as long as there is none, those of the demo."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.rooms, settings.cache)
        self.demo = Rooms(settings.demo_data.rooms, settings.demo_data.cache) if settings.demo else None

    def shows_demo(self) -> bool:
        """Whether it is the demo that is shown."""
        return self.demo is not None and not super().ids()

    def _shown(self) -> Rooms | None:
        """The demo where it is what is shown."""
        return self.demo if self.shows_demo() else None

    def ids(self) -> list[str]:
        demo = self._shown()
        return demo.ids() if demo else super().ids()

    def folder(self, room_id: str) -> Path:
        demo = self._shown()
        if demo:
            return demo.folder(room_id)
        try:
            return super().folder(room_id)
        except Problem:
            if self.demo is None or room_id not in self.demo.ids():
                raise
        raise Problem("room-gone", N_("The demo has gone, as there is a LIVE of your own. Go to the list of rooms."))

    def revision(self, room_id: str) -> int:
        demo = self._shown()
        return demo.revision(room_id) if demo else super().revision(room_id)

    @contextmanager
    def reading(self, room_id: str) -> Iterator[Rollup]:
        demo = self._shown()
        with demo.reading(room_id) if demo else super().reading(room_id) as rollup:
            yield rollup

    def remembered(self, room_id: str, question: Callable[..., Any], *args: Any) -> Any:
        demo = self._shown()
        return demo.remembered(room_id, question, *args) if demo else super().remembered(room_id, question, *args)

    def header(self, room_id: str) -> RoomHeader:
        demo = self._shown()
        return demo.header(room_id) if demo else super().header(room_id)

    def freshness(self, room_id: str) -> Freshness:
        demo = self._shown()
        return demo.freshness(room_id) if demo else super().freshness(room_id)


def create_app(settings: Settings) -> Dash:
    """The whole app over the rooms of the settings' data directory. It reads what is there; it starts no thread."""
    faults = safety.Faults()
    app = LiveDash(
        "livedash",
        title="livedash",
        update_title=None,
        assets_folder=str(options.DATA.parent / "assets"),
        assets_ignore="|".join(re.escape(name) for name in OWN_PLACE),
        suppress_callback_exceptions=True,
        on_error=shell.show_in_toast(faults),
        health_endpoint=safety.HEALTH,
        enable_mcp=False,
    )
    rooms = OwnOrDemo(settings)

    def guide() -> Guide:
        return Guide(str(settings.rooms), rooms.shows_demo())

    app.layout = lambda: frame.frame(reader.words(), reader.theme())
    remember_answers(app.server)
    console.keep(app.server, settings.console)
    files.serve(app.server, rooms)
    exports.serve(app.server, rooms)
    appeals.serve(app.server, rooms)
    pages = {"home": home.page(rooms, guide, faults), "manual": manual.page}
    shell.register(app, rooms, settings, pages)
    home.register(app, rooms, guide, faults)
    manual.register(app)
    pinning.register(app, rooms)
    key_data.register(app, rooms, faults)
    trends.register(app, rooms, faults)
    products.register(app, rooms, faults)
    giveaways.register(app, rooms, faults)
    violations.register(app, rooms, faults)
    broadcast.register(app, rooms, faults)
    safety.guard(app, settings, faults)
    sharing.share(app.server)
    files.compress(app.server)
    return app


def workers(settings: Settings, stop: threading.Event) -> list[threading.Thread]:
    """The threads behind the pages: the reader of the logs; the deliverer where there is a webhook; and with no room of
    the user's own, the demo and its reader."""

    def read(data: Settings) -> Callable[[], None]:
        return lambda: Ingester(data.rooms, data.cache).run(stop)

    def play() -> None:
        with only_one(settings.demo_data.data / "demo.lock"):
            live = demo.start(settings.demo_data.data)
            stop.wait()
            live.stop()

    tasks = {"reading": read(settings)}
    webhook = settings.webhook
    if webhook:
        tasks |= {"delivering": lambda: deliver(settings.data, webhook, stop)}
    if settings.demo and not room_ids(settings.rooms):
        tasks |= {"demo": play, "reading-demo": read(settings.demo_data)}
    return [threading.Thread(target=alone, args=(work, stop), name=name) for name, work in tasks.items()]


def serve(settings: Settings) -> int:
    """Answer until interrupted or told to end. Returns the exit status."""
    options.check(settings)
    try:
        settings.rooms.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            "data-unwritable",
            "{path} cannot be made: {why}. Name a directory that may be written with --data.",
            path=str(settings.rooms), why=error.strerror or str(error),
        ) from error  # fmt: skip
    app = create_app(settings)
    try:
        server = create_server(
            app.server, host=settings.host, port=settings.port, threads=settings.threads, ident=None,
            connection_limit=CONNECTIONS, asyncore_use_poll=CAN_POLL,
        )  # fmt: skip
    except OSError as error:
        raise Problem(
            "port-taken",
            "Nothing can listen on {host}, port {port}: {why}. Choose another with --port.",
            host=settings.host, port=settings.port, why=error.strerror or str(error),
        ) from error  # fmt: skip
    stop = threading.Event()
    behind = workers(settings, stop)
    try:
        signal.signal(signal.SIGTERM, leave)
        for thread in behind:
            thread.start()
        port = getattr(server, "effective_port", settings.port)
        print(f"livedash shows your LIVEs at http://{settings.host}:{port} (Ctrl+C ends it)", flush=True)
        server.run()
    finally:
        stop.set()
        server.close()
        for thread in behind:
            if thread.is_alive():
                thread.join(timeout=4)
    return 0


def leave(number: int, frame_: FrameType | None) -> None:
    """On SIGTERM: leave as by Ctrl+C."""
    raise SystemExit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit status: 2 where something must be mended first."""
    to_stderr(logging.INFO, "%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits for a moment
    try:
        return serve(options.from_arguments(arguments))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

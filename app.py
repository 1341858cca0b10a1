"""livedash: a dashboard for livestream sellers. This file builds the app from its layers and is its command line entry; it is
the only one that knows every layer."""
from __future__ import annotations

import logging
import re
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Any

from dash import Dash
from waitress.server import create_server

from callbacks import files, home, key_data, manual, reader, safety, shell
from callbacks.answers import remember_answers
from layouts import shell as frame
from livedash import settings as options
from livedash.problems import Problem
from livedash.rollup.ingest import Ingester
from livedash.rooms import Rooms
from livedash.settings import Settings

LOG = logging.getLogger("livedash")

OWN_PLACE = ("early.js", "theme.css", "icon.svg")
"""Assets that stand in a place of their own in the page, not where Dash puts the others."""


class LiveDash(Dash):
    """Dash, whose page is our own document in the reader's language."""

    def interpolate_index(self, **parts: Any) -> str:
        own = {name.split(".")[0]: self.get_asset_url(name) for name in OWN_PLACE}
        return frame.document(parts | own | {"bootstrap": files.BOOTSTRAP}, reader.language())


def create_app(settings: Settings, guide: home.Guide | None = None) -> Dash:
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
    rooms = Rooms(settings.rooms, settings.cache)
    guide = guide or home.Guide(str(settings.rooms), demo=False)
    app.layout = lambda: frame.frame(reader.words(), reader.theme())
    remember_answers(app.server)
    files.serve(app.server, rooms)
    pages = {"home": home.page(rooms, guide), "manual": manual.page}
    shell.register(app, rooms, settings, pages)
    home.register(app, rooms, guide)
    manual.register(app)
    key_data.register(app, rooms)
    safety.guard(app, settings, faults)
    return app


def read_logs(settings: Settings, stop: threading.Event) -> None:
    """Keep every room read until told to stop. Where another process reads this data directory already, it is let do so,
    and this one takes over when that has ended."""
    said = False
    while not stop.is_set():
        try:
            Ingester(settings.rooms, settings.cache).run(stop)
        except Problem as problem:
            if not said:
                LOG.warning("%s", problem)
            said = True
            stop.wait(2)


def serve(settings: Settings) -> int:
    """Answer until interrupted or told to end. Returns the exit status."""
    options.check(settings)
    settings.rooms.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    try:
        server = create_server(app.server, host=settings.host, port=settings.port, threads=settings.threads, ident=None)
    except OSError as error:
        raise Problem(
            "port-taken",
            "Nothing can listen on {host}, port {port}: {why}. Choose another with --port.",
            host=settings.host, port=settings.port, why=error.strerror or str(error),
        ) from error  # fmt: skip
    stop = threading.Event()
    reading = threading.Thread(target=read_logs, args=(settings, stop), name="reading")
    reading.start()
    signal.signal(signal.SIGTERM, leave)
    port = getattr(server, "effective_port", settings.port)
    print(f"livedash shows your LIVEs at http://{settings.host}:{port} (Ctrl+C ends it)", flush=True)
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        reading.join(timeout=4)
    return 0


def leave(number: int, frame_: FrameType | None) -> None:
    """On SIGTERM: leave as by Ctrl+C."""
    raise SystemExit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit status: 2 where something must be mended first."""
    settings = options.from_arguments(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        return serve(settings)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

"""The address of the seller's own console, for whichever part offers it beside an action. It is a setting and nothing
else: no address that came in data is ever offered here."""
from __future__ import annotations

from flask import Flask, current_app, has_app_context

EXTENSION = "livedash-console"


def keep(server: Flask, address: str | None) -> None:
    """Remember the address for this app's answers. Called once for each app."""
    server.extensions[EXTENSION] = address


def address() -> str | None:
    """The console's address (`--console`); None where none is set."""
    found: str | None = current_app.extensions.get(EXTENSION) if has_app_context() else None
    return found

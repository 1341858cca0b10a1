"""What every act from the dashboard asks first: whether it may be done from what is shown, and where. It does nothing
itself."""
from __future__ import annotations

from flask import current_app, has_request_context, request

from livedash.problems import Problem
from livedash.view import View
from livedash.words import N_

FRAMED = "X-Livedash-Framed"
"""The header by which a page says that another page shows it in a frame; assets/shell.js sets it."""
FRAMED_ACTS = "LIVEDASH_FRAMED_ACTS"
"""The server's setting of whether such a page may act."""


def unframed() -> None:
    """Raises Problem("view-framed") where the page that asks is shown inside another, which could lead a reader's click
    to a button that he does not see; unless the settings let it act."""
    if has_request_context() and FRAMED in request.headers and not current_app.config.get(FRAMED_ACTS):
        raise Problem(
            "view-framed",
            N_("Shown inside another page, livedash can only be read. Open it in a window of its own to act."),
        )


def of_now(view: View) -> None:
    """Raises Problem("view-past") while the time machine shows the past: acting there would act on another state than
    the one seen; and as `unframed`."""
    unframed()
    if view.as_of is not None:
        raise Problem(
            "view-past", N_("You are looking at the past, where nothing can be done. Press “Back to now” first.")
        )

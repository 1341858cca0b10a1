"""What every act from the dashboard asks first: whether it may be done from what is shown. It does nothing itself."""
from __future__ import annotations

from livedash.problems import Problem
from livedash.view import View
from livedash.words import N_


def of_now(view: View) -> None:
    """Raises Problem("view-past") while the time machine shows the past: acting there would act on another state than
    the one seen."""
    if view.as_of is not None:
        raise Problem(
            "view-past", N_("You are looking at the past, where nothing can be done. Press “Back to now” first.")
        )

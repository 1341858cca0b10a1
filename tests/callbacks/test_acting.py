"""Acting is refused where the past is shown, in one sentence for every act."""
from __future__ import annotations

import pytest

from callbacks.acting import of_now
from livedash.problems import Problem
from livedash.view import View


def test_only_what_is_shown_of_now_may_be_acted_on() -> None:
    of_now(View("autumn", 1))
    with pytest.raises(Problem, match="Back to now") as problem:
        of_now(View("autumn", 1, as_of=5))
    assert problem.value.code == "view-past"

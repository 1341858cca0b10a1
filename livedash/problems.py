"""Expected trouble: each kind has a code and a sentence that says what was expected, what came and how to mend it.
A Problem is for the reader's eyes; a bug stays an ordinary exception."""
from __future__ import annotations

from livedash.words import Sentence


class Problem(Exception):
    """Trouble that a user can mend. `code` is stable, for scripts; `sentence` is translated where it is shown."""

    def __init__(self, code: str, msgid: str, **params: object) -> None:
        self.code = code
        self.sentence = Sentence.of(msgid, **params)
        super().__init__(self.sentence.in_english())

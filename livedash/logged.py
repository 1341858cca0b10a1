"""How the program's own log is written: a line stays one line, whatever came in data. It decides nothing about what is
logged."""
from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, ends a line or turns the order of letters round."""
Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def escaped(text: str) -> str:
    """The text with what is no letter written out, as in \\n and \\x1b."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Plain(logging.Formatter):
    """Writes messages and the words of exceptions escaped. The frames of a traceback keep their lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = escaped(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Caught) -> str:  # noqa: N802
        error = ei[1]
        return "" if error is None else "\n".join(_told(traceback.TracebackException.from_exception(error)))


def _told(one: traceback.TracebackException) -> list[str]:
    """The lines of an exception, and before them those of what it came from."""
    chain = [one]
    while (before := _before(chain[-1])) is not None:
        chain.append(before)
    lines: list[str] = []
    for place, error in enumerate(reversed(chain)):
        if place:
            lines += ["", "That led to this:", ""]
        if error.stack:
            lines += ["Traceback (most recent call last):", *"".join(error.stack.format()).rstrip("\n").split("\n")]
        lines.append(escaped("".join(error.format_exception_only()).rstrip("\n")))
    return lines


def _before(one: traceback.TracebackException) -> traceback.TracebackException | None:
    return one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def to_stderr(level: int, form: str) -> None:
    """Write the log of this process to its standard error, unless somebody has taken it up already. form: that of
    logging, with %(message)s."""
    handler = logging.StreamHandler()
    handler.setFormatter(Plain(form))
    logging.basicConfig(level=level, handlers=[handler])

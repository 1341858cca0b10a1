"""The program's log: a line for a message, whatever stood in the data."""
from __future__ import annotations

import argparse
import io
import logging
import sys

import pytest

import app as entry
from livedash import hosted
from livedash.logged import Plain, escaped
from livedash.problems import Problem

HOSTILE = "of\r\nINFO livedash: all is well\x1b[2J\u2028\x9b1m\u202e晚上好"


def written(error: Exception | None = None, message: str = "A bug: %s", said: str = HOSTILE) -> list[str]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Plain("%(levelname)s %(message)s"))
    caught = (type(error), error, error.__traceback__) if error else None
    handler.handle(logging.LogRecord("x", logging.ERROR, "x.py", 1, message, (said,), caught))
    return stream.getvalue().split("\n")


def raised(words: str) -> Exception:
    try:
        try:
            raise KeyError("first\n" + words)
        except KeyError as first:
            raise ValueError(words) from first
    except ValueError as error:
        return error


def test_a_message_is_one_line_and_holds_no_control_characters() -> None:
    line, end = written()
    assert end == "" and line.startswith("ERROR A bug: of\\r\\nINFO livedash") and line.endswith("晚上好")
    assert escaped(line) == line


def test_the_words_of_an_exception_are_one_line_and_its_frames_keep_theirs() -> None:
    error = raised(HOSTILE)
    error.add_note("noted\n" + HOSTILE)
    lines = written(error)
    assert all(escaped(line) == line for line in lines)
    assert lines.count("Traceback (most recent call last):") == 2 and "That led to this:" in lines
    assert [line for line in lines if line.startswith("  File ") and "test_logged" in line]
    assert [line.split(":")[0] for line in lines if "all is well" in line] == ["ERROR A bug", "KeyError", "ValueError"]
    assert not [line for line in lines if line.startswith(("INFO", "noted"))]


def test_an_error_that_was_never_raised_and_none_at_all_can_be_written() -> None:
    assert written(ValueError("plain"))[1:] == ["ValueError: plain", ""]
    assert Plain().formatException((None, None, None)) == ""


@pytest.mark.parametrize("begin", ["app", "ingest"])
def test_the_program_s_log_is_written_so(monkeypatch: pytest.MonkeyPatch, begin: str) -> None:
    """Whatever is started: the root's one handler has this way of writing."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    if begin == "app":
        with pytest.raises(SystemExit):
            entry.main(["--threads", "0"])
    else:
        parser = argparse.ArgumentParser()
        hosted.add_arguments(parser)
        with pytest.raises(Problem):
            hosted.run(parser.parse_args(["/nowhere/at/all"]))
    logging.getLogger("livedash").warning("%s", "two\nlines")
    assert "two\\nlines" in stream.getvalue()

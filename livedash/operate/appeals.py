"""Appeals against violations: submitted once, and how they were decided, each said by a durable line in the room's log.
It never submits twice, and it never rewrites what was said before."""
from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livedash.operate.evidence import File, staged
from livedash.operate.journal import Journal, after, held
from livedash.problems import Problem
from livedash.words import N_, Amount

Event = dict[str, Any]
SUBMITTED, DECIDED = "appeal_submitted", "appeal_decided"
OUTCOMES = ("upheld", "rejected")
REASONS = ("did_not_happen", "corrected_on_air", "product_information", "other")
"""What an appeal may rest on."""
LONGEST_TEXT = 1000
"""Characters of an appeal."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the room so far: its violations, its appeal lines (ts in epoch ms), and the time of the latest
    event where the LIVE is over: what is said later stands there, so that it does not wake it."""

    violations: AbstractSet[str]
    said: tuple[Mapping[str, Any], ...] = ()
    over_at: int | None = None


def submit(
    room: Path, ref: str, reason: str, text: str, files: Iterable[File], standing: Standing, by: str
) -> tuple[Event, ...]:
    """Appeal against a violation, with evidence. Returns the line written: none if an appeal stands already. Raises
    Problem: "violation-unknown", "appeal-reason", "appeal-empty", "appeal-long", those of `staged`, `held` and
    `append`."""
    _check(ref, standing)
    if reason not in REASONS:
        raise Problem("appeal-reason", N_("Choose what the appeal rests on."))
    written = "".join(letter for letter in _lines(text) if letter == "\n" or letter.isprintable()).strip()
    if not written:
        raise Problem("appeal-empty", N_("Say in a sentence or two why the violation is wrong."))
    if len(written) > LONGEST_TEXT:
        raise Problem(
            "appeal-long",
            N_("The text has {n} characters, and {most} are allowed. Shorten it."),
            n=Amount(len(written)),
            most=Amount(LONGEST_TEXT),
        )
    with staged(room, ref, files) as keep, held(room) as journal:
        said = _said(journal, ref, standing)
        if said:
            return ()
        names = keep()
        fields: Event = {"reason": reason, "text": written} | ({"evidence": list(names)} if names else {})
        return _write(journal, said, SUBMITTED, ref, fields, standing, by)


def decide(room: Path, ref: str, outcome: str, standing: Standing, by: str) -> tuple[Event, ...]:
    """Say how an appeal was decided: one of OUTCOMES. Returns the line written: none if that is how it stands. Raises
    Problem: "violation-unknown", "appeal-outcome", "appeal-missing", those of `held` and `append`."""
    _check(ref, standing)
    if outcome not in OUTCOMES:
        raise Problem(
            "appeal-outcome", N_("An appeal is upheld or rejected, and not {outcome}."), outcome=str(outcome)[:40]
        )
    with held(room) as journal:
        said = _said(journal, ref, standing)
        if not said:
            raise Problem(
                "appeal-missing", N_("No appeal against this violation was submitted yet. Submit one first.")
            )
        if said[-1]["type"] == DECIDED and said[-1].get("outcome") == outcome:
            return ()
        return _write(journal, said, DECIDED, ref, {"outcome": outcome}, standing, by)


def _check(ref: str, standing: Standing) -> None:
    if ref not in standing.violations:
        raise Problem("violation-unknown", N_("This violation is not in the log any more. Load the page again."))


def _lines(text: str) -> str:
    """Browsers send the ends of lines in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def _said(journal: Journal, ref: str, standing: Standing) -> list[Mapping[str, Any]]:
    """What was said of this appeal, in order of time: what is known so far, and what another process has written
    since."""
    lines = {
        (line["event_id"], line["type"]): line
        for line in (*standing.said, *journal.events())
        if line.get("type") in (SUBMITTED, DECIDED)
        and line.get("ref_id") == ref
        and isinstance(line.get("event_id"), str)
        and isinstance(line.get("ts"), int)
    }
    return sorted(lines.values(), key=lambda line: (_when(line), line["ts"], line["event_id"]))


def _when(line: Mapping[str, Any]) -> int:
    """When a line was written; `at` is what older lines call it."""
    known = (line.get(name) for name in ("recorded", "at"))
    return next((ms for ms in known if isinstance(ms, int) and not isinstance(ms, bool)), line["ts"])


def _write(
    journal: Journal, said: list[Mapping[str, Any]], kind: str, ref: str, fields: Event, standing: Standing, by: str
) -> tuple[Event, ...]:
    """Of a LIVE that is over, the line stands at its end, with the real time in `recorded`."""
    now = after(_when(line) for line in said)
    over = standing.over_at
    ts = now if over is None else max([over, *(line["ts"] + 1 for line in said)])
    line = {"event_id": f"op-{uuid.uuid4().hex}", "ts": ts, "type": kind, "ref_id": ref, **fields, "by": by}
    if over is not None:
        line["recorded"] = now
    journal.append((line,))
    return (line,)

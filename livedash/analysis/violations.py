"""Answers what the platform objected to. It judges nothing: reasons, points and outcomes are those of the log."""
from __future__ import annotations

from livedash.rollup.fold import Rollup
from livedash.view import Window


def standing_violations(rollup: Rollup, window: Window | None) -> tuple[int, int]:
    """How many violations of the window stand (those whose appeal was upheld do not), and how many there were."""
    upheld = {record.get("ref_id") for record in rollup.records("appeal_decided") if record.get("outcome") == "upheld"}
    names = [
        record.get("ref_id") or record["event_id"]
        for record in rollup.records("violation")
        if window is None or window.start <= record["ts"] < window.end
    ]
    return sum(name not in upheld for name in names), len(names)

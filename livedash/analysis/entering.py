"""Answers how one enters a giveaway and how many did, from the lines of the log. It judges no effect."""
from __future__ import annotations

from typing import Any

from livedash.rollup.fold import Rollup
from livedash.rollup.room import whole
from livedash.words import N_, Amount, Sentence

Line = dict[str, Any]

RULES = {
    "everyone": N_("watch; everybody takes part"), "comment": N_("write a comment"), "follow": N_("follow the host"),
    "watch_time": N_("go on watching"), "purchase": N_("buy something in this LIVE"),
}  # fmt: skip
"""Entry rules by the name that lines have for them, and what they ask of a viewer."""


def how_to_enter(line: Line) -> str | Sentence | None:
    """What a viewer must do, by a giveaway_started line: by its rule with its `keyword` or `watch_seconds`, else in its
    own words; None where it does not say."""
    said, keyword, seconds = line.get("entry_rule"), line.get("keyword"), whole(line.get("watch_seconds"))
    rule = said if isinstance(said, str) else None
    if rule == "comment" and isinstance(keyword, str) and keyword.strip():
        return Sentence.of("write “{keyword}” in a comment", keyword=keyword.strip())
    if rule == "watch_time" and seconds is not None and seconds > 0:
        return Sentence.of("watch for {length}", length=Amount(seconds, "seconds"))
    if line.get("text"):
        return str(line["text"])
    if rule is not None and rule in RULES:
        return Sentence.of(RULES[rule])
    return rule.replace("_", " ") if rule else None


def entries_of(rollup: Rollup, ref_id: Any, said: Line) -> int | None:
    """How many entered: as counted, else as the line says that ended it; None where neither is known."""
    counted = rollup.giveaway_entries.get(ref_id) if isinstance(ref_id, str) else None
    return counted if counted is not None else whole(said.get("entries"))

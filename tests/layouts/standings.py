"""A room as its header stands at noon: a LIVE that has just begun, without any trouble."""
from __future__ import annotations

from layouts.parts.standing import Standing
from livedash.view import View

NOON = 1_764_000_000_000
STANDING = Standing(
    room="autumn", revision=7, title="Autumn", host="Luna", state="live", started=NOON, ended=None, last=NOON + 5,
    now=NOON + 9, reading=True, trouble=None, ticking=True, rejected=0, unknown=0, violations=0, all_violations=0,
)  # fmt: skip
VIEW = View("autumn", 7)

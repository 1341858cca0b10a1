"""Answers what viewers say: the latest comments, questions among them. Texts come from strangers and are only text."""
from __future__ import annotations

from dataclasses import dataclass

from livedash.rollup.fold import Rollup
from livedash.view import Window


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment; name is what is shown of its author; entry: it only enters a giveaway."""

    event_id: str
    ts: int
    name: str
    text: str
    question: bool
    entry: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """remarks: the latest, oldest first; questions: how many of the window's comments are questions not yet answered."""

    remarks: tuple[Remark, ...]
    questions: int
    total: int


def is_question(text: str) -> bool:
    """Whether a text asks something, in the languages that LIVEs are held in (marks and question words)."""
    raise NotImplementedError


def conversation(rollup: Rollup, window: Window | None, only_questions: bool = False, limit: int = 100) -> Conversation:
    """The latest comments of the window."""
    raise NotImplementedError

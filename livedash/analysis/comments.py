"""Answers what viewers say: the latest comments, questions among them. Texts come from strangers and are only text."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from livedash.analysis.questions import asks
from livedash.rollup.fold import Comment, Rollup
from livedash.view import Window

LATEST = 500
"""Among so many comments questions are looked for."""


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
    """remarks: the latest, oldest first; questions: how many of the window's latest 500 comments ask something that is
    not answered yet; total: all comments of the window."""

    remarks: tuple[Remark, ...]
    questions: int
    total: int


@lru_cache(maxsize=8192)
def is_question(text: str) -> bool:
    """Whether a text asks something, in the languages that LIVEs are held in (marks and question words)."""
    return asks(text)


def conversation(
    rollup: Rollup, window: Window | None, only_questions: bool = False, limit: int = 100
) -> Conversation:
    """The latest comments of the window, or the latest questions among them (an entry to a giveaway asks nothing)."""
    latest = rollup.comments(window, max(limit, LATEST))
    answered = {line.get("ref_id") for line in rollup.records("question_answered")}
    questions = [comment for comment in latest[-LATEST:] if not comment.entry and is_question(comment.text)]
    shown = questions if only_questions else latest
    asking = {comment.event_id for comment in questions}
    return Conversation(
        remarks=tuple(_remark(comment, comment.event_id in asking) for comment in shown[-limit:]),
        questions=sum(comment.event_id not in answered for comment in questions),
        total=rollup.sums(window)["comments"],
    )


def _remark(comment: Comment, question: bool) -> Remark:
    name = comment.name or comment.user_id or ""
    return Remark(comment.event_id, comment.ts, name, comment.text, question, comment.entry)

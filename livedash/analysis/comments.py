"""Answers what viewers say: the latest comments, those that are looked for, and how they sound. Texts come from
strangers and are only text."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from livedash.analysis.buckets import Buckets, bucket_for
from livedash.analysis.languages import language_of
from livedash.analysis.mentions import mentions
from livedash.analysis.questions import asks
from livedash.analysis.sentiment import KINDS, assess
from livedash.rollup.fold import Comment, Rollup
from livedash.view import NO_TIME, Window

LATEST = 500
"""Among so many comments questions are looked for."""
CHUNK, MOST_READ, MOST_JUDGED = 2_000, 40_000, 5_000
"""Comments read at once in a search, read in all before it pauses, and judged (question, sentiment) before it does."""
MOST_ABOUT = 5_000
"""Among so many comments those about a product are looked for."""
SAMPLE, SLICES, MOST_POINTS = 12_000, 10, 64
"""Of more comments than SAMPLE, so many are judged: evenly from SLICES slices of each of MOST_POINTS buckets."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment; name is what is shown of its author; entry: it only enters a giveaway. What a search tells besides:
    answered: the question has been; language: where it is certain; sentiment: one of sentiment.KINDS, None where it is
    not assessed; product_id: what the line names."""

    event_id: str
    ts: int
    name: str
    text: str
    question: bool
    entry: bool
    answered: bool = False
    user_id: str | None = None
    product_id: str | None = None
    language: str | None = None
    sentiment: str | None = None


Cursor = tuple[int, str]
"""Time and event_id of a comment: a place among the comments."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a search found, oldest first. before: from where to look on for older ones, None where there are none; read
    since: how far back it has looked (epoch ms), which may be further than its oldest remark; total: all comments of
    the window."""

    remarks: tuple[Remark, ...]
    before: Cursor | None
    read_since: int | None
    total: int


@dataclass(frozen=True, slots=True)
class About:
    """What was said about a product. remarks: the latest, oldest first, each with whether it names the product (else it
    was written while the product was pinned); questions: how many of the comments found ask something, and unanswered:
    how many of those are not answered yet; read: comments looked through, of total in the window."""

    remarks: tuple[tuple[Remark, bool], ...]
    found: int
    questions: int
    unanswered: int
    read: int
    total: int


@dataclass(frozen=True, slots=True)
class Mood:
    """How the comments of each bucket sound, giveaway entries left out. starts: where buckets begin (epoch ms);
    positive, neutral, negative, not_assessed: how many of each; sampled: they are a sample, evenly over time;
    uncertain: how many of all that are not assessed are of no certain language."""

    starts: tuple[int, ...]
    step_ms: int
    positive: tuple[int, ...]
    neutral: tuple[int, ...]
    negative: tuple[int, ...]
    not_assessed: tuple[int, ...]
    sampled: bool
    uncertain: int = 0


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
    rollup: Rollup, window: Window | None, only_questions: bool = False, limit: int = 60
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
    return Remark(comment.event_id, comment.ts, _name(comment), comment.text, question, comment.entry)


def search(
    rollup: Rollup, window: Window | None, text: str = "", language: str | None = None, only_questions: bool = False,
    viewer: str | None = None, product_id: str | None = None, sentiment: str | None = None,
    before: Cursor | None = None, limit: int = 50,
) -> Page:  # fmt: skip
    """The latest comments of the window that are looked for, `limit` of them, older than `before`.

    text: words that text or name hold, all of them, in any case; viewer: a user_id or a name as shown; product_id: the
    line names it, or the text mentions it (analysis.mentions); sentiment: one of sentiment.KINDS, or
    "not_assessed". A search looks at a bounded number of comments: it may come back with fewer than there are, and
    `before` to look on from.
    """
    words = text.casefold().split()[:10]
    mentioned = _mentioned(rollup, product_id)

    def fits(comment: Comment) -> bool:
        said = f"{comment.text} {comment.name or ''}".casefold()
        return (
            (viewer is None or viewer in (comment.user_id, _name(comment)))
            and all(word in said for word in words)
            and (product_id is None or comment.product_id == product_id or mentioned(comment.text))
            and (language is None or language_of(comment.text, comment.language) == language)
        )

    answered = {line.get("ref_id") for line in rollup.records("question_answered")}
    found: list[Remark] = []
    judged, at = 0, before
    for read, comment in enumerate(_backwards(rollup, window, before), 1):
        at = (comment.ts, comment.event_id)
        if fits(comment):
            judged += 1
            remark = _known(comment, answered)
            if (remark.question or not only_questions) and sentiment in (None, remark.sentiment or "not_assessed"):
                found.append(remark)
        if len(found) == limit or read == MOST_READ or judged == max(MOST_JUDGED, limit):
            break
    else:
        at = None
    older = at if at is not None and next(_backwards(rollup, window, at), None) else None
    since = at[0] if at else None
    return Page(tuple(reversed(found)), older, since, rollup.sums(window)["comments"])


def about(
    rollup: Rollup, window: Window | None, product_id: str, pins: tuple[Window, ...], only_questions: bool = False,
    limit: int = 100,
) -> About:  # fmt: skip
    """The latest comments of the window that are about the product: those whose line names it or whose text
    mentions it, and those without a product that were written while it was pinned (pins). Giveaway entries are left
    out; no more than the latest MOST_ABOUT comments are looked through."""
    mentioned = _mentioned(rollup, product_id)
    answered = {line.get("ref_id") for line in rollup.records("question_answered")}
    found: list[tuple[Remark, bool]] = []
    count = questions = unanswered = 0
    read = rollup.comments(window, MOST_ABOUT)
    for comment in reversed(read):
        named = comment.product_id == product_id or mentioned(comment.text)
        meant = comment.product_id is None and any(pin.start <= comment.ts < pin.end for pin in pins)
        if comment.entry or not (named or meant):
            continue
        asks = is_question(comment.text)
        count += 1
        questions += asks
        unanswered += asks and comment.event_id not in answered
        if (asks or not only_questions) and len(found) < limit:
            found.append((replace(_remark(comment, asks), answered=comment.event_id in answered), named))
    return About(
        tuple(reversed(found)), count, questions, unanswered, len(read), rollup.sums(window)["comments"]
    )  # fmt: skip


def mood(rollup: Rollup, window: Window | None, step_ms: int | None = None) -> Mood:
    """How the comments of the window sound over time, in buckets of step_ms on the room's clock (None: at most
    MOST_POINTS)."""
    window = window or rollup.span or NO_TIME
    steps = Buckets(rollup, window, bucket_for(rollup, window, MOST_POINTS) if step_ms is None else step_ms)
    edges = steps.edges.tolist()
    sampled = rollup.sums(steps.window)["comments"] > SAMPLE
    slices = SLICES if sampled else 1
    quota = max(1, SAMPLE // (len(steps) * slices)) if sampled else None
    counts = {kind: [0] * len(steps) for kind in (*KINDS, "not_assessed")}
    uncertain = 0
    for place, (start, end) in enumerate(pairwise(edges)):
        for part in range(slices):
            cut = Window(start + (end - start) * part // slices, start + (end - start) * (part + 1) // slices)
            for comment in rollup.comments(cut, quota):
                if not comment.entry:
                    language = language_of(comment.text, comment.language)
                    counts[assess(comment.text, language) or "not_assessed"][place] += 1
                    uncertain += language is None
    kinds = {kind: tuple(count) for kind, count in counts.items()}
    return Mood(tuple(edges[:-1]), steps.step_ms, **kinds, sampled=sampled, uncertain=uncertain)


def _backwards(rollup: Rollup, window: Window | None, before: Cursor | None) -> Iterator[Comment]:
    """The comments of the window older than a place, the latest first."""
    start = window.start if window else 0
    end = window.end if window else (rollup.last_ts or 0) + 1
    size = CHUNK // 20
    while True:
        until = end if before is None else min(end, before[0] + 1)
        chunk = rollup.comments(Window(start, until), size)
        older = [comment for comment in chunk if before is None or (comment.ts, comment.event_id) < before]
        yield from reversed(older)
        if len(chunk) < size:
            return
        if older:
            before = older[0].ts, older[0].event_id
            size = CHUNK
        else:
            size *= 2  # more comments at one moment than fit a chunk


def _known(comment: Comment, answered: set[object]) -> Remark:
    language = language_of(comment.text, comment.language)
    return replace(
        _remark(comment, not comment.entry and is_question(comment.text)),
        answered=comment.event_id in answered,
        user_id=comment.user_id,
        product_id=comment.product_id,
        language=language,
        sentiment=None if comment.entry else assess(comment.text, language),
    )


def _mentioned(rollup: Rollup, product_id: str | None) -> Callable[[str], bool]:
    titles = {key: facts.title for key, facts in rollup.product_facts.items()}
    return mentions(titles, product_id or "")


def _name(comment: Comment) -> str:
    return comment.name or comment.user_id or ""

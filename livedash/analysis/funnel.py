"""Answers where viewers drop out: the funnel of counts, and beside it the ordered funnel of users. The two count
different things and are never mixed."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from livedash.analysis.facts import RoomFacts, on_edge, ran
from livedash.analysis.metrics import FUNNEL, METRICS
from livedash.rollup.fold import Rollup
from livedash.view import Window
from livedash.words import N_, Amount, Sentence

USER_STAGES = {
    "entered": "view",
    "product_impression": "product_impression",
    "product_click": "product_click",
    "add_to_cart": "add_to_cart",
    "order_paid": "order_paid",
}
"""The stages of the user funnel, and the event type that takes a user there."""

LOSSES = dict(
    zip(
        FUNNEL[1:],
        (
            N_("Too few impressions become views"),
            N_("Too few views lead to a product click"),
            N_("Too few product clicks become orders"),
        ),
        strict=True,
    )
)
EARLIER_LIVES = N_("{loss}: {rate}, against {usual} in your earlier LIVEs.")
TIME_BEFORE = N_("{loss}: {rate}, against {usual} in the {length} before.")
FIRST_HALF = N_("{loss}: {rate} in the later half of the LIVE, against {usual} in the earlier half.")


@dataclass(frozen=True, slots=True)
class Stage:
    """key: a metric key (impressions, views, product_clicks, orders); rate: from the stage before, a fraction."""

    key: str
    count: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The stage that loses most against what is usual; the sentence names what it is compared with."""

    key: str
    rate: float
    usual: float
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Funnel:
    stages: tuple[Stage, ...]
    bottleneck: Bottleneck | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserStage:
    """stage: entered, product_impression, product_click, add_to_cart, order_paid; users: distinct, in order."""

    stage: str
    users: int
    rate: float | None


def funnel(rollup: Rollup, window: Window | None, usual: dict[str, float] | None = None) -> Funnel:
    """The funnel of the window.

    usual: this seller's own rate per stage over earlier LIVEs (see usual_rates). Without it the bottleneck is told
    against the time before, of the same length; for the whole LIVE, its later half against its earlier one.
    """
    stages = _stages(rollup, window)
    missing = (kind for key in FUNNEL for kind in METRICS[key].lacks(rollup.types))
    worst = _worst(stages, usual, EARLIER_LIVES) if usual else _worst_of_late(rollup, window, stages)
    return Funnel(stages, worst, tuple(dict.fromkeys(missing)))


def usual_rates(funnels: Iterable[Funnel]) -> dict[str, float]:
    """The rate per stage over several LIVEs together: all that came through / all that came to it."""
    came: dict[str, int] = {}
    through: dict[str, int] = {}
    for one in funnels:
        for before, stage in pairwise(one.stages):
            if before.count and stage.count is not None:
                came[stage.key] = came.get(stage.key, 0) + before.count
                through[stage.key] = through.get(stage.key, 0) + stage.count
    return {key: through[key] / count for key, count in came.items()}


def user_funnel(rollup: Rollup, window: Window | None) -> tuple[UserStage, ...]:
    """Distinct users who took the stages in order of time. A stage that the log never records is left out: nobody can
    be seen to take it, and it does not stop those who went on."""
    stages = [stage for stage, kind in USER_STAGES.items() if kind in rollup.types]
    if len(stages) == len(USER_STAGES):
        users = rollup.user_funnel(window)
    else:
        users = rollup.ordered_funnel([USER_STAGES[stage] for stage in stages], window)
    return tuple(
        UserStage(stage, count, count / before if before else None)
        for stage, count, before in zip(stages, users, [0, *users], strict=False)
    )


def _stages(rollup: Rollup, window: Window | None) -> tuple[Stage, ...]:
    facts = RoomFacts(rollup, window)
    counts = [METRICS[key].compute(facts)[0] for key in FUNNEL]
    stages = []
    for key, count, before in zip(FUNNEL, counts, [None, *counts], strict=False):
        assert count is None or isinstance(count, int)
        stages.append(Stage(key, count, float(count / before) if count is not None and before else None))
    return tuple(stages)


def _worst_of_late(rollup: Rollup, window: Window | None, stages: tuple[Stage, ...]) -> Bottleneck | None:
    """The bottleneck against the time before."""
    live = ran(rollup, window)
    if live is None:
        return None
    if window is None:
        middle = on_edge(rollup, (live.start + live.end) // 2)
        later, earlier = (_stages(rollup, Window(*half)) for half in ((middle, live.end), (live.start, middle)))
        return _worst(later, _rates(earlier), FIRST_HALF)
    before = ran(rollup, Window(2 * window.start - window.end, window.start))
    if before is None:
        return None
    length = Amount(before.seconds, "seconds")
    return _worst(stages, _rates(_stages(rollup, before)), TIME_BEFORE, length=length)


def _rates(stages: tuple[Stage, ...]) -> dict[str, float]:
    return {stage.key: stage.rate for stage in stages if stage.rate is not None}


def _worst(stages: tuple[Stage, ...], usual: dict[str, float], msgid: str, **said: Amount) -> Bottleneck | None:
    """The stage whose rate is furthest below the usual one, in proportion to it. A shortfall that chance makes every
    day (no more than the square root of what was to be expected) is none."""
    worst, least = None, 1.0
    for before, stage in pairwise(stages):
        expected = usual.get(stage.key)
        if not expected or stage.rate is None or before.count is None or stage.count is None:
            continue
        due = before.count * expected
        if due - stage.count > sqrt(due) and stage.rate / expected < least:
            worst, least = stage, stage.rate / expected
    if worst is None or worst.rate is None:
        return None
    sentence = Sentence.of(
        msgid,
        loss=Sentence.of(LOSSES[worst.key]),
        rate=Amount(worst.rate, "ratio"),
        usual=Amount(usual[worst.key], "ratio"),
        **said,
    )
    return Bottleneck(worst.key, worst.rate, usual[worst.key], sentence)

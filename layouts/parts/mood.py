"""How the comments sound over time: the shares of positive, neutral and negative among those that can be assessed. What
cannot be assessed is counted and never guessed."""

from __future__ import annotations

from dash import Output, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.states import card, loading, nothing_yet
from livedash.analysis.comments import Mood
from livedash.locale import Words
from livedash.view import View

ROOT = "broadcast-mood"
BARS = f"{ROOT}-bars"
SAID = f"{ROOT}-said"
ENDS = f"{ROOT}-ends"

KINDS = ("positive", "neutral", "negative")

OUTPUTS: dict[str, Output] = {
    "bars": Drawn(BARS, "children"),
    "said": Drawn(SAID, "children"),
    "ends": Drawn(ENDS, "children"),
}


def layout(words: Words) -> Component:
    """The card in its loading state."""
    return card(
        words("Mood of the comments"),
        id=ROOT,
        children=[
            html.Div(id=BARS, className="mood", **{"aria-hidden": "true"}),
            html.Div(id=ENDS, className="mood-ends muted small", **{"aria-hidden": "true"}),
            html.Div(loading(words, 1), id=SAID),
        ],
    )


def show(answer: Mood, view: View, words: Words) -> dict[str, object]:
    """A bar for each stretch of time, as high as its shares; and the whole in a sentence."""
    counts = {kind: sum(getattr(answer, kind)) for kind in KINDS}
    assessed, apart = sum(counts.values()), sum(answer.not_assessed)
    if not assessed:
        if not apart:
            return {"bars": [], "said": nothing_yet(words, words("No comment here yet.")), "ends": None}
        empty = words("No comment here can be assessed: that is only done for English.")
        why = f"{empty} {_why(answer, apart, words)}"
        return {"bars": [], "said": nothing_yet(words, why), "ends": None}
    shares = zip(*(getattr(answer, kind) for kind in KINDS), strict=True)
    end = answer.starts[-1] + answer.step_ms
    return {
        "bars": [_bar(step) for step in shares],
        "said": [
            _legend(counts, assessed, words),
            html.P(_apart(answer, apart, assessed, words), className="small muted"),
        ],
        "ends": [html.Span(words.clock(answer.starts[0])), html.Span(words.clock(end))],
    }


def _bar(counts: tuple[int, ...]) -> Component:
    total = sum(counts)
    parts = [
        html.Span(className=kind, style={"height": f"{100 * count / total:.1f}%"})
        for kind, count in zip(KINDS, counts, strict=True)
        if count
    ]
    return html.Div(parts, className="mood-bar")


def _legend(counts: dict[str, int], assessed: int, words: Words) -> Component:
    names = {"positive": words("Positive"), "neutral": words("Neutral"), "negative": words("Negative")}
    return html.Ul(
        [
            html.Li(
                [html.Span(className=f"mood-sign {kind}"), names[kind], " ", words.percent(counts[kind] / assessed)]
            )
            for kind in KINDS
        ],
        className="mood-legend",
    )


def _apart(answer: Mood, apart: int, assessed: int, words: Words) -> str:
    """What the shares rest on."""
    told = [words("Of {n} comments in English.", n=words.value(assessed, "count"))]
    told += [_why(answer, apart, words)] if apart else []
    told.append(words("Single judgements often err."))
    told += [words("A sample, evenly over time.")] if answer.sampled else []
    return " ".join(told)


def _why(answer: Mood, apart: int, words: Words) -> str:
    """How many are not assessed, and why."""
    return words(
        "Not assessed: {other} in other languages, {uncertain} too short or mixed to be sure of a language.",
        other=words.value(apart - answer.uncertain, "count"),
        uncertain=words.value(answer.uncertain, "count"),
    )

"""The customise dialog, for anything of which a person chooses some and puts them in order: all there is by group and
with a search on the left, the chosen ones on the right. It does not know what the choice is for; assets/chooser.js does
the work in the browser.

How to use it, with a root id of your own:

    layout      chooser_button(ROOT, words("Customize"))          opens the dialog; its children may be set at any time
                chooser(ROOT, words("Choose columns"), groups, default, most=16, words=words)
                    groups: tuple of Group(label, (Choice(key, label, help), ...)), in the order shown;
                    for metrics metric_groups(words, by="product") has them ready
    callbacks   callbacks.parts.chooser.wire(app, ROOT)           once for each root
                Input(chosen_id(ROOT), "data")                    what a callback listens to
                keys = chosen(data, known, default)               the keys in the order chosen
    also        button_id(ROOT)                                   to set the children of the button

The choice is kept in the browser for the next visit; it is None until somebody has chosen, and again after a reset.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog
from livedash.analysis.metrics import GROUPS, METRICS
from livedash.locale import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: key as it is stored, label and help in the reader's words."""

    key: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that belong together under a label."""

    label: str
    choices: tuple[Choice, ...]


def button_id(root: str) -> str:
    return f"{root}-open"


def dialog_id(root: str) -> str:
    return f"{root}-dialog"


def options_id(root: str) -> str:
    return f"{root}-options"


def chosen_id(root: str) -> str:
    return f"{root}-chosen"


def chosen(data: Any, known: Collection[str], default: Sequence[str]) -> tuple[str, ...]:
    """The keys chosen, in their order. What a browser stored long ago is not trusted: keys no longer known, doubles and
    anything that is not a list fall away."""
    if not isinstance(data, list):
        return tuple(default)
    return tuple(dict.fromkeys(key for key in data if isinstance(key, str) and key in known))


def metric_groups(words: Words, by: str, without: Collection[str] = ()) -> tuple[Group, ...]:
    """All metrics that may be grouped by "time", "product" or "channel", under the labels of their groups."""
    groups = []
    for group, label in GROUPS.items():
        metrics = [
            metric
            for metric in METRICS.values()
            if metric.group == group and by in metric.by and metric.key not in without
        ]
        if metrics:
            choices = tuple(Choice(metric.key, words(metric.label), words(metric.help)) for metric in metrics)
            groups.append(Group(words(label), choices))
    return tuple(groups)


def chooser_button(root: str, label: Any) -> html.Button:
    """The button that opens the dialog."""
    return html.Button(
        label, id=button_id(root), type="button", className="btn btn-link chooser-open", **{"aria-haspopup": "dialog"}
    )


def chooser(
    root: str, title: str, groups: Sequence[Group], default: Sequence[str], most: int, words: Words
) -> Component:
    """The dialog, closed, with its two stores: what there is to choose from, and what is chosen."""
    options = {
        "chosen": chosen_id(root),
        "groups": [asdict(group) for group in groups],
        "default": list(default),
        "most": most,
        "words": _phrases(most, words),
    }
    right = [
        html.H3(className="chooser-count"),
        html.Ol(className="chooser-chosen"),
        html.P(words("Drag to reorder, or press Alt with the up and down arrow keys."), className="card-note"),
    ]
    body = [
        html.Div(
            [html.Div(className="chooser-left"), html.Div(right, className="chooser-right")],
            className="chooser-panes",
        ),
        html.P(className="chooser-message", role="status"),
    ]
    buttons = [
        html.Button(words("Reset"), type="button", className="btn btn-link chooser-reset"),
        html.Button(words("Cancel"), type="button", className="btn btn-quiet closes"),
        html.Button(words("Apply"), type="button", className="btn btn-primary chooser-apply"),
    ]
    return html.Div(
        [
            dcc.Store(id=options_id(root), data=options),
            dcc.Store(id=chosen_id(root), storage_type="local"),
            dialog(title, words, id=dialog_id(root), children=body, footer=buttons),
        ]
    )


def _phrases(most: int, words: Words) -> dict[str, str]:
    """The phrases that the script fills in itself; {name}, {place}, {count} and {most} stay as they are."""
    return {
        "count": words("Chosen: {count} of at most {most}", count="{count}", most=most),
        "full": words("At most {most} can be chosen. Take one away first.", most=most),
        "search": words("Search what can be chosen"),
        "nothing": words("Nothing here has that in its name."),
        "moved": words("{name} moved to place {place} of {count}", name="{name}", place="{place}", count="{count}"),
        "added": words("{name} added at place {place}", name="{name}", place="{place}"),
        "removed": words("{name} taken away", name="{name}"),
        "up": words("Move {name} up", name="{name}"),
        "down": words("Move {name} down", name="{name}"),
        "remove": words("Take {name} away", name="{name}"),
        "reset": words("Back to the usual choice. Apply to keep it."),
    }

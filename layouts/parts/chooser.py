"""The customise dialog, for anything of which a person chooses some and puts them in order: all there is by group and with
a search on the left, the chosen ones on the right. It knows nothing of what is chosen; assets/chooser.js does the work.

How to use it, with a root id of your own:

    layout      chooser_button(ROOT, words("Customize"))          opens the dialog; its children may be set at any time
                chooser(ROOT, words("Choose columns"), groups, default, most=16, words=words)
                    groups: tuple of Group(label, (Choice(key, label, help), ...)), in the order shown
    callbacks   callbacks.parts.chooser.wire(app, ROOT)           once for each root
                Input(chosen_id(ROOT), "data")                    what a callback listens to
                keys = chosen(data, known, default)               the keys in the order chosen
    also        button_id(ROOT)                                   to set the children of the button

The choice is kept in the browser for the next visit; it is None until somebody has chosen, and again after a reset.
"""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

if TYPE_CHECKING:
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


def chooser_button(root: str, label: Any) -> html.Button:
    """The button that opens the dialog."""
    return html.Button(label, id=button_id(root), type="button", className="chooser-open", **{"aria-haspopup": "dialog"})


def chooser(root: str, title: str, groups: Sequence[Group], default: Sequence[str], most: int, words: Words) -> Component:
    """The dialog, closed, with its two stores: what there is to choose from, and what is chosen."""
    options = {
        "chosen": chosen_id(root),
        "groups": [asdict(group) for group in groups],
        "default": list(default),
        "most": most,
        "words": _phrases(most, words),
    }
    heading = f"{root}-heading"
    return html.Div(
        [
            dcc.Store(id=options_id(root), data=options),
            dcc.Store(id=chosen_id(root), storage_type="local"),
            html.Dialog(
                [
                    html.H2(title, id=heading, className="chooser-title"),
                    html.Div(
                        [
                            html.Div(
                                [
                                    dcc.Input(
                                        id=f"{root}-search", type="search", className="chooser-search", autoComplete="off",
                                        placeholder=words("Search"), **_named(words("Search what can be chosen")),
                                    ),
                                    html.Div(className="chooser-options"),
                                ],
                                className="chooser-left",
                            ),
                            html.Div(
                                [
                                    html.H3(words("Chosen"), className="chooser-count"),
                                    html.Ol(className="chooser-chosen"),
                                    html.P(
                                        words("Drag to reorder, or press Alt with the up and down arrow keys."),
                                        className="chooser-hint",
                                    ),
                                ],
                                className="chooser-right",
                            ),
                        ],
                        className="chooser-panes",
                    ),
                    html.P(className="chooser-message", role="status", **{"aria-live": "polite"}),
                    html.Div(
                        [
                            html.Button(words("Reset"), type="button", className="chooser-reset"),
                            html.Button(words("Cancel"), type="button", className="chooser-cancel"),
                            html.Button(words("Apply"), type="button", className="chooser-apply"),
                        ],
                        className="chooser-actions",
                    ),
                ],
                id=dialog_id(root),
                className="chooser",
                **{"aria-labelledby": heading},
            ),
        ]
    )


def _phrases(most: int, words: Words) -> dict[str, str]:
    """The phrases that the script fills in itself; {name}, {place}, {count} and {most} stay as they are."""
    return {
        "count": words("Chosen: {count} of at most {most}", count="{count}", most=most),
        "full": words("At most {most} can be chosen. Take one away first.", most=most),
        "nothing": words("Nothing here has that in its name."),
        "empty": words("Nothing is chosen yet."),
        "moved": words("{name} moved to place {place} of {count}", name="{name}", place="{place}", count="{count}"),
        "added": words("{name} added at place {place}", name="{name}", place="{place}"),
        "removed": words("{name} taken away", name="{name}"),
        "up": words("Move {name} up", name="{name}"),
        "down": words("Move {name} down", name="{name}"),
        "remove": words("Take {name} away", name="{name}"),
        "reset": words("Back to the usual choice. Apply to keep it."),
    }


def _named(name: str) -> dict[str, str]:
    return {"aria-label": name}

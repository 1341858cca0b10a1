"""What every part of a screen is framed with: the card, the dialog, a choice of a few, and the states that a part can
be in. It may hold no figures and no wiring: whoever uses it owns the ids."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from livedash.locale import Words

Children: TypeAlias = Any
"""What Dash shows: text, a component, several of them, or nothing."""


def card(
    title: str,
    *,
    id: str,
    children: Children,
    actions: Children = None,
    note: Children = None,
    className: str = "",  # noqa: N803
) -> Component:
    """A titled section of the screen. note: quiet words beside the title; actions: at the right end of the head."""
    heading = f"{id}-title"
    head: list[Component] = [html.H2(title, id=heading)]
    if note is not None:
        head.append(html.Div(note, className="card-note"))
    if actions is not None:
        head.append(html.Div(actions, className="card-actions"))
    trouble = html.P(id=trouble_id(id), className="state failed", hidden=True, role="status")
    return html.Section(
        [html.Header(head, className="card-head"), trouble, html.Div(children, className="card-body")],
        id=id,
        className=f"card {className}".strip(),
        **{"aria-labelledby": heading},
    )


def trouble_id(id: str) -> str:
    """The id of the words that stand in a card that could not be refreshed."""
    return f"{id}-trouble"


def dialog(
    title: str, words: Words, *, id: str, children: Children, footer: Children = None, wide: bool = False
) -> Component:
    """A dialog, closed at first: the browser keeps the focus inside, Escape and the cross close it.

    callbacks.parts.states.opens(app, button, id) opens it by a button; any button inside with className "closes"
    closes it. """
    heading = f"{id}-title"
    close = html.Button("×", type="button", className="btn btn-link closes cross", **{"aria-label": words("Close")})
    parts: list[Component] = [
        html.Header([html.H2(title, id=heading), close], className="dialog-head"),
        html.Div(children, className="dialog-body"),
    ]
    if footer is not None:
        parts.append(html.Footer(footer, className="dialog-foot"))
    return html.Dialog(parts, id=id, className="dialog wide" if wide else "dialog", **{"aria-labelledby": heading})


def segmented(
    label: str, *, id: str, options: Sequence[tuple[str, str | Component]], value: str, persist: bool = False
) -> Component:
    """A choice of a few, in one frame: radio buttons (so arrow keys work). options: (value, label); label: its name."""
    radios = dbc.RadioItems(
        id=id,
        options=[{"label": text, "value": key} for key, text in options],
        value=value,
        inline=True,
        persistence=persist or None,
        persistence_type="local",
    )
    return html.Div(radios, className="segmented", role="group", **{"aria-label": label})


def loading(words: Words, lines: int = 3) -> Component:
    """What a part shows before its first answer."""
    grey = [html.Div(className="skeleton", style={"width": f"{100 - 14 * (i % 4)}%"}) for i in range(lines)]
    return html.Div([html.Span(words("Loading"), className="visually-hidden"), *grey], className="state loading")


def missing_text(words: Words, missing: Sequence[str]) -> str:
    """Why there is no figure: the event types that the log lacks. Empty if it lacks none."""
    if not missing:
        return ""
    return words("Not recorded in this log: {types}.", types=", ".join(missing))


def nothing_yet(words: Words, sentence: str, missing: Sequence[str] = ()) -> Component:
    """Nothing to show is a state: a sentence, and the event types that would fill it."""
    why = missing_text(words, missing)
    return html.Div([html.P(sentence), html.P(why, className="small") if why else None], className="state empty")

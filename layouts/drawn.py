"""What a tab's refresh draws straight into the page. Dash tells every component of a page of every change of any; what
is only looked at is therefore not made of Dash's components, but sent as plain trees, which assets/draw.js turns into
elements and renews where they differ. What a person acts on by a callback stays with Dash."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from dash import Output
from dash.development.base_component import Component

Tree: TypeAlias = "str | list[Any]"
"""A text, or an element: its tag, its attributes, and what is in it. One that has a `key` among its attributes stays
itself, wherever it comes to stand."""

NAMES = {"className": "class", "htmlFor": "for"}
"""Attributes whose name in HTML is not just the same in small letters."""
ODD = frozenset({"Script", "ObjectEl", "MapEl"})
"""Html components that are not drawn: none of ours has them."""
UNSEEN = frozenset({"n_clicks", "disable_n_clicks", "children", "style"})


class Drawn(Output):
    """An output of a part that a refresh draws itself: the children or one attribute of an element that the part's
    layout has made, which nothing else may set and no callback ask for (tests/house/test_panels.py). Whether a button
    is disabled cannot be drawn: React goes by what it knows of that itself."""


def trees(children: Any) -> list[Tree]:
    """Text and html components, in any nesting of lists, as trees. Raises TypeError for what needs Dash to live."""
    return list(_each(children))


def _each(children: Any) -> Iterator[Tree]:
    if children is None or isinstance(children, bool):
        return
    if isinstance(children, (list, tuple)):
        for one in children:
            yield from _each(one)
    elif isinstance(children, Component):
        yield _element(children)
    else:
        yield str(children)


def _element(made: Component) -> Tree:
    is_plain = made._namespace == "dash_html_components" and made._type not in ODD
    if not is_plain or getattr(made, "id", None) is not None:
        raise TypeError(f"{made._type} cannot be drawn: its output must be Dash's, not Drawn.")
    said = made.to_plotly_json()["props"]
    attributes = {
        NAMES.get(name, name.lower()): value
        for name, value in said.items()
        if name not in UNSEEN and value is not None
    }
    if "style" in said:
        attributes["style"] = style(said["style"])
    return [made._type.lower(), attributes, *trees(said.get("children"))]


def style(said: Mapping[str, str] | None) -> dict[str, str]:
    """Style properties by the names that CSS has for them."""
    return {re.sub("[A-Z]", lambda big: f"-{big[0].lower()}", name): value for name, value in (said or {}).items()}


def sent(output: Drawn, value: Any) -> Any:
    """What assets/draw.js is told: trees for children, else the attribute's value. Raises TypeError."""
    if output.component_property == "children":
        return trees(value)
    return style(value) if output.component_property == "style" else value

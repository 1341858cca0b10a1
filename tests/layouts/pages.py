"""Looks into what a layout has built."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(built: Any) -> Iterator[Any]:
    """Every component and text, in the order of the page."""
    if isinstance(built, (list, tuple)):
        for part in built:
            yield from walk(part)
    elif built is not None:
        yield built
        if isinstance(built, Component):
            yield from walk(getattr(built, "children", None))


def find(built: Any, id: Any) -> Any:
    """The component of that id."""
    found = [part for part in walk(built) if isinstance(part, Component) and getattr(part, "id", None) == id]
    assert len(found) == 1, f"{len(found)} components are called {id}"
    return found[0]


def texts(built: Any) -> str:
    """All text that is shown."""
    return "\n".join(str(part) for part in walk(built) if isinstance(part, (str, int, float)))


def ids(built: Any) -> list[str]:
    return [
        str(part.id) for part in walk(built) if isinstance(part, Component) and getattr(part, "id", None) is not None
    ]

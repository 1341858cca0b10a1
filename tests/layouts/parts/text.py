"""What a reader of the page reads of a component. It knows nothing of any part."""

from __future__ import annotations

from typing import Any


def text(shown: Any, between: str = "") -> str:
    """All text of a component, or of a list of them, one after the other."""
    return between.join(_pieces(shown))


def _pieces(shown: Any) -> list[str]:
    if shown is None:
        return []
    if isinstance(shown, list | tuple):
        return [piece for part in shown for piece in _pieces(part)]
    if hasattr(shown, "to_plotly_json"):
        return _pieces(getattr(shown, "children", None))
    return [str(shown)]

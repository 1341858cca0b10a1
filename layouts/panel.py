"""What the layout of every tab is put into: its parts, and the store of the View as far as the tab is open. It may not
know any part."""
from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component


def panel(tab_view: str, *parts: Component, className: str) -> Component:  # noqa: N803
    """The panel of a tab. tab_view: the id of its store, which is "<tab>-view"."""
    return html.Div([dcc.Store(id=tab_view), dcc.Store(id=drawing(tab_view)), *parts], className=className)


def drawing(tab_view: str) -> str:
    """The id of the store of what the tab's refresh draws."""
    return f"{tab_view.removesuffix('-view')}-drawing"

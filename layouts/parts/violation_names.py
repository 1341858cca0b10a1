"""What violations and their products are called on screen."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts import addresses
from livedash.analysis.remedies import UNKNOWN
from livedash.analysis.violations import Violation
from livedash.locale import Words, isolated
from livedash.view import View


def title(one: Violation, words: Words) -> str:
    """What a violation is called: our name for its reason where that is known, else the log's."""
    if one.remedy is not UNKNOWN:
        return words(one.remedy.reason)
    return isolated(one.reason.replace("_", " ")) if one.reason else words("no reason given")


def product_link(product_id: str, name: str, view: View) -> Component:
    return html.A(html.Bdi(name), href=addresses.product(view.room, product_id), className="soft")

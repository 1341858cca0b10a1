"""What is only looked at becomes plain trees; what needs Dash to live is refused."""
from __future__ import annotations

from typing import Any

import pytest
from dash import dcc, html

from layouts.drawn import Drawn, sent, trees


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (None, []),
        ("12", ["12"]),
        (12, ["12"]),
        ([None, ["a", [html.B("b")]], "", 0], ["a", ["b", {}, "b"], "", "0"]),
        (html.Bdi("<script>alert(1)</script>"), [["bdi", {}, "<script>alert(1)</script>"]]),
    ],
)
def test_children_become_trees(children: Any, expected: list[Any]) -> None:
    assert trees(children) == expected


def test_attributes_have_the_names_of_html() -> None:
    made = html.Td(
        html.Label("x", htmlFor="y"), className="num", colSpan=3, tabIndex=0, hidden=True, key="k", title=None,
        style={"width": "9%", "maskImage": "url(a)", "--played": "1"}, **{"aria-pressed": "false", "data-ms": "7"},
    )  # fmt: skip
    attributes = {
        "class": "num", "colspan": 3, "tabindex": 0, "hidden": True, "key": "k", "aria-pressed": "false",
        "data-ms": "7", "style": {"width": "9%", "mask-image": "url(a)", "--played": "1"},
    }  # fmt: skip
    assert trees(made) == [["td", attributes, ["label", {"for": "y"}, "x"]]]


@pytest.mark.parametrize(
    "needy",
    [
        dcc.Store(id="s"), html.Div(dcc.Link("x", href="/")), html.P(id={"type": "a", "n": 1}), html.Button(id="b"),
        html.Script("1"),
    ],
)
def test_what_needs_dash_is_refused(needy: Any) -> None:
    with pytest.raises(TypeError, match="cannot be drawn"):
        trees(needy)


def test_what_is_sent_hangs_on_the_property() -> None:
    assert sent(Drawn("a", "children"), html.I()) == [["i", {}]]
    assert sent(Drawn("a", "hidden"), True) is True
    assert sent(Drawn("a", "style"), {"maskImage": "none"}) == {"mask-image": "none"}
    assert sent(Drawn("a", "style"), None) == {}

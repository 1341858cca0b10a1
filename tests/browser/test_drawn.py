"""What assets/draw.js draws, in a page of nothing else: it renews what differs and leaves the rest as it is."""
from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from layouts.drawn import Tree, trees
from tests.house.trees import ROOT


@pytest.fixture
def sheet(page: Page) -> Page:
    """A page with an empty place, and one in which something waits to be replaced."""
    page.set_content("<div id='place'></div><div id='waits'><p>Loading</p></div>")
    page.add_script_tag(content=(ROOT / "assets" / "draw.js").read_text("utf-8"))
    return page


def draw(sheet: Page, id: str, *drawn: Tree, **values: Any) -> None:
    said = {id: values | ({"children": list(drawn)} if drawn else {})}
    sheet.evaluate("said => window.dash_clientside.draw.all(said)", said)


def html_of(sheet: Page, id: str = "place") -> str:
    return str(sheet.locator(f"#{id}").inner_html())


def row(key: str, text: str) -> Tree:
    return ["li", {"key": key}, ["button", {"class": f"of-{key}"}, text]]


def test_trees_become_elements_and_texts_stay_texts(sheet: Page) -> None:
    attributes = {"class": "a", "hidden": False, "aria-pressed": False, "title": None}
    draw(sheet, "waits", *trees("<b>1</b>"), ["p", attributes, "x"])
    assert html_of(sheet, "waits") == '&lt;b&gt;1&lt;/b&gt;<p class="a" aria-pressed="false">x</p>'


def test_what_stays_the_same_is_the_same_element(sheet: Page) -> None:
    attributes = {"class": "a", "title": "t", "style": {"width": "1px", "color": "red"}}
    draw(sheet, "place", ["p", attributes, "x", ["b", {}, "y"]])
    sheet.evaluate("document.querySelector('b').mine = document.querySelector('p').mine = true")
    draw(sheet, "place", ["p", {"class": "c", "style": {"width": "2px"}}, "z", ["b", {}, "y"], ["i", {}]])
    assert html_of(sheet) == '<p class="c" style="width: 2px;">z<b>y</b><i></i></p>'
    assert sheet.evaluate("document.querySelector('b').mine && document.querySelector('p').mine")
    draw(sheet, "place", ["p", {}, "z"])
    assert html_of(sheet).replace(' style=""', "") == "<p>z</p>"


def test_what_has_a_key_keeps_it_and_the_focus_wherever_it_comes_to_stand(sheet: Page) -> None:
    draw(sheet, "place", ["ol", {}, row("a", "1"), row("b", "2"), row("c", "3")])
    sheet.locator(".of-b").focus()
    draw(sheet, "place", ["ol", {}, row("new", "0"), row("b", "22"), row("c", "3")])
    assert sheet.locator("button").all_inner_texts() == ["0", "22", "3"]
    assert sheet.evaluate("document.activeElement.className") == "of-b"
    draw(sheet, "place", ["ol", {}, row("b", "22"), row("c", "3"), row("new", "0")])
    draw(sheet, "place", ["ol", {}, row("c", "3"), row("new", "0"), row("b", "22")])
    assert sheet.locator("button").all_inner_texts() == ["3", "0", "22"]
    assert sheet.evaluate("document.activeElement.className") == "of-b"
    draw(sheet, "place", ["ol", {}, row("new", "0")])
    assert sheet.locator("button").all_inner_texts() == ["0"]


def test_of_two_with_one_key_none_is_left_over(sheet: Page) -> None:
    for rows in (("a", "1"), ("a", "2")), (("a", "1"), ("a", "2"), ("b", "3")), (("a", "4"),):
        draw(sheet, "place", ["ol", {}, *(row(key, text) for key, text in rows)])
        assert sheet.locator("button").all_inner_texts() == [text for _, text in rows]


def test_another_kind_of_element_takes_the_place(sheet: Page) -> None:
    draw(sheet, "place", ["ol", {}, row("a", "1")])
    draw(sheet, "place", ["p", {}, "none"])
    assert html_of(sheet) == "<p>none</p>"
    draw(sheet, "place", "only text")
    assert html_of(sheet) == "only text"


def test_what_somebody_else_wrote_stays_until_there_is_something_new(sheet: Page) -> None:
    draw(sheet, "place", ["p", {}, ["span", {"class": "count"}], ["button", {}, "Copy"]])
    sheet.evaluate("document.querySelector('.count').textContent = '5 s'")
    sheet.evaluate("document.querySelector('button').textContent = 'Copied'")
    draw(sheet, "place", ["p", {"class": "on"}, ["span", {"class": "count"}], ["button", {}, "Copy"]])
    assert html_of(sheet) == '<p class="on"><span class="count">5 s</span><button>Copied</button></p>'
    draw(sheet, "place", ["p", {}, ["span", {"class": "count"}], ["button", {}, "Copy it"]])
    assert html_of(sheet) == '<p><span class="count">5 s</span><button>Copy it</button></p>'


def test_attributes_of_what_is_there_are_set_and_taken_away(sheet: Page) -> None:
    draw(sheet, "place", hidden=True, **{"data-key": "views", "className": "tile"})
    place = sheet.locator("#place")
    assert place.is_hidden() and place.get_attribute("data-key") == "views" and place.get_attribute("class") == "tile"
    draw(sheet, "place", hidden=False, **{"data-key": "", "style": {"color": "red"}})
    assert place.get_attribute("hidden") is None and place.get_attribute("data-key") == ""
    assert place.get_attribute("style") == "color: red;"


def test_an_element_that_is_gone_is_passed_over(sheet: Page) -> None:
    said = {"gone": {"children": ["x"]}, "place": {"children": ["y"]}}
    sheet.evaluate("said => window.dash_clientside.draw.all(said)", said)
    assert html_of(sheet) == "y"

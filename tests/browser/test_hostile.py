"""Texts come from strangers: on every page they are shown as text, run nothing, open nothing and fetch nothing."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from layouts import home, shell
from layouts.parts import comments, pinning, products, traffic
from tests.browser.conftest import App
from tests.browser.lives import HOSTILE, Log
from tests.browser.screen import by_id, open_room

NEVER_OURS = (
    'script:not([src]):not([type="application/json"]):not(#_dash-renderer), [onload], [onerror], [onclick], iframe, '
    'object, embed, a[href^="javascript:"], a[href^="http"], a[href^="//"], img[src="x"]'
)


def made_by_strangers(page: Page) -> list[str]:
    """Elements that no page of ours has."""
    found = page.locator(NEVER_OURS).evaluate_all("all => all.map(one => one.outerHTML)")
    return [str(element) for element in found]


def test_hostile_text_is_only_text(page: Page, app: App, hostile_room: str) -> None:
    open_room(page, app, hostile_room)
    expect(by_id(page, comments.LIST)).to_contain_text(HOSTILE[0])
    expect(by_id(page, products.GRID)).to_contain_text(HOSTILE[1])
    assert made_by_strangers(page) == []
    for button in page.get_by_role("button", name="Talking points").all()[:1]:
        button.click()
        expect(by_id(page, pinning.SCRIPT)).to_be_visible()
        assert made_by_strangers(page) == []
        page.keyboard.press("Escape")
    by_id(page, traffic.MORE).click()
    expect(by_id(page, traffic.GRID)).to_contain_text(HOSTILE[2])
    assert made_by_strangers(page) == []
    page.keyboard.press("Escape")
    by_id(page, shell.LOG).click()
    expect(by_id(page, shell.LOG_BODY)).to_contain_text("<img src=x onerror=alert(1)>.ndjson")
    expect(by_id(page, shell.LOG_BODY).locator("code")).to_have_text(HOSTILE[0])
    assert made_by_strangers(page) == []


def test_hostile_text_is_only_text_on_the_other_pages(page: Page, app: App, hostile_room: str) -> None:
    for tab in shell.TAB_NAMES:
        open_room(page, app, hostile_room, tab)
        assert made_by_strangers(page) == []
    page.goto(f"{app.address}/?search={HOSTILE[0]}")
    expect(by_id(page, home.LIST)).to_be_visible()
    assert made_by_strangers(page) == []
    page.goto(f"{app.address}/rooms/{HOSTILE[1]}/key-data")
    expect(page.get_by_role("main")).to_be_visible()
    assert made_by_strangers(page) == []


def test_what_runs_would_be_found(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=\"x\" onerror=\"1\">')")
    assert made_by_strangers(page)


@pytest.mark.parametrize("width", [768, 1359, 1360, 1440, 1920, 2560])
def test_a_title_however_long_leaves_the_page_its_width(page: Page, app: App, live: Log, width: int) -> None:
    live.write({"type": "live_started", "title": "Autumn skincare " * 12, "host": "Luna " * 30})
    page.set_viewport_size({"width": width, "height": 900})
    open_room(page, app, live)
    expect(by_id(page, shell.TITLE)).to_contain_text("Autumn skincare Autumn skincare")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    right = by_id(page, shell.THEME_CHOICE).evaluate("tool => tool.getBoundingClientRect().right")
    assert right <= width

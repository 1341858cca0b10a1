"""Every page, in both themes: no serious finding of axe, nothing too wide, no other host, no button that shares."""
from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from layouts.shell import TAB_NAMES
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import open_room

PAGES = {"the list": "/", "the manual": "/manual", "nowhere": "/nothing/here", "a room": ""}
SERIOUS = ("serious", "critical")
WIDTHS = (768, 1024, 1440, 2560)
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


def views(page: Page, app: App, name: str, room: str) -> Iterator[str]:
    """Open a page; a room tab by tab. Gives the name of what is seen."""
    if PAGES[name]:
        page.goto(app.address + PAGES[name])
        expect(page.get_by_role("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        yield name
    else:
        open_room(page, app, room)
        page.wait_for_load_state("networkidle")
        for tab in TAB_NAMES:
            page.locator(f"nav a[href$='/{tab}']").click()
            expect(page.locator("[aria-current='page']")).to_have_attribute("href", re.compile(f"/{tab}$"))
            expect(page.locator(".dash-graph--pending:visible, .skeleton:visible")).to_have_count(0)
            yield tab


def serious(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    return [
        f"{finding['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for finding in Axe().run(page).response["violations"]
        if finding["impact"] in SERIOUS
        for node in finding["nodes"][:3]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(page: Page, app: App, ended: str, name: str) -> None:
    for seen in views(page, app, name, ended):
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
            assert serious(page) == [], f"{seen}, {theme}"


def test_axe_would_find_a_button_without_a_name(page: Page, app: App) -> None:
    for _ in views(page, app, "nowhere", ""):
        page.get_by_role("main").evaluate("main => main.append(document.createElement('button'))")
        assert any(found.startswith("button-name") for found in serious(page))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_too_wide(page: Page, app: App, ended: str, name: str) -> None:
    for seen in views(page, app, name, ended):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function(FITS)  # charts follow the window a moment later
            assert seen


def test_the_essentials_of_key_data_need_no_scrolling(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    for name in ("Overview", "Performance trend", "Traffic sources", "Conversion"):
        box = page.get_by_role("region", name=name).bounding_box()
        assert box is not None and box["y"] + box["height"] <= 900, f"{name} ends at {box}"


def test_no_chart_offers_to_share_itself(page: Page, app: App, ended: str) -> None:
    for seen in views(page, app, "a room", ended):
        for chart in page.locator(".js-plotly-plot:visible").all():
            expect(chart.locator(".main-svg").first).to_be_attached()
        offered = page.locator("[data-title], button, a").evaluate_all(
            "all => all.map(one => [one.dataset.title, one.getAttribute('aria-label'), one.textContent].join(' '))"
        )
        shares = [text for text in offered if re.search("cloud|chart studio|share chart", text, re.I)]
        assert offered and shares == [], seen

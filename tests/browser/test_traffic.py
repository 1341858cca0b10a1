"""The table of all traffic sources in a real browser: two levels that stay open and sorted while the LIVE goes on."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from layouts.parts import traffic as part
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import by_id, open_room


def names(page: Page) -> Locator:
    return by_id(page, part.GRID).locator(".ag-center-cols-container .channel-cell")


def in_order(page: Page, *rows: str) -> None:
    for place, name in enumerate(rows):
        row = by_id(page, part.GRID).locator(f".ag-row[row-index='{place}']")
        expect(row.locator(".channel-cell")).to_contain_text(name)


def view(source: str, sub_source: str) -> dict[str, object]:
    return {"type": "view", "user_id": f"{source}{sub_source}", "source": source, "sub_source": sub_source, "paid": False}


def test_all_sources_open_in_two_levels_and_stay_so(page: Page, app: App, live: Log) -> None:
    live.write(view("for_you", "live_preview"), view("for_you", "live_swipe"), view("for_you", "live_swipe"))
    open_room(page, app, live)
    expect(by_id(page, part.LIST)).to_contain_text("LIVE Shopping Adspaid")
    opener = by_id(page, part.MORE)
    opener.click()
    expect(names(page)).to_have_count(4)
    parts = by_id(page, part.GRID).get_by_role("button", name="Parts of For You feed").last
    parts.focus()
    page.keyboard.press("Enter")
    expect(parts).to_have_attribute("aria-expanded", "true")
    expect(names(page)).to_have_count(6)

    source = by_id(page, part.GRID).locator(".ag-header-cell[col-id='channel']")
    source.click()
    source.click()
    expect(source).to_have_attribute("aria-sort", "descending")
    live.write(view("Search", ""))
    expect(names(page)).to_have_count(7)
    in_order(page, "Search", "LIVE Shopping Ads", "For You feed")
    expect(source).to_have_attribute("aria-sort", "descending")
    expect(parts).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")
    expect(by_id(page, part.TABLE)).to_be_hidden()
    expect(opener).to_be_focused()

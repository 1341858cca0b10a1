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
    user = f"{source} {sub_source}"
    return {"type": "view", "user_id": user, "source": source, "sub_source": sub_source, "paid": False}


def test_all_sources_open_in_two_levels_and_stay_so(page: Page, app: App, live: Log) -> None:
    live.write(view("short_video", "a clip"), view("short_video", "b clip"), view("short_video", "b clip"))
    open_room(page, app, live)
    expect(by_id(page, part.LIST)).to_contain_text("LIVE Shopping Adspaid")
    opener = by_id(page, part.MORE)
    opener.click()
    expect(names(page)).to_have_count(5)  # one of them for what names no source
    parts = by_id(page, part.GRID).get_by_role("button", name="Parts of Short video")
    parts.focus()
    page.keyboard.press("Enter")
    expect(parts).to_have_attribute("aria-expanded", "true")
    expect(names(page)).to_have_count(7)

    source = by_id(page, part.GRID).locator(".ag-header-cell[col-id='channel']")
    source.click()
    source.click()
    expect(source).to_have_attribute("aria-sort", "descending")
    live.write(view("Search", ""))
    expect(names(page)).to_have_count(8)
    in_order(page, "Short video", "b clip", "a clip", "Search", "Not named in the log")
    expect(source).to_have_attribute("aria-sort", "descending")
    expect(parts).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")
    expect(by_id(page, part.TABLE)).to_be_hidden()
    expect(opener).to_be_focused()

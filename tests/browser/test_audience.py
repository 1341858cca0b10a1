"""The audience card in a real browser: turning through the breakdowns, and finding the same one at the next visit."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from layouts.parts import audience as part
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import by_id, open_room


def test_breakdowns_turn_round_and_are_kept(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    place, body = by_id(page, part.PLACE), by_id(page, part.BODY)
    expect(place).to_have_text("Gender · 1/5")
    expect(body).to_contain_text("Female")
    page.get_by_role("button", name="Breakdown before").click()
    expect(place).to_have_text("Country or region · 5/5")
    expect(body).to_contain_text("Nothing is known of the viewers yet.")
    following = page.get_by_role("button", name="Next breakdown")
    following.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(place).to_have_text("Age · 3/5")
    expect(body).to_contain_text("25-34100.0%")
    expect(following).to_be_focused()
    page.reload()
    expect(place).to_have_text("Age · 3/5")


def test_small_groups_of_customers_are_withheld(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    by_id(page, part.WHO).get_by_role("radio", name="Customers").check()
    expect(by_id(page, part.BODY)).to_contain_text("Groups of fewer than 5 persons are withheld.")

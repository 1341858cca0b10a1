"""The recommendations card in a real browser: what comes is counted as new until its reader has seen it."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from layouts.parts import recommendations as part
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import by_id, open_room


def test_what_comes_is_new_until_it_is_marked_as_seen(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    notices, new = by_id(page, part.NOTICES), by_id(page, part.NEW)
    expect(notices).to_contain_text("unverified claim")
    expect(new).to_be_hidden()
    live.write({"type": "violation", "ref_id": "v2", "reason": "misleading price", "text": "Said half price."})
    expect(notices.locator(".notice").first).to_contain_text("misleading price")
    expect(new).to_have_text("1 new")
    new.click()
    expect(new).to_be_hidden()
    page.reload()
    expect(notices.locator(".notice").first).to_contain_text("misleading price")
    expect(new).to_be_hidden()

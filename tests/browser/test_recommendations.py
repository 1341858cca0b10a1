"""The recommendations card in a real browser: advice is adopted at a press and dismissed for good, no refresh takes the
focus from it, and what comes is counted as new until its reader has seen it."""
from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from layouts import shell
from layouts.parts import comments
from layouts.parts import recommendations as part
from livedash.operate.journal import NAME
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, now_ms
from tests.browser.screen import by_id, open_room, tile


def advice(page: Page, title: str) -> Locator:
    return by_id(page, part.LIST).locator(".notice").filter(has_text=title)


def said(log: Log, kind: str) -> list[Any]:
    path = log.path.with_name(NAME)
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line for line in map(json.loads, lines) if line["type"] == kind]


@pytest.fixture
def shop(app: App, own_room: str) -> Log:
    """An hour of a LIVE in which cream sold well while it was pinned; nothing is pinned now, and five viewers ask."""
    log = Log(app.rooms, own_room)
    start = now_ms() - 61 * MINUTE

    def at(second: float, kind: str, **fields: Any) -> dict[str, Any]:
        return {"ts": start + int(second * 1000), "type": kind, **fields}

    def sold(second: float, product: str) -> dict[str, Any]:
        order = f"{product}{second}"
        return at(second, "order_paid", user_id=order, order_id=order, product_id=product, price="20", currency="USD")

    log.write(
        at(0, "live_started", title="Shop", currency="USD", timezone="UTC"),
        *(at(1, "product_listed", product_id=one, title=name, price="20", currency="USD", stock=500)
          for one, name in (("cream", "Cream"), ("serum", "Serum"))),
        *(at(20 * n, "viewers", count=100) for n in range(183)),
        at(300, "pin", product_id="cream"), at(1200, "unpin", product_id="cream"),
        at(1500, "pin", product_id="serum"), at(2400, "unpin", product_id="serum"),
        *(sold(300 + 60 * n, "cream") for n in range(15)), *(sold(1300 + 500 * n, "cream") for n in range(4)),
        *(sold(1500 + 300 * n, "serum") for n in range(3)), *(sold(60 * n, "serum") for n in (2, 15, 45, 50)),
        *(at(3300 + n, "comment", user_id=f"v{n}", text="do you ship to Spain?") for n in range(5)),
        at(3500, "violation", ref_id="v1", reason="unverified claim", text="Said it cures acne."),
    )  # fmt: skip
    return log


def test_advice_is_adopted_by_one_press(page: Page, app: App, shop: Log) -> None:
    open_room(page, app, shop)
    pin = advice(page, "Pin Cream")
    expect(pin).to_contain_text("in the next 10 min")
    expect(pin).to_contain_text("15 orders in 15m 00s pinned")
    pin.get_by_role("button", name="Pin now").click()
    expect(advice(page, "Pin Cream")).to_have_count(0)
    [line] = said(shop, "pin")
    assert line["product_id"] == "cream" and line["event_id"].startswith("op-") and line["by"]


def test_an_asked_question_is_shown_and_marked_as_answered(page: Page, app: App, shop: Log) -> None:
    open_room(page, app, shop)
    asked = advice(page, "do you ship to Spain?")
    expect(asked).to_contain_text("5 viewers asked it")
    asked.get_by_role("button", name="Show the questions").click()
    expect(by_id(page, comments.ROOT)).to_be_focused()
    expect(by_id(page, comments.FILTER).get_by_role("radio", name="Questions")).to_be_checked()
    advice(page, "do you ship to Spain?").get_by_role("button", name="Mark as answered").click()
    expect(advice(page, "do you ship to Spain?")).to_have_count(0)
    assert len(said(shop, "question_answered")) == 5


def test_what_is_dismissed_by_keys_stays_away_until_it_is_asked_for(page: Page, app: App, shop: Log) -> None:
    open_room(page, app, shop)
    expect(advice(page, "Pin Cream")).to_be_visible()
    violation = advice(page, "Answer the violation")
    notice = by_id(page, part.NOTICES).locator(".notice").filter(has_text="unverified claim")
    expect(notice).to_be_hidden()
    violation.get_by_role("button", name="Dismiss").focus()
    page.keyboard.press("Enter")
    expect(violation).to_have_count(0)
    expect(advice(page, "Pin Cream").get_by_role("button", name="Dismiss")).to_be_focused()
    expect(notice).to_be_visible()
    page.reload()
    expect(advice(page, "Pin Cream")).to_be_visible()
    expect(advice(page, "Answer the violation")).to_have_count(0)
    again = by_id(page, part.AGAIN)
    expect(again).to_have_text("Show again what was dismissed (1)")
    again.press("Enter")
    expect(advice(page, "Answer the violation").get_by_role("button", name="Dismiss")).to_be_focused()
    expect(again).to_be_hidden()
    expect(notice).to_be_hidden()


def test_a_refresh_takes_no_focus_from_advice(page: Page, app: App, shop: Log) -> None:
    open_room(page, app, shop)
    press = advice(page, "Pin Cream").get_by_role("button", name="Pin now")
    press.focus()
    before = page.locator(".tile[data-key='views'] .tile-value").text_content()
    shop.write(*({"type": "view", "user_id": f"n{n}"} for n in range(40)))
    expect(page.locator(".tile[data-key='views'] .tile-value")).not_to_have_text(before or "")
    expect(press).to_be_focused()


def test_the_tab_counts_what_was_not_seen_on_any_tab(page: Page, app: App, shop: Log) -> None:
    open_room(page, app, shop, "violations")
    badge = by_id(page, shell.ADVISED)
    expect(badge).to_have_text("3")
    page.get_by_role("navigation").get_by_role("link", name="Key data").click()
    expect(advice(page, "Pin Cream")).to_be_visible()
    by_id(page, part.ROOT).scroll_into_view_if_needed()
    for title in ("Answer the violation", "Pin Cream", "do you ship"):
        advice(page, title).scroll_into_view_if_needed()
    expect(badge).to_be_hidden()
    page.reload()
    expect(advice(page, "Pin Cream")).to_be_visible()
    expect(by_id(page, shell.ADVISED)).to_be_hidden()


def test_of_the_past_nothing_can_be_pinned(page: Page, app: App, shop: Log) -> None:
    moment = now_ms() - MINUTE // 2
    page.goto(f"{app.room(shop.room)}?as-of={moment}")
    expect(tile(page, "views")).not_to_be_empty()
    expect(advice(page, "Pin Cream")).to_be_visible()
    expect(by_id(page, part.CALM)).to_contain_text("nothing can be done in the past")
    expect(by_id(page, part.LIST).get_by_role("button", name="Pin now")).to_have_count(0)


def test_after_the_end_only_what_happened_is_told(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    expect(by_id(page, part.CALM)).to_contain_text("Advice is given while a LIVE runs")
    expect(by_id(page, part.LIST)).to_be_hidden()
    expect(by_id(page, part.NOTICES)).to_contain_text("unverified claim")


def test_the_card_is_accessible(page: Page, app: App, shop: Log) -> None:
    page.emulate_media(color_scheme="dark")
    open_room(page, app, shop)
    expect(advice(page, "Pin Cream")).to_be_visible()
    found = Axe().run(page, context=f"[id='{part.ROOT}']")
    assert found.response["violations"] == []


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

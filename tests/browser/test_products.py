"""The products card in a real browser: pinning writes the log, and no refresh moves what a hand or an eye rests on."""
from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from layouts import shell
from layouts.parts import pinning
from layouts.parts import products as part
from livedash.operate.journal import NAME
from tests.browser.conftest import App
from tests.browser.lives import Log, order
from tests.browser.screen import by_id, open_room, tile


def row(page: Page, product: str) -> Locator:
    """A product's row; its cells lie in up to three places, of which the first has the product."""
    return by_id(page, part.GRID).locator(f".ag-row[row-id='{product}']").first


def cell(page: Page, product: str, column: str) -> Locator:
    """One cell of a product's row, wherever its column lies."""
    return by_id(page, part.GRID).locator(f".ag-row[row-id='{product}'] [col-id='{column}']")


def button(page: Page, name: str) -> Locator:
    return by_id(page, part.GRID).get_by_role("button", name=name, exact=True)


def said(live: Log) -> list[tuple[Any, Any]]:
    path = live.path.with_name(NAME)
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(line["type"], line["product_id"]) for line in map(json.loads, lines)]


def test_pinning_writes_the_log_and_brings_the_product_to_the_top(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").click()
    expect(button(page, "Unpin Green-tea wash")).to_be_visible()
    expect(row(page, "p-wash")).to_have_attribute("row-index", "0")
    expect(row(page, "p-wash")).to_contain_text("pinned ")
    expect(button(page, "Pin Ceramide cream")).to_be_visible()
    assert said(live) == [("unpin", "p-cream"), ("pin", "p-wash")]
    button(page, "Unpin Green-tea wash").click()
    expect(button(page, "Pin Green-tea wash")).to_be_visible()
    assert said(live)[2:] == [("unpin", "p-wash")]


def test_a_pin_can_be_taken_back_by_hand_and_by_keys_whatever_is_refreshed(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").click()
    bar, undo = by_id(page, pinning.BAR), by_id(page, pinning.UNDO)
    expect(bar).to_contain_text("Pinned Green-tea wash.")
    undo.hover()  # whoever rests on it is not hurried
    expect(button(page, "Unpin Green-tea wash")).to_be_visible()  # refreshed since
    undo.click()
    expect(bar).to_contain_text("Taken back: Ceramide cream is pinned again.")
    expect(undo).to_be_hidden()
    expect(button(page, "Unpin Ceramide cream")).to_be_visible()
    acts = [("unpin", "p-cream"), ("pin", "p-wash"), ("unpin", "p-wash"), ("pin", "p-cream")]
    assert said(live) == acts
    button(page, "Unpin Ceramide cream").click()
    expect(bar).to_contain_text("Unpinned Ceramide cream.")
    undo.hover()
    page.keyboard.press("Control+z")
    expect(bar).to_contain_text("Ceramide cream is pinned again")
    assert said(live) == [*acts, ("unpin", "p-cream"), ("pin", "p-cream")]


def test_the_bar_counts_down_and_goes_by_itself(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").click()
    undo = by_id(page, pinning.UNDO)
    expect(undo).to_have_text(re.compile(r"^Undo \(\d\)$"))
    expect(by_id(page, pinning.BAR)).to_be_hidden()
    expect(button(page, "Unpin Green-tea wash")).to_be_visible()


def test_what_is_done_bears_the_reader_s_name(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    page.get_by_role("button", name="Your name").click()
    name = by_id(page, pinning.NAME)
    name.fill("Ana 晚")
    name.press("Enter")
    expect(by_id(page, pinning.NAME_DIALOG)).to_be_hidden()
    button(page, "Pin Green-tea wash").click()
    expect(row(page, "p-wash")).to_contain_text("Ana 晚")
    expect(row(page, "p-wash")).to_contain_text("○ recorded")
    page.reload()
    button(page, "Unpin Green-tea wash").click()
    expect(button(page, "Pin Green-tea wash")).to_be_visible()
    lines = map(json.loads, live.path.with_name(NAME).read_text("utf-8").splitlines())
    assert {line["by"] for line in lines} == {"Ana 晚"}


def test_a_pin_says_whether_the_webhook_has_it(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").click()
    expect(row(page, "p-wash")).to_contain_text("○ recorded")
    pin = [json.loads(line) for line in live.path.with_name(NAME).read_text("utf-8").splitlines()][-1]
    outcomes = Log(app.rooms, live.room, "delivery.ndjson")  # as the deliverer writes it
    outcomes.write({"type": "delivery", "ref_id": pin["event_id"], "state": "retrying", "reason": "unreachable"})
    expect(row(page, "p-wash")).to_contain_text("↻ delivering again: nobody answers at the webhook's address")
    outcomes.write({"type": "delivery", "ref_id": pin["event_id"], "state": "delivered"})
    expect(row(page, "p-wash")).to_contain_text("● delivered")


def test_a_claim_in_the_script_is_flagged_and_not_copied(page: Page, app: App, live: Log) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.write({"type": "product_listed", "product_id": "p-cream", "title": "Ceramide cream", "price": "24.90",
                "text": "It cures acne\nNo perfume"})  # fmt: skip
    open_room(page, app, live)
    button(page, "Talking points for Ceramide cream").click()
    body = by_id(page, pinning.SCRIPT_BODY)
    expect(body.locator(".script-flagged")).to_have_text("It cures acne")
    expect(body.locator(".script-claim")).to_contain_text("Medical claim")
    expect(body.locator(".script-claim")).to_contain_text("Instead:")
    by_id(page, pinning.COPY).click()
    expect(by_id(page, pinning.COPIED)).to_have_text("Copied")
    copied = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert "No perfume" in copied and "cures" not in copied


def test_a_pin_that_cannot_be_written_says_why(page: Page, app: App, live: Log) -> None:
    live.path.with_name(NAME).mkdir()
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").click()
    expect(by_id(page, shell.TOAST_TEXT)).to_contain_text(NAME)
    expect(button(page, "Pin Green-tea wash")).to_be_visible()


def test_in_an_ended_room_nothing_can_be_pinned(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    expect(row(page, "p-cream")).to_be_visible()
    expect(by_id(page, part.GRID).get_by_role("button", name="Pin", exact=False)).to_have_count(0)


@pytest.mark.parametrize("letters", ["serum", "SERUM", "p-serum-1"])
def test_products_are_found_by_name_and_sku(page: Page, app: App, live: Log, letters: str) -> None:
    open_room(page, app, live)
    by_id(page, part.SEARCH).fill(letters)
    expect(row(page, "p-cream")).to_have_count(0)
    expect(row(page, "p-serum")).to_be_visible()
    by_id(page, part.SEARCH).fill("")
    expect(row(page, "p-cream")).to_be_visible()


def test_the_columns_are_chosen_and_kept_for_the_next_visit(page: Page, app: App, live: Log) -> None:
    live.write({"type": "stock", "product_id": "p-cream", "count": 50})
    open_room(page, app, live)
    heads = by_id(page, part.GRID).locator(".ag-header-cell-text")
    expect(heads.nth(1)).to_have_text("Product impressions")
    by_id(page, part.ROOT).get_by_role("button", name="Customize").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Stock left").check()
    dialog.get_by_role("button", name="Take Product impressions away").click()
    dialog.get_by_role("button", name="Apply").click()
    expect(heads.nth(1)).to_have_text("Product clicks")
    expect(heads.filter(has_text="Stock left")).to_have_count(1)
    expect(row(page, "p-cream")).to_have_attribute("row-index", "0")
    page.reload()
    expect(heads.nth(1)).to_have_text("Product clicks")
    expect(cell(page, "p-cream", "stock_left")).to_have_text("50")


def test_a_refresh_takes_neither_focus_nor_place_from_under_a_hand(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    orders = by_id(page, part.GRID).locator(".ag-header-cell[col-id='orders']")
    orders.click()
    expect(orders).to_have_attribute("aria-sort", "descending")
    pin = button(page, "Pin Green-tea wash")
    pin.focus()
    before = row(page, "p-wash").get_attribute("row-index")
    live.write(*[order("fan", 300 + i, product=2) for i in range(20)])
    expect(cell(page, "p-wash", "orders")).to_have_text("20")
    expect(pin).to_be_focused()
    assert row(page, "p-wash").get_attribute("row-index") == before


def test_a_new_product_joins_the_rows_and_takes_no_focus(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button(page, "Pin Green-tea wash").focus()
    live.write({"type": "product_listed", "product_id": "p-new", "title": "Lip balm", "price": "4.00"})
    expect(row(page, "p-new")).to_contain_text("Lip balm")
    expect(button(page, "Pin Green-tea wash")).to_be_focused()


def test_each_product_stands_there_once_however_late_the_grid_is(page: Page, app: App, live: Log) -> None:
    held: list[Route] = []
    page.route("**/async-community*", lambda route: held.append(route))
    open_room(page, app, live)
    live.write({"type": "product_listed", "product_id": "p-new", "title": "Lip balm", "price": "4.00"})
    orders = tile(page, "orders")
    for number in range(2):
        seen = orders.inner_text()
        live.write(order("fan", 300 + number, product=2))
        expect(orders).not_to_have_text(seen)
    assert held, "the grid's script is waited for"
    held[0].continue_()
    expect(row(page, "p-new")).to_contain_text("Lip balm")
    expect(cell(page, "p-wash", "orders")).to_have_count(1)
    expect(by_id(page, part.GRID).get_by_role("button")).to_have_count(5)


def test_the_actions_are_reached_by_keys(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    cell(page, "p-cream", "actions").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Talking points for Ceramide cream")).to_be_focused()
    page.keyboard.press("Tab")
    expect(button(page, "Unpin Ceramide cream")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(by_id(page, pinning.SCRIPT)).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(page, "Talking points for Ceramide cream")).to_be_focused()


def test_the_script_says_what_it_rests_on_and_copies_what_is_said(page: Page, app: App, live: Log) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_room(page, app, live)
    button(page, "Talking points for Ceramide cream").click()
    body = by_id(page, pinning.SCRIPT_BODY)
    expect(body.locator(".script-sentence").first).to_have_text("This is Ceramide cream.")
    expect(body.locator(".script-rests").first).not_to_be_empty()
    by_id(page, pinning.COPY).click()
    expect(by_id(page, pinning.COPIED)).to_have_text("Copied")
    copied = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert copied.splitlines() == body.locator(".script-sentence").all_inner_texts()

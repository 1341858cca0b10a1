"""The overview is the reader's own: which metrics, in which order, by mouse and by keyboard, kept for the next time."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from layouts.parts import overview
from layouts.parts.chooser import button_id, dialog_id
from livedash.analysis.metrics import DEFAULT_TILES, METRICS, MOST_TILES
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import by_id, open_room, tile, tiles

UNCHOSEN = [key for key in overview.KNOWN if key not in DEFAULT_TILES]


def choose(page: Page) -> Locator:
    """Open the dialog."""
    by_id(page, button_id(overview.ROOT)).click()
    dialog = by_id(page, dialog_id(overview.ROOT))
    expect(dialog).to_be_visible()
    return dialog


def test_a_metric_is_chosen_by_mouse_and_kept_for_the_next_visit(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    new = "share_rate"
    expect(tile(page, new)).to_have_count(0)
    dialog = choose(page)
    dialog.get_by_role("searchbox").fill(METRICS[new].label)
    dialog.locator(f"input[value='{new}']").check()
    dialog.locator(".chooser-apply").click()
    expect(tile(page, new)).to_be_visible()
    assert tiles(page)[1:] == [*DEFAULT_TILES, new]
    page.reload()
    expect(tile(page, new)).to_be_visible()
    choose(page).locator(".chooser-reset").click()
    by_id(page, dialog_id(overview.ROOT)).locator(".chooser-apply").click()
    expect(tile(page, new)).to_have_count(0)
    assert tiles(page)[1:] == list(DEFAULT_TILES)


def test_metrics_are_put_in_order_by_dragging(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    first, second, third, *rest = DEFAULT_TILES
    dialog = choose(page)
    chosen = dialog.locator(".chooser-chosen li")
    chosen.nth(0).drag_to(chosen.nth(2))
    expect(chosen.nth(2)).to_have_attribute("data-key", first)
    dialog.locator(".chooser-apply").click()
    expect(page.locator(".tile[data-key]").nth(1)).to_have_attribute("data-key", second)
    assert tiles(page)[1:] == [second, third, first, *rest]


def test_a_metric_is_chosen_and_moved_by_keyboard_alone(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    new = "share_rate"
    by_id(page, button_id(overview.ROOT)).focus()
    page.keyboard.press("Enter")
    dialog = by_id(page, dialog_id(overview.ROOT))
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(METRICS[new].label)
    page.keyboard.press("Tab")
    expect(dialog.locator(f"input[value='{new}']")).to_be_focused()
    page.keyboard.press("Space")
    item = dialog.locator(f"li[data-key='{new}']")
    item.locator("button").first.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(item.locator("button").first).to_be_focused()
    expect(dialog.get_by_role("status")).to_contain_text(str(len(DEFAULT_TILES)))
    dialog.locator(".chooser-apply").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(tile(page, new)).to_be_visible()
    assert tiles(page)[-2:] == [new, DEFAULT_TILES[-1]]


def test_the_seventeenth_metric_is_refused_in_words(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    dialog = choose(page)
    for key in UNCHOSEN[: MOST_TILES - len(DEFAULT_TILES)]:
        dialog.locator(f"input[value='{key}']").check()
    expect(dialog.locator(".chooser-chosen li")).to_have_count(MOST_TILES)
    one_more = dialog.locator(f"input[value='{UNCHOSEN[MOST_TILES - len(DEFAULT_TILES)]}']")
    one_more.click()
    expect(one_more).not_to_be_checked()
    expect(dialog.get_by_role("status")).to_contain_text(str(MOST_TILES))
    expect(dialog.locator(".chooser-chosen li")).to_have_count(MOST_TILES)


def test_a_tile_opens_to_how_it_is_computed_and_stays_open_over_a_refresh(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    tile(page, "ctor").click()
    opened = by_id(page, overview.EXPLANATION)
    expect(opened).to_contain_text(METRICS["ctor"].formula)
    expect(opened).to_contain_text("order_paid")
    live.write({"type": "view", "user_id": "late"})
    expect(tile(page, "views")).to_have_text("31")
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()

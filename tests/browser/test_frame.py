"""The frame: the list of rooms, language, theme, full screen, the account of the log, and data gone quiet."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from layouts import home, shell
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, busy, now_ms, order
from tests.browser.screen import by_id, open_room, tile


def test_the_list_shows_what_runs_before_what_ended(page: Page, app: App, live: Log, ended: str) -> None:
    page.goto(app.address)
    groups = page.get_by_role("heading", level=2)
    expect(groups).to_have_text(["On air", "Ended"])
    search = by_id(page, home.SEARCH)
    search.fill(live.room)
    rooms = by_id(page, home.LIST).locator(".room-link")
    expect(rooms).to_have_count(1)
    rooms.click()
    expect(page).to_have_url(app.room(live.room))
    expect(tile(page, "views")).to_have_text("30")
    page.go_back()
    expect(by_id(page, home.LIST)).to_be_visible()


def test_a_new_room_appears_in_the_list_by_itself(page: Page, app: App, own_room: str) -> None:
    page.goto(f"{app.address}/?search={own_room}")
    expect(by_id(page, home.LIST).locator(".room-link")).to_have_count(0)
    Log(app.rooms, own_room).write(*busy(now_ms() - MINUTE, title="Just begun"))
    expect(by_id(page, home.LIST).locator(".room-link")).to_have_text("Just begun")


def test_the_language_changes_every_word_and_stays(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    by_id(page, shell.LANGUAGE).select_option("zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    headings = page.locator(".card-head h2:visible")
    expect(headings.first).to_be_visible()
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in headings.all_inner_texts())
    expect(tile(page, "views")).to_have_text("30")
    page.goto(app.address)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    by_id(page, shell.LANGUAGE).select_option("en")
    expect(page.get_by_role("heading", level=1)).to_have_text("LIVE rooms")


def test_the_theme_changes_everything_and_stays(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    body = page.locator("body")
    light = body.evaluate("body => getComputedStyle(body).backgroundColor")
    by_id(page, shell.THEME_CHOICE).select_option("dark")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    dark = body.evaluate("body => getComputedStyle(body).backgroundColor")
    assert (light, dark) == ("rgb(245, 246, 248)", "rgb(14, 17, 22)")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    by_id(page, shell.THEME_CHOICE).select_option("system")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_full_screen_and_back(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    button = by_id(page, shell.FULL_SCREEN)
    button.click()
    expect(button).to_contain_text("Leave full screen")
    expect(button.locator(".leave")).to_be_visible()
    assert page.evaluate("() => document.fullscreenElement === document.documentElement")
    button.click()
    expect(button.locator(".enter")).to_be_visible()


def test_lines_that_could_not_be_read_are_counted_and_listed(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    expect(by_id(page, shell.LOG)).to_have_text("All lines read")
    live.garble('{"event_id": "broken')
    expect(by_id(page, shell.LOG)).to_have_text("1 unreadable line")
    by_id(page, shell.LOG).click()
    opened = by_id(page, shell.LOG_DIALOG)
    expect(opened).to_contain_text("events.ndjson")
    expect(opened.locator("code")).to_have_text('{"event_id": "broken')


def test_data_that_has_gone_quiet_says_so(page: Page, app: App, own_room: str) -> None:
    quiet = Log(app.rooms, own_room)
    quiet.write(*busy(now_ms() - 12 * MINUTE))
    open_room(page, app, quiet)
    expect(by_id(page, shell.WARNING)).to_contain_text("No event has come for")
    quiet.write(order("late", 1))
    expect(by_id(page, shell.WARNING)).to_be_hidden()
    expect(by_id(page, shell.FRESHNESS)).to_contain_text("Updated")


def test_the_tabs_open_by_address_and_by_click(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    for key, name in shell.TAB_NAMES.items():
        page.get_by_role("navigation").get_by_role("link", name=name).first.click()
        expect(page).to_have_url(app.room(ended, key))
        expect(page.locator("[aria-current='page']")).to_have_count(1)
        expect(page.get_by_role("main")).not_to_be_empty()


def test_an_address_that_leads_nowhere_says_so(page: Page, app: App) -> None:
    for path in ("/nothing/here", "/rooms/no-such-room", "/rooms/%2e%2e%2fx"):
        page.goto(app.address + path)
        expect(page.get_by_role("main").get_by_role("link", name="To the LIVE rooms")).to_be_visible()


def test_a_tab_that_was_opened_while_the_server_was_away_comes_by_itself(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    page.route("**/_dash-update-component*", lambda route: route.abort())
    page.locator("nav a[href*='/products']").click()
    panel = page.locator("main > div:visible")
    expect(panel.locator(".state.loading").first).to_be_visible()
    expect(page.locator(".ag-row[row-id='p-wash']:visible")).to_have_count(0)
    page.unroute("**/_dash-update-component*")
    expect(page.locator(".ag-row[row-id='p-wash']:visible").first).to_be_visible()


def test_the_duration_stands_while_the_server_does_not_answer(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    page.route("**/_dash-update-component*", lambda route: route.fulfill(status=503))
    freshness = by_id(page, shell.FRESHNESS)
    expect(freshness).to_contain_text("No answer for")
    stood, said = by_id(page, shell.DURATION).inner_text(), freshness.inner_text()
    expect(freshness).not_to_have_text(said)
    expect(freshness).to_contain_text("No answer for")
    assert by_id(page, shell.DURATION).inner_text() == stood

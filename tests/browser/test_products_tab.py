"""The Products tab in a real browser: what is filtered, sorted and opened stays so over refreshes and reloads, by mouse
and by keyboard."""
from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from layouts.parts import (
    pinning,
    product_course,
    product_head,
    product_screen,
    product_stretch,
    product_table,
    product_talk,
    stretch,
)
from layouts.parts import products as card
from layouts.parts.chooser import dialog_id
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, now_ms, order
from tests.browser.screen import by_id, open_room, tile

WIDTHS = (768, 1440, 2560)
THOUSAND = 1_000


def row(page: Page, product: str) -> Locator:
    """A product's row of the table; its cells lie in up to three places, of which the first has the product."""
    return by_id(page, product_table.GRID).locator(f".ag-row[row-id='{product}']").first


def cell(page: Page, product: str, column: str) -> Locator:
    """A figure of the table. No product: of its totals."""
    rows = by_id(page, product_table.GRID)
    if product:
        return rows.locator(f".ag-row[row-id='{product}'] [col-id='{column}']")
    return rows.locator(f".ag-floating-bottom [col-id='{column}']")


def open_table(page: Page, app: App, room: Log | str, asked: str = "") -> None:
    open_room(page, app, room, f"products{asked}")
    expect(by_id(page, product_table.GRID)).to_be_visible()


def open_page(page: Page, app: App, room: Log | str, product: str = "p-cream", title: str = "Ceramide cream") -> None:
    open_room(page, app, room, f"products?product={quote(product)}")
    expect(name(page)).to_have_text(title)


def name(page: Page) -> Locator:
    return by_id(page, product_head.TITLE)


def chip(page: Page, label: str) -> Locator:
    return by_id(page, product_table.CHIPS).get_by_label(re.compile(f"^{label}"))


def test_every_product_stands_in_the_table_above_what_they_are_together(page: Page, app: App, ended: str) -> None:
    open_table(page, app, ended)
    expect(row(page, "p-cream")).to_contain_text("Ceramide cream")
    expect(cell(page, "p-cream", product_table.PRICE)).to_have_text("$24.90")
    expect(cell(page, "", "product")).to_have_text("Total of all 3")
    expect(cell(page, "", "orders")).to_have_text("10")
    expect(cell(page, "", "customers")).to_have_text("10")


def test_an_order_of_two_products_is_one_in_the_totals(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    expect(cell(page, "", "orders")).to_have_text("10")
    live.write(order("both", 900, product=1), order("both", 900, product=2))
    expect(cell(page, "p-wash", "orders")).to_have_text("1")
    expect(cell(page, "", "orders")).to_have_text("11")
    expect(cell(page, "", "customers")).to_have_text("11")


def test_a_filter_says_how_many_it_has_and_of_what_the_totals_are(page: Page, app: App, live: Log) -> None:
    live.write({"type": "stock", "product_id": "p-serum", "count": 3})
    open_table(page, app, live)
    expect(by_id(page, product_table.CHIPS)).to_contain_text("Low stock1")
    chip(page, "Low stock").check()
    expect(row(page, "p-cream")).to_have_count(0)
    expect(row(page, "p-serum")).to_be_visible()
    expect(cell(page, "", "product")).to_have_text("Total of the 1 shown")
    expect(page).to_have_url(re.compile("only=low"))
    page.reload()
    expect(row(page, "p-serum")).to_be_visible()
    expect(chip(page, "Low stock")).to_be_checked()
    expect(row(page, "p-cream")).to_have_count(0)
    chip(page, "Low stock").uncheck()
    expect(row(page, "p-cream")).to_be_visible()
    expect(page).not_to_have_url(re.compile("only="))


def test_filters_are_reached_by_keys(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    expect(row(page, "p-wash")).to_be_visible()
    chip(page, "Pinned").focus()
    page.keyboard.press("Space")
    expect(row(page, "p-wash")).to_have_count(0)
    expect(chip(page, "Pinned")).to_be_focused()


def test_products_are_found_by_letters_that_stand_in_the_address(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    by_id(page, product_table.SEARCH).fill("SERUM")
    expect(row(page, "p-cream")).to_have_count(0)
    expect(row(page, "p-serum")).to_be_visible()
    expect(page).to_have_url(re.compile("find=SERUM"))
    expect(by_id(page, product_table.COUNT)).to_have_text("1 of 3 products")
    by_id(page, product_table.SEARCH).fill("no such thing")
    expect(by_id(page, product_table.EMPTY)).to_contain_text("No product is like this")
    page.reload()
    expect(by_id(page, product_table.SEARCH)).to_have_value("no such thing")


def test_what_is_sorted_stays_sorted_over_refreshes(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    head = by_id(page, product_table.GRID).locator(".ag-header-cell[col-id='orders']")
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(row(page, "p-wash")).to_have_attribute("row-index", "2")
    by_id(page, product_table.COUNT).hover()
    live.write(*[order(f"fan{i}", 500 + i, product=2) for i in range(20)])
    expect(cell(page, "p-wash", "orders")).to_have_text("20")
    expect(row(page, "p-wash")).to_have_attribute("row-index", "1")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_a_stretch_is_chosen_and_typed(page: Page, app: App, ended: str) -> None:
    open_table(page, app, ended)
    expect(cell(page, "", "orders")).to_have_text("10")
    page.get_by_label("Last 5 min").locator("visible=true").check()
    expect(page).to_have_url(re.compile("last=5"))
    expect(cell(page, "", "orders")).to_have_text("3")
    times = [by_id(page, of(product_stretch.ROOT)) for of in (stretch.from_id, stretch.to_id)]
    end = times[1].input_value()
    times[0].fill(end)
    by_id(page, stretch.button_id(product_stretch.ROOT)).click()
    expect(by_id(page, stretch.wrong_id(product_stretch.ROOT))).to_contain_text("before the second")
    page.get_by_label("Whole LIVE").locator("visible=true").check()
    expect(cell(page, "", "orders")).to_have_text("10")


def test_columns_are_chosen_and_kept(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    heads = by_id(page, product_table.GRID).locator(".ag-header-cell")
    by_id(page, product_table.ROOT).get_by_role("button", name="Customize").click()
    dialog = by_id(page, dialog_id(product_table.ROOT))
    dialog.get_by_role("button", name="Take SKU away").click()
    dialog.get_by_label("GMV per hour").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(heads.and_(page.locator("[col-id='sku']"))).to_have_count(0)
    expect(cell(page, "p-cream", "gmv_per_hour")).not_to_be_empty()
    page.reload()
    expect(cell(page, "p-cream", "gmv_per_hour")).not_to_be_empty()
    expect(heads.and_(page.locator("[col-id='sku']"))).to_have_count(0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_has_what_the_table_shows(page: Page, app: App, ended: str, kind: str) -> None:
    open_table(page, app, ended, "?find=serum")
    expect(row(page, "p-serum")).to_be_visible()
    with page.expect_download() as waiting:
        by_id(page, product_table.XLSX if kind == "xlsx" else product_table.CSV).click()
    path = waiting.value.path()
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        rows = [[one.value for one in line] for line in book["Products"].iter_rows()]
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    [heads, serum] = rows
    assert serum[:2] == ["p-serum", "Niacinamide serum"]
    shown = cell(page, "p-serum", "orders").inner_text()
    assert str(serum[heads.index("Orders")]) == shown


# --- the page of one product


def test_a_product_is_opened_by_a_click_and_left_again(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    row(page, "p-serum").get_by_role("link", name="Niacinamide serum").click()
    expect(name(page)).to_have_text("Niacinamide serum")
    expect(name(page)).to_be_focused()
    expect(by_id(page, product_table.GRID)).not_to_be_visible()
    expect(page).to_have_url(re.compile(r"/products\?product=p-serum$"))
    chart = by_id(page, product_course.CHART)
    page.wait_for_function("chart => chart.querySelector('.main-svg')", arg=chart.element_handle())
    heights = chart.evaluate("chart => [chart.clientHeight, chart.querySelector('.main-svg').clientHeight]")
    assert heights[0] >= heights[1] > 0
    page.go_back()
    expect(row(page, "p-serum")).to_be_visible()
    page.go_forward()
    expect(name(page)).to_have_text("Niacinamide serum")
    page.get_by_role("link", name="All products").click()
    expect(row(page, "p-serum")).to_be_visible()
    expect(page).not_to_have_url(re.compile("product="))


def test_a_product_is_opened_by_keys(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    expect(row(page, "p-serum")).to_be_visible()
    row(page, "p-serum").locator("[col-id='product']").focus()
    page.keyboard.press("Enter")
    expect(name(page)).to_have_text("Niacinamide serum")
    expect(name(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="All products")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "p-serum").locator("[col-id='product']")).to_be_focused()


def test_a_page_is_the_same_after_a_reload_with_its_stretch_and_metric(page: Page, app: App, ended: str) -> None:
    open_page(page, app, ended)
    by_id(page, product_course.METRIC).select_option("orders")
    expect(page).to_have_url(re.compile("metric=orders"))
    page.get_by_label("Last 30 min").locator("visible=true").check()
    expect(page).to_have_url(re.compile("last=30"))
    page.reload()
    expect(name(page)).to_have_text("Ceramide cream")
    expect(by_id(page, product_course.METRIC)).to_have_value("orders")
    expect(by_id(page, product_course.SAID)).to_contain_text("Orders:")


def test_the_page_shows_what_was_said_and_what_the_pin_brought(page: Page, app: App, ended: str) -> None:
    open_page(page, app, ended)
    expect(by_id(page, product_screen.BODY)).to_contain_text("While pinned")
    talk = by_id(page, product_talk.LIST)
    expect(talk).to_contain_text("while it was pinned")
    by_id(page, product_talk.FILTER).get_by_label("Questions").check()
    expect(talk).not_to_contain_text("love it")
    expect(talk).to_contain_text("is it ok for sensitive skin?")


def test_the_page_follows_the_live(page: Page, app: App, live: Log) -> None:
    open_page(page, app, live, "p-wash", "Green-tea wash")
    tiles = by_id(page, product_head.TILES)
    expect(tiles).to_contain_text("Orders0")
    live.write(order("fan", 700, product=2))
    expect(tiles).to_contain_text("Orders1")
    expect(by_id(page, product_course.ROOT)).to_contain_text("1 giveaway")


def test_a_zoom_into_the_trend_stays_over_a_refresh(page: Page, app: App, live: Log) -> None:
    open_page(page, app, live)
    chart = by_id(page, product_course.CHART).locator(".js-plotly-plot")
    expect(by_id(page, product_course.MARKS)).to_contain_text("1 pin")
    at = "2000-01-01 00:00"
    chart.evaluate(f"plot => Plotly.relayout(plot, {{'xaxis.range': ['{at}', '{at}:30']}})")
    expect(by_id(page, product_course.UNZOOM)).to_be_visible()
    live.write(order("fan", 700))
    expect(by_id(page, product_head.TILES)).to_contain_text("Orders6")
    assert chart.evaluate("plot => plot.layout.xaxis.range[0]").startswith("2000-01-01")


def test_pinning_from_the_page_writes_the_log(page: Page, app: App, live: Log) -> None:
    open_page(page, app, live, "p-serum", "Niacinamide serum")
    by_id(page, product_head.ACTIONS).get_by_role("button", name="Pin Niacinamide serum").click()
    expect(by_id(page, product_head.ACTIONS).get_by_role("button", name="Unpin Niacinamide serum")).to_be_visible()


def test_pinning_and_the_script_work_from_the_table(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    grid = by_id(page, product_table.GRID)
    grid.get_by_role("button", name="Pin Niacinamide serum").click()
    expect(grid.get_by_role("button", name="Unpin Niacinamide serum")).to_be_visible()
    expect(row(page, "p-serum")).to_have_attribute("row-index", "0")
    grid.get_by_role("button", name="Talking points for Niacinamide serum").click()
    expect(by_id(page, pinning.SCRIPT)).to_be_visible()
    expect(by_id(page, pinning.SCRIPT_BODY)).to_contain_text("Good for dry skin")


def test_opening_another_tab_repeats_nothing_that_was_done(page: Page, app: App, live: Log) -> None:
    open_table(page, app, live)
    grid = by_id(page, product_table.GRID)
    grid.get_by_role("button", name="Pin Niacinamide serum").click()
    expect(by_id(page, pinning.BAR)).to_contain_text("Pinned Niacinamide serum")
    by_id(page, pinning.UNDO).click()
    expect(by_id(page, pinning.BAR)).to_contain_text("Taken back")
    journal = live.path.parent / "operator.ndjson"
    done = journal.read_text("utf-8")
    page.locator("nav a[href*='/key-data']").click()
    expect(by_id(page, card.GRID).get_by_role("button", name="Pin Niacinamide serum")).to_be_visible()
    live.write(order("fan", 900))
    expect(tile(page, "orders")).to_have_text("11")
    assert journal.read_text("utf-8") == done
    expect(by_id(page, pinning.SCRIPT)).to_be_hidden()


def test_an_unknown_product_says_so_and_leads_back(page: Page, app: App, ended: str) -> None:
    open_page(page, app, ended, "<script>alert(1)</script>", "No such product")
    expect(by_id(page, product_head.ROOT)).to_contain_text("<script>alert(1)</script>")
    page.get_by_role("link", name="Show all products").click()
    expect(row(page, "p-cream")).to_be_visible()


def test_key_data_leads_to_the_page(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    by_id(page, card.GRID).get_by_role("link", name="Ceramide cream").click()
    expect(name(page)).to_have_text("Ceramide cream")
    expect(page).to_have_url(re.compile(r"/products\?product=p-cream$"))


def test_hostile_products_are_only_text(page: Page, app: App, hostile_room: str) -> None:
    open_table(page, app, hostile_room)
    expect(by_id(page, product_table.GRID)).to_contain_text("<img src=x onerror=alert(1)>")
    open_page(page, app, hostile_room, "<script>alert(1)</script>", "<script>alert(1)</script>")
    expect(by_id(page, product_talk.LIST)).to_be_visible()


# --- how it looks


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("what", ["table", "page"])
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(
    page: Page, app: App, ended: str, theme: str, what: str
) -> None:  # fmt: skip
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    if what == "table":
        open_table(page, app, ended)
        expect(row(page, "p-cream")).to_be_visible()
    else:
        open_page(page, app, ended)
        expect(by_id(page, product_talk.LIST).locator("li").first).to_be_visible()
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{over} px too wide at {width}"


def test_a_thousand_products_are_all_there_and_follow_the_live(page: Page, app: App, own_room: str) -> None:
    log = Log(app.rooms, own_room)
    start = now_ms() - 2 * MINUTE
    log.write(
        {"ts": start, "type": "live_started", "title": "Thousand", "currency": "USD", "timezone": "UTC"},
        *({"ts": start + 1, "type": "product_listed", "product_id": f"17295843321{i:08d}", "title": f"Thing {i:04d}",
           "price": "5.00"} for i in range(THOUSAND)),
        *({"ts": start + 2, "type": "product_impression", "product_id": f"17295843321{i:08d}", "user_id": "u"}
          for i in range(THOUSAND)),
    )  # fmt: skip
    open_table(page, app, log)
    expect(by_id(page, product_table.COUNT)).to_have_text("1,000 products")
    expect(cell(page, "", "product_impressions")).to_have_text("1,000")
    last = "1729584332100000999"
    by_id(page, product_table.SEARCH).fill(last)
    expect(row(page, last)).to_contain_text("Thing 0999")
    log.write({"type": "product_click", "product_id": last, "user_id": "u"})
    expect(cell(page, last, "product_clicks")).to_have_text("1")
    expect(cell(page, "", "product_clicks")).to_have_text("1")

"""A line written to the log shows on the open page, and moves nothing that the reader has set."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, Response, expect

from layouts.parts import products, trend
from tests.browser.conftest import REFRESH_S, App
from tests.browser.lives import Log, order
from tests.browser.screen import by_id, open_room, plot_area, tile

ASKS = "_dash-update-component"


def test_an_order_written_to_the_log_shows_on_the_open_page(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    expect(tile(page, "orders")).to_have_text("10")
    expect(tile(page, "direct_gmv")).to_have_text("$279.50")
    live.write({"type": "view", "user_id": "late"}, order("late", 100, product=1, quantity=2))
    expect(tile(page, "orders")).to_have_text("11")
    expect(tile(page, "direct_gmv")).to_have_text("$341.50")
    expect(tile(page, "views")).to_have_text("31")


def test_an_idle_tick_costs_one_tiny_request(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    while _next_tick(page).status != 204:
        pass  # parts that are still arriving
    asked: list[Response] = []
    page.on("response", lambda response: asked.append(response))
    sizes = [len(_next_tick(page).request.post_data or "") for _ in range(4)]
    assert {ASKS in response.url for response in asked} == {True}
    assert len(asked) == len(sizes), [response.url for response in asked]
    assert {response.status for response in asked} == {204}
    assert max(sizes) < 2000


def _next_tick(page: Page) -> Response:
    with page.expect_response(lambda response: ASKS in response.url) as answer:
        pass
    return answer.value


def test_an_ended_room_does_not_tick(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(6 * REFRESH_S * 1000)
    assert asked == []


def test_the_sort_of_the_grid_stays_over_a_refresh(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    grid = by_id(page, products.GRID)
    column = grid.locator(".ag-header-cell[col-id='orders']")
    column.click()
    expect(column).to_have_attribute("aria-sort", "descending")
    _stand_in_order(grid, "p-cream", "p-serum", "p-wash")  # the pinned one on top, the others by orders
    live.write(*[order("fan", 200 + i, product=2) for i in range(20)])
    expect(grid.locator("[row-id='p-wash'] [col-id='orders']").first).to_have_text("20")
    page.mouse.move(0, 0)  # rows do not change places under the reader's hand
    _stand_in_order(grid, "p-cream", "p-wash", "p-serum")
    expect(column).to_have_attribute("aria-sort", "descending")


def _stand_in_order(grid: Locator, *rows: str) -> None:
    for place, row in enumerate(rows):
        expect(grid.locator(f".ag-row[row-id='{row}']").first).to_have_attribute("row-index", str(place))


def test_the_zoom_of_the_trend_stays_over_a_refresh(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    area = plot_area(by_id(page, trend.CHART))
    middle = area["y"] + area["height"] / 2
    page.mouse.move(area["x"] + area["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.6, middle, steps=5)
    page.mouse.up()
    expect(by_id(page, trend.UNZOOM)).to_be_visible()
    seen = _range(page)
    live.write(*[order("fan", 300 + i) for i in range(5)])
    expect(tile(page, "orders")).to_have_text("15")
    assert _range(page) == seen
    by_id(page, trend.UNZOOM).click()
    expect(by_id(page, trend.UNZOOM)).to_be_hidden()
    page.wait_for_function(
        """([id, seen]) => {
            const plot = document.querySelector(`[id='${id}'] .js-plotly-plot`);
            return String(plot?._fullLayout?.xaxis.range) !== String(seen);
        }""",
        arg=[trend.CHART, seen],
    )


def _range(page: Page) -> list[object]:
    chart = by_id(page, trend.CHART).locator(".js-plotly-plot")
    return list(chart.evaluate("chart => chart._fullLayout.xaxis.range.slice()"))

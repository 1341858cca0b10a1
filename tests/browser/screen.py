"""What the tests look for on the screen, said once."""
from __future__ import annotations

from playwright.sync_api import FloatRect, Locator, Page, expect

from layouts import shell
from tests.browser.conftest import App
from tests.browser.lives import Log


def by_id(page: Page, id_: str) -> Locator:
    return page.locator(f"[id='{id_}']")


def plot_area(chart: Locator) -> FloatRect:
    """Where the lines of a chart are drawn, once they are and stand still: a chart that is drawn anew has no area for a
    moment, and one below others moves while those come."""
    held = chart.page.wait_for_function(
        """chart => {
            const {x, y, width, height} = chart.querySelector(".nsewdrag")?.getBoundingClientRect() || {};
            const seen = JSON.stringify([x, y, width, height]), now = performance.now();
            if (window.areaSeen !== seen) Object.assign(window, {areaSeen: seen, areaSince: now});
            return width && now - window.areaSince > 300 && {x, y, width, height};
        }""",
        arg=chart.element_handle(),
    )
    area: FloatRect = held.json_value()
    return area


def open_room(page: Page, app: App, room: Log | str, tab: str = "key-data") -> None:
    """Go to a room and wait until its Key data is there."""
    name = room if isinstance(room, str) else room.room
    page.goto(app.room(name, tab))
    expect(by_id(page, shell.TITLE)).to_be_visible()
    if tab == "key-data":
        expect(tile(page, "views")).not_to_be_empty()


def tile(page: Page, key: str) -> Locator:
    """The value of the overview tile that shows this metric."""
    return page.locator(f".tile[data-key='{key}'] .tile-value")


def tiles(page: Page) -> list[str]:
    """The metrics shown as tiles, in order, the headline first."""
    keys = page.locator(".tile[data-key]:visible").evaluate_all("all => all.map(tile => tile.dataset.key)")
    return [str(key) for key in keys]

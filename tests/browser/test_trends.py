"""The Trend analysis tab in a real browser: every way to choose a stretch, what the strip charts, what a marker opens,
what a refresh leaves alone, and a file that opens again with the figures of the page."""
from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
from playwright.sync_api import Locator, Page, expect

from layouts import shell
from layouts.parts import compare, course, download, events, rows, strip, trend
from layouts.parts.chooser import dialog_id
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, busy, now_ms, order
from tests.browser.screen import by_id, plot_area


def open_trends(page: Page, app: App, room: Log | str, asked: str = "") -> None:
    """Go to the tab and wait until its chart is drawn."""
    page.goto(app.room(room if isinstance(room, str) else room.room, "trends") + asked)
    expect(chart(page).locator(".nsewdrag").first).to_be_attached()
    expect(pressed(page).first).to_be_visible()


def chart(page: Page) -> Locator:
    return by_id(page, course.CHART)


def pressed(page: Page) -> Locator:
    """The tiles of what is charted."""
    return by_id(page, strip.ROOT).locator("[aria-pressed='true']")


def tile(page: Page, key: str) -> Locator:
    return by_id(page, strip.ROOT).locator(f"button[data-key='{key}']")


def area(page: Page) -> dict[str, float]:
    """Where the lines are drawn."""
    box = plot_area(chart(page))
    return {"x": box["x"], "y": box["y"], "width": box["width"], "middle": box["y"] + box["height"] / 2}


def drag(page: Page, x0: float, x1: float, y: float) -> None:
    page.mouse.move(x0, y)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, y, steps=3)
    page.mouse.move(x1, y, steps=3)
    page.mouse.up()


def shown(page: Page) -> list[str]:
    """The stretch that the chart's axis holds."""
    plot = chart(page).locator(".js-plotly-plot")
    return [str(end) for end in plot.evaluate("chart => chart._fullLayout.xaxis.range.slice()")]


def seconds(page: Page) -> float:
    start, end = (pd.Timestamp(end) for end in shown(page))
    return float((end - start).total_seconds())


def lasts(page: Page, least: float, most: float) -> None:
    """Wait until the chart's axis holds so many seconds."""
    page.wait_for_function(
        """([id, least, most]) => {
            const plot = document.querySelector(`[id='${id}'] .js-plotly-plot`);
            const ms = (end) => typeof end === "number" ? end : Date.parse(`${end.replace(" ", "T")}Z`);
            if (!plot?._fullLayout?.xaxis) return false; // it is being drawn
            const [start, end] = plot._fullLayout.xaxis.range.map(ms);
            return (end - start) / 1000 > least && (end - start) / 1000 < most;
        }""",
        arg=[course.CHART, least, most],
    )


def typed(page: Page) -> list[str]:
    return [by_id(page, id_).input_value() for id_ in (course.FROM, course.TO)]


def test_zooming_the_chart_makes_its_stretch_that_of_the_whole_tab(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    views, whole, length = tile(page, "views").inner_text(), shown(page), seconds(page)
    box = area(page)
    drag(page, box["x"] + box["width"] * 0.2, box["x"] + box["width"] * 0.5, box["middle"])
    expect(page).to_have_url(re.compile(r"from=.+&to="))
    expect(tile(page, "views")).not_to_have_text(views)
    lasts(page, 150, 210)
    expect(by_id(page, course.STRETCH).get_by_label("Custom")).to_be_checked()
    page.locator("nav a[href*='/key-data']").click()
    expect(by_id(page, trend.RANGE).get_by_label("This stretch")).to_be_checked()
    page.locator("nav a[href*='/trends']").click()
    by_id(page, course.STRETCH).get_by_label("Whole LIVE").check()
    expect(page).not_to_have_url(re.compile("from="))
    expect(tile(page, "views")).to_have_text(re.compile(views.split("\n")[1]))
    lasts(page, length - 1, length + 1)
    area(page)  # it stands
    assert shown(page) == whole


def test_the_stretch_is_dragged_on_the_timeline(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    area(page)  # what stands above the timeline is there
    track = page.locator(".timeline-track").bounding_box()
    assert track is not None
    middle = track["y"] + track["height"] / 2
    drag(page, track["x"] + track["width"] * 0.25, track["x"] + track["width"] * 0.5, middle)
    expect(page).to_have_url(re.compile("from="))
    page.wait_for_function("() => document.querySelector('.timeline:not(.all)')")
    first = page.url
    drag(page, track["x"] + track["width"] * 0.4, track["x"] + track["width"] * 0.6, middle)  # moves it as it is
    expect(page).not_to_have_url(first)
    lasts(page, 135, 165)
    page.go_back()
    expect(page).to_have_url(first)


def test_the_stretch_is_moved_by_keys(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    handle = page.get_by_role("slider", name="Start of the stretch")
    handle.focus()
    before = handle.get_attribute("aria-valuetext")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("from="))
    expect(handle).to_be_focused()
    assert handle.get_attribute("aria-valuetext") != before
    lasts(page, 520, 550)


def test_the_stretch_is_typed(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    start, _ = typed(page)
    later = (pd.Timestamp(start) + pd.Timedelta(minutes=2)).strftime("%H:%M:%S")
    by_id(page, course.FROM).fill(later)
    by_id(page, course.FROM).press("Enter")
    expect(page).to_have_url(re.compile("from="))
    page.wait_for_function("() => document.querySelector('.timeline:not(.all)')")
    lasts(page, 470, 490)
    by_id(page, course.FROM).fill("half past")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(by_id(page, course.WRONG)).to_contain_text("half past is not a time")


def test_the_last_minutes_keep_rolling(page: Page, app: App, live: Log) -> None:
    open_trends(page, app, live, "?last=5")
    expect(by_id(page, course.STRETCH).get_by_label("Last 5 min")).to_be_checked()
    lasts(page, 298, 302)
    before = shown(page)
    live.write({"type": "view", "user_id": "late"})
    page.wait_for_function(
        """([id, before]) => {
            const plot = document.querySelector(`[id='${id}'] .js-plotly-plot`);
            return plot?._fullLayout?.xaxis && String(plot._fullLayout.xaxis.range[1]) !== before;
        }""",
        arg=[course.CHART, before[1]],
    )
    lasts(page, 298, 302)
    assert "last=5" in page.url


def test_a_third_metric_takes_the_place_of_the_older_and_says_so(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    tile(page, "views").click()
    expect(by_id(page, strip.SAID)).to_have_text("Views takes the place of Direct GMV: two at most are charted.")
    expect(tile(page, "views")).to_have_attribute("aria-pressed", "true")
    expect(tile(page, "direct_gmv")).to_have_attribute("aria-pressed", "false")
    tile(page, "orders").click()
    expect(tile(page, "current_viewers")).to_have_attribute("aria-pressed", "false")
    expect(by_id(page, course.LEGEND)).to_have_text("Views per minuteOrders per minute")
    page.reload()
    expect(pressed(page)).to_have_count(2)
    expect(tile(page, "orders")).to_have_attribute("aria-pressed", "true")


def test_what_is_charted_lasts_over_other_tabs_and_the_whole_live(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended, "?metrics=orders,likes&last=5")
    page.locator("nav a[href*='/key-data']").click()
    expect(page).to_have_url(re.compile(r"/key-data\?last=5$"))
    page.locator("nav a[href*='/trends']").click()
    expect(page).to_have_url(re.compile(r"/trends\?last=5&metrics=orders,likes$"))
    by_id(page, shell.STRETCH).get_by_role("link", name="Whole LIVE").click()
    expect(page).to_have_url(re.compile(r"/trends\?metrics=orders(,|%2C)likes$"))
    expect(tile(page, "orders")).to_have_attribute("aria-pressed", "true")


def test_the_strip_is_put_together_as_one_likes(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    by_id(page, strip.ROOT).get_by_role("button", name="Customize").click()
    dialog = by_id(page, dialog_id(strip.ROOT))
    dialog.get_by_label("Likes").first.check()
    dialog.get_by_role("button", name="Apply").click()
    expect(tile(page, "likes")).to_contain_text("peak")
    page.reload()
    expect(tile(page, "likes")).to_contain_text("peak")


def test_a_marker_opens_its_facts_and_stays_open_over_a_refresh(page: Page, app: App, live: Log) -> None:
    open_trends(page, app, live)
    area(page)
    place = chart(page).locator(".js-plotly-plot").evaluate("""chart => {
        const {xaxis, yaxis3} = chart._fullLayout;
        const lane = chart.data.find(trace => trace.customdata && trace.marker.symbol[0] === 'square');
        const box = chart.getBoundingClientRect();
        return [box.left + xaxis._offset + xaxis.d2p(lane.x[0]), box.top + yaxis3._offset + yaxis3.d2p(lane.y[0])];
    }""")
    page.mouse.click(*place)
    panel = by_id(page, events.PANEL)
    expect(panel).to_contain_text("Violation: unverified claim")
    expect(panel).to_contain_text("Said it cures acne.")
    live.write(*[order("fan", 500 + i) for i in range(3)])
    expect(tile(page, "orders")).to_contain_text("13")
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_be_hidden()


def test_an_event_is_opened_and_looked_at_closer_by_keys(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    by_id(page, events.ROOT).get_by_role("button", name=re.compile("Giveaway")).press("Enter")
    panel = by_id(page, events.PANEL)
    expect(panel).to_contain_text("Green-tea wash")
    panel.get_by_role("button", name="Look closer").press("Enter")
    expect(page).to_have_url(re.compile("from="))


def test_a_kind_of_marker_is_switched_off_and_on(page: Page, app: App, ended: str) -> None:
    open_trends(page, app, ended)
    pins = by_id(page, course.KINDS_SHOWN).get_by_label(re.compile("Pins"))
    listed = by_id(page, events.ROOT).get_by_role("button", name=re.compile("Pinned"))
    expect(listed).to_have_count(1)
    pins.uncheck()
    expect(listed).to_have_count(0)
    expect(pins).to_be_focused()
    pins.check()
    expect(listed).to_have_count(1)


def test_a_refresh_leaves_zoom_scroll_sort_and_typing_alone(page: Page, app: App, live: Log) -> None:
    open_trends(page, app, live)
    box = area(page)
    drag(page, box["x"] + box["width"] * 0.2, box["x"] + box["width"] * 0.9, box["middle"])
    expect(page).to_have_url(re.compile("from="))
    expect(by_id(page, course.STRETCH).get_by_label("Custom")).to_be_checked()
    head = by_id(page, rows.GRID).locator(".ag-header-cell[col-id='current_viewers']")
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    by_id(page, course.TO).fill("20:")
    page.evaluate("() => window.scrollTo(0, 200)")
    live.write({"type": "view", "user_id": "fresh"})  # so that nothing is said of old data
    expect(by_id(page, shell.WARNING)).to_be_hidden()
    seen, there = shown(page), area(page)
    live.write({"type": "violation", "ref_id": "v9", "reason": "late one", "ts": now_ms() - 9 * MINUTE})
    expect(by_id(page, shell.VIOLATIONS)).to_have_text("2")
    assert shown(page) == seen and area(page) == there
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(by_id(page, course.TO)).to_have_value("20:")


def test_an_earlier_live_of_the_host_lies_behind(page: Page, app: App, live: Log) -> None:
    before = Log(app.rooms, f"{live.room}-before")
    start, host = now_ms() - 24 * 60 * MINUTE, f"Mona of {live.room}"  # whose only LIVEs these are
    before.write(*busy(start, title="The day before", host=host), {"ts": start + 10 * MINUTE, "type": "live_ended"})
    live.write({"type": "live_started", "host": host, "ts": now_ms() - 10 * MINUTE + 1})
    open_trends(page, app, before)  # it has been read
    open_trends(page, app, live)
    page.get_by_role("button", name="Compare").click()
    dialog = by_id(page, compare.DIALOG)
    dialog.get_by_label("With the same minutes of an earlier LIVE").check()
    choice = by_id(page, compare.EARLIER)
    expect(choice.locator("option", has_text="The day before")).to_have_count(1)
    choice.select_option(before.room)
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_be_hidden()
    expect(by_id(page, course.LEGEND)).to_contain_text("compared with The day before")
    dashed = "chart => chart.data.filter(trace => trace.line && trace.line.dash).length"
    assert chart(page).locator(".js-plotly-plot").evaluate(dashed) == 2


def test_a_long_download_can_be_stopped_and_leaves_no_file(page: Page, app: App, own_room: str) -> None:
    start = now_ms() - 30 * 60 * MINUTE
    day = Log(app.rooms, own_room)
    day.write(*busy(start), *[order("fan", 300 + hour) | {"ts": start + hour * 60 * MINUTE} for hour in range(1, 24)])
    day.write({"ts": start + 24 * 60 * MINUTE, "type": "live_ended"})
    open_trends(page, app, day, "?step=10")
    saved: list[object] = []
    page.on("download", lambda file: saved.append(file))
    page.get_by_role("button", name="Download").first.click()
    by_id(page, download.DIALOG).get_by_label("Every metric").check()
    by_id(page, download.START).click()
    expect(by_id(page, download.SAID)).to_have_text("The file is being written …")
    expect(by_id(page, download.PROGRESS)).not_to_have_attribute("value", "0")
    by_id(page, download.STOP).click()
    expect(by_id(page, download.SAID)).to_have_text("Stopped: no file was made.")
    expect(by_id(page, download.START)).to_be_enabled()
    expect(by_id(page, download.STOP)).to_be_disabled()
    assert saved == []


def test_the_file_opens_again_with_the_figures_of_the_page(page: Page, app: App, ended: str, tmp_path: Path) -> None:
    open_trends(page, app, ended, "?metrics=views,orders&step=60")
    told = [tile(page, key).locator(".tile-value").inner_text() for key in ("views", "orders")]
    frames = {}
    page.get_by_role("button", name="Download").first.click()
    for kind in ("XLSX", "CSV"):
        by_id(page, download.DIALOG).get_by_label(re.compile(kind)).first.check()
        with page.expect_download() as saved:
            by_id(page, download.START).click()
        path = tmp_path / saved.value.suggested_filename
        saved.value.save_as(path)
        frames[kind] = pd.read_excel(path) if kind == "XLSX" else pd.read_csv(path)
        expect(by_id(page, download.SAID)).to_contain_text("is written")
        expect(by_id(page, download.START)).to_be_enabled()
    for frame in frames.values():
        assert [str(int(frame[name].sum())) for name in ("Views", "Orders")] == told
    book = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx")))
    assert next(book["Markers"].iter_rows(min_row=2))[5].value == "Pinned: Ceramide cream"
    first = by_id(page, rows.GRID).locator(".ag-row[row-index='0']").first
    assert first.locator("[col-id='views']").inner_text() == str(int(frames["CSV"]["Views"][0]))


def test_a_live_without_events_has_an_empty_table_and_loads_nothing(page: Page, app: App, own_room: str) -> None:
    room = Log(app.rooms, own_room)
    room.path.touch()
    page.goto(app.room(room.room, "trends"))
    grid = by_id(page, rows.GRID)
    expect(grid.locator(".ag-overlay-no-rows-center")).to_have_text("Nothing to show")
    expect(grid.locator(".ag-overlay-loading-center")).to_have_count(0)

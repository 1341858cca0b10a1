"""Times on the screen over midnights and over nights on which clocks change: they are the room's, with their day."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from layouts.parts import course, events, happenings, player, strip
from layouts.parts import trend as trend_part
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log
from tests.browser.screen import by_id, open_room

HOUR = 60 * MINUTE


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def lived(start: int, hours: int, zone: str) -> Iterator[dict[str, Any]]:
    """A LIVE of so many hours: somebody enters every ten minutes, and each hour a product is pinned for ten minutes."""
    yield {"ts": start, "type": "live_started", "title": "The long one", "currency": "EUR", "timezone": zone}
    yield {"ts": start, "type": "product_listed", "product_id": "p", "title": "Lamp", "price": "20"}
    for minute in range(5, hours * 60, 10):
        at = start + minute * MINUTE
        yield {"ts": at, "type": "view", "user_id": f"u{minute}"}
        yield {"ts": at, "type": "viewers", "count": 10 + minute // 10}
        yield {"ts": at, "type": "comment", "user_id": f"u{minute}", "text": f"minute {minute}"}
    for hour in range(hours):
        yield {"ts": start + hour * HOUR + 15 * MINUTE, "type": "pin", "product_id": "p"}
        yield {"ts": start + hour * HOUR + 25 * MINUTE, "type": "unpin", "product_id": "p"}
    yield {"ts": start + hours * HOUR, "type": "live_ended"}


@pytest.fixture(scope="module")
def days(app: App) -> str:
    """A LIVE in Singapore from the evening of one day to the morning of the next but one."""
    log = Log(app.rooms, "several-days")
    log.write(*lived(ms("2026-06-01T20:00:00+08:00"), 36, "Asia/Singapore"))
    return log.room


@pytest.fixture(scope="module")
def night(app: App) -> str:
    """A LIVE in Berlin over the hour that comes twice."""
    log = Log(app.rooms, "clocks-change")
    log.write(*lived(ms("2026-10-25T00:30:00+02:00"), 4, "Europe/Berlin"))
    return log.room


def test_in_a_room_of_several_days_every_time_has_its_day(page: Page, app: App, days: str) -> None:
    open_room(page, app, days, "trends")
    start, end = (page.locator(f"[id='{course.TIMELINE}'] .timeline-handle.{side}") for side in ("start", "end"))
    expect(start).to_have_attribute("aria-valuetext", "Jun 1 20:00:00")
    expect(end).to_have_attribute("aria-valuetext", "Jun 3 08:00:00")
    expect(by_id(page, course.FROM)).to_have_value("2026-06-01 20:00:00")
    listed = by_id(page, events.LIST)
    expect(listed).to_contain_text("Jun 1 20:15:00")
    expect(listed).to_contain_text("Jun 3 07:15:00")
    expect(by_id(page, strip.ROOT)).to_contain_text("at Jun ")
    listed.get_by_role("button", name="Jun 2 00:15:00").click()
    expect(by_id(page, events.FACTS)).to_contain_text("Jun 2 00:15:00 – 00:25:00")
    page.goto(app.room(days, "broadcast"))
    expect(by_id(page, happenings.ROWS)).to_contain_text("Jun 3 07:15:00")


def test_the_time_machine_says_the_day_and_the_room_s_clock_on_every_tab(page: Page, app: App, days: str) -> None:
    page.goto(app.room(days) + "?as-of=2026-06-02T01:02:03Z")
    banner = page.get_by_role("region", name="Time machine")
    expect(banner).to_contain_text("as of Jun 2 09:02:03.")
    page.goto(app.room(days, "broadcast") + f"?t={5 * 3600}")
    expect(by_id(page, player.ROOM_CLOCK)).to_have_text("Jun 2 01:00:00")


@pytest.mark.parametrize(("hours", "clock"), [(1, "01:30:00"), (2, "02:30:00"), (3, "02:30:00"), (3.5, "03:00:00")])
def test_the_player_s_clock_goes_through_the_hour_that_comes_twice(
    page: Page, app: App, night: str, hours: float, clock: str
) -> None:
    page.goto(app.room(night, "broadcast") + f"?t={round(hours * 3600)}")
    expect(by_id(page, player.ROOM_CLOCK)).to_have_text(clock)
    by_id(page, player.MACHINE).click()
    expect(page.get_by_role("region", name="Time machine")).to_contain_text(f"as of {clock}.")


def test_the_axis_of_key_data_goes_through_it_too(page: Page, app: App, night: str) -> None:
    open_room(page, app, night)
    ticks = by_id(page, trend_part.CHART).locator(".xtick text")
    expect(ticks.first).to_be_visible()
    hourly = [text for text in ticks.all_text_contents() if text.endswith(":00")]
    assert hourly == ["01:00", "02:00", "02:00", "03:00"]

"""What the events did, in a real browser: another metric and another time after, kinds switched off, and playing."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from layouts.parts import course
from layouts.parts import effects as part
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, now_ms
from tests.browser.screen import by_id


def steady(start: int) -> Iterator[dict[str, Any]]:
    """An hour of twenty clicks and ten entries a minute; twice the clicks in the five minutes of a giveaway, then as
    before, and a violation."""
    yield {"ts": start, "type": "live_started", "title": "Steady", "host": "Nobody else", "currency": "USD"}
    for minute in range(60):
        clicks = 44 if 30 <= minute < 35 else 20 + minute % 3
        for place in range(clicks):
            yield {"ts": start + minute * MINUTE + place * 1000, "type": "product_click", "product_id": "p"}
        for place in range(10 + minute % 2):
            yield {"ts": start + minute * MINUTE + place * 5000, "type": "view", "user_id": f"u{minute}-{place}"}
    yield {"ts": start + 30 * MINUTE, "type": "giveaway_started", "ref_id": "g", "product_id": "p", "title": "Mask"}
    yield {"ts": start + 35 * MINUTE, "type": "giveaway_ended", "ref_id": "g"}
    yield {"ts": start + 52 * MINUTE, "type": "violation", "ref_id": "v", "reason": "unverified claim"}
    yield {"ts": start + 60 * MINUTE, "type": "live_ended"}


@pytest.fixture(scope="session")
def steady_room(app: App) -> str:
    log = Log(app.rooms, "steady-room")
    log.write(*steady(now_ms() - 90 * MINUTE))
    return log.room


def rows(page: Page) -> Locator:
    return by_id(page, part.ROWS).locator("tr")


def giveaway(page: Page) -> Locator:
    return rows(page).filter(has_text="Giveaway")


@pytest.fixture
def opened(page: Page, app: App, steady_room: str) -> Page:
    page.goto(app.room(steady_room, "trends") + "?metrics=product_clicks,views")
    expect(rows(page)).to_have_count(2)
    return page


def test_the_effect_is_told_of_the_charted_metric(opened: Page) -> None:
    expect(giveaway(opened)).to_contain_text(re.compile(r"\+\d+% to \+\d+%"))
    expect(giveaway(opened).locator(".effects-clear.good")).to_have_text(re.compile(r"^\+\d+%$"))
    expect(rows(opened).first).to_contain_text("Violation")
    expect(rows(opened).first).to_contain_text("not clear")


def test_another_metric_and_another_time_after_are_chosen(opened: Page) -> None:
    by_id(opened, part.AFTER).get_by_label("5 min", exact=True).check()
    expect(giveaway(opened).locator("td").nth(2)).to_have_text("220")
    by_id(opened, part.METRIC).select_option("views")
    expect(giveaway(opened).locator("td").nth(2)).to_have_text(re.compile(r"^5\d$"))
    expect(giveaway(opened)).to_contain_text("not clear")
    by_id(opened, part.AFTER).get_by_label("Its own length").check()
    expect(giveaway(opened)).to_contain_text("not clear")


def test_a_kind_that_is_switched_off_leaves_the_table(opened: Page) -> None:
    by_id(opened, course.KINDS_SHOWN).get_by_label("Violations").uncheck()
    expect(rows(opened)).to_have_count(1)
    by_id(opened, course.KINDS_SHOWN).get_by_label("Giveaways").uncheck()
    expect(by_id(opened, part.EMPTY)).to_contain_text("switched on above the chart")


def test_play_opens_the_broadcast_at_the_event_by_keyboard(opened: Page) -> None:
    giveaway(opened).get_by_role("button", name=re.compile("^Play from")).focus()
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile(r"/broadcast\?.*\bt=1800\b"))

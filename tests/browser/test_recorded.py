"""Real logs that others recorded open in a real browser and show what DuckDB counted in them."""
from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from layouts import shell
from layouts.parts import course, talk
from livedash.locale import Words
from tests.browser.conftest import App
from tests.browser.screen import by_id, open_room, tile, tiles
from tests.house.trees import ROOT

DATA = ROOT.parent / "shared" / "data" / "rooms"
ROOMS = ("snowplow-ecom", "tiktok-webcast", "twitch-vod-chat", "youtube-replay-small")
COUNTED = {"views": "view", "shares": "share", "new_followers": "follow", "product_clicks": "product_click"}
"""Tiles whose figure is the number of lines of a type."""

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real logs (../shared/data) are not there")


@pytest.fixture(params=ROOMS)
def recorded(app: App, request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A real log in a room of the app, and what is true of it."""
    name = str(request.param)
    folder = app.rooms / name
    folder.mkdir(exist_ok=True)
    shutil.copyfile(DATA / name / "events.ndjson", folder / "events.ndjson")
    return name, json.loads((DATA / name / "truth.json").read_text("utf-8"))


def test_a_real_log_shows_its_truths(page: Page, app: App, recorded: tuple[str, dict[str, Any]]) -> None:
    name, truth = recorded
    lines = {kind: said["lines"] for kind, said in truth["per_type"].items()}
    open_room(page, app, name)
    for key in set(tiles(page)) & set(COUNTED):
        expect(tile(page, key)).to_have_text(f"{lines[COUNTED[key]]:,}" if COUNTED[key] in lines else "–")
    if len(truth["paid_by_currency"]) == 1:
        [(currency, paid)] = truth["paid_by_currency"].items()
        expect(tile(page, "direct_gmv")).to_have_text(Words("en", currency=currency).money(paid["gmv"], short=True))
    by_id(page, shell.LOG).click()
    row = by_id(page, shell.LOG_BODY).locator("tbody tr", has_text="events.ndjson")
    expect(row.locator("td").nth(1)).to_have_text(f"{truth['lines']:,}")
    expect(row.locator("td").nth(2)).to_have_text(f"{truth['lines'] - truth['duplicates']:,}")


def test_its_comments_and_its_days_are_told(page: Page, app: App, recorded: tuple[str, dict[str, Any]]) -> None:
    name, truth = recorded
    comments = truth["per_type"].get("comment")
    if comments is not None:
        page.goto(app.room(name, "broadcast"))
        expect(by_id(page, talk.COUNT)).to_have_text(f"{comments['lines']:,}")
    page.goto(app.room(name, "trends"))
    several = truth["first_ts"][:10] != truth["last_ts"][:10]
    typed = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$" if several else r"^\d\d:\d\d:\d\d$"
    page.wait_for_function(
        "([id, form]) => new RegExp(form).test(document.getElementById(id)?.value)", arg=[course.FROM, typed]
    )

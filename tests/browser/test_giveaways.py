"""The Giveaways tab in a real browser: the form, what is wrong in it, two clicks, countdowns, ending, what is told."""
from __future__ import annotations

import json
import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from layouts.parts import giveaway_effects, giveaway_form
from layouts.parts import giveaways as part
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, now_ms
from tests.browser.screen import by_id, open_room

SERIOUS = ("serious", "critical")


def cards(page: Page) -> Locator:
    return by_id(page, part.LIST).get_by_role("article")


def card(page: Page, name: str) -> Locator:
    return by_id(page, part.LIST).get_by_role("article", name=name)


def written(log: Log) -> list[dict[str, Any]]:
    path = log.path.parent / "operator.ndjson"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def open_form(page: Page, app: App, room: Log) -> Locator:
    """The form, once it offers products."""
    open_room(page, app, room, "giveaways")
    page.get_by_role("button", name="Create a giveaway").click()
    form = by_id(page, giveaway_form.ROOT)
    expect(form).to_be_visible()
    expect(by_id(page, giveaway_form.PRODUCT)).to_have_value("p-cream")  # it is pinned
    return form


def create(page: Page) -> Locator:
    return by_id(page, giveaway_form.APPLY)


def test_a_giveaway_is_created_and_counts_down(page: Page, app: App, live: Log) -> None:
    form = open_form(page, app, live)
    by_id(page, giveaway_form.SEARCH).fill("serum")
    options = by_id(page, giveaway_form.PRODUCT).locator("option:not([value=''])")
    expect(options).to_have_count(1)
    expect(by_id(page, giveaway_form.PRODUCT)).to_have_value("p-serum")
    by_id(page, giveaway_form.PRIZES).fill("2")
    by_id(page, giveaway_form.KEYWORD).fill("luna glow")
    create(page).click()
    expect(form).not_to_be_visible()
    made = card(page, "Niacinamide serum")
    expect(made).to_contain_text("Running")
    expect(made).to_contain_text("write “luna glow” in a comment")
    expect(made.get_by_role("timer")).to_have_text(re.compile(r"^ends in [0-4]:\d\d$"))
    before = made.get_by_role("timer").text_content()
    expect(made.get_by_role("timer")).not_to_have_text(str(before))
    [line] = written(live)
    assert (line["type"], line["product_id"], line["prizes"]) == ("giveaway_started", "p-serum", 2)


def test_two_clicks_make_one(page: Page, app: App, live: Log) -> None:
    form = open_form(page, app, live)
    create(page).evaluate("button => { button.click(); button.click(); }")
    expect(form).not_to_be_visible()
    expect(card(page, "Ceramide cream")).to_contain_text("Running")
    page.wait_for_load_state("networkidle")
    assert len(written(live)) == 1


def test_what_is_wrong_stands_by_the_form_and_what_was_typed_stays(page: Page, app: App, live: Log) -> None:
    form = open_form(page, app, live)
    by_id(page, giveaway_form.PRIZES).fill("0")
    form.get_by_label("Watch for some time").check()
    by_id(page, giveaway_form.WATCH).fill("3")
    create(page).click()
    wrong = by_id(page, giveaway_form.WRONG)
    expect(wrong).to_contain_text("not 0")
    prizes = by_id(page, giveaway_form.PRIZES)
    expect(prizes).to_have_attribute("aria-invalid", "true")
    expect(prizes).to_be_focused()
    expect(prizes).to_have_value("0")
    expect(by_id(page, giveaway_form.WATCH)).to_have_value("3")
    prizes.fill("1")
    by_id(page, giveaway_form.LENGTH).fill("2")
    by_id(page, giveaway_form.LENGTH).press("Enter")
    expect(wrong).to_contain_text("Nobody can watch for 3m 00s in a giveaway of 2m 00s")
    expect(form).to_be_visible()
    assert written(live) == []
    by_id(page, giveaway_form.LENGTH).fill("4")
    create(page).click()
    expect(form).not_to_be_visible()
    expect(card(page, "Ceramide cream")).to_contain_text("watch for 3m 00s")


def test_a_second_one_meanwhile_is_refused(page: Page, app: App, live: Log) -> None:
    live.write({"type": "giveaway_started", "ref_id": "g2", "product_id": "p-serum", "title": "Serum", "length": 1800})
    open_form(page, app, live)
    expect(card(page, "Niacinamide serum")).to_contain_text("Running")
    create(page).click()
    expect(by_id(page, giveaway_form.WRONG)).to_contain_text("one giveaway runs at a time")
    assert written(live) == []


def test_a_planned_one_waits_and_can_be_called_off(page: Page, app: App, live: Log) -> None:
    form = open_form(page, app, live)
    form.get_by_label("At a time").check()
    by_id(page, giveaway_form.TIME).fill("soon")
    create(page).click()
    expect(by_id(page, giveaway_form.WRONG)).to_contain_text("soon is not a time")
    at = page.evaluate("() => new Date(Date.now() + 3600e3).toISOString().slice(0, 16).replace('T', ' ')")
    by_id(page, giveaway_form.TIME).fill(at)
    create(page).click()
    planned = card(page, "Ceramide cream")
    expect(planned).to_contain_text("Planned")
    expect(planned.get_by_role("timer")).to_have_text(re.compile(r"^starts in (59|1:00|58):\d\d"))
    planned.get_by_role("button", name="Call off").click()
    dialog = by_id(page, part.END_DIALOG)
    expect(dialog).to_contain_text("Ceramide cream")
    by_id(page, part.END).click()
    expect(planned).to_contain_text("Called off")
    assert [line["type"] for line in written(live)] == ["giveaway_started", "giveaway_ended"]


def test_one_is_ended_only_after_a_second_look(page: Page, app: App, live: Log) -> None:
    live.write({"type": "giveaway_started", "ref_id": "g2", "product_id": "p-serum", "length": 1800})
    open_room(page, app, live, "giveaways")
    running = card(page, "Niacinamide serum")
    running.get_by_role("button", name="End").click()
    by_id(page, part.END_DIALOG).get_by_role("button", name="Let it be").click()
    expect(by_id(page, part.END_DIALOG)).not_to_be_visible()
    assert written(live) == []
    running.get_by_role("button", name="End").click()
    by_id(page, part.END).click()
    expect(running).to_contain_text("Ended")


def test_a_refresh_moves_no_focus_and_keeps_the_form(page: Page, app: App, live: Log) -> None:
    open_form(page, app, live)
    by_id(page, giveaway_form.PRIZES).fill("7")
    entered = [{"type": "giveaway_entered", "ref_id": "g1", "user_id": f"e{n}"} for n in range(12)]
    live.write(*entered)
    expect(card(page, "Green-tea wash")).to_contain_text("12")
    expect(by_id(page, giveaway_form.PRIZES)).to_have_value("7")
    expect(by_id(page, giveaway_form.PRIZES)).to_be_focused()
    page.keyboard.press("Escape")
    expect(by_id(page, part.CREATE)).to_be_focused()
    play = card(page, "Green-tea wash").get_by_role("button", name="Play")
    play.focus()
    live.write({"type": "giveaway_entered", "ref_id": "g1", "user_id": "one-more"})
    expect(card(page, "Green-tea wash")).to_contain_text("13")
    expect(play).to_be_focused()


def test_what_each_did_is_told_and_the_button_says_of_which(page: Page, app: App, live: Log) -> None:
    live.write({"type": "giveaway_started", "ref_id": "g2", "product_id": "p-serum", "length": 1800})
    open_room(page, app, live, "giveaways")
    note, body = by_id(page, giveaway_effects.NOTE), by_id(page, giveaway_effects.BODY)
    expect(note).to_contain_text("Niacinamide serum")
    expect(body).to_contain_text("The whole LIVE")
    asks = card(page, "Green-tea wash").get_by_role("button", name="What it did")
    asks.click()
    expect(note).to_contain_text("Green-tea wash")
    expect(asks).to_have_attribute("aria-pressed", "true")
    expect(body).to_contain_text("Given away: Green-tea wash")


def test_in_an_ended_live_none_can_be_created_and_it_says_why(page: Page, app: App, ended: str) -> None:
    open_room(page, app, ended, "giveaways")
    expect(by_id(page, part.WHY_NONE)).to_have_text("This LIVE has ended.")
    expect(by_id(page, part.CREATE)).to_be_disabled()
    expect(cards(page)).to_have_count(1)


def test_the_past_is_looked_at_and_not_acted_on(page: Page, app: App, live: Log) -> None:
    start = now_ms() - 10 * MINUTE
    page.goto(f"{app.room(live.room, 'giveaways')}?as-of={start + 350_000}")
    expect(card(page, "Green-tea wash")).to_contain_text("Running")
    expect(by_id(page, part.WHY_NONE)).to_contain_text("past")
    expect(card(page, "Green-tea wash").get_by_role("button", name="End")).to_have_count(0)


def test_a_live_without_any_says_how_to_come_to_one(page: Page, app: App, own_room: str) -> None:
    log = Log(app.rooms, own_room)
    log.write({"type": "live_started", "title": "Quiet", "currency": "USD"}, {"type": "view", "user_id": "a"})
    open_room(page, app, log, "giveaways")
    expect(by_id(page, part.LIST)).to_contain_text("Create one here")
    expect(by_id(page, giveaway_effects.BODY)).to_contain_text("Once a giveaway runs")


def test_axe_finds_nothing_serious_in_the_tab_and_in_its_form(page: Page, app: App, live: Log) -> None:
    live.write({"type": "giveaway_started", "ref_id": "g2", "product_id": "p-serum", "length": 1800})
    open_room(page, app, live, "giveaways")
    expect(card(page, "Niacinamide serum")).to_contain_text("Running")
    expect(by_id(page, giveaway_effects.BODY)).to_contain_text("The whole LIVE")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        assert serious(page) == [], theme
        page.get_by_role("button", name="Create a giveaway").click()
        expect(by_id(page, giveaway_form.PRODUCT)).to_have_value("p-cream")
        assert serious(page) == [], f"the form, {theme}"
        page.keyboard.press("Escape")


def serious(page: Page) -> list[str]:
    return [
        f"{finding['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for finding in Axe().run(page).response["violations"]
        if finding["impact"] in SERIOUS
        for node in finding["nodes"][:3]
    ]

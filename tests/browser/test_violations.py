"""Violations are shown, sorted out and appealed against in a real browser: once, with evidence, by keyboard too."""
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from layouts import shell
from layouts.parts import appeal, events, violation_cards
from livedash.operate.evidence import FOLDER
from livedash.operate.journal import NAME
from tests.browser.conftest import App
from tests.browser.lives import HOSTILE, Log, now_ms
from tests.browser.screen import by_id, open_room
from tests.browser.test_hostile import made_by_strangers
from tests.browser.test_pages import serious

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
TEXT = "It was a viewer's question, and was answered in the next sentence."


def card(page: Page, ref: str = "v1") -> Locator:
    return page.locator(f".violation-card[data-ref='{ref}']")


def said(live: Log) -> list[dict[str, Any]]:
    path = live.path.with_name(NAME)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def write(page: Page, text: str = TEXT) -> None:
    """Open the dialog of the first violation and write the appeal."""
    card(page).get_by_role("button", name="Appeal:").click()
    expect(by_id(page, appeal.TEXT)).to_be_focused()
    by_id(page, appeal.TEXT).fill(text)


def attach(page: Page, *files: tuple[str, bytes]) -> None:
    chosen: list[FilePayload] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files
    ]
    page.get_by_label("Add files").set_input_files(chosen)


def look_over(page: Page) -> None:
    page.get_by_role("button", name="Look it over").click()
    expect(by_id(page, appeal.PREVIEW)).to_be_visible()


@pytest.fixture
def over(live: Log) -> Log:
    """The same LIVE, ended long ago: its page asks for no news by itself."""
    live.path.write_text("", "utf-8")
    start = now_ms() - 24 * 3_600_000
    live.write(
        {"ts": start, "type": "live_started", "title": "Spring sale", "currency": "USD", "timezone": "UTC"},
        {"ts": start + 5, "type": "violation", "ref_id": "v1", "reason": "medical claim"},
        {"ts": start + 900_000, "type": "live_ended"},
    )
    return live


def test_a_violation_is_told_and_counted(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    expect(card(page).get_by_role("heading", level=3)).to_have_text("Misleading or absolute claim")
    expect(card(page)).to_contain_text("Said it cures acne.")
    expect(card(page)).to_contain_text("Severity: minor")
    expect(card(page)).to_contain_text("Pinned: Ceramide cream")
    expect(by_id(page, shell.VIOLATIONS)).to_have_text("1")


def test_a_new_violation_joins_while_one_reads(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    button = card(page).get_by_role("button", name="Appeal:")
    button.focus()
    live.write({"type": "violation", "ref_id": "v2", "reason": "simulcast"})
    expect(card(page, "v2")).to_contain_text("Simulcast")
    expect(page.locator(".violation-card").first).to_have_attribute("data-ref", "v2")
    expect(button).to_be_focused()
    expect(by_id(page, shell.VIOLATIONS)).to_have_text("2")


def test_a_refresh_renews_only_what_has_changed(page: Page, app: App, live: Log) -> None:
    live.write({"ts": now_ms() - 540_000, "type": "violation", "ref_id": "v0", "reason": "simulcast"})
    open_room(page, app, live, "violations")
    for ref in ("v0", "v1"):
        card(page, ref).evaluate("card => { card.sameAsBefore = true; }")
    live.write({"type": "comment", "user_id": "zoe", "text": "hello"})
    live.write({"type": "appeal_submitted", "ref_id": "v1", "text": TEXT})
    expect(card(page)).to_contain_text(TEXT)
    live.write({"type": "appeal_decided", "ref_id": "v0", "outcome": "upheld"})
    expect(card(page, "v0")).to_have_attribute("data-state", "upheld")
    live.write({"type": "violation", "ref_id": "v2", "reason": "simulcast"})
    expect(card(page, "v2")).to_be_visible()
    for ref in ("v0", "v1"):
        assert card(page, ref).evaluate("card => card.sameAsBefore === true"), ref


def test_an_appeal_is_submitted_once_however_often_it_is_clicked(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    write(page)
    attach(page, ("proof.png", PNG), ("note.txt", b"what was said"))
    look_over(page)
    preview = by_id(page, appeal.PREVIEW)
    expect(preview).to_contain_text(TEXT)
    expect(preview).to_contain_text("proof.png 2 KB")
    by_id(page, appeal.SUBMIT).dblclick()
    expect(card(page)).to_have_attribute("data-state", "submitted")
    expect(by_id(page, appeal.ROOT)).to_be_hidden()
    expect(card(page)).to_contain_text(TEXT)
    page.reload()
    expect(card(page)).to_have_attribute("data-state", "submitted")
    expect(card(page).locator(".appeals")).to_have_count(0)
    [line] = said(live)
    assert (line["type"], line["ref_id"], line["text"]) == ("appeal_submitted", "v1", TEXT)
    kept = {path.name: path.read_bytes() for path in live.path.with_name(FOLDER).rglob("*") if path.is_file()}
    assert kept == {"proof.png": PNG, "note.txt": b"what was said"}
    with page.expect_download() as download:
        card(page).get_by_role("link", name="proof.png").click()
    assert Path(download.value.path()).read_bytes() == PNG


def test_a_page_that_was_opened_before_makes_no_second_appeal(page: Page, app: App, over: Log) -> None:
    other = page.context.new_page()
    for one in (page, other):
        open_room(one, app, over, "violations")
        write(one)
        look_over(one)
    for one in (page, other):
        by_id(one, appeal.SUBMIT).click()
        expect(card(one)).to_have_attribute("data-state", "submitted")
    assert len(said(over)) == 1
    expect(by_id(other, violation_cards.SAID)).to_contain_text("submitted before")


def test_of_a_live_that_is_over_one_can_still_appeal_and_say_how_it_ended(page: Page, app: App, over: Log) -> None:
    open_room(page, app, over, "violations")
    write(page)
    look_over(page)
    by_id(page, appeal.SUBMIT).click()
    expect(card(page)).to_be_focused()
    card(page).get_by_role("button", name="It was rejected").click()
    expect(card(page)).to_have_attribute("data-state", "rejected")
    card(page).get_by_role("button", name="It was upheld").click()
    expect(card(page)).to_have_attribute("data-state", "upheld")
    expect(by_id(page, shell.VIOLATIONS)).to_be_hidden()
    expect(by_id(page, shell.STATE)).to_have_text("ENDED")
    assert [line.get("outcome") for line in said(over)] == [None, "rejected", "upheld"]


def test_what_is_wrong_is_said_in_the_dialog_and_what_was_typed_stays(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    write(page, "  ")
    page.get_by_role("button", name="Look it over").click()
    trouble = by_id(page, appeal.TROUBLE)
    expect(trouble).to_contain_text("Say in a sentence or two")
    by_id(page, appeal.TEXT).fill(TEXT)
    expect(by_id(page, appeal.COUNT)).to_have_text(f"{len(TEXT)} of 1,000 characters")
    attach(page, ("virus.exe", b"MZ"))
    expect(trouble).to_contain_text("virus.exe cannot be added")
    attach(page, ("fake.png", b"no picture"))
    expect(trouble).to_be_hidden()
    page.get_by_label("It was already corrected on air").check()
    look_over(page)
    by_id(page, appeal.SUBMIT).click()
    expect(trouble).to_contain_text("fake.png does not hold what its ending says")
    page.get_by_role("button", name="Back").click()
    expect(by_id(page, appeal.TEXT)).to_have_value(TEXT)
    expect(page.get_by_label("It was already corrected on air")).to_be_checked()
    page.get_by_role("button", name="Take fake.png away").click()
    live.path.with_name(NAME).mkdir()  # nothing can be written
    look_over(page)
    by_id(page, appeal.SUBMIT).click()
    expect(trouble).to_contain_text(NAME)
    assert [path for path in live.path.with_name(FOLDER).rglob("*") if path.is_file()] == []
    live.path.with_name(NAME).rmdir()
    by_id(page, appeal.SUBMIT).click()
    expect(card(page)).to_have_attribute("data-state", "submitted")
    assert [line["reason"] for line in said(live)] == ["corrected_on_air"]


def test_a_draft_outlives_the_dialog_and_the_page(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    write(page)
    page.keyboard.press("Escape")
    expect(by_id(page, appeal.ROOT)).to_be_hidden()
    page.reload()
    card(page).get_by_role("button", name="Appeal:").click()
    expect(by_id(page, appeal.TEXT)).to_have_value(TEXT)


def test_a_server_that_is_away_is_said_and_nothing_is_lost(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    write(page)
    look_over(page)
    page.route(re.compile("/appeals/"), lambda route: route.abort())
    by_id(page, appeal.SUBMIT).click()
    expect(by_id(page, appeal.TROUBLE)).to_contain_text("did not answer")
    page.unroute(re.compile("/appeals/"))
    by_id(page, appeal.SUBMIT).click()
    expect(card(page)).to_have_attribute("data-state", "submitted")


def test_states_are_chosen_by_keyboard_and_kept_for_the_next_visit(page: Page, app: App, live: Log) -> None:
    live.write(
        {"type": "violation", "ref_id": "v2", "reason": "simulcast"},
        {"type": "appeal_decided", "ref_id": "v2", "outcome": "upheld"},
    )
    open_room(page, app, live, "violations")
    expect(page.locator(".violation-card")).to_have_count(2)
    choice = by_id(page, violation_cards.FILTER)
    choice.get_by_label("All 2").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".violation-card")).to_have_count(1)
    expect(card(page, "v2")).to_be_visible()
    expect(choice.get_by_label("Upheld 1")).to_be_focused()
    page.reload()
    expect(card(page, "v2")).to_be_visible()
    expect(card(page)).to_have_count(0)
    choice.get_by_label("Appealed 0").check(force=True)
    expect(by_id(page, violation_cards.LIST)).to_contain_text("No appeal waits for its outcome.")


def test_an_address_leads_to_one_violation_whatever_was_chosen(page: Page, app: App, live: Log) -> None:
    live.write(*[{"type": "violation", "ref_id": f"w{i}", "reason": "simulcast"} for i in range(6)])
    open_room(page, app, live, "violations")
    by_id(page, violation_cards.FILTER).get_by_label("Upheld 0").check(force=True)
    expect(card(page)).to_have_count(0)
    page.goto(f"{app.room(live.room, 'violations')}?violation=v1")
    expect(card(page)).to_be_focused()
    expect(card(page)).to_be_in_viewport()


def test_the_trend_s_list_leads_to_the_violation(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "trends")
    by_id(page, events.LIST).get_by_role("button", name=re.compile("Violation: unverified claim")).click()
    page.get_by_role("link", name="Violations →").click()
    expect(card(page)).to_be_focused()


def test_it_plays_the_broadcast_from_there(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live, "violations")
    card(page).get_by_role("button", name=re.compile("^Play from")).click()
    expect(page).to_have_url(re.compile("/broadcast"))


def test_without_any_violation_that_is_good_news(page: Page, app: App, own_room: str) -> None:
    calm = Log(app.rooms, own_room)
    calm.write({"type": "live_started", "title": "Calm", "timezone": "UTC"})
    open_room(page, app, calm, "violations")
    expect(by_id(page, violation_cards.LIST)).to_contain_text("No violation so far.")


def test_the_appeal_is_copied_for_the_console(page: Page, app: App, live: Log) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.write({"type": "appeal_submitted", "ref_id": "v1", "text": TEXT, "reason": "other"})
    open_room(page, app, live, "violations")
    card(page).get_by_role("button", name="Copy the appeal").click()
    expect(by_id(page, violation_cards.SAID)).to_have_text("Copied")
    copied = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert copied.endswith(f"(v1)\nAnother reason\n{TEXT}") and copied.startswith("Misleading or absolute claim")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_dialog_and_the_cards(page: Page, app: App, live: Log, theme: str) -> None:
    live.write(
        {"type": "violation", "ref_id": "v2", "reason": "simulcast", "appeal_days": 1},
        {"type": "appeal_submitted", "ref_id": "v2", "text": TEXT, "by": "ana", "evidence": ["a.png"]},
        {"type": "violation", "ref_id": "v3", "reason": "odd"},
        {"type": "appeal_decided", "ref_id": "v3", "outcome": "upheld"},
        {"type": "caption", "text": "It cures everything, guaranteed"},
    )
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_room(page, app, live, "violations")
    expect(page.locator(".violation-card")).to_have_count(3)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
    assert serious(page) == []
    write(page)
    attach(page, ("proof.png", PNG))
    assert serious(page) == []
    look_over(page)
    assert serious(page) == []


def test_hostile_text_is_only_text(page: Page, app: App, hostile_room: str) -> None:
    open_room(page, app, hostile_room, "violations")
    expect(by_id(page, violation_cards.LIST)).to_contain_text(HOSTILE[1])
    assert made_by_strangers(page) == []
    first = page.locator(".violation-card").first
    first.get_by_role("button", name="Appeal:").click()
    by_id(page, appeal.TEXT).fill(HOSTILE[1])
    attach(page, ("<img src=x onerror=alert(1)>.png", PNG))
    look_over(page)
    expect(by_id(page, appeal.PREVIEW)).to_contain_text("<img src=x onerror=alert(1)>.png")
    assert made_by_strangers(page) == []

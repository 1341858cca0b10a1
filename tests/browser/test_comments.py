"""The comments card in a real browser: it follows what is new, and holds still for whoever reads further up."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from layouts.parts import comments as part
from tests.browser.conftest import App
from tests.browser.lives import Log
from tests.browser.screen import by_id, open_room


def comments(page: Page) -> Locator:
    return by_id(page, part.LIST).locator(".comment")


def say(live: Log, *texts: str) -> None:
    live.write(*[{"type": "comment", "user_id": f"u{text}", "name": "mia_r", "text": text} for text in texts])


def test_comments_come_newest_last_and_the_list_follows(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    say(live, *(f"remark {i}" for i in range(30)))
    expect(comments(page).last).to_have_text("mia_rremark 29")
    by_id(page, part.NEW).locator("..").evaluate("frame => frame.scrollIntoView({ block: 'center' })")
    expect(comments(page).last).to_be_in_viewport()


def test_the_list_holds_still_while_it_is_read(page: Page, app: App, live: Log) -> None:
    say(live, *(f"remark {i}" for i in range(60)))
    open_room(page, app, live)
    expect(comments(page).last).to_have_text("mia_rremark 59")
    by_id(page, part.LIST).evaluate("list => { list.scrollTop = 40; list.firstChild.dataset.mine = 'yes'; }")
    say(live, "one more", "and another")
    new = by_id(page, part.NEW)
    expect(new).to_have_text("2 new")
    assert by_id(page, part.LIST).evaluate("list => [list.scrollTop, list.firstChild.dataset.mine]") == [40, "yes"]
    expect(comments(page).filter(has_text="one more")).to_have_count(0)
    new.click()
    expect(comments(page).last).to_have_text("mia_rand another")
    expect(comments(page).last).to_be_in_viewport()
    expect(new).to_be_hidden()
    expect(by_id(page, part.LIST)).to_be_focused()


def test_scrolling_back_down_takes_in_what_waited(page: Page, app: App, live: Log) -> None:
    say(live, *(f"remark {i}" for i in range(60)))
    open_room(page, app, live)
    expect(comments(page).last).to_have_text("mia_rremark 59")
    by_id(page, part.LIST).evaluate("list => { list.scrollTop = 0; }")
    say(live, "one more")
    expect(by_id(page, part.NEW)).to_have_text("1 new")
    by_id(page, part.LIST).evaluate("list => { list.scrollTop = list.scrollHeight; }")
    expect(comments(page).last).to_have_text("mia_rone more")
    expect(by_id(page, part.NEW)).to_be_hidden()


def test_questions_are_marked_and_can_be_seen_alone(page: Page, app: App, live: Log) -> None:
    open_room(page, app, live)
    say(live, "how much is it?", "so nice")
    expect(comments(page).last).to_have_text("mia_rso nice")
    asked = comments(page).filter(has_text="how much is it?")
    expect(asked.get_by_role("img", name="Question")).to_have_text("?")
    expect(comments(page).last.get_by_role("img")).to_have_count(0)
    choice = by_id(page, part.FILTER).get_by_role("radio", name="Questions")
    choice.check()
    expect(comments(page).filter(has_text="so nice")).to_have_count(0)
    expect(comments(page).last).to_have_text("mia_r?how much is it?")
    say(live, "and this one?")
    expect(comments(page).last).to_have_text("mia_r?and this one?")
    expect(choice).to_be_focused()

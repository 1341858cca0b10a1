"""The Broadcast tab and the replay in a real browser: every way to a moment leads there, and everything follows it."""
from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from layouts import shell
from layouts.parts import broadcast as card
from layouts.parts import course, happenings, player, talk, watch
from layouts.parts import trend as trend_part
from tests.browser.conftest import App
from tests.browser.lives import MINUTE, Log, busy, now_ms
from tests.browser.screen import by_id, open_room, plot_area, tile
from tests.house.trees import ROOT

CLIPS = ROOT / "data" / "demo" / "broadcast"
SEGMENTS, SECONDS = 4, 5


def film(folder: Path, start: int, clips: int, *, ended: bool = True) -> None:
    """A stream of so many clips of twenty seconds, whose first picture is of start (epoch ms)."""
    folder.mkdir(exist_ok=True)
    shutil.copy(CLIPS / "header.mp4", folder)
    for clip, part in product(range(clips), range(SEGMENTS)):
        shutil.copy(CLIPS / f"host-{part}.m4s", folder / f"{clip}-{part}.m4s")
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:5", "#EXT-X-MEDIA-SEQUENCE:0"]
    lines += ["#EXT-X-PLAYLIST-TYPE:EVENT", '#EXT-X-MAP:URI="header.mp4"']
    for clip in range(clips):
        lines += ["#EXT-X-DISCONTINUITY"] if clip else []
        at = datetime.fromtimestamp(start / 1000 + clip * SEGMENTS * SECONDS, UTC)
        lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{at.isoformat(timespec='milliseconds')}")
        lines += [f"#EXTINF:{SECONDS}.000,\n{clip}-{part}.m4s" for part in range(SEGMENTS)]
    (folder / "live.m3u8").write_text("\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else [])]) + "\n")


class Evening:
    """An ended LIVE of ten minutes: a comment every other second, somebody enters every second."""

    def __init__(self, rooms: Path, room: str) -> None:
        self.start = (now_ms() - 70 * MINUTE) // 1000 * 1000
        self.log = Log(rooms, room)
        self.log.write(*busy(self.start, title="Spring sale"))
        self.log.write(
            *(
                {"ts": self.start + n * 2000 + 500, "type": "comment", "user_id": f"c{n % 7}", "text": f"remark {n}"}
                for n in range(300)
            ),
            {"ts": self.start + 10 * MINUTE, "type": "live_ended"},
        )

    @property
    def room(self) -> str:
        return self.log.room

    @property
    def folder(self) -> Path:
        return self.log.path.parent / "broadcast"


@pytest.fixture
def evening(app: App, own_room: str) -> Iterator[Evening]:
    """An evening with its whole picture."""
    made = Evening(app.rooms, own_room)
    film(made.folder, made.start, 30)
    yield made


@pytest.fixture
def unseen(app: App, own_room: str) -> Evening:
    """An evening of which there is no picture."""
    return Evening(app.rooms, own_room)


def opened(page: Page, app: App, room: str, seconds: float | None = None) -> Locator:
    """The Broadcast tab at that second of the LIVE; its picture, once that is there."""
    page.goto(app.room(room, "broadcast") + ("" if seconds is None else f"?t={seconds}"))
    video = by_id(page, player.VIDEO)
    expect(video).to_be_visible()
    page.wait_for_function("id => document.getElementById(id)?.readyState > 1", arg=player.VIDEO)
    if seconds is not None:
        at(page, seconds)
    return video


def at(page: Page, seconds: float, id_: str = player.VIDEO, within: float = 1.5) -> None:
    """Wait until the picture is at that second, or a little later where it plays."""
    page.wait_for_function(
        """([id, at, within]) => {
            const now = document.getElementById(id)?.currentTime;
            return now > at - 0.5 && now < at + within;
        }""",
        arg=[id_, seconds, within],
    )


def still(page: Page, id_: str = player.VIDEO) -> None:
    page.wait_for_function("id => document.getElementById(id)?.paused", arg=id_)


def plays(page: Page, id_: str = player.VIDEO) -> None:
    page.wait_for_function("id => document.getElementById(id)?.paused === false", arg=id_)


def said(page: Page) -> Locator:
    return by_id(page, talk.LIST).locator(".comment")


def test_the_address_opens_at_a_moment_and_all_is_as_of_it(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 125)
    still(page)
    expect(by_id(page, player.TIME)).to_have_text(re.compile(r"00:02:0[56] / 00:10:00"))
    expect(said(page).last).to_contain_text("remark 62")
    expect(by_id(page, happenings.ROWS).locator("tr")).to_have_count(3)


def test_the_keys_of_a_player_move_it(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 100)
    still(page)
    for key, second in (("l", 110), ("j", 100), ("ArrowRight", 105), ("ArrowLeft", 100)):
        page.keyboard.press(key)
        at(page, second)
    for key in ("k", "Space"):
        page.keyboard.press(key)
        plays(page)
        page.keyboard.press(key)
        still(page)


def test_a_key_that_is_written_or_pressed_moves_nothing(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 100)
    still(page)
    by_id(page, talk.SEARCH).press_sequentially("jkl 6")
    expect(by_id(page, talk.SEARCH)).to_have_value("jkl 6")
    still(page)
    at(page, 100)


def test_what_happened_plays_from_there_by_keyboard(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    button = page.get_by_role("button", name="Violation: unverified claim")
    button.press("Enter")
    at(page, 200, within=6)
    plays(page)
    expect(button).to_be_focused()


def test_a_click_before_the_page_has_looked_at_its_picture_plays_on(page: Page, app: App, evening: Evening) -> None:
    page.add_init_script("const usual = setInterval; setInterval = (f, ms) => usual(f, ms === 250 ? 3000 : ms);")
    opened(page, app, evening.room)
    page.get_by_role("button", name="Violation: unverified claim").click()
    at(page, 204)


def test_a_comment_plays_from_where_it_was_said(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    by_id(page, talk.SEARCH).fill("remark 150")
    expect(said(page)).to_have_count(1)
    said(page).locator(".plays").press("Enter")
    at(page, 300.5, within=6)


def test_a_click_on_the_trend_plays_from_there_and_the_moment_is_drawn(page: Page, app: App, evening: Evening) -> None:
    open_room(page, app, evening.room)
    page.wait_for_function("id => document.getElementById(id)?.readyState > 1", arg=card.VIDEO)
    chart = by_id(page, trend_part.CHART)
    box = plot_area(chart)
    for share in (0.3, 0.8):
        x, y = box["x"] + box["width"] * share, box["y"] + box["height"] * 0.6
        moment = chart.evaluate(
            """(chart, x) => {
                const plot = chart.querySelector('.js-plotly-plot'), axis = plot._fullLayout.xaxis;
                return axis.p2l(x - plot.getBoundingClientRect().left - axis._offset);
            }""",
            x,
        )
        page.mouse.click(x, y)
        at(page, (moment - evening.start) / 1000, card.VIDEO, within=6)
        line = chart.locator(".playing-at")
        expect(line).to_be_visible()
        drawn = line.bounding_box()
        assert drawn is not None and abs(drawn["x"] - x) < 16
    before = line.evaluate("line => line.style.left")
    page.wait_for_function(
        "before => document.querySelector('.playing-at').style.left !== before", arg=before
    )  # it moves as it plays


def test_on_the_trend_tab_a_click_plays_beside_the_chart(page: Page, app: App, evening: Evening) -> None:
    page.goto(app.room(evening.room, "trends"))
    video = by_id(page, watch.VIDEO)
    expect(video).to_be_visible()
    box = plot_area(by_id(page, course.CHART))
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    at(page, 300, watch.VIDEO, within=12)
    expect(page).to_have_url(re.compile("/trends"))


def test_a_drag_on_the_trend_zooms_and_plays_nothing(page: Page, app: App, evening: Evening) -> None:
    open_room(page, app, evening.room)
    page.wait_for_function("id => document.getElementById(id)?.readyState > 1", arg=card.VIDEO)
    box = plot_area(by_id(page, trend_part.CHART))
    y = box["y"] + box["height"] * 0.5
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=8)
    page.mouse.up()
    expect(by_id(page, trend_part.UNZOOM)).to_be_visible()
    assert by_id(page, card.VIDEO).evaluate("video => video.paused && video.currentTime === 0")


def test_the_picture_goes_along_to_another_tab(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 125)
    still(page)
    page.locator("nav a[href*='/key-data']").click()
    at(page, 125, card.VIDEO)


def test_what_plays_goes_on_over_tabs_opened_for_the_first_time(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 125)
    page.keyboard.press("k")
    at(page, 127, within=9)
    page.locator("nav a[href*='/products']").click()
    expect(page.locator(".ag-row:visible").first).to_be_visible()
    page.locator("nav a[href*='/trends']").click()
    at(page, 128, watch.VIDEO, within=60)
    plays(page, watch.VIDEO)


def test_now_is_now_again_after_another_tab(page: Page, app: App, live: Log) -> None:
    film(live.path.parent / "broadcast", now_ms() - 10 * MINUTE, 30, ended=False)
    open_room(page, app, live)
    plays(page, card.VIDEO)
    page.wait_for_function("id => document.getElementById(id).currentTime > 0.3", arg=card.VIDEO)
    page.locator("nav a[href*='/products']").click()
    page.wait_for_function("id => document.getElementById(id).paused", arg=card.VIDEO)
    page.locator("nav a[href*='/key-data']").click()
    plays(page, card.VIDEO)
    by_id(page, card.VIDEO).evaluate("video => video.pause()")  # by whoever wants it to stand
    page.locator("nav a[href*='/products']").click()
    expect(page.locator(".ag-row:visible").first).to_be_visible()
    page.locator("nav a[href*='/key-data']").click()
    expect(by_id(page, card.VIDEO)).to_be_visible()
    still(page, card.VIDEO)


def test_a_moment_is_played_on_the_broadcast_tab_each_time(page: Page, app: App, evening: Evening) -> None:
    page.goto(app.room(evening.room, "products"))
    for seconds in (300, 120):
        expect(page.locator(".ag-row:visible").first).to_be_visible()
        page.evaluate("ms => window.dash_clientside.replay.open(ms)", evening.start + seconds * 1000)
        expect(page).to_have_url(re.compile(f"/broadcast.*t={seconds}"))
        at(page, seconds + 1, within=20)
        plays(page)
        page.locator("nav a[href*='/products']").click()


def test_a_picture_that_breaks_is_loaded_again_and_goes_on(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 125)
    missing: list[str] = []

    def lose(route: Route) -> None:
        if missing:
            route.continue_()
        else:
            missing.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/20-*.m4s*", lose)
    page.evaluate("ms => window.livedashReplay.playFrom(ms)", evening.start + 400_000)
    at(page, 401, within=20)
    plays(page)
    assert missing, "a part of the picture was lost on its way"
    expect(by_id(page, player.FAILED)).to_be_hidden()


def test_parts_that_cannot_be_read_are_said_and_the_others_play(page: Page, app: App, evening: Evening) -> None:
    for part in evening.folder.glob("2?-*.m4s"):
        part.write_bytes(b"no picture")
    opened(page, app, evening.room, 125)
    page.evaluate("ms => window.livedashReplay.playFrom(ms)", evening.start + 400_000)
    expect(by_id(page, player.FAILED)).to_be_visible()
    page.evaluate("ms => window.livedashReplay.playFrom(ms)", evening.start + 300_000)
    at(page, 301, within=20)
    expect(by_id(page, player.FAILED)).to_be_hidden()


def test_links_keep_the_stretch_and_the_moment_from_the_start(page: Page, app: App, evening: Evening) -> None:
    moment = f"{datetime.fromtimestamp(evening.start / 1000 + 200, UTC):%Y-%m-%dT%H:%M:%S}.000Z"
    page.goto(app.room(evening.room, "key-data") + f"?last=5&as-of={moment}")
    expect(page.locator(".machine-bar")).to_be_visible()
    page.locator("nav a[href*='/products']").click()
    expect(page).to_have_url(re.compile(r"/products\?.*last=5"))
    expect(page).to_have_url(re.compile(r"as-of="))
    page.locator(".machine-bar").get_by_role("button", name="Back to now").click()
    expect(page.locator(".machine-bar")).to_be_hidden()
    page.go_back()
    expect(page.locator(".machine-bar")).to_be_visible()


def test_older_comments_come_as_one_scrolls(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    expect(said(page).last).to_contain_text("remark 299")
    first = said(page).first.text_content()
    by_id(page, talk.LIST).evaluate("list => { list.scrollTop = 0; }")
    expect(said(page).first).not_to_have_text(first or "")
    assert by_id(page, talk.LIST).evaluate("list => list.scrollTop") > 100, "what was read stays where it was"


def test_comments_are_sorted_out(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    by_id(page, talk.WHICH).get_by_role("radio", name="Questions").check()
    expect(said(page).first).to_contain_text("is it ok for sensitive skin?")
    expect(said(page).filter(has_not_text="?")).to_have_count(0)
    by_id(page, talk.WHICH).get_by_role("radio", name="All").check()
    by_id(page, talk.SEARCH).fill("remark 29")
    expect(said(page)).to_have_count(13)
    said(page).last.get_by_role("button", name="Only comments of").click()
    expect(said(page)).to_have_count(3)
    by_id(page, talk.EVERYBODY).click()
    expect(said(page)).to_have_count(13)


def test_a_question_is_answered_by_one_line_in_the_log(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    by_id(page, talk.WHICH).get_by_role("radio", name="Unanswered").check()
    question = said(page).last
    question.get_by_role("button", name="Mark as answered").press("Enter")
    expect(question).to_contain_text("Answered")
    [line] = (evening.log.path.parent / "operator.ndjson").read_text("utf-8").splitlines()
    assert json.loads(line)["type"] == "question_answered"


def test_while_live_comments_hold_still_for_who_reads(page: Page, app: App, live: Log) -> None:
    def say(*texts: str) -> None:
        live.write(*({"type": "comment", "user_id": "u1", "nickname": "mia_r", "text": text} for text in texts))

    say(*(f"line {n}" for n in range(80)))
    page.goto(app.room(live.room, "broadcast"))
    expect(said(page).last).to_contain_text("line 79")
    by_id(page, talk.LIST).evaluate("list => { list.scrollTop = list.scrollHeight / 2; }")
    say("one more", "and another")
    expect(by_id(page, talk.NEW)).to_have_text("2 new")
    expect(said(page).last).to_contain_text("line 79")
    by_id(page, talk.NEW).click()
    expect(said(page).last).to_contain_text("and another")
    expect(said(page).last).to_be_in_viewport()


def test_a_running_live_can_be_seen_again_and_left_for_now(page: Page, app: App, live: Log) -> None:
    film(live.path.parent / "broadcast", now_ms() - 10 * MINUTE, 30, ended=False)
    page.goto(app.room(live.room, "broadcast"))
    expect(by_id(page, player.VIDEO)).to_be_visible()
    page.wait_for_function("id => document.getElementById(id)?.readyState > 0", arg=player.VIDEO)
    by_id(page, happenings.ROWS).get_by_role("button", name="Pinned: Ceramide cream").click()
    at(page, 60, within=6)
    by_id(page, player.NOW).click()
    page.wait_for_function("id => !document.getElementById(id).src.includes('so-far')", arg=player.VIDEO)


def test_the_time_machine_shows_every_tab_as_of_the_moment(page: Page, app: App, evening: Evening) -> None:
    """One of thirty viewers comes every fifteen seconds, the first after ten."""
    opened(page, app, evening.room, 125)
    still(page)
    by_id(page, player.MACHINE).click()
    banner = page.get_by_role("region", name="Time machine")
    expect(banner).to_contain_text("everything is shown as of")
    expect(by_id(page, happenings.ROWS).locator("tr")).to_have_count(1)
    page.locator("nav a[href*='/key-data']").click()
    expect(tile(page, "views")).to_have_text("8")
    expect(by_id(page, shell.DURATION)).to_have_text("00:02:05")
    expect(by_id(page, shell.STATE)).to_have_text("TIME MACHINE")
    page.reload()
    expect(tile(page, "views")).to_have_text("8")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Back to now").click()
    expect(tile(page, "views")).to_have_text("30")
    expect(banner).to_be_hidden()
    expect(page).not_to_have_url(re.compile("as-of="))


def test_the_time_machine_begins_at_the_moment_that_is_shown(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room)
    by_id(page, player.MACHINE).click()
    began = f"{datetime.fromtimestamp(evening.start / 1000, UTC):%H:%M:%S}"
    expect(page.get_by_role("region", name="Time machine")).to_contain_text(began)
    expect(page).to_have_url(re.compile(r"as-of="))


def test_a_link_may_say_its_moment_in_minutes(page: Page, app: App, evening: Evening) -> None:
    page.goto(app.room(evening.room, "broadcast") + "?t=2:05")
    at(page, 125)


def test_without_a_picture_the_moment_moves_all_the_same(page: Page, app: App, unseen: Evening) -> None:
    page.goto(app.room(unseen.room, "broadcast") + "?t=125")
    expect(by_id(page, player.NOTE)).to_contain_text(f"{unseen.room}/broadcast")
    expect(said(page).last).to_contain_text("remark 62")
    by_id(page, player.PLAY).click()
    expect(said(page).last).to_contain_text("remark 63")
    by_id(page, player.MACHINE).click()
    expect(by_id(page, happenings.ROWS).locator("tr")).to_have_count(1)


def test_the_picture_plays_at_the_chosen_speed_and_the_choice_stays(page: Page, app: App, evening: Evening) -> None:
    opened(page, app, evening.room, 60)
    for wanted in ("2", "0.5"):
        by_id(page, player.SPEED).select_option(wanted)
        page.wait_for_function(
            "([id, speed]) => document.getElementById(id).playbackRate === speed", arg=[player.VIDEO, float(wanted)]
        )
    page.reload()
    expect(by_id(page, player.SPEED)).to_have_value("0.5")
    page.wait_for_function("id => document.getElementById(id).playbackRate === 0.5", arg=player.VIDEO)


@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_a_link_is_copied(page: Page, app: App, unseen: Evening, secure: bool) -> None:
    if secure:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(app.room(unseen.room, "broadcast") + "?t=125")
    expect(said(page).last).to_contain_text("remark 62")
    by_id(page, player.COPY).click()
    expect(by_id(page, player.COPIED)).to_have_text("Copied")
    expect(by_id(page, player.COPY)).to_be_focused()
    by_id(page, talk.SEARCH).press("Control+V")
    expect(by_id(page, talk.SEARCH)).to_have_value(re.compile(rf"{unseen.room}/broadcast\?t=125$"))


def test_a_recording_is_tied_to_the_clock_by_typing(page: Page, app: App, unseen: Evening) -> None:
    """The four segments in one file are a recording of twenty seconds without a clock of its own."""
    unseen.folder.mkdir()
    parts = [CLIPS / "header.mp4", *(CLIPS / f"host-{part}.m4s" for part in range(SEGMENTS))]
    (unseen.folder / "evening.mp4").write_bytes(b"".join(part.read_bytes() for part in parts))
    opened(page, app, unseen.room)
    by_id(page, player.TIE).locator("summary").click()
    begins = datetime.fromtimestamp(unseen.start / 1000 + 60, UTC)
    by_id(page, player.TIE_CLOCK).fill("half past")
    by_id(page, player.TIE_KEEP).click()
    expect(by_id(page, player.TIE_SAID)).to_contain_text("is not a time")
    by_id(page, player.TIE_CLOCK).fill(begins.strftime("%H:%M:%S"))
    by_id(page, player.TIE_KEEP).click()
    expect(by_id(page, player.TIE_SAID)).to_contain_text("Kept")
    kept = json.loads((unseen.folder / "clock.json").read_text("utf-8"))
    assert abs(kept["evening.mp4"] - unseen.start - 60_000) < 1000
    expect(by_id(page, player.TIED_BY)).to_have_text("as you have set it")
    page.get_by_role("button", name="Pinned: Ceramide cream").click()
    expect(by_id(page, player.TIME)).to_have_text(re.compile(r"00:01:0\d / 00:10:00"))
    at(page, 0, within=8)


def test_a_broken_recording_says_so(page: Page, app: App, unseen: Evening) -> None:
    unseen.folder.mkdir()
    (unseen.folder / "evening.mp4").write_bytes(b"no picture at all" * 100)
    page.goto(app.room(unseen.room, "broadcast"))
    expect(by_id(page, player.FAILED)).to_be_visible()
    expect(said(page).last).to_contain_text("remark 299")

"""What just happened and matters, newest first; and quiet where nothing did."""
from __future__ import annotations

from livedash.analysis.notices import Notice, notices
from livedash.rollup.fold import Rollup
from tests.livedash import build
from tests.livedash.build import (
    START,
    Event,
    at,
    between,
    clicks,
    ended,
    enter,
    event,
    lists,
    live,
    order,
    rollup,
    stock,
)


def of(room: Rollup, kind: str) -> list[Notice]:
    return [notice for notice in notices(room, None) if notice.kind == kind]


def said(notice: Notice) -> tuple[str, str]:
    return notice.title.in_english(), notice.reason.in_english()


def audience(*courses: tuple[int, int, int]) -> list[Event]:
    """Samples every 10 s: (from second, to second, how many are in the room)."""
    return [at(second, build.viewers(count)) for start, end, count in courses for second in range(start, end, 10)]


# --- what the log says outright


def test_a_violation_with_its_detail() -> None:
    line = event("violation", ref_id="v", reason="Medical claim", text="Say what it does.")
    [notice] = of(live(at(10, line)), "violation")
    assert said(notice) == ("Violation: Medical claim", "Say what it does.")
    assert (notice.ts, notice.weight, notice.ref_id) == (START + 10_000, "bad", "v")


def test_a_violation_without_detail_says_what_there_is() -> None:
    first, second = of(live(event("violation", severity="low"), event("violation")), "violation")
    assert said(second)[1] == "Severity: low." and said(first)[1] == "The log says no more about it."


def test_a_giveaway_starts_and_ends() -> None:
    room = live(
        lists("p", title="Cleanser"),
        at(60, event("giveaway_started", ref_id="g", product_id="p", entry_rule="comment")),
        *(at(70 + i, event("giveaway_entered", f"u{i}", ref_id="g")) for i in range(3)),
        at(360, event("giveaway_ended", ref_id="g")),
    )
    over, start = notices(room, None)
    assert (over.kind, start.kind) == ("giveaway_ended", "giveaway_started")
    assert said(start) == ("Giveaway started: Cleanser", "To enter: write a comment")
    assert said(over) == ("Giveaway ended: Cleanser", "Entries: 3 in 300.0.")


def test_a_giveaway_whose_time_is_over_has_ended_and_one_that_is_planned_is_no_news() -> None:
    planned = at(60, event("giveaway_started", ref_id="g", product_id="p", starts_at=START + 120_000, length=90))
    lists_it, later = lists("p", title="Cleanser"), [at(119, enter("a")), at(120, enter("b")), at(210, enter("c"))]
    assert of(live(lists_it, planned, later[0]), "giveaway_started") == []
    [start] = of(live(lists_it, planned, *later[:2]), "giveaway_started")
    assert start.ts == START + 120_000
    [over] = of(live(lists_it, planned, *later), "giveaway_ended")
    assert (over.ts, said(over)) == (START + 210_000, ("Giveaway ended: Cleanser", "It ran for 90.0."))


def test_a_giveaway_that_is_called_off_never_started() -> None:
    planned = at(60, event("giveaway_started", ref_id="g", title="Cream", starts_at=START + 120_000))
    room = live(planned, at(80, event("giveaway_ended", ref_id="g")), at(300, enter("a")))
    assert [said(notice) for notice in notices(room, None)] == [("Giveaway called off: Cream", "It had not started.")]


def test_how_to_enter_is_said_by_the_rule_and_what_belongs_to_it() -> None:
    def reason(**fields: object) -> str:
        [notice] = of(live(event("giveaway_started", ref_id="g", **fields)), "giveaway_started")
        return said(notice)[1]

    assert reason(entry_rule="comment", keyword="luna", text="x") == "To enter: write “luna” in a comment"
    assert reason(entry_rule="watch_time", watch_seconds=120) == "To enter: watch for 120"
    assert reason(entry_rule="follow", text="Follow us!") == "To enter: Follow us!"
    assert reason(entry_rule="first_ten") == "To enter: first ten"
    assert reason() == "It is open now."


def test_an_end_without_a_start_is_said_all_the_same() -> None:
    room = live(event("giveaway_ended", ref_id="g", entries=12), event("giveaway_ended", ref_id="h"))
    assert [said(notice)[1] for notice in notices(room, None)] == ["It is over.", "Entries: 12."]


def test_newest_first_and_no_more_than_asked_for() -> None:
    room = live(*(at(10 * n, event("violation", ref_id=str(n))) for n in (2, 1, 3)))
    assert [notice.ref_id for notice in notices(room, None)] == ["3", "2", "1"]
    assert [notice.ref_id for notice in notices(room, None, limit=2)] == ["3", "2"]
    assert [notice.ref_id for notice in notices(room, between(15, 25))] == ["2"]


def test_nothing_happened() -> None:
    assert notices(rollup(), None) == () and notices(live(enter("a")), None) == ()


# --- stock


def selling(left: int, minutes: int = 10, pieces: int = 30, reported: float | None = None) -> list[Event]:
    """So many pieces sold over the last minutes, and what is left said at the end (or at another time)."""
    end = 60 * minutes
    sales = [at(end * n / pieces, order("a", 1, order_id=f"o{n}")) for n in range(pieces)]
    report = at(end if reported is None else reported, stock("p", left))
    return [at(0, lists("p", title="Cream", stock=500)), *sales, report]


def test_stock_that_will_not_last() -> None:
    [notice] = of(live(*selling(left=15)), "stock")
    assert said(notice) == ("Cream will be sold out in about 300", "About 15 left by now; 29 sold in the last 600.0.")
    assert (notice.product_id, notice.weight) == ("p", "bad")


def test_stock_that_lasts_is_not_spoken_of() -> None:
    assert of(live(*selling(left=60)), "stock") == []
    assert of(live(*selling(left=5, pieces=2)), "stock") == []


def test_an_old_report_of_stock_says_little() -> None:
    assert of(live(*selling(left=15, reported=5), at(620, enter("a"))), "stock") == []


def test_what_was_sold_since_the_report_is_not_left() -> None:
    [notice] = of(live(*selling(left=45, reported=300), at(601, enter("a"))), "stock")
    assert said(notice)[1].startswith("About 31 left by now; ")


def test_what_is_sold_out_is_said_and_no_more_foretold() -> None:
    [notice] = of(live(*selling(left=0)), "stock")
    assert said(notice)[0] == "Sold out: Cream"


def test_an_ended_live_foretells_nothing() -> None:
    assert of(live(*selling(left=15), at(601, ended())), "stock") == []


# --- falls


def test_a_sharp_fall_of_viewers_is_said_once() -> None:
    room = live(*audience((0, 1200, 200), (1200, 1500, 100)))
    [notice] = of(room, "viewers_fall")
    assert notice.ts == START + 1_260_000
    assert said(notice) == ("Viewers fell by 0.5", "100 in the room, against 200 in the ten minutes before.")


def test_a_slow_ebb_a_flutter_and_a_small_room_are_no_fall() -> None:
    ebb = live(*(at(10 * n, build.viewers(300 - n)) for n in range(200)))
    flutter = live(*audience((0, 1200, 200), (1200, 1230, 50), (1230, 2000, 200)))
    small = live(*audience((0, 1200, 15), (1200, 1500, 2)))
    assert [of(room, "viewers_fall") for room in (ebb, flutter, small)] == [[], [], []]


def test_the_end_of_a_live_is_no_fall() -> None:
    assert of(live(*audience((0, 1200, 200), (1200, 1290, 20)), at(1300, ended())), "viewers_fall") == []


def test_a_gap_in_the_recording_is_no_fall() -> None:
    gap: Event = {**event("recording_gap"), "from": START + 1_200_000, "to": START + 1_500_000}
    room = live(*audience((0, 1200, 200)), at(1200, build.viewers(0)), at(1500, gap), *audience((1500, 2000, 200)))
    assert of(room, "viewers_fall") == []


def clicking(minutes: range, orders: int) -> list[Event]:
    """Twenty clicks a minute, and so many orders."""
    out = []
    for minute in minutes:
        out += [at(60 * minute + 2 * n, clicks("a")) for n in range(20)]
        out += [at(60 * minute + 5 * n, order("a", 1, order_id=f"{minute}-{n}")) for n in range(orders)]
    return out


def test_clicks_that_stop_becoming_orders_are_said() -> None:
    room = live(*clicking(range(40), 4), *clicking(range(40, 55), 0), at(3300, enter("a")))
    first, *more = of(room, "ctor_fall")
    assert more == [] and 2700 <= (first.ts - START) / 1000 <= 3000
    assert "orders in ten minutes" in said(first)[1]


def test_fewer_clicks_are_no_worse_clicks() -> None:
    quiet = [event for event in clicking(range(40, 55), 4) if event["ts"] % 60_000 < 10_000]
    assert of(live(*clicking(range(40), 4), *quiet), "ctor_fall") == []


def test_what_chance_does_to_few_orders_is_no_fall() -> None:
    course = clicking(range(40), 1)
    rare = [event for event in course if event["type"] == "product_click" or event["ts"] // 60_000 % 3 == 0]
    assert of(live(*rare, *clicking(range(40, 55), 0)), "ctor_fall") == []

"""What is chosen in the table of effects is what is asked, with what earlier LIVEs of the host say."""
from __future__ import annotations

from typing import Any

from callbacks.answers import ask
from callbacks.history import past_courses
from callbacks.parts import effects as wiring
from layouts.parts import effects as part
from livedash.view import View, Window
from tests.callbacks.conftest import House

START = 1_764_000_000_000
MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def evening(start: int, during: int) -> list[dict[str, Any]]:
    """An hour of 20 clicks a minute; so many in the ten minutes from the 40th on, when a giveaway begins."""
    clicks = [
        {"ts": start + minute * MINUTE + place * MINUTE // 60, "type": "product_click", "product_id": "p"}
        for minute in range(60)
        for place in range(during if 40 <= minute < 50 else 19 + minute % 3)
    ]
    giveaway = {"event_id": f"g{start}", "ts": start + 40 * MINUTE, "type": "giveaway_started", "ref_id": "g"}
    begun = {"ts": start, "type": "live_started", "host": "Luna", "currency": "USD"}
    return [begun, *clicks, giveaway, {"ts": start + 60 * MINUTE, "type": "live_ended"}]


def asked(metric: Any = part.CHARTED, after: Any = "10", kinds: Any = ("giveaway", "gap")) -> tuple[Any, ...]:
    return wiring.question({"metrics": "product_clicks"}, metric, after, list(kinds))


def test_the_question_is_what_is_chosen() -> None:
    assert asked()[1:] == (("product_clicks",), "product_clicks", 10, ("giveaway",), ())
    assert asked("likes", part.OWN, ())[1:] == (("product_clicks",), "likes", None, (), ())
    assert wiring.question(None, None, None, None)[3:] == (10, (), ())
    assert wiring.judged({"metric": "likes", "asked": None}) == "likes"


def test_it_answers_for_the_window_and_the_kinds_that_are_switched_on(house: House) -> None:
    house.write("now", *evening(START, 40))
    view = View("now", house.rooms.revision("now"))
    with house.server.app_context():
        found = ask(house.rooms, view, *asked())
        assert [one.marker.kind for one in found.rows] == ["giveaway"] and found.all == 1
        assert found.rows[0].effect.low > 0.3
        assert ask(house.rooms, view, *asked(kinds=("pin",))).rows == ()
        early = View("now", view.revision, Window(START, START + 10 * MINUTE))
        assert ask(house.rooms, early, *asked()).rows == ()


def test_what_is_usual_in_earlier_lives_of_the_host_is_no_effect(house: House) -> None:
    for ago in range(1, 7):
        house.write(f"before-{ago}", *evening(START - ago * DAY, 40))
    house.write("now", *evening(START, 40))
    view = View("now", house.rooms.revision("now"))
    with house.server.app_context():
        history = past_courses(house.rooms, view, "product_clicks")
        assert len(history) == 6
        alone = ask(house.rooms, view, *asked()).rows[0].effect
        question = wiring.question({"metrics": "product_clicks"}, part.CHARTED, "10", ["giveaway"], history)
        usual = ask(house.rooms, view, *question).rows[0].effect
        assert usual.uplift < 0.75 * alone.uplift, "it always goes up at that minute"

"""Who pinned and unpinned, and whether it was delivered."""
from __future__ import annotations

from livedash.analysis.pins import last_acts
from livedash.rollup.past import as_of
from tests.livedash.build import START, Event, at, event, live, pin, unpin


def ours(name: str, act: Event, by: str = "ana") -> Event:
    return {**act, "event_id": name, "by": by}


def test_the_last_act_on_each_product_is_known_with_who_did_it() -> None:
    room = live(at(1, ours("op-1", pin("p"))), at(2, ours("op-2", unpin("p"), "ben")), at(3, ours("op-3", pin("q"))))
    acts = last_acts(room)
    assert (acts["p"].kind, acts["p"].by, acts["p"].at) == ("unpin", "ben", START + 2000)
    assert (acts["q"].kind, acts["q"].by) == ("pin", "ana")


def test_its_delivery_is_that_of_its_line() -> None:
    outcome = event("delivery", ref_id="op-1", state="failed", reason="status", status=410)
    room = live(ours("op-1", pin("p")), outcome, ours("op-2", pin("q")))
    acts = last_acts(room)
    assert acts["p"].delivery is not None and acts["p"].delivery.state == "failed"
    assert acts["q"].delivery is not None and acts["q"].delivery.state == "recorded"


def test_what_the_recorder_saw_is_not_delivered_and_has_no_name() -> None:
    assert last_acts(live(pin("p")))["p"].delivery is None
    assert last_acts(live({**pin("p"), "by": 7}))["p"].by is None


def test_an_unpin_that_names_no_product_is_no_product_s() -> None:
    assert last_acts(live(pin("p"), unpin()))["p"].kind == "pin"


def test_as_of_a_moment_the_acts_are_those_until_then() -> None:
    room = live(at(1, ours("op-1", pin("p"))), at(9, ours("op-2", unpin("p"))))
    assert last_acts(as_of(room, START + 5000))["p"].kind == "pin"

"""What is known of an event is what its line says, with the product it is about and how an appeal stands."""
from __future__ import annotations

from livedash.analysis.happening import Happening, happening
from livedash.analysis.markers import markers
from livedash.rollup.fold import Rollup
from livedash.words import Amount, Sentence
from tests.livedash.build import at, event, lists, live, pin


def first(rollup: Rollup, kind: str) -> Happening:
    marker = next(marker for marker in markers(rollup) if marker.kind == kind)
    found = happening(rollup, None, marker.id)
    assert found is not None and found.marker == marker
    return found


def violation(*more: dict[str, object]) -> Rollup:
    said = {"reason": "medical_claim", "severity": "minor", "points": 2, "text": "It heals.", "product_id": "p"}
    return live(at(1, lists("p", title="Cream", price="9.90")), at(90, event("violation", ref_id="v", **said)), *more)


def test_a_violation_tells_its_severity_its_words_and_its_product() -> None:
    found = first(violation(), "violation")
    assert dict(found.facts) == {"Severity": "minor", "Points": "2", "In its own words": "It heals."}
    assert found.product is not None and found.product.title == "Cream"


def test_an_appeal_is_told_as_far_as_it_has_come() -> None:
    asked = at(100, event("appeal_submitted", ref_id="v"))
    decided = at(200, event("appeal_decided", ref_id="v", outcome="rejected"))
    other = at(150, event("appeal_decided", ref_id="w", outcome="upheld"))
    assert dict(first(violation(asked, other), "violation").facts)["Appeal"] == Sentence.of("submitted")
    assert dict(first(violation(asked, decided), "violation").facts)["Appeal"] == Sentence.of("rejected")


def test_a_giveaway_tells_its_entries() -> None:
    entries = [at(70 + i, event("giveaway_entered", f"u{i}", ref_id="g")) for i in range(3)]
    found = first(live(at(60, event("giveaway_started", ref_id="g", title="Wash")), *entries), "giveaway")
    assert ("Entries", Amount(3, "count")) in found.facts


def test_a_giveaway_tells_its_outcome_by_the_line_that_ended_it() -> None:
    over = at(90, event("giveaway_ended", ref_id="g", entries=40, winners=3))
    found = first(live(at(60, event("giveaway_started", ref_id="g", title="Wash")), over), "giveaway")
    assert ("Entries", Amount(40, "count")) in found.facts and ("Winners", "3") in found.facts


def test_a_pin_of_what_was_never_listed_goes_by_its_id() -> None:
    product = first(live(at(60, pin("gone"))), "pin").product
    assert product is not None and (product.title, product.price) == ("gone", None)


def test_an_event_that_is_not_there_has_nothing_known() -> None:
    assert happening(live(at(60, pin("p"))), None, "nothing") is None

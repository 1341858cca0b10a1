"""The funnel of counts, its bottleneck, and beside it the funnel of people."""
from __future__ import annotations

from livedash.analysis.funnel import Funnel, Stage, funnel, user_funnel, usual_rates
from livedash.rollup.fold import Rollup
from tests.livedash.build import Event, adds, at, between, clicks, ended, enter, live, order, sees, shown


def many(count: int, event: Event, start: float = 0, length: float = 60) -> list[Event]:
    """The event so many times, spread over the stretch."""
    return [at(start + length * place / count, event) for place in range(count)]


def busy(orders: int = 4, start: float = 0) -> list[Event]:
    """A minute with 200 impressions, 100 views, 40 clicks and some orders."""
    return [
        *many(200, shown(), start), *many(100, enter("a"), start), *many(40, clicks("a"), start),
        *(at(start + n, order("a", 1, order_id=f"{start}-{n}")) for n in range(orders)),
    ]  # fmt: skip


def rates(answer: Funnel) -> list[float | None]:
    return [stage.rate for stage in answer.stages]


def ctor_of(answer: Funnel) -> tuple[str, float, float] | None:
    worst = answer.bottleneck
    return (worst.key, worst.rate, worst.usual) if worst else None


def test_counts_with_the_rate_from_the_stage_before() -> None:
    answer = funnel(live(*busy()), None)
    assert [(stage.key, stage.count) for stage in answer.stages] == [
        ("impressions", 200), ("views", 100), ("product_clicks", 40), ("orders", 4),
    ]  # fmt: skip
    assert rates(answer) == [None, 0.5, 0.4, 0.1]
    assert answer.missing == ()


def test_a_stage_without_a_feed_is_no_zero() -> None:
    answer = funnel(live(*many(10, enter("a")), *many(5, clicks("a"))), None)
    assert [stage.count for stage in answer.stages] == [None, 10, 5, None]
    assert rates(answer) == [None, None, 0.5, None]
    assert answer.missing == ("impression", "order_paid")


def test_after_a_stage_that_nobody_reached_there_is_no_rate() -> None:
    room = live(*busy(), at(500, clicks("a")))
    assert rates(funnel(room, between(100, 200))) == [None, None, None, None]


def test_the_bottleneck_is_the_stage_furthest_below_what_is_usual() -> None:
    usual = {"views": 0.6, "product_clicks": 0.4, "orders": 0.4}
    answer = funnel(live(*busy()), None, usual)
    assert ctor_of(answer) == ("orders", 0.1, 0.4)
    assert answer.bottleneck is not None
    said = answer.bottleneck.sentence.in_english()
    assert said == "Too few product clicks become orders: 0.1, against 0.4 in your earlier LIVEs."


def test_the_rate_that_is_always_lowest_is_no_bottleneck_if_it_always_is() -> None:
    usual = {"views": 0.7, "product_clicks": 0.4, "orders": 0.09}
    assert ctor_of(funnel(live(*busy()), None, usual)) == ("views", 0.5, 0.7)


def test_what_is_as_usual_or_better_is_no_bottleneck() -> None:
    assert funnel(live(*busy()), None, {"views": 0.5, "product_clicks": 0.3, "orders": 0.1}).bottleneck is None


def test_what_chance_does_every_day_is_no_bottleneck() -> None:
    room = live(*many(100, shown()), *many(50, enter("a")), *many(3, clicks("a")), order("a", 1))
    assert funnel(room, None, {"orders": 0.5}).bottleneck is None


def test_without_earlier_lives_a_window_is_held_against_the_time_before() -> None:
    room = live(*busy(20), *busy(4, start=60), at(120, ended()))
    answer = funnel(room, between(60, 120))
    assert ctor_of(answer) == ("orders", 0.1, 0.5)
    assert answer.bottleneck is not None and "60.0 before" in answer.bottleneck.sentence.in_english()


def test_without_earlier_lives_the_later_half_is_held_against_the_earlier() -> None:
    answer = funnel(live(*busy(20), *busy(4, start=60), at(120, ended())), None)
    assert ctor_of(answer) == ("orders", 0.1, 0.5)
    assert rates(answer)[-1] == 24 / 80
    assert answer.bottleneck is not None and "later half" in answer.bottleneck.sentence.in_english()


def test_the_first_window_has_nothing_to_be_held_against() -> None:
    assert funnel(live(*busy(), at(120, ended())), between(0, 60)).bottleneck is None


def test_the_usual_rate_is_of_all_lives_together() -> None:
    small = Funnel((Stage("views", 10, None), Stage("product_clicks", 10, 1.0), Stage("orders", None, None)), None, ())
    large = Funnel((Stage("views", 90, None), Stage("product_clicks", 0, 0.0), Stage("orders", 0, None)), None, ())
    assert usual_rates([small, large]) == {"product_clicks": 0.1}


# --- people


def people(room: Rollup) -> dict[str, int]:
    return {stage.stage: stage.users for stage in user_funnel(room, None)}


def way(user: str) -> list[Event]:
    return [enter(user), sees(user), clicks(user), adds(user), order(user, 1, order_id=user)]


def test_people_are_counted_once_in_the_order_of_the_steps() -> None:
    back_to_front = list(reversed(way("c")))
    room = live(*way("a"), *way("a"), *way("b")[:3], *back_to_front)
    assert list(people(room).values()) == [3, 2, 2, 1, 1]
    assert [stage.rate for stage in user_funnel(room, None)] == [None, 2 / 3, 1, 0.5, 1]


def test_who_has_no_name_is_nobody() -> None:
    assert people(live(*way("a"), enter(None), sees(None)))["entered"] == 1


def test_a_step_that_is_never_recorded_stops_nobody() -> None:
    room = live(*(event for event in way("a") if event["type"] not in ("product_impression", "add_to_cart")))
    assert people(room) == {"entered": 1, "product_click": 1, "order_paid": 1}


def test_a_window_sees_only_its_own_steps() -> None:
    room = live(at(0, enter("a")), at(70, sees("a")), at(80, clicks("a")), at(81, adds("a")), at(82, order("a", 1)))
    assert [stage.users for stage in user_funnel(room, between(60, 90))] == [0, 0, 0, 0, 0]
    assert [stage.users for stage in user_funnel(room, between(0, 75))] == [1, 1, 0, 0, 0]


def test_an_empty_log_has_no_steps() -> None:
    assert people(live()) == {}

"""What simulated viewers write, in their own languages, and how they enter giveaways. Occasions come from the plan: the
product pinned just then, a sale, a giveaway, an order paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from livedash.sources.catalogue import Person, phrases
from livedash.sources.lots import poisson
from livedash.sources.rundown import KEYWORD
from livedash.sources.script import DURATION, MINUTE, SECOND, Plan, Stretch
from livedash.sources.timeline import Line, Timeline

ABOUT_A_PRODUCT = frozenset(("question", "praise", "deal"))


class Chat:
    """The comments of one LIVE, and who entered which giveaway (how to order for them, by ref_id)."""

    def __init__(self, plan: Plan, rng: Random, time: Timeline) -> None:
        self._plan, self._rng, self._time = plan, rng, time
        self._phrases = phrases()
        self._entrants: dict[str, list[tuple[str, Callable[[int], Iterator[Line]]]]] = {
            g.ref_id: [] for g in plan.giveaways
        }
        for giveaway in plan.giveaways:
            self._end_later(giveaway)

    def visit(self, start: int, leave: int, person: Person, win: Callable[[int], Iterator[Line]]) -> None:
        """What one visit writes; `win` gives the order lines, should this viewer win a product (by its index)."""
        rng = self._rng
        minutes = min((leave - start) / MINUTE, 12)
        for _ in range(poisson(rng, 0.015 + minutes * 0.055)):
            ms = rng.randrange(start, leave)
            self._say(ms, person, self._occasion(ms, ms - start))
        for giveaway in self._plan.giveaways:
            opens, closes = max(start, giveaway.start + 3 * SECOND), min(leave, giveaway.end)
            if closes - opens > 10 * SECOND and rng.random() < 0.4:
                self._enter(opens + round((closes - opens) * rng.random() ** 2), giveaway, person, win)

    def bought(self, ms: int, person: Person, product: int) -> None:
        """Some of those who paid say so."""
        if self._rng.random() < 0.2 and ms < DURATION - 10 * SECOND:
            self._say(ms + 3 * SECOND, person, "ordered", product)

    def _occasion(self, ms: int, inside: int) -> str:
        rng, pinned = self._rng, self._plan.pinned(ms)
        if inside < 20 * SECOND and rng.random() < 0.4:
            return "greeting"
        deal = pinned is not None and self._plan.deal(pinned, ms)
        return rng.choices(("question", "praise", "chat", "deal"), (30, 22, 40, 40 if deal else 4))[0]

    def _say(self, ms: int, person: Person, occasion: str, product: int | None = None) -> None:
        rng, plan = self._rng, self._plan
        text = rng.choice(self._phrases[person.language][occasion])
        about = product if product is not None else plan.pinned(ms)
        if about is None and "{product}" in text:
            about = rng.randrange(len(plan.products) - 2)
        fields: Line = {"user_id": person.user_id, "name": person.name, "text": text, "language": person.language}
        if about is not None and ("{product}" in text or occasion in ABOUT_A_PRODUCT or product is not None):
            item = plan.products[about]
            fields |= {
                "product_id": item.product_id,
                "text": text.format(product=item.names.get(person.language, item.title)),
            }
        event_id = self._time.at(ms, "comment", fields)
        answered = ms + rng.randrange(15, 80) * SECOND
        if occasion == "question" and rng.random() < 0.3 and answered < DURATION:
            self._time.at(answered, "question_answered", {"ref_id": event_id})

    def _enter(self, ms: int, giveaway: Stretch, person: Person, win: Callable[[int], Iterator[Line]]) -> None:
        entrants = self._entrants[giveaway.ref_id]
        if any(user == person.user_id for user, _ in entrants):
            return
        entrants.append((person.user_id, win))
        text = KEYWORD if self._rng.random() < 0.8 else f"{KEYWORD} 🤞"
        self._time.at(
            ms, "comment", {"user_id": person.user_id, "name": person.name, "text": text, "ref_id": giveaway.ref_id}
        )
        self._time.at(ms + 120, "giveaway_entered", {"user_id": person.user_id, "ref_id": giveaway.ref_id})

    def _end_later(self, giveaway: Stretch) -> None:
        self._time.then(giveaway.end, lambda _: self._end(giveaway))

    def _end(self, giveaway: Stretch) -> Iterator[Line]:
        """Winners are drawn among the entrants; each gets an order at no price."""
        entrants = self._entrants[giveaway.ref_id]
        winners = self._rng.sample(entrants, min(3, len(entrants)))
        yield self._time.line(
            "giveaway_ended",
            {
                "ref_id": giveaway.ref_id,
                "product_id": self._plan.products[giveaway.product].product_id,
                "entries": len(entrants),
                "winners": len(winners),
            },
        )
        for _, win in winners:
            yield from win(giveaway.product)

"""The simulated audience: who is shown the LIVE, who enters by which channel, how long they stay and what they do
meanwhile. What they buy is the shop's part, what they write the chat's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from random import Random

from livedash.sources.catalogue import CHANNELS, CURRENCY, FEED, FOLLOWING, PAID, Channel, Person
from livedash.sources.chat import Chat
from livedash.sources.lots import poisson
from livedash.sources.script import DURATION, HOUR, MINUTE, PACE_STEP, SECOND, Plan, money
from livedash.sources.shop import Buyer, Shop
from livedash.sources.timeline import Line, Timeline

REGULARS = 3000
"""How many people follow the host and come again; they have the numbers below this in every LIVE."""
GIFTS = (("Rose", 1), ("Rose", 1), ("Heart Me", 1), ("Finger Heart", 5), ("Perfume", 20), ("Little crown", 99))
LAST_ARRIVAL = DURATION - 20 * SECOND


class Audience:
    """Who is inside, who was, and what each paid channel cost since it was last told (cents)."""

    def __init__(self, plan: Plan, rng: Random, time: Timeline, shop: Shop, chat: Chat) -> None:
        self._plan, self._rng, self._time, self._shop, self._chat = plan, rng, time, shop, chat
        self._inside = 0
        self._gone: list[int] = []
        self._known: set[int] = set()
        self._newest = REGULARS + plan.started_at // HOUR % 10**5 * 10**5
        self._cost = dict.fromkeys(PAID, 0)
        self._wheel: list[float] = []
        for ms in range(10 * SECOND, DURATION, 10 * SECOND):
            time.then(ms, self._sample)
        for ms in range(5 * MINUTE, DURATION + 1, 5 * MINUTE):
            time.then(ms - 1, self._tell_cost)

    def arrivals(self, ms: int) -> None:
        """Draw who is shown the LIVE, and who enters it, in the second from ms on."""
        plan, rng = self._plan, self._rng
        if ms % MINUTE == 0:
            self._wheel = list(accumulate(self._share(place, ms) for place in range(len(CHANNELS))))
        if plan.pause.holds(ms) or ms >= LAST_ARRIVAL:
            return
        for _ in range(poisson(rng, plan.views / (DURATION / SECOND) * plan.pace[ms // PACE_STEP])):
            place = rng.choices(range(len(CHANNELS)), cum_weights=self._wheel)[0]
            channel, moment = CHANNELS[place], ms + rng.randrange(SECOND)
            if channel.tap_through:
                for _ in range(poisson(rng, 1 / channel.tap_through - 1)):
                    self._time.at(moment + rng.randrange(4 * SECOND), "impression", channel.fields)
                self._time.at(moment, "impression", channel.fields)
                moment += rng.randrange(700, 4000)
            self._visit(moment, place)

    def _share(self, place: int, ms: int) -> float:
        """A channel's share of the inflow: notified followers come first, ads start late, a violation costs the
        feed."""
        share = CHANNELS[place].share
        if place in FOLLOWING:
            return share * (2.6 if ms < 8 * MINUTE else 0.88)
        if place in PAID:
            return share * (0.0 if ms < 4 * MINUTE else 0.9 if ms < 50 * MINUTE else 1.2)
        return share * (0.7 if place in FEED and self._plan.throttled(ms) else 1.0)

    def _who(self, place: int) -> int:
        """The number of the one who enters: somebody who left before, a regular, or somebody new; never one still
        inside."""
        rng = self._rng
        if self._gone and rng.random() < 0.16:
            spot = rng.randrange(len(self._gone))
            self._gone[spot], self._gone[-1] = self._gone[-1], self._gone[spot]
            return self._gone.pop()
        if rng.random() < (0.95 if place in FOLLOWING else 0.05):
            number = rng.randrange(REGULARS)
            if number not in self._known:
                return number
        self._newest += 1
        return self._newest

    def _visit(self, start: int, place: int) -> None:
        """Everything one viewer does between entering and leaving."""
        rng, time, number, channel = self._rng, self._time, self._who(place), CHANNELS[place]
        person, regular = Person.of(number), number < REGULARS
        buyer = Buyer(person, channel, regular)
        time.then(start, partial(self._enter, buyer.fields, place))
        if number not in self._known and (regular or rng.random() < 0.55):
            self._profile(start + 250, person, "existing follower" if regular else "non-follower")
        self._known.add(number)
        leave = min(start + self._stay(start, channel), DURATION - rng.randrange(300, 9000))
        leave = self._shop.browse(start, leave, buyer)
        self._chat.visit(start, leave, person, partial(self._shop.give, buyer))
        self._interact(start, leave, person, regular)
        time.then(leave, partial(self._leave, number, person.user_id))

    def _stay(self, start: int, channel: Channel) -> int:
        """How long a visit lasts: many go at once, some stay a while, a few stay for the show."""
        rng, lot = self._rng, self._rng.random()
        if lot < 0.40:
            seconds = 2 + rng.expovariate(1 / 7)
        else:
            seconds = rng.lognormvariate(4.15, 0.8) if lot < 0.84 else rng.lognormvariate(5.75, 0.7)
        seconds *= channel.stay * (0.75 if self._plan.throttled(start) else 1.0)
        seconds *= 1.2 if any(deal.discount and deal.holds(start) for deal in self._plan.deals) else 1.0
        return max(1500, round(seconds * SECOND))

    def _interact(self, start: int, leave: int, person: Person, regular: bool) -> None:
        rng, time, user = self._rng, self._time, {"user_id": person.user_id}
        minutes = min((leave - start) / MINUTE, 5)
        if rng.random() < 0.10 + 0.05 * minutes:
            for _ in range(1 + int(minutes * 1.6)):
                time.at(rng.randrange(start, leave), "like", user | {"count": rng.randrange(1, 16)})
        if not regular and rng.random() < 0.010 + 0.014 * minutes:
            ms = rng.randrange(start, leave)
            time.at(ms, "follow", user)
            self._profile(ms + 50, person, "new follower")
        if rng.random() < 0.004 + 0.003 * minutes:
            time.at(rng.randrange(start, leave), "share", user)
        if minutes > 0.5 and rng.random() < 0.006:
            self._gift(rng.randrange(start, leave), person)

    def _gift(self, ms: int, person: Person) -> None:
        """A streak: every frame of it tells the running count."""
        title, diamonds = self._rng.choice(GIFTS)
        about = {
            "user_id": person.user_id,
            "name": person.name,
            "title": title,
            "diamonds": diamonds,
            "ref_id": f"streak-{person.user_id}-{ms}",
        }
        for count in range(1, self._rng.randrange(2, 12)):
            self._time.at(ms, "gift", about | {"count": count})
            ms += self._rng.randrange(250, 900)

    def _profile(self, ms: int, person: Person, follower: str) -> None:
        about = {
            "user_id": person.user_id,
            "gender": person.gender,
            "age": person.age,
            "follower": follower,
            "country": person.country,
        }
        self._time.at(ms, "profile", about)

    def _enter(self, fields: Line, place: int, ms: int) -> Iterator[Line]:
        self._inside += 1
        if place in PAID:
            self._cost[place] += CHANNELS[place].click_cost
        yield self._time.line("view", fields)

    def _leave(self, number: int, user_id: str, ms: int) -> Iterator[Line]:
        self._inside -= 1
        self._gone.append(number)
        yield self._time.line("leave", {"user_id": user_id})

    def _sample(self, ms: int) -> Iterator[Line]:
        yield self._time.line("viewers", {"count": self._inside})

    def _tell_cost(self, ms: int) -> Iterator[Line]:
        for place in sorted(self._cost):
            if self._cost[place]:
                yield self._time.line(
                    "ad_cost", CHANNELS[place].fields | {"price": money(self._cost[place]), "currency": CURRENCY}
                )
                self._cost[place] = 0

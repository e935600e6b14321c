"""The evening in SimPy, as beginners write it: one process per person that wakes up every second."""

from __future__ import annotations

import heapq
import math
from random import Random
from typing import TYPE_CHECKING, Any

import simpy

from tests.benchmarks import rules
from tests.benchmarks.streets import Walker, notices

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.benchmarks.streets import Neighbourhood, Point

    Process = Generator[simpy.Event, Any, None]


class Person(Walker):
    """A resident."""

    def __init__(self, place: Neighbourhood, chance: Random, home: int) -> None:
        self.place, self.chance, self.home = place, chance, home
        self.inbox: list[tuple[float, float, Point]] = []
        self.willing = chance.random() < rules.P_GO_OUT
        self.out_until, self.alerted, self.noticed = 0.0, False, False

    def go_out(self, until: float, speed: float) -> None:
        """Walk about until some time, seconds."""
        self.out_until = until
        self.set_out(*self.place.homes[self.home], speed)


class Evening:
    """Two hours in one neighbourhood."""

    def __init__(self, place: Neighbourhood, rate: float, seed: int) -> None:
        self.env, self.chance = simpy.Environment(), Random(seed)
        self.place, self.rate = place, rate
        self.noticings = self.calls = self.posts = self.searchers = 0
        self.takers = simpy.Resource(self.env, rules.CALL_TAKERS)
        self.suspect = Walker()
        self.suspect.place, self.suspect.chance = place, self.chance
        self.suspect.set_out(*place.anywhere(self.chance), rules.WALK_MPS)
        self.env.process(self.wander())
        self.residents = []
        for home in self.chance.sample(range(len(place.homes)), rules.RESIDENTS):
            resident = Person(place, self.chance, home)
            kind = self.chance.random()
            if kind < rules.WALKERS + rules.CYCLISTS:
                resident.go_out(math.inf, rules.WALK_MPS if kind < rules.WALKERS else rules.CYCLE_MPS)
            self.residents.append(resident)
            self.env.process(self.live(resident))

    def wander(self) -> Process:
        """Let the suspect walk."""
        while True:
            yield self.env.timeout(1.0)
            self.suspect.walk(1.0)

    def live(self, resident: Person) -> Process:
        """Let a resident read, walk and look, every second."""
        while True:
            yield self.env.timeout(1.0)
            while resident.inbox and resident.inbox[0][0] <= self.env.now:
                self.read(resident, *heapq.heappop(resident.inbox)[1:])
            if self.env.now < resident.out_until:
                resident.walk(1.0)
            elif resident.out_until:
                resident.out_until = 0.0
            if not resident.noticed and self.sees(resident):
                resident.noticed = True
                self.env.process(self.react(self.suspect.xy))

    def read(self, resident: Person, seen_s: float, where: Point) -> None:
        """Be alerted, and perhaps go out to search."""
        resident.alerted = True
        near = math.dist(where, self.place.home_xy[resident.home]) < rules.GO_OUT_WITHIN_M
        fresh = self.env.now - seen_s < rules.GO_OUT_WITHIN_S
        if resident.willing and not resident.out_until and near and fresh:
            self.searchers += 1
            resident.go_out(self.env.now + rules.SEARCH_S, rules.WALK_MPS)

    def sees(self, resident: Person) -> bool:
        """Tell whether a resident notices the suspect now."""
        xy = resident.xy if resident.out_until else self.place.home_xy[resident.home]
        if math.dist(xy, self.suspect.xy) > rules.SIGHT_M:
            return False
        seen = self.place.cells_seen[resident.cell] if resident.out_until else self.place.seen_from_home[resident.home]
        rate = self.rate if resident.out_until or resident.alerted else self.rate * rules.HOME_SHARE
        return notices(self.suspect, seen, xy, rate, self.chance)

    def react(self, where: Point) -> Process:
        """Call perhaps, and then post perhaps."""
        self.noticings += 1
        seen_s = self.env.now
        if self.chance.random() < rules.P_CALL:
            self.calls += 1
            yield self.env.timeout(rules.DIAL_S)
            with self.takers.request() as taker:
                answered = yield taker | self.env.timeout(self.chance.expovariate(1.0 / rules.PATIENCE_S))
                if taker in answered:
                    median, mean = rules.CONVERSATION_S
                    sigma = math.sqrt(2.0 * math.log(mean / median))
                    yield self.env.timeout(self.chance.lognormvariate(math.log(median), sigma))
        if self.chance.random() < rules.P_POST:
            yield self.env.timeout(rules.TYPING_S)
            self.post(seen_s, where)

    def post(self, seen_s: float, where: Point) -> None:
        """Send a message to everybody."""
        if self.posts >= rules.MOST_POSTS:
            return
        self.posts += 1
        for resident in self.residents:
            delay = self.chance.lognormvariate(math.log(rules.READ_MEDIAN_S), rules.READ_SIGMA)
            heapq.heappush(resident.inbox, (self.env.now + delay, seen_s, where))


def play(place: Neighbourhood, rate: float, seed: int) -> rules.Happened:
    """Play one evening."""
    evening = Evening(place, rate, seed)
    evening.env.run(until=rules.EVENING_S)
    return rules.Happened(evening.noticings, evening.calls, evening.posts, evening.searchers)

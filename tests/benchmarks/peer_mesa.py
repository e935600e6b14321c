"""The evening in Mesa, as its tutorials teach: a continuous space, and every agent steps every second in random order."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

import mesa  # type: ignore[import-untyped]
from mesa.space import ContinuousSpace  # type: ignore[import-untyped]

from tests.benchmarks import rules
from tests.benchmarks.streets import Walker, notices

if TYPE_CHECKING:
    from tests.benchmarks.streets import Neighbourhood, Point


class SuspectAgent(mesa.Agent, Walker):  # type: ignore[misc]
    """Walks, and is looked at by who is near."""

    def __init__(self, model: Evening) -> None:
        super().__init__(model)
        self.place, self.chance = model.place, model.random
        self.set_out(*self.place.anywhere(self.chance), rules.WALK_MPS)
        model.space.place_agent(self, self.xy)

    def step(self) -> None:
        """Walk for a second."""
        self.walk(1.0)
        self.model.space.move_agent(self, self.xy)
        for neighbour in self.model.space.get_neighbors(self.xy, rules.SIGHT_M, include_center=True):
            if neighbour is not self:
                neighbour.look_at(self)


class ResidentAgent(mesa.Agent, Walker):  # type: ignore[misc]
    """Lives somewhere, looks out, walks about, reads, calls and posts."""

    def __init__(self, model: Evening, home: int) -> None:
        super().__init__(model)
        self.place, self.chance, self.home = model.place, model.random, home
        self.inbox: list[tuple[float, float, Point]] = []
        self.willing = self.chance.random() < rules.P_GO_OUT
        self.out_until, self.alerted, self.noticed = 0.0, False, False
        kind = self.chance.random()
        if kind < rules.WALKERS + rules.CYCLISTS:
            self.go_out(math.inf, rules.WALK_MPS if kind < rules.WALKERS else rules.CYCLE_MPS)
        model.space.place_agent(self, model.place.home_xy[home])

    def go_out(self, until: float, speed: float) -> None:
        """Walk about until some time, seconds."""
        self.out_until = until
        self.set_out(*self.place.homes[self.home], speed)

    def step(self) -> None:
        """Read what has come, and walk for a second."""
        now = self.model.now
        while self.inbox and self.inbox[0][0] <= now:
            self.read(*heapq.heappop(self.inbox)[1:])
        if now < self.out_until:
            self.walk(1.0)
            self.model.space.move_agent(self, self.xy)
        elif self.out_until:
            self.out_until = 0.0
            self.model.space.move_agent(self, self.place.home_xy[self.home])

    def read(self, seen_s: float, where: Point) -> None:
        """Be alerted, and perhaps go out to search."""
        self.alerted = True
        now = self.model.now
        near = math.dist(where, self.place.home_xy[self.home]) < rules.GO_OUT_WITHIN_M
        if self.willing and not self.out_until and near and now - seen_s < rules.GO_OUT_WITHIN_S:
            self.model.searchers += 1
            self.go_out(now + rules.SEARCH_S, rules.WALK_MPS)

    def look_at(self, suspect: SuspectAgent) -> None:
        """Notice the suspect perhaps, once."""
        if self.noticed:
            return
        seen = self.place.cells_seen[self.cell] if self.out_until else self.place.seen_from_home[self.home]
        rate = self.model.rate if self.out_until or self.alerted else self.model.rate * rules.HOME_SHARE
        if notices(suspect, seen, self.pos, rate, self.chance):
            self.noticed = True
            self.model.noticed(self, suspect.xy)


class Evening(mesa.Model):  # type: ignore[misc]
    """Two hours in one neighbourhood."""

    def __init__(self, place: Neighbourhood, rate: float, seed: int) -> None:
        super().__init__(seed=seed)
        self.place, self.rate, self.now = place, rate, 0.0
        self.noticings = self.calls = self.posts = self.searchers = 0
        self.pending: list[tuple[float, str, ResidentAgent, float, Point]] = []
        self.queue: list[tuple[float, float, ResidentAgent, float, Point]] = []
        self.busy: list[float] = []
        every = [xy for street in place.streets for xy in street.corners] + place.home_xy
        low, high = (
            [min(axis) - 1.0 for axis in zip(*every, strict=True)],
            [max(axis) + 1.0 for axis in zip(*every, strict=True)],
        )
        self.space = ContinuousSpace(high[0], high[1], torus=False, x_min=low[0], y_min=low[1])
        self.suspect = SuspectAgent(self)
        for home in self.random.sample(range(len(place.homes)), rules.RESIDENTS):
            ResidentAgent(self, home)

    def noticed(self, resident: ResidentAgent, where: Point) -> None:
        """Let somebody who noticed the suspect call, or post, or do nothing."""
        self.noticings += 1
        if self.random.random() < rules.P_CALL:
            self.calls += 1
            self.pending.append((self.now + rules.DIAL_S, "ring", resident, self.now, where))
        else:
            self.perhaps_post(resident, self.now, where)

    def perhaps_post(self, resident: ResidentAgent, seen_s: float, where: Point) -> None:
        """Begin to type a message perhaps."""
        if self.random.random() < rules.P_POST:
            self.pending.append((self.now + rules.TYPING_S, "post", resident, seen_s, where))

    def step(self) -> None:
        """Let a second pass."""
        self.now += 1.0
        due = [entry for entry in self.pending if entry[0] <= self.now]
        self.pending = [entry for entry in self.pending if entry[0] > self.now]
        for _, what, resident, seen_s, where in due:
            if what == "ring":
                patience = self.random.expovariate(1.0 / rules.PATIENCE_S)
                self.queue.append((self.now + patience, seen_s, resident, seen_s, where))
            elif what == "hang-up":
                self.perhaps_post(resident, seen_s, where)
            else:
                self.post(seen_s, where)
        self.answer()
        self.agents.shuffle_do("step")

    def answer(self) -> None:
        """Let call-takers who are free answer who still waits."""
        self.busy = [until for until in self.busy if until > self.now]
        for impatient in [caller for caller in self.queue if caller[0] <= self.now]:
            self.perhaps_post(*impatient[2:])
        self.queue = [caller for caller in self.queue if caller[0] > self.now]
        while self.queue and len(self.busy) < rules.CALL_TAKERS:
            caller = self.queue.pop(0)
            median, mean = rules.CONVERSATION_S
            talk = self.random.lognormvariate(math.log(median), math.sqrt(2.0 * math.log(mean / median)))
            self.busy.append(self.now + talk)
            self.pending.append((self.now + talk, "hang-up", *caller[2:]))

    def post(self, seen_s: float, where: Point) -> None:
        """Send a message to everybody."""
        if self.posts >= rules.MOST_POSTS:
            return
        self.posts += 1
        for agent in self.agents:
            if agent is not self.suspect:
                delay = self.random.lognormvariate(math.log(rules.READ_MEDIAN_S), rules.READ_SIGMA)
                heapq.heappush(agent.inbox, (self.now + delay, seen_s, where))


def play(place: Neighbourhood, rate: float, seed: int) -> rules.Happened:
    """Play one evening."""
    model = Evening(place, rate, seed)
    for _ in range(int(rules.EVENING_S)):
        model.step()
    return rules.Happened(model.noticings, model.calls, model.posts, model.searchers)

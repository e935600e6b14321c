"""A search on the straight street of `lane`, with or without its side street, solved by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from simulation.draws import combine_one, stream_key, uniform
from tests.verification.pencil import micros

END_M, CORNER_M, SIDE_M = 620.0, 520.0, 150.0
"""The street goes from x = 0 to 620; at x = 520 a side street of 150 m goes north."""
FASTEST, LEAST_M, FACTOR, CHOICES = 1.6, 10.0, 3.0, 2
PACE = 1.34

At = tuple[float, float]


class News(NamedTuple):
    """Where on the street the suspect was seen, whether he went east, and when."""

    x: float
    east: bool
    seen: float


@dataclass(frozen=True)
class Plan:
    """A search: corners and turning points `(time, x, y)`, the first place and when one is there, and when one gives up."""

    points: list[tuple[float, float, float]]
    goal: At
    arrive: float
    give_up: float
    home: float
    goals: int

    def at(self, time: float) -> At:
        """Give where one is."""
        before = max((point for point in self.points if point[0] <= time), default=self.points[0])
        after = min((point for point in self.points if point[0] > time), default=self.points[-1])
        if after[0] <= before[0] or time <= before[0]:
            return before[1:]
        share = (time - before[0]) / (after[0] - before[0])
        return before[1] + share * (after[1] - before[1]), before[2] + share * (after[2] - before[2])


def believed(news: News, reach: float, share: float, side_m: float) -> At:
    """Give the place up to which a share of the belief lies: along the street from west to east, then up the side street."""
    low, high = max(news.x - reach, 0.0), min(news.x + reach, END_M)
    up = min(max(reach - abs(CORNER_M - news.x), 0.0), side_m)
    west, east = (1.0, FACTOR) if news.east else (FACTOR, 1.0)
    towards = FACTOR if (news.x < CORNER_M) == news.east else 1.0
    left = share * (west * (news.x - low) + east * (high - news.x) + towards * up)
    if left <= west * (news.x - low):
        return low + left / west, 0.0
    left -= west * (news.x - low)
    if left <= east * (high - news.x):
        return news.x + left / east, 0.0
    return CORNER_M, (left - east * (high - news.x)) / towards


def way(start: At, goal: At) -> list[At]:
    """Give the corner between two places, if there is one, and the goal."""
    return [goal] if start[0] == goal[0] or start[1] == goal[1] == 0.0 else [(CORNER_M, 0.0), goal]


def solve(
    seed: int, person: int, news: News, start: tuple[At, float], give_up_s: float, nth: int = 0, side_m: float = 0.0
) -> Plan:
    """Solve the search of somebody who sets out from a place at a moment; `nth` places were drawn before."""
    (here, time), stream, arrive, goal = start, stream_key(seed, "search-goal"), math.inf, start[0]
    points = [(time, *here)]
    while arrive == math.inf or time < news.seen + give_up_s:
        nth += 1
        reach = max(FASTEST * (time - news.seen), LEAST_M)
        shares = [uniform(stream, combine_one(person, nth), number) for number in range(CHOICES)]
        aim = min((believed(news, reach, share, side_m) for share in shares), key=lambda at: math.dist(at, here))
        for corner in way(here, aim):
            time += math.dist(here, corner) / PACE
            points.append((time, *corner))
            here = corner
        if arrive == math.inf:
            arrive, goal = micros(time), aim
    return Plan(points, goal, arrive, max(micros(news.seen + give_up_s), arrive), math.inf, nth)


def then_home(plan: Plan, door: At) -> Plan:
    """Break a search off where one gives up, and go home; leave out the points at which one walks straight on."""
    time, here = plan.give_up, plan.at(plan.give_up)
    points = [*(point for point in plan.points if point[0] < time), (time, *here)]
    for corner in way(here, door):
        time += math.dist(here, corner) / PACE
        points.append((time, *corner))
        here = corner
    rows = zip(points, points[1:], points[2:], strict=False)
    bends = [point for before, point, after in rows if turns(before, point, after)]
    return Plan([points[0], *bends, points[-1]], plan.goal, plan.arrive, plan.give_up, micros(time), plan.goals)


def turns(before: tuple[float, ...], point: tuple[float, ...], after: tuple[float, ...]) -> bool:
    """Tell whether one does not walk straight on at a point."""
    one, other = ((b[1] - a[1], b[2] - a[2]) for a, b in ((before, point), (point, after)))
    return one[0] * other[0] + one[1] * other[1] <= 0.0

"""Who is out in the street, and which way he goes: on a round, searching, and home again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.evenings import Evenings
from tests.reference.hunting import search
from tests.reference.ways import positions, steady

if TYPE_CHECKING:
    from tests.reference.evenings import Seen
    from tests.reference.ways import Stride, Way

Array = np.ndarray[Any, np.dtype[Any]]


class Outings(Evenings):
    """Evenings in which people take ways that they had not planned."""

    def _on_round(self, world: int, person: int, time: float) -> bool:
        begin = self.round_from[world, person]
        return bool(begin <= time < begin + self.crowd.round_for[world, person])

    def _is_out(self, world: int, person: int, time: float) -> bool:
        return self._on_round(world, person, time) or bool(time < self.out_until[world, person])

    def _point_of(self, world: int, person: int, time: float) -> int:
        station = int(self.station[self._tick_of(time), world, person])
        return station if station < len(self.ground.xy) else self._home(world, person)

    def _home(self, world: int, person: int) -> int:
        """Give the point of the street at somebody's door, or the base of a unit."""
        if self.crowd.unit[world, person]:
            return self.ground.middle
        edge, at = self._door(world, person)
        return int(self.ground.point(np.array(edge), np.array(at)))

    def _pace(self, world: int, person: int, time: float) -> float:
        """Give how fast somebody is who is out, by the bike that he took or on foot, metres per second."""
        return float((self.crowd.cycling if time < self.rides_until[world, person] else self.crowd.pace)[world, person])

    def _take_way(self, world: int, person: int, part: tuple[Way, Stride, float], begin: float) -> int:
        """Walk a way for a time at most, and then wander on or go home; give the number of the outing."""
        self.version[world, person] += 1
        pace, wanders, time = self._pace(world, person, begin), self.crowd.street[world, person], begin + part[2]
        here = self._put(world, person, *part[:2], (begin, time))
        if wanders:
            rest = self.walking.ramble_from(here, max(self.scenario.duration_s - time, 0.0) * pace + 5.0)
            self._put(world, person, rest, steady(pace), (time, np.inf))
            return int(self.version[world, person])
        home = self.ground.way(here, self._home(world, person))
        until = time + float(home[1][-1]) / pace
        self._put(world, person, home, steady(pace), (time, until))
        if self.round_from[world, person] < until:
            self.round_from[world, person] = np.inf
            self.figures.remove(world, person, self._tick_of(begin), begin)
        later = (self.middles >= until) & (self.middles < self.round_from[world, person])
        self.station[later, world, person] = self.indoors_at[world, person]
        self.out_until[world, person] = until
        self.rides_until[world, person] = min(until, self.rides_until[world, person])
        return int(self.version[world, person])

    def _put(self, world: int, person: int, way: Way, stride: Stride, span: tuple[float, float]) -> int:
        """Put somebody on a way within a span of time; give the point that he reaches."""
        within = (self.middles >= span[0]) & (self.middles < span[1])
        self.station[within, world, person] = positions(way, stride(self.middles[within] - span[0]))
        return int(positions(way, np.minimum(stride(np.array([span[1] - span[0]])), way[1][-1]))[0])

    def _perhaps_go(self, world: int, person: int, seen: Seen, time: float) -> None:
        """Go where the suspect may be by now, if one is free, near enough and in time."""
        values, crowd = self.values, self.crowd
        if not crowd.willing[world, person] or time - seen.time >= values["go_out_within_s"]:
            return
        out = self._is_out(world, person, time)
        called = self.news[world, person] > -np.inf and not self._on_round(world, person, time)
        if out and (not (crowd.street[world, person] or called) or seen.time <= self.news[world, person]):
            return
        here = self._point_of(world, person, time)
        if np.hypot(*(self.ground.xy[here] - seen.xy)) >= values["go_out_within_m"]:
            return
        self.counts["departures"][world] += 1
        if not out and crowd.rides[world, person]:
            self.rides_until[world, person] = np.inf
        self._search(world, person, seen, (here, time if out else time + values["prepare_s"]))

    def _search(self, world: int, person: int, seen: Seen, start: tuple[int, float]) -> None:
        """Search from a point and a moment on, until giving up."""
        begin = start[1]
        pace = self._pace(world, person, begin)
        way, arrive = search(self.ground, self.rng, self.values, start, seen, pace)
        give_up = max(seen.time + self.values["give_up_s"], arrive)
        self._take_way(world, person, (way, steady(pace), give_up - begin), begin)
        self.news[world, person] = seen.time

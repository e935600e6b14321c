"""Who is out in the street, and which way he goes: about during his games, on a round, searching, and home again."""

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
    """Evenings in which players walk about, and people take ways that they had not planned."""

    def _set_out(self) -> None:
        super()._set_out()
        for world, person in zip(*np.nonzero(self.crowd.street), strict=True):
            begin = self.games.begin[self.crowd.plays[world, person]].min()
            self._roam(world, person, self._home(world, person), float(begin))

    def _roam(self, world: int, person: int, here: int, time: float) -> None:
        """Walk about from a point and a moment on, while games of one's own are on or to come, and then go home."""
        games, mine = self.games, np.flatnonzero(self.crowd.plays[world, person])
        pace, last = self._pace(world, person, time), games.end[mine].max()
        begin = time
        while time < last:
            game = next(one for one in mine if games.end[one] > time)
            on = games.begin[game] <= time
            until, inside = games.end[game] if on else games.begin[game], games.inside[game] if on else None
            if on and inside is not None and not games.within[game][here]:
                way = self._way_in(here, games.within[game])
                arrive = min(time + float(way[1][-1]) / pace, until)
                here = self._put(world, person, way, steady(pace), (time, arrive))
                time = arrive
            if time < until:
                way = self.walking.ramble_from(here, (until - time) * pace + 5.0, inside)
                here = self._put(world, person, way, steady(pace), (time, until))
            time = until
        home = self.ground.way(here, self._home(world, person))
        until = time + float(home[1][-1]) / pace
        self._put(world, person, home, steady(pace), (time, until))
        self.station[self.middles >= until, world, person] = self.indoors_at[world, person]
        self.roams[world, person] = begin, until

    def _way_in(self, here: int, within: Array) -> Way:
        """Go towards the middle of an area until one is in it."""
        points, far = self.ground.way(here, self.ground.centre())
        count = int(np.argmax(within[points])) + 1
        return points[:count], far[:count]

    def _on_round(self, world: int, person: int, time: float) -> bool:
        begin = self.round_from[world, person]
        return bool(begin <= time < begin + self.crowd.round_for[world, person])

    def _is_out(self, world: int, person: int, time: float) -> bool:
        begin, until = self.roams[world, person]
        return self._on_round(world, person, time) or bool(time < self.out_until[world, person]) or bool(begin <= time < until)

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
        pace, time = self._pace(world, person, begin), begin + part[2]
        here = self._put(world, person, *part[:2], (begin, time))
        mine = self.crowd.plays[world, person] & self.crowd.street[world, person]
        if time < self.games.end[mine].max(initial=0.0):
            self._roam(world, person, here, time)
            self.out_until[world, person] = time
            return int(self.version[world, person])
        home = self.ground.way(here, self._home(world, person))
        until = time + float(home[1][-1]) / pace
        self._put(world, person, home, steady(pace), (time, until))
        if self.round_from[world, person] < until:
            self.round_from[world, person] = np.inf
            for number in np.flatnonzero(self.figures.resident[world] == person):
                self.figures.remove(world, number, self._tick_of(begin), begin)
        later = (self.middles >= until) & (self.middles < self.round_from[world, person])
        self.station[later, world, person] = self.indoors_at[world, person]
        self.roams[world, person] = np.inf
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
        plays = self._plays_now(world, person, time)
        chance = values["p_go_out_player" if plays else "p_go_out_ordinary"]
        willing = crowd.able[world, person, int(plays)] and crowd.share[world, person] < chance
        if not willing or time - seen.time >= values["go_out_within_s"]:
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
        pace, game = self._pace(world, person, begin), int(self.games.planned_at(begin))
        within = self.games.within[game] if self._plays_now(world, person, begin) else None
        way, arrive = search(self.ground, self.rng, self.values, start, seen, (pace, within))
        give_up = max(seen.time + self.values["give_up_s"], arrive)
        self._take_way(world, person, (way, steady(pace), give_up - begin), begin)
        self.news[world, person] = seen.time

"""The state of many evenings side by side: who is where at each tick, what he knows, when he looks at his phone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappush
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.integrate import quad

from tests.reference.people import populate
from tests.reference.phones import phone
from tests.reference.ways import Walking, positions, steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.scenario.model import Scenario
    from tests.reference.ground import Ground
    from tests.reference.ways import Stride, Way

Array = np.ndarray[Any, np.dtype[Any]]

STATISTICS = (
    "found",
    "first_sighting_s",
    "sightings",
    "posts",
    "calls",
    "answers",
    "abandoned",
    "skips",
    "reads",
    "departures",
    "chatter",
    "mutings",
    "follows",
)
"""What is counted in each world; the first sighting is the end of the evening where there is none."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A sighting as the observer remembers it; he posts about it where the chance to post is above `post_share`."""

    time: float
    xy: Array
    heading: Array
    elements: Array
    post_share: float = 1.0


@dataclass(frozen=True, eq=False)
class Letter:
    """A message: what it tells, and who wrote it, or -1 for the organiser; who writes of nothing seen is chatting."""

    time: float
    author: int
    elements: Array
    seen: Seen | None = None
    called: bool = False


@dataclass(eq=False)
class Place:
    """What goes on in one world, apart from people's whereabouts."""

    agenda: list[Any] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    read: set[tuple[int, int]] = field(default_factory=set)
    waiting: list[tuple[int, Callable[[float], None]]] = field(default_factory=list)
    free_lines: int = 0
    over: bool = False


@lru_cache(maxsize=1)
def _see(ground: Ground, half_m: float, reach_m: float, p_notice: float) -> tuple[Array, Array]:
    """Give how clear each place of his is from each station (a street point, a home, nowhere), and the rate of noticing."""

    def factor(metres: Any) -> Any:
        return half_m**2 / (half_m**2 + metres**2)

    edge = np.sqrt(reach_m**2 - 4.0) / 1.34
    passing, _ = quad(lambda t: factor(np.hypot(2.0, 1.34 * t)), -edge, edge)
    apart = np.concatenate([ground.apart, ground.from_home, np.full((1, len(ground.xy)), np.inf)])
    clear = np.where(apart <= reach_m, factor(np.minimum(apart, 1e9)), 0.0).astype(np.float32)
    return clear, (-np.log1p(-p_notice) / passing * clear).astype(np.float32)


def daylight(date: dt.date, clock_s: Array) -> Array:
    """Give the share of daylight in the made neighbourhood in summer time: low-precision sun of the Astronomical Almanac."""
    days = (date - dt.date(2000, 1, 1)).days - 0.5 + (clock_s - 7200.0) / 86_400.0
    mean, anomaly = np.radians(280.460 + 0.9856474 * days), np.radians(357.528 + 0.9856003 * days)
    along = mean + np.radians(1.915 * np.sin(anomaly) + 0.020 * np.sin(2.0 * anomaly))
    tilt = np.radians(23.439)
    ascension = np.arctan2(np.cos(tilt) * np.sin(along), np.cos(along))
    declination = np.arcsin(np.sin(tilt) * np.sin(along))
    hour = np.radians(280.46062 + 360.98564737 * days + 5.40) - ascension
    latitude = np.radians(52.77)
    height = np.arcsin(np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour))
    return np.clip((np.degrees(height) + 6.0) / (6.0 - 0.833), 0.0, 1.0)


class Evenings:
    """Evenings in a number of worlds.

    Parameters
    ----------
    ground
        The streets.
    scenario
        The evening.
    worlds
        How many worlds.
    rng
        Where all chance comes from.
    tick_s
        Length of a tick, seconds.
    """

    def __init__(self, ground: Ground, scenario: Scenario, worlds: int, rng: np.random.Generator, tick_s: float) -> None:
        self.ground, self.scenario, self.rng, self.tick = ground, scenario, rng, tick_s
        self.values = scenario.parameters
        self.walking = Walking(ground, rng)
        self.crowd = populate(scenario, len(ground.from_home), worlds, rng)
        self.ticks = round(scenario.duration_s / tick_s)
        self.middles = (np.arange(self.ticks) + 0.5) * tick_s
        day = daylight(scenario.date, scenario.start_s + self.middles)
        self.light = day + (1.0 - day) * self.values["f_dark"]
        shape = self.crowd.home.shape
        elements = len(scenario.games[0].suspects[0].description)
        self.names = sorted(scenario.games[0].suspects[0].description)
        known = np.isin(self.names, scenario.players.know)
        self.known = self.crowd.player[:, :, None] & known
        self.informed = self.crowd.informed.copy()
        self.cool_until = np.zeros(shape)
        self.alerted_until = np.full(shape, -np.inf)
        self.muted = self.crowd.muted.copy()
        bears, spread = self.values["mute_tolerance_median_per_hour"], self.values["mute_tolerance_sigma"]
        self.bears = rng.lognormal(np.log(bears), spread, shape)
        self.out_until = np.where(self.crowd.street, np.inf, -np.inf)
        self.news = np.full(shape, -np.inf)
        self.rides_until = np.full(shape, -np.inf)
        self.phoning = np.zeros(shape, bool)
        self.version = np.zeros(shape, int)
        self.counts = {name: np.zeros(worlds) for name in STATISTICS}
        self.counts["first_sighting_s"][:] = scenario.duration_s
        self.places = [Place(free_lines=round(scenario.number.lines or self.values["lines"])) for _ in range(worlds)]
        self.order = count()
        self.elements = elements
        values = self.values
        self.clear, self.rate = _see(ground, values["d_half_m"], values["d_max_m"], values["p_notice_walker"])
        self._set_out()
        self._take_phones()

    def _set_out(self) -> None:
        """Walk the suspects, those who are out from the start, and those on a round."""
        ground, crowd, end = self.ground, self.crowd, self.scenario.duration_s
        worlds, people = crowd.home.shape
        self.indoors_at = len(ground.xy) + crowd.home
        nowhere = len(ground.xy) + len(ground.from_home)
        stations = np.where(crowd.indoors, self.indoors_at, nowhere)
        self.station = np.repeat(stations.astype(np.int16)[None], self.ticks, axis=0)
        self.round_from = crowd.round_from.copy()
        speed = self.scenario.games[0].suspects[0].speed_mps or self.values["v_suspect_mps"]
        self.suspect = np.zeros((worlds, self.ticks), int)
        for world in range(worlds):
            at = self.rng.random() * ground.length.sum()
            edge = int(np.searchsorted(np.cumsum(ground.length), at))
            way = self.walking.ramble(edge, float(np.cumsum(ground.length)[edge] - at), end * speed + 5.0)
            self.suspect[world] = positions(way, self.middles * speed)
        for world, person in zip(*np.nonzero(crowd.street), strict=True):
            pace = crowd.pace[world, person]
            way = self.walking.ramble(*self._door(world, person), end * pace + 5.0)
            self.station[:, world, person] = positions(way, self.middles * pace)
        for world, person in zip(*np.nonzero(np.isfinite(crowd.round_from)), strict=True):
            self._round(world, person)
        self.watch_share = np.where(crowd.player, self.values["p_watch_player"], self.values["p_watch"])
        self.watching = self.rng.random((worlds, people)) < self.watch_share
        self.next_switch = self._spells(np.ones_like(self.watching))

    def _door(self, world: int, person: int) -> tuple[int, float]:
        home = self.crowd.home[world, person]
        return int(self.ground.door[0][home]), float(self.ground.door[1][home])

    def _round(self, world: int, person: int) -> None:
        crowd = self.crowd
        begin, lasts = crowd.round_from[world, person], crowd.round_for[world, person]
        pace = (crowd.cycling if crowd.by_bike[world, person] else crowd.pace)[world, person]
        way = self.walking.ramble(*self._door(world, person), lasts / 2.0 * pace + 5.0)
        passed = self.middles - begin
        out = (passed > 0.0) & (passed < lasts)
        far = np.minimum(passed, lasts - passed)[out] * pace
        self.station[out, world, person] = positions(way, far)

    def _spells(self, which: Array) -> Array:
        """Draw how long the present spell of watching, or of not watching, lasts."""
        share, spell = self.watch_share[which], self.values["watch_spell_s"]
        lasting = np.zeros(which.shape)
        lasting[which] = self.rng.exponential(np.where(self.watching[which], spell, spell * (1.0 - share) / share))
        return lasting

    def _take_phones(self) -> None:
        values, crowd = self.values, self.crowd
        self.rhythms = {}
        for slow in (False, True):
            factor = values["muted_delay_factor"] if slow else 1.0
            for player, name in ((False, "read_delay_ordinary"), (True, "read_delay_player")):
                self.rhythms[player, slow] = phone(factor * values[f"{name}_median_s"], values[f"{name}_sigma"])
        self.next_look = {slow: np.full(crowd.home.shape, np.inf) for slow in (False, True)}
        for (player, slow), rhythm in self.rhythms.items():
            who = (crowd.player == player) & (self.muted if slow else True)
            self.next_look[slow][who] = rhythm.delays(self.rng, int(who.sum()))

    def _at(self, world: int, time: float, act: Callable[[float], None]) -> None:
        heappush(self.places[world].agenda, (time, next(self.order), act))

    def _tick_of(self, time: float) -> int:
        return int(min(time / self.tick, self.ticks - 1))

    def _is_out(self, world: int, person: int, time: float) -> bool:
        begin = self.round_from[world, person]
        on_round = begin <= time < begin + self.crowd.round_for[world, person]
        return bool(on_round or time < self.out_until[world, person])

    def _point_of(self, world: int, person: int, time: float) -> int:
        station = int(self.station[self._tick_of(time), world, person])
        if station < len(self.ground.xy):
            return station
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
        door = self.ground.point(*(np.array(part) for part in self._door(world, person)))
        home = self.ground.way(here, int(door))
        until = time + float(home[1][-1]) / pace
        self._put(world, person, home, steady(pace), (time, until))
        if self.round_from[world, person] < until:
            self.round_from[world, person] = np.inf
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

"""The state of many evenings side by side: who is where at each tick, what he knows, when he looks at his phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappush
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.figures import Figures, Innocent, errands, looks
from tests.reference.people import populate
from tests.reference.phones import phone
from tests.reference.sight import daylight, see
from tests.reference.suspects import tracks
from tests.reference.units import with_units
from tests.reference.ways import Walking, positions

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.scenario.model import Scenario
    from tests.reference.dispatching import Heard
    from tests.reference.ground import Ground

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
    "mistaken",
    "neighbours",
    "wrong_questions",
    "strangers",
    "acts_seen",
    "odd",
    "addresses",
    "unsafe",
    "emergency_calls",
    "reports",
    "duplicates",
    "dispatches",
    "seen_by_unit",
    "found_by_unit",
    "callbacks",
    "news_for_desk",
    "news_for_group",
)
"""What is counted in each world; the first sighting is the end of the evening where there is none."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A sighting as the observer remembers it, of the figure of some number.

    He posts about it where the chance to post is above `post_share`, and takes whom he saw for the suspect or not.
    """

    time: float
    xy: Array
    heading: Array
    elements: Array
    post_share: float = 1.0
    number: int = 0
    recognised: bool = True


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
    heard: list[Heard] = field(default_factory=list)
    holder: tuple[int, int] | None = None
    read: set[tuple[int, int]] = field(default_factory=set)
    waiting: list[tuple[int, Callable[[float], None]]] = field(default_factory=list)
    phoning: dict[int, list[Callable[[float], None]]] = field(default_factory=dict)
    free_lines: int = 0
    over: bool = False


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
        self.crowd = with_units(populate(scenario, len(ground.from_home), worlds, rng), scenario)
        self.ticks = round(scenario.duration_s / tick_s)
        self.middles = (np.arange(self.ticks) + 0.5) * tick_s
        day = daylight(scenario.date, scenario.start_s + self.middles)
        self.light = day + (1.0 - day) * self.values["f_dark"]
        shape = self.crowd.home.shape
        self.names = sorted(scenario.games[0].suspects[0].description)
        self.known = self.crowd.player[:, :, None] & np.isin(self.names, scenario.players.know)
        self.aware, self.informed = self.crowd.aware.copy(), self.crowd.informed.copy()
        self.alerted_until = np.full(shape, -np.inf)
        self.out_until = np.where(self.crowd.street, np.inf, -np.inf)
        self.news = np.full(shape, -np.inf)
        self.rides_until = np.full(shape, -np.inf)
        self.version = np.zeros(shape, int)
        self.counts = {name: np.zeros(worlds) for name in STATISTICS}
        self.counts["first_sighting_s"][:] = scenario.duration_s
        self.places = [Place(free_lines=round(scenario.number.lines or self.values["lines"])) for _ in range(worlds)]
        self.order = count()
        values = self.values
        self.clear, self.rate = see(ground, values["d_half_m"], values["d_max_m"], values["p_notice_walker"])
        self._set_out()
        self._meet()
        self._look_out_at_first()
        self._take_phones()

    def _set_out(self) -> None:
        """Walk the suspects, those who are out from the start, those on a round, and passers-by."""
        ground, crowd, end = self.ground, self.crowd, self.scenario.duration_s
        worlds, _ = crowd.home.shape
        nowhere = len(ground.xy) + len(ground.from_home)
        self.indoors_at = np.where(crowd.unit, nowhere, len(ground.xy) + crowd.home)
        stations = np.where(crowd.indoors, self.indoors_at, nowhere)
        self.station = np.repeat(stations.astype(np.int16)[None], self.ticks, axis=0)
        self.round_from = crowd.round_from.copy()
        walks = [tracks(ground, self.scenario, self.walking, self.middles, self.rng) for _ in range(worlds)]
        suspect, self.factor, self.acting_until = (np.array(part) for part in zip(*walks, strict=True))
        for world, person in zip(*np.nonzero(crowd.street), strict=True):
            pace = crowd.pace[world, person]
            way = self.walking.ramble(*self._door(world, person), end * pace + 5.0)
            self.station[:, world, person] = positions(way, self.middles * pace)
        innocents: list[list[Innocent]] = [[] for _ in range(worlds)]
        for world, person in zip(*np.nonzero(np.isfinite(crowd.round_from)), strict=True):
            innocents[world] += self._round(world, person)
        if self._innocents_matter():
            innocents = [some + errands(ground, self.scenario, self.middles, self.rng) for some in innocents]
        else:
            innocents = [[] for _ in range(worlds)]
        self.figures = Figures(suspect, innocents, len(ground.xy), end)

    def _innocents_matter(self) -> bool:
        """Tell whether anybody can be taken for the suspect, or be asked without that."""
        suspect, values = self.scenario.games[0].suspects[0], self.values
        shares = [suspect.shares.get(name, values[f"p_same_{name}"]) for name in self.names if name != "sex"]
        strangers = values["p_ask_stranger"] > 0.0 and not set(self.scenario.players.know) & set(self.names)
        return strangers or "sex" in self.names or max(shares, default=0.0) + values["p_similar"] > 0.0

    def _door(self, world: int, person: int) -> tuple[int, float]:
        home = self.crowd.home[world, person]
        return int(self.ground.door[0][home]), float(self.ground.door[1][home])

    def _round(self, world: int, person: int) -> list[Innocent]:
        """Let somebody go on his round; he is an innocent figure in the street, if he is out at any tick."""
        crowd = self.crowd
        begin, lasts = crowd.round_from[world, person], crowd.round_for[world, person]
        riding = bool(crowd.by_bike[world, person])
        pace = (crowd.cycling if riding else crowd.pace)[world, person]
        way = self.walking.ramble(*self._door(world, person), lasts / 2.0 * pace + 5.0)
        passed = self.middles - begin
        out = np.flatnonzero((passed > 0.0) & (passed < lasts))
        self.station[out, world, person] = positions(way, np.minimum(passed, lasts - passed)[out] * pace)
        points = self.station[out, world, person]
        return [Innocent(out, points, begin + lasts, int(person), riding)] if len(out) else []

    def _meet(self) -> None:
        """Draw what the figures look like, and who knows whom of them."""
        values, rng, crowd, figures = self.values, self.rng, self.crowd, self.figures
        self.alike, self.man = looks(figures, self.scenario, self.names, rng)
        pairs = (*crowd.home.shape, figures.until.shape[1])
        self.misled = rng.random((*pairs, len(self.names)), np.float32) < values["p_misperceive"]
        self.seeks_man = rng.random(crowd.home.shape) < values["p_assume_man"]
        size = crowd.member.sum(axis=1)
        chance = values["p_know_neighbour"] / (1.0 + size / values["know_half_size"])
        self.knows = np.zeros(pairs, bool)
        for world, residents in enumerate(figures.resident):
            some = np.flatnonzero(residents >= 0)
            mine, home, member = residents[some], crowd.home[world], crowd.member[world]
            both = np.triu(rng.random((len(home), len(home))))
            neighbours = (both + np.triu(both, 1).T < chance[world]) & member[:, None] & member
            self.knows[world][:, some] = (home[:, None] == home[mine]) | neighbours[:, mine]
        by_bike = figures.riding & ("vehicle" not in self.names)
        self.cool_until = np.where(self.knows | by_bike[:, None], np.inf, 0.0).astype(np.float32)
        self.strikes = ~crowd.unit & (rng.random(crowd.home.shape) < values["p_odd"])

    def _look_out_at_first(self) -> None:
        shape = self.crowd.home.shape
        self.watch_share = np.where(self.crowd.player, self.values["p_watch_player"], self.values["p_watch"])
        self.watching = self.rng.random(shape) < self.watch_share
        self.next_switch = self._spells(np.ones_like(self.watching))

    def _spells(self, which: Array) -> Array:
        """Draw how long the present spell of watching, or of not watching, lasts."""
        share, spell = self.watch_share[which], self.values["watch_spell_s"]
        lasting = np.zeros(which.shape)
        lasting[which] = self.rng.exponential(np.where(self.watching[which], spell, spell * (1.0 - share) / share))
        return lasting

    def _take_phones(self) -> None:
        values, crowd = self.values, self.crowd
        self.muted = crowd.muted.copy()
        bears, spread = values["mute_tolerance_median_per_hour"], values["mute_tolerance_sigma"]
        self.bears = self.rng.lognormal(np.log(bears), spread, crowd.home.shape)
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

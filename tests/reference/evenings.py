"""The state of many evenings side by side: who is where at each tick, what he knows, when he looks at his phone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.figures import Figures, Innocent, errands, looks
from tests.reference.games import Games
from tests.reference.groups import PAGE, seat
from tests.reference.people import populate
from tests.reference.phones import phone
from tests.reference.sight import daylight, see
from tests.reference.suspects import tracks
from tests.reference.units import with_units
from tests.reference.ways import Walking, positions

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

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
    "reached",
    "busiest",
    "judgements",
    "forwards",
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
    """A sighting as the observer remembers it: of the figure of some number, whom he takes for one of the suspects.

    He posts about it where the chance to post is above `post_share`, and takes whom he saw for the suspect or not.
    """

    time: float
    xy: Array
    heading: Array
    elements: Array
    post_share: float = 1.0
    number: int = 0
    suspect: int = 0
    recognised: bool = True


@dataclass(frozen=True, eq=False)
class Letter:
    """A message: what it tells, and who wrote it, or -1 for the organiser; who writes of nothing seen is chatting.

    It stands in the group of some number, on the page, or in the group above; `first` is the one that it passes on, if any.
    """

    time: float
    author: int
    elements: Array
    seen: Seen | None = None
    called: bool = False
    channel: int = PAGE
    first: Letter | None = None

    @property
    def matter(self) -> Letter:
        """Give the message that told it first."""
        return self.first or self


@dataclass(eq=False)
class Place:
    """What goes on in one world, apart from people's whereabouts."""

    agenda: list[Any] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    holder: tuple[int, int] | None = None
    read: set[tuple[int, int]] = field(default_factory=set)
    reached: set[int] = field(default_factory=set)
    sent: Counter[int] = field(default_factory=Counter)
    judged: set[tuple[int, Letter, int]] = field(default_factory=set)
    luck: dict[Hashable, float] = field(default_factory=dict)
    waiting: list[tuple[int, Callable[[float], None]]] = field(default_factory=list)
    phoning: dict[int, list[Callable[[float], None]]] = field(default_factory=dict)
    following: dict[int, tuple[int, int]] = field(default_factory=dict)
    found: set[int] = field(default_factory=set)
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
        self.groups = seat(scenario, ground, self.crowd, rng)
        self.ticks = round(scenario.duration_s / tick_s)
        self.middles = (np.arange(self.ticks) + 0.5) * tick_s
        day = daylight(scenario.date, scenario.start_s + self.middles)
        self.light = day + (1.0 - day) * self.values["f_dark"]
        shape = self.crowd.home.shape
        self.games = games = Games(scenario, ground)
        self.over = np.zeros((worlds, len(games.begin)), bool)
        told = [games.columns(number, scenario.players.know) for number in range(len(games.suspects))]
        self.known = self.crowd.plays[:, :, games.of_suspect[games.about]] & np.any(told, axis=0)
        self.aware, self.informed = self.crowd.aware.copy(), self.crowd.informed.copy()
        self.alerted_until = np.full(shape, -np.inf)
        self.out_until = np.full(shape, -np.inf)
        self.roams = np.full((*shape, 2), np.inf)
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
        ground, crowd = self.ground, self.crowd
        worlds, _ = crowd.home.shape
        nowhere = len(ground.xy) + len(ground.from_home)
        self.indoors_at = np.where(crowd.unit, nowhere, len(ground.xy) + crowd.home)
        stations = np.where(crowd.indoors, self.indoors_at, nowhere)
        self.station = np.repeat(stations.astype(np.int16)[None], self.ticks, axis=0)
        self.round_from = crowd.round_from.copy()
        games, setting = self.games, (self.walking, self.middles, self.rng)
        walks = [tracks(ground, games, self.values, *setting) for _ in range(worlds)]
        suspects, self.factor, self.acting_until = (np.array(part) for part in zip(*walks, strict=True))
        innocents: list[list[Innocent]] = [[] for _ in range(worlds)]
        for world, person in zip(*np.nonzero(np.isfinite(crowd.round_from)), strict=True):
            innocents[world] += self._round(world, person)
        if self._innocents_matter():
            innocents = [some + errands(ground, self.scenario, self.middles, self.rng) for some in innocents]
        else:
            innocents = [[] for _ in range(worlds)]
        self.figures = Figures(suspects, innocents, len(ground.xy), games.end[games.of_suspect])

    def _innocents_matter(self) -> bool:
        """Tell whether anybody can be taken for the suspect, or be asked without that."""
        suspects, names, values = self.games.suspects, self.games.names, self.values
        shares = [one.shares.get(name, values[f"p_same_{name}"]) for one in suspects for name in names if name != "sex"]
        strangers = values["p_ask_stranger"] > 0.0 and not set(self.scenario.players.know) & set(names)
        return strangers or "sex" in names or max(shares, default=0.0) + values["p_similar"] > 0.0

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
        self.alike, self.man = looks(figures, self.games, values, rng)
        pairs = (*crowd.home.shape, figures.until.shape[1])
        self.misled = rng.random((*pairs, len(self.games.names)), np.float32) < values["p_misperceive"]
        about = (*crowd.home.shape, figures.suspects)
        self.seeks_man = rng.random(about) < values["p_assume_man"]
        size = crowd.member.sum(axis=1)
        chance = values["p_know_neighbour"] / (1.0 + size / values["know_half_size"])
        self.knows = np.zeros(pairs, bool)
        for world, residents in enumerate(figures.resident):
            some = np.flatnonzero(residents >= 0)
            mine, home, member = residents[some], crowd.home[world], crowd.member[world]
            both = np.triu(rng.random((len(home), len(home))))
            neighbours = (both + np.triu(both, 1).T < chance[world]) & member[:, None] & member
            self.knows[world][:, some] = (home[:, None] == home[mine]) | neighbours[:, mine]
        by_bike = figures.riding & ("vehicle" not in self.games.names)
        self.cool_until = np.where(self.knows | by_bike[:, None], np.inf, 0.0).astype(np.float32)
        self.strikes = ~crowd.unit[:, :, None] & (rng.random(about) < values["p_odd"])

    def _playing(self, game: int) -> Array:
        """Tell (W, N) who plays a game; nobody where it is none."""
        return np.asarray(self.crowd.plays[:, :, game] & (game >= 0))

    def _plays_now(self, world: int, person: int, time: float) -> bool:
        """Tell whether somebody plays the game that is on."""
        game = int(self.games.planned_at(time))
        return game >= 0 and bool(self.crowd.plays[world, person, game]) and not self.over[world, game]

    def _look_out_at_first(self) -> None:
        shape = self.crowd.home.shape
        self.watch_share, self.eyes = np.full(shape, np.nan), np.ones(shape)
        self.watching, self.next_switch = np.zeros(shape, bool), np.full(shape, np.inf)
        self._turn_to(int(self.games.planned_at(0.0)), 0.0)

    def _turn_to(self, game: int, time: float) -> None:
        """Look out as much as people do during a game, or during none; who then looks out more or less begins anew."""
        plays = self._playing(game)
        share = np.where(plays, self.values["p_watch_player"], self.values["p_watch"])
        begins = share != self.watch_share
        self.watch_share = share
        self.watching[begins] = (self.rng.random(share.shape) < share)[begins]
        self.next_switch[begins] = time + self._spells(begins)[begins]
        companions = game >= 0 and bool(self.scenario.games[game].companions)
        self.eyes = 1.0 + self.crowd.children * plays * companions * self.values["party_child_eyes"]

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
        self.last_look = {slow: np.full(crowd.home.shape, -np.inf) for slow in (False, True)}
        for (player, slow), rhythm in self.rhythms.items():
            who = (crowd.player == player) & (self.muted if slow else True)
            self.next_look[slow][who] = rhythm.delays(self.rng, int(who.sum()))

    def _at(self, world: int, time: float, act: Callable[[float], None]) -> None:
        heappush(self.places[world].agenda, (time, next(self.order), act))

    def _tick_of(self, time: float) -> int:
        return int(min(time / self.tick, self.ticks - 1))

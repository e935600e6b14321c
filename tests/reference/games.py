"""The games of an evening as tables: when each is, about whom, on which streets; and which residents play which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulation.scenario.model import Game, Scenario
    from tests.reference.ground import Ground

Array = np.ndarray[Any, np.dtype[Any]]

ADULT = 18


class Games:
    """All games of an evening.

    Parameters
    ----------
    scenario, ground
        The evening and the streets.

    Attributes
    ----------
    begin, end
        (G,) when each starts and ends as planned, seconds.
    suspects, of_suspect
        The K suspects of all games, and (K,) the game of each.
    about, element
        (C,) for each column of what can be known: of which suspect, and which element, a row of `names`.
    inside, within
        For each game (E,) edges and (P,) points in its area, or None where it is played everywhere.
    """

    def __init__(self, scenario: Scenario, ground: Ground) -> None:
        games = scenario.games
        self.begin, self.end = (np.array([getattr(game, name) for game in games]) for name in ("start_s", "end_s"))
        self.suspects = [suspect for game in games for suspect in game.suspects]
        self.of_suspect = np.repeat(np.arange(len(games)), [len(game.suspects) for game in games])
        self.names = sorted({name for suspect in self.suspects for name in suspect.description})
        told = [(number, name) for number, one in enumerate(self.suspects) for name in sorted(one.description)]
        self.about = np.array([number for number, _ in told])
        self.element = np.array([self.names.index(name) for _, name in told])
        areas = [None if game.area is None else _area(ground, game.area.radius_m or 0.0) for game in games]
        self.inside = [area and area[0] for area in areas]
        self.within = [area and area[1] for area in areas]

    def planned_at(self, time: Array | float) -> Any:
        """Give which game is on at a time as planned, or -1."""
        last = np.searchsorted(self.begin, time, side="right") - 1
        return np.where((last >= 0) & (np.asarray(time) < self.end[last]), last, -1)

    def columns(self, suspect: int, names: tuple[str, ...]) -> Array:
        """Tell which columns are about one suspect, and about any of some elements."""
        wanted = np.isin(np.array(self.names)[self.element], names) | ("photo" in names)
        return np.asarray((self.about == suspect) & wanted)


class _Part(NamedTuple):
    edges: Any
    points: Any


def _area(ground: Ground, radius_m: float) -> _Part:
    """Find the edges of which every metre lies within a distance of the middle, on foot, and their points."""
    away = ground.walked[ground.centre()][ground.ends]
    holds_middle = np.abs(away.sum(axis=1) - ground.length) < 1e-6
    farthest = np.where(holds_middle, away.max(axis=1), (away.sum(axis=1) + ground.length) / 2.0)
    edges = farthest <= radius_m
    points = np.zeros(len(ground.xy), bool)
    last = [*ground.first[1:], len(ground.along)]
    for edge in np.flatnonzero(edges):
        points[ground.along[ground.first[edge] : last[edge]]] = True
    return _Part(edges, points)


def of_age(game: Game, age: Array, values: Any) -> tuple[Array, Array]:
    """Tell who is of an age to play a game alone, and to play it in a party with an adult."""
    alone = values["child_companion_age"]
    least, most = {"all": (alone, np.inf), "adults": (ADULT, np.inf), "children": (alone, ADULT)}[game.audience]
    party = (age >= values["child_party_age"]) & (age < alone) & bool(game.companions)
    return (age >= least) & (age < most), party


class Turnout(NamedTuple):
    """Who of the residents comes to play; every column is (W, N), `plays` (W, N, G).

    `children` counts those who play with an adult; these do nothing by themselves and are in no other column. `slowest` is the
    pace of a party, metres per second, and infinite for others.
    """

    plays: Array
    children: Array
    child: Array
    slowest: Array


def turnout(scenario: Scenario, comes: Array, home: Array, age: Array, pace: Array) -> Turnout:
    """Let who comes play all games for which he is of age, the young with an adult of the household.

    Parameters
    ----------
    scenario
        The evening.
    comes, home, age, pace
        (W, N) who comes, where people live, how old they are and how fast they walk, metres per second.
    """
    ages = [of_age(game, age, scenario.parameters) for game in scenario.games]
    plays = np.stack([comes & alone for alone, _ in ages], axis=2)
    child = comes & np.any([party for _, party in ages], axis=0)
    with_companions = np.array([bool(game.companions) for game in scenario.games])
    children, slowest = np.zeros(home.shape, int), np.full(home.shape, np.inf)
    for world, person in zip(*np.nonzero(child), strict=True):
        grown = np.flatnonzero((home[world] == home[world, person]) & (age[world] >= ADULT))
        adult = next((one for one in grown if comes[world, one]), grown[0])
        plays[world, adult] |= with_companions
        children[world, adult] += 1
        slowest[world, adult] = min(slowest[world, adult], pace[world, person])
    return Turnout(plays, children, child, slowest)

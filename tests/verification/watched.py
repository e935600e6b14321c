"""Views of the engine against looking every tick, on a real map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.engine import build_worlds, play
from simulation.scenario.model import Announced, Players
from tests.reference.ground import blocked, outward_of, polygons_of
from tests.worlds import evening

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.people.network import Network
    from simulation.trace.log import Trace

Array = np.ndarray[Any, np.dtype[Any]]

REACH_M = 100.0
DURATION_S = 1200.0
EVERYBODY_LOOKS = {
    "p_watch": 1.0,
    "p_watch_player": 1.0,
    "p_player_street": 0.5,
    "p_challenge_player": 0.0,
    "p_report_player": 0.0,
    "p_post_player": 0.0,
    "p_go_out_player": 0.0,
    "p_round_walk": 0.0,
    "p_round_bike": 0.05,
}


@dataclass(frozen=True, eq=False)
class Watched:
    """Pairs of an observer and a tick at which he was within reach, as the engine and as brute force see them.

    Parameters
    ----------
    engine, brute
        Whether the suspect is in view.
    unsure
        Whether brute force itself changes its mind close by, within a tolerance in time.
    spells
        How many times he comes into view, as the engine and as brute force see it.
    """

    engine: Array
    brute: Array
    unsure: Array
    spells: tuple[int, int]

    @property
    def differs(self) -> Array:
        """Tell where the two differ beyond the tolerance."""
        return (self.engine != self.brute) & ~self.unsure


class Scene:
    """One evening in which everybody at home looks out, and nobody acts on what he sees."""

    def __init__(self, network: Network, seed: int, players: float = 0.1) -> None:
        scenario = evening(
            EVERYBODY_LOOKS,
            game={"duration_s": DURATION_S},
            players=Players(share=players, know=("upper",), announced=Announced()),
        )
        self.map = street_map = network.map
        self.world = build_worlds(scenario, network, [seed])[0]
        self.tracks = _tracks(play(self.world))
        self.polygons = np.array(polygons_of(street_map), object)
        people = self.world.people
        self.names = [
            f"{street_map.texts[street_map.homes.key[home]]}/{number + 1}"
            for home, number in zip(people.home, people.number, strict=True)
        ]

    def suspect(self, moments: Array) -> Array:
        return _at(self.tracks["suspect-1"], moments)

    def comes_near(self, person: int) -> bool:
        """Tell whether the suspect ever comes near somebody's home."""
        home = self.map.homes.xy[self.world.people.home[person]]
        away = self.suspect(np.arange(0.0, DURATION_S, 5.0)) - home
        return bool(np.hypot(*away.T).min() < REACH_M + 20.0)

    def engine(self, person: int, moments: Array) -> Array:
        """Tell whether the suspect is in view of a person at each moment, as the engine has it."""
        table = self.world.chances
        seen = np.zeros(len(moments), bool)
        for pair in np.flatnonzero(table.observer == person):
            part = slice(table.of_pair[pair], table.of_pair[pair + 1])
            for start, stop in zip(table.start[part], table.stop[part], strict=True):
                seen |= (moments >= start) & (moments <= stop)
        return seen

    def from_home(self, home: int, moments: Array) -> Array:
        """Look from both eyes of a home at each moment."""
        assert self.map.sight is not None
        places, seen = self.suspect(moments), np.zeros(len(moments), bool)
        own = int(self.map.homes.building[home])
        eyes = self.map.sight.eye_xy[home]
        ahead = (places - eyes[0]) @ (outward_of(eyes[0], self.polygons[own]) if own >= 0 else np.zeros(2))
        for eye, side in zip(eyes, (ahead >= 0.0, ahead < 0.0), strict=True):
            near = np.flatnonzero(side & (np.hypot(*(places - eye).T) <= REACH_M)) if not np.isnan(eye).any() else []
            if len(near):
                free = ~blocked(np.tile(eye, (len(near), 1)), places[near], self.polygons, np.full(len(near), own))
                seen[near[free]] = True
        return seen

    def from_street(self, person: int, moments: Array) -> Array:
        """Look from where a walker is at each moment; nowhere while he is at home."""
        mine, his = _at(self.tracks[self.names[person]], moments), self.suspect(moments)
        near = np.flatnonzero(self.is_out(person, moments) & (np.hypot(*(his - mine).T) <= REACH_M))
        seen = np.zeros(len(moments), bool)
        if len(near):
            seen[near] = ~blocked(mine[near], his[near], self.polygons, np.full(len(near), -1))
        return seen

    def is_out(self, person: int, moments: Array) -> Array:
        """Tell whether a walker is out at each moment."""
        track = self.tracks[self.names[person]]
        out: Array = (moments >= track[0, 0]) & (moments <= track[0, -1])
        return out

    def residents(self) -> tuple[list[int], list[int]]:
        """List who stays at home, and who walks about."""
        walkers = [person for person, name in enumerate(self.names) if name in self.tracks]
        indoors = np.flatnonzero(self.world.people.at_home)
        return sorted(set(indoors.tolist()) - set(walkers)), walkers


def _tracks(trace: Trace) -> dict[str, Array]:
    """Give the first way of everybody as rows of times, x and y."""
    tracks: dict[str, Array] = {}
    for record in trace.records:
        if record.kind == "route":
            tracks.setdefault(record.who, np.array([record.data[name] for name in ("t_s", "x_m", "y_m")]))
    return tracks


def _at(track: Array, moments: Array) -> Array:
    return np.stack([np.interp(moments, track[0], track[axis]) for axis in (1, 2)], axis=1)


def watch_homes(scene: Scene, people: list[int], tick_s: float) -> Watched:
    """Compare what people see from home; sight lines from home are exact, so that only the tick is uncertain."""
    homes = scene.world.people.home

    def brute(person: int, moments: Array) -> Array:
        return scene.from_home(int(homes[person]), moments)

    return _watch(people, tick_s, scene.engine, brute, np.array([-0.25, 0.25]))


def watch_streets(scene: Scene, people: list[int], tick_s: float, cell_m: float = 5.0) -> Watched:
    """Compare what walkers see; between walkers sight goes in cells, so that a cell's length over the speed is uncertain."""
    slack = cell_m / 1.0

    def engine(person: int, moments: Array) -> Array:
        return scene.engine(person, moments) & scene.is_out(person, moments)

    return _watch(people, tick_s, engine, scene.from_street, np.linspace(-slack, slack, 11))


def _watch(
    people: list[int],
    tick_s: float,
    engine: Callable[[int, Array], Array],
    brute: Callable[[int, Array], Array],
    shifts: Array,
) -> Watched:
    moments = np.arange(tick_s, DURATION_S - tick_s, tick_s)
    found: list[tuple[Array, Array, Array]] = []
    spells = np.zeros(2, int)
    for person in people:
        mine, his = engine(person, moments), brute(person, moments)
        near = mine | his
        changes = np.zeros(len(moments), bool)
        for shift in shifts:
            changes[near] |= brute(person, moments[near] + shift) != his[near]
        found.append((mine[near], his[near], changes[near]))
        spells += [int((np.diff(np.concatenate([[False], seen]).astype(int)) > 0).sum()) for seen in (mine, his)]
    columns = zip(*found, strict=True) if found else [[np.zeros(0, bool)]] * 3
    return Watched(*(np.concatenate(column) for column in columns), (int(spells[0]), int(spells[1])))


def watch(scene: Scene, homes: int, walkers: int | None = None) -> tuple[Watched, Watched]:
    """Compare what a number of people see from home whom the suspect comes near, and what all or some walkers see."""
    indoors, outdoors = scene.residents()
    near = np.array([person for person in indoors if scene.comes_near(person)], int)
    some = np.random.default_rng(scene.world.seed).permutation(near)[:homes].tolist()
    return watch_homes(scene, some, 1.0), watch_streets(scene, outdoors[:walkers], 1.0)

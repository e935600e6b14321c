"""Who plays which game: players come by share or by count, and play every game for which they are of age."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulation.elementary import log
from simulation.people.households import ADULT, factors, play_chances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.scenario.model import Game, Scenario

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NO_GAME = -1
"""What stands for the game while none is on: the last column of a table of games, in which nobody plays."""


def come_to_play(scenario: Scenario, share: Floats, people: tuple[Indices, Indices, Indices], worlds: int) -> Flags:
    """Choose who comes to play among those who are of the age of any game: by share, or by count.

    By count everybody draws a time to come, exponential at the rate of his type's factor, and the first of them play.

    Parameters
    ----------
    scenario
        The evening.
    share
        (N,) an even number of each resident.
    people
        (N,) and (N,) and (N,): world, type of the household and age of each.
    worlds
        How many worlds there are.
    """
    (world, kind, age), parameters = people, scenario.parameters
    able = of_any_game(scenario, age)
    if scenario.players.share is not None:
        childhood, adulthood = np.arange(ADULT), np.array([parameters["oldest_age"]])
        of_age = (float(of_any_game(scenario, part).mean()) for part in (adulthood, childhood))
        return np.asarray(able & (share < play_chances(parameters, scenario.players.share, *of_age)[kind]))
    comes = -log(share) / np.array(factors(parameters, "play"))[kind]
    chosen = np.zeros(len(share), bool)
    for first, after in pairwise(np.searchsorted(world, np.arange(worlds + 1)).tolist()):
        candidates = first + np.flatnonzero(able[first:after])
        chosen[candidates[np.argsort(comes[candidates], kind="stable")[: scenario.players.count]]] = True
    return chosen


def of_any_game(scenario: Scenario, age: Indices) -> Flags:
    """Tell who is of the age of any of the games."""
    return np.asarray(of_each_game(scenario, age).any(axis=1))


def of_each_game(scenario: Scenario, age: Indices) -> Flags:
    """Tell who is of the age of which game, (N, games + 1); the last column is false: there `NO_GAME` points."""
    ages = [_of_age(game, age, scenario.parameters) for game in scenario.games]
    return np.stack([*ages, np.zeros(len(age), bool)], axis=1)


def _of_age(game: Game, age: Indices, parameters: Mapping[str, float]) -> Flags:
    """Tell who is of the age to play a game: children from the age at which they may play alone, adults, or both."""
    youngest = ADULT if game.audience == "adults" else parameters["child_companion_age"]
    return np.asarray((age >= youngest) & ((age < ADULT) | (game.audience != "children")))


def games_at(scenario: Scenario, time: Floats) -> Indices:
    """Give the game that is planned to be on at each moment, seconds, or `NO_GAME`; before time 0 the one that starts then."""
    start, end = (np.array([getattr(game, name) for game in scenario.games]) for name in ("start_s", "end_s"))
    moment = np.maximum(time, 0.0)
    game = np.searchsorted(start, moment, side="right") - 1
    return np.where((game >= 0) & (moment < end[game]), game, NO_GAME)

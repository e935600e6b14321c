"""Who plays which game: players come by share or by count, and play every game for which they are of age.

Children who are too young to play alone come in a party with an adult of their household, who may not play himself. A party is
one observer: it walks as one, on the adult's phone, and notices as the adult with more eyes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

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


class Turnout(NamedTuple):
    """Who came to play; N people.

    Parameters
    ----------
    active
        (N,) plays alone, or comes along as the adult of a party.
    young
        (N,) plays in a party with an adult.
    leader
        The adult with whom each of the young comes, in their order.
    party
        (N,) how many children come with him.
    plays
        (N, games + 1) plays which game, alone or as the adult of a party.
    """

    active: Flags
    young: Flags
    leader: Indices
    party: Indices
    plays: Flags


def turn_out(scenario: Scenario, share: Floats, people: tuple[Indices, Indices, Indices, Indices], worlds: int) -> Turnout:
    """Draw who comes to play, and with whom.

    Parameters
    ----------
    scenario
        The evening.
    share
        (N,) an even number of each resident.
    people
        (N,) each: world, type of the household, number in it and age. People stand in order of world, home and number.
    worlds
        How many worlds there are.
    """
    _, _, number, age = people
    came = _come(scenario, share, people, worlds)
    young = came & (age < scenario.parameters["child_companion_age"])
    leader = _leaders(young, came, number, age)
    party = np.bincount(leader, minlength=len(age))
    alone, leads = came & ~young, party > 0
    plays = (alone[:, np.newaxis] & _of_each_game(scenario, age)) | (leads[:, np.newaxis] & with_parties(scenario))
    return Turnout(alone | leads, young, leader, party, plays)


def _come(scenario: Scenario, share: Floats, people: tuple[Indices, Indices, Indices, Indices], worlds: int) -> Flags:
    """Choose who comes among those who are of the age of any game: by share, or by count.

    By count everybody draws a time to come, exponential at the rate of his type's factor, and the first of them play.
    """
    (world, kind, _, age), parameters = people, scenario.parameters
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


def _leaders(young: Flags, came: Flags, number: Indices, age: Indices) -> Indices:
    """Give for each of the young the adult of his household with whom he comes: one who plays himself, or else the first."""
    if not young.any():
        return np.zeros(0, np.int64)
    household = np.cumsum(number == 0) - 1
    adults = np.flatnonzero(age >= ADULT)
    order = adults[np.lexsort((adults, ~came[adults], household[adults]))]
    return order[np.searchsorted(household[order], household[young])]


def of_any_game(scenario: Scenario, age: Indices) -> Flags:
    """Tell who is of the age of any of the games."""
    return np.asarray(_of_each_game(scenario, age).any(axis=1))


def _of_each_game(scenario: Scenario, age: Indices) -> Flags:
    """Tell who is of the age of which game, (N, games + 1); the last column is false: there `NO_GAME` points."""
    ages = [_of_age(game, age, scenario.parameters) for game in scenario.games]
    return np.stack([*ages, np.zeros(len(age), bool)], axis=1)


def _of_age(game: Game, age: Indices, parameters: Mapping[str, float]) -> Flags:
    """Tell who is of the age to play a game, alone or in a party: children, adults, or both."""
    alone, along = parameters["child_companion_age"], parameters["child_party_age"]
    youngest = ADULT if game.audience == "adults" else min(alone, along) if game.companions else alone
    return np.asarray((age >= youngest) & ((age < ADULT) | (game.audience != "children")))


def with_parties(scenario: Scenario) -> Flags:
    """Tell in which games children come in parties, (games + 1,)."""
    return np.array([*(bool(game.companions) for game in scenario.games), False])


def games_at(scenario: Scenario, time: Floats) -> Indices:
    """Give the game that is planned to be on at each moment, seconds, or `NO_GAME`; before time 0 the one that starts then."""
    start, end = (np.array([getattr(game, name) for game in scenario.games]) for name in ("start_s", "end_s"))
    moment = np.maximum(time, 0.0)
    game = np.searchsorted(start, moment, side="right") - 1
    return np.where((game >= 0) & (moment < end[game]), game, NO_GAME)

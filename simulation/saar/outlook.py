"""Outlook: what everybody may see of somebody from home and on his rounds, before anybody is called out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import stream_key
from simulation.people.players import games_at
from simulation.people.rows import in_order
from simulation.people.watching import watch_shares, watch_switches
from simulation.saar.spot import Chances, chances, split_by_looking
from simulation.saar.views import home_views, street_views, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.population import People
    from simulation.people.rounds import Strollers
    from simulation.saar.views import Quarry, Views
    from simulation.scenario.model import Scenario

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def outlook(
    scenario: Scenario,
    seeds: Sequence[int],
    residents: tuple[People, Strollers],
    quarry: Quarry,
    observers: Flags | None = None,
) -> Chances:
    """Give the hazard of each pair of a resident and somebody who is watched for.

    Parameters
    ----------
    scenario, seeds
        The evening, and the seed of each world.
    residents
        Everybody who lives there, and who of them walks about.
    quarry
        Who is watched for.
    observers
        (N,) the residents who count; by default all.
    """
    people, walkers = residents
    reach, homes = scenario.parameters["d_max_m"], len(quarry.network.map.homes.key)
    until = scenario.structure.shopkeepers_until_s
    indoors = _ever_at_home(people, walkers)
    at_home = np.flatnonzero(indoors if observers is None else indoors & observers)
    slot = people.world[at_home] * homes + people.home[at_home]
    if until is not None:  # shopkeepers stand behind the residents, not by home
        order = np.argsort(slot, kind="stable")
        slot, at_home = slot[order], at_home[order]
    occupants = (np.searchsorted(slot, np.arange(len(seeds) * homes + 1)), at_home)
    inside = _while_in(home_views(quarry, occupants, reach), people, walkers)
    if until is not None:
        inside = _while_open(inside, people, until)
    inside, looking = _split(scenario, seeds, people, inside)
    walks, person = walkers.walks, walkers.person
    if observers is not None:
        some = np.flatnonzero(observers[person])
        walks, person = walks.of_these(some), person[some]
    outdoors = street_views(quarry, walks, (person, people.world[person]), reach)
    views = together([inside, outdoors])
    looking = np.concatenate([looking, np.ones(len(outdoors.leg), bool)])
    suspect, light = quarry.legs.owner[views.leg], quarry.light[views.leg]
    if (people.eyes != 1.0).any():
        light = light * people.eyes[views.observer, games_at(scenario, views.start)]
    seen = (quarry.act_factor[views.leg], light)
    return chances(views, looking, suspect, seen, scenario.parameters, from_home=len(inside.leg))


def _ever_at_home(people: People, walkers: Strollers) -> Flags:
    """Tell who is at home, or at a shop with a view, at any time: also players who are out for a part of the evening only."""
    indoors = people.at_home | ((people.shop >= 0) & (people.home >= 0))
    indoors[walkers.person[(walkers.begin > 0.0) | (walkers.until < np.inf)]] = True
    return indoors


def _while_in(views: Views, people: People, walkers: Strollers) -> Views:
    """Leave out what people would see from home while they are out on a round."""
    row = np.full(len(people.key), -1)
    row[walkers.person] = np.arange(len(walkers.person))
    mine = row[views.observer]
    out = np.flatnonzero(mine >= 0)
    if not len(out):
        return views
    before, after = views.take(out), views.take(out)
    before = replace(before, stop=np.minimum(before.stop, walkers.begin[mine[out]]))
    after = replace(after, start=np.maximum(after.start, walkers.until[mine[out]]))
    parts = together([views.take(mine < 0), before, after])
    return parts.take(parts.stop > parts.start)


def _while_open(views: Views, people: People, until: float) -> Views:
    """Leave out what shopkeepers would see after closing time, seconds."""
    seen = replace(views, stop=np.where(people.shop[views.observer] >= 0, np.minimum(views.stop, until), views.stop))
    return seen.take(seen.stop > seen.start)


def _split(scenario: Scenario, seeds: Sequence[int], people: People, views: Views) -> tuple[Views, Flags]:
    """Cut views where their observers start or stop looking out; a player looks out more while a game of his is on."""
    game = games_at(scenario, views.start)
    mine = 2 * views.observer + people.plays[views.observer, game]
    order = in_order(mine)
    views, game, mine = views.take(order), game[order], mine[order]
    new = np.concatenate([[True], mine[1:] != mine[:-1]])[: len(mine)]
    first, row = np.flatnonzero(new), np.cumsum(new) - 1
    who, until = views.observer[first], np.maximum.reduceat(views.stop, first)
    streams = np.array([stream_key(seed, "watch") for seed in seeds], np.uint64)[people.world[who]]
    share = watch_shares(people, scenario.parameters)[who, game[first]]
    looking, switches = watch_switches(streams, people.key[who], share, scenario.parameters["watch_spell_s"], (0.0, until))
    return split_by_looking(views, row, looking, switches)

"""Playing an evening: a world and an alert structure make a trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import __version__
from simulation.channels.agenda import Agenda
from simulation.channels.broadcast import WAYS, Broadcast
from simulation.channels.chatter import chatter_times
from simulation.channels.messages import Phones
from simulation.elementary import whole_microseconds
from simulation.engine.wiring import outlets_of, told_before, wire
from simulation.engine.world import build_worlds
from simulation.light import daylight
from simulation.people.households import TYPES
from simulation.people.knowledge import Knowledge
from simulation.people.network import Network
from simulation.people.officials import ON_DUTY, REPLACED, duties, officials_of
from simulation.people.patrols import on_duty, patrols
from simulation.people.players import games_at
from simulation.people.routes import walk_data
from simulation.people.shops import base_xy
from simulation.saar.app import chat
from simulation.saar.forwarding import plan_forwards
from simulation.saar.lookalikes import describe, find_odd
from simulation.saar.looking import look
from simulation.saar.notes import Outing, Patrol
from simulation.saar.notice import enter_look
from simulation.saar.organise import found, prepare
from simulation.saar.patrol import plan_rounds
from simulation.saar.prospects import Prospect
from simulation.saar.respond import come_home
from simulation.saar.stage import Stage
from simulation.saar.strangers import meet_strangers
from simulation.trace.kinds import FORMAT
from simulation.trace.lazy import LazyData
from simulation.trace.log import Log, Trace

if TYPE_CHECKING:
    from simulation.engine.wiring import Wiring
    from simulation.engine.world import World
    from simulation.maps.streetmap import StreetMap
    from simulation.people.population import People
    from simulation.scenario.model import Scenario

_REACH_S = 900.0
"""Reading is followed this long after the end, seconds: reach is completed over the reads still due (model, section 8)."""


def run_evening(scenario: Scenario, street_map: StreetMap, seed: int | None = None) -> Trace:
    """Draw a world and play it.

    Parameters
    ----------
    scenario
        The evening.
    street_map
        A map with sight lines.
    seed
        Seed of all draws; by default the scenario's.
    """
    seeds = [scenario.seed if seed is None else seed]
    return play(build_worlds(scenario, Network(street_map), seeds)[0])


def play(world: World) -> Trace:
    """Play the evening of a world under its scenario's alert structure, and give the trace."""
    wiring = wire(world)
    stage = _stage(world, wiring)
    evening = _setting(stage, wiring)
    _plan_nightfall(stage)
    prepare(stage, evening)
    _plan_strolls(stage, evening)
    if stage.patrol is not None:
        plan_rounds(stage, stage.patrol)
    _plan_looks(stage, world)
    _plan_chatter(stage)
    stage.agenda.run(until=stage.over)
    return stage.log.trace(_header(world))


def _header(world: World) -> dict[str, str | int | float]:
    scenario, street_map = world.scenario, world.network.map
    minutes, seconds = divmod(round(scenario.start_s), 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return {
        "format": FORMAT,
        "scenario": scenario.title,
        "language": scenario.language,
        "date": scenario.date.isoformat(),
        "start": f"{clock}:{seconds:02d}" if seconds else clock,
        "seed": world.seed,
        "map": street_map.digest,
        "map_title": str(street_map.about.get("title", "")),
        "structure": scenario.structure.id,
        "duration_s": scenario.duration_s,
        "version": __version__,
        "epsg": street_map.epsg,
    }


def _stage(world: World, wiring: Wiring) -> Stage:
    scenario, patrol = world.scenario, _patrol(world, wiring)
    people = world.people if patrol is None else _watchful(world, patrol)
    span = (0.0, scenario.duration_s + _REACH_S)
    return Stage(
        scenario=scenario,
        network=world.network,
        areas=world.areas,
        seed=world.seed,
        people=people,
        crowd=world.crowd,
        shadows=list(world.shadows),
        prospects=[
            Prospect(world.chances, world.thresholds, number, len(people.key), acts=any(stop.act for stop in shadow.stops))
            for number, shadow in enumerate(world.shadows)
        ],
        outlook=world.outlook,
        agenda=Agenda(),
        log=Log(),
        knowledge=Knowledge(*told_before(world, wiring)),
        phones=Phones(world.seed, people.key, people.player, people.muted, scenario.parameters, span),
        groups=wiring.groups,
        uppers=wiring.uppers,
        outlets=outlets_of(world, wiring),
        strolls=dict(world.strolls),
        end_s=scenario.duration_s,
        on_look=look,
        on_found=found,
        on_posted=plan_forwards,
        game_on=games_at(scenario, np.zeros(1)).item(),
        group_of=wiring.group_of,
        links=wiring.links,
        screeners=wiring.screeners(),
        broadcast=_broadcast(world, wiring),
        patrol=patrol,
        duties=duties(people, scenario, world.seed),
    )


def _patrol(world: World, wiring: Wiring) -> Patrol | None:
    """Give the patrol team and the rounds of those on duty; None where there is none."""
    scenario, people, seed = world.scenario, world.people, world.seed
    if not scenario.structure.parts.patrol:
        return None
    duty = on_duty(people, scenario, seed, wiring.patrol)
    return Patrol(wiring.patrol, patrols(people, world.network, scenario, seed, duty))


def _watchful(world: World, patrol: Patrol) -> People:
    """Let those on duty notice more, wherever they go in the street."""
    eyes = world.people.eyes.copy()
    eyes[list(patrol.strolls)] *= world.scenario.parameters["patrol_notice_factor"]
    return replace(world.people, eyes=eyes)


def _broadcast(world: World, wiring: Wiring) -> Broadcast | None:
    """Give those whom a broadcast can reach: who is enrolled, and who shares it; None where there is none."""
    scenario, people = world.scenario, world.people
    if not scenario.structure.parts.broadcast:
        return None
    sharers, until = wiring.stewards if scenario.structure.parts.shared else [], scenario.duration_s + _REACH_S
    members = np.array(sorted({*np.flatnonzero(people.enrolled).tolist(), *sharers}), np.int64)
    return Broadcast(world.seed, people.key, members, np.array(sharers, np.int64), scenario.parameters, until)


def _setting(stage: Stage, wiring: Wiring) -> str:
    """Write down who is there, which channels there are and who has a role; give the id of the record of the evening."""
    games = {"games": [game.name for game in stage.scenario.games]}
    evening = stage.log.add("evening", "organiser", 0.0, ("fact:games",), games)
    causes = ("fact:residents", "draw:household-type:everybody:0", "draw:household-size:everybody:0")
    stage.log.add("residents", "organiser", 0.0, causes, LazyData(lambda: _residents(stage)))
    in_shops = _tell_shopkeepers(stage)
    _tell_officials(stage)
    joined: tuple[str, ...] = ("fact:structure", "draw:member:everybody:0")
    if stage.scenario.structure.covered_streets_share < 1.0:
        joined += ("draw:covered-street:everybody:0",)
    channels = [*stage.groups, *stage.uppers, *(channel for channel in stage.outlets if channel.kind == "page")]
    for channel in channels:
        muted = channel.members[stage.people.muted[channel.members]] if channel.is_group else channel.members[:0]
        structure = stage.scenario.outlet if channel.kind == "page" else stage.scenario.structure.parts.residents
        data = {"structure": structure, "kind": channel.kind, "members": channel.members, "muted": muted}
        stage.log.add("channel", channel.key, 0.0, in_shops if channel.kind == "shops" else joined, data)
    if stage.broadcast is not None:
        _tell_enrolled(stage, stage.broadcast)
    if stage.patrol is not None:
        _tell_roster(stage, stage.patrol)
    for role, holders in wiring.holders.items():
        if holders:
            rising = sorted(holders)
            data = {"members": [person for person, _ in rising], "groups": [group.key for _, group in rising]}
            stage.log.add("role", role, 0.0, (*joined, "draw:role:everybody:0"), data)
    return evening


def _tell_shopkeepers(stage: Stage) -> tuple[str, ...]:
    """Write down who is present at which shop, if there are shopkeepers; give what follows for their group."""
    people, street_map = stage.people, stage.network.map
    keepers = np.flatnonzero(people.shop >= 0)
    if not len(keepers):
        return ()
    xy = base_xy(people, street_map, keepers)
    data = {
        "who": [stage.name(person) for person in keepers.tolist()],
        "sees": (people.home[keepers] >= 0).astype(np.int64),
        "until_s": stage.scenario.structure.shopkeepers_until_s,
        "x_m": xy[:, 0],
        "y_m": xy[:, 1],
    }
    causes = ("fact:structure/shopkeepers_until", "draw:shop-staffed:everybody:0")
    return (stage.log.add("shopkeepers", "organiser", 0.0, causes, data),)


def _tell_officials(stage: Stage) -> None:
    """Write down which officials there are, and whether they are on duty."""
    officials = officials_of(stage.scenario)
    if officials:
        data = {
            "who": [official.key for official in officials],
            "role": [official.role for official in officials],
            "duty": list(stage.duties.values()),
        }
        causes = ("fact:structure", f"draw:{ON_DUTY}:everybody:0", f"draw:{REPLACED}:everybody:0")
        stage.duty_record = stage.log.add("officials", "organiser", 0.0, causes, data)


def _tell_roster(stage: Stage, patrol: Patrol) -> None:
    """Write down who is in the patrol team, and who of them goes round when."""
    strolls = patrol.strolls.values()
    data = {
        "members": patrol.members,
        "on_duty": list(patrol.strolls),
        "from_s": [stroll.begin for stroll in strolls],
        "until_s": [stroll.until for stroll in strolls],
        "by_bike": [int(stroll.riding) for stroll in strolls],
    }
    draws = (f"draw:patrol-{purpose}:everybody:0" for purpose in ("team", "duty", "start", "bike"))
    patrol.roster = stage.log.add("roster", "patrol-team", 0.0, ("fact:structure", *draws), data)


def _tell_enrolled(stage: Stage, broadcast: Broadcast) -> None:
    """Write down that there is a broadcast, and how it reaches whom."""
    channel, parts = broadcast.channel, stage.scenario.structure.parts
    data = {"structure": parts.broadcast, "kind": channel.kind, "members": channel.members, "muted": channel.members[:0]}
    enrolled = ("fact:structure", "draw:enrolled:everybody:0", *(["draw:member:everybody:0"] if parts.shared else []))
    record = stage.log.add("channel", channel.key, 0.0, enrolled, data)
    ways = {"members": channel.members, "ways": [WAYS[way] for way in broadcast.ways.tolist()]}
    stage.log.add("enrolment", channel.key, 0.0, (record, "draw:broadcast-way:everybody:0"), ways)


def _plan_nightfall(stage: Stage) -> None:
    """Enter in the agenda that the sun sets and that it is dark; what was over before play began is not told."""
    scenario = stage.scenario
    light = daylight(scenario.date, scenario.start_s, scenario.duration_s, stage.network.map.middle())
    sunset, nightfall = light.sunset(), light.nightfall()
    if 0.0 < sunset < stage.end_s:
        stage.agenda.at(sunset, _tell, stage, "sunset")
    if nightfall < stage.end_s:
        stage.agenda.at(nightfall, _tell, stage, "dark")


def _tell(stage: Stage, kind: str) -> None:
    stage.log.add(kind, "organiser", stage.now, ("fact:date", "fact:start"), {})


def _residents(stage: Stage) -> dict[str, Any]:
    people, live_here = stage.people, stage.people.resident
    homes = stage.network.map.homes.xy[people.home[live_here]]
    return {
        "who": [stage.name(person) for person in np.flatnonzero(live_here).tolist()],
        "type": [TYPES[kind] for kind in people.type[live_here].tolist()],
        "age": people.age[live_here],
        "member": people.member[live_here].astype(np.int64),
        "player": people.player[live_here].astype(np.int64),
        "party": people.party[live_here],
        "home_x_m": homes[:, 0],
        "home_y_m": homes[:, 1],
    }


def _plan_strolls(stage: Stage, evening: str) -> None:
    """Let those who walk about from the start set off."""
    for person, stroll in stage.strolls.items():
        stage.agenda.at(max(stroll.begin, 0.0), _set_off, stage, person, evening)


def _set_off(stage: Stage, person: int, evening: str) -> None:
    """Set off, unless one was called out before and is not home again; then the round does not take place."""
    stroll, name = stage.strolls.get(person), stage.name(person)
    if stroll is not None:
        outing = stage.outings[person] = Outing(stroll)
        if stroll.until < stage.end_s:
            stage.agenda.at(stroll.until, come_home, stage, person, outing)
        reason = "player" if stage.people.on_street[person] else "round"
        data, causes = walk_data(reason, stage.network, stroll), (evening, f"draw:{reason}-turn:{name}:0")
        stage.route_of[name] = stage.log.add("route", name, stage.now, causes, data)
        meet_strangers(stage, person, outing)


def _plan_looks(stage: Stage, world: World) -> None:
    """Enter the first look of each pair that comes without any news, and tell players what they know from the start."""
    table, ends = world.chances, np.array([shadow.end for shadow in world.shadows])
    for row in np.flatnonzero(world.looks < ends[table.suspect]).tolist():
        pair = stage.pair(table.observer.item(row), table.suspect.item(row))
        enter_look(stage, pair, whole_microseconds(world.looks.item(row)))
    for number, shadow in enumerate(world.shadows):
        known = np.where(stage.people.plays[:, shadow.game], -np.inf, np.inf)
        told = tuple(element for element in stage.scenario.players.know if element in shadow.description)
        if told:
            stage.prospects[number].describe(known)
        find_odd(stage, number)
        describe(stage, number, told, known, "fact:players/know")


def _plan_chatter(stage: Stage) -> None:
    """Enter what members say in their groups about other things."""
    per_hour = stage.parameters[f"chatter_{stage.scenario.structure.topics}_per_hour"]
    for group in stage.groups:
        members = stage.own_members(group)
        times = chatter_times(stage.stream("chatter"), stage.people.key[members], per_hour, stage.end_s)
        for member, nth, time in zip(*(column.tolist() for column in times), strict=True):
            stage.agenda.at(time, chat, stage, group, members.item(member), nth)

"""The patrol team (buurtpreventieteam) at work: rounds, calls, and the register that its coordinator keeps against doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.elementary import whole_microseconds
from simulation.people.routes import walk_data
from simulation.saar.notes import Entry, Outing
from simulation.saar.notice import new_ways
from simulation.saar.respond import come_home
from simulation.saar.strangers import meet_strangers

if TYPE_CHECKING:
    from simulation.channels.messages import Spot
    from simulation.saar.notes import Patrol, Sighting
    from simulation.saar.stage import Stage

_WHO = "coordinator"


def plan_rounds(stage: Stage, patrol: Patrol) -> None:
    """Let those on duty set out on their rounds."""
    for person, stroll in patrol.strolls.items():
        stage.agenda.at(max(stroll.begin, 0.0), _set_off, stage, patrol, person)


def _set_off(stage: Stage, patrol: Patrol, person: int) -> None:
    """Set off, unless one was called out before and is not home again; then one's round does not take place."""
    if person in stage.outings:
        return
    stroll, name = patrol.strolls[person], stage.name(person)
    outing = stage.outings[person] = Outing(stroll, by_bike=stroll.riding)
    if stroll.until < stage.end_s:
        stage.agenda.at(stroll.until, come_home, stage, person, outing)
    causes = (patrol.roster, f"draw:patrol-turn:{name}:0")
    stage.route_of[name] = stage.log.add("route", name, stage.now, causes, walk_data("patrol", stage.network, stroll))
    new_ways(stage, person, stroll)
    meet_strangers(stage, person, outing)


def is_on_round(stage: Stage, person: int) -> bool:
    """Tell whether somebody is on duty for the patrol team now, and in the street."""
    stroll = stage.patrol.strolls.get(person) if stage.patrol is not None else None
    return stroll is not None and stroll.begin <= stage.now < stroll.until and stage.outside(person)


def reported_without_call(stage: Stage, patrol: Patrol, sighting: Sighting, place: Spot) -> bool:
    """Report what a member on his round need not call about: the coordinator writes it down. Tell whether that was so.

    What is merely odd can wait until the round is over. What a colleague has called about stands in the register: the same
    suspect, at about the same place and time; then one more call would be a double.

    Parameters
    ----------
    stage, patrol
        The evening, and the team.
    sighting
        What he saw.
    place
        Where, as he tells it.
    """
    if sighting.odd:
        told = whole_microseconds(stage.now + stage.parameters["patrol_register_s"])
        stage.agenda.at(told, _keep, stage, patrol, sighting, place)
        return True
    within_s, within_m = (stage.parameters[f"skip_within_{unit}"] for unit in ("s", "m"))
    for entry in reversed(patrol.register):
        near = entry.place.metres_to(sighting.place) < within_m and abs(entry.seen_s - sighting.time) < within_s
        if near and entry.suspect == sighting.suspect:
            _enter(stage, sighting, place, ("known", entry.record))
            return True
    return False


def tell_coordinator(stage: Stage, patrol: Patrol, sighting: Sighting, place: Spot, called: str) -> None:
    """Let the coordinator write down a call that a member made; `called` is its last record, or nothing if nobody answered."""
    told = whole_microseconds(stage.now + stage.parameters["patrol_register_s"])
    outcome = ("called", called) if called else ("unanswered", stage.log.latest("abandoned", stage.name(sighting.person)))
    stage.agenda.at(told, _register, stage, patrol, sighting, place, outcome)


def _register(stage: Stage, patrol: Patrol, sighting: Sighting, place: Spot, outcome: tuple[str, str]) -> None:
    record = _enter(stage, sighting, place, outcome)
    if outcome[0] == "called":
        patrol.register.append(Entry(record, sighting.suspect, place, sighting.time))


def _keep(stage: Stage, patrol: Patrol, sighting: Sighting, place: Spot) -> None:
    """Write down what can wait, and pass it on when the round is over."""
    entry = _enter(stage, sighting, place, ("later", sighting.cause("report")))
    over = max(patrol.strolls[sighting.person].until, stage.now)
    if over < stage.end_s:
        stage.agenda.at(over, _hand_over, stage, patrol, entry)


def _enter(stage: Stage, sighting: Sighting, place: Spot, outcome: tuple[str, str]) -> str:
    """Write a report of a member down; `outcome` is what became of it, and its cause. Give the id of the record."""
    what, cause = outcome
    data = {
        "member": stage.name(sighting.person),
        "sighting": sighting.record,
        "place": place.as_data(),
        "seen_s": sighting.time,
        "outcome": what,
        "same_as": cause if what == "known" else None,
    }
    return stage.log.add("register", _WHO, stage.now, (sighting.record, cause), data)


def _hand_over(stage: Stage, patrol: Patrol, entry: str) -> None:
    """Pass on to the municipality, now that the round is over, what could wait."""
    stage.log.add("handover", _WHO, stage.now, (entry, patrol.roster), {"entry": entry})

"""Noticing: planning when observers will look at suspects, and planning anew when what they know, do or see changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.elementary import whole_microseconds
from simulation.people.players import games_at
from simulation.saar.attention import next_look
from simulation.saar.spot import Part, chances, first_looks
from simulation.saar.views import street_views

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from simulation.people.rounds import Stroll
    from simulation.people.walks import Walks
    from simulation.saar.notes import Pair, Posted
    from simulation.saar.spot import Chance
    from simulation.saar.stage import Stage

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

_ROUNDING_S = 1e-6
"""Looks are rounded to microseconds, so one may come just after its stretch."""
_SUM_ERROR = 1e-9
"""Hazards summed in another order differ by less than this."""


def plan_look(stage: Stage, pair: Pair) -> None:
    """Put the next look of a pair in the agenda, in place of any that was planned."""
    moment = float("inf")
    if pair.since < stage.end_s and _most(stage, pair) > pair.threshold:
        moment = next_look(_stretches(pair, pair.since), stage.attention(pair), pair.since, pair.threshold)
    enter_look(stage, pair, whole_microseconds(moment))


def _go_on_from_now(stage: Stage, pair: Pair) -> None:
    """Plan the next look of a pair that would have looked before now, had the present game been on then.

    While no game of his was on, an alerted observer looked out less. That he did not look is all that is known of the
    threshold, so what is left of it is exponential again.
    """
    pair.looks += 1
    pair.threshold = stage.threshold(pair.key, pair.looks)
    pair.since = stage.now
    stage.prospects[pair.whom].stale(pair.observer)
    plan_look(stage, pair)


def _most(stage: Stage, pair: Pair) -> float:
    """Give what the hazard of a pair can still add up to at most, so that most looks that never come cost little."""
    since = max(pair.since, stage.prospects[pair.whom].noticeable_from(pair.observer))
    alerted = stage.alarms.end.item(pair.observer) > since
    parts = [(part, (max(part.begin, since), part.end)) for part in pair.parts if part.end > since]
    return sum(part.table.most(part.row, span, alerted=alerted) for part, span in parts) + _SUM_ERROR


def enter_look(stage: Stage, pair: Pair, moment: float) -> None:
    """Enter a look in the agenda, if it comes before the end."""
    if moment < stage.now - _ROUNDING_S:
        _go_on_from_now(stage, pair)
        return
    prospect = stage.prospects[pair.whom]
    if moment == prospect.next_look(pair.observer):
        return
    prospect.plan(pair.observer, moment)
    pair.version += 1
    if moment < min(stage.end_s, stage.shadows[pair.whom].end):
        stage.agenda.at(moment, stage.on_look, stage, pair, pair.version)


def alarm(stage: Stage, posted: Posted) -> None:
    """Let readers look out more for a while, from the moment they read that a suspect was seen."""
    news, changed = stage.alarms.add(posted.read_at)
    replan(stage, [(whom, news, changed) for whom in stage.watched()])


def replan(stage: Stage, changes: Iterable[tuple[int, Indices, Floats]]) -> None:
    """Plan looks anew, where what changes can make a difference.

    Parameters
    ----------
    stage
        The evening.
    changes
        Numbers of shadows, each with the people concerned, and the moment of each of these, seconds.
    """
    batches: dict[int, list[tuple[int, Indices, Indices]]] = {}
    others: list[Pair] = []
    for whom, somebody, changed in changes:
        prospect = stage.prospects[whom]
        places = prospect.places(somebody)
        if not prospect.concerns(places):
            continue
        some = prospect.open_to(somebody, places, changed)
        people, places = somebody[some], places[some]
        simple = prospect.fresh[places] & (stage.alarms.before[people] <= prospect.first_view[places])
        batches.setdefault(id(prospect.table), []).append((whom, people[simple], places[simple]))
        others += [stage.pair(person, whom) for person in people[~simple].tolist()]
    for batch in batches.values():
        _first_looks(stage, batch)
    for pair in others:
        plan_look(stage, pair)


def _first_looks(stage: Stage, batch: list[tuple[int, Indices, Indices]]) -> None:
    """Plan the first looks of people, with their places in the columns, at shadows of one table, all at once."""
    prospects = [stage.prospects[whom] for whom, _, _ in batch]
    people = np.concatenate([who for _, who, _ in batch])
    rows = np.concatenate([prospect.rows[places] for prospect, (_, _, places) in zip(prospects, batch, strict=True)])
    described = np.concatenate([prospect.described_from[who] for prospect, (_, who, _) in zip(prospects, batch, strict=True)])
    shares = np.concatenate([stage.share_when_alerted[who, stage.game_of(whom)] for whom, who, _ in batch])
    alerted = (stage.alarms.begin[people], stage.alarms.end[people], shares)
    table, thresholds = prospects[0].table, prospects[0].thresholds[rows]
    looks = whole_microseconds(first_looks(table, rows, thresholds, described, alerted))
    done = 0
    for prospect, (whom, who, places) in zip(prospects, batch, strict=True):
        moments = looks[done : done + len(who)]
        done += len(who)
        for row in np.flatnonzero(moments != prospect.look_at[places]).tolist():
            enter_look(stage, stage.pair(who.item(row), whom), moments.item(row))


def stretch_at(pair: Pair, moment: float) -> Chance:
    """Give the stretch of hazard in which a look falls."""
    since, until = moment - _ROUNDING_S, moment + _ROUNDING_S
    known = _overlapping(pair, since, until) if pair.stretches is None else pair.stretches
    return next(chance for chance in known if chance.stop > since)


def _stretches(pair: Pair, since: float) -> list[Chance]:
    """Give the stretches of hazard of a pair; those that were over by some moment may have been left out before."""
    if pair.stretches is None:
        pair.stretches = _overlapping(pair, since, np.inf)
    return pair.stretches


def _overlapping(pair: Pair, since: float, until: float) -> list[Chance]:
    return [chance for part in pair.parts if part.end > since for chance in part.stretches(since, until)]


def new_ways(stage: Stage, person: int, stroll: Stroll, among: Iterable[int] | None = None) -> None:
    """Let somebody walk another way: what he would have seen is replaced by what he sees on that way, and then from home.

    Who still has a round before him when he is home again takes it, and sees from it what the world says. Whom he could not
    notice anyway is left out until he is told of him, when he may be on that way already: then only the rest of it counts.

    Parameters
    ----------
    stage
        The evening.
    person
        Who walks.
    stroll
        His way, and when he leaves where he was, and is home.
    among
        Numbers of the shadows whom he may see; by default all.
    """
    now, watched = stage.now, stage.watched() if among is None else among
    awaited = [number for number in watched if _may_look(stage, person, number)]
    fresh = _seen_on(stage, person, stroll.way, awaited) if awaited else {}
    for number in awaited:
        prospect = stage.prospects[number]
        if number not in fresh and prospect.in_view_until(person) <= now:
            continue
        pair = stage.pair(person, number)
        row, walks_on = prospect.row(person), person in stage.strolls
        prospect.go_elsewhere(person)
        pair.parts = [
            *(part._replace(end=min(part.end, now)) for part in pair.parts if part.begin < now and part.end > pair.since),
            *prospect.parts(row, now, stroll.begin, indoors=True),
            *fresh.get(number, []),
            *prospect.parts(row, max(stroll.until, now), indoors=not walks_on),
        ]
        pair.stretches = None
        plan_look(stage, pair)


def _may_look(stage: Stage, person: int, whom: int) -> bool:
    """Tell whether somebody may look at somebody before the end: not who knows nothing of him, or has only just seen him."""
    pair = stage.pairs.get((person, whom))
    return stage.prospects[whom].noticeable_from(person) < np.inf and (pair is None or pair.since < stage.end_s)


def _seen_on(stage: Stage, person: int, walks: Walks, among: list[int]) -> dict[int, list[Part]]:
    """Give the hazard on somebody's way from now on, for each of some shadows whom he passes."""
    nobody = np.zeros(1, np.int64)
    views = street_views(stage.quarry, walks, (nobody, nobody), stage.parameters["d_max_m"], np.array(among))
    if not len(views.leg):
        return {}
    suspect = stage.quarry.legs.owner[views.leg]
    eyes = stage.people.eyes[person, games_at(stage.scenario, views.start)]
    seen = (stage.quarry.act_factor[views.leg], stage.quarry.light[views.leg] * eyes)
    table = chances(views, np.ones(len(suspect), bool), suspect, seen, stage.parameters)
    return {number: [Part(table, row, stage.now)] for row, number in enumerate(table.suspect.tolist())}

"""Noticing: planning when observers will look at suspects, and planning anew when what they know, do or see changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.elementary import whole_microseconds
from simulation.saar.attention import next_look
from simulation.saar.spot import chances, first_looks
from simulation.saar.views import street_views

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.walks import Walks
    from simulation.saar.spot import Chance
    from simulation.saar.stage import Pair, Posted, Stage

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

_ROUNDING_S = 1e-6
"""Looks are rounded to microseconds, so one may come just after its stretch."""


def plan_look(stage: Stage, pair: Pair) -> None:
    """Put the next look of a pair in the agenda, in place of any that was planned."""
    moment = float("inf")
    if pair.since < stage.end_s:
        moment = next_look(_stretches(stage, pair), stage.attention(pair), pair.since, pair.threshold)
    enter_look(stage, pair, whole_microseconds(moment))


def enter_look(stage: Stage, pair: Pair, moment: float) -> None:
    """Enter a look in the agenda, if it comes before the end."""
    planned = stage.look_at[pair.suspect]
    if moment == planned.item(pair.observer):
        return
    planned[pair.observer] = moment
    pair.version += 1
    if moment < min(stage.end_s, stage.shadows[pair.suspect].end):
        stage.agenda.at(moment, stage.on_look, stage, pair, pair.version)


def learn(stage: Stage, posted: Posted) -> None:
    """Let readers know the elements that a message tells, from the moment they read it."""
    suspect, read_at = posted.message.suspect, posted.read_at
    sooner = np.flatnonzero(read_at < stage.knowledge.described_from(suspect))
    stage.knowledge.describe(suspect, posted.message.elements, read_at, posted.record)
    _replan(stage, suspect, sooner, read_at[sooner])


def alarm(stage: Stage, posted: Posted) -> None:
    """Let readers look out more for a while, from the moment they read that a suspect was seen."""
    news, changed = stage.alarms.add(posted.read_at)
    for suspect in range(len(stage.shadows)):
        _replan(stage, suspect, news, changed)


def _replan(stage: Stage, suspect: int, people: Indices, changed: Floats) -> None:
    """Plan the looks of people at a suspect anew, where what changes at a moment of each can make a difference.

    It cannot for who has no view after it, nor for who looks before it: after that look all is planned anew anyway.
    """
    open_to = (changed < stage.last_view[suspect, people]) & (changed < stage.look_at[suspect, people])
    if not open_to.any():
        return
    people = people[open_to]
    rows = stage.table.rows(people, suspect)
    simple = (rows >= 0) & stage.fresh[rows] & (stage.alarms.spans[people] <= 1)
    who, which = people[simple], rows[simple]
    alerted = (stage.alarms.begin[who], stage.alarms.end[who], stage.share_when_alerted[who])
    described = stage.knowledge.described_from(suspect)[who]
    looks = whole_microseconds(first_looks(stage.table, which, stage.thresholds[which], described, alerted))
    for row in np.flatnonzero(looks != stage.look_at[suspect, who]).tolist():
        enter_look(stage, stage.pair(who.item(row), suspect), looks.item(row))
    for person in people[~simple].tolist():
        plan_look(stage, stage.pair(person, suspect))


def stretch_at(stage: Stage, pair: Pair, moment: float) -> Chance:
    """Give the stretch of hazard in which a look falls."""
    since = moment - _ROUNDING_S
    if pair.stretches is None:
        return stage.table.next(pair.table_row, since)
    return next(chance for chance in pair.stretches if chance.stop > since)


def _stretches(stage: Stage, pair: Pair) -> list[Chance]:
    """Give the stretches of hazard that count for the next look of a pair, and later ones."""
    if pair.stretches is None:
        pair.stretches = _table(stage, pair, pair.since)
    return pair.stretches


def _table(stage: Stage, pair: Pair, since: float = -np.inf) -> list[Chance]:
    """Give the stretches after a moment that follow from the world alone, before anybody is called out."""
    return stage.table.of(pair.table_row, since) if pair.table_row >= 0 else []


def new_ways(stage: Stage, person: int, walks: Walks, span: tuple[float, float]) -> None:
    """Let somebody walk another way: what he would have seen is replaced by what he sees on that way, and then from home.

    Who still has a round before him when he is home again takes it, and sees from it what the world says.

    Parameters
    ----------
    stage
        The evening.
    person
        Who walks.
    walks
        His way.
    span
        Seconds at which he leaves where he was, and at which he is home; infinite for never.
    """
    since, until = span
    fresh = _seen_on(stage, walks)
    for number in range(len(stage.shadows)):
        if number not in fresh and stage.last_view[number, person] <= stage.now:
            continue
        pair = stage.pair(person, number)
        stage.last_view[number, person] = np.inf
        stage.fresh[pair.table_row] = False
        planned = _table(stage, pair)
        home = [chance for chance in planned if chance.indoors]
        later = planned if person in stage.strolls else home
        until_now = _within(_stretches(stage, pair), -np.inf, stage.now)
        pair.stretches = until_now + _within(home, stage.now, since) + fresh.get(number, []) + _within(later, until, np.inf)
        plan_look(stage, pair)


def _within(stretches: list[Chance], begin: float, end: float) -> list[Chance]:
    """Cut stretches to what lies between two moments, seconds."""
    some = [chance for chance in stretches if chance.start < end and chance.stop > begin]
    return [chance.part(max(chance.start, begin), min(chance.stop, end)) for chance in some]


def _seen_on(stage: Stage, walks: Walks) -> dict[int, list[Chance]]:
    """Give the stretches of hazard on somebody's way, for each suspect whom he passes."""
    nobody = np.zeros(1, np.int64)
    views = street_views(stage.quarry, walks, nobody, nobody, stage.parameters["d_max_m"])
    if not len(views.leg):
        return {}
    suspect = stage.quarry.legs.owner[views.leg]
    seen = (stage.quarry.act_factor[views.leg], stage.quarry.light[views.leg])
    table = chances(views, np.ones(len(suspect), bool), suspect, seen, stage.parameters)
    return {number: table.of(row) for row, number in enumerate(table.suspect.tolist())}

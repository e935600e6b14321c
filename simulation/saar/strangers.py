"""Asking strangers: who plays, and was told no description, asks some of those whom he passes in the street.

He asks nobody whom he knows when he sees him, nor who said before that he is not the suspect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, uniforms
from simulation.elementary import whole_microseconds
from simulation.people.tracks import passings, tracks_of_walks
from simulation.saar.lookalikes import acquainted
from simulation.saar.question import ask_innocent, put_question

if TYPE_CHECKING:
    from simulation.saar.notes import Outing
    from simulation.saar.stage import Stage


def meet_strangers(stage: Stage, person: int, outing: Outing) -> None:
    """Enter in the agenda whom a player asks on his way, unless he knows a description in the game that is on by then.

    Whom he would ask is a keyed trait of the two, so that who passes twice is not asked with twice the chance.
    """
    chance = stage.parameters["p_ask_stranger"]
    if not (chance and stage.people.player[person]):
        return
    games = [game for game in range(len(stage.scenario.games)) if stage.people.plays[person, game] and not stage.is_over(game)]
    if all(_knows_any(stage, person, game) for game in games):
        return
    keys, tracks = stage.passable
    asks = uniforms(stage.stream("ask-stranger"), combine(stage.people.key[person], keys)) < chance
    _, whom, moments = passings(tracks_of_walks(stage.network, outing.stroll.way), tracks.take(asks[tracks.owner]))
    order = np.argsort(moments, kind="stable")
    somebody, first = np.unique(whom[order], return_index=True)
    asked = whole_microseconds(moments[order[first]] + stage.parameters["question_s"])
    for one, moment in zip(somebody.tolist(), asked.tolist(), strict=True):
        if stage.now < moment < stage.end_s:
            stage.agenda.at(moment, _ask, stage, person, (outing, one))


def _ask(stage: Stage, person: int, passing: tuple[Outing, int]) -> None:
    outing, whom = passing
    if stage.outings.get(person) is not outing or _knows_any(stage, person, stage.game_on):
        return
    if not (stage.knowledge.aware(person, stage.now) and stage.plays_now(person)):
        return
    name, suspect = stage.name(person), whom - len(stage.crowd.names)
    key = stage.crowd.names[whom] if suspect < 0 else stage.shadows[suspect].key
    causes = (stage.route_of[name], f"draw:ask-stranger:{name}/{key}:0")
    if suspect < 0 and stage.in_street(whom) and not _knows_innocent(stage, person, whom):
        ask_innocent(stage, person, whom, causes)
    elif suspect >= 0 and stage.present(suspect):
        put_question(stage, person, suspect, (*causes, stage.route_of[key]))


def _knows_innocent(stage: Stage, person: int, one: int) -> bool:
    """Tell whether somebody knows that one of the crowd is no suspect: he is no stranger to him, or was asked before."""
    number = stage.number_in_crowd.get(one)
    if number is not None:
        return stage.prospects[number].known.item(person)
    return (person, one) in stage.asked or acquainted(stage, stage.crowd.person.item(one)).item(person)


def _knows_any(stage: Stage, person: int, game: int) -> bool:
    """Tell whether somebody knows any element of the description of a suspect of a game."""
    suspects = [number for number in range(stage.suspects) if stage.shadows[number].game == game]
    return stage.knowledge.any_element(person, suspects, stage.now)

"""The question (bent u de boef in de wijk?): a suspect confesses and is found; anybody else is no longer taken for one.

Who knows of no exercise cannot ask it: he speaks to whom he finds suspicious, and a suspect then tells him what is going on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.saar.notice import plan_look

if TYPE_CHECKING:
    from simulation.saar.notes import Sighting
    from simulation.saar.stage import Stage


def put_question(stage: Stage, person: int, whom: int, causes: tuple[str, ...]) -> None:
    """Ask somebody, given by the number of his shadow."""
    confesses = whom < stage.suspects
    question = _record(stage, person, stage.shadows[whom].key, causes, confesses=confesses)
    if confesses:
        stage.on_found(stage, whom, person, question)
    else:
        stage.prospects[whom].clear(person)
        plan_look(stage, stage.pair(person, whom))


def ask_innocent(stage: Stage, person: int, one: int, causes: tuple[str, ...]) -> None:
    """Ask one of the crowd, given by his number there, whether anybody takes him for a suspect or not."""
    if one in stage.number_in_crowd:
        put_question(stage, person, stage.number_in_crowd[one], causes)
    else:
        _record(stage, person, stage.crowd.names[one], causes, confesses=False)
        stage.asked.add((person, one))


def address(stage: Stage, sighting: Sighting, causes: tuple[str, ...]) -> None:
    """Speak to somebody whom one finds suspicious, knowing of no exercise; some lay hands on him."""
    person, whom = sighting.person, sighting.whom
    unsafe = stage.decide("unsafe", sighting) < stage.parameters["p_unsafe"]
    data = {"addressed": stage.shadows[whom].key, "unsafe": unsafe}
    stage.log.add("address", stage.name(person), stage.now, (*causes, sighting.cause("unsafe")), data)
    if whom < stage.suspects:
        stage.knowledge.explain(person, stage.now)
    else:
        stage.prospects[whom].clear(person)
        plan_look(stage, stage.pair(person, whom))


def _record(stage: Stage, person: int, asked: str, causes: tuple[str, ...], *, confesses: bool) -> str:
    data = {"asked": asked, "answer": "yes" if confesses else "no"}
    return stage.log.add("question", stage.name(person), stage.now, causes, data)

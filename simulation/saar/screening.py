"""Screening: who has a role in a group reads its messages, and corrects a sender who does not say that somebody called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.channels.messages import Message
from simulation.draws import combine_one, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.saar.app import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.channels.groups import Channel
    from simulation.saar.notes import Posted, Sighting
    from simulation.saar.stage import Stage

    Asked = tuple[Sighting, Callable[[Stage, Sighting, Posted], None]]


def plan_screening(stage: Stage, group: Channel, posted: Posted, asked: Asked) -> None:
    """Enter in the agenda who will correct the sender of a message, where it does not say that somebody called.

    Parameters
    ----------
    stage
        The evening.
    group
        Where it was posted.
    posted
        The message.
    asked
        The sighting that its sender tells of, and what he does when he reads a correction.
    """
    for steward in () if posted.message.called else stage.screeners.get(group.key, ()):
        read = posted.read_at.item(steward)
        own = stage.name(steward) == posted.author
        if not own and read < stage.end_s and _would_correct(stage, steward, posted):
            ready = whole_microseconds(read + stage.parameters["post_typing_s"])
            stage.agenda.at(ready, _correct, stage, steward, group, posted, asked)


def _would_correct(stage: Stage, steward: int, posted: Posted) -> bool:
    if stage.draw("steward", steward) >= stage.parameters["p_steward_available"]:
        return False
    key = combine_one(stage.people.key.item(steward), text_key(posted.matter))
    return bool(uniform(stage.stream("correct"), key) < stage.parameters["p_correct"])


def _correct(stage: Stage, steward: int, group: Channel, posted: Posted, asked: Asked) -> None:
    """Ask the sender to call and to say so, unless one has read by now that he did or that another asked."""
    name = stage.name(steward)
    for other in stage.told.get((group.key, posted.matter), ()):
        settled = other.message.called or other.message.content == "correction"
        if settled and other.read_at[steward] <= stage.now:
            return
    read, draws = f"{posted.record}@{name}", (f"draw:steward:{name}:0", f"draw:correct:{name}/{posted.matter}:0")
    record = stage.log.add("correction", name, stage.now, (read, *draws), {"post": posted.record})
    sent = post(stage, group, steward, Message("correction", matter=posted.matter), (record, posted.record))
    sighting, answer = asked
    if sent.read_at[sighting.person] < stage.end_s:
        stage.agenda.at(sent.read_at.item(sighting.person), answer, stage, sighting, sent)

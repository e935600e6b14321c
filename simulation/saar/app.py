"""Apping: sending a message, and all that follows at once from when its readers will read it.

Chatter about other things is sent here too. It tells nothing; but like every message in a group it is load, and members for
whom a group gets too busy mute it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.messages import Message
from simulation.channels.overload import Sent
from simulation.saar.lookalikes import learn
from simulation.saar.notes import Posted
from simulation.saar.notice import alarm
from simulation.saar.respond import CALLS_OUT, call_out
from simulation.scenario.structures import BROADCAST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.channels.groups import Channel
    from simulation.saar.stage import Stage

ORGANISER, DESK = -1, -2
_OFFICES = {ORGANISER: "organiser", DESK: "desk"}


def post(stage: Stage, channel: Channel, author: int, message: Message, causes: tuple[str, ...]) -> Posted:
    """Send a message in a channel.

    Parameters
    ----------
    stage
        The evening.
    channel
        Where.
    author
        Number of the person, or `ORGANISER`.
    message
        What.
    causes
        Causes of the record.
    """
    read_at = stage.phones.read_times(channel, stage.now)
    read_at[stage.absent] = np.inf
    if author >= 0:
        read_at[author] = np.inf
    return deliver(stage, channel, author, message, (causes, read_at))


def deliver(
    stage: Stage, channel: Channel, author: int, message: Message, how: tuple[tuple[str, ...], NDArray[np.float64]]
) -> Posted:
    """Send a message in a channel, when it is known who reads it when.

    Parameters
    ----------
    stage
        The evening.
    channel
        Where.
    author
        Number of the person, `ORGANISER` or `DESK`.
    message
        What.
    how
        Causes of the record; and (N,) seconds at which each person reads it, infinite for never.
    """
    causes, read_at = how
    now, name = stage.now, _OFFICES.get(author) or stage.name(author)
    readers = np.flatnonzero(np.isfinite(read_at))
    shadow = stage.shadows[message.suspect] if message.suspect >= 0 else None
    record = stage.log.add(
        "post",
        name,
        now,
        causes,
        {
            "channel": channel.key,
            "content": message.content,
            "place": message.place.as_data() if message.place else None,
            "direction_rad": message.direction,
            "elements": {element: shadow.description[element] for element in message.elements} if shadow else {},
            "called": message.called,
            "seen_s": message.seen_s,
            "true": message.true,
            "readers": readers,
            "read_s": read_at[readers],
        },
    )
    if channel.is_group:
        _weigh(stage, channel, Sent(now, author, record), read_at)
    posted = Posted(record, channel.key, name, now, message, read_at)
    if message.content != "chatter":
        stage.keep(posted)
    _take_in(stage, posted)
    if message.content in CALLS_OUT:
        call_out(stage, posted)
    stage.on_posted(stage, posted)
    return posted


def chat(stage: Stage, group: Channel, member: int, nth: int) -> None:
    """Let a member send his n-th message of chatter in his group."""
    post(stage, group, member, Message("chatter"), (f"draw:chatter:{stage.name(member)}:{nth}", "fact:structure/topics"))


def _weigh(stage: Stage, group: Channel, sent: Sent, read_at: NDArray[np.float64]) -> None:
    """Write down which members mute a group, now that one more message has come."""
    muted = stage.phones.muting.weigh(group, sent, read_at)
    if muted is not None:
        data = {"post": sent.record, "members": muted.people, "from_s": muted.from_s, "messages": muted.messages}
        stage.log.add("mute", group.key, sent.time, (*muted.records, "draw:tolerance:everybody:0"), data)


def _take_in(stage: Stage, posted: Posted) -> None:
    """Let readers know what the message tells."""
    message = posted.message
    if message.content in {"start", "hint"} and stage.announced:
        stage.knowledge.inform(posted.read_at)
    if message.content == "broadcast":
        _ask(stage, posted)
    if message.elements:
        learn(stage, posted)
    if message.place is not None:
        alarm(stage, posted)


def _ask(stage: Stage, posted: Posted) -> None:
    """Let readers of a broadcast know the number, and of the exercise where it is announced to anybody."""
    if stage.announced:
        stage.knowledge.inform(posted.read_at)
    else:
        stage.knowledge.give_number(posted.read_at)
    if posted.channel == BROADCAST:
        stage.knowledge.ask(posted.read_at)

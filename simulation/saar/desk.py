"""The desk (meldtafel) behind the temporary number: what it knows, whom it sends, and whom it calls back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.messages import NOWHERE, Message, Spot
from simulation.saar.app import post
from simulation.saar.broadcast import consider
from simulation.saar.lookalikes import describe
from simulation.saar.notes import Case, News
from simulation.saar.respond import send, whereabouts

if TYPE_CHECKING:
    from simulation.channels.groups import Channel
    from simulation.saar.notes import Posted
    from simulation.saar.stage import Stage


def hear(stage: Stage, news: News, *, known: bool) -> None:
    """Take in news with a place; think of a broadcast, and send a unit there, unless the desk knew of it already."""
    stage.desk.news.append(news)
    consider(stage, news.message.suspect)
    if not known and stage.units:
        stage.agenda.at(stage.now + stage.parameters["dispatch_s"], _dispatch, stage, news)


def _dispatch(stage: Stage, news: News) -> None:
    """Send the nearest of the units that know of nothing newer."""
    message = news.message
    place, seen = message.place or NOWHERE, message.seen_s or 0.0
    free = [unit for unit in stage.units if stage.outings.get(unit) is None or stage.outings[unit].news_s < seen]
    if not free:
        return
    unit = min(free, key=lambda one: (_metres(stage, one, place), one))
    data = {"unit": stage.name(unit), "report": news.record, "to": place.as_data()}
    record = stage.log.add("dispatch", "desk", stage.now, (news.record,), data)
    told = np.full(len(stage.people.key), np.inf)
    told[unit] = stage.now
    describe(stage, message.suspect, stage.desk.elements_of(message.suspect), told, record)
    send(stage, unit, message, record)


def _metres(stage: Stage, unit: int, place: Spot) -> float:
    """Give how far a unit is from a place as the crow flies, metres."""
    return Spot(*stage.network.position(*whereabouts(stage, unit)), "").metres_to(place)


def open_case(stage: Stage, group: Channel, person: int, record: str) -> None:
    """Make somebody the case holder of a group (casushouder), by a message that he sent there; call him back later."""
    before = stage.desk.cases.get(group.key)
    if before is not None and before.holder == person:
        stage.desk.cases[group.key] = before._replace(record=record)
        return
    stage.desk.cases[group.key] = Case(person, record, stage.now)
    stage.agenda.at(stage.now + stage.parameters["callback_s"], _call_back, stage, group, stage.now)


def _call_back(stage: Stage, group: Channel, since: float) -> None:
    """Ask a case holder what is new in his group, and tell him what is new elsewhere.

    That goes on as long as who became it at the moment `since`, seconds, is the case holder.
    """
    person, record, began = stage.desk.cases[group.key]
    if began != since or not stage.number_open():
        return
    heard, told = _new_in(stage, group, person), _new_for(stage, group, person)
    if heard or told:
        causes = [record, *([_known_by(stage, heard, person)] if heard else []), *([told.record] if told else [])]
        data = {
            "resident": stage.name(person),
            "heard": heard.record if heard else None,
            "told": told.record if told else None,
        }
        called = stage.log.add("callback", "desk", stage.now, tuple(causes), data)
        if heard:
            hear(stage, News(called, person, heard.message), known=False)
        if told:
            post(stage, group, person, told.message, (called, told.record))
    stage.agenda.at(stage.now + stage.parameters["callback_s"], _call_back, stage, group, since)


def _known_by(stage: Stage, posted: Posted, person: int) -> str:
    """Name as a cause that somebody knows what a message says: he read it, or wrote it himself."""
    name = stage.name(person)
    return posted.record if posted.author == name else f"{posted.record}@{name}"


def _new_in(stage: Stage, group: Channel, person: int) -> Posted | None:
    """Find the freshest message of his group that he has read or written and that tells more than the desk knows."""
    name = stage.name(person)
    latest = max((news.message.seen_s or 0.0 for news in stage.desk.news), default=-np.inf)
    read = [
        posted
        for posted in stage.posts
        if posted.channel == group.key
        and posted.message.content == "sighting"
        and (posted.author == name or posted.read_at[person] <= stage.now)
        and (posted.message.seen_s or 0.0) > latest
    ]
    return max(read, key=lambda posted: posted.message.seen_s or 0.0, default=None)


def _new_for(stage: Stage, group: Channel, person: int) -> News | None:
    """Find the freshest news of the desk that nobody has told his group, nor himself told the desk."""
    known = max(
        (
            posted.message.seen_s or 0.0
            for posted in stage.posts
            if posted.channel == group.key and posted.message.place is not None
        ),
        default=-np.inf,
    )
    fresh = [news for news in stage.desk.news if news.told_by != person and (news.message.seen_s or 0.0) > known]
    return max(fresh, key=lambda news: news.message.seen_s or 0.0, default=None)


def tell_outcome(stage: Stage, ended: str) -> None:
    """Let the case holders tell their groups how it ended (afloopbericht), as the desk tells them."""
    groups = {group.key: group for group in stage.groups}
    for key, case in sorted(stage.desk.cases.items()):
        post(stage, groups[key], case.holder, Message("close"), (ended, case.record))

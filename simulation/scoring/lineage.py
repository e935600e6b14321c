"""Where news comes from, walked along the causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record

NEWS = ("sighting", "hint")
"""Kinds of records in which news begins, and contents of messages that can make somebody look out or call.

A start or a close only says that there is an exercise; a broadcast counts apart.
"""

BROADCAST = ("broadcast",)
"""Contents of messages of the control room, in whatever channel."""


def content_of(facts: Facts, post: Record) -> str:
    """Say what a message rests on: `true`, `mistaken`, `official` or `nothing`.

    The walk along the causes stops at the first sightings and hints it meets: a mistaken sighting stays mistaken, even if its
    maker had read the official description before.
    """
    sources = list(_sources(facts, post))
    sightings = [record for record in sources if record.kind == "sighting"]
    if any(facts.is_true(record) for record in sightings):
        return "true"
    if sightings:
        return "mistaken"
    return "official" if sources else "nothing"


def _sources(facts: Facts, post: Record) -> Iterator[Record]:
    """Give the nearest sightings and hints among the causes of a message."""
    seen: set[str] = set()
    ahead = list(post.causes)
    while ahead:
        key = ahead.pop().partition("@")[0]
        record = facts.by_id.get(key)
        if record is None or key in seen:
            continue
        seen.add(key)
        if record.kind in NEWS:
            yield record
        else:
            ahead.extend(record.causes)


def prompted(facts: Facts, call: Record, contents: tuple[str, ...]) -> bool:
    """Say whether a call came about because the caller had read a message of one of some contents."""
    return news_behind(facts, call, contents) is not None


def news_behind(facts: Facts, deed: Record, contents: tuple[str, ...] = NEWS) -> Record | None:
    """Give the message of one of some contents that somebody had read and that made him do something; None if there is none.

    Counts only what he himself read: that a message brought somebody else into the street is that person's story.
    """
    seen: set[str] = set()
    ahead = list(deed.causes)
    while ahead:
        cause = ahead.pop()
        key, _, reader = cause.partition("@")
        record = facts.by_id.get(key)
        if record is None or cause in seen:
            continue
        seen.add(cause)
        if reader == deed.who and record.data["content"] in contents:
            return record
        if not reader and record.who == deed.who:
            ahead.extend(record.causes)
    return None


def passed_on(post: Record) -> bool:
    """Say whether a resident passed a message on: he posted because he heard of it, not because he saw it."""
    own = any(cause.startswith("sighting:") for cause in post.causes)
    heard = any("@" in cause or cause.startswith(("callback:", "judgement:")) for cause in post.causes)
    return post.who != "organiser" and not own and heard

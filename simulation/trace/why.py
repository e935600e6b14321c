"""Why something happened: the chain of triggers behind a record, back to a fact of the scenario or a draw."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulation.errors import RunError
from simulation.trace.records import MICROSECONDS, numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.trace.log import Trace
    from simulation.trace.records import Record

SETTING = ("evening", "residents", "channel", "enrolment", "role", "roster", "game")
"""Kinds that were there from the start and explain nothing by themselves."""

DECIDING = ("broadcast",)
"""Kinds that are the trigger of what names them, whatever else was heard before it was carried out."""

INTERESTING = ("found", "question", "report", "sighting")
"""Kinds to explain when nobody names a record, the best first."""

LONGEST_ID = 200
"""Letters of a record id that are looked at and shown."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain.

    Parameters
    ----------
    cause
        What the next step calls it: a record id, `id@person`, `fact:path` or `draw:...`.
    time_us
        When it happened, microseconds from the start of play; None for a fact or a draw.
    record
        The record; for a reading the message that was read; None for a fact or a draw.
    reader
        Who read the message, for a reading; otherwise empty.
    side
        The other causes of this step: needed too, but not the trigger.
    """

    cause: str
    time_us: int | None
    record: Record | None
    reader: str = ""
    side: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """The main thread that leads to a record, the earliest step first."""

    links: tuple[Link, ...]


def causal_chain(trace: Trace, record_id: str | None = None) -> Chain:
    """Follow the triggers behind a record.

    Of the causes of a record the trigger is the one that came last, because everything else was already there by then; but a
    decision is the trigger of what was decided, and the way of a suspect and the setting of the evening count as triggers only
    where there is nothing else.

    Parameters
    ----------
    trace
        The evening.
    record_id
        The record to explain, or `id@person` for a message that somebody read. Without it: how the first suspect came to be
        found; if none was, the last question, else the first report, else the first sighting, else the last record.

    Raises
    ------
    RunError
        If there is no such record.
    """
    reasons = Reasons(trace)
    cause: str | None = _wanted(trace, reasons, record_id)
    links: list[Link] = []
    while cause is not None:
        link, cause = reasons.explained(cause)
        links.append(link)
    return Chain(tuple(reversed(links)))


class Reasons:
    """What is behind everything in an evening, for who asks often.

    Parameters
    ----------
    trace
        The evening.
    """

    def __init__(self, trace: Trace) -> None:
        self.by_id = {record.id: record for record in trace.records}
        self.residents = numbers_of(trace.records)

    def explained(self, cause: str) -> tuple[Link, str | None]:
        """Give the step that a cause names, and what triggered it; None where nothing is behind it."""
        link = _link(cause, self.by_id, self.residents)
        causes = _causes(link)
        trigger = _trigger(causes, self.by_id, self.residents)
        return replace(link, side=tuple(item for item in causes if item != trigger)), trigger


def read_time_us(post: Record, reader: int) -> int | None:
    """Give when a resident read a post, microseconds from the start of play; None if he never does."""
    readers = list(post.data.get("readers", ()))
    return round(float(post.data["read_s"][readers.index(reader)]) * MICROSECONDS) if reader in readers else None


def _wanted(trace: Trace, reasons: Reasons, record_id: str | None) -> str:
    """Find what to explain: a record, or `id@person` for a reading."""
    by_id, residents = reasons.by_id, reasons.residents
    if record_id is not None:
        link = _link(record_id, by_id, residents)
        if link.record is None or (link.reader and read_time_us(link.record, residents.get(link.reader, -1)) is None):
            near = _nearest(record_id[:LONGEST_ID], by_id)
            hint = f"; did you mean {near!r}?" if near else ""
            raise RunError(f"there is no record {record_id[:LONGEST_ID]!r} in this evening{hint}")
        return record_id
    for kind in INTERESTING:
        found = [record for record in trace.records if record.kind == kind]
        if found:
            return (found[-1] if kind == "question" else found[0]).id
    if not trace.records:
        raise RunError("this evening has no records, so there is nothing to explain")
    return trace.records[-1].id


def _nearest(record_id: str, by_id: Mapping[str, Record]) -> str:
    """Give the id that is most like one: of the same kind and person if any is, else of the same kind, else of all."""
    key, _, _ = record_id.partition("@")
    kind, who = key.partition(":")[0] + ":", key.rpartition(":")[0] + ":"
    among = next(filter(None, ([known for known in by_id if known.startswith(start)] for start in (who, kind))), by_id)
    return next(iter(difflib.get_close_matches(key, among, 1, 0.0)), "")


def _link(cause: str, by_id: Mapping[str, Record], residents: Mapping[str, int]) -> Link:
    """Make the step that a cause names."""
    key, at, reader = cause.partition("@")
    record = by_id.get(key)
    if record is None:
        return Link(cause, None, None)
    if not at:
        return Link(cause, record.time_us, record)
    read_us = read_time_us(record, residents.get(reader, -1))
    return Link(cause, record.time_us if read_us is None else read_us, record, reader)


def _causes(link: Link) -> tuple[str, ...]:
    """Give the causes of a step; what made somebody read a message is the message."""
    if link.record is None:
        return ()
    return (link.record.id,) if link.reader else link.record.causes


def _trigger(causes: Sequence[str], by_id: Mapping[str, Record], residents: Mapping[str, int]) -> str | None:
    """Give the cause that came last, the first named of equals; prefer what people did over what was there."""

    def weight(cause: str) -> tuple[int, int]:
        link = _link(cause, by_id, residents)
        if link.record is None or link.time_us is None:
            return (1 if cause.startswith("fact:") else 0, 0)
        background = link.record.kind in SETTING or link.record.data.get("reason") == "suspect"
        return (2 if background else 4 if link.record.kind in DECIDING else 3, link.time_us)

    return max(causes, key=weight, default=None)

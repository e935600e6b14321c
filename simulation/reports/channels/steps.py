"""What goes through the alert structure in an evening: messages, calls and what follows from them, each from part to part."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.reports.channels.nodes import CONTROL_ROOM, DESK, ORGANISER, PATROL, homes_of
from simulation.trace.records import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.maps.streetmap import Floats
    from simulation.reports.channels.nodes import Node
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

UNCOUNTED = "chatter"
"""Content of messages that are counted and not shown."""


class Step(NamedTuple):
    """Something that goes to a part of the structure.

    Parameters
    ----------
    matter
        What it is: the content of a message, or `call`, `callback`, `considered`, `passed` or `register`.
    source
        Key of the part that it comes from; empty where it begins in the target.
    target
        Key of the part that it goes to.
    left_s
        When it sets out, seconds: somebody has read the message that he passes on, or dials, or a broadcast is decided on.
    at_s
        When it is there, or is given up, seconds.
    arrives
        Whether it gets there; a call that nobody answers does not.
    """

    matter: str
    source: str
    target: str
    left_s: float
    at_s: float
    arrives: bool = True


def steps_of(trace: Trace, nodes: Mapping[str, Node]) -> list[Step]:
    """Give all that goes through the structure, in order of arrival."""
    walk = _Steps(trace, nodes)
    steps = [step for record in trace.records for step in walk.of(record)]
    return sorted(steps, key=lambda step: step.at_s)


def chatter_s(trace: Trace) -> dict[str, Floats]:
    """Give by channel when messages about other things appear there, seconds."""
    found: dict[str, list[float]] = {}
    for record in trace.records:
        if _chats(record):
            found.setdefault(str(record.data["channel"]), []).append(record.time_s)
    return {channel: np.array(times) for channel, times in found.items()}


def _chats(record: Record) -> bool:
    return record.kind == "post" and record.data["content"] == UNCOUNTED


class _Steps:
    """Reads what goes where from the records of an evening."""

    def __init__(self, trace: Trace, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self._records = {record.id: record for record in trace.records}
        self._numbers, self._homes = numbers_of(trace.records), homes_of(trace, nodes)
        self._end_s = float(trace.header["duration_s"])
        self._ends = {record.data["call"]: record for record in trace.records if record.kind in {"answer", "abandoned"}}

    def of(self, record: Record) -> Iterator[Step]:
        """Give what a record makes go somewhere, if both ends are parts of the structure."""
        found = {"post": self._post, "call": self._call, "callback": self._callback, "report": self._report}
        others = {"broadcast": ("considered", DESK, CONTROL_ROOM), "register": ("register", self._member(record), PATROL)}
        step = None
        if record.kind in found:
            step = found[record.kind](record)
        elif record.kind in others:
            step = Step(*others[record.kind], record.time_s, record.time_s)
        if step and step.target in self._nodes:
            yield step._replace(source=step.source if step.source in self._nodes else "")

    def _home(self, key: str) -> str:
        """Give the part in which somebody speaks; empty for who is in none."""
        return self._homes.get(self._numbers.get(key, -1), "")

    def _member(self, record: Record) -> str:
        """Give where the member of the patrol team speaks whose words a record is."""
        return self._home(str(record.data.get("member", "")))

    def _call(self, call: Record) -> Step:
        """Follow a call from dialling until it is answered or given up; the real numbers answer at once."""
        home = self._home(call.who)
        if call.data["number"] == "emergency":
            return Step("call", home, CONTROL_ROOM, call.time_s, call.time_s)
        end = self._ends.get(call.id)
        until_s = end.time_s if end else max(self._end_s, call.time_s)
        return Step("call", home, DESK, call.time_s, until_s, arrives=end is not None and end.kind == "answer")

    def _report(self, report: Record) -> Step | None:
        """Follow what the control room passes on to the desk of a call to a real number; the desk's own calls are no step."""
        call = self._records.get(str(report.data["call"]))
        real = call is not None and call.kind == "call" and call.data["number"] == "emergency"
        return Step("passed", CONTROL_ROOM, DESK, report.time_s, report.time_s) if real else None

    def _callback(self, callback: Record) -> Step | None:
        """Follow what the desk hears when it calls back a case holder; what it tells him, he posts."""
        if callback.data["heard"] is None:
            return None
        return Step("callback", self._home(str(callback.data["resident"])), DESK, callback.time_s, callback.time_s)

    def _post(self, post: Record) -> Step | None:
        if _chats(post):
            return None
        source, left_s = self._origin(post)
        return Step(str(post.data["content"]), source, str(post.data["channel"]), left_s, post.time_s)

    def _origin(self, post: Record) -> tuple[str, float]:
        """Tell where a message comes from, and since when somebody has been carrying it; from nowhere where it begins."""
        for key in post.causes:
            cause = self._records.get(key)
            if cause is not None and cause.kind == "judgement":
                return self._carried(cause)
            if cause is not None and cause.kind in {"broadcast", "callback"}:
                return (CONTROL_ROOM if cause.kind == "broadcast" else DESK), cause.time_s
            if cause is not None and cause.kind == "post" and post.who == DESK and post.data["content"] == "broadcast":
                return str(cause.data["channel"]), cause.time_s
        return {ORGANISER: ORGANISER, DESK: CONTROL_ROOM}.get(post.who, ""), post.time_s

    def _carried(self, judgement: Record) -> tuple[str, float]:
        """Tell where whoever judged a message read it, and when; when he wrote it, if it is his own."""
        original = self._records[str(judgement.data["post"])]
        read_s, person = original.time_s, self._numbers.get(judgement.who)
        if person is not None and original.who != judgement.who:
            places = np.flatnonzero(np.asarray(original.data["readers"], np.int64) == person)
            read_s = float(original.data["read_s"][places[0]]) if len(places) else read_s
        return str(original.data["channel"]), read_s

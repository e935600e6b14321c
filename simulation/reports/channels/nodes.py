"""Who sits in which part of the alert structure of an evening, what each part is called, and who knows by when."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.language.catalogue import text
from simulation.language.forms import sentence
from simulation.reports.document import clean
from simulation.reports.structures.words import kind_words
from simulation.scoring.lineage import BROADCAST, NEWS
from simulation.trace.names import Names
from simulation.trace.records import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.maps.streetmap import Floats
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

ORGANISER, DESK, CONTROL_ROOM, PATROL, OTHERS = "organiser", "desk", "control-room", "patrol-team", "others"
"""Parts that are no channel: who posts hints, picks up the telephone and sends broadcasts, and two sets of residents."""

_SEATED = ("group", "shops", "upper")
"""Kinds of channels in which people sit who may pass messages on."""


class Node(NamedTuple):
    """A part of the structure.

    Parameters
    ----------
    key
        Key of the channel, or one of the constants above.
    kind
        Kind of the channel; a part that is no channel is a kind of its own.
    stem
        What those of its kind have in common: the kind, of a group above its name.
    number
        Its number among those of its kind; empty where it is the only one.
    members
        Who is in it; None where nobody is counted.
    """

    key: str
    kind: str
    stem: str
    number: str
    members: frozenset[int] | None


def node_words(language: str, node: Node, count: int = 1) -> str:
    """Name a part, or several of its kind."""
    if node.kind == "upper":
        return str(clean(sentence(kind_words(language, node.stem, count))))
    return text(language, f"channels.node.{node.kind}{'' if count == 1 else '_many'}")


def full_name(language: str, node: Node) -> str:
    """Name a part, with its number where there are more of its kind."""
    return f"{node_words(language, node)} {node.number}".rstrip()


def nodes_of(trace: Trace) -> dict[str, Node]:
    """Give the parts of the structure of an evening by their keys, in the order in which they are told."""
    kinds = _by_kind(trace)
    names = Names(trace, str(trace.header["language"]))
    channels = [
        Node(record.who, record.data["kind"], _stem(record), names.channel_number(record.who), _people(record))
        for record in kinds.get("channel", [])
    ]
    found = [Node(key, key, key, "", _members_of(key, kinds)) for key in _beside(kinds)]
    others = frozenset(range(residents_in(trace))) - _in_groups(channels)
    found += [*channels, *([Node(OTHERS, OTHERS, OTHERS, "", others)] if others else [])]
    return {node.key: node for node in found}


def _by_kind(trace: Trace) -> dict[str, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    for record in trace.records:
        kinds.setdefault(record.kind, []).append(record)
    return kinds


def _stem(channel: Record) -> str:
    """Give what the channels of a kind have in common."""
    return channel.who.rpartition("-")[0] if channel.data["kind"] == "upper" else str(channel.data["kind"])


def _people(record: Record) -> frozenset[int]:
    return frozenset(np.asarray(record.data["members"], np.int64).tolist())


def residents_in(trace: Trace) -> int:
    """Count the residents; they come first among everybody."""
    return next((len(record.data["who"]) for record in trace.records if record.kind == "residents"), 0)


def _in_groups(channels: list[Node]) -> frozenset[int]:
    """Give who is in any residents' group."""
    return frozenset().union(*(node.members or () for node in channels if node.kind in {"group", "shops"}))


def _beside(kinds: Mapping[str, list[Record]]) -> Iterator[str]:
    """Tell which parts there are that are no channel."""
    numbers = {record.data["number"] for record in kinds.get("call", [])}
    broadcasts = any(record.data["kind"] == "broadcast" for record in kinds.get("channel", []))
    if any(record.who == ORGANISER for record in kinds.get("post", [])):
        yield ORGANISER
    if "roster" in kinds:
        yield PATROL
    if "temporary" in numbers or broadcasts or {"report", "callback"} & kinds.keys():
        yield DESK
    if "emergency" in numbers or broadcasts:
        yield CONTROL_ROOM


def _members_of(key: str, kinds: Mapping[str, list[Record]]) -> frozenset[int] | None:
    return _people(kinds["roster"][0]) if key == PATROL else None


def homes_of(trace: Trace, nodes: Mapping[str, Node]) -> dict[int, str]:
    """Give the part in which each person speaks of what he saw: his own group, else any that he is in."""
    found: dict[int, str] = {}
    for kind in ("group", "shops", OTHERS, "upper"):
        for node in (node for node in nodes.values() if node.kind == kind):
            for person in node.members or ():
                found.setdefault(person, node.key)
    for role in (record for record in trace.records if record.kind == "role"):
        own = zip(np.asarray(role.data["members"], np.int64).tolist(), role.data["groups"], strict=True)
        found.update((person, group) for person, group in own if group in nodes)
    return found


def shared_people(trace: Trace, nodes: Mapping[str, Node]) -> dict[tuple[str, str], int]:
    """Count, for pairs of channels, who may carry a message from one to the other: in both, with a role or from outside."""
    carriers = {person for record in trace.records if record.kind == "role" for person in _people(record)}
    outside = {key for record in trace.records if record.kind == "officials" for key in record.data["who"]}
    carriers |= {index for key, index in numbers_of(trace.records).items() if key in outside}
    sharing = {record.who for record in trace.records if record.kind == "channel" and _shares(record)}
    seats: dict[int, list[str]] = {}
    for node in nodes.values():
        if node.kind in _SEATED or node.key in sharing:
            for person in sorted(carriers & (node.members or frozenset())):
                seats.setdefault(person, []).append(node.key)
    return Counter(pair for person in sorted(seats) for pair in combinations(seats[person], 2))


def _shares(channel: Record) -> bool:
    """Tell whether people pass on what a channel that is no group tells: broadcasts where administrators share them."""
    return bool(channel.data["kind"] == "broadcast" and channel.data["structure"] == "broadcast-shared")


def first_known_s(trace: Trace) -> Floats:
    """Give when everybody first read something of a suspect or saw somebody himself, seconds; infinity for never."""
    numbers = numbers_of(trace.records)
    first = np.full(len(numbers), np.inf)
    for record in trace.records:
        if record.kind == "sighting" and record.who in numbers:
            person = numbers[record.who]
            first[person] = min(first[person], record.time_s)
        if record.kind == "post" and record.data["content"] in (*NEWS, *BROADCAST):
            readers = np.asarray(record.data["readers"], np.int64)
            known = readers < len(first)
            np.minimum.at(first, readers[known], np.asarray(record.data["read_s"], np.float64)[known])
    return first

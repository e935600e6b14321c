"""The alert structure of an evening as data for a page: its parts, its lines, and what goes along them when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.language.catalogue import text
from simulation.reports.channels.lanes import WIDTH, Lanes
from simulation.reports.channels.nodes import (
    CONTROL_ROOM,
    DESK,
    ORGANISER,
    OTHERS,
    first_known_s,
    full_name,
    nodes_of,
    residents_in,
    shared_people,
)
from simulation.reports.channels.rows import rows_of
from simulation.reports.channels.steps import chatter_s, steps_of
from simulation.units import parse_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.maps.streetmap import Floats
    from simulation.reports.channels.lanes import Box
    from simulation.reports.channels.nodes import Node
    from simulation.reports.channels.steps import Step
    from simulation.trace.log import Trace

    Pair = tuple[str, str]

LIT_S = 60.0
"""How long a part stays lit after something arrived there, seconds."""

SIGNS = {
    "sighting": "!",
    "hint": "i",
    "start": "›",  # noqa: RUF001 a sign, not a comparison
    "broadcast": "B",
    "close": "✓",
    "correction": "?",
    "call": "☎\ufe0e",
    "callback": "↩\ufe0e",
    "considered": "…",
    "passed": "»",
    "register": "✎\ufe0e",
}
"""The sign of each matter, so that it is told without colour; with a mark that keeps them from being shown as emoji."""

MESSAGES = ("sighting", "hint", "start", "broadcast", "close", "correction")
"""The matters that are messages in a channel."""

_WORDS = (
    *("title", "picture", "now", "folded", "known", "answered", "waiting", "called", "sent"),
    *("legend", "table", "under_way", "moving", "arrived", "begun", "nothing"),
)
_COLUMNS = ("group", "members", "known", "messages", "chatter", "latest", "muted", "linked")
_KEYS = ("lit", "share", "line", "many")
_BLANKS = {name: f"{{{name}}}" for name in ("clock", "known", "of", "messages", "count", "matter", "source", "target")}
"""What the script fills in, left as it stands."""

_QUIET_LINES = 60
"""Most lines that are drawn while nothing goes along them; more make a knot that nobody can read."""

_LOW = 30.0
"""Boxes below this height hold a number only."""

_NEVER = np.zeros(0)


class _Evening(NamedTuple):
    """What happened in an evening to the parts of its structure.

    Parameters
    ----------
    until_s
        When it ends, seconds.
    steps
        What went through the structure.
    known_s
        When everybody first knew of a suspect, seconds.
    chatter_s, muted_s
        By channel, when messages about other things appeared there, and when members muted it, seconds.
    """

    until_s: float
    steps: Sequence[Step]
    known_s: Floats
    chatter_s: Mapping[str, Floats]
    muted_s: Mapping[str, Floats]


def channel_scene(trace: Trace, language: str) -> dict[str, Any]:
    """Give the alert structure of an evening, and all that goes through it.

    Parameters
    ----------
    trace
        The evening.
    language
        `nl` or `en`.

    Returns
    -------
    Plain JSON for `scripts/channels.js`; empty where there is neither a channel nor a call. Lengths are units of the picture,
    times seconds from the start of play to the millisecond, in lists that rise.
    """
    nodes = nodes_of(trace)
    if set(nodes) <= {OTHERS}:
        return {}
    steps, shared = steps_of(trace, nodes), shared_people(trace, nodes)
    until_s, residents = float(trace.header["duration_s"]), residents_in(trace)
    evening = _Evening(until_s, steps, first_known_s(trace), chatter_s(trace), _muted_s(trace))
    lanes = Lanes(list(rows_of(nodes, shared, language)))
    places = {key: place for place, key in enumerate(nodes)}
    links = _links(lanes, shared, steps)
    lines = {pair: line for line, pair in enumerate(links)}
    return {
        "language": language,
        "start_s": parse_clock(str(trace.header["start"])),
        "lit_s": LIT_S,
        "size": [WIDTH, lanes.height],
        "captions": [{"words": words, "at": list(at)} for words, at in lanes.captions],
        "nodes": [_node(node, lanes.boxes[key], evening, language) for key, node in nodes.items()],
        "links": [{**link, "ends": [places[end] for end in ends]} for ends, link in links.items()],
        "steps": [_step(step, places, lines) for step in steps],
        "residents": {"count": residents, "knows": _seconds(evening.known_s[:residents], until_s)},
        "folded": len(shared) > _QUIET_LINES,
        "matters": _matters(steps, language),
        "words": {name: text(language, f"channels.words.{name}", **_BLANKS) for name in _WORDS},
        "columns": {name: text(language, f"channels.column.{name}") for name in _COLUMNS},
        "keys": {name: text(language, f"channels.key.{name}") for name in _KEYS},
    }


def _matters(steps: Sequence[Step], language: str) -> dict[str, dict[str, Any]]:
    """Give sign and name of what goes round in this evening, and whether it is a message."""
    found = {step.matter for step in steps}
    return {
        name: {"sign": sign, "words": text(language, f"channels.matter.{name}"), "message": name in MESSAGES}
        for name, sign in SIGNS.items()
        if name in found
    }


def _links(lanes: Lanes, shared: Mapping[Pair, int], steps: Sequence[Step]) -> dict[Pair, dict[str, Any]]:
    """Give the lines between parts: where people sit in both, and where anything goes in this evening."""
    pairs = dict.fromkeys([*shared, *((step.source, step.target) for step in steps if step.source)])
    wanted = [pair for pair in pairs if pair in shared or pair[::-1] not in shared]
    links: dict[Pair, dict[str, Any]] = {}
    for pair in wanted:
        if pair[::-1] not in links:
            corners = [[round(x, 1), round(y, 1)] for x, y in lanes.route(*pair)]
            quiet = pair in shared and len(shared) <= _QUIET_LINES
            links[pair] = {"people": shared.get(pair, 0), "path": corners, "quiet": quiet}
    return links


def _node(node: Node, box: Box, evening: _Evening, language: str) -> dict[str, Any]:
    """Give a part: what it is called, where it stands, and what happens to its members."""
    members = np.array(sorted(node.members or ()), np.int64)
    name = full_name(language, node)
    return {
        "kind": node.kind,
        "name": name,
        "label": node.number or name,
        "figures": _figures(node.kind, evening.steps),
        "small": box.height < _LOW,
        "box": [round(side, 1) for side in box[:4]],
        "members": None if node.members is None else len(members),
        "knows": _seconds(evening.known_s[members[members < len(evening.known_s)]], evening.until_s),
        "muted": _seconds(evening.muted_s.get(node.key, _NEVER), evening.until_s),
        "chatter": _seconds(evening.chatter_s.get(node.key, _NEVER), evening.until_s),
    }


def _figures(kind: str, steps: Sequence[Step]) -> list[str]:
    """Tell which figures stand in a part: how many of its members know, or what people do there who are no members."""
    if kind == CONTROL_ROOM:
        calls = any(step.matter == "call" and step.target == CONTROL_ROOM for step in steps)
        sends = any(step.matter in MESSAGES and step.source == CONTROL_ROOM for step in steps)
        return ["called"] * calls + ["sent"] * sends
    return {DESK: ["answered", "waiting"], ORGANISER: ["sent"]}.get(kind, ["known"])


def _muted_s(trace: Trace) -> dict[str, Floats]:
    """Give by channel when members muted it, seconds; 0 for who had done so before."""
    found: dict[str, list[Floats]] = {}
    for record in trace.records:
        if record.kind == "channel":
            found.setdefault(record.who, []).append(np.zeros(len(record.data["muted"])))
        if record.kind == "mute":
            found.setdefault(record.who, []).append(np.asarray(record.data["from_s"], np.float64))
    return {channel: np.concatenate(times) for channel, times in found.items()}


def _seconds(times_s: Floats, until_s: float) -> list[float]:
    """Give times until the end, rising, to the millisecond."""
    kept: list[float] = np.sort(times_s[times_s <= until_s]).round(3).tolist()
    return kept


def _step(step: Step, places: Mapping[str, int], lines: Mapping[Pair, int]) -> dict[str, Any]:
    """Give a step with the places of its ends and its line in their lists; -1 for none."""
    pair = (step.source, step.target)
    return {
        "matter": step.matter,
        "source": places.get(step.source, -1),
        "target": places[step.target],
        "link": lines.get(pair, lines.get(pair[::-1], -1)),
        "left_s": round(step.left_s, 3),
        "at_s": round(step.at_s, 3),
        "arrives": step.arrives,
    }

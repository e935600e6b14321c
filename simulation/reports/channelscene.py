"""The alert structure of an evening as data for a page: its parts, its lines, and what goes along them when."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.language.catalogue import text
from simulation.reports.channellanes import WIDTH, Lanes, Row
from simulation.reports.channelnodes import (
    CONTROL_ROOM,
    DESK,
    ORGANISER,
    OTHERS,
    PATROL,
    first_known_s,
    full_name,
    node_words,
    nodes_of,
    shared_people,
)
from simulation.reports.channelsteps import chatter_s, steps_of
from simulation.units import parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulation.maps.streetmap import Floats
    from simulation.reports.channelnodes import Node
    from simulation.reports.channelsteps import Step
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

_WORDS = ("title", "picture", "now", "folded", "figure", "answered", "waiting", "sent", "table", "under_way", "nothing")
_COLUMNS = ("group", "members", "known", "messages", "chatter", "latest", "muted", "linked")
_KEYS = ("lit", "share", "line", "many")
_BLANKS = {name: f"{{{name}}}" for name in ("clock", "known", "of", "messages", "answered", "waiting", "count")}
_BLANKS |= {name: f"{{{name}}}" for name in ("matter", "source", "target", "name", "people")}
"""What the script fills in, left as it stands."""

_QUIET_LINES = 60
"""Most lines that are drawn while nothing goes along them; more make a knot that nobody can read."""

_FEW, _SOME, _MANY = 5, 15, 60
"""Up to how many groups of a kind stand in one row, in high boxes, and in boxes that hold words."""


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
    times seconds from the start of play: `knows`, `muted` and `chatter` are rising and in whole seconds, rounded up, so that
    as many as are not above a second count at that second.
    """
    nodes = nodes_of(trace)
    if set(nodes) <= {OTHERS}:
        return {}
    steps, shared, known_s = steps_of(trace, nodes), shared_people(trace, nodes), first_known_s(trace)
    lanes = Lanes(list(_rows(nodes, shared, language)))
    until_s = float(trace.header["duration_s"])
    links = _links(lanes, shared, steps)
    return {
        "language": language,
        "start_s": parse_clock(str(trace.header["start"])),
        "lit_s": LIT_S,
        "size": [WIDTH, lanes.height],
        "captions": [{"words": words, "at": list(at)} for words, at in lanes.captions],
        "nodes": [_node(node, lanes, trace, known_s, language) for node in nodes.values()],
        "links": [{**link, "ends": [list(nodes).index(end) for end in ends]} for ends, link in links.items()],
        "steps": [_step(step, list(nodes), list(links)) for step in steps],
        "everybody": {"people": len(known_s), "knows": _seconds(known_s, until_s)},
        "folded": len(shared) > _QUIET_LINES,
        "matters": _matters(steps, language),
        "words": {name: text(language, f"channels.words.{name}", **_BLANKS) for name in _WORDS},
        "columns": {name: text(language, f"channels.column.{name}") for name in _COLUMNS},
        "keys": {name: text(language, f"channels.key.{name}") for name in _KEYS},
    }


def _matters(steps: Sequence[Step], language: str) -> dict[str, dict[str, str]]:
    """Give sign and name of what goes round in this evening."""
    found = {step.matter for step in steps}
    signs = {name: sign for name, sign in SIGNS.items() if name in found}
    return {name: {"sign": sign, "words": text(language, f"channels.matter.{name}")} for name, sign in signs.items()}


def _rows(nodes: Mapping[str, Node], shared: Mapping[Pair, int], language: str) -> Iterator[Row]:
    """Set the parts in rows: whom messages come from above, groups of groups below them, residents' groups at the foot."""
    beside = [[key for key in keys if key in nodes] for keys in ((ORGANISER, DESK, CONTROL_ROOM), (OTHERS, PATROL))]
    outlets = [key for key, node in nodes.items() if node.kind in {"page", "broadcast"}]
    for keys, height in ((beside[0], 58.0), (outlets, 44.0)):
        if keys:
            yield Row(keys, len(keys), height, 12.0)
    for keys in (*_levels(nodes, shared), *_of_kinds(nodes, "group", "shops")):
        yield from _grid(keys, node_words(language, nodes[keys[0]], len(keys)))
    if beside[1]:
        yield Row(beside[1], len(beside[1]), 44.0, 12.0)


def _of_kinds(nodes: Mapping[str, Node], *kinds: str) -> list[list[str]]:
    found = ([key for key, node in nodes.items() if node.kind == kind] for kind in kinds)
    return [keys for keys in found if keys]


def _grid(keys: list[str], caption: str) -> Iterator[Row]:
    """Set all of a kind in as many rows as it takes, with boxes as large as there is room for."""
    count = len(keys)
    rows = -(-count // (12 if count > _MANY else _FEW))
    columns = -(-count // rows)
    height = 44.0 if count <= _SOME else 38.0 if count <= _MANY else 20.0
    gap = 6.0 if count > _MANY else 10.0
    for row in range(rows):
        part = keys[row * columns : (row + 1) * columns]
        yield Row(part, columns, height, gap, caption if row == 0 and count > 1 else "", continues=row > 0)


def _levels(nodes: Mapping[str, Node], shared: Mapping[Pair, int]) -> list[list[str]]:
    """Give the groups above the residents' groups by kind, those furthest from residents first.

    Near are kinds of which somebody is in a residents' group; of these, those that have to do with few groups.
    """
    groups = {key for key, node in nodes.items() if node.kind in {"group", "shops"}}
    kinds: dict[str, list[str]] = {}
    for key, node in nodes.items():
        if node.kind == "upper":
            kinds.setdefault(node.stem, []).append(key)

    def distance(keys: list[str]) -> tuple[bool, float]:
        touched = [sum(key in pair and not groups.isdisjoint(pair) for pair in shared) for key in keys]
        return not any(touched), fmean(touched)

    return sorted(kinds.values(), key=distance, reverse=True)


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


def _node(node: Node, lanes: Lanes, trace: Trace, known_s: Floats, language: str) -> dict[str, Any]:
    """Give a part: what it is called, where it stands, and what happens to its members."""
    box = lanes.boxes[node.key]
    until_s = float(trace.header["duration_s"])
    members = np.array(sorted(node.members or ()), np.int64)
    name = full_name(language, node)
    return {
        "kind": node.kind,
        "name": name,
        "label": node.number or name,
        "small": box.height < 30.0,  # noqa: PLR2004 too low for a line of words and one of figures
        "box": [round(side, 1) for side in box[:4]],
        "members": None if node.members is None else len(members),
        "knows": _seconds(known_s[members[members < len(known_s)]], until_s),
        "muted": _seconds(_muted_s(trace, node.key), until_s),
        "chatter": _seconds(np.array(chatter_s(trace, node.key)), until_s),
    }


def _muted_s(trace: Trace, channel: str) -> Floats:
    """Give when members muted a channel, seconds; 0 for who had done so before."""
    found = [np.zeros(0)]
    for record in (record for record in trace.records if record.who == channel):
        if record.kind == "channel":
            found.append(np.zeros(len(record.data["muted"])))
        if record.kind == "mute":
            found.append(np.asarray(record.data["from_s"], np.float64))
    return np.concatenate(found)


def _seconds(times_s: Floats, until_s: float) -> list[int]:
    """Give times until the end, rising, in whole seconds, rounded up."""
    kept: list[int] = np.ceil(np.sort(times_s[times_s <= until_s])).astype(np.int64).tolist()
    return kept


def _step(step: Step, nodes: list[str], links: list[Pair]) -> dict[str, Any]:
    """Give a step with the places of its ends and its line in their lists; -1 for none."""
    pair = (step.source, step.target)
    line = next((links.index(way) for way in (pair, pair[::-1]) if way in links), -1)
    return {
        "matter": step.matter,
        "source": nodes.index(step.source) if step.source else -1,
        "target": nodes.index(step.target),
        "link": line,
        "left_s": round(step.left_s, 3),
        "at_s": round(step.at_s, 3),
        "arrives": step.arrives,
    }

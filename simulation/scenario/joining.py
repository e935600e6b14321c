"""Ids of alert structures that are joined with a plus: taking them apart, and what is wrong with them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from simulation.scenario.suggest import did_you_mean
from simulation.structure_ids import LAYERS, PLUS, parts_in

_ALL = tuple(part for parts in LAYERS.values() for part in parts)
_NONE, _SHARED = "none", "broadcast-shared"
_GROUPS_OF_SHARED = "separate-groups"
_LONGEST = 60
_APART = re.compile(r"[\s,;&/]+")
"""What stands between structures where somebody did not join them with a plus."""
_ALSO_CALLED = {"burgernet": "broadcast"}
"""Names that people have for a structure, and no misspelling of its id."""


class Parts(NamedTuple):
    """What an id stands for, layer by layer.

    Parameters
    ----------
    residents
        The residents' groups: an id, `none` where there are none.
    broadcast
        The broadcast: an id, or empty.
    outlet
        The organisers' outlet: an id, or empty where the scenario is free to choose.
    patrol
        The patrol team: an id, or empty where there is none.
    """

    residents: str
    broadcast: str
    outlet: str
    patrol: str

    @property
    def shared(self) -> bool:
        """Whether administrators share the broadcast in their groups."""
        return self.broadcast == _SHARED


def faults(written: str) -> list[str]:
    """Say what is wrong with an id, if anything; the parts may stand in any order, and with spaces between."""
    parts = parts_in(written)
    if parts == [""]:
        return ["no structure is named; write for example single-group, or none if there is to be no group"]
    if "" in parts:
        return [f"{written[:_LONGEST]!r} lacks a part beside a {PLUS}; write for example zoomwijck{PLUS}broadcast"]
    found = [_unknown(part) for part in parts if part not in _ALL]
    found += [f"{part!r} is named {parts.count(part)} times; name it once" for part in _ALL if parts.count(part) > 1]
    for what, known in LAYERS.items():
        some = [part for part in dict.fromkeys(parts) if part in known]
        if len(some) > 1:
            found.append(f"{' and '.join(map(repr, some))} are {what}, and only one fits; take one of them")
    if not found and {_NONE, _SHARED} <= set(parts):
        found.append(f"{_SHARED!r} is shared in groups, and with {_NONE!r} there are none; write broadcast")
    return found


def _unknown(part: str) -> str:
    """Say that a part of an id is no structure, and what was probably meant."""
    among = [word for word in _APART.split(part) if word]
    if len(among) > 1 and set(among) <= set(_ALL):
        return f"{part[:_LONGEST]!r} is no structure; join structures with a {PLUS}: {PLUS.join(among)}"
    meant = _ALSO_CALLED.get(part.lower())
    hint = f" - did you mean {meant!r}?" if meant else did_you_mean(part, _ALL)
    return f"{part[:_LONGEST]!r} is no structure" + (hint or f"; known are {', '.join(_ALL)}")


def joined(written: str) -> str:
    """Give a faultless id in the one order in which it stands in headers and messages."""
    parts = sorted(parts_in(written), key=_ALL.index)
    return PLUS.join(part for part in parts if part != _NONE or len(parts) == 1)


@cache
def parts_of(structure_id: str) -> Parts:
    """Take a faultless id apart."""
    parts = parts_in(structure_id)
    residents, *others = (next((part for part in parts if part in known), "") for known in LAYERS.values())
    return Parts(residents or (_GROUPS_OF_SHARED if _SHARED in others else _NONE), *others)

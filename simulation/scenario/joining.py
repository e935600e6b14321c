"""Ids of alert structures that are joined with a plus: taking them apart, and what is wrong with them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from simulation.scenario.suggest import did_you_mean
from simulation.structure_ids import LAYERS, PLUS, parts_in

_ALL = tuple(part for parts in LAYERS.values() for part in parts)
_NONE, _SHARED = "none", "broadcast-shared"
_GROUPS_OF_SHARED = "separate-groups"
_LONGEST = 60


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
    if "" in parts:
        return [f"{written[:_LONGEST]!r} lacks a part beside a {PLUS}; write for example zoomwijck{PLUS}broadcast"]
    unknown = [part for part in parts if part not in _ALL]
    found = [
        f"{part[:_LONGEST]!r} is no structure" + (did_you_mean(part, _ALL) or f"; known are {', '.join(_ALL)}")
        for part in unknown
    ]
    for what, known in LAYERS.items():
        some = [part for part in parts if part in known]
        if len(some) > 1:
            found.append(f"{' and '.join(map(repr, some))} are {what}, and only one fits; take one of them")
    if not found and {_NONE, _SHARED} <= set(parts):
        found.append(f"{_SHARED!r} is shared in groups, and with {_NONE!r} there are none; write broadcast")
    return found


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

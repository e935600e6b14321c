"""Street maps and evenings written by hand, small enough to solve with pencil and paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.engine import build_worlds, play
from simulation.maps.osm import import_osm
from simulation.maps.sight import RANGE_M, with_sight
from simulation.maps.streetmap import Places
from simulation.maps.synthetic import make_neighbourhood
from simulation.people.network import Network
from simulation.scenario.model import (
    Announced,
    Game,
    Number,
    Parameters,
    Players,
    Residents,
    Scenario,
    Structure,
    Suspect,
    Wander,
)
from tests.maps.small_worlds import world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulation.maps.streetmap import StreetMap, Streets
    from simulation.trace.log import Trace
    from tests.maps.small_worlds import Building, Corner

LOOSE_ENDS = {
    "p_household_family": 0.0,
    "p_household_elderly": 0.0,
    "p_household_student": 0.0,
    "p_single_pair": 0.0,
    "p_round_walk": 0.0,
    "p_round_bike": 0.0,
    "p_mute": 0.0,
    "chatter_narrow_per_hour": 0.0,
    "v_walk_adult_sd_mps": 0.0,
    "passersby_per_km": 0.0,
    "perception_shared": 0.0,
    "p_odd": 0.0,
}
"""Parameters that leave nothing to chance about who is there and how fast: one adult per home, nobody else, one speed.

Each element of a description is perceived on its own, and nobody is out of place, mutes or chats.
"""

BUSY_GROUPS = {
    "p_household_member": 0.45,
    "p_watch": 0.6,
    "p_notice_walker": 0.86,
    "p_report_member": 0.8,
    "p_post_member": 0.8,
    "p_steward_available": 1.0,
    "p_admin_forward": 0.95,
    "read_delay_ordinary_median_s": 120.0,
}
"""Parameters by which members see, post, read and pass on much."""

NO_LOOKALIKES = {
    "p_similar": 0.0,
    **{f"p_same_{element}": 0.0 for element in ("age", "height", "hair", "upper", "lower", "bag", "vehicle")},
}
"""Parameters by which nobody can be mistaken for a suspect of whom anything but his sex is known."""


@dataclass(frozen=True)
class House:
    """An address: where it is, its street and number, and the number of the building that holds it, or -1."""

    at: Corner
    street: str
    number: str = "1"
    building: int = -1


def street_map(
    streets: Mapping[str, Sequence[Corner]],
    houses: Sequence[House] = (),
    buildings: Sequence[Building] = (),
    range_m: float = RANGE_M,
) -> StreetMap:
    """Build a map with sight lines of named straight-piece streets that meet where their ends have the same place."""
    lines = list(streets.values())
    plain = world(lines, buildings, [(house.at, house.building) for house in houses])
    table = ["", *streets]
    for house in houses:
        table += [house.street, house.number]
    keys = [f"n{number + 1:04d}" for number in range(len(houses))]
    texts = tuple(dict.fromkeys([*table, *keys]))
    homes = replace(
        plain.homes,
        key=_places(texts, keys),
        street=_places(texts, [house.street for house in houses]),
        number=_places(texts, [house.number for house in houses]),
    )
    joined = replace(_joined(plain.streets), edge_name=_places(texts, streets))
    return with_sight(replace(plain, streets=joined, homes=homes, texts=texts), range_m)


def with_shops(street_map: StreetMap, *shops: Corner) -> StreetMap:
    """Put shops on a map, each on its first street."""
    keys = [f"n9{number + 1:03d}" for number in range(len(shops))]
    texts = (*street_map.texts, "shop", *keys)
    columns = (_places(texts, keys), _places(texts, ["shop"] * len(shops)), _places(texts, [""] * len(shops)))
    places = Places(*columns, np.array(shops), np.zeros(len(shops), np.int32), np.zeros(len(shops)))
    return replace(street_map, texts=texts, places=places)


def _places(texts: Sequence[str], wanted: Iterable[str]) -> np.ndarray[Any, np.dtype[np.int32]]:
    return np.array([texts.index(text) for text in wanted], np.int32)


def _joined(streets: Streets) -> Streets:
    """Make one node of the ends that have the same place."""
    nodes, which = np.unique(streets.node_xy, axis=0, return_inverse=True)
    edge_nodes = which.reshape(-1)[streets.edge_nodes].astype(np.int32)
    return replace(streets, node_xy=nodes, node_osm=np.arange(len(nodes)), edge_nodes=edge_nodes)


@cache
def made_neighbourhood(kind: str = "naoorlogs", homes: int = 80, seed: int = 3) -> StreetMap:
    """Give a small made neighbourhood with sight lines."""
    return with_sight(import_osm(make_neighbourhood(kind, homes, seed)))


def evening(parameters: Mapping[str, float] | None = None, **changes: Any) -> Scenario:
    """Give an evening by day, one game, one suspect in red, changed as told; `game` and `suspect` take changes."""
    suspect = {"name": "Boef", "description": {"upper": "rood"}, "behaviour": Wander(), "speed_mps": 1.0}
    suspect |= changes.pop("suspect", {})
    game = {"name": "Spel", "start_s": 0.0, "duration_s": 1800.0, "suspects": (Suspect(**suspect),)} | changes.pop("game", {})
    usual = {
        "title": "Proef",
        "date": dt.date(2026, 6, 17),
        "start_s": 50_400.0,
        "games": (Game(**game),),
        "residents": Residents(),
        "players": Players(share=1.0, know=("upper",), announced=Announced()),
        "structure": Structure(id="single-group"),
        "number": Number(lines=3),
        "parameters": Parameters(dict(parameters or {})),
    }
    return Scenario(**(usual | changes))


def play_all(scenario: Scenario, street_map: StreetMap, seeds: Sequence[int]) -> list[Trace]:
    """Play an evening with many seeds, side by side."""
    return [play(one) for one in build_worlds(scenario, Network(street_map), seeds)]

"""Shopkeepers: people who are at a shop until closing time, look out of its window, and live nowhere on the map.

The view from a shop is that of the nearest address, if that is near enough: in a street of shops somebody lives above or
beside each. From another shop nobody looks out. A shopkeeper stays in his shop: he does not play, go on a round or go out to
search.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import stream_key, text_keys, uniforms
from simulation.people.population import behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.streetmap import StreetMap
    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.scenario.model import Scenario

    Indices = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

SHOP = "shop"
"""The kind of place on the map at which shopkeepers are."""

_AGE = 30


def shops_of(street_map: StreetMap) -> Indices:
    """Give the shops among the places of a map."""
    return np.flatnonzero([street_map.texts[kind] == SHOP for kind in street_map.places.kind])


def nobody_present(scenario: Scenario, street_map: StreetMap) -> str:
    """Say so where a scenario is to have shopkeepers, and there are none on a map."""
    if scenario.structure.shopkeepers_until_s is None:
        return ""
    shops = shops_of(street_map)
    if not len(shops):
        return "the map has no shops, so there are no shopkeepers; take another map for an evening with them"
    if not _staffed(scenario, street_map, [scenario.seed]).any():
        return f"nobody is present at the {len(shops)} shops of the map with seed {scenario.seed}, so there are no shopkeepers"
    return ""


def _staffed(scenario: Scenario, street_map: StreetMap, seeds: Sequence[int]) -> Flags:
    """Draw at which shops of a map somebody is present, (worlds, shops)."""
    keys = text_keys([shopkeeper_key(street_map, shop) for shop in shops_of(street_map).tolist()])
    return _drawn(seeds, "shop-staffed", keys) < scenario.parameters["p_shop_staffed"]


def _drawn(seeds: Sequence[int], purpose: str, keys: Keys) -> Floats:
    return uniforms(np.array([[stream_key(seed, purpose)] for seed in seeds], np.uint64), keys[np.newaxis, :])


def nearest_homes(street_map: StreetMap, shops: Indices) -> tuple[Indices, Floats]:
    """Give the nearest address of each of some shops, and how far away it is, metres."""
    away = street_map.homes.xy - street_map.places.xy[shops, np.newaxis]
    squares = away[..., 0] * away[..., 0] + away[..., 1] * away[..., 1]
    nearest = squares.argmin(axis=1)
    return nearest, np.sqrt(squares[np.arange(len(shops)), nearest])


def shopkeeper_key(street_map: StreetMap, shop: int) -> str:
    """Give the key of the shopkeeper of a shop."""
    return f"{street_map.texts[street_map.places.osm.item(shop)]}/shopkeeper"


def with_shopkeepers(people: People, scenario: Scenario, network: Network, seeds: Sequence[int]) -> People:
    """Add the shopkeepers of each world behind its residents, if the scenario has any.

    Who is there depends on the seed and the shop alone.
    """
    shops = shops_of(network.map) if scenario.structure.shopkeepers_until_s is not None else np.zeros(0, np.int64)
    if not len(shops):
        return people
    keys, parameters = text_keys([shopkeeper_key(network.map, shop) for shop in shops.tolist()]), scenario.parameters
    draw, present = partial(_drawn, seeds, keys=keys), _staffed(scenario, network.map, seeds)
    home, metres = nearest_homes(network.map, shops)
    world, which = np.nonzero(present)
    aware = (draw("informed") < scenario.players.announced.members)[present]
    own = {
        "world": world,
        "home": np.where(metres <= parameters["shop_view_m"], home, -1)[which],
        "key": keys[which],
        "age": np.full(len(which), _AGE),
        "member": np.ones(len(which), bool),
        "muted": (draw("mute") < parameters["p_mute"])[present],
        "aware": aware,
        "numbered": aware & (draw("number") < parameters["p_number_known"])[present],
        "shop": shops[which],
    }
    return behind(people, own)


def base_xy(people: People, street_map: StreetMap, who: Indices) -> Floats:
    """Give where some people live, or where their shop is, metres."""
    xy, shop = street_map.homes.xy[people.home[who]], people.shop[who]
    keepers = shop >= 0
    if keepers.any():
        xy[keepers] = street_map.places.xy[shop[keepers]]
    return xy

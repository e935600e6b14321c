"""Places of a scenario on the streets of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.scenario.ground import Centre

if TYPE_CHECKING:
    from simulation.people.network import Network
    from simulation.scenario.model import Place

    Point = tuple[int, float]


def locate(network: Network, place: Place) -> Point:
    """Find the point of the streets for a place of a scenario: an address, a street, or x and y on the map."""
    homes, texts = network.map.homes, network.map.texts
    if place.street is not None:
        for home in range(len(homes.key)):
            if texts[homes.street[home]] == place.street and place.number in {None, texts[homes.number[home]]}:
                return int(homes.edge[home]), float(homes.at[home])
        edge = [texts[name] for name in network.map.streets.edge_name].index(place.street)
        return edge, float(network.edge_length[edge]) / 2.0
    return network.nearest(*position(network, place))


def base_point(network: Network, base: Centre | Place) -> Point:
    """Find the point of the streets from which people set out: the one nearest to the middle of the homes, or a place."""
    if isinstance(base, Centre):
        middle = network.map.homes.xy.mean(axis=0)
        return network.nearest(float(middle[0]), float(middle[1]))
    return locate(network, base)


def position(network: Network, place: Place) -> tuple[float, float]:
    """Give the map coordinates, metres, of a place with latitude and longitude."""
    from simulation.maps.projection import project

    x, y = project(np.array([[place.lon, place.lat]], np.float64), network.map.epsg)[0]
    return float(x), float(y)

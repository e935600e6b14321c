"""Writing a made neighbourhood as an OpenStreetMap file, in whole units of 10⁻⁷ degree: the same bytes on every machine."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from simulation.maps.synthetic.ground import Spot
    from simulation.maps.synthetic.town import Address, Tags, Town

CITY: Final = "Voorbeeldwijk"
"""Place name of every address; there is no such place."""

_UNITS: Final = 10_000_000
"""Units per degree."""

_SOUTH, _WEST = 527_700_000, 54_000_000
"""Middle of every made neighbourhood: 52.77° N 5.40° E, open water of the IJsselmeer, where nobody lives."""

_UNITS_PER_METRE_NORTH: Final = 89.8671
_UNITS_PER_METRE_EAST: Final = 148.0838
"""At that place on the WGS 84 ellipsoid: one degree is 111,275 m north and 67,529 m east."""

_MARGIN: Final = 4500
"""The bounds lie so many units outside the outermost node, about 50 m."""

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Synthetic: an invented neighbourhood in open water; no street, home or name in it exists. -->
<osm version="0.6" generator="boef-in-de-wijk" note="synthetic">
"""

_Place = tuple[int, int]
"""Latitude and longitude, units."""


def write_osm(town: Town) -> bytes:
    """Write a made neighbourhood as OSM XML.

    Parameters
    ----------
    town
        What was built.

    Returns
    -------
    bytes
        The file, UTF-8. Streets and buildings that touch share nodes; every address is a node of its own.
    """
    nodes = _Nodes()
    ways = [(line.tags, [nodes.corner(spot) for spot in line.spots]) for line in (*town.streets, *town.areas, *town.buildings)]
    for spot, tags in town.points:
        nodes.tag(spot, tags)
    for address in town.addresses:
        nodes.add(address.spot, _address_tags(address))
    body = [_HEAD, nodes.bounds(), *nodes.lines(), *(_way(number, tags, refs) for number, (tags, refs) in enumerate(ways, 1))]
    return ("".join(body) + "</osm>\n").encode()


class _Nodes:
    """The nodes of a file, numbered from 1 in the order in which they were first needed."""

    def __init__(self) -> None:
        self._places: list[_Place] = []
        self._tags: dict[int, Tags] = {}
        self._corners: dict[_Place, int] = {}

    def corner(self, spot: Spot) -> int:
        """Give the node of a corner: corners at the same place share it."""
        place = _place(spot)
        if place not in self._corners:
            self._corners[place] = self._append(place)
        return self._corners[place]

    def tag(self, spot: Spot, tags: Tags) -> None:
        """Put tags on the corner at a place, or on a new node."""
        self._tags[self.corner(spot)] = tags

    def add(self, spot: Spot, tags: Tags) -> None:
        """Add a node of its own."""
        self._tags[self._append(_place(spot))] = tags

    def _append(self, place: _Place) -> int:
        self._places.append(place)
        return len(self._places)

    def bounds(self) -> str:
        """Write the box around all nodes."""
        latitudes, longitudes = zip(*self._places, strict=True)
        south, north = _degrees(min(latitudes) - _MARGIN), _degrees(max(latitudes) + _MARGIN)
        west, east = _degrees(min(longitudes) - _MARGIN), _degrees(max(longitudes) + _MARGIN)
        return f' <bounds minlat="{south}" minlon="{west}" maxlat="{north}" maxlon="{east}"/>\n'

    def lines(self) -> list[str]:
        """Write all nodes."""
        return [self._line(number, place) for number, place in enumerate(self._places, 1)]

    def _line(self, number: int, place: _Place) -> str:
        start = f' <node id="{number}" lat="{_degrees(place[0])}" lon="{_degrees(place[1])}"'
        tags = self._tags.get(number)
        return f"{start}>\n{_tag_lines(tags)} </node>\n" if tags else f"{start}/>\n"


def _way(number: int, tags: Tags, refs: list[int]) -> str:
    """Write one way; corners that fell together are written once."""
    kept = [ref for place, ref in enumerate(refs) if place == 0 or ref != refs[place - 1]]
    return f' <way id="{number}">\n' + "".join(f'  <nd ref="{ref}"/>\n' for ref in kept) + f"{_tag_lines(tags)} </way>\n"


def _tag_lines(tags: Tags) -> str:
    return "".join(f'  <tag k="{key}" v={quoteattr(value)}/>\n' for key, value in tags)


def _address_tags(address: Address) -> Tags:
    return (
        ("addr:street", address.street),
        ("addr:housenumber", str(address.number)),
        ("addr:postcode", address.postcode),
        ("addr:city", CITY),
    )


def _place(spot: Spot) -> _Place:
    """Give latitude and longitude of a position on the ground, in whole units."""
    north = _SOUTH + floor(spot[1] * _UNITS_PER_METRE_NORTH + 0.5)
    return north, _WEST + floor(spot[0] * _UNITS_PER_METRE_EAST + 0.5)


def _degrees(units: int) -> str:
    """Write units as degrees; all places are north and east, so the number is positive."""
    return f"{units // _UNITS}.{units % _UNITS:07d}"

"""A made neighbourhood before it is written: everything on the ground, with names and numbers still to be written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from simulation.maps.synthetic.ground import Spot

Tags = tuple[tuple[str, str], ...]
"""OSM keys and values, in the order in which they are written."""


class Line(NamedTuple):
    """Something with a course or an outline; an outline ends where it began.

    Parameters
    ----------
    tags
        What it is.
    spots
        Its course, metres.
    """

    tags: Tags
    spots: tuple[Spot, ...]


class Address(NamedTuple):
    """One front door.

    Parameters
    ----------
    spot
        Position inside the building, metres.
    street, number, postcode
        What stands on an envelope.
    """

    spot: Spot
    street: str
    number: int
    postcode: str


@dataclass
class Town:
    """A made neighbourhood.

    Parameters
    ----------
    streets, buildings, areas
        Lines on the ground.
    addresses
        One per home.
    points
        Shops and crossings: tags by position. A crossing lies exactly on a corner of a street.
    """

    streets: list[Line] = field(default_factory=list)
    buildings: list[Line] = field(default_factory=list)
    areas: list[Line] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    points: list[tuple[Spot, Tags]] = field(default_factory=list)

"""House numbers and postcodes: odd numbers on the left of a street, even ones on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.town import Address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulation.maps.synthetic.ground import Spot

DOORS_PER_POSTCODE: Final = 20
"""A Dutch postcode holds about so many neighbouring front doors on one side of a street."""

FIRST_DIGITS: Final = 100
"""Postcodes begin at 0100; real ones begin at 1000, so none of these exists."""

_LETTERS: Final = "ABCDEGHJKLMNPRSTVWXZ"


class Unnumbered(NamedTuple):
    """A front door that waits for its number.

    Parameters
    ----------
    street
        Name of its street.
    side
        1 for the left of the street, -1 for the right.
    order
        Numbers rise with this.
    spot
        Position, metres.
    """

    street: str
    side: int
    order: tuple[float, ...]
    spot: Spot


def number_doors(doors: Iterable[Unnumbered]) -> list[Address]:
    """Give every door its house number and postcode.

    Parameters
    ----------
    doors
        All doors, in any order, as long as it is always the same.

    Returns
    -------
    list of Address
        Sorted by street name, side and number.
    """
    addresses: list[Address] = []
    last: tuple[str, int] | None = None
    count = postcodes = 0
    for door in sorted(doors):
        if (door.street, door.side) != last:
            last = (door.street, door.side)
            count = 0
        if count % DOORS_PER_POSTCODE == 0:
            postcodes += 1
        number = 2 * count + (1 if door.side > 0 else 2)
        addresses.append(Address(door.spot, door.street, number, _postcode(postcodes - 1)))
        count += 1
    return addresses


def _postcode(number: int) -> str:
    """Write the postcode with a running number."""
    digits, letters = divmod(number, len(_LETTERS) ** 2)
    first, second = divmod(letters, len(_LETTERS))
    return f"{FIRST_DIGITS + digits:04d} {_LETTERS[first]}{_LETTERS[second]}"

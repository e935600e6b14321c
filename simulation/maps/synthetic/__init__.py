"""Made Dutch neighbourhoods: invented, repeatable, and close to real ones in what matters for an evening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulation.errors import MapError
from simulation.maps.synthetic.bloemkool import BLOEMKOOL
from simulation.maps.synthetic.centrum import CENTRUM
from simulation.maps.synthetic.estate import Estate
from simulation.maps.synthetic.lint import LINT
from simulation.maps.synthetic.naoorlogs import NAOORLOGS
from simulation.maps.synthetic.osmxml import write_osm

if TYPE_CHECKING:
    from simulation.maps.synthetic.layout import Layout

LAYOUTS: Final[dict[str, Layout]] = {"naoorlogs": NAOORLOGS, "bloemkool": BLOEMKOOL, "lint": LINT, "centrum": CENTRUM}
"""Kinds of neighbourhood: post-war terraces and flats; cauliflower estate of loops and courts; ribbon village along a dike;
old core."""

FEWEST_HOMES, MOST_HOMES = 50, 50_000


def make_neighbourhood(kind: str, homes: int, seed: int) -> bytes:
    """Make a synthetic Dutch neighbourhood.

    Parameters
    ----------
    kind
        One of `LAYOUTS`.
    homes
        Number of addresses, 50 to 50,000.
    seed
        Another seed gives another neighbourhood of the same kind.

    Returns
    -------
    bytes
        An OpenStreetMap XML file, UTF-8; the same bytes for the same arguments on every machine.

    Raises
    ------
    MapError
        The kind is unknown or the number of homes is out of range.
    """
    problems = []
    if kind not in LAYOUTS:
        problems.append(f"unknown kind of neighbourhood {kind!r}: use one of {', '.join(LAYOUTS)}")
    if not FEWEST_HOMES <= homes <= MOST_HOMES:
        problems.append(f"{homes} homes cannot be made: use a whole number from {FEWEST_HOMES} to {MOST_HOMES}")
    if problems:
        raise MapError(*problems)
    return write_osm(Estate(LAYOUTS[kind], homes, seed).grow())

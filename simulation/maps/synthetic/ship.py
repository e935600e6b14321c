"""The map that is shipped with the package: `python -m simulation.maps.synthetic.ship scenarios/wijk.map` makes it anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from simulation.maps.osm import import_osm
from simulation.maps.pinned import write_map
from simulation.maps.sight import with_sight
from simulation.maps.synthetic import make_neighbourhood

KIND, HOMES, SEED, TITLE = "bloemkool", 800, 5, "Voorbeeldwijk"
"""Chosen by eye among the first eight seeds: loops and courts around a park, and no cell at the edge half empty."""

_USAGE: Final = "usage: python -m simulation.maps.synthetic.ship FILE\n"


def write_shipped_map(path: Path) -> str:
    """Make the shipped map, sight lines included, and give its digest."""
    return write_map(with_sight(import_osm(make_neighbourhood(KIND, HOMES, SEED), title=TITLE)), path)


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one path
        sys.exit(_USAGE)
    sys.stdout.write(f"{write_shipped_map(Path(sys.argv[1]))}\n")

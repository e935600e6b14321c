"""The maps that come along with the package: `python -m simulation.maps.synthetic.ship scenarios` makes them anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NamedTuple

from simulation.maps.osm import import_osm
from simulation.maps.pinned import write_map
from simulation.maps.sight import with_sight
from simulation.maps.synthetic import make_neighbourhood


class Made(NamedTuple):
    """How a map that comes along is made.

    Parameters
    ----------
    kind, homes, seed
        As `make_neighbourhood` takes them. The seed was chosen by eye among the first few: no part at the edge half empty.
    title
        What the map is called.
    """

    kind: str
    homes: int
    seed: int
    title: str


MADE: Final = {
    "wijk.map": Made("bloemkool", 800, 5, "Voorbeeldwijk"),
    "naoorlogs.map": Made("naoorlogs", 1600, 3, "Naoorlogse voorbeeldwijk"),
    "lint.map": Made("lint", 1300, 1, "Voorbeelddorp aan de dijk"),
    "centrum.map": Made("centrum", 1300, 3, "Oude voorbeeldkern"),
}
"""The maps by their file names. Alert structures are compared where at least 250 people are in a group: some 1,100 homes."""

_USAGE: Final = "usage: python -m simulation.maps.synthetic.ship FOLDER\n"


def write_shipped_map(name: str, folder: Path) -> str:
    """Make one of the maps that come along, sight lines included, and give its digest."""
    made = MADE[name]
    neighbourhood = make_neighbourhood(made.kind, made.homes, made.seed)
    return write_map(with_sight(import_osm(neighbourhood, title=made.title)), folder / name)


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one path
        sys.exit(_USAGE)
    for file_name in MADE:
        sys.stdout.write(f"{file_name}: {write_shipped_map(file_name, Path(sys.argv[1]))}\n")

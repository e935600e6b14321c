"""The maps on which is measured, and a place for files."""

from __future__ import annotations

import bz2
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map, write_map
from simulation.maps.sight import with_sight
from simulation.maps.synthetic import make_neighbourhood

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

ROOT: Final = Path(__file__).parents[2]
EXTRACTS: Final = ROOT.parent / "shared" / "maps"
SHIPPED: Final = ROOT / "scenarios" / "wijk.map"


def extract(name: str) -> Path | None:
    """Give a real extract, or None on machines that do not have it."""
    path = EXTRACTS / f"{name}.osm.bz2"
    return path if path.exists() else None


@cache
def workshop() -> Path:
    """Give a folder for files of this run."""
    return Path(mkdtemp(prefix="boef-bench-"))


@cache
def pinned(source: Path) -> Path:
    """Import an extract with its sight lines, once per run."""
    path = workshop() / f"{source.name}.map"
    write_map(with_sight(import_osm(source)), path)
    return path


@cache
def unpacked(source: Path) -> Path:
    """Give an extract as plain XML."""
    path = workshop() / source.name.removesuffix(".bz2")
    path.write_bytes(bz2.decompress(source.read_bytes()))
    return path


@cache
def made(homes: int, range_m: float) -> StreetMap:
    """Make a neighbourhood of this many homes with sight lines up to a range, metres."""
    return with_sight(import_osm(make_neighbourhood("bloemkool", homes, seed=3)), range_m)


def shipped() -> StreetMap:
    """Read the map that comes along."""
    return read_map(SHIPPED)

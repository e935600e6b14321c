"""Real and made neighbourhoods side by side: `python -m simulation.maps.synthetic.compare EXTRACTS docs/synthetic-maps.md`.

EXTRACTS is a folder that holds the extracts of `EXTRACTS`; the table in the page, between two marks, is written anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulation.maps.character import character
from simulation.maps.osm import import_osm
from simulation.maps.sight import with_sight
from simulation.maps.synthetic import make_neighbourhood

if TYPE_CHECKING:
    from simulation.maps.character import Character

EXTRACTS: Final = {
    "naoorlogs": "kampen-naoorlogs.osm.bz2",
    "bloemkool": "kampen-bloemkoolwijk.osm.bz2",
    "lint": "wechelderzande.osm.bz2",
    "centrum": "kampen-binnenstad.osm.bz2",
}
"""The real neighbourhood for each kind."""

HOMES: Final = {"naoorlogs": 3400, "bloemkool": 2400, "lint": 1550, "centrum": 4400}
"""As many homes as the extract has, rounded: a smaller neighbourhood has more edge, which changes every statistic."""

SEEDS: Final = (3, 4, 5, 6)

BEGIN, END = "<!-- table: written by simulation.maps.synthetic.compare -->\n", "<!-- end of table -->\n"

_USAGE: Final = "usage: python -m simulation.maps.synthetic.compare EXTRACTS PAGE\n"


def real_character(kind: str, extracts: Path) -> Character:
    """Compute the character of the real neighbourhood of a kind."""
    return character(with_sight(import_osm(extracts / EXTRACTS[kind])))


def made_character(kind: str, homes: int, seed: int) -> Character:
    """Compute the character of a made neighbourhood."""
    return character(with_sight(import_osm(make_neighbourhood(kind, homes, seed))))


def table(kind: str, real: Character, made: dict[int, Character]) -> str:
    """Write the statistics of one kind as a Markdown table, with the deviation of each made neighbourhood."""
    head = f"| {kind} | {EXTRACTS[kind].partition('.')[0]} | " + " | ".join(f"made, seed {seed}" for seed in made) + " |\n"
    lines = [head, "|---" * (2 + len(made)) + "|\n"]
    columns = [one.as_dict() for one in made.values()]
    for name, value in real.as_dict().items():
        cells = [_cell(column[name], value) for column in columns]
        lines.append(f"| {name} | {_figure(value)} | " + " | ".join(cells) + " |\n")
    return "".join(lines)


def _cell(made: float | None, real: float | None) -> str:
    """Write a figure and how far it lies from the real one."""
    if made is None or not real:
        return _figure(made)
    return f"{_figure(made)} ({made / real - 1:+.0%})"


def _figure(value: float | None) -> str:
    """Write a figure with three digits or, where it is large, to the whole number."""
    return "-" if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"  # noqa: PLR2004


def write_tables(extracts: Path, page: Path) -> None:
    """Put the tables of all kinds into a page, between the marks."""
    tables = [
        table(kind, real_character(kind, extracts), {seed: made_character(kind, HOMES[kind], seed) for seed in SEEDS})
        for kind in EXTRACTS
    ]
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n" + "\n".join(tables) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 - the program and two paths
        sys.exit(_USAGE)
    write_tables(Path(sys.argv[1]), Path(sys.argv[2]))

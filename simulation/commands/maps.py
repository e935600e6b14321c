"""The commands about maps: make, read, fetch, check and draw them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulation.commands.failures import Command
from simulation.commands.inputs import JsonOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulation.maps.streetmap import StreetMap

_BAR_STEPS = 1000

maps = typer.Typer(help="Make, read, fetch, check and draw maps.", rich_markup_mode=None, no_args_is_help=True)

MapArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A map file.")]
MapOutput = Annotated[Path, typer.Option("--output", metavar="FILE", help="The map file to make.")]


@maps.command("import", cls=Command)
def map_import(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="An .osm, .osm.bz2, .osm.gz or .osm.pbf file.")],
    output: MapOutput,
    area: Annotated[
        str | None, typer.Option(metavar="AREA", help="GeoJSON file, or LEFT,BOTTOM,RIGHT,TOP in degrees.")
    ] = None,
) -> None:
    """Make a map from OpenStreetMap data."""
    from simulation.maps.area import read_area
    from simulation.maps.osm import import_osm
    from simulation.runs import check_free

    check_free(output)
    _write_map(import_osm(source, area=read_area(area) if area else None), output)


@maps.command("fetch", cls=Command)
def map_fetch(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A neighbourhood, village or town, with its municipality.")],
    output: MapOutput,
    nominatim: Annotated[
        str | None, typer.Option(metavar="URL", envvar="BOEF_NOMINATIM_URL", help="Another server that knows outlines.")
    ] = None,
    overpass: Annotated[
        str | None, typer.Option(metavar="URL", envvar="BOEF_OVERPASS_URL", help="Another server that has the data.")
    ] = None,
) -> None:
    """Make a map of a place by its name; this needs the network."""
    from simulation.maps.fetch import NOMINATIM_URL, OVERPASS_URL, fetch_map
    from simulation.runs import check_free

    check_free(output)
    tell = partial(typer.echo, err=True)
    _write_map(fetch_map(place, nominatim or NOMINATIM_URL, overpass or OVERPASS_URL, tell), output)


@maps.command("make", cls=Command)
def map_make(
    kind: Annotated[
        Literal["naoorlogs", "bloemkool", "lint", "centrum"],
        typer.Option(help="Post-war estate, cauliflower estate, ribbon village, or old core."),
    ],
    output: MapOutput,
    homes: Annotated[int, typer.Option(metavar="N", min=50, max=50_000, help="Number of homes.")] = 500,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed gives another neighbourhood.")] = 1,
) -> None:
    """Make a map of a Dutch neighbourhood that does not exist."""
    from simulation.maps.osm import import_osm
    from simulation.maps.synthetic import make_neighbourhood
    from simulation.runs import check_free

    check_free(output)
    _write_map(import_osm(make_neighbourhood(kind, homes, seed), title=f"{kind}-{homes}-{seed}"), output)


@maps.command("check", cls=Command)
def map_check(file: MapArgument, as_json: JsonOption = False) -> None:
    """Check a map file, and tell what it is good for."""
    from simulation.maps.quality import check_map
    from simulation.runs import json_text

    quality = check_map(file)
    typer.echo(json_text(quality.as_dict()) if as_json else "\n".join(quality.lines()), nl=not as_json)


@maps.command("draw", cls=Command)
def map_draw(
    file: MapArgument,
    output: Annotated[Path, typer.Option("--output", metavar="PICTURE", help="The .png, .svg or .pdf file to make.")],
    language: Annotated[Literal["nl", "en"], typer.Option("--lang", help="Language of the picture.")] = "nl",
) -> None:
    """Draw a map, and tell in a .txt file beside the picture what it shows."""
    from simulation.maps.pinned import read_map
    from simulation.reports.charts import write_words
    from simulation.reports.mapview import check_picture, draw_map, map_words
    from simulation.runs import check_free, new_file

    check_picture(output)
    words = output.with_suffix(".txt")
    for made in (output, words):
        check_free(made)
    street_map = read_map(file)
    with new_file(output) as draft, new_file(words) as words_draft:
        draw_map(street_map, draft, language)
        write_words(words_draft, map_words(street_map, language))
    typer.echo(f"Made {output}, and {words} that tells what it shows")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[float], None]]:
    """Give what shows how far the work is, from 0 to 1, with the time left; on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=_BAR_STEPS, label=label, file=sys.stderr) as bar:
        yield lambda share: bar.update(round(share * _BAR_STEPS) - bar.pos)
        bar.update(_BAR_STEPS - bar.pos)


def _write_map(street_map: StreetMap, output: Path) -> None:
    """Add the sight lines, write the map, and tell what is on it."""
    from simulation.maps.pinned import write_map
    from simulation.maps.sight import with_sight

    with _bar("sight lines") as progress:
        seeing = with_sight(street_map, progress=progress)
    digest = write_map(seeing, output)
    typer.echo(f"Made {output}: {len(street_map.homes.key)} homes, digest {digest[:12]}")

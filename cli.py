"""The command line `boef`: parse, call, print, exit code.

Everything heavy is imported inside the command that needs it. A user's mistake, a failing outside world and a bug of our own
each have their exit code, see `simulation.errors`.
"""

from __future__ import annotations

import errno
import os
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from simulation import __version__
from simulation.errors import BoefError, InputError, InternalError, MapError, ScenarioError
from simulation.structure_ids import PresetId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from simulation.maps.streetmap import StreetMap
    from simulation.scenario import LoadedScenario
    from simulation.trace.log import Trace

_UNREADABLE = (errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.ENAMETOOLONG, errno.ELOOP)
_BROKEN_WORLD, _INTERRUPTED = 3, 130
BAR_STEPS = 1000


class _Command(TyperCommand):
    """A command whose failures become a few lines on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer keeps its context type private
        try:
            value = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            message, code = "Interrupted; nothing half-written was left behind.", _INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            message, code = "", _BROKEN_WORLD
        except Exception as error:  # noqa: BLE001 - the last place before the user
            if isinstance(error, OSError):
                _forget_output()
            message, code = _explained(error)
        else:
            return value
        if message:
            typer.echo(message, err=True)
        raise typer.Exit(code)


def _forget_output() -> None:
    """Let what is still buffered for a broken standard output go nowhere, so that it does not fail again when Python ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explained(error: Exception) -> tuple[str, int]:
    """Give the message and the exit code of a failure."""
    if isinstance(error, BoefError) and not isinstance(error, InternalError):
        return str(error), error.exit_code
    if isinstance(error, MemoryError):
        return "There is not enough memory for this; take fewer residents or a smaller map.", _BROKEN_WORLD
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else "cannot read or write: "
        code = InputError.exit_code if error.errno in _UNREADABLE else _BROKEN_WORLD
        return f"{where}{error.strerror or type(error).__name__}", code
    frames = traceback.extract_tb(error.__traceback__)
    place = [frame for frame in frames if frame.filename == __file__ or "simulation" in Path(frame.filename).parts][-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    message = f"boef has a bug: {type(error).__name__} at {where}: {error}"
    return (
        f"{message}\nPlease report this line, the command and the scenario; CONTRIBUTING.md says where.",
        InternalError.exit_code,
    )


app = typer.Typer(
    help="Play a Boef in de Wijk evening on real streets, and see why the suspect was found.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
maps = typer.Typer(help="Make, read, fetch, check and draw maps.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(maps, name="map")

ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help="A YAML file, or the name of a shipped scenario.")]
OptionalScenario = Annotated[
    str | None,
    typer.Argument(metavar="SCENARIO", help="A YAML file, or the name of a shipped scenario. Default: the shipped one."),
]
MapOption = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="A map file. Default: that of the scenario.")]
MapArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A map file.")]
MapOutput = Annotated[Path, typer.Option("--output", metavar="FILE", help="The map file to make.")]
RunArgument = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `boef run --output` made.")]
LanguageOption = Annotated[Literal["nl", "en"] | None, typer.Option("--lang", help="Language. Default: that of the scenario.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"boef {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Play a Boef in de Wijk evening on real streets, and see why the suspect was found."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a letter gets its code, not a failure
            stream.reconfigure(errors="backslashreplace")


def _scenario(name: str | None) -> LoadedScenario:
    from simulation.scenario import DEFAULT_SCENARIO, load_scenario

    return load_scenario(DEFAULT_SCENARIO if name is None else name)


def _street_map(loaded: LoadedScenario, path: Path | None) -> StreetMap:
    """Read the map that was asked for: by option, by the scenario, or the shipped one."""
    from simulation.maps.pinned import read_map
    from simulation.scenario.shipped import scenarios_folder

    if path is not None or loaded.map_path is None:
        return read_map(path or scenarios_folder() / "wijk.map")
    try:
        return read_map(loaded.map_path)
    except MapError as error:
        found = (loaded.problem(f"map: {loaded.map_path}: {problem.message}", "map") for problem in error.problems)
        raise ScenarioError(*found) from None


def _lines(lines: list[str]) -> None:
    typer.echo("\n".join(lines))


@app.command(cls=_Command)
def scenarios() -> None:
    """List the shipped scenarios."""
    from simulation.scenario import shipped_scenarios

    _lines([f"{shipped.name:24} {shipped.title}" for shipped in shipped_scenarios()])


@app.command(cls=_Command)
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The scenario file to make.")],
    name: Annotated[str | None, typer.Option("--from", metavar="NAME", help="Start from this shipped scenario.")] = None,
    language: LanguageOption = None,
) -> None:
    """Make a scenario file to fill in."""
    from simulation.runs import new_file
    from simulation.scenario import DEFAULT_SCENARIO, new_scenario_text

    text = new_scenario_text(DEFAULT_SCENARIO if name is None else name, language or "nl")
    with new_file(file) as draft:
        draft.write_text(text, encoding="utf-8")
    typer.echo(f"Made {file}. Next: boef check {quote(str(file))}")


@app.command(cls=_Command)
def check(scenario: ScenarioArgument, map_file: MapOption = None) -> None:
    """Check a scenario, alone and against its map."""
    from simulation.engine import check as check_against
    from simulation.engine import remarks

    loaded = _scenario(scenario)
    street_map = _street_map(loaded, map_file)
    check_against(loaded, street_map)
    for remark in remarks(loaded, street_map):
        typer.echo(f"note: {remark}", err=True)
    typer.echo(f"{scenario}: fine, on the map {street_map.about['title']!r}")


@app.command(cls=_Command)
def run(
    scenario: OptionalScenario = None,
    map_file: MapOption = None,
    structure: Annotated[PresetId | None, typer.Option(help="Play with this alert structure instead.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Play with this seed instead.")] = None,
    output: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder to make: trace, score, manifest, page.")] = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Play one evening and tell how it went."""
    from simulation.engine import check as check_against
    from simulation.engine import run_evening
    from simulation.language.catalogue import text
    from simulation.runs import PAGE, check_free, json_text
    from simulation.scoring import score as scored

    if output:
        check_free(output)
    loaded = _changed(_scenario(scenario), structure, seed)
    street_map = _street_map(loaded, map_file)
    check_against(loaded, street_map)
    started = time.perf_counter()
    trace = run_evening(loaded.scenario, street_map, loaded.scenario.seed)
    wall_time_s = time.perf_counter() - started
    measures = scored(trace)
    if output:
        from simulation.reports import report_html
        from simulation.runs import Run, about_run, write_run

        about = about_run(loaded.scenario, street_map)
        page = report_html(trace, measures, street_map, about, language or loaded.scenario.language)
        write_run(Run(trace, measures, page, about, wall_time_s), output)
    if as_json:
        typer.echo(json_text(measures), nl=False)
        return
    _tell(trace, measures, language)
    if output:
        typer.echo(text(language or trace.header["language"], "cli.page", path=output / PAGE))


def _changed(loaded: LoadedScenario, structure: PresetId | None, seed: int | None) -> LoadedScenario:
    """Put what the options say in the place of what the scenario says."""
    from simulation.scenario.model import outlets

    scenario = loaded.scenario
    if structure is not None:
        scenario = scenario.with_structure(structure)
        if scenario.outlet not in outlets(scenario.structure):
            raise InputError(
                f"{loaded.name}: the organisers tell their news in {scenario.outlet!r} (outlet), and --structure {structure} "
                f"has no such groups; take another structure, or a copy of the scenario with outlet: public-page"
            )
    if seed is not None:
        scenario = scenario.with_seed(seed)
    return replace(loaded, scenario=scenario)


def _tell(trace: Trace, measures: Mapping[str, Any], language: str | None) -> None:
    """Print the summary of an evening."""
    from simulation.scoring.summary import summary_lines

    _lines(list(summary_lines(trace.header, measures, language or trace.header["language"])))


@app.command(cls=_Command)
def why(
    run_folder: RunArgument,
    record: Annotated[str | None, typer.Argument(metavar="RECORD", help="Id of a record. Default: how he was found.")] = None,
    language: LanguageOption = None,
) -> None:
    """Tell what led to a record, step by step."""
    from simulation.runs import read_run
    from simulation.trace.why import causal_chain
    from simulation.trace.why_words import why_lines

    trace = read_run(run_folder)
    _lines(list(why_lines(trace, causal_chain(trace, record), language or trace.header["language"], ids=True)))


@app.command(cls=_Command)
def score(run_folder: RunArgument, language: LanguageOption = None, as_json: JsonOption = False) -> None:
    """Compute the measures of an evening from its trace."""
    from simulation.runs import json_text, read_run
    from simulation.scoring import score as scored

    trace = read_run(run_folder)
    measures = scored(trace)
    if as_json:
        typer.echo(json_text(measures), nl=False)
    else:
        _tell(trace, measures, language)


@maps.command("import", cls=_Command)
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


@maps.command("fetch", cls=_Command)
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


@maps.command("make", cls=_Command)
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


@maps.command("check", cls=_Command)
def map_check(file: MapArgument, as_json: JsonOption = False) -> None:
    """Check a map file, and tell what it is good for."""
    from simulation.maps.quality import check_map
    from simulation.runs import json_text

    quality = check_map(file)
    typer.echo(json_text(quality.as_dict()) if as_json else "\n".join(quality.lines()), nl=not as_json)


@maps.command("draw", cls=_Command)
def map_draw(
    file: MapArgument,
    output: Annotated[Path, typer.Option("--output", metavar="PICTURE", help="The .png, .svg or .pdf file to make.")],
) -> None:
    """Draw a map."""
    from simulation.maps.pinned import read_map
    from simulation.reports.mapview import check_picture, draw_map
    from simulation.runs import check_free, new_file

    check_picture(output)
    check_free(output)
    street_map = read_map(file)
    with new_file(output) as draft:
        draw_map(street_map, draft)
    typer.echo(f"Made {output}")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[float], None]]:
    """Give what shows how far the work is, from 0 to 1, with the time left; on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=BAR_STEPS, label=label, file=sys.stderr) as bar:
        yield lambda share: bar.update(round(share * BAR_STEPS) - bar.pos)
        bar.update(BAR_STEPS - bar.pos)


def _write_map(street_map: StreetMap, output: Path) -> None:
    """Add the sight lines, write the map, and tell what is on it."""
    from simulation.maps.pinned import write_map
    from simulation.maps.sight import with_sight

    with _bar("sight lines") as progress:
        seeing = with_sight(street_map, progress=progress)
    digest = write_map(seeing, output)
    typer.echo(f"Made {output}: {len(street_map.homes.key)} homes, digest {digest[:12]}")


if __name__ == "__main__":
    app()

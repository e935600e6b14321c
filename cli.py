"""The command line `boef`: parse, call, print, exit code.

Everything heavy is imported inside the command that needs it. A user's mistake, a failing outside world and a bug of our own
each have their exit code, see `simulation.errors`.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation import __version__
from simulation.commands.compare import compare
from simulation.commands.failures import Command
from simulation.commands.inputs import (
    JsonOption,
    LanguageOption,
    MapOption,
    OptionalScenario,
    RunArgument,
    loaded_scenario,
    map_of,
    with_structure,
)
from simulation.commands.library import scenarios
from simulation.commands.maps import maps
from simulation.commands.measuring import scored
from simulation.commands.report import report
from simulation.commands.structures import structure
from simulation.commands.sweep import sweep
from simulation.structure_ids import LAYERS, PLUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.scenario import LoadedScenario
    from simulation.trace.log import Trace


app = typer.Typer(
    help="Play a Boef in de Wijk evening on real streets, and see why the suspect was found.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
app.add_typer(maps, name="map")

ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help="A YAML file, or the name of a shipped scenario.")]


def _structure_id(written: str) -> str:
    """Read the id of an alert structure."""
    from simulation.scenario.joining import faults, joined

    found = faults(written)
    if found:
        raise typer.BadParameter("; ".join(found))
    return joined(written)


_STRUCTURES = "; ".join(f"{what}: {', '.join(parts)}" for what, parts in LAYERS.items())
StructureOption = Annotated[
    str | None,
    typer.Option(
        "--structure",
        parser=_structure_id,
        metavar="ID",
        help=f"Play with this alert structure instead. Parts join with {PLUS}, at most one of each kind ({_STRUCTURES}).",
    ),
]


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


def _lines(lines: list[str]) -> None:
    typer.echo("\n".join(lines))


app.command(cls=Command)(scenarios)


@app.command(cls=Command)
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


@app.command(cls=Command)
def check(scenario: ScenarioArgument, map_file: MapOption = None) -> None:
    """Check a scenario, alone and against its map."""
    from simulation.engine import check as check_against
    from simulation.engine import remarks

    loaded = loaded_scenario(scenario)
    street_map = map_of(loaded, map_file)
    check_against(loaded, street_map)
    for remark in remarks(loaded, street_map):
        typer.echo(f"note: {remark}", err=True)
    typer.echo(f"{scenario}: fine, on the map {street_map.about['title']!r}")


@app.command(cls=Command)
def run(
    scenario: OptionalScenario = None,
    map_file: MapOption = None,
    structure: StructureOption = None,
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

    if output:
        check_free(output)
    loaded = _changed(loaded_scenario(scenario), structure, seed)
    street_map = map_of(loaded, map_file)
    check_against(loaded, street_map)
    started = time.perf_counter()
    trace = run_evening(loaded.scenario, street_map, loaded.scenario.seed)
    wall_time_s = time.perf_counter() - started
    measures = scored(trace, loaded.scenario.all_goals)
    if output:
        from simulation.reports import report_html
        from simulation.runs import Run, about_run, write_run

        about = about_run(loaded.scenario, street_map)
        page = report_html(trace, measures, street_map, about, language or loaded.scenario.language)
        write_run(Run(trace, measures, page, about, wall_time_s), output)
    if as_json:
        typer.echo(json_text(measures), nl=False)
        return
    _tell(trace, measures, language, briefly=True)
    if output:
        typer.echo(text(language or trace.header["language"], "cli.page", path=output / PAGE))


def _changed(loaded: LoadedScenario, structure: str | None, seed: int | None) -> LoadedScenario:
    """Put what the options say in the place of what the scenario says."""
    if structure is not None:
        loaded = with_structure(loaded, structure)
    return loaded if seed is None else replace(loaded, scenario=loaded.scenario.with_seed(seed))


def _tell(trace: Trace, measures: Mapping[str, Any], language: str | None, *, briefly: bool = False) -> None:
    """Print the summary of an evening, and how far its goals were met."""
    from simulation.scoring.summary import summary_lines

    told_in = language or trace.header["language"]
    _lines(list(summary_lines(trace.header, measures, told_in)))
    if measures["goals"]:
        from simulation.scoring.goalwords import goal_lines

        _lines(["", *goal_lines(str(trace.header["start"]), measures["goals"], told_in, briefly=briefly)])


@app.command(cls=Command)
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


@app.command(cls=Command)
def score(
    run_folder: RunArgument,
    goals: Annotated[
        str | None, typer.Option(metavar="SCENARIO", help="Rate the goals of this scenario instead of those of the run.")
    ] = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compute the measures of an evening from its trace, and rate its goals."""
    from simulation.runs import json_text, read_goals, read_run

    trace = read_run(run_folder)
    measures = scored(trace, read_goals(run_folder) if goals is None else loaded_scenario(goals).scenario.all_goals)
    if as_json:
        typer.echo(json_text(measures), nl=False)
    else:
        _tell(trace, measures, language)


app.command(cls=Command)(report)
app.command(cls=Command)(structure)
app.command(cls=Command)(compare)
app.command(cls=Command)(sweep)

if __name__ == "__main__":
    app()

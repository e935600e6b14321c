"""The command that makes the page of a run folder again, or its figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.commands.inputs import LanguageOption, RunArgument
from simulation.commands.measuring import scored
from simulation.errors import MapError, Problem, RunError

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace


def report(
    run_folder: RunArgument,
    language: LanguageOption = None,
    figures: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Make the charts and the map as SVG, PNG and text instead, here.")
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="The map it was played on, where that does not come along."),
    ] = None,
) -> None:
    """Make the page of an evening again, or its figures for documents."""
    from simulation.language.catalogue import text
    from simulation.reports.evening.kept import check_score, read_about
    from simulation.runs import PAGE, check_free, new_folder, read_goals, read_run, replaced_file

    if figures:
        check_free(figures)
    _check_one_evening(run_folder)
    trace = read_run(run_folder)
    if not run_folder.is_dir():
        raise RunError(Problem("is a trace alone; name the folder that boef run --output made", str(run_folder)))
    about = read_about(run_folder, trace)
    measures = scored(trace, read_goals(run_folder))
    check_score(run_folder, measures)
    street_map, shown = _map_of(trace, run_folder, map_file), language or str(trace.header["language"])
    if figures:
        from simulation.reports.evening.figures import write_figures

        with new_folder(figures) as draft:
            if not write_figures(trace, measures, street_map, shown, draft):
                raise RunError(Problem("holds an evening in which nothing happened that can be drawn", str(run_folder)))
        typer.echo(text(shown, "report.figures", path=figures))
        return
    from simulation.reports import report_html

    with replaced_file(run_folder / PAGE) as draft:
        draft.write_text(report_html(trace, measures, street_map, about, shown), encoding="utf-8")
    typer.echo(text(shown, "cli.page", path=run_folder / PAGE))


def _check_one_evening(folder: Path) -> None:
    """Refuse a folder of many evenings, and say what makes its page."""
    from simulation.runs import PAGE, TRACE

    if not folder.is_dir() or (folder / TRACE).exists():
        return
    from simulation.experiments.results import DESIGN

    if (folder / DESIGN).is_file():
        page = f"; its page is {folder / PAGE}" if (folder / PAGE).is_file() else ""
        told = f"is the folder of a comparison or a sweep, and boef report makes the page of one evening{page}"
        again = "the same boef compare command again makes the page of a comparison, with --lang in another language"
        raise RunError(Problem(f"{told}; {again}, and with --figures its charts", str(folder)))


def _map_of(trace: Trace, run_folder: Path, map_file: Path | None) -> StreetMap:
    """Find the map that an evening was played on."""
    from simulation.maps.pinned import played_on, read_map

    given = None if map_file is None else read_map(map_file)
    try:
        return played_on(trace.header, given)
    except MapError as error:
        (told,) = (problem.message for problem in error.problems)
        if map_file is not None:
            raise MapError(Problem(told, str(map_file))) from None
        raise RunError(Problem(f"{told}; name its file with --map", str(run_folder))) from None

"""The command that compares alert structures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from simulation.commands.campaigns import (
    ClusterOption,
    FolderOption,
    WorkersOption,
    YesOption,
    campaign_of,
    check_length,
    kept_on_interrupt,
    players,
)
from simulation.commands.inputs import (
    JsonOption,
    LanguageOption,
    MapOption,
    OptionalScenario,
    loaded_scenario,
    map_of,
    with_structure,
)
from simulation.commands.watching import watched
from simulation.errors import InputError

if TYPE_CHECKING:
    from simulation.experiments.campaign import Campaign
    from simulation.experiments.comparison import Comparison
    from simulation.experiments.design import Design
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario import LoadedScenario

USUAL, MOST = 200, 25_600
"""Replications if nobody says how many; and at most, where playing goes on until the answer is sure."""


class Wanted(NamedTuple):
    """How sure the answer is to be.

    Parameters
    ----------
    replications
        Evenings under each structure, at most.
    measure, half_width
        Half the length of the longest interval of a difference that will do, in the unit of the measure; an empty name where
        all evenings are to be played.
    """

    replications: int
    measure: str
    half_width: float


def compare(
    scenario: OptionalScenario = None,
    structures: Annotated[
        str, typer.Option(metavar="A,B,...", help="Alert structures; others are compared with the first.")
    ] = "separate-groups,zoomwijck",
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N", help=f"Evenings under each structure. Default: {USUAL}; with --until-sure at most {MOST:,}."
        ),
    ] = None,
    until_sure: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE:HALFWIDTH",
            help="Play until half the 95 % interval of every difference in this measure is so short, such as found:0.02.",
        ),
    ] = None,
    power: Annotated[bool, typer.Option("--power", help="Tell how many evenings it takes to find a difference.")] = False,
    map_file: MapOption = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Seed of the first world.")] = None,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    output: FolderOption = None,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also make the charts and the structures as SVG, PNG and text, here."),
    ] = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Play the same evenings under several alert structures, and tell which is better and how sure that is."""
    from simulation.runs import check_free, json_text

    wanted = _wanted(replications, until_sure)
    loaded = loaded_scenario(scenario)
    if seed is not None:
        loaded = replace(loaded, scenario=loaded.scenario.with_seed(seed))
    street_map, shown = map_of(loaded, map_file), language or loaded.scenario.language
    design = _design(loaded, structures, street_map)
    design.seeds(wanted.replications)
    with campaign_of(design, street_map, output, players(workers, cluster)) as campaign:
        if figures:
            check_free(figures)  # not before the folder of the campaign is there: they may go into it
        if not yes and not wanted.measure:
            check_length(campaign, wanted.replications, street_map)
        with kept_on_interrupt(campaign, output):
            comparison, told = _played(campaign, wanted, shown)
            made = _made(comparison, street_map, (output, figures), shown)
    if as_json:
        typer.echo(json_text(comparison.as_data()), nl=False)
        return
    from simulation.reports.comparison.needed import needed_lines
    from simulation.reports.comparison.words import compared_lines

    lines = [*compared_lines(comparison, loaded.scenario.title, str(street_map.about["title"]), shown), *told]
    if power:
        lines += ["", *needed_lines(comparison, wanted.measure or "found", shown)]
    typer.echo("\n".join([*lines, *(["", *made] if made else [])]))


def _wanted(replications: int | None, until_sure: str | None) -> Wanted:
    """Read how sure the answer is to be."""
    if replications is not None and replications < 1:
        raise InputError(f"--replications {replications}: play at least 1 evening under each structure")
    if until_sure is None:
        return Wanted(USUAL if replications is None else replications, "", 0.0)
    from simulation.experiments.precision import read_precision

    return Wanted(MOST if replications is None else replications, *read_precision(until_sure))


def _design(loaded: LoadedScenario, structures: str, street_map: StreetMap) -> Design:
    """Make the design of the comparison, if the scenario and the map agree with every structure."""
    from simulation.engine import check
    from simulation.experiments.design import Design
    from simulation.experiments.structures import structure_conditions
    from simulation.scenario.joining import faults, joined

    ids = [written.strip() for written in structures.split(",") if written.strip()]
    if not ids:
        raise InputError("--structures names none; write for example separate-groups,zoomwijck")
    wrong = [fault for written in ids for fault in faults(written)]
    if wrong:
        raise InputError(*(f"--structures: {fault}" for fault in wrong))
    under = [with_structure(loaded, joined(written)) for written in ids]
    for changed in under:
        check(changed, street_map)
    conditions = structure_conditions([changed.scenario for changed in under])
    return Design(conditions, loaded.scenario.seed, street_map.digest)


def _made(comparison: Comparison, street_map: StreetMap, folders: tuple[Path | None, Path | None], language: str) -> list[str]:
    """Write the results and their pages into one folder, the figures into another, as far as asked; tell where they are."""
    from simulation.commands.comparisonpages import write_pages
    from simulation.experiments.compare import keep
    from simulation.experiments.reached import reached
    from simulation.language.catalogue import text
    from simulation.people.network import Network
    from simulation.runs import new_folder

    output, figures = folders
    if output is None and figures is None:
        return []
    told, network = [], Network(street_map)
    by_when = reached(comparison, network)
    if output is not None:
        keep(comparison, comparison.as_data(), output)
        told.append(text(language, "comparison.made", path=write_pages(comparison, network, by_when, output, language)))
    if figures is not None:
        from simulation.reports.comparison.figures import write_figures

        with new_folder(figures) as draft:
            write_figures(comparison, street_map, by_when, language, draft)
        told.append(text(language, "comparison.figures", path=figures))
    return told


def _played(campaign: Campaign, wanted: Wanted, language: str) -> tuple[Comparison, list[str]]:
    """Play, and tell whether the answer is as sure as was asked."""
    from simulation.experiments.compare import compared, compared_until_sure

    evenings = len(campaign.design.conditions) * wanted.replications
    with watched(campaign, evenings, wanted.measure or "found", language) as watching:
        if not wanted.measure:
            return compared(watching, wanted.replications), []
        found, stop = compared_until_sure(watching, wanted.measure, wanted.half_width, wanted.replications)
    from simulation.reports.comparison.words import enough_words

    width = max((one.half_width for one in stop.estimates), default=float("nan"))
    return found, ["", enough_words(wanted.measure, width, language, sure=stop.sure)]

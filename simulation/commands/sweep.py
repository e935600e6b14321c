"""The command that sweeps: one scenario at many points, and what decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from simulation.commands.inputs import JsonOption, LanguageOption, MapOption, map_of
from simulation.commands.watching import watched

if TYPE_CHECKING:
    from simulation.experiments.sweeping import Swept


def sweep(
    design: Annotated[
        Path, typer.Argument(metavar="DESIGN", help="The file of the sweep; docs/sweeps.md tells how it looks.")
    ],
    map_file: MapOption = None,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    output: FolderOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Play one scenario at many points, and tell which factors decide what comes of it."""
    from simulation.experiments.sweep import load_sweep
    from simulation.experiments.sweeping import Swept, design_of

    asked = load_sweep(design)
    base = asked.design.base
    street_map = map_of(base, map_file)
    played = design_of(asked, street_map)
    replications, shown = asked.design.replications, language or base.scenario.language
    evenings = replications * len(asked.points)
    with campaign_of(played, street_map, output, players(workers, cluster)) as campaign:
        if not yes:
            check_length(campaign, replications, street_map)
        with kept_on_interrupt(campaign, output), watched(campaign, evenings, _first_measure(asked), shown) as watching:
            swept = Swept(asked, played, watching.play(replications))
    if output is not None:
        from simulation.experiments.compare import keep

        keep(swept.outcomes, swept.as_data(), output)
    if as_json:
        from simulation.runs import json_text

        typer.echo(json_text(swept.as_data()), nl=False)
        return
    _tell(swept, str(street_map.about["title"]), shown, output)


def _first_measure(asked: Any) -> str:  # noqa: ANN401 - a sweep
    from simulation.experiments.sweeping import MEASURES

    return str((asked.design.measures or MEASURES)[0])


def _tell(swept: Swept, map_title: str, language: str, output: Path | None) -> None:
    from simulation.reports.sweepwords import sweep_lines

    typer.echo("\n".join([*sweep_lines(swept, map_title, language), *(["", str(output)] if output else [])]))

"""Comparing alert structures: the same worlds under each, as many as it takes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.engine.check import misfits
from simulation.errors import InputError, ScenarioError
from simulation.experiments.campaign import Campaign
from simulation.experiments.comparison import Comparison
from simulation.experiments.design import Design
from simulation.experiments.enough import until_sure
from simulation.experiments.executors import Processes, Serial, Setup
from simulation.experiments.frames import write_csv
from simulation.experiments.results import Memory, open_folder
from simulation.experiments.structures import structure_conditions
from simulation.maps.pinned import digest_of
from simulation.people.network import Network
from simulation.runs import json_text, replaced_file
from simulation.scenario.positions import path_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.experiments.differences import Difference
    from simulation.experiments.enough import Stop
    from simulation.experiments.executors import Executor
    from simulation.experiments.outcomes import Outcomes
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

CSV, SUMMARY = "results.csv", "summary.json"


def compare_structures(
    scenario: Scenario,
    street_map: StreetMap,
    structures: Sequence[str],
    replications: int = 200,
    *,
    workers: int | str = 1,
    folder: str | Path | None = None,
) -> Comparison:
    """Play the same evenings under several alert structures.

    Parameters
    ----------
    scenario
        The evening; its seed is that of the first world.
    street_map
        A map with sight lines.
    structures
        Ids of the structures; others are compared with the first.
    replications
        Evenings under each.
    workers
        Processes that play, or as a text the address of the scheduler of a Dask cluster whose workers play. More than one
        process needs a script that guards its start with `if __name__ == "__main__":`; a cluster needs the extra `cluster`.
    folder
        Where the evenings are kept, so that playing can go on later; nowhere where left out.

    Returns
    -------
    The comparison: `frame` has a row for each evening, `lines` what they tell.

    Raises
    ------
    InputError
        If there are no such structures, or the rest of the scenario or the map does not agree with one of them.
    RunError
        If the folder holds something else.
    WorldError
        If there is no such cluster, or processes are killed; a folder keeps what came in before.

    Examples
    --------
    >>> from pathlib import Path
    >>> from simulation import compare_structures, load_scenario, read_map
    >>> scenario = load_scenario("gescheiden-groepen").scenario
    >>> street_map = read_map(Path("scenarios/wijk.map"))
    >>> found = compare_structures(scenario, street_map, ["separate-groups", "zoomwijck"], replications=2)
    >>> found.line("found", "zoomwijck").estimate.count
    2
    """
    if replications < 1:
        raise InputError(f"{replications} replications; play at least 1")
    under = [_under(scenario, structure, street_map) for structure in structures]
    design = Design(structure_conditions(under), scenario.seed, digest_of(street_map))
    with closing(executor_of(design, street_map, workers)) as executor:
        store = Memory() if folder is None else open_folder(Path(folder), design)
        found = compared(Campaign(design, executor, store), replications)
    if folder is not None:
        keep(found, found.as_data(), Path(folder))
    return found


def compared(campaign: Campaign, replications: int) -> Comparison:
    """Compare so many evenings under each structure, playing those that were not yet played."""
    return Comparison(campaign.design, campaign.play(replications))


def compared_until_sure(campaign: Campaign, measure: str, half_width: float, most: int) -> tuple[Comparison, Stop[Difference]]:
    """Play until the differences in a measure from the first structure are known as precisely as was asked.

    Parameters
    ----------
    campaign
        The campaign.
    measure
        Key of the measure.
    half_width
        Half the length of the longest 95 % interval that will do, in the unit of the measure.
    most
        Most evenings under each structure.
    """
    stop = until_sure(lambda count: compared(campaign, count).differences(measure), half_width, most)
    return compared(campaign, stop.count), stop


def executor_of(design: Design, street_map: StreetMap, workers: int | str) -> Executor:
    """Give who plays the evenings of a design: so many processes, or as a text the address of a Dask cluster."""
    if isinstance(workers, str):
        try:
            from simulation.experiments.cluster import Cluster
        except ModuleNotFoundError as error:
            told = f'{error.name} is missing, which a cluster needs; install it with: pip install "boef-in-de-wijk[cluster]"'
            raise InputError(told) from None
        return Cluster(Setup.of(design, street_map), workers)
    if workers > 1:
        return Processes(Setup.of(design, street_map), workers)
    return Serial(tuple(condition.scenario for condition in design.conditions), Network(street_map))


def keep(outcomes: Outcomes, told: Mapping[str, Any], folder: Path) -> None:
    """Write into the folder of a campaign its evenings and what they tell, in the place of what was told before."""
    with replaced_file(folder / CSV) as draft:
        write_csv(outcomes.table, [condition.factors for condition in outcomes.design.conditions], draft)
    with replaced_file(folder / SUMMARY) as draft:
        draft.write_text(json_text(told), encoding="utf-8")


def _under(scenario: Scenario, structure: str, street_map: StreetMap) -> Scenario:
    """Give the evening under a structure, if it can be played on a map."""
    changed = scenario.with_structure(structure)
    found = list(misfits(changed, street_map))
    if found:
        raise ScenarioError(*(f"under {structure}, {path_text(path)}: {told}" for path, told in found))
    return changed

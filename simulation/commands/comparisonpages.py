"""The pages that `boef compare --output` writes: that of the comparison, and those of evenings to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from simulation.commands.measuring import scored
from simulation.errors import Problem, RunError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from simulation.experiments.comparison import Comparison
    from simulation.experiments.examples import Example
    from simulation.experiments.times import Curve
    from simulation.people.network import Network

EVENINGS = "evenings"
"""Folder of the pages of evenings."""


def write_pages(comparison: Comparison, network: Network, by_when: Mapping[int, Curve], folder: Path, language: str) -> Path:
    """Write the page of a comparison and those that it leads to, in the place of what was there before.

    The evenings come first and an old page goes before them, so that a page never leads nowhere, or to another evening than it
    says. What an earlier call chose and this one does not is removed.

    Parameters
    ----------
    comparison
        The evenings.
    network
        The streets they were played on.
    by_when
        The share of the residents reached by when, under each structure.
    folder
        The folder of the campaign.
    language
        `nl` or `en`.

    Returns
    -------
    Path of the page.

    Raises
    ------
    RunError
        If something else stands where the pages go.
    """
    from simulation.experiments.examples import KINDS, examples
    from simulation.reports.comparison.page import comparison_html
    from simulation.runs import PAGE, replaced_file

    chosen = examples(comparison)
    names = {example: f"{comparison.design.conditions[example.condition].name}-{example.kind}.html" for example in chosen}
    _make_folder(folder / EVENINGS)
    (folder / PAGE).unlink(missing_ok=True)
    for example, name in names.items():
        with replaced_file(folder / EVENINGS / name) as draft:
            draft.write_text(_evening(comparison, example, network, language), encoding="utf-8")
    known = {f"{condition.name}-{kind}.html" for condition in comparison.design.conditions for kind in KINDS}
    for name in sorted(known.difference(names.values())):
        (folder / EVENINGS / name).unlink(missing_ok=True)
    pages = {example: f"{EVENINGS}/{quote(name)}" for example, name in names.items()}
    with replaced_file(folder / PAGE) as draft:
        draft.write_text(comparison_html(comparison, network.map, by_when, pages, language), encoding="utf-8")
    return folder / PAGE


def _make_folder(path: Path) -> None:
    """Make the folder of the pages of evenings, if it is not there yet."""
    if path.exists() and not path.is_dir():
        raise RunError(Problem("is no folder, and the pages of evenings go there; move it away", str(path)))
    path.mkdir(exist_ok=True)


def _evening(comparison: Comparison, example: Example, network: Network, language: str) -> str:
    """Play an evening of a comparison again, and give its page: that of `boef run`, with a head that says which it is."""
    from simulation.engine import build_worlds, play
    from simulation.reports.comparison.rows import example_words
    from simulation.reports.evening.page import Among, report_html
    from simulation.runs import PAGE, about_run

    scenario = comparison.design.conditions[example.condition].scenario.with_seed(example.seed)
    (world,) = build_worlds(scenario, network, [example.seed])
    trace = play(world)
    measures = scored(trace, scenario.all_goals)
    among = Among(example_words(comparison, example, language), f"../{PAGE}")
    return report_html(trace, measures, network.map, about_run(scenario, network.map), language, among)

"""What the commands that play many evenings share: who plays, how long it takes, and what is kept when the user stops."""

from __future__ import annotations

import os
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.errors import InputError
from simulation.units import DAY_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.experiments.campaign import Campaign
    from simulation.experiments.design import Design
    from simulation.maps.streetmap import StreetMap

WorkersOption = Annotated[
    int | None, typer.Option("--workers", metavar="N", help="Processes that play. Default: one per processor.")
]
ClusterOption = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Play on the Dask cluster of this scheduler, such as tcp://host:8786."),
]
FolderOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="DIR", help="Folder that keeps the evenings; where it is there, playing goes on."),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Begin also if it will take more than an hour.")]

LONG_S = 3600.0
"""Work that takes longer than this, seconds, is only begun when it is asked for with `--yes`."""
_MANY = 2000
"""Evenings up to which nobody asks how long they take."""
_INTERRUPTED = 130
_MOST_WORKERS = 256
_DAYS_S = 5 * DAY_S
"""From this length on, seconds, work is told in days."""


def players(written: int | None, cluster: str | None) -> int | str:
    """Give how many processes play, or the address of the cluster that does."""
    if cluster is not None:
        if written is not None:
            raise InputError("--workers and --cluster do not go together: a cluster plays with all workers that it has")
        return cluster
    if written is not None and written < 1:
        raise InputError(f"--workers {written}: at least 1 process must play")
    return min(written or len(os.sched_getaffinity(0)), _MOST_WORKERS)


@contextmanager
def campaign_of(design: Design, street_map: StreetMap, output: Path | None, workers: int | str) -> Iterator[Campaign]:
    """Make the campaign of a design; where nobody is there to play, no folder is made."""
    from simulation.experiments.campaign import Campaign
    from simulation.experiments.compare import executor_of
    from simulation.experiments.results import Memory, open_folder

    with closing(executor_of(design, street_map, workers)) as executor:
        yield Campaign(design, executor, Memory() if output is None else open_folder(output, design))


def check_length(campaign: Campaign, replications: int, street_map: StreetMap) -> None:
    """Refuse to begin work of more than an hour that nobody asked for: play one world here, and see how long that takes."""
    from simulation.experiments.compare import executor_of
    from simulation.language.forms import duration

    conditions = len(campaign.design.conditions)
    if conditions * replications <= _MANY:
        return
    started = time.perf_counter()
    before = campaign.left(1)
    replace(campaign, executor=executor_of(campaign.design, street_map, 1)).play(1)
    one_s = (time.perf_counter() - started) / max(before, 1)
    left = campaign.left(replications)
    workers = campaign.executor.count()
    expected_s = left * one_s / workers
    if expected_s > LONG_S:
        told = duration("en", expected_s) if expected_s < _DAYS_S else f"{expected_s / DAY_S:,.0f} days"
        message = f"{left:,} evenings of {one_s:.2f} s take about {told} with {workers} processes; add --yes to play them"
        raise InputError(f"{message}, or take fewer replications")


@contextmanager
def kept_on_interrupt(campaign: Campaign, output: Path | None) -> Iterator[None]:
    """Say what is kept when the user stops."""
    try:
        yield
    except KeyboardInterrupt:
        if output is None:
            raise
        done = len(campaign.store.done())
        typer.echo(f"Interrupted; {done:,} evenings are kept in {output}, and the same command goes on from there.", err=True)
        raise typer.Exit(_INTERRUPTED) from None

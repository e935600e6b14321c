"""What a terminal shows while evenings are played: how far it is, how long it will take, and the answer so far."""

from __future__ import annotations

import math
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.experiments.campaign import Campaign
    from simulation.experiments.design import Design
    from simulation.experiments.playing import Row


@contextmanager
def watched(campaign: Campaign, evenings: int, measure: str, language: str) -> Iterator[Campaign]:
    """Show how a campaign comes along, where there is a terminal to show it on.

    Parameters
    ----------
    campaign
        The campaign.
    evenings
        How many evenings are to be played at most.
    measure
        Key of the measure of which the answer so far is told.
    language
        `nl` or `en`.
    """
    if not sys.stderr.isatty():
        yield campaign
        return
    watch = Watch(campaign.design, measure, language)
    shown: Any = typer.progressbar(length=evenings, file=sys.stderr, show_pos=True, item_show_func=lambda _: watch.answer())
    with shown as bar:

        def take(rows: Sequence[Row]) -> None:
            watch.take(rows)
            bar.update(len(rows))

        bar.update(len(campaign.store.done()))
        yield replace(campaign, progress=take)


class Watch:
    """The answer so far: how much a measure is higher under the last condition than under the first, in the same worlds.

    Parameters
    ----------
    design
        What is played.
    measure
        Key of the measure.
    language
        `nl` or `en`.
    """

    def __init__(self, design: Design, measure: str, language: str) -> None:
        self._design, self._measure, self._language = design, measure, language
        self._values: dict[int, dict[int, float]] = {0: {}, len(design.conditions) - 1: {}}

    def take(self, rows: Sequence[Row]) -> None:
        """Take in rows that have come in."""
        for row in rows:
            if not row["failure"] and row["condition"] in self._values:
                value = row[self._measure]
                self._values[row["condition"]][row["seed"]] = math.nan if value is None else float(value)

    def answer(self) -> str:
        """Tell the difference with its interval; nothing where there are too few evenings."""
        import numpy as np

        from simulation.experiments.differences import difference_of_means
        from simulation.reports.comparison.words import interval_words

        first, last = self._values[0], self._values[len(self._design.conditions) - 1]
        seeds = sorted(first.keys() & last.keys())
        found = difference_of_means(*(np.array([one[seed] for seed in seeds], np.float64) for one in (last, first)))
        name = self._design.conditions[-1].name
        return "" if math.isnan(found.low) else f"{name}: {interval_words(self._measure, found, self._language)}"

"""The evenings of a campaign by measure: one value for each condition and world."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.experiments.estimates import mean_of, share_of
from simulation.experiments.frames import frame_of
from simulation.experiments.times import within_evening
from simulation.measures import UNITS
from simulation.scoring.reach import WINDOW_S

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    from simulation.experiments.design import Design
    from simulation.experiments.estimates import Estimate

    Values = NDArray[np.float64]


@dataclass(frozen=True)
class Outcomes:
    """The evenings of a campaign.

    Parameters
    ----------
    design
        What was played.
    table
        Its rows, by condition and seed.
    """

    design: Design
    table: pa.Table

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row for each evening, as `read_results` gives them."""
        return frame_of(self.table, [condition.factors for condition in self.design.conditions])

    @cached_property
    def seeds(self) -> list[int]:
        """Seeds of the worlds."""
        return sorted(set(self.table["seed"].to_pylist()))

    @cached_property
    def failures(self) -> dict[int, list[str]]:
        """What went wrong in the evenings that failed, by condition."""
        found: dict[int, list[str]] = {}
        for condition, told in self._columns("condition", "failure"):
            if told:
                found.setdefault(condition, []).append(told)
        return found

    def values(self, measure: str, condition: int | str) -> Values:
        """Give a measure in each world, (seeds,).

        nan where there is no value or the evening failed; yes is 1.0 and no 0.0; a moment that never came is infinite.

        Parameters
        ----------
        measure
            Key of the measure.
        condition
            Name of the condition, such as the id of a structure, or its place in the design.

        Raises
        ------
        InputError
            If nothing of that name was played.
        """
        row: Values = self._grid(measure)[self.place(condition)]
        return row

    def place(self, condition: int | str) -> int:
        """Give the place in the design of a condition of which the name is known."""
        if isinstance(condition, int):
            return condition
        names = [known.name for known in self.design.conditions]
        if condition not in names:
            raise InputError(f"no {condition!r} was played, only {', '.join(names)}")
        return names.index(condition)

    def comparable(self, measure: str, condition: int) -> Values:
        """Give a measure in each world as it is compared: a moment within the evening, seconds."""
        own = self.values(measure, condition)
        return within_evening(own, self.horizon_s(measure, condition)) if UNITS[measure] == "moment" else own

    def estimate(self, measure: str, condition: int) -> Estimate:
        """Give the mean of a measure as it is compared, or the share of evenings with a yes, with its interval."""
        return (share_of if UNITS[measure] == "yes-no" else mean_of)(self.comparable(measure, condition))

    def horizon_s(self, measure: str, condition: int = 0) -> float:
        """Give until when a moment is followed, seconds: reach is completed over the reads that are still due."""
        duration_s = self.design.conditions[condition].scenario.duration_s
        return duration_s + WINDOW_S if measure.startswith("reach") else duration_s

    def _grid(self, measure: str) -> Values:
        """Give a measure in every evening, conditions × seeds."""
        if measure not in self._grids:
            grid = np.full((len(self.design.conditions), len(self.seeds)), math.nan)
            missing = math.inf if UNITS[measure] == "moment" else math.nan
            for (condition, world), value in zip(self._places, self._fine[measure].to_pylist(), strict=True):
                grid[condition, world] = missing if value is None else value
            self._grids[measure] = grid
        return self._grids[measure]

    @cached_property
    def _grids(self) -> dict[str, Values]:
        return {}

    @cached_property
    def _fine(self) -> pa.Table:
        """The evenings that did not fail."""
        return self.table.filter(np.array([not told for told in self.table["failure"].to_pylist()], bool))

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        place = {seed: number for number, seed in enumerate(self.seeds)}
        cells = zip(*(self._fine[name].to_pylist() for name in ("condition", "seed")), strict=True)
        return [(condition, place[seed]) for condition, seed in cells]

    def _columns(self, *names: str) -> list[tuple[Any, ...]]:
        return list(zip(*(self.table[name].to_pylist() for name in names), strict=True))

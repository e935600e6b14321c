"""What a campaign plays: conditions, each an evening, and the seeds of the worlds in which all of them are played."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from simulation import __version__
from simulation.engine.world import without_structure
from simulation.errors import ScenarioError
from simulation.scenario.model import LARGEST_SEED
from simulation.scenario.registry import REGISTRY
from simulation.trace.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from simulation.scenario.model import Scenario

FORMAT = 1
"""Version of the form in which a design, and the rows of its evenings, are kept."""


class Cell(NamedTuple):
    """One evening of a campaign.

    Parameters
    ----------
    condition
        Under which condition, by its place in the design.
    seed
        In which world.
    """

    condition: int
    seed: int


class Task(NamedTuple):
    """Evenings that are played in one go: in each of some worlds, one under each of some conditions.

    Parameters
    ----------
    conditions
        Places of the conditions in the design; their worlds are the same.
    seeds
        Seeds of the worlds.
    """

    conditions: tuple[int, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Condition:
    """One way in which the evening is played.

    Parameters
    ----------
    name
        What it is called in tables: unique in its design.
    scenario
        The evening; its seed does not matter.
    factors
        What sets it apart, by name: the structure, or the values at a design point.
    """

    name: str
    scenario: Scenario
    factors: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Design:
    """Evenings under several conditions in the same worlds.

    How many worlds is no part of it: a campaign that wants to be surer plays more of the same.

    Parameters
    ----------
    conditions
        The conditions, of which others are compared with the first.
    first_seed
        Seed of the first world; each further world has the next.
    map
        Digest of the map.
    """

    conditions: tuple[Condition, ...]
    first_seed: int
    map: str

    def seeds(self, replications: int) -> range:
        """Give the seeds of so many worlds.

        Raises
        ------
        ScenarioError
            If the last of them is no seed.
        """
        seeds = range(self.first_seed, self.first_seed + replications)
        if seeds and not 0 <= seeds[0] <= seeds[-1] <= LARGEST_SEED:
            raise ScenarioError(f"seeds {seeds[0]} to {seeds[-1]}: a seed lies from 0 to {LARGEST_SEED}")
        return seeds

    def as_data(self) -> dict[str, Any]:
        """Give all that decides what the evenings come to, as plain data."""
        return {
            "format": FORMAT,
            "version": __version__,
            "map": self.map,
            "first_seed": self.first_seed,
            "usual": {name: known.default for name, known in REGISTRY.items()},
            "conditions": [
                {"name": one.name, "factors": dict(one.factors), **_played(one.scenario)} for one in self.conditions
            ],
        }

    def digest(self) -> str:
        """Give a digest of all that decides what the evenings come to."""
        return sha256(canonical(self.as_data()).encode()).hexdigest()

    def tasks(self, seeds: Sequence[int], done: Collection[Cell], size: int) -> Iterator[Task]:
        """Divide the evenings that are still to be played.

        Parameters
        ----------
        seeds
            Seeds of all worlds.
        done
            Evenings that need not be played again.
        size
            Most worlds in one task.
        """
        groups = self._with_same_worlds()
        for first in range(0, len(seeds), size):
            for group in groups:
                left: dict[tuple[int, ...], list[int]] = {}
                for seed in seeds[first : first + size]:
                    missing = tuple(number for number in group if Cell(number, seed) not in done)
                    if missing:
                        left.setdefault(missing, []).append(seed)
                yield from (Task(conditions, tuple(some)) for conditions, some in left.items())

    def _with_same_worlds(self) -> list[tuple[int, ...]]:
        """Give the conditions that share their worlds, together."""
        groups: dict[str, list[int]] = {}
        for number, condition in enumerate(self.conditions):
            groups.setdefault(canonical(_played(without_structure(condition.scenario))), []).append(number)
        return [tuple(group) for group in groups.values()]


def _played(scenario: Scenario) -> dict[str, Any]:
    """Give all of a scenario that decides what a seed comes to, besides the usual numbers of the model."""
    told = scenario.model_dump(mode="json", exclude={"parameters", "seed", "map"})
    return {"scenario": told, "parameters": dict(scenario.parameters.overridden)}

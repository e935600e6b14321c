"""Officials who live elsewhere and sit in groups above the residents' groups, such as neighbourhood officers (wijkagenten).

Their shifts decide who reads for them this evening: they do, on duty; off duty a colleague does, or nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key, text_keys, uniforms
from simulation.people.population import behind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.population import People
    from simulation.scenario.model import Scenario

    Indices = NDArray[np.int64]

ON_DUTY, REPLACED, OFF_DUTY = "on-duty", "replaced", "off-duty"
"""Whether somebody reads in the place of an official: he himself, a colleague, or nobody."""

_AGE = 30


class Official(NamedTuple):
    """Somebody who lives elsewhere.

    Parameters
    ----------
    role
        What he is.
    extent
        The area, cluster or district that he is there for, from 0, as his role says.
    nth
        The how-manyth he is there with his role, from 0.
    """

    role: str
    extent: int
    nth: int

    @property
    def key(self) -> str:
        """His key in a trace; others with his role do not change it."""
        return f"official/{self.role}-{self.extent + 1}" + (f"-{self.nth + 1}" if self.nth else "")


def officials_of(scenario: Scenario) -> list[Official]:
    """List the officials of an evening: of each role from outside so many for each area, cluster or district."""
    return [
        Official(role.name, extent, nth)
        for role in scenario.structure.plan.roles
        if role.outside
        for extent in range(scenario.structure.extents(role.per))
        for nth in range(round(scenario.parameters[role.number]))
    ]


def with_officials(people: People, scenario: Scenario) -> People:
    """Add the officials of an evening behind everybody in one world, where its alert structure has any.

    They know of the exercise, and are nobody's neighbours.
    """
    officials = officials_of(scenario)
    if not officials:
        return people
    yes = np.ones(len(officials), bool)
    own = {
        "world": np.zeros(len(officials), np.int64),
        "key": text_keys([official.key for official in officials]),
        "age": np.full(len(yes), _AGE),
        "aware": yes,
        "numbered": yes,
        "official": np.arange(len(officials)),
    }
    return behind(people, own)


def duties(people: People, scenario: Scenario, seed: int) -> dict[int, str]:
    """Draw for each official of a world, by his index, whether he is on duty, replaced or off duty."""
    who, parameters = np.flatnonzero(people.official >= 0), scenario.parameters
    if not len(who):
        return {}
    works, replaced = (
        uniforms(stream_key(seed, purpose), people.key[who]) < parameters[f"p_official_{name}"]
        for purpose, name in ((ON_DUTY, "on_duty"), (REPLACED, "replaced"))
    )
    filled = np.where(works, ON_DUTY, np.where(replaced, REPLACED, OFF_DUTY))
    return dict(zip(who.tolist(), filled.tolist(), strict=True))


def official_key(scenario: Scenario, number: int) -> str:
    """Give the key of an official of an evening, numbered from 0."""
    return officials_of(scenario)[number].key

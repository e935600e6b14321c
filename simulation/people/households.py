"""Household types: which homes have which, who lives there, and how a share of everybody differs between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import stream_key, uniforms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Keys = NDArray[np.uint64]

TYPES = ("family", "elderly", "student", "single")
"""A family has children; the elderly are old; `student` is a student house; `single` are the other singles and couples."""
FAMILY, ELDERLY, STUDENT, SINGLE = range(len(TYPES))

ADULT = 18
"""Age of majority, years."""


@dataclass(frozen=True, eq=False)
class Households:
    """The households of W worlds on a map with H homes.

    Parameters
    ----------
    type
        (W, H) indices into `TYPES`.
    adults, children
        (W, H) how many.
    """

    type: Indices
    adults: Indices
    children: Indices

    @property
    def size(self) -> Indices:
        """How many people live in each home, (W, H)."""
        return self.adults + self.children


def home_draws(seeds: Sequence[int], key: Keys, purpose: str) -> Floats:
    """Draw a number for each home of each world, (W, H).

    Parameters
    ----------
    seeds
        One for each world.
    key
        (H,) keys of the homes, or of what they share.
    purpose
        What the draw is for.
    """
    return uniforms(np.array([[stream_key(seed, purpose) for seed in seeds]], np.uint64).T, key[np.newaxis, :])


def draw_households(parameters: Mapping[str, float], home_key: Keys, seeds: Sequence[int]) -> Households:
    """Draw who lives in each home of each world; a household depends on the seed and the address alone."""
    draws = partial(home_draws, seeds, home_key)
    kind = np.searchsorted(np.cumsum(_shares(parameters)[:SINGLE]), draws("household-type"), side="right")
    pair = draws("second-adult") < np.array(_pairs(parameters))[kind]
    share = draws("household-size")
    one, two = parameters["p_children_1"], parameters["p_children_2"]
    least, most = parameters["student_house_least"], parameters["student_house_most"]
    children = np.where(kind == FAMILY, 1 + (share >= one) + (share >= one + two), 0)
    adults = np.where(kind == STUDENT, least + np.floor(share * (most - least + 1.0)), 1 + pair)
    return Households(kind, adults.astype(np.int64), children)


def ages(share: Floats, kind: Indices, child: NDArray[np.bool_], parameters: Mapping[str, float]) -> Indices:
    """Give the age of each person, years.

    Parameters
    ----------
    share
        (N,) even numbers.
    kind
        (N,) type of the household.
    child
        (N,) is a child of the family.
    parameters
        Values of the registry.
    """
    old, oldest, student = (parameters[name] for name in ("old_age", "oldest_age", "student_oldest_age"))
    youngest = np.array([ADULT, old, ADULT, ADULT], np.float64)[kind]
    span = np.array([old, oldest, student, old], np.float64)[kind] - youngest
    return np.where(child, share * ADULT, youngest + share * span).astype(np.int64)


def factors(parameters: Mapping[str, float], name: str) -> list[float]:
    """Give the factors of the types on being a `member`, being at `home` or coming to `play`."""
    return [parameters[f"{name}_{kind}_factor"] for kind in TYPES]


def member_chances(parameters: Mapping[str, float]) -> Floats:
    """Give the chance of each type of household to be in a group: in all the registry's share of the households."""
    return spread(parameters["p_household_member"], _shares(parameters), factors(parameters, "member"))


def home_chances(parameters: Mapping[str, float]) -> Floats:
    """Give the chance of each type's residents to be at home: in all the registry's share of the residents."""
    return spread(parameters["p_home"], _people(parameters, 1.0, 1.0), factors(parameters, "home"))


def play_chances(parameters: Mapping[str, float], share: float, adults: float, children: float) -> Floats:
    """Give the chance of each type's residents to come and play, of those who are of the age.

    Parameters
    ----------
    parameters
        Values of the registry.
    share
        Share of all who are of the age that comes.
    adults, children
        Shares of the adults and of the children who are of the age.
    """
    return spread(share, _people(parameters, adults, children), factors(parameters, "play"))


def spread(share: float, weights: Sequence[float], weighing: Sequence[float]) -> Floats:
    """Spread a share over groups, in proportion to a factor of each, so that the share of all together stays the same.

    Nobody's chance goes beyond one: what a group cannot take goes to the others.

    Parameters
    ----------
    share
        Share of all together.
    weights
        How large each group is.
    weighing
        Factor of each group, above zero.
    """
    wanted, rest = share * sum(weights), sorted(zip(weighing, weights, strict=True), reverse=True)
    while rest:
        total = sum(factor * weight for factor, weight in rest)
        if wanted * rest[0][0] <= total:
            break
        wanted -= rest.pop(0)[1]
    if not rest or not total:
        return np.ones(len(weighing))
    return np.array([min(wanted * factor / total, 1.0) for factor in weighing])


def _shares(parameters: Mapping[str, float]) -> list[float]:
    """Give the share of each type among the homes; singles and couples have the rest."""
    shares = [parameters[f"p_household_{kind}"] for kind in TYPES[:SINGLE]]
    return [*shares, max(1.0 - sum(shares), 0.0)]


def _pairs(parameters: Mapping[str, float]) -> list[float]:
    """Give the chance of each type that there is a second adult."""
    return [1.0 - parameters["p_one_parent"], parameters["p_elderly_pair"], 0.0, parameters["p_single_pair"]]


def _people(parameters: Mapping[str, float], adults: float, children: float) -> list[float]:
    """Give how many people of each type live in a home on average, counting some share of the adults and of the children."""
    number = [1.0 + pair for pair in _pairs(parameters)]
    number[STUDENT] = (parameters["student_house_least"] + parameters["student_house_most"]) / 2.0
    offspring = 3.0 - 2.0 * parameters["p_children_1"] - parameters["p_children_2"]
    people = [adults * many for many in number]
    people[FAMILY] += children * offspring
    return [share * many for share, many in zip(_shares(parameters), people, strict=True)]

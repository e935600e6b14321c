"""Types of household: their shares and sizes, and how a share of everybody is spread over them, against closed forms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.draws import text_keys
from simulation.people.households import (
    TYPES,
    Households,
    draw_households,
    home_chances,
    member_chances,
    play_chances,
    spread,
)
from simulation.scenario.model import Parameters

if TYPE_CHECKING:
    from collections.abc import Sequence

HOMES = text_keys([f"home {number}" for number in range(2000)])
SEEDS = range(25)
PARAMETERS = Parameters()
OTHER = Parameters(
    {
        "p_household_family": 0.2,
        "p_household_elderly": 0.3,
        "p_household_student": 0.25,
        "p_one_parent": 0.4,
        "p_children_1": 0.2,
        "p_children_2": 0.5,
        "p_elderly_pair": 0.6,
        "p_single_pair": 0.2,
        "student_house_least": 4.0,
        "student_house_most": 9.0,
        "member_family_factor": 2.0,
        "home_elderly_factor": 1.4,
        "play_single_factor": 0.5,
    }
)
EACH = pytest.mark.parametrize("parameters", [PARAMETERS, OTHER], ids=["defaults", "other"])


@cache
def drawn(parameters: Parameters) -> Households:
    return draw_households(parameters, HOMES, SEEDS)


def close_to(found: Sequence[bool], share: float) -> bool:
    """Tell whether a share of yes and no lies within four and a half standard errors."""
    return abs(np.mean(found) - share) <= 4.5 * np.sqrt(share * (1.0 - share) / np.size(found))


def shares_of(parameters: Parameters) -> dict[str, float]:
    """Give the share of each type among the homes."""
    shares = {kind: parameters[f"p_household_{kind}"] for kind in ("family", "elderly", "student")}
    return shares | {"single": 1.0 - sum(shares.values())}


def adults_of(parameters: Parameters) -> dict[str, float]:
    """Give the mean number of adults of each type."""
    return {
        "family": 2.0 * (1.0 - parameters["p_one_parent"]) + 1.0 * parameters["p_one_parent"],
        "elderly": 1.0 + parameters["p_elderly_pair"],
        "student": (parameters["student_house_least"] + parameters["student_house_most"]) / 2.0,
        "single": 1.0 + parameters["p_single_pair"],
    }


def children_of(parameters: Parameters) -> float:
    """Give the mean number of children of a family."""
    one, two = parameters["p_children_1"], parameters["p_children_2"]
    return 1.0 * one + 2.0 * two + 3.0 * (1.0 - one - two)


def residents_of(parameters: Parameters) -> dict[str, float]:
    """Give the mean number of residents of each type in a home drawn at random."""
    people = adults_of(parameters)
    people["family"] += children_of(parameters)
    return {kind: share * people[kind] for kind, share in shares_of(parameters).items()}


@EACH
def test_every_type_has_its_share_of_the_homes(parameters: Parameters) -> None:
    for kind, share in shares_of(parameters).items():
        assert close_to(drawn(parameters).type == TYPES.index(kind), share)


@EACH
def test_families_have_their_parents_and_children(parameters: Parameters) -> None:
    homes = drawn(parameters)
    families = homes.type == TYPES.index("family")
    parents, children = homes.adults[families], homes.children[families]
    assert set(parents.tolist()) == {1, 2}
    assert close_to(parents == 1, parameters["p_one_parent"])
    shares = [parameters["p_children_1"], parameters["p_children_2"]]
    for number, share in enumerate([*shares, 1.0 - sum(shares)], start=1):
        assert close_to(children == number, share)
    assert children.max() == 3
    assert not homes.children[~families].any()
    # The number of children does not hang together with the number of parents.
    assert close_to(children[parents == 1] == 1, parameters["p_children_1"])


@EACH
@pytest.mark.parametrize(("kind", "pairs"), [("elderly", "p_elderly_pair"), ("single", "p_single_pair")])
def test_the_elderly_and_singles_live_alone_or_in_pairs(parameters: Parameters, kind: str, pairs: str) -> None:
    homes = drawn(parameters)
    size = homes.size[homes.type == TYPES.index(kind)]
    assert set(size.tolist()) == {1, 2}
    assert close_to(size == 2, parameters[pairs])


@EACH
def test_student_houses_of_every_size_are_as_many(parameters: Parameters) -> None:
    homes = drawn(parameters)
    size = homes.size[homes.type == TYPES.index("student")]
    sizes = range(int(parameters["student_house_least"]), int(parameters["student_house_most"]) + 1)
    assert set(size.tolist()) == set(sizes)
    assert all(close_to(size == number, 1.0 / len(sizes)) for number in sizes)


def test_the_mean_household_is_as_large_as_a_dutch_one() -> None:
    mean = sum(residents_of(PARAMETERS).values())
    # 0.32 (1.77 + 1.73) + 0.20 x 1.5 + 0.01 x 4.5 + 0.47 x 1.38
    assert mean == pytest.approx(2.1136)
    # Statistics Netherlands, 1 January 2024: 17,653,766 people in 8,374,404 private households.
    assert mean == pytest.approx(17_653_766 / 8_374_404, abs=0.02)
    size = drawn(PARAMETERS).size
    assert size.mean() == pytest.approx(mean, abs=4.5 * size.std() / np.sqrt(size.size))


def test_a_household_depends_on_its_seed_and_address_alone() -> None:
    some = draw_households(PARAMETERS, HOMES[5:50:3], SEEDS[4:6])
    for name in ("type", "adults", "children"):
        assert np.array_equal(getattr(some, name), getattr(drawn(PARAMETERS), name)[4:6, 5:50:3])
    assert (drawn(PARAMETERS).type[0] != drawn(PARAMETERS).type[1]).any()


# How a share of everybody is spread over the types


@EACH
@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.9, 1.0])
def test_as_many_households_are_members_as_the_registry_says(parameters: Parameters, share: float) -> None:
    chances = member_chances(Parameters({**parameters.overridden, "p_household_member": share}))
    shares = shares_of(parameters)
    assert sum(shares[kind] * chances[TYPES.index(kind)] for kind in TYPES) == pytest.approx(share)


def test_membership_by_type_is_the_registry_s_times_the_factor_over_the_mean_factor() -> None:
    shares, factor = shares_of(PARAMETERS), {kind: PARAMETERS[f"member_{kind}_factor"] for kind in TYPES}
    mean = sum(shares[kind] * factor[kind] for kind in TYPES)
    expected = [PARAMETERS["p_household_member"] * factor[kind] / mean for kind in TYPES]
    assert member_chances(PARAMETERS) == pytest.approx(expected)
    # 0.32 x 1.2 + 0.20 x 0.9 + 0.01 x 0.2 + 0.47 x 0.9 = 0.989
    assert expected == pytest.approx([0.25 * number / 0.989 for number in (1.2, 0.9, 0.2, 0.9)])


@EACH
@pytest.mark.parametrize("share", [0.3, 0.7, 1.0])
def test_as_many_residents_are_at_home_as_the_registry_says(parameters: Parameters, share: float) -> None:
    chances = home_chances(Parameters({**parameters.overridden, "p_home": share}))
    people = residents_of(parameters)
    at_home = sum(people[kind] * chances[TYPES.index(kind)] for kind in TYPES)
    assert at_home == pytest.approx(share * sum(people.values()))


@EACH
@pytest.mark.parametrize(("adults", "children"), [(1.0, 4 / 18), (1.0, 0.0), (0.0, 4 / 18)])
def test_as_many_play_of_those_of_the_age_as_the_scenario_says(parameters: Parameters, adults: float, children: float) -> None:
    chances, shares = play_chances(parameters, 0.2, adults, children), shares_of(parameters)
    able = {kind: shares[kind] * adults * number for kind, number in adults_of(parameters).items()}
    able["family"] += shares["family"] * children * children_of(parameters)
    players = sum(able[kind] * chances[TYPES.index(kind)] for kind in TYPES)
    assert players == pytest.approx(0.2 * sum(able.values()))


@pytest.mark.parametrize(
    ("share", "weights", "factors", "chances"),
    [
        (0.5, [1.0, 1.0], [3.0, 1.0], [0.75, 0.25]),
        (0.8, [1.0, 1.0], [3.0, 1.0], [1.0, 0.6]),
        (0.9, [1.0, 2.0, 1.0], [4.0, 2.0, 1.0], [1.0, 1.0, 0.6]),
        (1.0, [1.0, 2.0, 1.0], [4.0, 2.0, 1.0], [1.0, 1.0, 1.0]),
        (0.3, [0.0, 1.0], [5.0, 1.0], [1.0, 0.3]),
        (0.3, [0.0, 0.0], [5.0, 1.0], [1.0, 1.0]),
    ],
    ids=["in proportion", "one is full", "two are full", "everybody", "nobody of one kind", "nobody at all"],
)
def test_a_share_spread_by_hand(share: float, weights: list[float], factors: list[float], chances: list[float]) -> None:
    assert spread(share, weights, factors) == pytest.approx(chances)


@given(
    st.floats(0.0, 1.0),
    st.lists(st.tuples(st.integers(0, 1000), st.floats(0.01, 10.0)), min_size=1, max_size=5),
)
def test_a_spread_share_stays_the_same_in_all(share: float, groups: list[tuple[int, float]]) -> None:
    weights, factors = ([group[part] for group in groups] for part in (0, 1))
    chances = spread(share, weights, factors)
    assert ((chances >= 0.0) & (chances <= 1.0)).all()
    assert sum(weight * chance for weight, chance in zip(weights, chances, strict=True)) == pytest.approx(share * sum(weights))
    if any(weights):
        rates = [chance / factor for chance, factor in zip(chances, factors, strict=True) if chance < 1.0]
        assert rates == pytest.approx([rates[0]] * len(rates) if rates else [])

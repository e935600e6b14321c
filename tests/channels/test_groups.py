"""Alert structures as groups: one cap, keyed order, areas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.groups import STRUCTURES, Candidates

WANTED = st.integers(0, 60).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 3), min_size=count, max_size=count),
        st.permutations(range(count)),
    )
)


def candidates(areas: list[int], ranks: list[int]) -> Candidates:
    return Candidates(np.arange(len(areas)) * 3 + 1, np.array(areas, np.int64), np.array(ranks) / 100.0)


def test_the_structures_are_the_three_of_a_scenario() -> None:
    assert list(STRUCTURES) == ["none", "single-group", "separate-groups"]


@given(WANTED)
def test_without_structure_there_is_no_group(wanted: tuple[list[int], list[int]]) -> None:
    assert STRUCTURES["none"](candidates(*wanted), 100) == []


@given(WANTED, st.integers(2, 70))
def test_the_lowest_ranks_are_in_the_single_group(wanted: tuple[list[int], list[int]], cap: int) -> None:
    (group,) = STRUCTURES["single-group"](candidates(*wanted), cap)
    assert (group.key, group.kind) == ("group-1", "group")
    expected = sorted(3 * number + 1 for number, rank in enumerate(wanted[1]) if rank < cap)
    assert group.members.tolist() == expected


@given(WANTED, st.integers(2, 20))
def test_each_area_has_a_group_of_its_own_with_the_lowest_ranks_there(wanted: tuple[list[int], list[int]], cap: int) -> None:
    areas, ranks = wanted
    groups = STRUCTURES["separate-groups"](candidates(areas, ranks), cap)
    lived_in = sorted({areas[number] for number in range(len(ranks))})
    assert [group.key for group in groups] == [f"group-{area + 1}" for area in lived_in]
    for area, group in zip(lived_in, groups, strict=True):
        here = sorted((rank, 3 * number + 1) for number, rank in enumerate(ranks) if areas[number] == area)
        assert group.members.tolist() == sorted(who for _, who in here[:cap])


@pytest.mark.parametrize("structure", ["single-group", "separate-groups"])
def test_who_is_over_the_cap_is_in_no_group(structure: str) -> None:
    groups = STRUCTURES[structure](candidates([0] * 10, list(range(9, -1, -1))), 4)
    assert [who for group in groups for who in group.members.tolist()] == [19, 22, 25, 28]

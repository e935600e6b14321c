"""Who gets a seat in a residents' group: one cap, keyed order, areas."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.groups import Candidates, GroupNumber, seated

WANTED = st.integers(0, 60).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 3), min_size=count, max_size=count),
        st.permutations(range(count)),
    )
)


def candidates(areas: list[int], ranks: list[int]) -> Candidates:
    return Candidates(np.arange(len(areas)) * 3 + 1, np.array(areas, np.int64), np.array(ranks) / 100.0)


@given(WANTED, st.integers(2, 20))
def test_each_area_has_a_group_of_its_own_with_the_lowest_ranks_there(wanted: tuple[list[int], list[int]], cap: int) -> None:
    areas, ranks = wanted
    seats = seated(candidates(areas, ranks), cap)
    assert list(seats) == [GroupNumber(area, 0) for area in sorted({areas[number] for number in range(len(ranks))})]
    for (area, *_), members in seats.items():
        here = sorted((rank, 3 * number + 1) for number, rank in enumerate(ranks) if areas[number] == area)
        assert members.tolist() == sorted(who for _, who in here[:cap])


def test_who_is_over_the_cap_has_no_seat() -> None:
    assert seated(candidates([0] * 10, list(range(9, -1, -1))), 4)[GroupNumber(0, 0)].tolist() == [19, 22, 25, 28]


def test_or_a_seat_in_the_next_group() -> None:
    seats = seated(candidates([0] * 9 + [1], list(range(9, -1, -1))), 4, next_groups=True)
    assert {number.key: members.tolist() for number, members in seats.items()} == {
        "group-1": [16, 19, 22, 25],
        "group-1-2": [4, 7, 10, 13],
        "group-1-3": [1],
        "group-2": [28],
    }


@given(WANTED, st.integers(2, 20))
def test_with_next_groups_everybody_has_one_seat_and_only_the_last_group_of_an_area_has_room(
    wanted: tuple[list[int], list[int]], cap: int
) -> None:
    every, first = (seated(candidates(*wanted), cap, next_groups=more) for more in (True, False))
    assert sorted(who for members in every.values() for who in members.tolist()) == candidates(*wanted).who.tolist()
    assert all(len(members) == cap for number, members in every.items() if GroupNumber(number.area, number.nth + 1) in every)
    assert {number: every[number].tolist() for number in first} == {number: some.tolist() for number, some in first.items()}

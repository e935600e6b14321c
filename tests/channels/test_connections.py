"""Structures small enough to count by hand: hops, judgements, whose silence breaks them, and how many must be awake."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.alertgraph import ORGANISER
from simulation.channels.connections import Awake, Cut, Reach, awake_needed, cuts, distances
from tests.structures import both_ways, hub, structure

GROUPS = [f"group-{n}" for n in range(1, 5)]
CHAIN = both_ways(("p1", "group-1", "group-2"), ("p2", "group-2", "group-3"), ("q2", "group-2", "group-3"))


def test_hops_and_judgements_of_a_hub_and_of_its_organisers() -> None:
    hops, judgements = distances(structure([5, 5, 5], hub(3, "p"), outlets=["top-1"]), [ORGANISER, *GROUPS[:3]])
    assert hops == [[2, 2, 2], [0, 2, 2], [2, 0, 2], [2, 2, 0]]
    assert judgements == [[1, 1, 1], [0, 2, 2], [2, 0, 2], [2, 2, 0]]


def test_the_shortest_way_counts_and_none_is_none() -> None:
    graph = structure([5, 5, 5, 0, 5], [*CHAIN, ("r1", "group-1", "group-3")])
    hops, judgements = distances(graph, [*GROUPS[:3], "group-5"])
    assert hops == [[0, 1, 1, None, None], [1, 0, 1, None, None], [2, 1, 0, None, None], [None, None, None, None, 0]]
    assert judgements == hops


def test_what_organisers_post_in_a_group_takes_no_judgement() -> None:
    hops, judgements = distances(structure([5, 5], [("p1", "group-1", "group-2")], outlets=["group-1"]), [ORGANISER])
    assert (hops, judgements) == ([[1, 2]], [[0, 1]])


def test_the_only_link_of_a_chain_cuts_off_its_end() -> None:
    persons, roles = cuts(structure([5, 6, 7], CHAIN, outlets=["group-3"]))
    assert persons == [Cut("p1", ("p",), ("area-1",), 4, ("area-1",), 10)]
    # Role q has one of two links between 2 and 3 only; without role p that one is left, and area 1 hears nothing.
    assert roles == [Cut("p", ("p",), ("area-1",), 4, ("area-1",), 10)]


def test_a_middle_link_cuts_off_the_smaller_side() -> None:
    links = [("p1", "group-1", "group-2"), ("q1", "group-1", "group-2"), ("p2", "group-2", "group-3")]
    links += [(f"{who}3", "group-3", f"group-{n}") for who in "pq" for n in (4, 5)]
    persons, _ = cuts(structure([5, 5, 5, 5, 5], both_ways(*links)))
    assert persons == [Cut("p2", ("p",), ("area-1", "area-2"), 12, (), 20)]


def test_losing_one_direction_is_losing() -> None:
    persons, roles = cuts(
        structure([5, 5], [("p1", "group-1", "group-2"), ("q1", "group-2", "group-1"), ("q2", "group-2", "group-1")])
    )
    assert persons == [Cut("p1", ("p",), ("area-1", "area-2"), 1, (), 20)]
    assert [cut.who for cut in roles] == ["p", "q"]


@pytest.mark.parametrize("members", [[5, 5], [0]])
def test_without_links_there_is_nothing_to_cut(members: list[int]) -> None:
    graph = structure(members, [], outlets=["public-page"])
    assert cuts(graph) == ([], [])
    assert distances(graph, [ORGANISER])[0] == [[None] * len(members)]


def test_awake_in_a_hub_of_three() -> None:
    # Two awake of three: from an area of theirs (2 of 3) it reaches 2 of 3, otherwise 1 of 3: 5/9 in all. One: only 1/3.
    graph = structure([4, 4, 4], hub(3, "p"))
    assert awake_needed(graph) == Awake(3, 3, 1.0, exact=True)
    reach = Reach(graph)
    assert reach.only(["p1", "p2"]) == ([0b011, 0b011, 0b100], 0)
    assert reach.only([]) == ([0b001, 0b010, 0b100], 0)


def test_awake_weighs_members() -> None:
    # The large group alone is 0.95 of the members: a message that begins there reaches that much with nobody awake.
    assert awake_needed(structure([95, 5], hub(2, "p"))) == Awake(2, 0, pytest.approx(0.95**2 + 0.05**2), exact=True)


@pytest.mark.parametrize(
    ("members", "expected"),
    [([0], Awake(0, None, None, exact=True)), ([8], Awake(0, 0, 1.0, exact=True)), ([4, 4], Awake(0, None, 0.5, exact=True))],
)
def test_awake_where_nobody_passes_on(members: list[int], expected: Awake) -> None:
    assert awake_needed(structure(members, [])) == expected


def test_awake_by_draws_agrees_with_the_formula() -> None:
    """In 25 groups with two stewards each, a message that begins elsewhere reaches a group if both have somebody awake."""
    found = awake_needed(structure([3] * 25, hub(25, "p", "q")))

    def share(awake: int) -> float:
        none, neither = (comb(50 - people, awake) / comb(50, awake) for people in (2, 4))
        return 1 / 25 + 24 / 25 * (1.0 - 2.0 * none + neither)

    needed = next(awake for awake in range(51) if share(awake) >= 0.9)
    assert (found.stewards, found.exact) == (50, False)
    assert found.needed in {needed - 1, needed, needed + 1}
    assert found.share == pytest.approx(share(found.needed), abs=0.01)


PEOPLE = st.sampled_from([f"{letter}{n}" for letter in "pq" for n in range(1, 5)])
LINKS = st.lists(st.tuples(PEOPLE, st.sampled_from(GROUPS), st.sampled_from(GROUPS)), min_size=1, max_size=12, unique=True)


@given(LINKS, st.data())
def test_fewer_links_never_bring_anything_nearer(links: list[tuple[str, str, str]], data: st.DataObject) -> None:
    left = [link for link in links if link[1] != link[2]]
    dropped = data.draw(st.sampled_from(left)) if left else None
    more, fewer = (structure([3, 3, 3, 3], some) for some in (left, [link for link in left if link != dropped]))
    for near, far in zip(distances(more, GROUPS)[0], distances(fewer, GROUPS)[0], strict=True):
        assert all(there is None or (here is not None and here <= there) for here, there in zip(near, far, strict=True))
    assert Reach(fewer).without(())[0] == Reach(more).without(())[0] or dropped


@given(LINKS)
def test_reach_agrees_with_distances_whoever_is_silent(links: list[tuple[str, str, str]]) -> None:
    left = [link for link in links if link[1] != link[2]]
    silent = {"p1", "q2"}
    heard = distances(structure([3, 3, 3, 3], [link for link in left if link[0] not in silent]), GROUPS)[0]
    rows = [sum(1 << number for number, hops in enumerate(row) if hops is not None) for row in heard]
    assert Reach(structure([3, 3, 3, 3], left)).without(silent)[0] == rows

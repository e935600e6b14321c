"""Areas of games: how large, which streets, and that nobody who walks about in one leaves it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.draws import stream_key
from simulation.people.network import Network, anywhere
from simulation.people.playareas import PlayArea, play_area, play_areas
from simulation.people.suspects import appear
from simulation.people.walks import wander
from simulation.scenario.model import Area, Game, Place, Suspect, Visit
from tests.people.mazes import SEEDS, maze
from tests.worlds import evening, made_neighbourhood, street_map

NETWORK = Network(made_neighbourhood())
# A street of 100 + 100 + 200 + 200 m, and one of 150 m that leaves it after 200 m.
COMB = Network(
    street_map(
        {
            "A": [(0.0, 0.0), (100.0, 0.0)],
            "B": [(100.0, 0.0), (200.0, 0.0)],
            "C": [(200.0, 0.0), (400.0, 0.0)],
            "D": [(400.0, 0.0), (600.0, 0.0)],
            "E": [(200.0, 0.0), (200.0, 150.0)],
        }
    )
)
STREETS = "ABCDE"


def streets_of(area: PlayArea) -> str:
    return "".join(STREETS[edge] for edge in np.flatnonzero(area.network.walkable).tolist())


@pytest.mark.parametrize(
    ("radius", "streets"), [(10.0, "B"), (149.9, "B"), (150.0, "AB"), (200.0, "ABE"), (250.0, "ABCE"), (450.0, "ABCDE")]
)
def test_an_area_holds_the_streets_that_lie_within_its_radius_on_foot(radius: float, streets: str) -> None:
    # The middle of B is at x = 150: the far ends of A, E, C and D are 150, 200, 250 and 450 m away.
    area = play_area(COMB, Area(radius_m=radius, around=Place(street="B")))
    assert streets_of(area) == streets
    assert (area.middle, area.network.position(*area.middle)) == ((1, 50.0), (150.0, 0.0))
    assert area.reach_m == {"B": 50.0, "AB": 150.0, "ABE": 200.0, "ABCE": 250.0, "ABCDE": 450.0}[streets]


@pytest.mark.parametrize(
    ("share", "streets"),
    [(0.1, "B"), (100 / 750, "B"), (0.2, "AB"), (0.3, "ABE"), (0.5, "ABCE"), (0.8, "ABCDE"), (1.0, "ABCDE")],
)
def test_an_area_holds_at_least_its_share_of_the_metres_of_street_and_no_street_too_many(share: float, streets: str) -> None:
    assert streets_of(play_area(COMB, Area(share=share, around=Place(street="B")))) == streets


def test_the_middle_of_a_map_is_the_street_nearest_to_the_mean_of_its_metres() -> None:
    # (100 · 50 + 100 · 150 + 200 · 300 + 200 · 500 + 150 · 200) / 750 = 280, and 150 · 75 / 750 = 15 m up.
    area = play_area(COMB, Area(share=0.1))
    assert area.network.position(*area.middle) == pytest.approx((280.0, 0.0))
    assert streets_of(area) == "C"
    assert area.as_data() == {"x_m": 280.0, "y_m": 0.0, "reach_m": 120.0, "length_m": 200.0, "streets": ["C"]}


def test_a_loop_is_as_far_as_its_middle() -> None:
    ring = {
        "Weg": [(0.0, 0.0), (100.0, 0.0)],
        "Ring": [(100.0, 0.0), (100.0, 40.0), (140.0, 40.0), (140.0, 0.0), (100.0, 0.0)],
    }
    network = Network(street_map(ring))
    for radius, edges in ((129.0, [True, False]), (130.0, [True, True])):
        area = play_area(network, Area(radius_m=radius, around=Place(street="Weg")))
        assert area.network.walkable.tolist() == edges


def _joined(area: PlayArea) -> bool:
    """Tell whether every street of an area can be reached from its middle without leaving it."""
    nodes = area.network.map.streets.edge_nodes
    inside = np.flatnonzero(area.network.walkable).tolist()
    reached, grew = set(nodes[area.middle[0]].tolist()), True
    while grew:
        more = {int(node) for edge in inside if reached & set(nodes[edge].tolist()) for node in nodes[edge]}
        grew = not more <= reached
        reached |= more
    return all(set(nodes[edge].tolist()) <= reached for edge in inside)


@settings(max_examples=60, deadline=None)
@given(seed=st.sampled_from([*SEEDS, -1]), share=st.floats(0.01, 1.0), x=st.floats(0, 300), y=st.floats(0, 300))
def test_an_area_hangs_together_and_a_larger_one_holds_a_smaller_one(seed: int, share: float, x: float, y: float) -> None:
    network = NETWORK if seed < 0 else maze(seed)
    street = network.street(network.nearest(x, y)[0])
    around = Place(street=street) if street else None
    area, half = (play_area(network, Area(share=part, around=around)) for part in (share, share / 2.0))
    assert _joined(area)
    assert area.network.walkable[area.middle[0]]
    assert (area.network.walkable | ~half.network.walkable).all()
    assert area.network.edge_ends[-1] >= share * network.edge_length.sum() - 1e-6
    radius = play_area(network, Area(radius_m=area.reach_m + 1e-9, around=around))
    assert (radius.network.walkable | ~area.network.walkable).all()


def test_an_area_is_made_once() -> None:
    first, second = (play_areas(evening(game={"area": Area(share=0.3)}), NETWORK)[0] for _ in range(2))
    assert first is second
    assert play_areas(evening(), NETWORK) == [None]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share", [0.05, 0.4])
def test_who_wanders_in_an_area_stays_there_and_turns_back_only_where_no_street_of_it_goes_on(seed: int, share: float) -> None:
    network = maze(seed)
    area = play_area(network, Area(share=share)).network
    owners, full = 40, np.ones(40)
    starts = [anywhere(area, (number + 0.5) / owners) for number in range(owners)]
    assert all(area.walkable[edge] for edge, _ in starts)
    keys = (np.full(owners, stream_key(seed, "test"), np.uint64), np.arange(owners, dtype=np.uint64))
    place = (np.array([edge for edge, _ in starts]), np.array([at for _, at in starts]))
    walks = wander(area, keys, place, (0.0 * full, 3600.0 * full), full)
    assert area.walkable[walks.dart >> 1].all()
    same = walks.owner[1:] == walks.owner[:-1]
    for before, after in zip(walks.dart[:-1][same].tolist(), walks.dart[1:][same].tolist(), strict=True):
        onward = [dart for dart in network.onward[before, : network.onward_count[before]].tolist() if area.walkable[dart >> 1]]
        assert after in (onward or [before ^ 1])
    assert len(set(walks.dart.tolist())) > 0.9 * 2 * area.walkable.sum()


def test_who_walks_outside_goes_on_as_ever_until_he_comes_to_the_area() -> None:
    area = play_area(COMB, Area(radius_m=150.0, around=Place(street="B"))).network
    options = {(dart >> 1, dart & 1): [other >> 1 for other in area.options[dart]] for dart in range(10)}
    assert options[2, 1] == [1]  # from C back to the crossing: B, the only street of the area there, and not E
    assert options[2, 0] == [3]  # from C on to D
    assert options[3, 0] == [3]  # at the dead end of D: back
    assert options[1, 0] == [1]  # from B to the crossing: back
    assert COMB.options[2] == [4, 8]


def test_the_way_between_two_points_stays_within() -> None:
    # A square of 100 m with a short cut across that lies outside: 300 m instead of 100 m.
    square = {
        "Onder": [(0.0, 0.0), (100.0, 0.0)],
        "Rechts": [(100.0, 0.0), (100.0, 100.0)],
        "Boven": [(100.0, 100.0), (0.0, 100.0)],
        "Links": [(0.0, 100.0), (0.0, 0.0)],
    }
    network = Network(street_map(square))
    without = network.within(np.array([True, True, True, False]))
    assert network.way((0, 0.0), (2, 100.0))[1] == pytest.approx(100.0)
    assert without.way((0, 0.0), (2, 100.0))[1] == pytest.approx(300.0)
    assert network.way((0, 0.0), (2, 100.0))[1] == pytest.approx(100.0)


def test_a_suspect_stays_in_the_area_of_his_game() -> None:
    red = Suspect(name="Rood", description={"upper": "rood"}, speed_mps=1.5)
    shopper = Suspect(name="Blauw", description={"upper": "blauw"}, speed_mps=1.5, behaviour=Visit(visit="shop"))
    games = (
        Game(name="Klein", duration_s=1800.0, suspects=(red,), area=Area(share=0.2)),
        Game(name="Groot", start_s=1800.0, duration_s=1800.0, suspects=(red, shopper), area=Area(share=0.6)),
    )
    scenario = evening(games=games)
    small, large = play_areas(scenario, NETWORK)
    assert small is not None
    assert large is not None
    visited = set()
    for world in appear(scenario, NETWORK, range(30)):
        for shadow, area in zip(world, (small, large, large), strict=True):
            edges = NETWORK.edge_of_piece[shadow.legs.piece]
            assert area.network.walkable[edges].all()
            visited |= {(shadow.key, edge) for edge in edges.tolist()}
    for key, area in (("suspect-1", small), ("suspect-2", large)):
        assert sum(who == key for who, _ in visited) > 0.7 * area.network.walkable.sum()


def test_every_metre_of_the_area_is_as_likely_a_start() -> None:
    scenario = evening(game={"area": Area(share=0.3)})
    area = play_areas(scenario, NETWORK)[0]
    assert area is not None
    length = np.where(area.network.walkable, NETWORK.edge_length, 0.0)
    share = length / length.sum()
    starts = [NETWORK.edge_of_piece[world[0].legs.piece[0]] for world in appear(scenario, NETWORK, range(2000))]
    found = np.bincount(starts, minlength=len(share)) / len(starts)
    assert (np.abs(found - share) <= 4.5 * np.sqrt(share * (1.0 - share) / len(starts))).all()
